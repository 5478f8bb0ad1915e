#include <candour/base/settings_text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace candour::base {
namespace {

std::string quoted(std::string_view text) {
  static constexpr std::array<std::pair<char, std::string_view>, 5> escapes{{{'"', "\\\""}, {'\\', "\\\\"}, {'\n', "\\n"}, {'\r', "\\r"}, {'\t', "\\t"}}};
  std::string out = "\"";
  for (const char c : text) {
    const auto escape = std::find_if(escapes.begin(), escapes.end(), [&](const auto& each) { return each.first == c; });
    const auto byte = static_cast<unsigned char>(c);
    if (escape != escapes.end()) out += escape->second;
    else if (byte < 0x20 || byte == 0x7F) out += fmt::format("\\u{:04X}", byte);
    else out += c;
  }
  return out + "\"";
}

std::string key_text(const std::string& key) {
  const bool is_bare = !key.empty() && key.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") == std::string::npos;
  return is_bare ? key : quoted(key);
}

std::string value_text(const Setting& setting) {
  std::string text;
  switch (setting.kind) {
    case SettingKind::text: return quoted(setting.text);
    case SettingKind::whole_number: return fmt::format("{}", setting.whole_number);
    case SettingKind::number: {
      const std::string number = setting.number.to_text();
      return number.find('.') == std::string::npos ? number + ".0" : number;
    }
    case SettingKind::truth: return setting.truth ? "true" : "false";
    case SettingKind::date: return to_iso(setting.date);
    case SettingKind::list:
      for (const Setting& item : setting.items) text += (text.empty() ? "" : ", ") + value_text(item);
      return "[" + text + "]";
    case SettingKind::table:
      for (const auto& [key, value] : setting.entries) text += (text.empty() ? "" : ", ") + key_text(key) + " = " + value_text(value);
      return "{ " + text + " }";
  }
  return text;
}

bool is_list_of_tables(const Setting& setting) {
  return setting.kind == SettingKind::list && !setting.items.empty() &&
         std::all_of(setting.items.begin(), setting.items.end(), [](const Setting& item) { return item.kind == SettingKind::table; });
}

std::string lines_of(const Setting& table) {
  std::string text;
  for (const auto& [key, value] : table.entries) text += key_text(key) + " = " + value_text(value) + "\n";
  return text;
}

}  // namespace

std::string to_toml(const Setting& top) {
  std::string plain, tables;
  for (const auto& [key, value] : top.entries) {
    if (is_list_of_tables(value)) {
      for (const Setting& item : value.items) tables += fmt::format("\n[[{}]]\n{}", key_text(key), lines_of(item));
    } else if (value.kind == SettingKind::table) {
      tables += fmt::format("\n[{}]\n{}", key_text(key), lines_of(value));
    } else {
      plain += key_text(key) + " = " + value_text(value) + "\n";
    }
  }
  return plain + tables;
}

}  // namespace candour::base
