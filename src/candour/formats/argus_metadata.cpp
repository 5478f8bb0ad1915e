#include <candour/formats/argus_metadata.hpp>

#include <candour/base/text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <utility>

namespace candour::formats {
namespace {

using base::Done;
using base::Error;
using base::Result;

Error wrong(const std::string& name, std::uint64_t line, std::string sentence) {
  return {base::Cause::wrong_input,
          "argus.metadata",
          {name, line, 0},
          std::move(sentence),
          "a variable is a line with its name, then lines such as <RECODABLE>, <TOTCODE> \"T\", <NUMERIC> or <STATUS>"};
}

std::string upper(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return out;
}

std::string unquoted(std::string_view text) {
  text = base::trimmed(text);
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"') text = text.substr(1, text.size() - 2);
  return std::string(text);
}

// One key of a line, "<KEY> the rest".
struct KeyLine {
  std::string key;
  std::string value;
};

class MetadataReader {
 public:
  explicit MetadataReader(const std::string& name) : name_(name) {}

  Result<Done> take(std::string_view line) {
    ++line_;
    line = base::trimmed(line);
    if (line.empty() || line.starts_with("//")) return Done{};
    if (line.front() != '<') return take_name(line);
    const std::size_t end = line.find('>');
    if (end == std::string_view::npos) return base::fail(wrong(name_, line_, "a key has no closing >"));
    return take_key({upper(line.substr(1, end - 1)), std::string(base::trimmed(line.substr(end + 1)))});
  }

  Result<ArgusMetadata> finish() {
    const auto has = [&](ArgusColumn column) {
      return std::any_of(read_.variables.begin(), read_.variables.end(), [&](const ArgusVariable& v) { return v.column == column; });
    };
    if (!has(ArgusColumn::category)) return base::fail(wrong(name_, line_, "no variable is <RECODABLE>: the table has no categories"));
    if (!has(ArgusColumn::value) && !has(ArgusColumn::frequency))
      return base::fail(wrong(name_, line_, "no variable is <NUMERIC> or <FREQUENCY>: the table has no values"));
    return std::move(read_);
  }

 private:
  Result<Done> take_name(std::string_view line) {
    // A table's variable may carry a missing code behind its name; a quoted name may hold blanks.
    std::string variable = line.front() == '"' ? std::string(line.substr(1, line.find('"', 1) == std::string_view::npos ? line.size() : line.find('"', 1) - 1))
                                               : std::string(line.substr(0, line.find_first_of(" \t")));
    if (variable.empty() || std::any_of(read_.variables.begin(), read_.variables.end(), [&](const ArgusVariable& v) { return v.name == variable; }))
      return base::fail(wrong(name_, line_, "the name of a variable is empty or stands twice"));
    read_.variables.push_back({});
    read_.variables.back().name = std::move(variable);
    return Done{};
  }

  Result<Done> take_key(const KeyLine& line) {
    if (line.key == "SEPARATOR") {
      const std::string text = unquoted(line.value);
      if (text.size() != 1 && upper(text) != "TAB") return base::fail(wrong(name_, line_, "the separator is not one character"));
      read_.separator = text.size() == 1 ? text.front() : '\t';
      return Done{};
    }
    for (const auto& [key, word] : {std::pair{"SAFE", &read_.safe}, std::pair{"UNSAFE", &read_.unsafe}, std::pair{"PROTECT", &read_.protect}})
      if (line.key == key) {
        *word = unquoted(line.value);
        return Done{};
      }
    if (read_.variables.empty()) return base::fail(wrong(name_, line_, "a key stands before the first variable"));
    return take_key_of_variable(line, read_.variables.back());
  }

