#include <candour/casework/journal.hpp>

#include <candour/base/files.hpp>
#include <candour/base/replaced_folder.hpp>
#include <candour/base/text.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <optional>
#include <system_error>
#include <utility>

namespace candour::casework {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr std::string_view approval_purpose = "candour approval 1";

fs::path journal_of(const fs::path& output) { return output / "private" / "journal.jsonl"; }

base::Error damaged(const fs::path& file, std::uint64_t line) {
  return {base::Cause::refused,
          "journal.damaged",
          {file.string(), line},
          "the journal was changed in this line, or before it",
          "approvals count only in a journal that was only added to; run candour answer and approve again"};
}

std::optional<base::Digest> digest_of_hex(const std::string& hex) {
  base::Digest digest;
  if (hex.size() != 2 * digest.bytes.size() || hex.find_first_not_of("0123456789abcdef") != std::string::npos) return std::nullopt;
  for (std::size_t i = 0; i < digest.bytes.size(); ++i) digest.bytes[i] = static_cast<unsigned char>(std::stoi(hex.substr(2 * i, 2), nullptr, 16));
  return digest;
}

base::Result<std::string> journal_bytes(const fs::path& output) {
  base::put_back_replaced(output / "private");
  std::error_code status;
  if (!fs::exists(journal_of(output), status)) return std::string();
  return base::read_file(journal_of(output));
}

// A line as it was read: its event, and the JSON for whoever needs it again.
struct Line {
  JournalEvent event;
  Json json;
};

// A line ends with the digest of everything so far but for this end.
std::string ended(const std::string& before, const std::string& body) {
  return fmt::format("{},\"digest\":\"{}\"}}", body, base::digest_of(before + body).to_hex());
}
const std::size_t end_size = ended("", "").size();

// An event, if not a byte of it or before it is another than was written.
std::optional<Line> line_in(const std::string& text, const std::string& before) {
  if (text.size() < end_size || ended(before, text.substr(0, text.size() - end_size)) != text) return std::nullopt;
  Line line{{}, Json::parse(text, nullptr, false)};
  if (line.json.is_discarded() || !line.json.is_object()) return std::nullopt;
  for (const auto& [name, value] : line.json.items()) {
    if (!value.is_string()) continue;
    if (name == "event") line.event.event = value.get<std::string>();
    else line.event.facts.emplace_back(name, value.get<std::string>());
  }
  if (line.event.fact("previous") != base::digest_of(before).to_hex()) return std::nullopt;
  return line;
}

base::Result<std::vector<Line>> lines_in(const std::string& bytes, const fs::path& file) {
  std::vector<Line> lines;
  for (std::size_t start = 0; start < bytes.size();) {
    const std::size_t end = bytes.find('\n', start);
    auto line = end == std::string::npos ? std::nullopt : line_in(bytes.substr(start, end - start), bytes.substr(0, start));
    if (!line) return base::fail(damaged(file, lines.size() + 1));
    lines.push_back(*std::move(line));
    start = end + 1;
  }
  return lines;
}

Json json_of(const JournalEvent& event, const std::string& before) {
  Json line;
  line["event"] = event.event;
  for (const auto& [name, value] : event.facts) line[name] = value;
  line["previous"] = base::digest_of(before).to_hex();
  return line;
}

std::string text_of(const Json& line) { return line.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n"; }

base::Result<base::Done> append(const fs::path& output, const std::string& before, const Json& event) {
  const std::string text = text_of(event);
  const std::string line = ended(before, text.substr(0, text.size() - 2)) + "\n";  // without its bracket and its end
  std::error_code status;
  if (fs::create_directories(output / "private", status) && !status) fs::permissions(output / "private", fs::perms::owner_all, status);
  if (status)
    return base::fail(
        {base::Cause::could_not_finish, "file.unwritable", {(output / "private").string()}, "the folder cannot be created: " + status.message(), {}});
  return base::write_file_whole(journal_of(output), before + line, base::FileAccess::owner_only);
}

// What a signature stands for: the line without it.
std::string signed_part(Json line) {
  line.erase("signature");
  line.erase("digest");
  return text_of(line);
}

bool is_signed_by_its_person(const Line& line, const release::Approval& approval, const Keyring& keyring) {
  const TrustedKey* key = keyring.find(approval.key, KeyUse::person, approval.on);
  const auto signature = base::signature_from_hex(line.event.fact("signature"));
  return key != nullptr && signature && key->name == approval.name && base::is_signed_by(key->key, approval_purpose, signed_part(line.json), *signature);
}

std::optional<release::Approval> approval_in(const JournalEvent& event) {
  const auto draft = digest_of_hex(event.fact("draft"));
  const auto final = digest_of_hex(event.fact("final"));
  const auto on = base::parse_iso_date(event.fact("on"));
  const std::string role = event.fact("role");
  const bool is_known_role = role == word_of(release::Role::preparer) || role == word_of(release::Role::approver);
  if (!draft || !final || !on || !is_known_role) return std::nullopt;
  return release::Approval{
      event.fact("name"), role == word_of(release::Role::preparer) ? release::Role::preparer : release::Role::approver, *draft, *final, *on, event.fact("key")};
}

base::Result<std::vector<release::Approval>> approvals_in(const std::string& bytes, const fs::path& file, const Keyring* keyring) {
  CANDOUR_TRY(lines, lines_in(bytes, file));
  std::vector<release::Approval> approvals;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].event.event != "approval") continue;
    auto approval = approval_in(lines[i].event);
    if (!approval) return base::fail(damaged(file, i + 1));
    if (keyring == nullptr && !approval->key.empty())
      return base::fail({base::Cause::refused,
                         "journal.keys_left_out",
                         {file.string(), i + 1},
                         "approvals were signed here, and no keyring is set now",
                         "set keyring under [authority] in case.toml, or CANDOUR_KEYRING"});
    if (keyring != nullptr && !is_signed_by_its_person(lines[i], *approval, *keyring)) continue;
    approvals.push_back(*std::move(approval));
  }
  return approvals;
}

