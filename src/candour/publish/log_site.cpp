#include <candour/publish/log_site.hpp>

#include <candour/release/log_index.hpp>
#include <candour/release/readable_answer.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <system_error>
#include <tuple>
#include <utility>

namespace candour::publish {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

base::Error bad_entry(const fs::path& file) {
  return {base::Cause::wrong_input,
          "log.bad_entry",
          {file.string()},
          "this is not an entry that candour wrote",
          "take the folder out of the log and add the answer again"};
}

std::optional<LogEntry> parse_entry(const std::string& bytes) {
  const Json json = Json::parse(bytes, nullptr, false);
  if (json.is_discarded() || !json.is_object()) return std::nullopt;
  LogEntry entry;
  const std::array<std::pair<const char*, std::string*>, 5> fields{
      {{"reference", &entry.reference}, {"title", &entry.title}, {"publisher", &entry.publisher}, {"answered", &entry.answered}, {"outcome", &entry.outcome}}};
  for (const auto& [name, into] : fields) {
    const auto found = json.find(name);
    if (found == json.end() || !found->is_string()) return std::nullopt;
    *into = found->get<std::string>();
  }
  if (!base::parse_iso_date(entry.answered) || folder_of_reference(entry.reference).empty()) return std::nullopt;
  entry.folder = folder_of_reference(entry.reference);
  return entry;
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

base::Result<std::vector<LogEntry>> read_entries(const fs::path& site) {
  std::vector<LogEntry> entries;
  std::error_code status;
  fs::directory_iterator at(site, status);
  for (; !status && at != fs::directory_iterator(); at.increment(status)) {
    const fs::path file = at->path() / "entry.json";
    std::error_code ignored;
    // Folders that begin with a dot are being written or replaced.
    if (at->path().filename().string().starts_with('.') || !fs::is_regular_file(file, ignored)) continue;
    CANDOUR_TRY(bytes, base::read_file(file));
    auto entry = parse_entry(bytes);
    if (!entry) return base::fail(bad_entry(file));
    entries.push_back(*std::move(entry));
  }
  if (status) return base::fail({base::Cause::could_not_finish, "file.unreadable", {site.string()}, "the folder cannot be listed: " + status.message(), {}});
  std::sort(entries.begin(), entries.end(),
            [](const LogEntry& a, const LogEntry& b) { return std::tie(b.answered, a.reference) < std::tie(a.answered, b.reference); });
  return entries;
}

std::string index_json(const std::vector<LogEntry>& entries) {
  Json list = Json::array();
  for (const LogEntry& entry : entries) {
    list.push_back({{"address", entry.folder + "/answer.html"},
                    {"reference", entry.reference},
                    {"title", entry.title},
                    {"answered", entry.answered},
                    {"outcome", entry.outcome}});
  }
  return Json{{"answers", list}}.dump(2) + "\n";
}

}  // namespace

std::string folder_of_reference(std::string_view reference) {
  std::string folder;
  for (const char letter : reference) {
    const auto byte = static_cast<unsigned char>(letter);
    folder += std::isalnum(byte) != 0 ? static_cast<char>(std::tolower(byte)) : '-';
  }
  return folder;
}

base::Result<std::vector<LogEntry>> build_log(const fs::path& site, const LastLook& look) {
  CANDOUR_TRY(entries, read_entries(site));
  std::vector<release::IndexedAnswer> answers;
  for (const LogEntry& entry : entries) {
    CANDOUR_TRY(answered, base::parse_iso_date(entry.answered));
    answers.push_back({entry.folder + "/answer.html", entry.reference, entry.title, base::to_words(answered), entry.outcome, label_of_outcome(entry.outcome)});
  }
  const std::vector<base::FileToWrite> pages{{"index.json", index_json(entries)},
                                             {"index.html", release::log_index_html(entries.empty() ? std::string() : entries.front().publisher, answers)}};
  CANDOUR_TRY_DONE(look(pages));
  for (const base::FileToWrite& page : pages) CANDOUR_TRY_DONE(base::write_file_whole(site / page.path, page.bytes));
  return entries;
}

base::Result<std::string> add_to_log(const fs::path& site, const StandingFiles& files, std::span<const release::Approval> approvals, const LastLook& look) {
  if (publication_standing(files, approvals) != PublicationStanding::final) {
    return base::fail({base::Cause::refused,
                       "publish.not_approved",
                       {},
                       "this answer is not approved by two people, or was changed since",
                       "candour approve CASE --as NAME --role preparer|approver"});
  }
  const auto entry_file = std::find_if(files.shown.log.begin(), files.shown.log.end(), [](const base::FileToWrite& file) { return file.path == "entry.json"; });
  const auto entry = entry_file == files.shown.log.end() ? std::nullopt : parse_entry(entry_file->bytes);
  if (!entry) return base::fail(bad_entry("public/entry.json"));
  CANDOUR_TRY_DONE(look(files.shown.log));
  CANDOUR_TRY_DONE(base::replace_folders_whole({{site / entry->folder, base::FolderAccess::everyone, files.shown.log}}));
  CANDOUR_TRY(entries, build_log(site, look));
  return entry->folder;
}

base::Result<base::Done> remove_from_log(const fs::path& site, const std::string& reference, const LastLook& look) {
  const fs::path folder = site / folder_of_reference(reference);
  std::error_code status;
  if (folder_of_reference(reference).empty() || !fs::is_regular_file(folder / "entry.json", status)) {
    return base::fail({base::Cause::wrong_input,
                       "log.unknown_reference",
                       {site.string()},
                       "the log has no answer with this reference",
                       "candour log build lists what it has"});
  }
  // Renamed first, so that a removal that is cut off leaves no half answer to be read.
  const fs::path aside = site / ("." + folder.filename().string() + ".removed");
  fs::remove_all(aside, status);
  fs::rename(folder, aside, status);
  if (status)
    return base::fail({base::Cause::could_not_finish, "file.unwritable", {folder.string()}, "the answer cannot be taken out: " + status.message(), {}});
  fs::remove_all(aside, status);
  CANDOUR_TRY(entries, build_log(site, look));
  return base::Done{};
}

}  // namespace candour::publish
