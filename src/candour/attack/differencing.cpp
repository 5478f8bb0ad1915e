#include <candour/attack/differencing.hpp>

#include <candour/attack/line_differences.hpp>

#include <algorithm>
#include <limits>
#include <map>
#include <tuple>

namespace candour::attack {
namespace {

constexpr std::int64_t unlimited = std::numeric_limits<std::int64_t>::max();

class Differencing {
 public:
  Differencing(const table::RegionSystem& system, const DifferencingLimits& limits) : system_(system), limits_(limits), known_(system) {}

  std::vector<RegionFinding> run() {
    add_published();
    for (int round = 0; round < limits_.most_rounds; ++round) {
      const bool by_ratios = use_ratios();
      const bool by_lines = use_lines();
      if (!by_ratios && !by_lines) break;
    }
    add_nested();
    add_hidden();
    for (const auto& [known, terms] : known_.contradictions())
      findings_.push_back({RegionFinding::Kind::contradiction, known_.region_of(known), std::nullopt, 0, 0, terms});
    return chosen();
  }

 private:
  [[nodiscard]] bool is_small(std::int64_t lowest, std::int64_t highest) const { return lowest >= 1 && highest < limits_.minimum; }

  void add_published() {
    for (std::size_t f = 0; f < system_.figures.size(); ++f) {
      const table::RegionFigure& figure = system_.figures[f];
      if (is_small(figure.lowest, figure.highest))
        findings_.push_back({RegionFinding::Kind::published, figure.region, std::nullopt, figure.lowest, figure.highest, {{f, 1}}});
    }
  }

  // All lines of a dimension: regions that differ in that dimension alone. Those are looked at again in which something changed.
  bool use_lines() {
    bool is_changed = false;
    for (std::size_t d = 0; d < known_.dimension_count(); ++d) {
      std::map<std::vector<SideIndex>, std::vector<KnownIndex>> lines;
      for (KnownIndex k = 0; k < known_.size(); ++k) {
        std::vector<SideIndex> others = known_.at(k).sides;
        others[d] = 0;
        lines[std::move(others)].push_back(k);
      }
      for (const auto& [others, line] : lines) {
        if (line.size() < 2) continue;
        std::uint64_t state = 0;
        for (const KnownIndex k : line) state = state * 31 + static_cast<std::uint64_t>(known_.at(k).lowest ^ known_.at(k).highest) + k;
        auto& seen = seen_[{d, others}];
        if (seen == state) continue;
        seen = state;
        LineDifferences differences(known_, d, line, limits_);
        is_changed = differences.run(findings_) || is_changed;
      }
    }
    return is_changed;
  }

  // The tightest bound of a region from above: its own, or that of any region around it.
  [[nodiscard]] std::pair<std::int64_t, Terms> highest_of(KnownIndex region) const {
    KnownIndex best = region;
    for (KnownIndex k = 0; k < known_.size(); ++k)
      if (known_.at(k).highest < known_.at(best).highest && known_.is_inside(region, k)) best = k;
    return {known_.at(best).highest, known_.at(best).shows_highest};
  }

  // Every pair of whole numbers that a percentage fits, over bases up to a limit.
  bool use_ratios() {
    bool is_changed = false;
    for (std::size_t r = 0; r < system_.ratios.size(); ++r) {
      const table::RegionRatio& ratio = system_.ratios[r];
      const KnownIndex part = known_.find_or_add(ratio.part), whole = known_.find_or_add(ratio.whole);
      const auto [most, shown_by] = highest_of(whole);
      if (most > limits_.largest_base) continue;
      const auto fitting = fitting_counts(ratio, part, whole, most);
      if (!fitting) continue;
      const auto& [parts, wholes] = *fitting;
      const Terms terms = terms_sum(shown_by, 1, {{system_.figures.size() + r, 1}});
      is_changed = known_.raise(part, parts.first, terms) || is_changed;
      is_changed = known_.lower(part, parts.second, terms) || is_changed;
      is_changed = known_.raise(whole, wholes.first, terms) || is_changed;
      is_changed = known_.lower(whole, wholes.second, terms) || is_changed;
    }
    return is_changed;
  }

  using Span = std::pair<std::int64_t, std::int64_t>;
  [[nodiscard]] std::optional<std::pair<Span, Span>> fitting_counts(const table::RegionRatio& ratio, KnownIndex part, KnownIndex whole,
                                                                    std::int64_t most) const {
    Span parts{unlimited, -1}, wholes{unlimited, -1};
    for (std::int64_t base = std::max<std::int64_t>(1, known_.at(whole).lowest); base <= most; ++base) {
      // (2 units - 1) base <= 2 scale n < (2 units + 1) base
      const std::int64_t low = std::max(known_.at(part).lowest, ((2 * ratio.units - 1) * base + 2 * ratio.scale - 1) / (2 * ratio.scale));
      const std::int64_t high = std::min(known_.at(part).highest, ((2 * ratio.units + 1) * base - 1) / (2 * ratio.scale));
      if (low > high) continue;
      parts = {std::min(parts.first, low), std::max(parts.second, high)};
      wholes = {std::min(wholes.first, base), std::max(wholes.second, base)};
    }
    if (parts.second < 0) return std::nullopt;
    return std::pair(parts, wholes);
  }

