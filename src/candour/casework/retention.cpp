#include <candour/casework/retention.hpp>

#include <candour/base/files.hpp>
#include <candour/base/lock.hpp>
#include <candour/base/settings.hpp>
#include <candour/base/text.hpp>
#include <candour/casework/journal.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <system_error>
#include <utility>

namespace candour::casework {
namespace {

namespace fs = std::filesystem;
using base::Setting;
using Json = nlohmann::ordered_json;

constexpr std::string_view certificate_name = "deletion.json";
constexpr std::string_view certificate_purpose = "candour deletion 1";
constexpr std::string_view kept_name = "journal.jsonl";

base::Error unreadable(const fs::path& path, const std::error_code& status) {
  return {base::Cause::could_not_finish, "file.unreadable", {path.string()}, "it cannot be listed: " + status.message(), {}};
}

base::Error undeletable(const fs::path& path, const std::error_code& status) {
  return {base::Cause::could_not_finish,
          "file.unwritable",
          {path.string()},
          "it cannot be deleted: " + status.message(),
          "the deletion is finished by doing it again"};
}

void add(std::vector<DeletedFile>& files, const fs::path& folder, const fs::path& file) {
  std::error_code status;
  const fs::file_status kind = fs::symlink_status(file, status);
  if (status || !fs::exists(kind)) return;
  // Of a link the link goes, not what it points to.
  files.push_back({file.lexically_relative(folder).generic_string(), fs::is_regular_file(kind) ? fs::file_size(file, status) : 0});
}

base::Result<base::Done> add_below(std::vector<DeletedFile>& files, const fs::path& folder, const fs::path& below) {
  std::error_code status;
  if (!fs::is_directory(fs::symlink_status(below, status))) return base::Done{};
  fs::recursive_directory_iterator at(below, status);
  for (; !status && at != fs::recursive_directory_iterator(); at.increment(status))
    if (!fs::is_directory(at->symlink_status(status)) && at->path() != folder / "out" / "private" / kept_name) add(files, folder, at->path());
  if (status) return base::fail(unreadable(below, status));
  return base::Done{};
}

bool is_inside(const fs::path& folder, const std::string& file) {
  if (file.empty() || fs::path(file).is_absolute() || file.find(':') != std::string::npos) return false;
  const std::string normal = fs::path(file).lexically_normal().generic_string();
  if (normal.starts_with("..")) return false;
  // No link on the way leads out.
  std::error_code status;
  const fs::path real = fs::weakly_canonical(folder / file, status), root = fs::weakly_canonical(folder, status);
  return !status && real.lexically_relative(root).generic_string().substr(0, 2) != "..";
}

// "records.xlsx#Sheet" is in records.xlsx.
std::string without_part(const std::string& file) { return file.substr(0, file.find('#')); }

base::Result<base::Done> find_files(const Setting& top, RetainedCase& retained) {
  const fs::path& folder = retained.folder;
  // With what a killed run left beside them, and the letters to whoever asked.
  for (const char* below : {"out/private", "out/.private.new", "out/.private.old", "out/reply", "out/.reply.new", "out/.reply.old", "letters"})
    CANDOUR_TRY_DONE(add_below(retained.files, folder, folder / below));
  add(retained.files, folder, folder / "requester.toml");
  if (const Setting* request = top.find("request"); request != nullptr && is_inside(folder, request->text_of("text_file")))
    add(retained.files, folder, folder / request->text_of("text_file"));
  for (const Setting* holding : top.tables_of("holding")) {
    const std::string file = without_part(holding->text_of("file"));
    if (is_inside(folder, file)) add(retained.files, folder, folder / file);
    else if (!file.empty()) retained.elsewhere.push_back(holding->text_of("id"));
  }
  const auto by_path = [](const DeletedFile& a, const DeletedFile& b) { return a.path < b.path; };
  std::sort(retained.files.begin(), retained.files.end(), by_path);
  retained.files.erase(std::unique(retained.files.begin(), retained.files.end(), [](const auto& a, const auto& b) { return a.path == b.path; }),
                       retained.files.end());
  return base::Done{};
}

Json json_of(const RetainedCase& retained, const Deletion& deletion, std::string_view state) {
  Json files = Json::array();
  for (const DeletedFile& file : retained.files) files.push_back({{"path", file.path}, {"bytes", file.bytes}});
  return {{"candour_deletion", 1},
          {"state", state},
          {"reference", retained.reference},
          {"due", base::to_iso(retained.rule->delete_on)},
          {"because", retained.rule->because},
          {"decided_by", retained.rule->by},
          {"deleted_on", base::to_iso(deletion.on)},
          {"deleted_by", deletion.by},
          {"files", files},
          {"stays", {"case.toml", "out/public", "out/private/journal.jsonl"}},
          {"elsewhere", retained.elsewhere}};
}

struct Certificate {
  std::string state;
  std::vector<DeletedFile> files;
};

std::optional<Certificate> certificate_in(const fs::path& folder) {
  const auto text = base::read_file(folder / certificate_name);
  if (!text) return std::nullopt;
  try {
    const Json json = Json::parse(*text);
    Certificate certificate{json.at("state"), {}};
    for (const Json& file : json.at("files")) certificate.files.push_back({file.at("path"), file.at("bytes")});
    return certificate;
  } catch (const Json::exception&) {
    return std::nullopt;
  }
}

base::ResultOrErrors<RetainedCase> look_at(const fs::path& folder, base::Date on) {
  auto top = base::read_settings((folder / "case.toml").string());
  if (!top) return tl::make_unexpected(base::Errors{std::move(top).error()});
  RetainedCase retained;
  retained.folder = folder;
  if (const Setting* request = top->find("request")) retained.reference = request->text_of("reference");
  if (const Setting* rule = top->find("retention"); rule != nullptr && rule->date_of("delete_on"))
    retained.rule = RetentionRule{*rule->date_of("delete_on"), rule->text_of("by"), rule->text_of("because")};
  if (auto found = find_files(*top, retained); !found) return tl::make_unexpected(base::Errors{std::move(found).error()});
  const auto certificate = certificate_in(folder);
  if (certificate) {
    // What the list named and is gone belongs to the deletion too. What it names and is still there is not for it to say: files are found anew.
    std::error_code status;
    for (const DeletedFile& file : certificate->files)
      if (!fs::exists(fs::symlink_status(folder / file.path, status))) retained.files.push_back(file);
    std::sort(retained.files.begin(), retained.files.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
  }
  if (certificate && certificate->state == "done") retained.state = RetentionState::deleted;
  else if (certificate) retained.state = RetentionState::begun;
  else if (!retained.rule || base::trimmed(retained.rule->by).empty() || base::trimmed(retained.rule->because).empty()) retained.state = RetentionState::no_day;
  else retained.state = retained.rule->delete_on <= on ? RetentionState::due : RetentionState::kept;
  return retained;
}

void remove_empty_folders(const fs::path& below) {
  std::vector<fs::path> folders;
  std::error_code status;
  for (fs::recursive_directory_iterator at(below, status); !status && at != fs::recursive_directory_iterator(); at.increment(status))
    if (at->is_directory(status)) folders.push_back(at->path());
  std::sort(folders.begin(), folders.end(), [](const auto& a, const auto& b) { return a.native().size() > b.native().size(); });
  for (const fs::path& folder : folders) fs::remove(folder, status);  // one that is not empty stays
}

// A deletion that was cut off between this line and the certificate has its line already.
base::Result<base::Done> note_once(const RetainedCase& retained, const Deletion& deletion) {
  const fs::path output = retained.folder / "out";
  CANDOUR_TRY(events, read_journal(output));
  if (std::any_of(events.begin(), events.end(), [](const JournalEvent& event) { return event.event == "retention"; })) return base::Done{};
  return record(output, {"retention", {{"name", deletion.by}, {"on", base::to_iso(deletion.on)}, {"files", std::to_string(retained.files.size())}}});
}

}  // namespace

std::string_view word_of(RetentionState state) {
  static constexpr std::array<std::string_view, 5> words{"no day set", "kept", "due", "deletion begun", "deleted"};
  return words[static_cast<std::size_t>(state)];
}

base::ResultOrErrors<std::vector<RetainedCase>> cases_to_retain(const fs::path& cases, base::Date on) {
  std::vector<fs::path> folders;
  std::error_code status;
  if (fs::exists(cases / "case.toml", status)) folders.push_back(cases);
  fs::directory_iterator at(cases, status);
  for (; !status && at != fs::directory_iterator(); at.increment(status)) {
    std::error_code ignored;
    if (fs::exists(at->path() / "case.toml", ignored)) folders.push_back(at->path());
  }
  if (status) return tl::make_unexpected(base::Errors{unreadable(cases, status)});
  std::sort(folders.begin(), folders.end());
  std::vector<RetainedCase> found;
  for (const fs::path& folder : folders) {
    CANDOUR_TRY(retained, look_at(folder, on));
    found.push_back(std::move(retained));
  }
  return found;
}

base::Result<RetainedCase> delete_private(const RetainedCase& given, const Deletion& deletion) {
  RetainedCase retained = given;
  const bool may_go = retained.rule && (retained.state == RetentionState::due || retained.state == RetentionState::begun);
  if (!may_go)
    return base::fail({base::Cause::refused,
                       "retention.not_due",
                       {retained.folder.string()},
                       fmt::format("this case is not due for deletion ({})", word_of(retained.state)),
                       {}});
  CANDOUR_TRY(lock, base::FolderLock::take(retained.folder / "out"));
  const fs::path certificate = retained.folder / certificate_name;
  // First what will go, durable; then it goes; then the word that it is gone.
  CANDOUR_TRY_DONE(base::write_file_whole(certificate, json_of(retained, deletion, "begun").dump(2) + "\n"));
  for (const DeletedFile& file : retained.files) {
    std::error_code status;
    fs::remove(retained.folder / file.path, status);
    if (status) return base::fail(undeletable(retained.folder / file.path, status));
  }
  for (const std::string_view folder : {"out/private", "out/reply"}) remove_empty_folders(retained.folder / folder);
  std::error_code status;
  fs::remove(retained.folder / "out" / "reply", status);
  CANDOUR_TRY_DONE(note_once(retained, deletion));
  CANDOUR_TRY(head, head_of_journal(retained.folder / "out"));
  Json json = json_of(retained, deletion, "done");
  json["journal"] = head.to_hex();
  if (deletion.key != nullptr) {
    json["key"] = deletion.key->public_key().fingerprint();
    json["signature"] = deletion.key->sign(certificate_purpose, json.dump(2)).to_hex();
  }
  CANDOUR_TRY_DONE(base::write_file_whole(certificate, json.dump(2) + "\n"));
  retained.state = RetentionState::deleted;
  return retained;
}

}  // namespace candour::casework
