#pragma once
// Settings files (TOML) as plain values with line numbers, and a declared table of keys that reader and manual share.

#include <candour/base/date.hpp>
#include <candour/base/decimal.hpp>
#include <candour/base/result.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace candour::base {

/// What a setting holds.
enum class SettingKind { text, whole_number, number, truth, date, list, table };

/// One value of a settings file. Numbers with a fraction are exact decimals of what was written.
struct Setting {
  SettingKind kind = SettingKind::table;
  std::uint64_t line = 0;  ///< 1-based; of the key where there is one
  std::string text;
  std::int64_t whole_number = 0;
  Decimal number;  ///< also set for whole numbers
  bool truth = false;
  Date date{};
  std::vector<Setting> items;                            ///< of a list, in order
  std::vector<std::pair<std::string, Setting>> entries;  ///< of a table, in the order of the file

  [[nodiscard]] const Setting* find(std::string_view key) const;
  /// The values below a key, or what an absent key stands for. The key's kind has been checked before (check_settings).
  [[nodiscard]] std::string text_of(std::string_view key, std::string_view otherwise = {}) const;
  [[nodiscard]] bool truth_of(std::string_view key) const;
  [[nodiscard]] std::optional<Date> date_of(std::string_view key) const;
  [[nodiscard]] std::optional<std::int64_t> whole_number_of(std::string_view key) const;
  [[nodiscard]] std::optional<Decimal> number_of(std::string_view key) const;
  [[nodiscard]] std::vector<std::string> texts_of(std::string_view key) const;
  [[nodiscard]] std::vector<std::int64_t> whole_numbers_of(std::string_view key) const;
  /// The tables of a list of tables (or the one table that stands there).
  [[nodiscard]] std::vector<const Setting*> tables_of(std::string_view key) const;
  /// The line of a key, or of this table where the key is absent.
  [[nodiscard]] std::uint64_t line_of(std::string_view key) const;
};

/// Reads TOML. Error wrong_input "settings.malformed" with file, line and column; the file's text is not repeated in it.
[[nodiscard]] Result<Setting> parse_settings(std::string_view text, const std::string& file);
/// Reads a file, then as above. Error wrong_input "settings.unreadable".
[[nodiscard]] Result<Setting> read_settings(const std::string& file);

/// What a key may hold.
enum class KeyForm {
  text,
  one_of_words,  ///< one of `words`
  whole_number,  ///< not negative
  number,        ///< decimal, not negative
  truth,
  date,
  list_of_texts,
  list_of_whole_numbers,
  texts_by_name,   ///< a table whose own keys are free and whose values are texts
  table,           ///< described by the KeyTable of the longer path
  list_of_tables,  ///< likewise; each item
};

enum class Presence { required, optional };

/// One key of a settings file, as reader and manual know it.
struct KeyDescription {
  std::string_view name;
  KeyForm form = KeyForm::text;
  Presence presence = Presence::optional;
  std::string_view meaning;  ///< one sentence for the manual and for the hint where it is missing
  std::vector<std::string_view> words = {};
};

/// The keys of one table of the file; the top of the file has the empty path, [[question]]'s coverage "question.coverage".
struct KeyTable {
  std::string_view path;
  std::string_view meaning;
  std::vector<KeyDescription> keys;
};

/// How a key's form is named in messages and in the manual: "a text in quotes".
[[nodiscard]] std::string_view name_of(KeyForm form);

/// Holds a file against its tables of keys and gives every mistake in the order of the lines: unknown keys (with the nearest known one), missing keys, values
/// of another kind, words that are not among the allowed ones. Codes: `code_prefix` + ".unknown_key", ".missing_key", ".wrong_kind", ".unknown_word", ".empty".
[[nodiscard]] Errors check_settings(const Setting& top, std::span<const KeyTable> tables, const std::string& file, std::string_view code_prefix);

/// The tables of keys as Markdown, for the manual.
[[nodiscard]] std::string describe_keys(std::span<const KeyTable> tables);

}  // namespace candour::base
