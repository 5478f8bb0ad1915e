#include <candour/formats/jj.hpp>

#include <candour/base/wide.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <unordered_map>

namespace candour::formats {
namespace {

using base::Cause;
using base::Error;
using base::Result;

Error malformed(const std::string& name, std::uint64_t line, std::string sentence, std::string code = "jj.malformed") {
  return Error{Cause::wrong_input,
               std::move(code),
               {name, line, 0},
               std::move(sentence),
               "cells are lines 'id value cost status lower upper lpl upl spl', relations 'right_side n : id (coefficient) ...'"};
}

int most_decimals(std::string_view text) {
  int most = 0;
  for (std::size_t at = text.find('.'); at != std::string_view::npos; at = text.find('.', at + 1)) {
    int digits = 0, significant = 0;
    while (at + 1 + static_cast<std::size_t>(digits) < text.size()) {
      const char c = text[at + 1 + static_cast<std::size_t>(digits)];
      if (c < '0' || c > '9') break;
      ++digits;
      if (c != '0') significant = digits;
    }
    most = std::max(most, significant);
  }
  return most;
}

// Walks over the text word by word and keeps the line number for errors.
class Words {
 public:
  Words(std::string_view text, int decimals) : at_(text.data()), end_(text.data() + text.size()), decimals_(decimals) {}

  std::uint64_t line() const { return line_; }
  bool at_end() {
    skip_blank();
    return at_ == end_;
  }

  std::optional<std::int64_t> whole() {
    skip_blank();
    std::int64_t value = 0;
    const char* start = at_ != end_ && *at_ == '+' ? at_ + 1 : at_;
    const auto [rest, fault] = std::from_chars(start, end_, value);
    if (fault != std::errc{}) return std::nullopt;
    at_ = rest;
    return value;
  }

  // A number in units of 10^-decimals; exponents are not part of the format.
  std::optional<std::int64_t> scaled() {
    skip_blank();
    const bool negative = at_ != end_ && *at_ == '-';
    if (negative || (at_ != end_ && *at_ == '+')) ++at_;
    base::Wide units = 0;
    bool any = false;
    for (; at_ != end_ && *at_ >= '0' && *at_ <= '9'; ++at_) {
      any = true;
      units = units * 10 + (*at_ - '0');
      if (units > most_units) return std::nullopt;
    }
    int fraction = 0;
    if (at_ != end_ && *at_ == '.') {
      for (++at_; at_ != end_ && *at_ >= '0' && *at_ <= '9'; ++at_) {
        any = true;
        if (fraction < decimals_) {
          units = units * 10 + (*at_ - '0');
          ++fraction;
        }
      }
    }
    for (; fraction < decimals_; ++fraction) units *= 10;
    if (!any || units > most_units || (at_ != end_ && (*at_ == 'e' || *at_ == 'E'))) return std::nullopt;
    return static_cast<std::int64_t>(negative ? -units : units);
  }

  std::optional<char> letter() {
    skip_blank();
    if (at_ == end_) return std::nullopt;
    return *at_++;
  }

  bool mark(char wanted) {
    skip_blank();
    if (at_ == end_ || *at_ != wanted) return false;
    ++at_;
    return true;
  }

