#include <candour/casework/case_head.hpp>

#include <candour/base/settings.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace candour::casework {
namespace {

namespace fs = std::filesystem;

void add_unconfirmed(const base::Setting& table, const std::string& where, std::vector<std::string>& into) {
  const base::Setting* list = table.find("unconfirmed");
  if (list == nullptr || list->kind != base::SettingKind::list) return;
  for (const base::Setting& item : list->items) into.push_back(fmt::format("{}: {}", where, item.text));
}

/// The texts of a table, whatever the kind of its values: nothing has checked them yet.
std::string text_in(const base::Setting& table, std::string_view key) {
  const base::Setting* value = table.find(key);
  return value != nullptr && value->kind == base::SettingKind::text ? value->text : std::string();
}

std::vector<const base::Setting*> tables_in(const base::Setting& top, std::string_view key) {
  std::vector<const base::Setting*> tables;
  const base::Setting* found = top.find(key);
  if (found == nullptr) return tables;
  if (found->kind == base::SettingKind::table) tables.push_back(found);
  if (found->kind == base::SettingKind::list)
    for (const base::Setting& item : found->items)
      if (item.kind == base::SettingKind::table) tables.push_back(&item);
  return tables;
}

}  // namespace

base::Result<CaseHead> read_case_head(const fs::path& folder_or_file) {
  std::error_code status;
  const fs::path file = fs::is_directory(folder_or_file, status) ? folder_or_file / "case.toml" : folder_or_file;
  if (!fs::exists(file, status))
    return base::fail(
        {base::Cause::wrong_input, "case.unreadable", {file.string()}, "there is no case file here", "name the folder of a case, or its case.toml"});
  CANDOUR_TRY(top, base::read_settings(file.string()));
  CaseHead head;
  head.folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
  for (const base::Setting* request : tables_in(top, "request")) {
    head.reference = text_in(*request, "reference");
    head.subject = text_in(*request, "subject");
    head.answered_by = text_in(*request, "answered_by");
    if (const base::Setting* received = request->find("received"); received != nullptr && received->kind == base::SettingKind::date)
      head.received = received->date;
    add_unconfirmed(*request, "request", head.unconfirmed);
  }
  if (head.reference.empty() || !head.received.ok())
    return base::fail(
        {base::Cause::wrong_input, "case.no_head", {file.string()}, "[request] has no reference and day of receipt", "enter 'reference' and 'received'"});
  for (const base::Setting* clock : tables_in(top, "clock"))
    for (const auto& [key, value] : clock->entries)
      if (value.kind == base::SettingKind::date) head.clock.push_back({key, value.date, value.line});
  for (const base::Setting* authority : tables_in(top, "authority"))
    if (const std::string regime = text_in(*authority, "regime"); !regime.empty()) head.regime = regime;
  for (const base::Setting* variable : tables_in(top, "variable")) add_unconfirmed(*variable, "variable " + text_in(*variable, "name"), head.unconfirmed);
  for (const base::Setting* question : tables_in(top, "question")) add_unconfirmed(*question, "question " + text_in(*question, "number"), head.unconfirmed);
  return head;
}

base::Result<CasesFound> cases_in(const fs::path& folder) {
  std::error_code status;
  std::vector<fs::path> folders;
  if (fs::exists(folder / "case.toml", status)) folders.push_back(folder);
  fs::directory_iterator entries(folder, status);
  if (status)
    return base::fail(
        {base::Cause::could_not_finish, "folder.unreadable", {folder.string()}, "the folder cannot be read", "name the folder that holds the cases"});
  for (const auto& entry : entries)
    if (entry.is_directory(status) && !entry.path().filename().string().starts_with('.') && fs::exists(entry.path() / "case.toml", status))
      folders.push_back(entry.path());
  std::ranges::sort(folders);
  CasesFound found;
  for (const fs::path& each : folders) {
    auto head = read_case_head(each);
    if (head) found.cases.push_back(*std::move(head));
    else found.broken.push_back({each, std::move(head).error()});
  }
  std::ranges::sort(found.cases, {}, &CaseHead::reference);
  return found;
}

}  // namespace candour::casework
