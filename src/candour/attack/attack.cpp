#include <candour/attack/attack.hpp>

#include <candour/attack/derivation.hpp>
#include <candour/attack/insiders.hpp>
#include <candour/attack/search.hpp>
#include <candour/attack/targets.hpp>

#include <algorithm>

namespace candour::attack {
namespace {

using knowledge::Finding;
using knowledge::FindingKind;

// What the reader concludes from the choice of hidden cells, as far as they know the policy and people cannot be another reason for hiding.
base::Result<table::Worlds> worlds_for(const table::PublishedPopulation& published, const knowledge::Knowledge& knowledge) {
  const bool knows_minimum = knowledge.method != knowledge::MethodKnowledge::figures && knowledge.hidden_for == knowledge::HiddenFor::few_records;
  return table::worlds_of(published, knows_minimum ? knowledge.minimum_frequency : 0);
}

class Attack {
 public:
  Attack(const table::PublishedPopulation& published, const std::vector<table::TableDesign>& asked, const knowledge::Knowledge& knowledge, const AttackLimits& limits,
         System& system)
      : published_(published), asked_(asked), knowledge_(knowledge), limits_(limits), system_(system), search_(system, {limits.most_nodes, limits.most_programs}),
        writer_(published, system) {}

  std::vector<Finding> run() {
    std::uint64_t unknowns = 0;
    for (const Component& component : search_.components()) unknowns += component.columns.size();
    if (unknowns > limits_.most_unknowns) return {unnamed(FindingKind::undecided, "more unknown counts than the limit of this attack")};
    const Standing first = search_.find_first_worlds();
    if (first == Standing::impossible) return {contradiction()};
    if (first == Standing::undecided) add(unnamed(FindingKind::undecided, "no table that fits everything published was found within the limits"));
    for (const Target& target : targets_of(*published_.space, asked_)) attack(target);
    return std::move(findings_);
  }

 private:
  void attack(const Target& target) {
    const SplitSum sum = search_.split_sum(target.atoms);
    if (target.kind == TargetKind::count) attack_count(target, sum);
    else attack_group(target, sum);
  }

  void attack_count(const Target& target, const SplitSum& sum) {
    const Judgement judgement = search_.judge(sum, 0, sum, knowledge_.minimum_frequency);
    if (judgement.standing == Standing::undecided) return add(named(FindingKind::undecided, target, judgement));
    if (judgement.standing == Standing::proved) return add(found_count(target, search_.interval(sum), std::nullopt));
    if (knowledge_.intruder.presence == knowledge::Presence::known && target.holds_whole_people) attack_presence(target, sum);
    if (knowledge_.intruder.coalition_size > 0) attack_as_insider(target, sum, sum);
  }

  // Somebody known to be counted here: the count is at least 1.
  void attack_presence(const Target& target, const SplitSum& sum) {
    const Judgement judgement = search_.judge(sum, -1, sum, knowledge_.minimum_frequency);
    if (judgement.standing == Standing::cleared || judgement.standing == Standing::impossible || judgement.highest == 0) return;
    if (judgement.standing == Standing::undecided) return add(named(FindingKind::undecided, target, judgement));
    Finding finding = found_count(target, {Standing::proved, 1, judgement.highest}, std::nullopt);
    finding.supposition = knowledge::Supposition{target.atoms, 1, knowledge::Supposition::Of::presence};
    add(std::move(finding));
  }

  void attack_group(const Target& target, const SplitSum& outside) {
    const SplitSum group = search_.split_sum(target.group);
    const bool knows_presence = knowledge_.intruder.presence == knowledge::Presence::known;
    const Judgement judgement = search_.judge(group, knows_presence ? -1 : 0, outside, 1);
    if (judgement.standing == Standing::undecided) return add(named(FindingKind::undecided, target, judgement));
    if (judgement.standing == Standing::proved) {
      const Judgement members = search_.interval(group);
      if (members.highest == 0) return;  // nobody is in the group
      return add(found_group(target, members));
    }
    if (knowledge_.intruder.coalition_size > 0) attack_as_insider(target, group, outside);
  }

