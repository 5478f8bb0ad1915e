#include <candour/answer/records_beside.hpp>

#include <candour/attack/region_attack.hpp>
#include <candour/attack/region_words.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <limits>
#include <set>

namespace candour::answer {
namespace {

constexpr const char* these_records = "these records";
constexpr std::uint64_t most_pieces_decided = 20000;
constexpr std::uint64_t most_figures_decided = 4000;

bool shows(const table::ReleasedTable& table, const std::string& variable) {
  const auto is_it = [&](const table::ReleasedVariable& one) { return one.name == variable; };
  return std::any_of(table.by.begin(), table.by.end(), is_it) || std::any_of(table.limited_to.begin(), table.limited_to.end(), is_it);
}

bool is_said_again(const table::ReleasedTable& table, const table::Release& release) {
  return std::any_of(release.tables.begin(), release.tables.end(), [&](const table::ReleasedTable& own) {
    return own.counted == table.counted && own.by == table.by && own.limited_to == table.limited_to && own.cells == table.cells;
  });
}

/// The counts of those alike, with every class of which none is shown as something that could be learnt.
table::Release to_be_attacked(table::Release release, base::Date extracted_on) {
  if (release.tables.size() > 2) release.tables.resize(2);
  release.id = these_records;
  release.extracted_on = extracted_on;
  for (table::ReleasedTable& table : release.tables)
    for (table::ReleasedCell& cell : table.cells)
      if (!cell.says_something()) cell = {0, std::numeric_limits<std::int64_t>::max(), false};
  return release;
}

/// The categories of a column are all that there are: nobody is outside of them.
void add_nobody_else(table::RegionSystem& ground, std::uint32_t records, const std::vector<table::ReleasedVariable>& shown) {
  std::vector<table::RegionFigure> nobody;
  for (std::size_t d = 0; d < ground.dimensions.size(); ++d) {
    if (std::none_of(shown.begin(), shown.end(), [&](const table::ReleasedVariable& one) { return one.name == ground.dimensions[d].name; })) continue;
    const auto pieces = static_cast<std::uint32_t>(ground.dimensions[d].pieces.size());
    table::RegionFigure outside;
    for (const table::RegionDimension& dimension : ground.dimensions)
      outside.region.sides.push_back(table::LeafSet::all(static_cast<std::uint32_t>(dimension.pieces.size())));
    table::LeafSet rest(pieces);
    for (std::uint32_t piece = 0; piece < pieces; ++piece) {
      const auto covers = [&](const table::RegionFigure& figure) {
        return figure.source.release == records && figure.source.table == 1 && figure.region.sides[d].contains(piece);
      };
      if (std::none_of(ground.figures.begin(), ground.figures.end(), covers)) rest.insert(piece);
    }
    if (rest.is_empty()) continue;
    outside.region.sides[d] = std::move(rest);
    outside.source = {records, 1, 0};
    nobody.push_back(std::move(outside));
    nobody.back().highest = 0;
  }
  ground.figures.insert(ground.figures.end(), std::make_move_iterator(nobody.begin()), std::make_move_iterator(nobody.end()));
}

/// What a class shares with an earlier figure is something that could be learnt, though neither says it by itself.
void add_shared(table::RegionSystem& ground, std::uint32_t records) {
  std::set<table::Region> seen;
  for (const table::RegionFigure& figure : ground.figures) seen.insert(figure.region);
  std::vector<table::RegionFigure> shared;
  for (const table::RegionFigure& own : ground.figures) {
    if (own.source.release != records) continue;
    for (const table::RegionFigure& other : ground.figures) {
      if (other.source.release == records || shared.size() > most_figures_decided) continue;
      table::Region both = own.region;
      for (std::size_t d = 0; d < both.sides.size(); ++d) both.sides[d] &= other.region.sides[d];
      if (both.is_empty() || !seen.insert(both).second) continue;
      shared.push_back({std::move(both), 0, std::numeric_limits<std::int64_t>::max(), other.source});
    }
  }
  ground.figures.insert(ground.figures.end(), std::make_move_iterator(shared.begin()), std::make_move_iterator(shared.end()));
}

}  // namespace

EarlierOfPopulation saying_more(const EarlierOfPopulation& earlier, const table::Release& release) {
  EarlierOfPopulation rest = earlier;
  std::erase_if(rest.releases, [&](const table::Release& one) {
    return one.extracted_on == earlier.extracted_on &&
           std::all_of(one.tables.begin(), one.tables.end(), [&](const table::ReleasedTable& table) { return is_said_again(table, release); });
  });
  return rest;
}

std::optional<std::pair<std::string, std::string>> tells_of_the_same(const EarlierOfPopulation& earlier, const std::vector<std::string>& not_to_be_learnt) {
  for (const table::Release& one : earlier.releases)
    for (const table::ReleasedTable& table : one.tables)
      for (const std::string& column : not_to_be_learnt)
        if (shows(table, column)) return std::pair(one.id, column);
  return std::nullopt;
}

std::vector<knowledge::Finding> found_beside(const EarlierOfPopulation& earlier, table::Release release, const policy::Policy& policy) {
  if (earlier.releases.empty()) return {};
  std::vector<table::Release> together = earlier.releases;
  together.push_back(to_be_attacked(std::move(release), earlier.extracted_on));
  const auto records = static_cast<std::uint32_t>(together.size() - 1);
  knowledge::Finding finding;
  finding.intruder = policy.intruders.empty() ? "the public" : policy.intruders.front().name;
  finding.kind = knowledge::FindingKind::undecided;
  auto ground = attack::ground_of(together);
  if (!ground) {
    finding.subject = ground.error().sentence;
    return {finding};
  }
  add_shared(*ground, records);
  if (together.back().tables.size() > 1) add_nobody_else(*ground, records, together.back().tables[1].by);
  attack::RegionAttackLimits limits;
  limits.differencing.minimum = policy.minimum_frequency.minimum;
  limits.differencing.about = records;
  limits.most_atoms = most_pieces_decided;
  limits.most_figures = most_figures_decided;
  const attack::RegionAttack attack = attack::attack_regions(*ground, limits);
  std::vector<knowledge::Finding> findings;
  if (!attack.is_exact || attack.undecided > 0) {
    finding.subject = "counts of these records and earlier releases together are too many to be decided, which counts as unsafe";
    findings.push_back(finding);
  }
  for (const attack::RegionFinding& found : attack.findings) {
    const attack::RegionFindingWords words = words_of(found, *ground, together);
    if (words.releases == std::vector<std::string>{these_records}) continue;  // its own promise covers it, and is counted again
    finding.kind = found.kind == attack::RegionFinding::Kind::contradiction ? knowledge::FindingKind::contradiction
                   : found.lowest == found.highest                          ? knowledge::FindingKind::exactly_disclosed
                                                                            : knowledge::FindingKind::shown_small;
    finding.subject = words.subject;
    finding.interval = {found.lowest, found.highest};
    finding.derivations = {{{}, 1, words.derivation}};
    findings.push_back(finding);
  }
  return findings;
}

std::vector<knowledge::Finding> findings_of_records_beside(const EarlierOfPopulation& earlier, const table::PublishedRecords& records,
                                                           const table::Release& release, const policy::Policy& policy) {
  const EarlierOfPopulation rest = saying_more(earlier, release);
  std::vector<std::string> not_to_be_learnt;
  for (const table::RecordColumn& column : records.columns)
    if (column.use == table::RecordUse::not_to_be_learnt) not_to_be_learnt.push_back(column.name);
  const auto told = tells_of_the_same(rest, not_to_be_learnt);
  if (!told) return found_beside(rest, release, policy);
  knowledge::Finding finding;
  finding.kind = knowledge::FindingKind::undecided;
  finding.subject = fmt::format("{} tells of '{}' too: undecided, which counts as unsafe", told->first, told->second);
  return {finding};
}

}  // namespace candour::answer
