// Keys, signed packages and orders: what two desks send each other opens only as it was signed.

#include <candour/base/files.hpp>
#include <candour/base/settings_text.hpp>
#include <candour/casework/differences.hpp>
#include <candour/casework/keyring.hpp>
#include <candour/casework/signed_package.hpp>
#include <candour/request/case_keys.hpp>
#include <candour/request/order.hpp>

#include <support/scratch_folder.hpp>

#include <gtest/gtest.h>

#include <cstdlib>
#include <set>
#include <string>

namespace candour::casework {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr base::Date today{2024y / 5 / 7};

class CaseworkDesks : public testing::Test {
 protected:
  CaseworkDesks() : key_(base::SigningKey::draw()) { ring_.keys.push_back({"Data unit", KeyUse::data_unit, key_.public_key(), std::nullopt}); }

  [[nodiscard]] std::string package() const {
    auto bytes = write_package(PackageKind::handover, {{"draft.json", "{\"cells\": [7, \"c\"]}"}, {"seal.json", "{}"}}, key_, today);
    EXPECT_TRUE(bytes.has_value());
    return *bytes;
  }
  [[nodiscard]] std::string code_of(PackageKind kind, const std::string& bytes, const Keyring& ring) const {
    const auto opened = open_package(kind, bytes, ring, "handover.zip");
    return opened ? std::string() : opened.error().code;
  }

  base::SigningKey key_;
  Keyring ring_{"keyring.toml", {}};
  support::ScratchFolder scratch_;
};

TEST_F(CaseworkDesks, PackageOpensAsItWasSignedAndIsTheSameBytesEachTime) {
  const std::string bytes = package();
  EXPECT_EQ(bytes, package());
  const auto opened = open_package(PackageKind::handover, bytes, ring_, "handover.zip");
  ASSERT_TRUE(opened.has_value()) << opened.error().sentence;
  EXPECT_EQ(opened->signer, "Data unit");
  EXPECT_EQ(opened->on, today);
  EXPECT_EQ(opened->member("seal.json").value(), "{}");
  EXPECT_EQ(opened->member("other.json").error().code, "package.incomplete");
}

TEST_F(CaseworkDesks, EachByteChangedIsRefused) {
  const std::string bytes = package();
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    for (const char flip : {'\x01', '\x20'}) {
      std::string changed = bytes;
      changed[at] = static_cast<char>(changed[at] ^ flip);
      EXPECT_FALSE(open_package(PackageKind::handover, changed, ring_, "handover.zip").has_value()) << "byte " << at;
    }
  }
  for (std::size_t length = 0; length < bytes.size(); length += 7)
    EXPECT_FALSE(open_package(PackageKind::handover, bytes.substr(0, length), ring_, "x").has_value());
  EXPECT_EQ(code_of(PackageKind::handover, bytes + "x", ring_).empty(), false);
}

TEST_F(CaseworkDesks, KeyCountsOnlyForItsUseAndItsTime) {
  const std::string bytes = package();
  Keyring ring = ring_;
  ring.keys[0].use = KeyUse::disclosure_unit;
  EXPECT_EQ(code_of(PackageKind::handover, bytes, ring), "package.unknown_key");
  ring.keys[0] = {"Data unit", KeyUse::data_unit, key_.public_key(), base::Date{2024y / 5 / 6}};
  EXPECT_EQ(code_of(PackageKind::handover, bytes, ring), "package.unknown_key");
  ring.keys[0].until = today;
  EXPECT_EQ(code_of(PackageKind::handover, bytes, ring), "");
  EXPECT_EQ(code_of(PackageKind::order, bytes, ring), "package.not_one");
  EXPECT_EQ(code_of(PackageKind::handover, "no archive", ring), "package.not_one");
}

TEST_F(CaseworkDesks, SignatureOfAnotherKeyUnderTheTrustedFingerprintIsWrong) {
  const base::SigningKey other = base::SigningKey::draw();
  const std::string purpose = "candour handover 1";
  EXPECT_TRUE(base::is_signed_by(key_.public_key(), purpose, "bytes", key_.sign(purpose, "bytes")));
  EXPECT_FALSE(base::is_signed_by(key_.public_key(), purpose, "bytes", other.sign(purpose, "bytes")));
  EXPECT_FALSE(base::is_signed_by(key_.public_key(), purpose, "bytes", key_.sign("candour order 1", "bytes")));
  EXPECT_FALSE(base::is_signed_by(key_.public_key(), "a", "bb", key_.sign("ab", "b")));
}

