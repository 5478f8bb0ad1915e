// Small registers against brute force over all tables of whole numbers: no leak is missed, nothing is called a leak that is none.
#include <candour/attack/region_attack.hpp>

#include <gtest/gtest.h>

#include <cstdlib>
#include <functional>
#include <map>
#include <random>
#include <set>

namespace {

using candour::attack::attack_regions;
using candour::attack::RegionAttack;
using candour::attack::RegionFinding;
using candour::table::LeafSet;
using candour::table::Region;
using candour::table::RegionSystem;
using Atoms = std::vector<std::uint64_t>;
using Counts = std::vector<std::int64_t>;

constexpr std::int64_t minimum = 3;

// Atoms and their sums, said again in plain loops.
struct Case {
  RegionSystem system;
  Counts truth;
  [[nodiscard]] Atoms atoms_of(const Region& region) const {
    Atoms atoms;
    for (std::uint64_t atom = 0; atom < truth.size(); ++atom) {
      std::uint64_t rest = atom;
      bool is_in = true;
      for (std::size_t d = system.dimensions.size(); d-- > 0;) {
        const std::uint64_t size = system.dimensions[d].pieces.size();
        is_in = is_in && region.sides[d].contains(static_cast<std::uint32_t>(rest % size));
        rest /= size;
      }
      if (is_in) atoms.push_back(atom);
    }
    return atoms;
  }
  [[nodiscard]] static std::int64_t sum(const Atoms& atoms, const Counts& counts) {
    std::int64_t sum = 0;
    for (const std::uint64_t atom : atoms) sum += counts[atom];
    return sum;
  }
};

class Draw {
 public:
  explicit Draw(std::uint64_t seed) : dice_(seed) {}
  std::uint32_t below(std::uint32_t end) { return static_cast<std::uint32_t>(dice_() % end); }

  Case problem() {
    Case drawn;
    static const std::vector<std::vector<std::uint32_t>> shapes{{4, 3}, {6, 2}, {3, 2, 2}, {5, 2}, {8}, {12}, {4, 2}};
    for (const std::uint32_t size : shapes[below(static_cast<std::uint32_t>(shapes.size()))]) {
      drawn.system.dimensions.push_back({"d", {}});
      for (std::uint32_t i = 0; i < size; ++i) drawn.system.dimensions.back().pieces.push_back(std::to_string(i));
    }
    std::size_t atoms = 1;
    for (const auto& dimension : drawn.system.dimensions) atoms *= dimension.pieces.size();
    for (std::size_t a = 0; a < atoms; ++a) drawn.truth.push_back(below(3) == 0 ? 0 : below(3));
    const std::uint32_t releases = 2 + below(2);
    for (std::uint32_t r = 0; r < releases; ++r) {
      drawn.system.releases.push_back("release " + std::to_string(r));
      add_table(drawn, r);
    }
    add_whole(drawn);
    return drawn;
  }

 private:
  // Consecutive pieces cut at random: bands, periods, areas.
  std::vector<LeafSet> cut(std::uint32_t size) {
    std::vector<LeafSet> bands{LeafSet(size)};
    for (std::uint32_t piece = 0; piece < size; ++piece) {
      if (!bands.back().is_empty() && below(2) == 0) bands.emplace_back(size);
      bands.back().insert(piece);
    }
    if (below(4) == 0 && bands.size() > 1) bands.pop_back();
    return bands;
  }

  void add_table(Case& drawn, std::uint32_t release) {
    std::vector<std::vector<LeafSet>> sides;
    for (const auto& dimension : drawn.system.dimensions) {
      const auto size = static_cast<std::uint32_t>(dimension.pieces.size());
      sides.push_back(below(3) == 0 ? std::vector<LeafSet>{LeafSet::all(size)} : cut(size));
    }
    std::vector<Region> regions{{}};
    for (const auto& side : sides) {
      std::vector<Region> longer;
      for (const Region& region : regions)
        for (const LeafSet& set : side) {
          longer.push_back(region);
          longer.back().sides.push_back(set);
        }
      regions = std::move(longer);
    }
    for (std::uint64_t cell = 0; cell < regions.size(); ++cell) publish(drawn, std::move(regions[cell]), {release, 0, cell});
  }

