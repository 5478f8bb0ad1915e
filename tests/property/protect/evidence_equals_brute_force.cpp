// On tiny problems the search for evidence must say exactly what brute force over all worlds says, for every intruder of the shipped policy.

#include <candour/assess/secrets.hpp>
#include <candour/protect/evidence.hpp>
#include <candour/truth/replay.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>

namespace {

using namespace candour;
using Counts = std::vector<std::int64_t>;
using Own = std::map<table::AtomIndex, std::int64_t>;

class Problem {
 public:
  explicit Problem(std::uint32_t seed) : dice_(seed) {
    minimum_ = 2 + pick(3) / 2;
    make_space();
    make_truth();
    make_published();
    policy_.minimum_frequency.minimum = minimum_;
    policy_.intruders = {{"the public", policy::IntruderKind::the_public, 0},
                         {"a partner", policy::IntruderKind::knows_presence, 0},
                         {"somebody in the data", policy::IntruderKind::person_in_the_data, 1}};
    if (pick(2) == 0) policy_.intruders.push_back({"two of them", policy::IntruderKind::people_in_the_data, 2});
    secrets_ = assess::secrets_of(truth_, asked_, policy_).value();
    worlds_ = table::worlds_of(published_, minimum_).value();
  }

  std::uint32_t pick(std::uint32_t below) { return static_cast<std::uint32_t>(dice_()) % below; }
  const truth::Population& truth() const { return truth_; }
  const policy::Policy& policy() const { return policy_; }
  const std::vector<truth::Secret>& secrets() const { return secrets_; }
  const table::Worlds& worlds() const { return worlds_; }

 private:
  static table::Hierarchy flat(const std::string& name, std::uint32_t leaves) {
    std::vector<table::CategoryRow> rows;
    for (std::uint32_t i = 0; i < leaves; ++i) rows.push_back({name + std::to_string(i), "", name + std::to_string(i)});
    return table::Hierarchy::flat(name, rows).value();
  }

  void make_space() {
    auto space = std::make_shared<table::AtomSpace>();
    space->id = space->label = "tiny";
    const bool nested = pick(2) == 0;
    const table::Role roles[] = {table::Role::identifying, table::Role::sensitive, table::Role::both};
    space->variables.push_back({"a", "A", table::Role::identifying, flat("a", 2 + pick(nested ? 1 : 2))});
    space->variables.push_back({"b", "B", roles[pick(3)], flat("b", 2)});
    space->questions.push_back({"1", "counted", {}});
    space->memberships = {1};
    if (nested) {
      space->questions.push_back({"2", "arrested", {}});
      space->memberships = {1, 3};
    }
    truth_.space = space;
    for (table::QuestionIndex q = 0; q < space->questions.size(); ++q)
      asked_.push_back({"asked" + std::to_string(q), q, {{0, {0, 1}}, {1, {0, 1}}}, table::Unit::records});
  }

  void make_truth() {
    truth_.counts.assign(truth_.space->count(), 0);
    truth_.people = pick(4) == 0 ? truth::PeopleKnown::unknown : truth::PeopleKnown::known;
    truth_.person_count = 2 + pick(4);
    std::map<std::pair<table::AtomIndex, truth::PersonIndex>, std::int64_t> records;
    for (std::uint32_t i = 4 + pick(6); i > 0; --i) {
      const table::AtomIndex atom = pick(static_cast<std::uint32_t>(truth_.counts.size()));
      ++truth_.counts[atom];
      if (truth_.people == truth::PeopleKnown::known) ++records[{atom, pick(truth_.person_count)}];
    }
    for (const auto& [key, count] : records) truth_.contributions.push_back({key.first, key.second, count});
  }

  table::PublishedTable publish(const table::TableDesign& design, bool hide) {
    const table::TableLayout layout(*truth_.space, design);
    table::PublishedTable table{design.id, design, table::ZeroConvention::hidden_at_least_one, 0, {}};
    for (table::CellIndex cell = 0; cell < layout.cell_count(); ++cell) {
      const std::int64_t value = truth::records_in(truth_, layout.atoms(cell));
      const bool hidden = hide && value > 0 && cell > 0 && (value < minimum_ || pick(3) == 0);
      table.cells.push_back(hidden ? table::PublishedCell(table::Suppressed{}) : table::PublishedCell(table::Value{value}));
    }
    return table;
  }

