#include <candour/attack/region_attack.hpp>

#include <candour/attack/combination.hpp>
#include <candour/attack/search.hpp>
#include <candour/attack/system.hpp>

#include <algorithm>
#include <map>
#include <set>

namespace candour::attack {
namespace {

using table::AtomIndex;
using Atoms = std::vector<AtomIndex>;

std::uint64_t atom_count(const table::RegionSystem& system) {
  std::uint64_t count = 1;
  for (const table::RegionDimension& dimension : system.dimensions) {
    count *= std::max<std::size_t>(1, dimension.pieces.size());
    if (count > (std::uint64_t{1} << 40U)) return count;
  }
  return count;
}

int decimals_of(std::int64_t scale) {
  int decimals = -2;
  for (; scale > 1; scale /= 10) ++decimals;
  return decimals;
}

// What could be learnt: figures, differences of figures one inside the other, and the smallest sets told apart.
std::set<Atoms> targets_of(const table::RegionSystem& system, const table::Worlds& worlds, const System& columns) {
  std::set<Atoms> targets;
  for (const table::SumConstraint& sum : worlds.sums) targets.insert(sum.atoms);
  for (const Atoms& column : columns.atoms_of) targets.insert(column);
  for (const table::RegionFigure& outer : system.figures)
    for (const table::RegionFigure& inner : system.figures) {
      if (&outer == &inner || !inner.region.is_inside(outer.region)) continue;
      const Atoms all = atoms_of_region(system, outer.region), taken = atoms_of_region(system, inner.region);
      Atoms rest;
      std::set_difference(all.begin(), all.end(), taken.begin(), taken.end(), std::back_inserter(rest));
      targets.insert(std::move(rest));
    }
  targets.erase(Atoms{});
  return targets;
}

class ExactAttack {
 public:
  ExactAttack(const table::RegionSystem& system, const RegionAttackLimits& limits)
      : system_(system), limits_(limits), worlds_(worlds_of_regions(system)), columns_(system_of(worlds_)),
        search_(columns_, {limits.most_nodes, limits.most_programs}) {}

  void run(RegionAttack& attack) {
    const Standing first = search_.find_first_worlds();
    if (first == Standing::impossible) {
      const bool is_told = std::any_of(attack.findings.begin(), attack.findings.end(),
                                       [](const RegionFinding& finding) { return finding.kind == RegionFinding::Kind::contradiction; });
      if (!is_told) attack.findings.push_back(contradiction());
      attack.is_exact = true;
      return;
    }
    const std::set<Atoms> told = already_told(attack);
    for (const Atoms& target : targets_of(system_, worlds_, columns_)) {
      if (told.contains(target)) continue;
      const SplitSum sum = search_.split_sum(target);
      const Judgement judgement = search_.judge(sum, 0, sum, limits_.differencing.minimum);
      if (judgement.standing == Standing::undecided) ++attack.undecided;
      if (judgement.standing == Standing::proved) attack.findings.push_back(found(target, search_.interval(sum, judgement)));
    }
    attack.is_exact = true;
  }

 private:
  [[nodiscard]] std::set<Atoms> already_told(const RegionAttack& attack) const {
    std::set<Atoms> told;
    for (const RegionFinding& finding : attack.findings)
      if (finding.region && finding.kind != RegionFinding::Kind::contradiction) told.insert(atoms_of_finding(system_, finding));
    return told;
  }

  [[nodiscard]] RegionFinding found(const Atoms& target, const Judgement& interval) const {
    RegionFinding finding{RegionFinding::Kind::difference, region_of(target), std::nullopt, interval.lowest, interval.highest, {}};
    if (!finding.region) finding.atoms = target;
    const AtomSum sum = sum_of_atoms(columns_, target);
    std::vector<Column> all = sum.whole;
    all.insert(all.end(), sum.partial.begin(), sum.partial.end());
    const bool is_exact = interval.lowest == interval.highest;
    auto combination = find_combination(columns_.rows, columns_.column_count(), all, interval.highest, is_exact ? Proves::value : Proves::upper_bound);
    if (!combination && is_exact) combination = find_combination(columns_.rows, columns_.column_count(), all, interval.highest, Proves::upper_bound);
    if (combination) finding.terms = terms_of(*combination);
    return finding;
  }

  [[nodiscard]] RegionFinding contradiction() const {
    RegionFinding finding{RegionFinding::Kind::contradiction, std::nullopt, std::nullopt, 0, 0, {}};
    if (const auto combination = find_combination(columns_.rows, columns_.column_count(), {}, 1, Proves::lower_bound)) finding.terms = terms_of(*combination);
    return finding;
  }

  // Rows are figures or, where a percentage speaks, ratios.
  [[nodiscard]] Terms terms_of(const Combination& combination) const {
    Terms terms;
    for (const Multiple& multiple : combination.multiples) {
      const Row& row = columns_.rows[multiple.row];
      if (row.percentage) terms.push_back({system_.figures.size() + *row.percentage, multiple.multiplier});
      else if (row.source) terms.push_back({static_cast<std::size_t>(row.source->cell), multiple.multiplier});
    }
    return terms;
  }

