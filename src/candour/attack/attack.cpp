#include <candour/attack/attack.hpp>

#include <candour/attack/derivation.hpp>
#include <candour/attack/insiders.hpp>
#include <candour/attack/search.hpp>
#include <candour/attack/targets.hpp>

#include <algorithm>
#include <iterator>

namespace candour::attack {
namespace {

using knowledge::Finding;
using knowledge::FindingKind;

constexpr Judgement nothing_known{Standing::proved, 0, table::no_upper_limit};

// What the reader concludes from the choice of hidden cells, as far as they know the policy and people cannot be another reason for hiding.
base::Result<table::Worlds> worlds_for(const table::PublishedPopulation& published, const knowledge::Knowledge& knowledge) {
  const bool knows_minimum = knowledge.method != knowledge::MethodKnowledge::figures && knowledge.hidden_for == knowledge::HiddenFor::few_records;
  return table::worlds_of(published, knows_minimum ? knowledge.minimum_frequency : 0);
}

// One system, attacked first as whoever reads the answer, then as each intruder who knows more.
class Attack {
 public:
  Attack(const table::PublishedPopulation& published, const std::vector<table::TableDesign>& asked, const AttackLimits& limits, System& system)
      : published_(published), asked_(asked), limits_(limits), system_(system), search_(system, {limits.most_nodes, limits.most_programs}),
        writer_(published, system) {}

  std::vector<Finding> run(std::span<const knowledge::Knowledge> intruders, KnownTables known) {
    knowledge_ = intruders.front();
    std::uint64_t unknowns = 0;
    for (const Component& component : search_.components()) unknowns += component.columns.size();
    if (unknowns > limits_.most_unknowns) return {unnamed(FindingKind::undecided, "more unknown counts than the limit of this attack")};
    // A world at a corner comes first: programs begin with it, and it leaves them the least to look at.
    const Standing first = search_.find_first_worlds();
    if (first == Standing::impossible) return {contradiction()};
    for (const std::vector<std::int64_t>& counts : known) search_.know(counts);
    if (first == Standing::undecided) add(unnamed(FindingKind::undecided, "no table that fits everything published was found within the limits"));
    std::vector<Target> open = targets_of(*published_.space, asked_);
    if (limits_.groups == GroupTargets::left_out) std::erase_if(open, [](const Target& target) { return target.kind == TargetKind::group; });
    std::erase_if(open, [&](const Target& target) { return is_done() || is_found(target); });
    for (const knowledge::Knowledge& intruder : intruders) {
      knowledge_ = intruder;
      search_.allow({limits_.most_nodes, limits_.most_insider_programs});
      std::erase_if(open, [&](const Target& target) { return is_done() || search_.is_spent() ? false : is_found_by_insight(target); });
    }
    return std::move(findings_);
  }

 private:
  [[nodiscard]] bool is_done() const { return limits_.thoroughness == Thoroughness::first_finding && !findings_.empty(); }

  // Whoever reads the answer. Says whether a finding was made.
  bool is_found(const Target& target) {
    const std::size_t before = findings_.size();
    const SplitSum sum = search_.split_sum(target.atoms);
    if (target.kind == TargetKind::count) attack_count(target, sum);
    else attack_group(target, sum);
    return findings_.size() > before;
  }

  // Who is known to be in the data, or is in it.
  bool is_found_by_insight(const Target& target) {
    const bool knows_presence = knowledge_.intruder.presence == knowledge::Presence::known, is_insider = knowledge_.intruder.coalition_size > 0;
    if (!knows_presence && !is_insider) return false;
    const std::size_t before = findings_.size();
    const SplitSum sum = search_.split_sum(target.atoms);
    const SplitSum group = target.kind == TargetKind::group ? search_.split_sum(target.group) : sum;
    if (knows_presence && target.kind == TargetKind::group) attack_group_of_the_present(target, group, sum);
    if (knows_presence && target.kind == TargetKind::count && target.holds_whole_people) attack_presence(target, sum);
    if (is_insider && findings_.size() == before) attack_as_insider(target, group, sum);
    return findings_.size() > before;
  }

  void attack_count(const Target& target, const SplitSum& sum) {
    const Judgement judgement = search_.judge(sum, 0, sum, knowledge_.minimum_frequency);
    if (judgement.standing == Standing::undecided) return add(named(FindingKind::undecided, target, judgement));
    if (judgement.standing == Standing::proved) return add(found_count(target, is_thorough() ? search_.interval(sum, judgement) : judgement, std::nullopt));
  }

  // Somebody known to be counted here: the count is at least 1. In a large component only what propagation shows is looked at: a program for each of thousands
  // of open cells would take minutes, and the certificate decides all the same.
  void attack_presence(const Target& target, const SplitSum& sum) {
    if (search_.is_wide(sum) && search_.propagated_highest(sum) >= knowledge_.minimum_frequency) return;
    const Judgement judgement = search_.judge(sum, -1, sum, knowledge_.minimum_frequency);
    if (judgement.standing != Standing::proved) return;
    const Judgement interval = search_.interval(sum, judgement);
    if (interval.highest == 0) return;  // nobody is there
    Finding finding = found_count(target, {Standing::proved, 1, interval.highest}, std::nullopt);
    finding.supposition = knowledge::Supposition{target.atoms, 1, knowledge::Supposition::Of::presence};
    add(std::move(finding));
  }

