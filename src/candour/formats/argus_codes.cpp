#include <candour/formats/argus_codes.hpp>

#include <candour/base/text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <utility>

namespace candour::formats {
namespace {

using base::Done;
using base::Error;
using base::Result;

constexpr int most_levels = 100;

Error wrong_code(const std::string& name, std::uint64_t line, std::string sentence) {
  return {base::Cause::wrong_input,
          "hrc.malformed",
          {name, line, 0},
          std::move(sentence),
          "a code a line, children below their parent, each one lead string further in"};
}

Error wrong_line(const std::string& name, std::uint64_t line, std::string sentence) {
  return {
      base::Cause::wrong_input, "hst.malformed", {name, line, 0}, std::move(sentence), "the codes of a cell, then s, u, p, m, 'c,COST' or 'pl,LOWER,UPPER'"};
}

// Calls sink(line, number) for each line that is not empty.
template <class Sink>
Result<Done> for_each_line(std::string_view text, const Sink& sink) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  for (std::uint64_t number = 1; !text.empty(); ++number) {
    const std::size_t end = text.find('\n');
    const std::string_view line = base::trimmed(text.substr(0, end));
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    if (line.empty()) continue;
    CANDOUR_TRY_DONE(sink(line, number));
  }
  return Done{};
}

std::string without_quotes(std::string_view text) {
  text = base::trimmed(text);
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"') text = text.substr(1, text.size() - 2);
  return std::string(text);
}

Result<Done> check_step(const std::vector<IndentedCode>& before, const IndentedCode& next, const std::string& name, std::uint64_t line) {
  if (next.code.empty()) return base::fail(wrong_code(name, line, "a line has no code"));
  const int deepest = before.empty() ? 1 : before.back().depth + 1;
  if (next.depth > deepest)
    return base::fail(wrong_code(name, line, fmt::format("a code stands {} steps below the total, where at most {} can be", next.depth, deepest)));
  if (next.depth > most_levels) return base::fail(wrong_code(name, line, fmt::format("more than {} levels", most_levels)));
  return Done{};
}

// Fields between separators; quotes around a field may hold separators.
std::vector<std::string> fields_of(std::string_view line, char separator) {
  std::vector<std::string> fields(1);
  bool quoted = false;
  for (const char c : line) {
    if (c == '"') quoted = !quoted;
    else if (c == separator && !quoted) fields.emplace_back();
    else fields.back() += c;
  }
  for (std::string& field : fields) field = std::string(base::trimmed(field));
  return fields;
}

}  // namespace

Result<std::vector<IndentedCode>> read_hrc(std::string_view text, const std::string& name, std::string_view lead) {
  std::vector<IndentedCode> codes;
  const auto take = [&](std::string_view line, std::uint64_t number) -> Result<Done> {
    IndentedCode next;
    for (; !lead.empty() && line.starts_with(lead); line.remove_prefix(lead.size())) ++next.depth;
    next.code = without_quotes(line);
    CANDOUR_TRY_DONE(check_step(codes, next, name, number));
    codes.push_back(std::move(next));
    return Done{};
  };
  CANDOUR_TRY_DONE(for_each_line(text, take));
  if (codes.empty()) return base::fail(wrong_code(name, 0, "the file holds no code"));
  return codes;
}

std::string write_hrc(const std::vector<IndentedCode>& codes, std::string_view lead) {
  std::string out;
  for (const IndentedCode& code : codes) {
    for (int i = 1; i < code.depth; ++i) out += lead;
    out += code.code + "\n";
  }
  return out;
}

bool looks_like_leveled_codes(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  text = base::trimmed(text);
  if (text.starts_with('"')) text.remove_prefix(1);
  if (!text.starts_with('@')) return false;
  text.remove_prefix(1);
  if (text.starts_with('"')) text.remove_prefix(1);
  return text.starts_with(';') || text.starts_with(',');
}