  Result<Done> take_key_of_variable(const KeyLine& line, ArgusVariable& variable) {
    static constexpr std::array<std::pair<std::string_view, ArgusColumn>, 10> columns{{{"RECODABLE", ArgusColumn::category},
                                                                                       {"RECODEABLE", ArgusColumn::category},
                                                                                       {"NUMERIC", ArgusColumn::value},
                                                                                       {"FREQUENCY", ArgusColumn::frequency},
                                                                                       {"MAXSCORE", ArgusColumn::contribution},
                                                                                       {"STATUS", ArgusColumn::status},
                                                                                       {"COST", ArgusColumn::cost},
                                                                                       {"COSTVAR", ArgusColumn::cost},
                                                                                       {"LOWERPL", ArgusColumn::lower_level},
                                                                                       {"UPPERPL", ArgusColumn::upper_level}}};
    for (const auto& [key, column] : columns) {
      // <NUMERIC> may be refined, on its own line or on a further one: <NUMERIC> <COST>.
      if (line.key == key && !(column == ArgusColumn::value && variable.column != ArgusColumn::other)) variable.column = column;
      if (line.key == "NUMERIC" && !line.value.empty() && line.value.front() == '<' && upper(line.value) == "<" + std::string(key) + ">")
        variable.column = column;
    }
    if (line.key == "SHADOW" || line.key == "WEIGHT" || line.key == "HOLDING" || line.key == "REQUEST") variable.column = ArgusColumn::other;
    if (line.key == "TOTCODE") variable.total_code = unquoted(line.value);
    if (line.key == "HIERCODELIST") variable.hierarchy_file = unquoted(line.value);
    if (line.key == "HIERLEADSTRING") {
      variable.lead = unquoted(line.value);
      if (variable.lead.empty()) return base::fail(wrong(name_, line_, "the lead string of a hierarchy is empty"));
    }
    if (line.key == "DECIMALS") return take_numbers(line, [&](int number) { variable.decimals = number; });
    if (line.key == "HIERLEVELS") return take_numbers(line, [&](int number) { variable.level_digits.push_back(number); });
    return Done{};
  }

  template <class Sink>
  Result<Done> take_numbers(const KeyLine& line, const Sink& sink) {
    const char* at = line.value.data();
    const char* const end = at + line.value.size();
    while (at != end) {
      if (*at == ' ' || *at == '\t') {
        ++at;
        continue;
      }
      int number = 0;
      const auto [rest, fault] = std::from_chars(at, end, number);
      if (fault != std::errc{} || number < 0 || number > 18)
        return base::fail(wrong(name_, line_, fmt::format("<{}> takes whole numbers from 0 to 18", line.key)));
      sink(number);
      at = rest;
    }
    return Done{};
  }

  const std::string& name_;
  ArgusMetadata read_;
  std::uint64_t line_ = 0;
};

std::string_view key_of(ArgusColumn column) {
  switch (column) {
    case ArgusColumn::category: return "<RECODABLE>";
    case ArgusColumn::value: return "<NUMERIC>";
    case ArgusColumn::frequency: return "<FREQUENCY>";
    case ArgusColumn::contribution: return "<MAXSCORE>";
    case ArgusColumn::status: return "<STATUS>";
    case ArgusColumn::cost: return "<NUMERIC> <COST>";
    case ArgusColumn::lower_level: return "<NUMERIC> <LOWERPL>";
    case ArgusColumn::upper_level: return "<NUMERIC> <UPPERPL>";
    case ArgusColumn::other: return "<SHADOW>";
  }
  return "<SHADOW>";
}

}  // namespace

Result<ArgusMetadata> read_argus_metadata(std::string_view text, const std::string& name) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  MetadataReader reader(name);
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    CANDOUR_TRY_DONE(reader.take(text.substr(0, end)));
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
  }
  return reader.finish();
}

std::string write_argus_metadata(const ArgusMetadata& metadata) {
  std::string out =
      fmt::format("<SEPARATOR> \"{}\"\n<SAFE> {}\n<UNSAFE> {}\n<PROTECT> {}\n",
                  metadata.separator == '\t' ? std::string("TAB") : std::string(1, metadata.separator), metadata.safe, metadata.unsafe, metadata.protect);
  for (const ArgusVariable& variable : metadata.variables) {
    const bool blank = variable.name.find_first_of(" \t") != std::string::npos;
    out += (blank ? "\"" + variable.name + "\"" : variable.name) + fmt::format("\n  {}\n", key_of(variable.column));
    if (!variable.total_code.empty()) fmt::format_to(std::back_inserter(out), "  <TOTCODE> \"{}\"\n", variable.total_code);
    if (!variable.hierarchy_file.empty())
      fmt::format_to(std::back_inserter(out), "  <HIERARCHICAL>\n  <HIERCODELIST> \"{}\"\n  <HIERLEADSTRING> \"{}\"\n", variable.hierarchy_file, variable.lead);
    if (!variable.level_digits.empty()) {
      out += "  <HIERARCHICAL>\n  <HIERLEVELS>";
      for (const int digits : variable.level_digits) out += fmt::format(" {}", digits);
      out += '\n';
    }
    if (variable.column != ArgusColumn::category && variable.column != ArgusColumn::status)
      fmt::format_to(std::back_inserter(out), "  <DECIMALS> {}\n", variable.decimals);
  }
  return out;
}

}  // namespace candour::formats