TEST_F(CaseworkDesks, SecretKeyIsItsOwnersAndOpensOnlyWithItsPassphrase) {
  const fs::path file = scratch_.path() / "person.key";
  const auto made = make_key(file, "R. Ashdown", "correct horse");
  ASSERT_TRUE(made.has_value());
  EXPECT_EQ(fs::status(file).permissions(), fs::perms(0600));
  const fs::path right = scratch_.path() / "right", wrong = scratch_.path() / "wrong";
  ASSERT_TRUE(base::write_file_whole(right, "correct horse\n").has_value());
  ASSERT_TRUE(base::write_file_whole(wrong, "wrong horse\n").has_value());
  const auto opened = load_secret_key(file, right);
  ASSERT_TRUE(opened.has_value()) << opened.error().sentence;
  EXPECT_EQ(opened->public_key(), made->key);
  EXPECT_EQ(load_secret_key(file, wrong).error().code, "key.passphrase_wrong");
  EXPECT_EQ(load_secret_key(file, std::nullopt).error().code, "key.passphrase_missing");
  fs::permissions(file, fs::perms(0640));
  EXPECT_EQ(load_secret_key(file, right).error().code, "key.open_to_others");
  EXPECT_EQ(make_key(file, "R. Ashdown", "").error().code, "key.exists");
  EXPECT_EQ(make_key(scratch_.path() / "nobody.key", " ", "").error().code, "key.no_name");
  EXPECT_FALSE(fs::exists(scratch_.path() / "nobody.key"));
}

TEST_F(CaseworkDesks, KeyringGivesBackWhatWasEnteredAndOneKeyHasOneHolder) {
  const fs::path file = scratch_.path() / "keyring.toml";
  const NamedKey ann{"Ann \"A\" Ash", key_.public_key()}, ben{"Ben", base::SigningKey::draw().public_key()};
  ASSERT_TRUE(trust(file, ann, KeyUse::person, std::nullopt).has_value());
  ASSERT_TRUE(trust(file, ben, KeyUse::person, base::Date{2030y / 1 / 1}).has_value());
  ASSERT_TRUE(trust(file, ann, KeyUse::person, std::nullopt).has_value());
  const auto ring = load_keyring(file);
  ASSERT_TRUE(ring.has_value());
  ASSERT_EQ(ring->keys.size(), 2U);
  EXPECT_EQ(ring->keys[0].name, ann.name);
  EXPECT_EQ(ring->keys[1].until, (base::Date{2030y / 1 / 1}));
  EXPECT_NE(ring->find(ann.key.fingerprint(), KeyUse::person, today), nullptr);
  EXPECT_EQ(ring->find(ann.key.fingerprint(), KeyUse::data_unit, today), nullptr);
  EXPECT_EQ(trust(file, {"Eve", ann.key}, KeyUse::person, std::nullopt).error().front().code, "keyring.other_name");
  EXPECT_EQ(trust(file, {"Ben", base::SigningKey::draw().public_key()}, KeyUse::person, std::nullopt).error().front().code, "keyring.used_name");
}

TEST(SettingsText, GivesBackTheSameSettings) {
  const std::string text =
      "name = \"a \\\"b\\\" \\\\ \\n\\t\\u0001 \xC3\xA9\"\ncount = 3\nhours = 2.50\nyes = true\non = 2024-05-07\nlist = [\"a\", \"b\"]\n"
      "[one]\nx = 1\n\"odd key\" = \"y\"\n[[many]]\ninner = { a = [1, 2], b = { c = \"d\" } }\n[[many]]\n[[many.deep]]\nz = 1\n";
  const auto first = base::parse_settings(text, "a");
  ASSERT_TRUE(first.has_value()) << first.error().sentence;
  const std::string written = base::to_toml(*first);
  const auto second = base::parse_settings(written, "b");
  ASSERT_TRUE(second.has_value()) << written;
  EXPECT_EQ(base::to_toml(*second), written);
  EXPECT_EQ(second->find("name")->text, first->find("name")->text);
  EXPECT_EQ(second->find("hours")->number, first->find("hours")->number);
  EXPECT_EQ(second->tables_of("many").size(), 2U);
  EXPECT_EQ(second->tables_of("many")[1]->tables_of("deep").size(), 1U);
}

TEST(OrderKeys, NameNothingOfTheRequesterTheCostOrThePlaceOfARecord) {
  for (const base::KeyTable& table : request::order_keys()) {
    EXPECT_NE(table.path, "authority");
    EXPECT_NE(table.path, "cost");
    EXPECT_NE(table.path, "personal_information");
    EXPECT_NE(table.path, "variable.reading");
    for (const base::KeyDescription& key : table.keys)
      for (const std::string_view forbidden : {"file", "text_file", "answered_by", "person_column", "keyring", "key_file", "advice", "notes"})
        EXPECT_NE(key.name, forbidden) << table.path;
  }
}