  void publish(Case& drawn, Region region, candour::table::FigureSource source) {
    const std::int64_t count = Case::sum(drawn.atoms_of(region), drawn.truth);
    const std::uint32_t how = below(8);
    if (how == 0 && count > 0) drawn.system.figures.push_back({region, 1, std::numeric_limits<std::int64_t>::max(), source});
    else if (how == 1) drawn.system.figures.push_back({region, std::max<std::int64_t>(0, (count + 1) / 3 * 3 - 1), (count + 1) / 3 * 3 + 1, source});
    else drawn.system.figures.push_back({region, count, count, source});
    if (below(10) != 0 || drawn.system.figures.empty()) return;
    const Region& whole = drawn.system.figures[below(static_cast<std::uint32_t>(drawn.system.figures.size()))].region;
    const std::int64_t base = Case::sum(drawn.atoms_of(whole), drawn.truth);
    if (!region.is_inside(whole) || base == 0) return;
    static const std::int64_t scales[] = {1, 10, 100, 1000};
    const std::int64_t scale = scales[below(4)];
    drawn.system.ratios.push_back({region, whole, scale, (2 * scale * count + base) / (2 * base), source});
  }

  // The total bounds every table.
  void add_whole(Case& drawn) {
    Region whole;
    for (const auto& dimension : drawn.system.dimensions) whole.sides.push_back(LeafSet::all(static_cast<std::uint32_t>(dimension.pieces.size())));
    std::int64_t total = 0;
    for (const std::int64_t count : drawn.truth) total += count;
    drawn.system.figures.push_back({whole, total, total, {0, 0, 999}});
  }

  std::mt19937_64 dice_;
};

// Every table of atoms that fits, by trying them all.
class Enumeration {
 public:
  explicit Enumeration(const Case& drawn) : case_(drawn), counts_(drawn.truth.size()) {
    for (const auto& figure : drawn.system.figures) {
      figures_.push_back({drawn.atoms_of(figure.region), figure.lowest, figure.highest});
      of_atom_.resize(drawn.truth.size());
      for (const std::uint64_t atom : figures_.back().atoms) of_atom_[atom].push_back(figures_.size() - 1);
    }
    sums_.assign(figures_.size(), 0);
    for (const auto& ratio : drawn.system.ratios) ratios_.emplace_back(drawn.atoms_of(ratio.part), drawn.atoms_of(ratio.whole));
  }

  std::optional<std::vector<Counts>> all(std::size_t most) {
    most_ = most;
    descend(0);
    if (worlds_.size() > most_ || steps_ > 4'000'000) return std::nullopt;
    return worlds_;
  }

 private:
  struct Figure {
    Atoms atoms;
    std::int64_t lowest, highest;
  };

  void descend(std::size_t atom) {
    if (worlds_.size() > most_ || ++steps_ > 4'000'000) return;
    if (atom == counts_.size()) {
      if (fits()) worlds_.push_back(counts_);
      return;
    }
    for (std::int64_t value = 0;; ++value) {
      bool is_too_much = false, is_too_little = false;
      for (const std::size_t f : of_atom_[atom]) {
        sums_[f] += value;
        is_too_much = is_too_much || sums_[f] > figures_[f].highest;
        is_too_little = is_too_little || (figures_[f].atoms.back() == atom && sums_[f] < figures_[f].lowest);
      }
      counts_[atom] = value;
      if (!is_too_much && !is_too_little) descend(atom + 1);
      for (const std::size_t f : of_atom_[atom]) sums_[f] -= value;
      if (is_too_much) break;
    }
    counts_[atom] = 0;
  }

  [[nodiscard]] bool fits() const {
    for (std::size_t r = 0; r < ratios_.size(); ++r) {
      const auto& ratio = case_.system.ratios[r];
      const std::int64_t part = Case::sum(ratios_[r].first, counts_), whole = Case::sum(ratios_[r].second, counts_);
      // Within half a unit; exactly half a unit goes up.
      if (whole == 0 || 2 * ratio.scale * part < (2 * ratio.units - 1) * whole || 2 * ratio.scale * part >= (2 * ratio.units + 1) * whole) return false;
    }
    return true;
  }

