#include <candour/attack/combination.hpp>

#include <candour/solve/solver.hpp>

#include <algorithm>
#include <cmath>
#include <map>

namespace candour::attack {
namespace {

__extension__ using Wide = __int128;  // sums of products cannot wrap
constexpr std::int64_t no_limit = table::no_upper_limit;
constexpr std::int64_t most_divisor = 24;
constexpr double near_whole = 1e-6;
// A fraction below the next whole number proves the bound as well.
constexpr double fraction_allowed = 0.999;
constexpr std::size_t most_entries = 400000;
constexpr std::size_t nearby_rows = 12;

class CombinationSearch {
 public:
  CombinationSearch(std::span<const Row> rows, std::size_t column_count, std::span<const Column> columns, std::int64_t bound, Proves proves)
      : rows_(rows), bound_(bound), proves_(proves), wanted_(column_count, 0), is_zero_(column_count, 0) {
    for (const Column column : columns) wanted_[column] = 1;
    for (const Row& row : rows_) {
      const bool adds_only = std::all_of(row.terms.begin(), row.terms.end(), [](const Term& term) { return term.coefficient > 0; });
      if (row.highest == 0 && adds_only)
        for (const Term& term : row.terms) is_zero_[term.column] = 1;
    }
  }

  std::optional<Combination> run() {
    if (auto near = over(nearby())) return near;
    std::vector<std::size_t> all;
    std::size_t entries = 0;
    for (std::size_t r = 0; r < rows_.size(); ++r)
      if (is_usable(rows_[r])) {
        all.push_back(r);
        entries += rows_[r].terms.size();
      }
    if (entries > most_entries) return std::nullopt;
    return over(all);
  }

 private:
  // A multiplier of one row, taken with one of its two bounds.
  struct Choice {
    std::size_t row = 0;
    std::int64_t sign = 1;
    std::int64_t figure = 0;
  };

  [[nodiscard]] bool is_usable(const Row& row) const {
    if (proves_ == Proves::value && row.lowest != row.highest) return false;
    return std::any_of(row.terms.begin(), row.terms.end(), [&](const Term& term) { return is_zero_[term.column] == 0; });
  }

  // The smallest rows around the sum, and the rows that lie inside them: most derivations need no more.
  [[nodiscard]] std::vector<std::size_t> nearby() const {
    std::vector<std::pair<std::size_t, std::size_t>> around;
    for (std::size_t r = 0; r < rows_.size(); ++r) {
      if (!is_usable(rows_[r])) continue;
      if (std::any_of(rows_[r].terms.begin(), rows_[r].terms.end(), [&](const Term& term) { return wanted_[term.column] != 0; }))
        around.emplace_back(rows_[r].terms.size(), r);
    }
    std::sort(around.begin(), around.end());
    if (around.size() > nearby_rows) around.resize(nearby_rows);
    std::vector<char> is_near(wanted_.size(), 0);
    for (const auto& [size, r] : around)
      for (const Term& term : rows_[r].terms) is_near[term.column] = 1;
    std::vector<std::size_t> near;
    for (std::size_t r = 0; r < rows_.size(); ++r)
      if (is_usable(rows_[r]) && std::all_of(rows_[r].terms.begin(), rows_[r].terms.end(), [&](const Term& term) { return is_near[term.column] != 0; }))
        near.push_back(r);
    return near;
  }

  [[nodiscard]] std::vector<Choice> choices(const std::vector<std::size_t>& rows) const {
    std::vector<Choice> out;
    for (const std::size_t r : rows) {
      const Row& row = rows_[r];
      const std::int64_t plus = proves_ == Proves::lower_bound ? row.lowest : row.highest;
      const std::int64_t minus = proves_ == Proves::lower_bound ? row.highest : row.lowest;
      if (plus != no_limit && plus != no_lower_limit) out.push_back({r, 1, plus});
      if (minus != no_limit && minus != no_lower_limit) out.push_back({r, -1, minus});
    }
    return out;
  }

  std::optional<Combination> over(const std::vector<std::size_t>& rows) {
    const std::vector<Choice> chosen = choices(rows);
    if (chosen.empty()) return std::nullopt;
    for (const double allowed : {0.0, fraction_allowed}) {
      const solve::SolveOutcome outcome = solve::solve_once(program(chosen, allowed));
      if (outcome.status == solve::SolveStatus::optimal)
        if (auto combination = rational(chosen, outcome.solution)) return combination;
      if (proves_ == Proves::value) break;
    }
    return std::nullopt;
  }

