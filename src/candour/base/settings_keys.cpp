#include <candour/base/settings.hpp>

#include <candour/base/check.hpp>
#include <candour/base/text.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace candour::base {
namespace {

std::string_view name_of_found(const Setting& setting) {
  switch (setting.kind) {
    case SettingKind::text: return "a text";
    case SettingKind::whole_number: return setting.whole_number < 0 ? "a whole number below 0" : "a whole number";
    case SettingKind::number: return setting.number < Decimal(0) ? "a number below 0" : "a number";
    case SettingKind::truth: return "true or false";
    case SettingKind::date: return "a date";
    case SettingKind::list: return "a list";
    case SettingKind::table: return "a table";
  }
  return "something else";
}

bool all_items(const Setting& setting, SettingKind kind) {
  return setting.kind == SettingKind::list && std::ranges::all_of(setting.items, [&](const Setting& item) { return item.kind == kind; });
}

bool has_form(const Setting& setting, KeyForm form) {
  switch (form) {
    case KeyForm::text:
    case KeyForm::one_of_words: return setting.kind == SettingKind::text;
    case KeyForm::whole_number: return setting.kind == SettingKind::whole_number && setting.whole_number >= 0;
    case KeyForm::number: return (setting.kind == SettingKind::number || setting.kind == SettingKind::whole_number) && setting.number >= Decimal(0);
    case KeyForm::truth: return setting.kind == SettingKind::truth;
    case KeyForm::date: return setting.kind == SettingKind::date;
    case KeyForm::list_of_texts: return all_items(setting, SettingKind::text);
    case KeyForm::list_of_whole_numbers: return all_items(setting, SettingKind::whole_number);
    case KeyForm::texts_by_name:
      return setting.kind == SettingKind::table && std::ranges::all_of(setting.entries, [](const auto& e) { return e.second.kind == SettingKind::text; });
    case KeyForm::table: return setting.kind == SettingKind::table;
    case KeyForm::list_of_tables: return setting.kind == SettingKind::table || all_items(setting, SettingKind::table);
  }
  return false;
}

std::string path_name(std::string_view path) { return path.empty() ? "the top of the file" : fmt::format("[{}]", path); }

class Checker {
 public:
  Checker(std::span<const KeyTable> tables, const std::string& file, std::string_view prefix) : tables_(tables), file_(file), prefix_(prefix) {}

  void check(const Setting& table, std::string_view path) {
    const auto described = std::ranges::find(tables_, path, &KeyTable::path);
    CANDOUR_CHECK(described != tables_.end(), "every table of a settings file has its table of keys");
    std::vector<std::string> guessed;
    for (const auto& [name, setting] : table.entries) {
      const auto key = std::ranges::find(described->keys, name, &KeyDescription::name);
      if (key == described->keys.end()) {
        unknown(*described, name, setting, guessed);
      } else {
        check_value(*key, setting, path);
      }
    }
    for (const KeyDescription& key : described->keys)
      if (key.presence == Presence::required && table.find(key.name) == nullptr && std::ranges::find(guessed, key.name) == guessed.end())
        add(table.line, "missing_key", fmt::format("{} has no '{}', expected {}", path_name(path), key.name, name_of(key.form)), std::string(key.meaning));
  }

  Errors take() {
    std::ranges::stable_sort(errors_, {}, [](const Error& error) { return error.place.line; });
    return std::move(errors_);
  }

 private:
  void add(std::uint64_t line, std::string_view code, std::string sentence, std::string hint) {
    errors_.push_back({Cause::wrong_input, fmt::format("{}.{}", prefix_, code), {file_, line}, std::move(sentence), std::move(hint)});
  }

  void unknown(const KeyTable& described, const std::string& name, const Setting& setting, std::vector<std::string>& guessed) {
    std::vector<std::string> names;
    for (const KeyDescription& key : described.keys) names.emplace_back(key.name);
    const auto nearest = nearest_word(name, names);
    if (nearest) guessed.push_back(*nearest);
    add(setting.line, "unknown_key", fmt::format("'{}' is not a key of {}", name, path_name(described.path)),
        nearest ? fmt::format("did you mean '{}'?", *nearest) : fmt::format("known there: {}", listed(names)));
  }

