#include <candour/table/code_pieces.hpp>

#include <candour/base/date.hpp>
#include <candour/base/text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <functional>
#include <set>

namespace candour::table {
namespace {

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || text.front() == '-' || error != std::errc{} || end != text.data() + text.size() || number >= no_last_number) return std::nullopt;
  return number;
}

std::int64_t day_of(int year, unsigned month) {
  return std::chrono::sys_days(std::chrono::year(year) / std::chrono::month(month) / 1).time_since_epoch().count();
}

// From the first day of a month for some months.
CodeRange months(int year, int month, int how_many) {
  const int end = year * 12 + month - 1 + how_many;
  return {day_of(year, static_cast<unsigned>(month)), day_of(end / 12, static_cast<unsigned>(end % 12 + 1)) - 1};
}

std::optional<CodeRange> one_day_range(std::string_view code) {
  const bool is_financial = code.starts_with("FY");
  if (is_financial) code.remove_prefix(2);
  if (code.size() < 4) return std::nullopt;
  const auto year = whole_number(code.substr(0, 4));
  if (!year || *year < 1800 || *year > 2999) return std::nullopt;
  const int y = static_cast<int>(*year);
  if (is_financial) return months(y, 4, 12);
  if (code.size() == 4) return months(y, 1, 12);
  if (code[4] != '-') return std::nullopt;
  if (code.size() == 7 && code[5] == 'Q' && code[6] >= '1' && code[6] <= '4') return months(y, (code[6] - '1') * 3 + 1, 3);
  if (code.size() == 7) {
    const auto month = whole_number(code.substr(5));
    if (!month || *month < 1 || *month > 12) return std::nullopt;
    return months(y, static_cast<int>(*month), 1);
  }
  const auto date = base::parse_iso_date(code);
  if (!date) return std::nullopt;
  const std::int64_t day = std::chrono::sys_days(*date).time_since_epoch().count();
  return CodeRange{day, day};
}

// Whole months by their names: "2024-03", "2024-01 to 2024-03"; else days.
std::string words_of_days(CodeRange days) {
  const auto date = [](std::int64_t day) { return base::Date(std::chrono::sys_days(std::chrono::days(day))); };
  const auto text = [&](std::int64_t day) { return base::to_iso(date(day)); };
  const bool starts_month = date(days.first).day() == std::chrono::day(1), ends_month = date(days.last + 1).day() == std::chrono::day(1);
  if (starts_month && ends_month) {
    const std::string first = text(days.first).substr(0, 7), last = text(days.last).substr(0, 7);
    return first == last ? first : fmt::format("{} to {}", first, last);
  }
  return days.first == days.last ? text(days.first) : fmt::format("{} to {}", text(days.first), text(days.last));
}

std::string words_of_numbers(CodeRange range) {
  if (range.first == range.last) return fmt::format("{}", range.first);
  return range.last >= no_last_number ? fmt::format("{}+", range.first) : fmt::format("{}-{}", range.first, range.last);
}

// The elementary ranges between all cut points that some code covers.
std::vector<CodeRange> cut(const std::vector<CodeRange>& ranges) {
  std::set<std::int64_t> starts;
  for (const CodeRange& range : ranges) {
    starts.insert(range.first);
    starts.insert(range.last + 1);
  }
  std::vector<CodeRange> pieces;
  for (auto at = starts.begin(); at != starts.end() && std::next(at) != starts.end(); ++at) {
    const CodeRange piece{*at, *std::next(at) - 1};
    if (std::any_of(ranges.begin(), ranges.end(), [&](const CodeRange& range) { return range.first <= piece.first && piece.last <= range.last; }))
      pieces.push_back(piece);
  }
  return pieces;
}

}  // namespace

