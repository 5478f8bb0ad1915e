#include <candour/attack/audit_derivation.hpp>

#include <candour/attack/audit_ball.hpp>
#include <candour/attack/audit_reduced.hpp>
#include <candour/base/wide.hpp>
#include <candour/solve/solver.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace candour::attack {
namespace {

using base::Wide;

constexpr std::int64_t most_denominator = 60;
constexpr std::size_t most_columns = 1500;

Wide floor_of(Wide a, Wide b) { return a / b - ((a % b != 0) && ((a < 0) != (b < 0))); }

// The least common denominator that makes all multipliers whole, if a small one does.
std::optional<std::vector<std::int64_t>> whole_multiples(const std::vector<double>& values) {
  for (std::int64_t denominator = 1; denominator <= most_denominator; ++denominator) {
    std::vector<std::int64_t> whole;
    for (const double value : values) {
      const double scaled = value * static_cast<double>(denominator);
      if (!(std::abs(scaled) < 1e9) || std::abs(scaled - std::round(scaled)) > 1e-6) break;
      whole.push_back(std::llround(scaled));
    }
    if (whole.size() == values.size()) return whole;
  }
  return std::nullopt;
}

}  // namespace

struct BoundDeriver::Inside {
  const knowledge::SystemView* view = nullptr;
  inside::Reduced system;
  std::vector<table::SystemEquation> equation_of_row;
  mutable std::unique_ptr<inside::Scratch> scratch;

  // Rows that lie wholly inside the neighbourhood: what they show holds whatever the rest is.
  [[nodiscard]] std::vector<std::uint32_t> rows_inside(const std::vector<std::uint32_t>& columns, const std::map<std::uint32_t, std::size_t>& place) const {
    std::vector<std::uint32_t> rows;
    for (const std::uint32_t column : columns)
      for (std::uint64_t i = system.column_start[column]; i < system.column_start[column + std::size_t{1}]; ++i) {
        const std::uint32_t row = system.column_terms[i].row;
        bool all = true;
        for (std::uint64_t t = system.row_start[row]; t < system.row_start[row + std::size_t{1}] && all; ++t) all = place.contains(system.terms[t].column);
        if (all) rows.push_back(row);
      }
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    return rows;
  }

  [[nodiscard]] std::vector<double> duals(const std::vector<std::uint32_t>& columns, const std::vector<std::uint32_t>& rows,
                                          const std::map<std::uint32_t, std::size_t>& place, Side side) const {
    solve::LinearModel model;
    model.sense = side == Side::at_most ? solve::Sense::maximise : solve::Sense::minimise;
    for (const std::uint32_t column : columns)
      model.columns.push_back({static_cast<double>(system.lowest[column]), static_cast<double>(system.highest[column]), 0, solve::ColumnType::continuous});
    model.columns[0].objective = 1;
    for (const std::uint32_t row : rows) {
      solve::Row own{{}, static_cast<double>(system.right_side[row]), static_cast<double>(system.right_side[row])};
      for (std::uint64_t t = system.row_start[row]; t < system.row_start[row + std::size_t{1}]; ++t)
        own.entries.push_back({static_cast<solve::ColumnIndex>(place.at(system.terms[t].column)), static_cast<double>(system.terms[t].coefficient)});
      model.rows.push_back(std::move(own));
    }
    const solve::SolveOutcome outcome = solve::solve_once(model, {10, 0});
    return outcome.status == solve::SolveStatus::optimal ? outcome.row_duals : std::vector<double>{};
  }