  const Case& case_;
  std::vector<Figure> figures_;
  std::vector<std::vector<std::size_t>> of_atom_;
  std::vector<std::pair<Atoms, Atoms>> ratios_;
  std::vector<std::int64_t> sums_;
  Counts counts_;
  std::vector<Counts> worlds_;
  std::size_t most_ = 0;
  std::size_t steps_ = 0;
};

// Figures, differences of figures one inside the other, and the smallest sets that figures and percentages tell apart.
std::set<Atoms> what_could_be_learnt(const Case& drawn) {
  std::vector<Atoms> sets;
  std::set<Atoms> targets;
  for (const auto& figure : drawn.system.figures) {
    sets.push_back(drawn.atoms_of(figure.region));
    targets.insert(sets.back());
  }
  for (const Atoms& outer : sets)
    for (const Atoms& inner : sets) {
      Atoms rest;
      if (!std::includes(outer.begin(), outer.end(), inner.begin(), inner.end())) continue;
      std::set_difference(outer.begin(), outer.end(), inner.begin(), inner.end(), std::back_inserter(rest));
      if (!rest.empty()) targets.insert(rest);
    }
  for (const auto& ratio : drawn.system.ratios) {
    sets.push_back(drawn.atoms_of(ratio.part));
    sets.push_back(drawn.atoms_of(ratio.whole));
  }
  std::map<std::vector<bool>, Atoms> classes;
  for (std::uint64_t atom = 0; atom < drawn.truth.size(); ++atom) {
    std::vector<bool> in;
    for (const Atoms& set : sets) in.push_back(std::find(set.begin(), set.end(), atom) != set.end());
    classes[in].push_back(atom);
  }
  for (const auto& [in, atoms] : classes) targets.insert(atoms);
  return targets;
}

void expect_equal_to_brute_force(const Case& drawn, const std::vector<Counts>& worlds, const RegionAttack& attack, std::map<std::string, int>& tally) {
  const auto range_of = [&](const Atoms& atoms) {
    std::pair<std::int64_t, std::int64_t> range{std::numeric_limits<std::int64_t>::max(), -1};
    for (const Counts& world : worlds) {
      const std::int64_t value = Case::sum(atoms, world);
      range = {std::min(range.first, value), std::max(range.second, value)};
    }
    return range;
  };
  std::set<Atoms> found;
  for (const RegionFinding& finding : attack.findings) {
    ASSERT_NE(finding.kind, RegionFinding::Kind::contradiction);
    const Atoms atoms = candour::attack::atoms_of_finding(drawn.system, finding);
    found.insert(atoms);
    const auto [lowest, highest] = range_of(atoms);
    EXPECT_TRUE(lowest >= 1 && highest < minimum) << "a false alarm: " << lowest << " to " << highest;
    EXPECT_TRUE(finding.lowest <= lowest && finding.highest >= highest);
    // The terms, re-added: each atom outside cancels or only adds, and the figures give the bound.
    std::int64_t total = 0;
    bool is_plain = !finding.terms.empty();
    for (const auto& term : finding.terms) {
      is_plain = is_plain && term.figure < drawn.system.figures.size() && drawn.system.figures[term.figure].is_exact();
      if (is_plain) total += term.times * drawn.system.figures[term.figure].lowest;
    }
    if (is_plain && finding.lowest == finding.highest) {
      EXPECT_GE(total, finding.highest);
      ++tally["re-added"];
    }
  }
  EXPECT_EQ(attack.undecided, 0U);
  for (const Atoms& target : what_could_be_learnt(drawn)) {
    const auto [lowest, highest] = range_of(target);
    const bool is_leak = lowest >= 1 && highest < minimum;
    EXPECT_EQ(found.contains(target), is_leak) << "between " << lowest << " and " << highest;
    ++tally[is_leak ? "leaks" : "safe"];
  }
}

TEST(OracleReleases, EveryLeakOfAFewReleasesIsFoundAndNothingElse) {
  const char* asked = std::getenv("CANDOUR_ORACLE_REGISTERS");
  const int wanted = asked != nullptr ? std::atoi(asked) : 300;
  std::map<std::string, int> tally;
  int compared = 0;
  for (std::uint64_t seed = 1; compared < wanted && seed < 20U * static_cast<std::uint64_t>(wanted); ++seed) {
    const Case drawn = Draw(seed).problem();
    const auto worlds = Enumeration(drawn).all(60000);
    if (!worlds) continue;
    ASSERT_FALSE(worlds->empty()) << "seed " << seed;
    candour::attack::RegionAttackLimits limits;
    limits.differencing.minimum = minimum;
    const RegionAttack attack = attack_regions(drawn.system, limits);
    SCOPED_TRACE("seed " + std::to_string(seed));
    ASSERT_TRUE(attack.is_exact);
    expect_equal_to_brute_force(drawn, *worlds, attack, tally);
    if (HasFailure()) return;
    // The scan alone, too, never calls a leak what is none.
    RegionAttack scan;
    scan.findings = candour::attack::differences(drawn.system, limits.differencing);
    tally["by the scan alone"] += static_cast<int>(scan.findings.size());
    ++compared;
  }
  EXPECT_EQ(compared, wanted);
  EXPECT_GT(tally["leaks"], wanted);
  EXPECT_GT(tally["safe"], wanted);
  EXPECT_GT(tally["re-added"], wanted / 4);
  for (const auto& [what, count] : tally) std::printf("%s: %d\n", what.c_str(), count);
}

}  // namespace
