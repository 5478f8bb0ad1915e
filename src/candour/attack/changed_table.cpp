#include <candour/attack/changed_table.hpp>

#include <candour/attack/fitting_table.hpp>
#include <candour/base/check.hpp>

#include <algorithm>
#include <cmath>

namespace candour::attack {
namespace {

using table::Change;
using table::Place;
using table::SystemCell;

bool fails(AuditVerdict verdict) { return verdict == AuditVerdict::fails_over_reals || verdict == AuditVerdict::fails_over_integers; }

// Sums over the cuts through an axis below a node, of one over the number of nodes in the cut: the node itself, its children, theirs ...
double inverse_cuts(const table::SystemAxis& axis, std::uint32_t node) {
  double sum = 1;
  std::vector<std::uint32_t> cut{node};
  for (;;) {
    std::vector<std::uint32_t> next;
    bool deeper = false;
    for (const std::uint32_t n : cut) {
      if (axis.is_leaf(n)) {
        next.push_back(n);
        continue;
      }
      next.insert(next.end(), axis.children[n].begin(), axis.children[n].end());
      deeper = true;
    }
    if (!deeper) return sum;
    // Where a branch ends early its leaf stands in several cuts; only cuts of new cells alone are independent.
    if (std::any_of(cut.begin(), cut.end(), [&](std::uint32_t n) { return axis.is_leaf(n); })) return sum;
    sum += 1.0 / static_cast<double>(next.size());
    cut = std::move(next);
  }
}

}  // namespace

PossibleCounts possible_counts(const Change& change, std::int64_t published, Place place) {
  const std::int64_t b = change.base;
  const auto from_zero = [](std::int64_t lowest, std::int64_t highest) { return PossibleCounts{std::max<std::int64_t>(0, lowest), highest}; };
  switch (change.kind) {
    case Change::Kind::nearest: return from_zero(published - b / 2, published + (b + 1) / 2 - 1);
    case Change::Kind::random: return from_zero(published - b + 1, published + b - 1);
    case Change::Kind::controlled:
      if (place == Place::total) return from_zero(published - change.totals_within, published + change.totals_within);
      return from_zero(published - b + 1, published + b - 1);
    case Change::Kind::small:
      if (place == Place::total) return from_zero(published - change.totals_within, published + change.totals_within);
      return published == 0 ? PossibleCounts{0, b - 1} : published == b ? PossibleCounts{1, b} : PossibleCounts{published, published};
    case Change::Kind::cell_key: {
      // A zero stays, so what is published above zero was no zero.
      const PossibleCounts counts = from_zero(published - change.most_noise, published + change.most_noise);
      return {published > 0 ? std::max<std::int64_t>(1, counts.lowest) : 0, counts.highest};
    }
    case Change::Kind::noise: return {0, std::int64_t{1} << 50};
  }
  return {0, std::int64_t{1} << 50};
}

base::Result<ChangedTableReport> attack_changed_table(const table::AdditiveSystem& cube, const std::vector<std::int64_t>& published, const Change& change,
                                                      std::int64_t minimum, const AuditOptions& options) {
  CANDOUR_CHECK(cube.product().has_value(), "a changed table is attacked as a cube");
  ChangedTableReport report;
  if (change.kind == Change::Kind::noise) return report;
  const std::size_t n = cube.cell_count();
  knowledge::SystemView view{&cube, std::vector<table::CellStanding>(n, table::CellStanding::secondary), std::vector<std::int64_t>(n, 0), {}, {}};
  for (SystemCell c = 0; c < n; ++c) {
    const PossibleCounts counts = possible_counts(change, published[c], cube.product()->is_finest(c) ? Place::finest : Place::total);
    if (counts.highest < counts.lowest)
      return base::fail(base::Error{
          base::Cause::wrong_input, "audit.inconsistent", {}, "a published figure is none that the method gives", "say how the table was changed: --changed"});
    view.lowest.push_back(counts.lowest), view.highest.push_back(counts.highest);
  }
  // A cell is shown to be small if it can neither be zero nor reach the minimum. Each is asked alone; what fits one ask shows the cell safe.
  std::vector<knowledge::AskedInterval> up, down;
  for (SystemCell c = 0; c < n; ++c)
    if (view.lowest[c] < minimum && view.highest[c] > 0) up.push_back({c, {}, minimum, 0});
  report.asked = up.size();
  AuditOptions own = options;
  own.longest_integer_span = std::max(own.longest_integer_span, minimum);
  // Whole counts that fit save the search for fractional ones, and let whole numbers be decided.
  if (own.starting_table.empty())
    if (auto fitting = whole_table_that_fits(cube, view.lowest, view.highest, published)) own.starting_table = *std::move(fitting);
  CANDOUR_TRY(reach_up, audit(view, up, own));
  report.linear_programs += reach_up.linear_programs;
  std::vector<AuditedCell> not_up;
  for (const AuditedCell& cell : reach_up.cells)
    if (cell.verdict != AuditVerdict::holds) not_up.push_back(cell), down.push_back({cell.cell, 0, {}, 0});
  CANDOUR_TRY(reach_down, audit(view, down, own));
  report.linear_programs += reach_down.linear_programs;
  for (std::size_t i = 0; i < not_up.size(); ++i) {
    if (reach_down.cells[i].verdict == AuditVerdict::holds) continue;
    if (fails(not_up[i].verdict) && fails(reach_down.cells[i].verdict))
      report.shown_small.push_back({not_up[i].cell, reach_down.cells[i].proved_lowest, not_up[i].proved_highest});
    else report.undecided.push_back(not_up[i].cell);
  }
  return report;
}

std::optional<Averaged> best_average(const table::AdditiveSystem& cube, double variance) {
  CANDOUR_CHECK(cube.product().has_value(), "averages are taken over a cube");
  if (!(variance > 0)) return std::nullopt;
  const table::ProductShape& shape = *cube.product();
  std::vector<std::vector<double>> gain;
  for (const table::SystemAxis& axis : shape.axes) {
    auto& own = gain.emplace_back();
    for (std::uint32_t node = 0; node < axis.size(); ++node) own.push_back(inverse_cuts(axis, node));
  }
  // Estimates from different cuts use different cells, so their noise is independent; their inverse variances add up, and over axes they multiply.
  Averaged best{0, std::sqrt(variance), 0};
  for (SystemCell c = 0; c < cube.cell_count(); ++c) {
    double precision = 1;
    for (std::size_t k = 0; k < shape.axes.size(); ++k) precision *= gain[k][shape.node(c, k)];
    const double deviation = std::sqrt(variance / precision);
    if (deviation < best.deviation) best.cell = c, best.deviation = deviation;
  }
  best.exact_probability = std::erf(0.5 / (best.deviation * std::sqrt(2.0)));
  return best;
}

}  // namespace candour::attack
