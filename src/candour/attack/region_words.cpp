#include <candour/attack/region_words.hpp>

#include <candour/base/decimal.hpp>
#include <candour/table/release_regions.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <set>

namespace candour::attack {
namespace {

std::string_view word_of(RegionFinding::Kind kind) {
  switch (kind) {
    case RegionFinding::Kind::published: return "published";
    case RegionFinding::Kind::difference: return "difference";
    case RegionFinding::Kind::hidden: return "hidden";
    case RegionFinding::Kind::ratio: return "ratio";
    case RegionFinding::Kind::contradiction: return "contradiction";
  }
  return "difference";
}

// A published percentage or average as its release has it.
std::string words_of_ratio(const table::RegionRatio& ratio, std::span<const table::Release> releases) {
  const table::Release& release = releases[ratio.source.release];
  const auto same = std::find_if(release.ratios.begin(), release.ratios.end(), [&](const table::ReleasedRatio& r) {
    return r.part.table == ratio.source.table && r.part.cell == ratio.source.cell && r.units == ratio.units;
  });
  const std::string figure = base::Decimal::of_units(ratio.units, same == release.ratios.end() ? 0 : same->decimals).to_text();
  const bool is_per_cent = same == release.ratios.end() || same->kind == table::ReleasedRatio::Kind::per_cent;
  return is_per_cent ? fmt::format("{} are {} per cent", words_of(ratio.source, releases), figure)
                     : fmt::format("{} are {} times as many", words_of(ratio.source, releases), figure);
}

std::string words_of_figure(const table::RegionFigure& figure, std::int64_t times, std::span<const table::Release> releases) {
  const std::string words = words_of(figure.source, releases);
  const std::string before = std::abs(times) == 1 ? "" : fmt::format("{} times ", std::abs(times));
  if (figure.is_exact()) return fmt::format("{}{} {}", before, words, figure.highest);
  const bool is_upper = (times > 0) == (figure.highest != std::numeric_limits<std::int64_t>::max());
  return is_upper ? fmt::format("{}{} (at most {})", before, words, figure.highest) : fmt::format("{}{} (at least {})", before, words, figure.lowest);
}

}  // namespace

RegionFindingWords words_of(const RegionFinding& finding, const table::RegionSystem& ground, std::span<const table::Release> releases) {
  RegionFindingWords words;
  words.kind = word_of(finding.kind);
  std::string who = finding.region ? words_of(*finding.region, ground) : "a set of records that the releases tell apart";
  if (finding.without) who += fmt::format(", without {}", words_of(*finding.without, ground));
  const bool is_contradiction = finding.kind == RegionFinding::Kind::contradiction;
  words.subject = is_contradiction                    ? fmt::format("{}: the figures contradict each other", who)
                  : finding.lowest == finding.highest ? fmt::format("{}: {}", who, finding.highest)
                                                      : fmt::format("{}: {} to {}", who, finding.lowest, finding.highest);
  Terms terms = finding.terms;
  std::stable_partition(terms.begin(), terms.end(), [](const SignedFigure& term) { return term.times > 0; });
  std::set<std::uint32_t> named;
  bool has_ratio = false;
  for (const SignedFigure& term : terms) {
    if (term.figure >= ground.figures.size()) {
      const table::RegionRatio& ratio = ground.ratios[term.figure - ground.figures.size()];
      words.derivation += (words.derivation.empty() ? "" : ", and ") + words_of_ratio(ratio, releases);
      named.insert(ratio.source.release);
      has_ratio = true;
      continue;
    }
    const table::RegionFigure& figure = ground.figures[term.figure];
    words.derivation += words.derivation.empty() ? (term.times > 0 ? "" : "nothing less ") : term.times > 0 ? " plus " : " less ";
    words.derivation += words_of_figure(figure, term.times, releases);
    named.insert(figure.source.release);
  }
  const std::string value = finding.lowest == finding.highest ? fmt::format("{}", finding.highest) : fmt::format("at most {}", finding.highest);
  if (terms.empty()) words.derivation = "no table of whole numbers that fits all releases has another value";
  else if (is_contradiction) words.derivation += ": both cannot be true";
  else if (has_ratio)
    words.derivation += fmt::format(": no other whole numbers fit than {}",
                                    finding.lowest == finding.highest ? value : fmt::format("{} to {}", finding.lowest, finding.highest));
  else if (finding.kind == RegionFinding::Kind::published) words.derivation += " is published";
  else words.derivation += fmt::format(" {} {}", terms.back().times < 0 ? "leaves" : "gives", value);
  for (const std::uint32_t release : named) words.releases.push_back(ground.releases[release]);
  return words;
}

base::Result<table::RegionSystem> ground_of(std::span<const table::Release> releases) {
  CANDOUR_TRY(growing, table::regions_of(releases, table::Extracts::only_grow));
  if (!table::has_shrunk(growing)) return growing;
  return table::regions_of(releases, table::Extracts::grow_and_shrink);
}

}  // namespace candour::attack
