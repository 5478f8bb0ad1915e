#include <candour/cli/witness_file.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

namespace candour::cli {
namespace {

using base::Done;
using base::Result;

base::Error wrong(const std::string& name, std::uint64_t line) {
  return {
      base::Cause::wrong_input, "witnesses.malformed", {name, line, 0}, "the line is none that protect writes", "take private/witnesses.txt as it was written"};
}

// Walks over the whole numbers of a line.
class Numbers {
 public:
  explicit Numbers(std::string_view text) : at_(text.data()), end_(text.data() + text.size()) {}
  [[nodiscard]] bool at_end() {
    while (at_ != end_ && *at_ == ' ') ++at_;
    return at_ == end_;
  }
  template <class Number>
  [[nodiscard]] bool take(Number& number) {
    if (at_end()) return false;
    const auto [rest, fault] = std::from_chars(at_, end_, number);
    if (fault != std::errc{}) return false;
    at_ = rest;
    return true;
  }
  [[nodiscard]] bool mark(char wanted) {
    if (at_ == end_ || *at_ != wanted) return false;
    ++at_;
    return true;
  }

 private:
  const char* at_;
  const char* end_;
};

template <class Number>
bool take_all(std::string_view text, std::vector<Number>& into) {
  Numbers numbers(text);
  while (!numbers.at_end()) {
    Number number{};
    if (!numbers.take(number)) return false;
    into.push_back(number);
  }
  return true;
}

bool take_axis(std::string_view text, WitnessFile& file) {
  std::vector<std::uint32_t> parents;
  if (!take_all(text, parents) || parents.empty() || parents[0] != 0) return false;
  for (std::size_t node = 1; node < parents.size(); ++node)
    if (parents[node] >= node) return false;
  file.axes.push_back(table::axis_of_parents(std::move(parents)));
  return true;
}

bool take_secret(std::string_view text, WitnessFile& file) {
  Numbers numbers(text);
  truth::SystemSecret secret;
  if (!numbers.take(secret.cell) || !numbers.take(secret.reach_down) || !numbers.take(secret.reach_up) || !numbers.take(secret.width)) return false;
  std::vector<std::uint32_t> moves;
  while (!numbers.at_end())
    if (!numbers.take(moves.emplace_back())) return false;
  file.secrets.push_back(secret);
  file.moves_of.push_back(std::move(moves));
  return true;
}

bool take_move(std::string_view text, WitnessFile& file) {
  Numbers numbers(text);
  table::SystemMove& move = file.moves.emplace_back();
  move.reserve(static_cast<std::size_t>(std::count(text.begin(), text.end(), ':')));
  while (!numbers.at_end()) {
    table::SystemChange& part = move.emplace_back();
    if (!numbers.take(part.cell) || !numbers.mark(':') || !numbers.take(part.change)) return false;
  }
  return true;
}

bool take_check(std::string_view text, WitnessFile& file) {
  Numbers numbers(text);
  int singles = 0, replay = 0;
  if (!numbers.take(file.minimum) || !numbers.take(file.check.threshold) || !numbers.take(singles) || !numbers.take(replay) || !numbers.at_end()) return false;
  if (singles == 1) file.check.singles = certify::SystemCheckOptions::Singles::checked;
  if (replay == 1) file.check.replay = certify::SystemCheckOptions::Replay::checked;
  return true;
}

bool take_line(std::string_view line, WitnessFile& file) {
  const std::size_t blank = std::min(line.find(' '), line.size());
  const std::string_view word = line.substr(0, blank), rest = line.substr(blank);
  if (word == "check") return take_check(rest, file);
  if (word == "published") return Numbers(rest).take(file.published_count);
  if (word == "axis") return take_axis(rest, file);
  if (word == "single") return take_all(rest, file.singles);
  if (word == "table") return take_all(rest, file.tables.emplace_back());
  if (word == "secret") return take_secret(rest, file);
  return word == "move" && take_move(rest, file);
}

}  // namespace

std::string text_of_witnesses(const WitnessFile& file) {
  std::string out = "candour witnesses 2\n";
  auto into = std::back_inserter(out);
  fmt::format_to(into, "check {} {} {} {}\npublished {}\n", file.minimum, file.check.threshold,
                 file.check.singles == certify::SystemCheckOptions::Singles::checked ? 1 : 0,
                 file.check.replay == certify::SystemCheckOptions::Replay::checked ? 1 : 0, file.published_count);
  for (const table::SystemAxis& axis : file.axes) {
    out += "axis";
    for (const std::uint32_t parent : axis.parent) fmt::format_to(into, " {}", parent);
    out += '\n';
  }
  out += "single";
  for (const table::SystemCell cell : file.singles) fmt::format_to(into, " {}", cell);
  out += '\n';
  for (const auto& cells : file.tables) {
    out += "table";
    for (const table::SystemCell cell : cells) fmt::format_to(into, " {}", cell);
    out += '\n';
  }
  for (std::size_t s = 0; s < file.secrets.size(); ++s) {
    const truth::SystemSecret& secret = file.secrets[s];
    fmt::format_to(into, "secret {} {} {} {}", secret.cell, secret.reach_down, secret.reach_up, secret.width);
    for (const std::uint32_t move : file.moves_of[s]) fmt::format_to(into, " {}", move);
    out += '\n';
  }
  for (const table::SystemMove& move : file.moves) {
    out += "move";
    for (const table::SystemChange& part : move) fmt::format_to(into, " {}:{}", part.cell, part.change);
    out += '\n';
  }
  return out;
}

Result<WitnessFile> read_witnesses(std::string_view text, const std::string& name) {
  WitnessFile file;
  for (std::uint64_t number = 1; !text.empty(); ++number) {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    if (number == 1 ? line != "candour witnesses 2" : !take_line(line, file)) return base::fail(wrong(name, number));
  }
  if (file.published_count == 0) return base::fail(wrong(name, 0));
  return file;
}

}  // namespace candour::cli