std::optional<CodeRange> number_range(std::string_view code) {
  code = base::trimmed(code);
  for (const std::string_view below : {"under-", "under ", "<"})
    if (code.starts_with(below)) {
      const auto end = whole_number(base::trimmed(code.substr(below.size())));
      return end && *end > 0 ? std::optional(CodeRange{0, *end - 1}) : std::nullopt;
    }
  for (const std::string_view above : {"over-", "over ", ">"})
    if (code.starts_with(above)) {
      const auto last = whole_number(base::trimmed(code.substr(above.size())));
      return last ? std::optional(CodeRange{*last + 1, no_last_number}) : std::nullopt;
    }
  for (const std::string_view above : {"+", "-and-over", " and over"})
    if (code.ends_with(above)) {
      const auto first = whole_number(base::trimmed(code.substr(0, code.size() - above.size())));
      return first ? std::optional(CodeRange{*first, no_last_number}) : std::nullopt;
    }
  for (const std::string_view to : {"..", " to ", "-"})
    if (const std::size_t at = code.find(to); at != std::string_view::npos) {
      const auto first = whole_number(base::trimmed(code.substr(0, at))), last = whole_number(base::trimmed(code.substr(at + to.size())));
      return first && last && *first <= *last ? std::optional(CodeRange{*first, *last}) : std::nullopt;
    }
  const auto number = whole_number(code);
  return number ? std::optional(CodeRange{*number, *number}) : std::nullopt;
}

std::optional<CodeRange> day_range(std::string_view code) {
  code = base::trimmed(code);
  if (const std::size_t at = code.find(".."); at != std::string_view::npos) {
    const auto first = one_day_range(base::trimmed(code.substr(0, at))), last = one_day_range(base::trimmed(code.substr(at + 2)));
    return first && last && first->first <= last->last ? std::optional(CodeRange{first->first, last->last}) : std::nullopt;
  }
  return one_day_range(code);
}

CodePieces::CodePieces(std::span<const std::string> codes, const std::map<std::string, std::vector<std::string>>& contains) {
  const bool is_days = std::any_of(codes.begin(), codes.end(), [](const std::string& code) { return day_range(code).has_value() && !number_range(code); });
  const auto range_of = [&](const std::string& code) { return is_days ? day_range(code) : number_range(code); };
  std::vector<CodeRange> ranges;
  std::set<std::string> names;
  std::map<std::string, std::vector<std::string>> finest;  // what a code of a list comes down to
  const std::function<void(const std::string&, const std::string&, int)> descend = [&](const std::string& top, const std::string& code, int depth) {
    const auto at = contains.find(code);
    if (at == contains.end() || depth > 64) {
      finest[top].push_back(code);
      if (!range_of(code)) names.insert(code);
      return;
    }
    for (const std::string& part : at->second) descend(top, part, depth + 1);
  };
  for (const std::string& code : codes) {
    if (const auto range = range_of(code)) ranges.push_back(*range);
    else if (!finest.contains(code)) descend(code, code, 0);
  }
  for (const auto& [code, parts] : finest)
    for (const std::string& part : parts)
      if (const auto range = range_of(part)) ranges.push_back(*range);
  const std::vector<CodeRange> pieces = cut(ranges);
  const auto cut_count = static_cast<std::uint32_t>(pieces.size());
  for (const CodeRange& piece : pieces) words_.push_back(is_days ? words_of_days(piece) : words_of_numbers(piece));
  words_.insert(words_.end(), names.begin(), names.end());
  words_.emplace_back("anything else");
  const auto add = [&](LeafSet& set, const std::string& code) {
    if (const auto range = range_of(code)) {
      for (std::uint32_t i = 0; i < cut_count; ++i)
        if (range->first <= pieces[i].first && pieces[i].last <= range->last) set.insert(i);
    } else {
      set.insert(cut_count + static_cast<std::uint32_t>(std::distance(names.begin(), names.find(code))));
    }
  };
  for (const std::string& code : codes) {
    LeafSet set(count());
    const auto parts = finest.find(code);
    if (parts == finest.end()) add(set, code);
    else
      for (const std::string& part : parts->second) add(set, part);
    pieces_of_.emplace(code, std::move(set));
  }
}

std::optional<LeafSet> CodePieces::pieces_of(std::string_view code) const {
  const auto at = pieces_of_.find(code);
  return at == pieces_of_.end() ? std::nullopt : std::optional(at->second);
}

}  // namespace candour::table
