#include <candour/protect/suppress/move_basis.hpp>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <numeric>
#include <optional>
#include <set>
#include <span>
#include <utility>

namespace candour::protect {
namespace {

using table::SystemCell;

constexpr std::int64_t largest_coefficient = 1'000'000;
constexpr std::size_t most_terms = 20'000'000;

// Cells solved for so far, each by cells that are not.
class Solver {
 public:
  Solver(const table::AdditiveSystem& system, const std::vector<std::int64_t>& size) : size_(size), rows_(system.cell_count()), uses_(system.cell_count()) {
    solved_.assign(system.cell_count(), false);
  }

  void take(std::span<const table::SystemTerm> terms) {
    Row sum;
    for (const table::SystemTerm& term : terms) {
      if (!solved_[term.cell]) {
        add(sum, term.cell, term.coefficient);
        continue;
      }
      for (const auto& [cell, coefficient] : rows_[term.cell]) add(sum, cell, term.coefficient * coefficient);
    }
    if (sum.empty()) return;
    const auto chosen = choose(sum);
    if (!chosen || grows_too_much(*chosen, sum)) keep_as_tie(std::move(sum));
    else solve(*chosen, std::move(sum));
  }

  MoveBasis basis() const {
    MoveBasis made;
    std::vector<std::uint32_t> place(solved_.size(), 0);
    for (SystemCell c = 0; c < solved_.size(); ++c) {
      if (solved_[c]) continue;
      place[c] = static_cast<std::uint32_t>(made.free.size());
      made.free.push_back(c);
    }
    const auto terms_of = [&](const Row& row) {
      MoveBasis::Terms terms;
      for (const auto& [cell, coefficient] : row) terms.push_back({place[cell], coefficient});
      return terms;
    };
    for (SystemCell c = 0; c < solved_.size(); ++c) made.of.push_back(solved_[c] ? terms_of(rows_[c]) : MoveBasis::Terms{{place[c], 1}});
    for (std::size_t r = solved_.size(); r < rows_.size(); ++r)
      if (!rows_[r].empty()) made.ties.push_back(terms_of(rows_[r]));
    return made;
  }

 private:
  using Row = std::map<SystemCell, std::int64_t>;

  static void add(Row& row, SystemCell cell, std::int64_t coefficient) {
    const auto [at, fresh] = row.emplace(cell, coefficient);
    if (!fresh && (at->second += coefficient) == 0) row.erase(at);
  }

  [[nodiscard]] std::optional<SystemCell> choose(const Row& sum) const {
    std::optional<SystemCell> chosen;
    for (const auto& [cell, coefficient] : sum)
      if (std::abs(coefficient) == 1 && (!chosen || size_[cell] > size_[*chosen])) chosen = cell;
    return chosen;
  }

  [[nodiscard]] bool grows_too_much(SystemCell chosen, const Row& sum) const {
    if (terms_ + (uses_[chosen].size() + 1) * sum.size() > most_terms) return true;
    std::int64_t largest = 0;
    for (const auto& [cell, coefficient] : sum) largest = std::max(largest, std::abs(coefficient));
    return std::any_of(uses_[chosen].begin(), uses_[chosen].end(),
                       [&](std::size_t r) { return std::abs(rows_[r].at(chosen)) * largest > largest_coefficient; });
  }

  void keep_as_tie(Row sum) {
    for (const auto& [cell, coefficient] : sum) uses_[cell].insert(rows_.size());
    terms_ += sum.size();
    rows_.push_back(std::move(sum));
  }

  void solve(SystemCell chosen, Row sum) {
    const std::int64_t sign = sum[chosen];
    sum.erase(chosen);
    for (auto& [cell, coefficient] : sum) coefficient *= -sign;
    for (const std::size_t r : uses_[chosen]) {
      const std::int64_t times = rows_[r].at(chosen);
      rows_[r].erase(chosen);
      terms_ -= 1;
      for (const auto& [cell, coefficient] : sum) {
        const std::size_t before = rows_[r].size();
        add(rows_[r], cell, times * coefficient);
        if (rows_[r].size() > before) uses_[cell].insert(r), ++terms_;
        else if (rows_[r].size() < before) uses_[cell].erase(r), --terms_;
      }
    }
    uses_[chosen].clear();
    for (const auto& [cell, coefficient] : sum) uses_[cell].insert(chosen);
    terms_ += sum.size();
    rows_[chosen] = std::move(sum);
    solved_[chosen] = true;
  }

  const std::vector<std::int64_t>& size_;
  std::vector<bool> solved_;
  std::vector<Row> rows_;                    ///< by cell; then the ties
  std::vector<std::set<std::size_t>> uses_;  ///< by cell that is not solved for: the rows that name it
  std::size_t terms_ = 0;
};

}  // namespace

double MoveBasis::change(SystemCell cell, const std::vector<double>& of_free) const {
  double sum = 0;
  for (const Term& term : of[cell]) sum += static_cast<double>(term.coefficient) * of_free[term.free];
  return sum;
}

MoveBasis basis_of_moves(const table::AdditiveSystem& system, const std::vector<std::int64_t>& size) {
  std::vector<table::SystemEquation> order(system.equation_count());
  std::iota(order.begin(), order.end(), 0u);
  std::stable_sort(order.begin(), order.end(),
                   [&](table::SystemEquation a, table::SystemEquation b) { return system.terms(a).size() < system.terms(b).size(); });
  Solver solver(system, size);
  for (const table::SystemEquation e : order) solver.take(system.terms(e));
  return solver.basis();
}

std::vector<MoveBasis::Column> columns_of(const MoveBasis& basis) {
  std::vector<MoveBasis::Column> columns(basis.free.size());
  for (SystemCell c = 0; c < basis.of.size(); ++c)
    for (const MoveBasis::Term& term : basis.of[c]) columns[term.free].push_back({c, term.coefficient});
  return columns;
}

solve::LinearModel dual_model(const MoveBasis& basis) {
  solve::LinearModel model;
  model.rows.assign(std::max<std::size_t>(1, basis.free.size()), {{}, 0, 0});
  for (std::size_t c = 0; c < basis.of.size(); ++c)
    for (std::size_t way = 0; way < 2; ++way) {
      const auto column = static_cast<solve::ColumnIndex>(model.columns.size());
      model.columns.push_back({0, solve::infinity, 0, solve::ColumnType::continuous});
      for (const MoveBasis::Term& term : basis.of[c])
        model.rows[term.free].entries.push_back({column, static_cast<double>(way == 0 ? term.coefficient : -term.coefficient)});
    }
  for (const MoveBasis::Terms& tie : basis.ties) {
    const auto column = static_cast<solve::ColumnIndex>(model.columns.size());
    model.columns.push_back({-solve::infinity, solve::infinity, 0, solve::ColumnType::continuous});
    for (const MoveBasis::Term& term : tie) model.rows[term.free].entries.push_back({column, static_cast<double>(term.coefficient)});
  }
  return model;
}

}  // namespace candour::protect
