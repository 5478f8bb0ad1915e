#include <candour/certify/supposition.hpp>

#include <algorithm>
#include <map>
#include <vector>

namespace candour::certify {
namespace {

// What one person owns in the atoms supposed, and in the finding's.
struct Stake {
  std::int64_t supposed = 0;
  std::int64_t subject = 0;
};

std::vector<Stake> stakes_in(const std::vector<table::AtomIndex>& supposed, const std::vector<table::AtomIndex>& subject, const truth::Population& truth,
                             std::int64_t people) {
  std::map<truth::PersonIndex, Stake> known;
  std::vector<Stake> stakes;
  for (const table::AtomIndex atom : supposed) {
    std::int64_t unknown = truth.counts[atom];
    for (const truth::Contribution& c : truth::contributions_of(truth, atom)) {
      known[c.person].supposed += c.records;
      unknown -= c.records;
    }
    const bool is_subject = std::binary_search(subject.begin(), subject.end(), atom);
    for (std::int64_t i = 0; i < std::min(unknown, people); ++i) stakes.push_back({1, is_subject ? 1 : 0});
  }
  for (const table::AtomIndex atom : subject)
    for (const truth::Contribution& c : truth::contributions_of(truth, atom))
      if (const auto at = known.find(c.person); at != known.end()) at->second.subject += c.records;
  for (const auto& [person, stake] : known) stakes.push_back(stake);
  return stakes;
}

std::int64_t coalition_of(const knowledge::Finding& finding, const policy::Policy& policy) {
  const auto named = std::find_if(policy.intruders.begin(), policy.intruders.end(), [&](const policy::NamedIntruder& i) { return i.name == finding.intruder; });
  return named == policy.intruders.end() ? policy.largest_coalition() : named->coalition_size;
}

}  // namespace

bool is_somebody_there(const knowledge::Finding& finding, const truth::Population& truth, const policy::Policy& policy) {
  if (!finding.supposition) return true;
  const knowledge::Supposition& supposed = *finding.supposition;
  if (supposed.of == knowledge::Supposition::Of::presence) return truth::records_in(truth, supposed.atoms) >= supposed.at_least;
  const std::int64_t people = coalition_of(finding, policy);
  if (people > 2) return truth::records_in(truth, supposed.atoms) >= supposed.at_least;
  // Whoever owns all of the count, or all of the group, has nothing left to learn.
  const std::vector<table::AtomIndex>& subject = finding.kind == knowledge::FindingKind::shown_homogeneous ? finding.group : finding.atoms;
  const std::int64_t whole = truth::records_in(truth, subject);
  const auto can_make_it = [&](std::int64_t own_supposed, std::int64_t own_subject) {
    return own_supposed >= supposed.at_least && (subject.empty() || own_subject < whole);
  };
  const std::vector<Stake> stakes = stakes_in(supposed.atoms, subject, truth, people);
  for (std::size_t i = 0; i < stakes.size(); ++i) {
    if (can_make_it(stakes[i].supposed, stakes[i].subject)) return true;
    for (std::size_t j = i + 1; people == 2 && j < stakes.size(); ++j)
      if (can_make_it(stakes[i].supposed + stakes[j].supposed, stakes[i].subject + stakes[j].subject)) return true;
  }
  return false;
}

}  // namespace candour::certify