  void attack_group(const Target& target, const SplitSum& outside) {
    const SplitSum group = search_.split_sum(target.group);
    const Judgement judgement = search_.judge(group, 0, outside, 1);
    if (judgement.standing == Standing::undecided) return add(named(FindingKind::undecided, target, judgement));
    if (judgement.standing == Standing::proved) add(found_group(target, is_thorough() ? search_.interval(group, nothing_known) : judgement));
  }

  void attack_group_of_the_present(const Target& target, const SplitSum& group, const SplitSum& outside) {
    if (search_.is_wide(outside) && search_.propagated_highest(outside) >= 1) return;
    if (search_.judge(group, -1, outside, 1).standing != Standing::proved) return;
    const Judgement members = search_.interval(group, nothing_known);
    if (members.highest == 0) return;  // nobody is there
    Finding finding = found_group(target, members);
    finding.supposition = knowledge::Supposition{target.group, 1, knowledge::Supposition::Of::presence};
    add(std::move(finding));
  }

  void attack_as_insider(const Target& target, const SplitSum& low, const SplitSum& high) {
    const std::int64_t high_end = target.kind == TargetKind::count ? knowledge_.minimum_frequency : 1;
    const auto found = insider_who_proves(search_, target.kind, low, high, high_end, knowledge_.intruder.coalition_size);
    if (!found || (found->standing == Standing::undecided && search_.is_spent())) return;
    const bool is_settled = found->standing == Standing::proved && is_thorough();
    const Judgement interval =
        is_settled ? search_.interval(low, target.kind == TargetKind::count ? Judgement{Standing::proved, 1, high_end - 1} : nothing_known, found->insider)
                   : Judgement{found->standing, 0, table::no_upper_limit};
    Finding finding = found->standing == Standing::undecided ? named(FindingKind::undecided, target, interval)
                      : target.kind == TargetKind::count     ? found_count(target, interval, found->insider)
                                                             : named(FindingKind::shown_homogeneous, target, interval);
    finding.supposition = knowledge::Supposition{found->insider ? system_.atoms_of[column_of(*found->insider)] : target.atoms, found->own_records,
                                                 knowledge::Supposition::Of::own_records};
    add(std::move(finding));
  }

  Finding found_count(const Target& target, const Judgement& interval, const std::optional<Insider>& insider) {
    Finding finding = named(interval.lowest == interval.highest ? FindingKind::exactly_disclosed : FindingKind::shown_small, target, interval);
    if (is_thorough()) finding.derivations = writer_.derive(target.atoms, finding.interval, finding.subject, row_of(insider));
    return finding;
  }

  Finding found_group(const Target& target, const Judgement& members) {
    Finding finding = named(FindingKind::shown_homogeneous, target, members);
    if (is_thorough()) finding.derivations = writer_.derive(target.atoms, {0, 0}, words_of(target, *published_.space, asked_) + ", others", std::nullopt);
    return finding;
  }

  // Whether the finding at hand is to be explained.
  [[nodiscard]] bool is_thorough() const {
    return limits_.thoroughness == Thoroughness::everything || (limits_.thoroughness == Thoroughness::first_explained && findings_.empty());
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
    finding.group = target.group;
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
  const AttackLimits& limits_;
  System& system_;
  Search search_;
  DerivationWriter writer_;
  knowledge::Knowledge knowledge_;  ///< whose turn it is
  std::vector<Finding> findings_;
};

}  // namespace

std::vector<Finding> attack_as_each(const table::PublishedPopulation& published, const std::vector<table::TableDesign>& asked,
                                    std::span<const knowledge::Knowledge> intruders, const AttackLimits& limits, KnownTables known) {
  std::vector<Finding> findings;
  while (!intruders.empty()) {
    const auto differs = [&](const knowledge::Knowledge& other) {
      return other.method != intruders.front().method || other.minimum_frequency != intruders.front().minimum_frequency ||
             other.hidden_for != intruders.front().hidden_for;
    };
    const auto alike = static_cast<std::size_t>(std::find_if(intruders.begin(), intruders.end(), differs) - intruders.begin());
    if (const auto worlds = worlds_for(published, intruders.front())) {
      System system = system_of(*worlds);
      std::vector<Finding> found = Attack(published, asked, limits, system).run(intruders.first(alike), known);
      std::move(found.begin(), found.end(), std::back_inserter(findings));
    } else {
      Finding finding;
      finding.intruder = intruders.front().intruder.name;
      finding.subject = worlds.error().sentence;
      findings.push_back(std::move(finding));
    }
    intruders = intruders.subspan(alike);
  }
  return findings;
}

std::vector<Finding> attack(const table::PublishedPopulation& published, const std::vector<table::TableDesign>& asked, const knowledge::Knowledge& knowledge,
                            const AttackLimits& limits) {
  return attack_as_each(published, asked, {&knowledge, 1}, limits);
}

}  // namespace candour::attack