 private:
  static constexpr base::Wide most_units = 4'000'000'000'000'000'000;  // sums of a few still fit 64 bits
  void skip_blank() {
    for (; at_ != end_ && (*at_ == ' ' || *at_ == '\n' || *at_ == '\r' || *at_ == '\t'); ++at_) line_ += *at_ == '\n';
  }
  const char* at_;
  const char* end_;
  int decimals_;
  std::uint64_t line_ = 1;
};

Result<JjCell> read_cell(Words& words, const std::string& name) {
  JjCell cell;
  const auto id = words.whole();
  if (!id) return base::fail(malformed(name, words.line(), "expected the whole number that names a cell"));
  cell.id = *id;
  const auto value = words.scaled(), cost = words.scaled();
  const auto status = words.letter();
  if (!value || !cost || !status) return base::fail(malformed(name, words.line(), "expected value, cost and status of a cell"));
  if (*status != 'u' && *status != 'x' && *status != 's' && *status != 'z')
    return base::fail(malformed(name, words.line(), "the status of a cell is neither u, x, s nor z", "jj.status"));
  cell.value = *value, cell.cost = *cost, cell.status = *status;
  for (std::int64_t* part : {&cell.lowest, &cell.highest, &cell.lower_protection, &cell.upper_protection, &cell.sliding_protection}) {
    const auto number = words.scaled();
    if (!number) return base::fail(malformed(name, words.line(), "expected lower and upper bound and three protection levels as plain decimal numbers"));
    *part = *number;
  }
  return cell;
}

// Cells are found by id; files that number their cells 0, 1, 2 ... need no map.
class CellIds {
 public:
  explicit CellIds(const std::vector<JjCell>& cells) : cells_(&cells) {
    bool in_order = true;
    for (std::size_t i = 0; i < cells.size() && in_order; ++i) in_order = cells[i].id == static_cast<std::int64_t>(i);
    if (in_order) return;
    place_.reserve(cells.size());
    for (std::size_t i = 0; i < cells.size(); ++i) unique_ &= place_.emplace(cells[i].id, static_cast<std::uint32_t>(i)).second;
  }
  bool unique() const { return unique_; }
  std::optional<std::uint32_t> find(std::int64_t id) const {
    if (place_.empty()) {
      if (id < 0 || id >= static_cast<std::int64_t>(cells_->size())) return std::nullopt;
      return static_cast<std::uint32_t>(id);
    }
    const auto found = place_.find(id);
    if (found == place_.end()) return std::nullopt;
    return found->second;
  }