  // An honest draft: where the hidden cells would not all have needed hiding, it hides nothing.
  void make_published() {
    make_published(true);
    if (!truth::fits_with_people(truth_, table::worlds_of(published_, minimum_).value(), truth_.counts)) make_published(false);
  }

  void make_published(bool may_hide) {
    published_ = {truth_.space, {}, {}, {}};
    for (table::QuestionIndex q = 0; q < truth_.space->questions.size(); ++q) {
      const std::string id = std::to_string(q);
      const bool hide = may_hide && pick(2) == 0;
      switch (pick(6)) {
        case 0: published_.tables.push_back(publish({"total" + id, q, {}, table::Unit::records}, false)); break;
        case 1:
          published_.tables.push_back(publish({"a" + id, q, {{0, {0, 1}}}, table::Unit::records}, hide));
          published_.tables.push_back(publish({"b" + id, q, {{1, {0, 1}}}, table::Unit::records}, false));
          break;
        case 2: published_.tables.push_back(publish({"b" + id, q, {{1, {0, 1}}}, table::Unit::records}, hide)); break;
        case 3: break;
        default: published_.tables.push_back(publish({"cross" + id, q, {{0, {0, 1}}, {1, {0, 1}}}, table::Unit::records}, hide)); break;
      }
    }
    // The brute force needs worlds of bounded size.
    const std::vector<table::LeafRange> everything{{0, truth_.space->variables[0].hierarchy.leaf_count()}, {0, 2}};
    const std::int64_t records = truth::records_in(truth_, table::atoms_in_box(*truth_.space, 0, everything));
    published_.statements.push_back({"size", "", table::StatementPlace::note, "", table::CountBetween{0, everything, 0, records + 3}});
    if (pick(3) != 0) return;
    published_.statements.push_back({"why", "", table::StatementPlace::reason, "", table::SmallCountsIn{asked_[0], minimum_}});
    if (!truth::fits_with_people(truth_, table::worlds_of(published_, minimum_).value(), truth_.counts)) published_.statements.pop_back();
  }

  std::mt19937 dice_;
  std::int64_t minimum_ = 0;
  truth::Population truth_;
  std::vector<table::TableDesign> asked_;
  table::PublishedPopulation published_;
  policy::Policy policy_ = {};
  std::vector<truth::Secret> secrets_;
  table::Worlds worlds_;
};

// docs/decisions/0001-what-an-intruder-knows.md, word for word.
class BruteForce {
 public:
  explicit BruteForce(const Problem& problem) : problem_(problem) {
    std::int64_t largest = 0;
    for (const table::SumConstraint& sum : problem.worlds().sums)
      if (sum.atoms.size() == problem.worlds().atom_count) largest = std::max(largest, sum.highest == table::no_upper_limit ? 0 : sum.highest);
    Counts counts(problem.worlds().atom_count, 0);
    fill(counts, 0, largest);
    list_people();
  }

  std::set<std::string> leaking() const {
    std::set<std::string> leaking;
    for (const truth::Secret& secret : problem_.secrets())
      if (!holds(secret)) leaking.insert(secret.id);
    return leaking;
  }

 private:
  void fill(Counts& counts, std::size_t atom, std::int64_t left) {
    if (atom == counts.size()) {
      if (truth::fits_with_people(problem_.truth(), problem_.worlds(), counts)) worlds_.push_back(counts);
      return;
    }
    for (std::int64_t c = 0; c <= left; ++c) {
      counts[atom] = c;
      fill(counts, atom + 1, left - c);
    }
    counts[atom] = 0;
  }

  void list_people() {
    const truth::Population& truth = problem_.truth();
    std::map<truth::PersonIndex, Own> known;
    Counts unknown = truth.counts;
    for (const truth::Contribution& c : truth.contributions) {
      known[c.person][c.atom] += c.records;
      unknown[c.atom] -= c.records;
    }
    for (const auto& [person, own] : known) people_.push_back(own);
    for (table::AtomIndex atom = 0; atom < unknown.size(); ++atom)
      for (std::int64_t i = 0; i < unknown[atom]; ++i) people_.push_back({{atom, 1}});
  }