  // Adds the sums up exactly; gives the bound that they show with all other cells at their own bounds.
  [[nodiscard]] std::optional<BoundDerivation> add_up(std::uint32_t column, Side side, const std::vector<std::uint32_t>& rows,
                                                      const std::vector<std::int64_t>& multipliers) const {
    BoundDerivation derivation;
    derivation.cell = system.cell[column];
    derivation.side = side;
    Wide rest = 0;
    std::map<std::uint32_t, Wide> coefficients;
    for (std::size_t r = 0; r < rows.size(); ++r) {
      if (multipliers[r] == 0) continue;
      derivation.sums.push_back({equation_of_row[rows[r]], multipliers[r], system.right_side[rows[r]]});
      rest += static_cast<Wide>(multipliers[r]) * system.right_side[rows[r]];
      for (std::uint64_t t = system.row_start[rows[r]]; t < system.row_start[rows[r] + std::size_t{1}]; ++t)
        coefficients[system.terms[t].column] += static_cast<Wide>(multipliers[r]) * system.terms[t].coefficient;
    }
    const Wide factor = coefficients[column];
    if (factor <= 0 || factor > 1'000'000'000) return std::nullopt;
    derivation.factor = static_cast<std::int64_t>(factor);
    derivation.rest = static_cast<std::int64_t>(rest);
    Wide left = rest;
    for (const auto& [other, coefficient] : coefficients) {
      if (other == column || coefficient == 0) continue;
      // To be at most something, what is taken off must be least.
      const bool lowest = (coefficient > 0) == (side == Side::at_most);
      const std::int64_t bound = lowest ? system.lowest[other] : system.highest[other];
      left -= coefficient * bound;
      derivation.bounds.push_back({system.cell[other], static_cast<std::int64_t>(coefficient), bound, lowest ? Side::at_least : Side::at_most});
    }
    derivation.bound = static_cast<std::int64_t>(side == Side::at_most ? floor_of(left, factor) : -floor_of(-left, factor));
    return derivation;
  }
};

BoundDeriver::BoundDeriver(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
BoundDeriver::~BoundDeriver() = default;
BoundDeriver::BoundDeriver(BoundDeriver&&) noexcept = default;
BoundDeriver& BoundDeriver::operator=(BoundDeriver&&) noexcept = default;

base::Result<BoundDeriver> BoundDeriver::make(const knowledge::SystemView& view) {
  CANDOUR_TRY(reduced, inside::reduce(view));
  auto own = std::make_unique<Inside>();
  own->view = &view;
  own->system = std::move(reduced);
  // The rows are the sums that hold a hidden cell, in their order.
  for (table::SystemEquation e = 0; e < view.system->equation_count(); ++e) {
    const auto terms = view.system->terms(e);
    if (std::any_of(terms.begin(), terms.end(), [&](const table::SystemTerm& term) { return table::is_hidden(view.standing[term.cell]); }))
      own->equation_of_row.push_back(e);
  }
  own->scratch = std::make_unique<inside::Scratch>(own->system);
  return BoundDeriver(std::move(own));
}

std::optional<BoundDerivation> BoundDeriver::derive(table::SystemCell cell, Side side, std::int64_t needed) const {
  const Inside& s = *inside_;
  const std::uint32_t column = s.system.column_of[cell];
  if (column == inside::not_open) return std::nullopt;
  std::size_t before = 0;
  for (const std::size_t size : {std::size_t{12}, std::size_t{60}, std::size_t{300}, most_columns}) {
    const std::vector<std::uint32_t> columns = inside::ball_around(s.system, column, size, *s.scratch);
    if (columns.size() == before) break;
    before = columns.size();
    std::map<std::uint32_t, std::size_t> place;
    for (std::size_t i = 0; i < columns.size(); ++i) place.emplace(columns[i], i);
    const std::vector<std::uint32_t> rows = s.rows_inside(columns, place);
    const std::vector<double> duals = s.duals(columns, rows, place, side);
    if (duals.empty()) continue;
    const auto multipliers = whole_multiples(duals);
    if (!multipliers) continue;
    const auto derivation = s.add_up(column, side, rows, *multipliers);
    if (derivation && (side == Side::at_most ? derivation->bound <= needed : derivation->bound >= needed)) return derivation;
  }
  return std::nullopt;
}

}  // namespace candour::attack