Result<LeveledCodes> read_leveled_codes(std::string_view text, const std::string& name) {
  LeveledCodes read;
  bool first = true;
  const auto take = [&](std::string_view line, std::uint64_t number) -> Result<Done> {
    const std::size_t at = line.find_first_of(";,");
    if (at == std::string_view::npos) return base::fail(wrong_code(name, number, "expected @ signs, a separator and a code"));
    const std::string level = without_quotes(line.substr(0, at));
    if (level.empty() || level.find_first_not_of('@') != std::string::npos) return base::fail(wrong_code(name, number, "the level is not made of @ signs"));
    IndentedCode next{static_cast<int>(std::min<std::size_t>(level.size(), 1000)) - 1, without_quotes(line.substr(at + 1))};
    if (first != (next.depth == 0)) return base::fail(wrong_code(name, number, "the total, with a single @, must stand first and once"));
    if (first) {
      if (next.code.empty()) return base::fail(wrong_code(name, number, "the total has no code"));
      read.total = std::move(next.code);
      first = false;
      return Done{};
    }
    CANDOUR_TRY_DONE(check_step(read.codes, next, name, number));
    read.codes.push_back(std::move(next));
    return Done{};
  };
  CANDOUR_TRY_DONE(for_each_line(text, take));
  if (read.codes.empty()) return base::fail(wrong_code(name, 0, "the file holds no code below the total"));
  return read;
}

Result<std::vector<HistoryLine>> read_history(std::string_view text, const std::string& name, std::size_t variables, char separator) {
  std::vector<HistoryLine> lines;
  const auto take = [&](std::string_view line, std::uint64_t number) -> Result<Done> {
    std::vector<std::string> fields = fields_of(line, separator);
    if (fields.size() <= variables)
      return base::fail(wrong_line(name, number, fmt::format("{} fields, expected {} codes and what is said of the cell", fields.size(), variables)));
    std::string word = fields[variables];
    std::transform(word.begin(), word.end(), word.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    HistoryLine next;
    if (word == "s") next.kind = HistoryKind::safe;
    else if (word == "u") next.kind = HistoryKind::unsafe;
    else if (word == "p") next.kind = HistoryKind::protect;
    else if (word == "m" || word == "ml") next.kind = HistoryKind::secondary;
    else if (word == "c" || word == "w") next.kind = HistoryKind::cost;
    else if (word == "pl") next.kind = HistoryKind::levels;
    else return base::fail(wrong_line(name, number, "what is said of a cell is none of s, u, p, m, c and pl"));
    next.numbers.assign(fields.begin() + static_cast<std::ptrdiff_t>(variables) + 1, fields.end());
    while (!next.numbers.empty() && next.numbers.back().empty()) next.numbers.pop_back();
    const std::size_t given = next.numbers.size();
    const bool right = next.kind == HistoryKind::cost     ? given == 1
                       : next.kind == HistoryKind::levels ? given == 2
                                                          : given == 0 || (next.kind == HistoryKind::unsafe && given == 2);
    if (!right) return base::fail(wrong_line(name, number, "a cost takes one number, protection levels two, a status none"));
    fields.resize(variables);
    next.codes = std::move(fields);
    next.line = number;
    lines.push_back(std::move(next));
    return Done{};
  };
  CANDOUR_TRY_DONE(for_each_line(text, take));
  return lines;
}

std::string write_history(const std::vector<HistoryLine>& lines, char separator) {
  std::string out;
  for (const HistoryLine& line : lines) {
    for (const std::string& code : line.codes) {
      const bool quote = code.empty() || code.find(separator) != std::string::npos;
      out += quote ? "\"" + code + "\"" : code;
      out += separator;
    }
    switch (line.kind) {
      case HistoryKind::safe: out += 's'; break;
      case HistoryKind::unsafe: out += 'u'; break;
      case HistoryKind::protect: out += 'p'; break;
      case HistoryKind::secondary: out += 'm'; break;
      case HistoryKind::cost: out += 'c'; break;
      case HistoryKind::levels: out += "pl"; break;
    }
    for (const std::string& number : line.numbers) out += separator + number;
    out += '\n';
  }
  return out;
}

}  // namespace candour::formats
