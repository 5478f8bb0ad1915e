#include <candour/base/settings.hpp>

#include <algorithm>

namespace candour::base {
namespace {

const Setting* find_kind(const Setting& table, std::string_view key, SettingKind kind) {
  const Setting* setting = table.find(key);
  return setting != nullptr && setting->kind == kind ? setting : nullptr;
}

}  // namespace

const Setting* Setting::find(std::string_view key) const {
  const auto found = std::ranges::find(entries, key, [](const auto& entry) -> std::string_view { return entry.first; });
  return found == entries.end() ? nullptr : &found->second;
}

std::string Setting::text_of(std::string_view key, std::string_view otherwise) const {
  const Setting* setting = find_kind(*this, key, SettingKind::text);
  return setting == nullptr ? std::string(otherwise) : setting->text;
}

bool Setting::truth_of(std::string_view key) const {
  const Setting* setting = find_kind(*this, key, SettingKind::truth);
  return setting != nullptr && setting->truth;
}

std::optional<Date> Setting::date_of(std::string_view key) const {
  const Setting* setting = find_kind(*this, key, SettingKind::date);
  if (setting == nullptr) return std::nullopt;
  return setting->date;
}

std::optional<std::int64_t> Setting::whole_number_of(std::string_view key) const {
  const Setting* setting = find_kind(*this, key, SettingKind::whole_number);
  if (setting == nullptr) return std::nullopt;
  return setting->whole_number;
}

std::optional<Decimal> Setting::number_of(std::string_view key) const {
  const Setting* setting = find(key);
  if (setting == nullptr || (setting->kind != SettingKind::number && setting->kind != SettingKind::whole_number)) return std::nullopt;
  return setting->number;
}

std::vector<std::string> Setting::texts_of(std::string_view key) const {
  std::vector<std::string> texts;
  if (const Setting* setting = find_kind(*this, key, SettingKind::list))
    for (const Setting& item : setting->items)
      if (item.kind == SettingKind::text) texts.push_back(item.text);
  return texts;
}

std::vector<std::int64_t> Setting::whole_numbers_of(std::string_view key) const {
  std::vector<std::int64_t> numbers;
  if (const Setting* setting = find_kind(*this, key, SettingKind::list))
    for (const Setting& item : setting->items)
      if (item.kind == SettingKind::whole_number) numbers.push_back(item.whole_number);
  return numbers;
}

std::vector<const Setting*> Setting::tables_of(std::string_view key) const {
  std::vector<const Setting*> tables;
  if (const Setting* one = find_kind(*this, key, SettingKind::table)) tables.push_back(one);
  if (const Setting* list = find_kind(*this, key, SettingKind::list))
    for (const Setting& item : list->items)
      if (item.kind == SettingKind::table) tables.push_back(&item);
  return tables;
}

std::uint64_t Setting::line_of(std::string_view key) const {
  const Setting* setting = find(key);
  return setting == nullptr ? line : setting->line;
}

}  // namespace candour::base