  // The product of sets that the atoms are, if they are one.
  [[nodiscard]] std::optional<table::Region> region_of(const Atoms& atoms) const {
    table::Region region;
    for (const table::RegionDimension& dimension : system_.dimensions) region.sides.emplace_back(static_cast<std::uint32_t>(dimension.pieces.size()));
    for (AtomIndex atom : atoms)
      for (std::size_t d = system_.dimensions.size(); d-- > 0;) {
        const std::size_t size = system_.dimensions[d].pieces.size();
        region.sides[d].insert(static_cast<std::uint32_t>(atom % size));
        atom /= size;
      }
    std::uint64_t product = 1;
    for (const table::LeafSet& side : region.sides) product *= side.count();
    return product == atoms.size() ? std::optional(std::move(region)) : std::nullopt;
  }

  const table::RegionSystem& system_;
  const RegionAttackLimits& limits_;
  table::Worlds worlds_;
  System columns_;
  Search search_;
};

}  // namespace

std::vector<AtomIndex> atoms_of_region(const table::RegionSystem& system, const table::Region& region) {
  Atoms atoms{0};
  for (std::size_t d = 0; d < system.dimensions.size(); ++d) {
    const auto size = static_cast<std::uint32_t>(system.dimensions[d].pieces.size());
    Atoms finer;
    for (const AtomIndex atom : atoms)
      for (std::uint32_t piece = 0; piece < size; ++piece)
        if (region.sides[d].contains(piece)) finer.push_back(atom * size + piece);
    atoms = std::move(finer);
  }
  return atoms;
}

std::vector<AtomIndex> atoms_of_finding(const table::RegionSystem& system, const RegionFinding& finding) {
  if (!finding.region) return finding.atoms;
  Atoms atoms = atoms_of_region(system, *finding.region);
  if (!finding.without) return atoms;
  const Atoms taken = atoms_of_region(system, *finding.without);
  Atoms rest;
  std::set_difference(atoms.begin(), atoms.end(), taken.begin(), taken.end(), std::back_inserter(rest));
  return rest;
}

table::Worlds worlds_of_regions(const table::RegionSystem& system) {
  table::Worlds worlds;
  worlds.atom_count = atom_count(system);
  std::map<Atoms, std::size_t> place_of;
  for (std::size_t f = 0; f < system.figures.size(); ++f) {
    const table::RegionFigure& figure = system.figures[f];
    Atoms atoms = atoms_of_region(system, figure.region);
    const auto [at, is_new] = place_of.try_emplace(atoms, worlds.sums.size());
    if (is_new) {
      worlds.sums.push_back({std::move(atoms), figure.lowest, figure.highest, {0, f}});
      continue;
    }
    table::SumConstraint& known = worlds.sums[at->second];
    if (figure.lowest >= known.lowest && figure.highest <= known.highest) known.source = {0, f};
    known.lowest = std::max(known.lowest, figure.lowest);
    known.highest = std::min(known.highest, figure.highest);
  }
  for (std::uint32_t r = 0; r < system.ratios.size(); ++r) {
    const table::RegionRatio& ratio = system.ratios[r];
    worlds.ratios.push_back({atoms_of_region(system, ratio.part), atoms_of_region(system, ratio.whole), decimals_of(ratio.scale), ratio.units, r});
  }
  return worlds;
}

namespace {

// The same ground without what one release says.
table::RegionSystem without_release(table::RegionSystem system, std::uint32_t release) {
  std::erase_if(system.figures, [&](const table::RegionFigure& figure) { return figure.source.release == release; });
  std::erase_if(system.ratios, [&](const table::RegionRatio& ratio) { return ratio.source.release == release; });
  return system;
}

}  // namespace

RegionAttack attack_regions(const table::RegionSystem& system, const RegionAttackLimits& limits) {
  RegionAttack attack;
  attack.findings = differences(system, limits.differencing);
  if (atom_count(system) > limits.most_atoms || system.figures.size() > limits.most_figures) return attack;
  ExactAttack(system, limits).run(attack);
  if (!limits.differencing.about) return attack;
  // Of all that follows, what did not follow before that release.
  RegionAttack before;
  const table::RegionSystem earlier = without_release(system, *limits.differencing.about);
  ExactAttack(earlier, limits).run(before);
  std::set<Atoms> known;
  for (const RegionFinding& finding : before.findings) known.insert(atoms_of_finding(earlier, finding));
  std::erase_if(attack.findings, [&](const RegionFinding& finding) {
    return finding.kind != RegionFinding::Kind::contradiction && known.contains(atoms_of_finding(system, finding));
  });
  attack.undecided -= std::min(attack.undecided, before.undecided);
  return attack;
}

}  // namespace candour::attack
