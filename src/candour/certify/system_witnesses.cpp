#include <candour/certify/system_witnesses.hpp>

#include <charconv>
#include <optional>

namespace candour::certify {
namespace {

// The words of one line, numbers by numbers.
class Words {
 public:
  explicit Words(std::string_view line) : rest_(line) { skip_blanks(); }
  [[nodiscard]] bool at_end() const { return rest_.empty(); }

  bool take(std::string_view word) {
    if (!rest_.starts_with(word)) return false;
    rest_.remove_prefix(word.size());
    skip_blanks();
    return true;
  }

  template <class Number>
  std::optional<Number> number() {
    Number number = 0;
    const auto [end, fault] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), number);
    if (fault != std::errc{}) return std::nullopt;
    rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
    skip_blanks();
    return number;
  }

 private:
  void skip_blanks() {
    while (!rest_.empty() && rest_.front() == ' ') rest_.remove_prefix(1);
  }
  std::string_view rest_;
};

class WitnessReader {
 public:
  WitnessReader(const truth::SystemTruth& truth, std::vector<table::CellStanding> standing) : truth_(truth), secret_of_(truth.value.size()) {
    evidence_.standing = std::move(standing);
    evidence_.moves_of.resize(truth.secrets.size());
    for (std::size_t s = 0; s < truth.secrets.size(); ++s) secret_of_[truth.secrets[s].cell] = s;
  }

  bool read_line(std::string_view line) {
    Words words(line);
    if (words.take("secret ")) return read_secret(words);
    // A move without changes is a move too, if an idle one.
    if (words.take("move")) return read_move(words);
    return words.at_end();
  }

  [[nodiscard]] bool moves_are_there() const {
    for (const auto& moves : evidence_.moves_of)
      for (const std::uint32_t m : moves)
        if (m >= evidence_.moves.size()) return false;
    return true;
  }
  SystemEvidence take() { return std::move(evidence_); }

 private:
  bool read_secret(Words& words) {
    const auto cell = words.number<table::SystemCell>();
    const auto down = words.number<std::int64_t>(), up = words.number<std::int64_t>(), width = words.number<std::int64_t>();
    if (!cell || !down || !up || !width || *cell >= secret_of_.size()) return false;
    std::vector<std::uint32_t> moves;
    while (!words.at_end()) {
      const auto move = words.number<std::uint32_t>();
      if (!move) return false;
      moves.push_back(*move);
    }
    const std::optional<std::size_t> s = secret_of_[*cell];
    if (!s) return true;  // speaks for a cell that nobody asks about
    const truth::SystemSecret& asked = truth_.secrets[*s];
    if (*down <= asked.reach_down && *up >= asked.reach_up && *width >= asked.width) evidence_.moves_of[*s] = std::move(moves);
    return true;
  }

  bool read_move(Words& words) {
    table::SystemMove& move = evidence_.moves.emplace_back();
    while (!words.at_end()) {
      const auto cell = words.number<table::SystemCell>();
      if (!cell || *cell >= secret_of_.size() || !words.take(":")) return false;
      const auto change = words.number<std::int64_t>();
      if (!change) return false;
      move.push_back({*cell, *change});
    }
    return true;
  }

  const truth::SystemTruth& truth_;
  std::vector<std::optional<std::size_t>> secret_of_;
  SystemEvidence evidence_;
};

}  // namespace

base::Result<SystemEvidence> read_system_witnesses(std::string_view text, const std::string& name, const truth::SystemTruth& truth,
                                                   std::vector<table::CellStanding> standing) {
  const auto malformed = [&](std::size_t line) {
    return base::fail(base::Error{base::Cause::wrong_input, "witnesses.malformed", {name, line, 0}, "this is no line of a file of witnesses, or it names a cell or move that is not there",
                                  "the file is written by candour protect and is not to be edited"});
  };
  WitnessReader reader(truth, std::move(standing));
  for (std::size_t line = 1; !text.empty(); ++line) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const bool fine = line == 1 ? text.substr(0, end) == "candour witnesses 1" : reader.read_line(text.substr(0, end));
    if (!fine) return malformed(line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  if (!reader.moves_are_there()) return malformed(1);
  return reader.take();
}

}  // namespace candour::certify