  template <class Allows>
  bool reaches(const truth::Secret& secret, std::int64_t own, Allows allows) const {
    bool down = !secret.reach_down;
    bool up = !secret.reach_up;
    for (const Counts& world : worlds_) {
      if (!allows(world)) continue;
      const std::int64_t sum = table::sum_over(secret.atoms, world) - (secret.reach_of == truth::ReachOf::the_rest ? own : 0);
      down = down || sum <= *secret.reach_down;
      up = up || sum >= *secret.reach_up;
    }
    return down && up;
  }

  static std::int64_t own_in(const Own& own, const std::vector<table::AtomIndex>& atoms) {
    std::int64_t sum = 0;
    for (const auto& [atom, records] : own)
      if (std::binary_search(atoms.begin(), atoms.end(), atom)) sum += records;
    return sum;
  }

  bool holds_against(const truth::Secret& secret, const Own& own) const {
    const auto& whole = secret.rule == truth::SecretRule::group_disclosure ? secret.group : secret.atoms;
    if (own_in(own, whole) >= truth::records_in(problem_.truth(), whole)) return true;
    return reaches(secret, own_in(own, secret.atoms), [&](const Counts& world) {
      return std::all_of(own.begin(), own.end(), [&](const auto& part) { return world[part.first] >= part.second; });
    });
  }

  bool holds_against_presence(const truth::Secret& secret) const {
    const table::AtomSpace& space = *problem_.truth().space;
    std::map<std::vector<table::LeafIndex>, std::vector<table::AtomIndex>> groups;
    for (table::AtomIndex atom = 0; atom < space.count(); ++atom) {
      std::vector<table::LeafIndex> leaves(space.variables.size());
      table::MembershipIndex membership = 0;
      space.split(atom, leaves, membership);
      for (std::size_t v = 0; v < leaves.size(); ++v)
        if (space.variables[v].role == table::Role::sensitive) leaves[v] = 0;
      groups[leaves].push_back(atom);
    }
    return std::all_of(groups.begin(), groups.end(), [&](const auto& entry) {
      const auto& group = entry.second;
      if (truth::records_in(problem_.truth(), group) == 0) return true;
      return reaches(secret, 0, [&](const Counts& world) { return table::sum_over(group, world) >= 1; });
    });
  }

  bool holds(const truth::Secret& secret) const {
    if (!reaches(secret, 0, [](const Counts&) { return true; }) || !holds_against_presence(secret)) return false;
    for (std::size_t i = 0; i < people_.size(); ++i) {
      if (!holds_against(secret, people_[i])) return false;
      for (std::size_t j = i + 1; problem_.policy().largest_coalition() == 2 && j < people_.size(); ++j) {
        Own both = people_[i];
        for (const auto& [atom, records] : people_[j]) both[atom] += records;
        if (!holds_against(secret, both)) return false;
      }
    }
    return true;
  }

  const Problem& problem_;
  std::vector<Counts> worlds_;
  std::vector<Own> people_;
};

TEST(Evidence, says_of_each_secret_of_two_thousand_tiny_problems_what_brute_force_says) {
  int safe = 0;
  int leaking = 0;
  for (std::uint32_t seed = 1; seed <= 2000; ++seed) {
    const Problem problem(seed);
    const protect::EvidenceSearch found =
        protect::find_evidence(problem.truth(), problem.worlds(), problem.secrets(), problem.policy(), protect::StopAt::every_secret);
    const std::set<std::string> expected = BruteForce(problem).leaking();
    std::set<std::string> said;
    for (const protect::Unprotected& secret : found.unprotected) {
      said.insert(secret.secret);
      EXPECT_EQ(secret.why, protect::Unprotected::Why::proved_to_leak) << "seed " << seed;
    }
    EXPECT_EQ(said, expected) << "seed " << seed;
    ++(expected.empty() ? safe : leaking);
  }
  std::cout << safe << " safe, " << leaking << " leak\n";
  EXPECT_GE(safe, 300);
  EXPECT_GE(leaking, 300);
}

}  // namespace
