#include <candour/publish/log_entry.hpp>

#include <candour/release/readable_answer.hpp>

#include <candour/base/digest.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>
#include <system_error>
#include <tuple>
#include <utility>

namespace candour::publish {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

bool take_text(const Json& json, const char* name, std::string& into) {
  const auto found = json.find(name);
  if (found == json.end() || !found->is_string()) return false;
  into = found->get<std::string>();
  return true;
}

bool take_texts(const Json& json, const char* name, std::vector<std::string>& into) {
  const auto found = json.find(name);
  if (found == json.end()) return true;
  if (!found->is_array()) return false;
  for (const Json& one : *found) {
    if (!one.is_string()) return false;
    into.push_back(one.get<std::string>());
  }
  return true;
}

bool take_questions(const Json& json, std::vector<LogQuestion>& into) {
  const auto found = json.find("questions");
  if (found == json.end()) return true;
  if (!found->is_array()) return false;
  for (const Json& one : *found) {
    LogQuestion question;
    if (!one.is_object() || !take_text(one, "number", question.number) || !take_text(one, "text", question.text) ||
        !take_text(one, "outcome", question.outcome))
      return false;
    into.push_back(std::move(question));
  }
  return true;
}

bool take_date(const Json& json, const char* name, base::Date& into) {
  std::string text;
  if (!take_text(json, name, text)) return false;
  const auto date = base::parse_iso_date(text);
  if (date) into = *date;
  return date.has_value();
}

std::optional<Tombstone> parse_tombstone(const std::string& bytes) {
  const Json json = Json::parse(bytes, nullptr, false);
  Tombstone tombstone;
  if (!json.is_object() || !take_text(json, "reference", tombstone.reference) || !take_date(json, "removed", tombstone.removed) ||
      !take_text(json, "reason", tombstone.reason))
    return std::nullopt;
  tombstone.folder = folder_of_reference(tombstone.reference);
  return tombstone;
}

bool is_file(const fs::path& path) {
  std::error_code ignored;
  return fs::is_regular_file(path, ignored);
}

base::Result<base::Done> read_folder_of_answer(const fs::path& folder, LogContents& contents) {
  if (const fs::path file = folder / "entry.json"; is_file(file)) {
    CANDOUR_TRY(bytes, base::read_file(file));
    auto entry = parse_entry(bytes);
    if (!entry) return base::fail(bad_entry(file));
    entry->folder = folder.filename().string();
    contents.entries.push_back(*std::move(entry));
  } else if (const fs::path stone = folder / "removed.json"; is_file(stone)) {
    CANDOUR_TRY(bytes, base::read_file(stone));
    auto tombstone = parse_tombstone(bytes);
    if (!tombstone) return base::fail(bad_entry(stone));
    tombstone->folder = folder.filename().string();
    contents.tombstones.push_back(*std::move(tombstone));
  }
  return base::Done{};
}

}  // namespace

base::Error bad_entry(const fs::path& file) {
  return {base::Cause::wrong_input,
          "log.bad_entry",
          {file.string()},
          "this is not an entry that candour wrote",
          "take the folder out of the log and add the answer again"};
}

std::optional<LogEntry> parse_entry(const std::string& bytes) {
  const Json json = Json::parse(bytes, nullptr, false);
  if (!json.is_object()) return std::nullopt;
  LogEntry entry;
  const bool is_whole = take_text(json, "reference", entry.reference) && take_text(json, "title", entry.title) &&
                        take_text(json, "publisher", entry.publisher) && take_text(json, "outcome", entry.outcome) &&
                        take_date(json, "answered", entry.answered) && take_texts(json, "provisions", entry.provisions) &&
                        take_questions(json, entry.questions);
  if (!is_whole || folder_of_reference(entry.reference).empty()) return std::nullopt;
  take_text(json, "publisher_url", entry.publisher_url);
  take_text(json, "licence", entry.licence);
  entry.folder = folder_of_reference(entry.reference);
  entry.digest = base::digest_of(bytes).to_hex();
  return entry;
}

base::Result<LogContents> read_log(const fs::path& site) {
  LogContents contents;
  std::error_code status;
  fs::directory_iterator at(site, status);
  for (; !status && at != fs::directory_iterator(); at.increment(status)) {
    // Folders that begin with a dot are being written or replaced.
    if (at->path().filename().string().starts_with('.')) continue;
    CANDOUR_TRY_DONE(read_folder_of_answer(at->path(), contents));
  }
  if (status) return base::fail({base::Cause::could_not_finish, "file.unreadable", {site.string()}, "the folder cannot be listed: " + status.message(), {}});
  std::sort(contents.entries.begin(), contents.entries.end(),
            [](const LogEntry& a, const LogEntry& b) { return std::tie(b.answered, a.reference) < std::tie(a.answered, b.reference); });
  std::sort(contents.tombstones.begin(), contents.tombstones.end(), [](const Tombstone& a, const Tombstone& b) { return a.reference < b.reference; });
  return contents;
}

std::string tombstone_json(const Tombstone& tombstone) {
  return Json{{"reference", tombstone.reference}, {"removed", base::to_iso(tombstone.removed)}, {"reason", tombstone.reason}}.dump(2) + "\n";
}

std::string folder_of_reference(std::string_view reference) {
  std::string folder;
  for (const char letter : reference) {
    const auto byte = static_cast<unsigned char>(letter);
    folder += std::isalnum(byte) != 0 ? static_cast<char>(std::tolower(byte)) : '-';
  }
  return folder;
}

std::string label_of_outcome(const std::string& code) {
  using release::Outcome;
  for (const Outcome outcome :
       {Outcome::given, Outcome::given_in_part, Outcome::withheld, Outcome::not_held, Outcome::not_run, Outcome::not_searched, Outcome::referred,
        Outcome::intended_for_publication, Outcome::neither_confirmed_nor_denied, Outcome::decision_pending, Outcome::other_regime, Outcome::outside_scope}) {
    if (release::code_of(outcome) == code) return std::string(release::label_of(outcome));
  }
  return code;
}

}  // namespace candour::publish
