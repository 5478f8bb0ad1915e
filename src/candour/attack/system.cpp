#include <candour/attack/system.hpp>

#include <algorithm>
#include <map>
#include <unordered_map>

namespace candour::attack {
namespace {

// Splits classes of atoms by every set that is told apart: what is left together is in the same sets.
class Partition {
 public:
  explicit Partition(table::AtomIndex atom_count) : class_of_(atom_count, 0) {}

  void split_by(const std::vector<table::AtomIndex>& set) {
    renamed_.clear();
    for (const table::AtomIndex atom : set) {
      const auto [at, is_new] = renamed_.try_emplace(class_of_[atom], next_);
      if (is_new) ++next_;
      class_of_[atom] = at->second;
    }
  }

  // Numbers the classes by their first atom.
  void write_to(System& system) const {
    std::unordered_map<std::uint64_t, Column> number;
    for (table::AtomIndex atom = 0; atom < class_of_.size(); ++atom) {
      const auto [at, is_new] = number.try_emplace(class_of_[atom], static_cast<Column>(system.atoms_of.size()));
      if (is_new) system.atoms_of.emplace_back();
      system.atoms_of[at->second].push_back(atom);
      system.column_of.push_back(at->second);
    }
  }

 private:
  std::vector<std::uint64_t> class_of_;
  std::unordered_map<std::uint64_t, std::uint64_t> renamed_;
  std::uint64_t next_ = 1;
};

std::vector<Column> columns_of(const System& system, const std::vector<table::AtomIndex>& atoms) {
  std::vector<Column> columns;
  for (const table::AtomIndex atom : atoms) columns.push_back(system.column_of[atom]);
  std::sort(columns.begin(), columns.end());
  columns.erase(std::unique(columns.begin(), columns.end()), columns.end());
  return columns;
}

Row row_over(const std::vector<Column>& columns, std::int64_t lowest, std::int64_t highest) {
  Row row{{}, lowest, highest, std::nullopt, std::nullopt};
  for (const Column column : columns) row.terms.push_back({column, 1});
  return row;
}

// a * first + b * second.
std::vector<Term> combined(std::int64_t a, const std::vector<Column>& first, std::int64_t b, const std::vector<Column>& second) {
  std::map<Column, std::int64_t> sum;
  for (const Column column : first) sum[column] += a;
  for (const Column column : second) sum[column] += b;
  std::vector<Term> terms;
  for (const auto& [column, coefficient] : sum)
    if (coefficient != 0) terms.push_back({column, coefficient});
  return terms;
}

// u = round(s * N / D), half away from zero, is (2u - 1) D <= 2s N <= (2u + 1) D - 1 with D at least 1: exact over whole numbers.
void add_ratio(System& system, const table::RatioConstraint& ratio) {
  const std::vector<Column> numerator = columns_of(system, ratio.numerator);
  const std::vector<Column> denominator = columns_of(system, ratio.denominator);
  const std::int64_t scale = table::ratio_scale(ratio.decimals);
  system.ratios.push_back({system.rows.size(), system.rows.size() + 1, ratio.decimals, ratio.units});
  system.rows.push_back(row_over(numerator, 0, table::no_upper_limit));
  system.rows.push_back(row_over(denominator, 1, table::no_upper_limit));
  system.rows.push_back({combined(2 * scale, numerator, -(2 * ratio.units - 1), denominator), 0, table::no_upper_limit, std::nullopt, std::nullopt});
  system.rows.push_back({combined(2 * scale, numerator, -(2 * ratio.units + 1), denominator), no_lower_limit, -1, std::nullopt, std::nullopt});
  for (std::size_t r = system.rows.size() - 4; r < system.rows.size(); ++r) system.rows[r].percentage = ratio.statement;
}

}  // namespace

System system_of(const table::Worlds& worlds) {
  Partition partition(worlds.atom_count);
  for (const table::SumConstraint& sum : worlds.sums) partition.split_by(sum.atoms);
  for (const table::RatioConstraint& ratio : worlds.ratios) {
    partition.split_by(ratio.numerator);
    partition.split_by(ratio.denominator);
  }
  for (const table::OneIsSmall& small : worlds.small)
    for (const auto& cell : small.cells) partition.split_by(cell);
  System system;
  partition.write_to(system);
  for (const table::SumConstraint& sum : worlds.sums) {
    Row row = row_over(columns_of(system, sum.atoms), sum.lowest, sum.highest);
    row.source = sum.source;
    system.rows.push_back(std::move(row));
  }
  for (const table::RatioConstraint& ratio : worlds.ratios) add_ratio(system, ratio);
  for (const table::OneIsSmall& small : worlds.small) {
    Small condition{{}, small.highest};
    for (const auto& cell : small.cells) condition.cells.push_back(columns_of(system, cell));
    system.smalls.push_back(std::move(condition));
  }
  return system;
}

AtomSum sum_of_atoms(const System& system, const std::vector<table::AtomIndex>& atoms) {
  std::vector<Column> columns;
  for (const table::AtomIndex atom : atoms) columns.push_back(system.column_of[atom]);
  std::sort(columns.begin(), columns.end());
  AtomSum sum;
  for (std::size_t first = 0; first < columns.size();) {
    std::size_t end = first;
    while (end < columns.size() && columns[end] == columns[first]) ++end;
    const bool is_whole = end - first == system.atoms_of[columns[first]].size();
    (is_whole ? sum.whole : sum.partial).push_back(columns[first]);
    first = end;
  }
  return sum;
}

}  // namespace candour::attack