  // Pairs that differ in several dimensions, one inside the other: the difference is no product, and a count all the same.
  void add_nested() {
    std::vector<KnownIndex> exact;
    for (KnownIndex k = 0; k < known_.size(); ++k)
      if (known_.at(k).is_exact() && known_.at(k).highest > 0 && !known_.at(k).tables.empty()) exact.push_back(k);
    std::sort(exact.begin(), exact.end(), [&](KnownIndex a, KnownIndex b) { return std::pair(known_.at(a).lowest, a) < std::pair(known_.at(b).lowest, b); });
    std::size_t first = 0;
    for (std::size_t outer = 0; outer < exact.size(); ++outer) {
      const std::int64_t value = known_.at(exact[outer]).lowest;
      while (known_.at(exact[first]).lowest + limits_.minimum <= value) ++first;
      for (std::size_t inner = first; inner < outer && known_.at(exact[inner]).lowest < value; ++inner) {
        if (differ_in_one(exact[inner], exact[outer]) || !known_.is_inside(exact[inner], exact[outer])) continue;
        const std::int64_t difference = value - known_.at(exact[inner]).lowest;
        findings_.push_back({RegionFinding::Kind::difference, known_.region_of(exact[outer]), known_.region_of(exact[inner]), difference, difference,
                             terms_sum(known_.at(exact[outer]).shows_highest, -1, known_.at(exact[inner]).shows_lowest)});
      }
    }
  }

  [[nodiscard]] bool differ_in_one(KnownIndex a, KnownIndex b) const {
    int differing = 0;
    for (std::size_t d = 0; d < known_.dimension_count(); ++d)
      if (known_.at(a).sides[d] != known_.at(b).sides[d]) ++differing;
    return differing == 1;
  }

  // Regions whose own figures do not show them small, and of which it follows.
  void add_hidden() {
    std::map<table::Region, std::size_t> found;
    for (const RegionFinding& finding : findings_)
      if (finding.region && !finding.without) found.emplace(*finding.region, 0);
    for (KnownIndex k = 0; k < known_.size(); ++k) {
      const Known& known = known_.at(k);
      if (!is_small(known.lowest, known.highest)) continue;
      table::Region region = known_.region_of(k);
      if (found.contains(region)) continue;
      const bool by_ratio =
          std::any_of(known.shows_highest.begin(), known.shows_highest.end(), [&](const SignedFigure& term) { return term.figure >= system_.figures.size(); });
      findings_.push_back({by_ratio               ? RegionFinding::Kind::ratio
                           : known.tables.empty() ? RegionFinding::Kind::difference
                                                  : RegionFinding::Kind::hidden,
                           std::move(region), std::nullopt, known.lowest, known.highest, known.shows_highest});
    }
  }

  [[nodiscard]] std::uint32_t release_of(const SignedFigure& term) const {
    return term.figure < system_.figures.size() ? system_.figures[term.figure].source.release
                                                : system_.ratios[term.figure - system_.figures.size()].source.release;
  }

  // For each region and set of releases the finding with the fewest terms.
  std::vector<RegionFinding> chosen() {
    std::map<std::tuple<std::optional<table::Region>, std::optional<table::Region>, std::vector<std::uint32_t>, std::int64_t>, std::size_t> best;
    std::vector<RegionFinding> kept;
    std::stable_sort(findings_.begin(), findings_.end(), [](const auto& a, const auto& b) { return a.terms.size() < b.terms.size(); });
    for (RegionFinding& finding : findings_) {
      std::vector<std::uint32_t> releases;
      for (const SignedFigure& term : finding.terms) releases.push_back(release_of(term));
      std::sort(releases.begin(), releases.end());
      releases.erase(std::unique(releases.begin(), releases.end()), releases.end());
      if (limits_.about && !std::binary_search(releases.begin(), releases.end(), *limits_.about)) continue;
      if (best.try_emplace({finding.region, finding.without, std::move(releases), finding.highest}, kept.size()).second) kept.push_back(std::move(finding));
    }
    return kept;
  }

  const table::RegionSystem& system_;
  DifferencingLimits limits_;
  KnownRegions known_;
  std::map<std::pair<std::size_t, std::vector<SideIndex>>, std::uint64_t> seen_;
  std::vector<RegionFinding> findings_;
};

}  // namespace

std::vector<RegionFinding> differences(const table::RegionSystem& system, const DifferencingLimits& limits) { return Differencing(system, limits).run(); }

}  // namespace candour::attack
