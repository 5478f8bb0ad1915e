#include <candour/protect/suppress/marked_table.hpp>

#include <candour/protect/suppress/marked_cells.hpp>

#include <candour/base/stop.hpp>
#include <candour/table/worlds.hpp>

#include <algorithm>

namespace candour::protect {
namespace {

using table::AtomIndex;
using table::CellIndex;

constexpr int most_rounds = 24;  // each hides what the witnesses of secrets that are still open need
constexpr int most_rounds_of_groups = 3;

class Marking {
 public:
  Marking(const MarkedTableTask& task, Experience& experience) : task_(task), experience_(experience), cells_(task) {}

  std::optional<HiddenPattern> run() {
    if (!cells_.can_hide_what_needs_it()) return std::nullopt;
    cells_.hide_all_that_may_be();
    cells_.show_needless_sets();
    if (!find_frugal_witnesses()) return std::nullopt;
    cells_.show_noughts();
    auto found = hide_until_protected();
    if (!found) return std::nullopt;
    show_what_stays(found->evidence);
    found = hide_until_protected();
    for (int round = 0; found && round < most_rounds_of_groups; ++round) {
      const auto groups = task_.groups_seen_to_share(cells_.tables(), found->evidence);
      if (groups.empty()) return cells_.pattern();
      if (!hide_outside(groups)) break;
      found = hide_until_protected();
    }
    return std::nullopt;
  }

 private:
  // Witnesses with all of the finer table hidden, which raise its noughts only where they must, and then the same ones.
  bool find_frugal_witnesses() {
    experience_.moves.clear();
    experience_.serves.clear();
    experience_.dear = cells_.noughts_at_atoms();
    experience_.seed = task_.seed;
    const auto worlds = table::worlds_of(cells_.tables(), task_.policy->minimum_frequency.minimum);
    if (!worlds) return false;
    EvidenceSearch found = find_evidence(*task_.truth, *worlds, *task_.secrets, *task_.policy, StopAt::first_unprotected, experience_);
    frugal_ = std::move(found.evidence);
    return found.unprotected.empty();
  }

  // Hides what is missing, round by round. Nothing where that does not lead to evidence.
  std::optional<EvidenceSearch> hide_until_protected() {
    for (int round = 0; round < most_rounds && !base::stop_asked(); ++round) {
      cells_.show_needless_sets();
      const auto sums = task_.failing_sums(cells_.tables());
      if (!sums.empty()) {
        if (!hide_in_each(sums)) return std::nullopt;
        continue;
      }
      const auto worlds = table::worlds_of(cells_.tables(), task_.policy->minimum_frequency.minimum);
      if (!worlds) return std::nullopt;
      const auto search = [&](Effort effort) {
        return find_evidence(*task_.truth, *worlds, *task_.secrets, *task_.policy, StopAt::every_secret, experience_, effort);
      };
      EvidenceSearch found = search(Effort::local_only);
      if (found.unprotected.empty()) return found;
      bool hid = false;
      for (const Unprotected& open : found.unprotected) hid = hide_for(open.secret) || hid;
      if (hid) continue;
      found = search(Effort::thorough);
      if (found.unprotected.empty()) return found;
      return std::nullopt;
    }
    return std::nullopt;
  }

  // What the secret's frugal witnesses change is hidden. Says whether anything was not hidden before.
  bool hide_for(const std::string& secret) {
    bool hid = false;
    for (const std::uint32_t number : frugal_.witnesses_of[secret]) hid = cells_.hide_all(cells_.changed_by(frugal_.moves[number])) || hid;
    return hid;
  }

  // The witnesses remain tables that agree with everything shown.
  void show_what_stays(const table::Evidence& evidence) {
    std::set<CellIndex> changed;
    for (const table::Move& move : evidence.moves) changed.merge(cells_.changed_by(move));
    cells_.show_all_but(changed);
  }

  // One more cell of each sum. Says whether there was one that may be hidden.
  bool hide_in_each(const std::vector<std::vector<table::CellReference>>& sums) {
    bool hid = false;
    for (const auto& places : sums) hid = cells_.hide_least_of(places) || hid;
    return hid;
  }

  bool hide_outside(const std::vector<std::vector<AtomIndex>>& groups) {
    bool hid = false;
    for (const auto& outside : groups) hid = cells_.hide_a_nought_among(outside) || hid;
    return hid;
  }

  const MarkedTableTask& task_;
  Experience& experience_;
  MarkedCells cells_;
  table::Evidence frugal_;
};

}  // namespace

std::optional<HiddenPattern> mark_what_changes(const MarkedTableTask& task, Experience& experience) {
  const std::uint64_t seed = experience.seed;
  auto pattern = Marking(task, experience).run();
  experience.dear.clear();
  experience.seed = seed;
  return pattern;
}

}  // namespace candour::protect
