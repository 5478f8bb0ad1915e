#include <candour/certify/changed_check.hpp>

#include <candour/base/check.hpp>
#include <candour/base/wide.hpp>

#include <algorithm>
#include <cstdlib>

namespace candour::certify {
namespace {

using base::Wide;
using table::Change;
using table::SystemCell;

bool adds_up_in_public(Change::Kind kind) { return kind == Change::Kind::controlled || kind == Change::Kind::small || kind == Change::Kind::noise; }

// One of the two nearest multiples; a multiple stays.
bool is_beside(std::int64_t count, std::int64_t figure, std::int64_t base) {
  const std::int64_t below = count / base * base;
  return figure == below || (count != below && figure == below + base);
}

class Checker {
 public:
  Checker(const table::AdditiveSystem& cube, const std::vector<std::int64_t>& counts, const std::vector<std::int64_t>& figures, const Change& change,
          std::int64_t minimum, const ChangedEvidence& evidence)
      : cube_(cube), counts_(counts), figures_(figures), change_(change), minimum_(minimum), evidence_(evidence), sum_(cube.equation_count(), 0) {}

  ChangedCheck run() {
    if (!table::adds_up(cube_, counts_)) fault(ChangedFaultKind::not_additive, 0);
    if (adds_up_in_public(change_.kind) && !table::adds_up(cube_, figures_)) fault(ChangedFaultKind::figures_do_not_add, 0);
    for (SystemCell c = 0; c < cube_.cell_count(); ++c)
      if (!gives_figure(c, counts_[c])) fault(ChangedFaultKind::not_the_figure, c);
    if (change_.kind == Change::Kind::noise) return result_;
    for (std::uint32_t m = 0; m < evidence_.moves.size(); ++m) check_move(m);
    check_secrets();
    return result_;
  }

 private:
  void fault(ChangedFaultKind kind, std::uint64_t where) { result_.faults.push_back({kind, where}); }
  [[nodiscard]] bool is_small(std::int64_t count) const { return count >= 1 && count < minimum_; }
  [[nodiscard]] bool gives_figure(SystemCell cell, std::int64_t count) const {
    return can_become(change_, count, figures_[cell], cube_.product()->is_finest(cell) ? table::Place::finest : table::Place::total);
  }

  void check_move(std::uint32_t m) {
    const table::SystemMove& move = evidence_.moves[m];
    bool broken = false, another = false;
    for (std::size_t i = 0; i < move.size(); ++i)
      broken = broken || move[i].cell >= cube_.cell_count() || (i > 0 && move[i - 1].cell >= move[i].cell);  // each cell once, ascending
    if (broken) return fault(ChangedFaultKind::breaks_sum, m);
    for (const table::SystemChange& part : move) {
      another = another || !gives_figure(part.cell, counts_[part.cell] + part.change);
      for (const table::CellEquation& e : cube_.equations(part.cell)) sum_[e.equation] += static_cast<Wide>(e.coefficient) * part.change;
    }
    for (const table::SystemChange& part : move)
      for (const table::CellEquation& e : cube_.equations(part.cell)) {
        broken = broken || sum_[e.equation] != 0;
        sum_[e.equation] = 0;  // seen once is enough, and ready for the next move
      }
    if (another) fault(ChangedFaultKind::gives_another_figure, m);
    if (broken) fault(ChangedFaultKind::breaks_sum, m);
    result_.changes += move.size();
  }

  // Which counts are small follows from the truth, not from the evidence.
  void check_secrets() {
    std::vector<std::uint8_t> is_shown(counts_.size(), 0);
    for (const ChangedEvidence::Witness& witness : evidence_.witnesses) {
      if (witness.cell >= counts_.size() || witness.move >= evidence_.moves.size() || !is_small(counts_[witness.cell])) continue;
      if (is_small(counts_[witness.cell] + change_of(witness.move, witness.cell))) fault(ChangedFaultKind::still_small, witness.cell);
      is_shown[witness.cell] = 1;
    }
    for (SystemCell c = 0; c < counts_.size(); ++c) {
      if (!is_small(counts_[c])) continue;
      ++result_.secrets;
      if (is_shown[c] == 0) fault(ChangedFaultKind::not_protected, c);
    }
  }

  [[nodiscard]] std::int64_t change_of(std::uint32_t m, SystemCell cell) const {
    for (const table::SystemChange& part : evidence_.moves[m])
      if (part.cell == cell) return part.change;
    return 0;
  }

  const table::AdditiveSystem& cube_;
  const std::vector<std::int64_t>& counts_;
  const std::vector<std::int64_t>& figures_;
  const Change& change_;
  std::int64_t minimum_;
  const ChangedEvidence& evidence_;
  std::vector<Wide> sum_;
  ChangedCheck result_;
};

}  // namespace

std::string word_of(ChangedFaultKind kind) {
  switch (kind) {
    case ChangedFaultKind::not_additive: return "not-additive";
    case ChangedFaultKind::figures_do_not_add: return "figures-do-not-add";
    case ChangedFaultKind::not_the_figure: return "not-the-figure";
    case ChangedFaultKind::breaks_sum: return "breaks-sum";
    case ChangedFaultKind::gives_another_figure: return "gives-another-figure";
    case ChangedFaultKind::still_small: return "still-small";
    case ChangedFaultKind::not_protected: return "not-protected";
  }
  return {};
}

bool can_become(const Change& change, std::int64_t count, std::int64_t figure, table::Place place) {
  if (count < 0) return false;
  const std::int64_t base = change.base, away = std::abs(figure - count);
  switch (change.kind) {
    case Change::Kind::nearest: return figure == (2 * count + base) / (2 * base) * base;
    case Change::Kind::random: return is_beside(count, figure, base);
    case Change::Kind::controlled: return place == table::Place::total ? away <= change.totals_within : is_beside(count, figure, base);
    case Change::Kind::small:
      if (place == table::Place::total) return away <= change.totals_within;
      return count < base ? is_beside(count, figure, base) : figure == count;
    case Change::Kind::cell_key:
      if (count == 0) return figure == 0;
      return figure >= 0 && away <= change.most_noise && (figure == 0 || figure > change.forbidden);
    case Change::Kind::noise: return true;
  }
  return false;
}

ChangedCheck check_changed(const table::AdditiveSystem& cube, const std::vector<std::int64_t>& counts, const std::vector<std::int64_t>& figures,
                           const Change& change, std::int64_t minimum, const ChangedEvidence& evidence) {
  CANDOUR_CHECK(cube.product().has_value() && counts.size() == cube.cell_count() && figures.size() == cube.cell_count(), "a changed table is one cube");
  return Checker(cube, counts, figures, change, minimum, evidence).run();
}

}  // namespace candour::certify
