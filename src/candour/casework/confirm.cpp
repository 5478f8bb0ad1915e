#include <candour/casework/confirm.hpp>

#include <candour/base/files.hpp>
#include <candour/base/settings.hpp>
#include <candour/base/text.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace candour::casework {
namespace {

namespace fs = std::filesystem;
using base::Setting;
using base::SettingKind;

std::string in_words(const Setting& value) {
  switch (value.kind) {
    case SettingKind::text: return value.text;
    case SettingKind::date: return base::to_iso(value.date);
    case SettingKind::whole_number: return fmt::format("{}", value.whole_number);
    case SettingKind::truth: return value.truth ? "true" : "false";
    case SettingKind::list: {
      std::vector<std::string> items;
      for (const Setting& item : value.items) items.push_back(in_words(item));
      return base::joined(items, ", ");
    }
    case SettingKind::table: {
      std::vector<std::string> items;
      for (const auto& [key, item] : value.entries) items.push_back(key + " " + in_words(item));
      return base::joined(items, ", ");
    }
    case SettingKind::number: break;
  }
  return {};
}

/// A part with its list, and where the list stands.
struct Part {
  UnconfirmedPart shown;
  std::uint64_t line = 0;
};

void add_part(const Setting& table, const std::string& name, std::vector<Part>& parts) {
  const Setting* list = table.find("unconfirmed");
  if (list == nullptr || list->kind != SettingKind::list) return;
  Part part{{name, {}}, list->line};
  for (const Setting& item : list->items) {
    const Setting* value = table.find(item.text);
    part.shown.values.emplace_back(item.text, value == nullptr ? std::string() : in_words(*value));
  }
  parts.push_back(std::move(part));
}

std::string name_in(const Setting& table, std::string_view key) {
  const Setting* name = table.find(key);
  return name != nullptr && name->kind == SettingKind::text ? name->text : std::string();
}

std::vector<Part> parts_of(const Setting& top) {
  std::vector<Part> parts;
  for (const auto& [key, value] : top.entries) {
    const bool several = value.kind == SettingKind::list;
    if (key == "request" && value.kind == SettingKind::table) add_part(value, "request", parts);
    if (key == "variable" && several)
      for (const Setting& table : value.items) add_part(table, "variable " + name_in(table, "name"), parts);
    if (key == "question" && several)
      for (const Setting& table : value.items) add_part(table, "question " + name_in(table, "number"), parts);
  }
  std::ranges::sort(parts, {}, &Part::line);
  return parts;
}

base::Error unknown(const std::string& part, const std::vector<Part>& parts) {
  std::vector<std::string> names;
  for (const Part& each : parts) names.push_back(each.shown.part);
  const auto nearest = base::nearest_word(part, names);
  return {base::Cause::wrong_input,
          "confirm.unknown_part",
          {},
          names.empty() ? "nothing of this case is unconfirmed" : fmt::format("'{}' has nothing unconfirmed", part),
          nearest         ? fmt::format("did you mean '{}'?", *nearest)
          : names.empty() ? std::string()
                          : fmt::format("unconfirmed are {}", base::listed(names))};
}

}  // namespace

base::Result<std::vector<UnconfirmedPart>> unconfirmed_parts(const fs::path& case_folder) {
  CANDOUR_TRY(head, read_case_head(case_folder));
  CANDOUR_TRY(top, base::read_settings((head.folder / "case.toml").string()));
  std::vector<UnconfirmedPart> shown;
  for (Part& part : parts_of(top)) shown.push_back(std::move(part.shown));
  return shown;
}

base::Result<UnconfirmedPart> confirm_part(const fs::path& case_folder, const std::string& part, const std::string& by,
                                           const std::optional<std::string>& place) {
  CANDOUR_TRY(journal, CaseJournal::open(case_folder, place));
  CANDOUR_TRY(head, read_case_head(case_folder));
  const fs::path file = head.folder / "case.toml";
  CANDOUR_TRY(text, base::read_file(file));
  CANDOUR_TRY(top, base::parse_settings(text, file.string()));
  const std::vector<Part> parts = parts_of(top);
  const auto found = std::ranges::find_if(parts, [&](const Part& each) { return each.shown.part == part; });
  if (found == parts.end()) return base::fail(unknown(part, parts));
  std::vector<std::string> lines = base::split(text, '\n');
  const std::string_view line = base::trimmed(lines.at(found->line - 1));
  if (!line.starts_with("unconfirmed") || line.find(']') == std::string_view::npos)
    return base::fail({base::Cause::wrong_input,
                       "confirm.not_plain",
                       {file.string(), found->line},
                       "the list 'unconfirmed' does not stand on one line",
                       "take it out by hand"});
  lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(found->line - 1));
  const std::string changed = base::joined(lines, "\n");
  CANDOUR_TRY_DONE(base::parse_settings(changed, file.string()));
  std::vector<std::string> keys;
  for (const auto& [key, value] : found->shown.values) keys.push_back(key);
  // First what was said, then what follows from it: a confirmation without its entry would be one in silence.
  CANDOUR_TRY_DONE(journal.record({{"confirmed", base::today(), by, {}, {{"part", part}, {"values", base::joined(keys, " ")}}}}));
  CANDOUR_TRY_DONE(base::write_file_whole(file, changed));
  return found->shown;
}

}  // namespace candour::casework