  void attack_as_insider(const Target& target, const SplitSum& low, const SplitSum& high) {
    const std::int64_t high_end = target.kind == TargetKind::count ? knowledge_.minimum_frequency : 1;
    const auto found = insider_who_proves(search_, target.kind, low, high, high_end, knowledge_.intruder.coalition_size);
    if (!found) return;
    const Judgement interval = found->standing == Standing::proved ? search_.interval(low, found->insider) : Judgement{Standing::undecided, 0, table::no_upper_limit};
    Finding finding = found->standing == Standing::undecided     ? named(FindingKind::undecided, target, interval)
                      : target.kind == TargetKind::count         ? found_count(target, interval, found->insider)
                                                                 : named(FindingKind::shown_homogeneous, target, interval);
    finding.supposition = knowledge::Supposition{found->insider ? system_.atoms_of[column_of(*found->insider)] : target.atoms, found->own_records,
                                                 knowledge::Supposition::Of::own_records};
    add(std::move(finding));
  }

  Finding found_count(const Target& target, const Judgement& interval, const std::optional<Insider>& insider) {
    Finding finding = named(interval.lowest == interval.highest ? FindingKind::exactly_disclosed : FindingKind::shown_small, target, interval);
    if (limits_.derivations == Derivations::every_finding) finding.derivations = writer_.derive(target.atoms, finding.interval, finding.subject, row_of(insider));
    return finding;
  }

  Finding found_group(const Target& target, const Judgement& members) {
    Finding finding = named(FindingKind::shown_homogeneous, target, members);
    if (knowledge_.intruder.presence == knowledge::Presence::known && members.lowest == 0)
      finding.supposition = knowledge::Supposition{target.group, 1, knowledge::Supposition::Of::presence};
    if (limits_.derivations == Derivations::every_finding)
      finding.derivations = writer_.derive(target.atoms, {0, 0}, words_of(target, *published_.space, asked_) + ", others", std::nullopt);
    return finding;
  }

  [[nodiscard]] Column column_of(const Insider& insider) const { return search_.components()[insider.component].columns[insider.supposed.column]; }

  [[nodiscard]] std::optional<InsiderRow> row_of(const std::optional<Insider>& insider) const {
    if (!insider) return std::nullopt;
    InsiderRow row;
    row.row.terms = {{column_of(*insider), 1}};
    row.row.lowest = insider->supposed.at_least;
    row.words = "the insider's own records";
    return row;
  }

  [[nodiscard]] Finding unnamed(FindingKind kind, std::string subject) const {
    Finding finding;
    finding.kind = kind;
    finding.intruder = knowledge_.intruder.name;
    finding.subject = std::move(subject);
    return finding;
  }
  [[nodiscard]] Finding named(FindingKind kind, const Target& target, const Judgement& interval) const {
    Finding finding = unnamed(kind, words_of(target, *published_.space, asked_));
    finding.atoms = target.atoms;
    finding.interval = {interval.lowest, interval.highest};
    return finding;
  }
  [[nodiscard]] Finding contradiction() const {
    Finding finding = unnamed(FindingKind::contradiction, "the published figures together");
    finding.derivations.push_back(writer_.contradiction());
    return finding;
  }
  void add(Finding finding) { findings_.push_back(std::move(finding)); }

  const table::PublishedPopulation& published_;
  const std::vector<table::TableDesign>& asked_;
  const knowledge::Knowledge& knowledge_;
  const AttackLimits& limits_;
  System& system_;
  Search search_;
  DerivationWriter writer_;
  std::vector<Finding> findings_;
};

}  // namespace

std::vector<Finding> attack(const table::PublishedPopulation& published, const std::vector<table::TableDesign>& asked, const knowledge::Knowledge& knowledge,
                            const AttackLimits& limits) {
  const auto worlds = worlds_for(published, knowledge);
  if (!worlds) {
    Finding finding;
    finding.kind = FindingKind::undecided;
    finding.intruder = knowledge.intruder.name;
    finding.subject = worlds.error().sentence;
    return {finding};
  }
  System system = system_of(*worlds);
  return Attack(published, asked, knowledge, limits, system).run();
}

}  // namespace candour::attack
