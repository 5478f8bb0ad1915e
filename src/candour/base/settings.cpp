#include <candour/base/settings.hpp>

#include <candour/base/files.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace candour::base {
namespace {

// Some malformed files break what the TOML parser takes for granted of itself. It would stop the program there; it gives the file up instead.
struct ParserGaveUp {};
[[noreturn]] void give_up() { throw ParserGaveUp{}; }

}  // namespace
}  // namespace candour::base

// The one place of the program that knows the TOML library; it takes seconds to compile.
#define TOML_EXCEPTIONS 0
#define TOML_ASSERT(condition)                    \
  do {                                            \
    if (!(condition)) ::candour::base::give_up(); \
  } while (false)
#include <toml++/toml.h>

namespace candour::base {
namespace {

Error malformed(const std::string& file, const toml::source_region& where, std::string sentence, std::string hint) {
  return {Cause::wrong_input, "settings.malformed", {file, where.begin.line, where.begin.column}, std::move(sentence), std::move(hint)};
}

// The parser's description may quote the file; what is in quotes is left out, since a case file can hold words that no message should repeat.
std::string without_quoted_parts(std::string_view description) {
  std::string text;
  bool inside = false;
  for (const char c : description) {
    if (c == '\'') {
      if (!inside) text += "...";
      inside = !inside;
    } else if (!inside) {
      text += c == '\n' ? ' ' : c;
    }
  }
  return text;
}

constexpr int deepest_nesting = 100;

// A key of many dots, as in a.a.a = 1, makes tables inside tables. The parser builds and frees them by recursion, so the stack would run out: such a file is
// refused before it is parsed. Gives the line, or 0. Dots side by side are prose, not a key.
std::uint64_t line_of_endless_key(std::string_view text) {
  std::uint64_t line = 1;
  int dots = 0;
  char before = '\0';
  for (const char c : text) {
    if (c == '\n') ++line;
    if (c == '.' && before != '.' && ++dots > deepest_nesting) return line;
    if (std::string_view("\n=,{}[]#").find(c) != std::string_view::npos || (c == '.' && before == '.')) dots = 0;
    before = c;
  }
  return 0;
}

class Converter {
 public:
  explicit Converter(const std::string& file) : file_(file) {}

  Result<Setting> convert(const toml::node& node, int depth = 0) {
    Setting setting;
    setting.line = node.source().begin.line;
    if (depth > deepest_nesting)
      return fail(malformed(file_, node.source(), fmt::format("tables stand more than {} deep, expected a few", deepest_nesting), {}));
    if (const auto* table = node.as_table()) return of_table(*table, std::move(setting), depth);
    if (const auto* list = node.as_array()) return of_list(*list, std::move(setting), depth);
    if (const auto* text = node.as_string()) {
      setting.kind = SettingKind::text;
      setting.text = text->get();
    } else if (const auto* whole = node.as_integer()) {
      setting.kind = SettingKind::whole_number;
      setting.whole_number = whole->get();
      setting.number = Decimal(whole->get());
    } else if (const auto* fraction = node.as_floating_point()) {
      setting.kind = SettingKind::number;
      const auto exact = Decimal::parse(std::isfinite(fraction->get()) ? fmt::format("{}", fraction->get()) : std::string());
      if (!exact) return fail(malformed(file_, node.source(), "expected a plain decimal number such as 17.5", "write it without an exponent"));
      setting.number = *exact;
    } else if (const auto* truth = node.as_boolean()) {
      setting.kind = SettingKind::truth;
      setting.truth = truth->get();
    } else if (const auto* day = node.as_date()) {
      setting.kind = SettingKind::date;
      setting.date = Date{std::chrono::year{day->get().year}, std::chrono::month{day->get().month}, std::chrono::day{day->get().day}};
    } else {
      return fail(malformed(file_, node.source(), "found a time of day, expected a date such as 2024-07-01", "write only the day, without quotes"));
    }
    return setting;
  }

 private:
  Result<Setting> of_table(const toml::table& table, Setting setting, int depth) {
    setting.kind = SettingKind::table;
    for (const auto& [key, node] : table) {
      CANDOUR_TRY(value, convert(node, depth + 1));
      if (key.source().begin.line != 0) value.line = key.source().begin.line;
      setting.entries.emplace_back(std::string(key.str()), std::move(value));
    }
    std::ranges::stable_sort(setting.entries, {}, [&](const auto& entry) { return entry.second.line; });
    return setting;
  }

  Result<Setting> of_list(const toml::array& list, Setting setting, int depth) {
    setting.kind = SettingKind::list;
    for (const auto& node : list) {
      CANDOUR_TRY(value, convert(node, depth + 1));
      setting.items.push_back(std::move(value));
    }
    return setting;
  }

  const std::string& file_;
};

}  // namespace

Result<Setting> parse_settings(std::string_view text, const std::string& file) {
  const std::string hint = "texts stand in quotes, dates and numbers do not; each [table] and each key stands once";
  if (const std::uint64_t line = line_of_endless_key(text); line != 0)
    return fail({Cause::wrong_input, "settings.malformed", {file, line}, fmt::format("a key has more than {} dots, expected a few", deepest_nesting), {}});
  try {
    const toml::parse_result parsed = toml::parse(text);
    if (!parsed) return fail(malformed(file, parsed.error().source(), without_quoted_parts(parsed.error().description()), hint));
    return Converter(file).convert(parsed.table());
  } catch (const ParserGaveUp&) {
    return fail(malformed(file, {}, "the file is not TOML", hint));
  }
}

Result<Setting> read_settings(const std::string& file) {
  const auto text = read_file(file);
  if (!text) return fail({Cause::wrong_input, "settings.unreadable", {file}, "the file cannot be read", "check the path and the permissions"});
  return parse_settings(*text, file);
}

}  // namespace candour::base