  void check_value(const KeyDescription& key, const Setting& setting, std::string_view path) {
    if (!has_form(setting, key.form)) {
      add(setting.line, "wrong_kind", fmt::format("'{}' of {} is {}, expected {}", key.name, path_name(path), name_of_found(setting), name_of(key.form)),
          std::string(key.meaning));
      return;
    }
    const std::string below = path.empty() ? std::string(key.name) : fmt::format("{}.{}", path, key.name);
    if (key.form == KeyForm::table) check(setting, below);
    if (key.form == KeyForm::list_of_tables && setting.kind == SettingKind::table) check(setting, below);
    if (key.form == KeyForm::list_of_tables)
      for (const Setting& item : setting.items) check(item, below);
    if (key.form == KeyForm::one_of_words) check_word(key, setting, path);
    if (key.form == KeyForm::text && key.presence == Presence::required && trimmed(setting.text).empty())
      add(setting.line, "empty", fmt::format("'{}' of {} is empty, expected {}", key.name, path_name(path), name_of(key.form)), std::string(key.meaning));
  }

  void check_word(const KeyDescription& key, const Setting& setting, std::string_view path) {
    if (std::ranges::find(key.words, setting.text) != key.words.end()) return;
    std::vector<std::string> words(key.words.begin(), key.words.end());
    const auto nearest = nearest_word(setting.text, words);
    add(setting.line, "unknown_word", fmt::format("'{}' of {} is '{}', expected {}", key.name, path_name(path), setting.text, joined(words, " or ")),
        nearest ? fmt::format("did you mean '{}'?", *nearest) : std::string(key.meaning));
  }

  std::span<const KeyTable> tables_;
  const std::string& file_;
  std::string_view prefix_;
  Errors errors_;
};

}  // namespace

std::string_view name_of(KeyForm form) {
  switch (form) {
    case KeyForm::text: return "a text in quotes";
    case KeyForm::one_of_words: return "one of a few words in quotes";
    case KeyForm::whole_number: return "a whole number, 0 or more";
    case KeyForm::number: return "a number, 0 or more";
    case KeyForm::truth: return "true or false";
    case KeyForm::date: return "a date such as 2024-07-01, without quotes";
    case KeyForm::list_of_texts: return "a list of texts, as in [\"a\", \"b\"]";
    case KeyForm::list_of_whole_numbers: return "a list of whole numbers, as in [0, 18]";
    case KeyForm::texts_by_name: return "a table of texts, as in { \"a\" = \"b\" }";
    case KeyForm::table: return "a table";
    case KeyForm::list_of_tables: return "a list of tables";
  }
  return "something else";
}

Errors check_settings(const Setting& top, std::span<const KeyTable> tables, const std::string& file, std::string_view code_prefix) {
  Checker checker(tables, file, code_prefix);
  checker.check(top, "");
  return checker.take();
}

std::string describe_keys(std::span<const KeyTable> tables) {
  std::string text;
  for (const KeyTable& table : tables) {
    text += fmt::format("### {}\n\n{}\n\n| key | holds | needed | meaning |\n|---|---|---|---|\n",
                        table.path.empty() ? "Top of the file" : fmt::format("`{}`", table.path), table.meaning);
    for (const KeyDescription& key : table.keys) {
      std::vector<std::string> words;
      for (const std::string_view word : key.words) words.push_back(fmt::format("`\"{}\"`", word));
      text += fmt::format("| `{}` | {} | {} | {} |\n", key.name, words.empty() ? std::string(name_of(key.form)) : joined(words, " or "),
                          key.presence == Presence::required ? "yes" : "", key.meaning);
    }
    text += '\n';
  }
  return text;
}

}  // namespace candour::base