base::Error refused(std::string code, std::string sentence, std::string hint) {
  return {base::Cause::refused, std::move(code), {}, std::move(sentence), std::move(hint)};
}

// The key must be a person's and stand in the keyring under this very name.
base::Result<std::string> fingerprint_for(const ApprovalKey& signing, const release::Approval& approval) {
  const std::string fingerprint = signing.key->public_key().fingerprint();
  const TrustedKey* trusted = signing.keyring->find(fingerprint, KeyUse::person, approval.on);
  if (trusted == nullptr)
    return base::fail(refused("approval.unknown_key", fmt::format("the key {} is no person's in {}, or no longer", fingerprint, signing.keyring->file.string()),
                              "whoever keeps the keyring enters it: candour keys trust"));
  if (trusted->name != approval.name)
    return base::fail(refused("approval.other_name", fmt::format("the key {} belongs to another person than --as says", fingerprint),
                              "everybody approves with a key of their own"));
  return fingerprint;
}

base::Error second_role(std::string_view code, std::string_view what, release::Role role) {
  return refused(std::string(code), fmt::format("this {} already stands as {} of these files", what, word_of(role)),
                 "preparer and approver are two different people");
}

}  // namespace

std::string JournalEvent::fact(std::string_view name) const {
  const auto found = std::find_if(facts.begin(), facts.end(), [&](const auto& each) { return each.first == name; });
  return found == facts.end() ? std::string() : found->second;
}

base::Result<std::vector<JournalEvent>> read_journal(const fs::path& output) {
  CANDOUR_TRY(bytes, journal_bytes(output));
  CANDOUR_TRY(lines, lines_in(bytes, journal_of(output)));
  std::vector<JournalEvent> events;
  for (Line& line : lines) events.push_back(std::move(line.event));
  return events;
}

base::Result<base::Done> record(const fs::path& output, const JournalEvent& event) {
  CANDOUR_TRY(bytes, journal_bytes(output));
  CANDOUR_TRY_DONE(lines_in(bytes, journal_of(output)));
  return append(output, bytes, json_of(event, bytes));
}

base::Result<base::Digest> head_of_journal(const fs::path& output) {
  CANDOUR_TRY(bytes, journal_bytes(output));
  CANDOUR_TRY_DONE(lines_in(bytes, journal_of(output)));
  return base::digest_of(bytes);
}

base::Result<std::vector<release::Approval>> read_approvals(const fs::path& output, const Keyring* keyring) {
  CANDOUR_TRY(bytes, journal_bytes(output));
  return approvals_in(bytes, journal_of(output), keyring);
}

base::Result<std::vector<release::Approval>> record_approval(const fs::path& output, const release::Approval& given, const ApprovalKey& signing) {
  release::Approval approval = given;
  if (base::trimmed(approval.name).empty() || !base::is_valid_utf8(approval.name)) {
    return base::fail({base::Cause::wrong_input, "approval.no_name", {}, "an approval needs the name of a person", "give it with --as NAME"});
  }
  if (signing.key != nullptr) {
    CANDOUR_TRY(fingerprint, fingerprint_for(signing, approval));
    approval.key = fingerprint;
  }
  CANDOUR_TRY(bytes, journal_bytes(output));
  CANDOUR_TRY(approvals, approvals_in(bytes, journal_of(output), signing.keyring));
  for (const release::Approval& earlier : approvals) {
    if (earlier.draft != approval.draft || earlier.final != approval.final) continue;
    const bool same_name = release::is_same_name(earlier.name, approval.name);
    if (same_name && earlier.role == approval.role) return approvals;
    if (same_name) return base::fail(second_role("approval.same_name", "person", earlier.role));
    if (!approval.key.empty() && earlier.key == approval.key) return base::fail(second_role("approval.same_key", "key", earlier.role));
  }
  JournalEvent event{"approval",
                     {{"name", approval.name},
                      {"role", std::string(word_of(approval.role))},
                      {"on", base::to_iso(approval.on)},
                      {"draft", approval.draft.to_hex()},
                      {"final", approval.final.to_hex()}}};
  if (!approval.key.empty()) event.facts.emplace_back("key", approval.key);
  Json line = json_of(event, bytes);
  if (signing.key != nullptr) line["signature"] = signing.key->sign(approval_purpose, text_of(line)).to_hex();
  CANDOUR_TRY_DONE(append(output, bytes, line));
  approvals.push_back(approval);
  return approvals;
}

}  // namespace candour::casework