 private:
  const std::vector<JjCell>* cells_;
  std::unordered_map<std::int64_t, std::uint32_t> place_;
  bool unique_ = true;
};

Result<base::Done> read_relation(Words& words, const std::string& name, const CellIds& ids, JjRelations& relations) {
  const auto right_side = words.scaled();
  const auto count = words.whole();
  if (!right_side || !count || *count < 0 || !words.mark(':')) return base::fail(malformed(name, words.line(), "expected 'right_side n :' of a relation"));
  for (std::int64_t i = 0; i < *count; ++i) {
    const auto id = words.whole();
    const bool opened = id && words.mark('(');
    const auto coefficient = opened ? words.whole() : std::nullopt;
    if (!coefficient || !words.mark(')')) return base::fail(malformed(name, words.line(), "expected 'id (coefficient)' with a whole coefficient"));
    if (*coefficient > 1'000'000 || *coefficient < -1'000'000)
      return base::fail(malformed(name, words.line(), "a coefficient is beyond a million", "jj.overflow"));
    const auto cell = ids.find(*id);
    if (!cell) return base::fail(malformed(name, words.line(), fmt::format("a relation names cell {}, which is not in the file", *id), "jj.unknown_cell"));
    if (*coefficient == 0) continue;
    relations.cell.push_back(*cell);
    relations.coefficient.push_back(static_cast<std::int32_t>(*coefficient));
  }
  relations.right_side.push_back(*right_side);
  relations.term_start.push_back(relations.cell.size());
  return base::Done{};
}

void append_scaled(std::string& out, std::int64_t units, int decimals) {
  if (decimals == 0) {
    fmt::format_to(std::back_inserter(out), "{}", units);
    return;
  }
  std::int64_t power = 1;
  for (int i = 0; i < decimals; ++i) power *= 10;
  const std::int64_t whole = units / power, fraction = units % power < 0 ? -(units % power) : units % power;
  fmt::format_to(std::back_inserter(out), "{}{}", units < 0 && whole == 0 ? "-" : "", whole);
  if (fraction != 0) fmt::format_to(std::back_inserter(out), ".{:0{}}", fraction, decimals);
}

}  // namespace

Result<JjFile> read_jj(std::string_view text, const std::string& name) {
  JjFile file;
  file.decimals = most_decimals(text);
  if (file.decimals > 9) return base::fail(malformed(name, 0, "a number has more than nine decimals", "jj.overflow"));
  Words words(text, file.decimals);
  const auto first = words.whole();
  const auto cell_count = words.whole();
  if (!first || !cell_count || *cell_count < 0 || *cell_count > 100'000'000)
    return base::fail(malformed(name, words.line(), "expected a first number and then the number of cells"));
  file.cells.reserve(
      std::min(static_cast<std::size_t>(*cell_count), text.size() / 16 + 1));  // the file says how many there are, its length how many there can be
  for (std::int64_t i = 0; i < *cell_count; ++i) {
    CANDOUR_TRY(cell, read_cell(words, name));
    file.cells.push_back(cell);
  }
  const CellIds ids(file.cells);
  if (!ids.unique()) return base::fail(malformed(name, words.line(), "two cells have the same id", "jj.duplicate_cell"));
  const auto relation_count = words.whole();
  if (!relation_count || *relation_count < 0) return base::fail(malformed(name, words.line(), "expected the number of relations"));
  for (std::int64_t i = 0; i < *relation_count; ++i) CANDOUR_TRY_DONE(read_relation(words, name, ids, file.relations));
  if (!words.at_end()) return base::fail(malformed(name, words.line(), "there is text after the last relation"));
  return file;
}

std::string write_jj(const JjFile& file) {
  std::string out = fmt::format("0\n{}\n", file.cells.size());
  const auto amount = [&](std::int64_t units) {
    out += ' ';
    append_scaled(out, units, file.decimals);
  };
  for (const JjCell& cell : file.cells) {
    fmt::format_to(std::back_inserter(out), "{}", cell.id);
    amount(cell.value), amount(cell.cost);
    out += ' ';
    out += cell.status;
    for (const std::int64_t part : {cell.lowest, cell.highest, cell.lower_protection, cell.upper_protection, cell.sliding_protection}) amount(part);
    out += '\n';
  }
  const JjRelations& relations = file.relations;
  fmt::format_to(std::back_inserter(out), "{}\n", relations.right_side.size());
  for (std::size_t r = 0; r < relations.right_side.size(); ++r) {
    append_scaled(out, relations.right_side[r], file.decimals);
    fmt::format_to(std::back_inserter(out), " {} :", relations.term_start[r + 1] - relations.term_start[r]);
    for (std::uint64_t t = relations.term_start[r]; t < relations.term_start[r + 1]; ++t)
      fmt::format_to(std::back_inserter(out), " {} ({})", file.cells[relations.cell[t]].id, relations.coefficient[t]);
    out += '\n';
  }
  return out;
}

Result<std::vector<JjPatternLine>> read_jj_pattern(std::string_view text, const std::string& name) {
  std::vector<JjPatternLine> lines;
  std::uint64_t number = 0;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    ++number;
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (line.empty() || (number == 1 && line == "id,status")) continue;
    JjPatternLine entry;
    const auto [rest, fault] = std::from_chars(line.data(), line.data() + line.size(), entry.id);
    const std::string_view tail(rest, static_cast<std::size_t>(line.data() + line.size() - rest));
    const bool known = tail.size() == 2 && tail[0] == ',' && std::string_view("uxsz").find(tail[1]) != std::string_view::npos;
    if (fault != std::errc{} || !known)
      return base::fail(Error{Cause::wrong_input,
                              "pattern.malformed",
                              {name, number, 0},
                              "expected 'id,status' with status u, x, s or z",
                              "the first line may be the header id,status"});
    entry.status = tail[1];
    lines.push_back(entry);
  }
  return lines;
}

}  // namespace candour::formats