TEST(Differences, NameTheTableTheCellAndTheSentenceAndNothingOfTheReply) {
  const std::string header = "month_code,month,month_level,value,status\r\n";
  const release::ReleasedFiles before{
      {{"letter.html", "Dear CANARY"}},
      {{"answer.html", "<html><style>a b c d</style><p>We looked for it. It was <em>not</em> there at all.</p><td>12</td></html>"},
       {"csv/q1-month.csv", header + "total,Total,total,17,value\r\nm1,\"May, first\",month,12,value\r\nm2,June,month,,confidential\r\n"},
       {"csv/q2-total.csv", "value,status\r\n9,value\r\n"},
       {"tables.ods", "old"}}};
  const release::ReleasedFiles now{
      {{"letter.html", "Dear CANARY, again"}},
      {{"answer.html", "<html><p>We looked for it. It was there after all.</p></html>"},
       {"csv/q1-month.csv", header + "total,Total,total,17,value\r\nm1,\"May, first\",month,14,value\r\nm3,July,month,3,value\r\n"},
       {"csv/q3-age.csv", "value,status\r\n9,value\r\n"},
       {"tables.ods", "new"}}};
  const std::vector<std::string> expected{"sentence new: \"It was there after all.\"",
                                          "sentence gone: \"It was not there at all.\"",
                                          "table q1-month: May, first: 14, was 12",
                                          "table q1-month: July: new, 3",
                                          "table q1-month: June: no longer there",
                                          "table q3-age: new",
                                          "table q2-total: no longer there",
                                          "changed with them: public/tables.ods",
                                          "in the reply: reply/letter.html"};
  EXPECT_EQ(differences(before, now), expected);
  EXPECT_TRUE(differences(now, now).empty());
}

TEST(TheManual, ListsEveryKeyOfTheDataUnitsSettings) {
  const std::filesystem::path file = std::filesystem::path(CANDOUR_SOURCE_DIR) / "docs/reference/data-unit-file.md";
  std::string manual = base::read_file(file).value();
  const std::string begin = "<!-- keys: written from the reader's own list -->\n\n";
  const auto from = manual.find(begin);
  ASSERT_NE(from, std::string::npos);
  const std::string keys = base::describe_keys(request::data_unit_keys()) + "<!-- end of keys -->";
  if (std::getenv("CANDOUR_WRITE_GOLDEN") != nullptr) {
    const auto to = manual.find("<!-- end of keys -->");
    manual.replace(from + begin.size(), to + std::string("<!-- end of keys -->").size() - from - begin.size(), keys);
    ASSERT_TRUE(base::write_file_whole(file, manual).has_value());
  }
  EXPECT_NE(manual.find(begin + keys), std::string::npos) << "CANDOUR_WRITE_GOLDEN=1 writes the list anew";
}

// Whoever adds a key to the case file says whether the data unit needs it: then it stands in order.cpp, and a figure may hang on it; else it stands here.
TEST(OrderKeys, EveryKeyOfTheCaseFileEitherTravelsOrStaysForAReason) {
  static const std::set<std::string> stay{"authority",
                                          "policy",
                                          "register",  // of this desk; the data unit has its own
                                          "cost",
                                          "personal_information",
                                          "retention",
                                          "cost_agreement",
                                          "earlier_request",
                                          "staffed",
                                          "clock",
                                          "clarification",
                                          "fees",
                                          "interim",
                                          "review",  // the officer's
                                          "question.held",
                                          "question.not_asked_by",
                                          "question.decision.held",
                                          "question.decision.interest",
                                          "question.decision.causal_link",
                                          "question.decision.likelihood",
                                          "question.decision.qualified_person",
                                          "question.decision.opinion_on",
                                          "question.decision.intended_since",
                                          "question.decision.found_at",
                                          "question.decision.earlier_request",  // what the officer's letter says
                                          "request.text_file",
                                          "request.answered_by",
                                          "request.answered_on",
                                          "request.cost_scope_quote",
                                          "request.form_asked",
                                          "request.form_because",
                                          "request.advice",  // the letter's
                                          "holding.file",
                                          "holding.extracted_on",
                                          "holding.delimiter",
                                          "holding.encoding",
                                          "holding.missing",
                                          "holding.person_column",
                                          "holding.people",
                                          "holding.count_column",
                                          "variable.reading",
                                          "variable.categories_file",  // the data unit's own
                                          "request.unconfirmed",
                                          "variable.unconfirmed",
                                          "question.unconfirmed",
                                          "question.draft_exists",
                                          "question.document",
                                          "question.explanation",
                                          "question.records",  // records are not given over two desks: commissioning them is refused
                                          "question.notes"};   // no figure hangs on them
  std::set<std::string> travel;
  for (const base::KeyTable& table : request::order_keys())
    for (const base::KeyDescription& key : table.keys) travel.insert(std::string(table.path) + (table.path.empty() ? "" : ".") + std::string(key.name));
  for (const base::KeyTable& table : request::case_keys())
    for (const base::KeyDescription& key : table.keys) {
      const std::string name = std::string(table.path) + (table.path.empty() ? "" : ".") + std::string(key.name);
      const bool parent_stays = stay.contains(std::string(table.path)) || stay.contains(std::string(table.path.substr(0, table.path.find('.'))));
      EXPECT_TRUE(travel.contains(name) != (stay.contains(name) || parent_stays))
          << name << ": say in request/order.cpp that it travels to the data unit, or here that it stays";
    }
}

}  // namespace
}  // namespace candour::casework