  // Least sum of multipliers such that the rows cover the sum, column by column, and give the bound.
  [[nodiscard]] solve::LinearModel program(const std::vector<Choice>& chosen, double allowed) const {
    solve::LinearModel model;
    std::map<Column, solve::Row> by_column;
    for (Column column = 0; column < wanted_.size(); ++column)
      if (wanted_[column] != 0 && is_zero_[column] == 0) by_column[column];
    solve::Row value;
    for (const Choice& choice : chosen) {
      const auto variable = static_cast<solve::ColumnIndex>(model.columns.size());
      model.columns.push_back({0, solve::infinity, 1, solve::ColumnType::continuous});
      for (const Term& term : rows_[choice.row].terms)
        if (is_zero_[term.column] == 0) by_column[term.column].entries.push_back({variable, static_cast<double>(choice.sign * term.coefficient)});
      if (choice.figure != 0) value.entries.push_back({variable, static_cast<double>(choice.sign * choice.figure)});
    }
    for (auto& [column, row] : by_column) {
      const double wanted = wanted_[column];
      row.lowest = proves_ == Proves::lower_bound ? -solve::infinity : wanted;
      row.highest = proves_ == Proves::upper_bound ? solve::infinity : wanted;
      model.rows.push_back(std::move(row));
    }
    const auto bound = static_cast<double>(bound_);
    value.lowest = proves_ == Proves::lower_bound ? bound - allowed : -solve::infinity;
    value.highest = proves_ == Proves::upper_bound ? bound + allowed : solve::infinity;
    if (proves_ != Proves::value) model.rows.push_back(std::move(value));
    return model;
  }

  [[nodiscard]] std::optional<Combination> rational(const std::vector<Choice>& chosen, const std::vector<double>& solution) const {
    for (std::int64_t divisor = 1; divisor <= most_divisor; ++divisor) {
      Combination combination{{}, divisor};
      bool is_whole = true;
      for (std::size_t i = 0; i < chosen.size() && is_whole; ++i) {
        const double multiple = solution[i] * static_cast<double>(divisor);
        const double rounded = std::round(multiple);
        is_whole = std::abs(multiple - rounded) < near_whole * static_cast<double>(divisor);
        if (rounded != 0) combination.multiples.push_back({chosen[i].row, chosen[i].sign * static_cast<std::int64_t>(rounded), chosen[i].figure});
      }
      if (is_whole && is_proof(combination)) return combination;
    }
    return std::nullopt;
  }

  // Re-adds the combination in whole numbers: column by column, then the figures.
  [[nodiscard]] bool is_proof(const Combination& combination) const {
    std::map<Column, Wide> left;
    Wide value = 0;
    for (Column column = 0; column < wanted_.size(); ++column)
      if (wanted_[column] != 0) left[column] = -static_cast<Wide>(combination.divisor);
    for (const Multiple& multiple : combination.multiples) {
      for (const Term& term : rows_[multiple.row].terms) left[term.column] += static_cast<Wide>(multiple.multiplier) * term.coefficient;
      value += static_cast<Wide>(multiple.multiplier) * multiple.figure;
    }
    for (const auto& [column, rest] : left) {
      if (is_zero_[column] != 0 || rest == 0) continue;
      if (proves_ == Proves::value || (proves_ == Proves::upper_bound ? rest < 0 : rest > 0)) return false;
    }
    const Wide bound = static_cast<Wide>(bound_) * combination.divisor;
    switch (proves_) {
      case Proves::value: return value == bound;
      case Proves::upper_bound: return value < bound + combination.divisor;
      case Proves::lower_bound: return value > bound - combination.divisor;
    }
    return false;
  }

  std::span<const Row> rows_;
  std::int64_t bound_;
  Proves proves_;
  std::vector<char> wanted_;
  std::vector<char> is_zero_;
};

}  // namespace

std::optional<Combination> find_combination(std::span<const Row> rows, std::size_t column_count, std::span<const Column> columns, std::int64_t bound,
                                            Proves proves) {
  return CombinationSearch(rows, column_count, columns, bound, proves).run();
}

}  // namespace candour::attack
