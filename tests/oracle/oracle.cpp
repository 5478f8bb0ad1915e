// What must not be learnt, and who could learn it: the definitions, read literally.

#include "oracle.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <map>

namespace candour::oracle {
namespace {

using table::AtomIndex;
using table::LeafIndex;
using table::NodeIndex;
using table::QuestionIndex;

struct Secret {
  std::string name;
  std::vector<AtomIndex> atoms, group;
  bool is_group = false, is_of_the_whole = false;
  std::optional<std::int64_t> down, up;
};

std::int64_t sum_of(const std::vector<AtomIndex>& atoms, const Counts& counts) {
  std::int64_t sum = 0;
  for (const AtomIndex atom : atoms) sum += counts[atom];
  return sum;
}

// A person's records, by atom.
using Own = std::map<AtomIndex, std::int64_t>;
std::int64_t own_in(const Own& own, const std::vector<AtomIndex>& atoms) {
  std::int64_t sum = 0;
  for (const AtomIndex atom : atoms)
    if (const auto at = own.find(atom); at != own.end()) sum += at->second;
  return sum;
}

// Everybody: known people, and one for each record of an unknown person.
std::vector<Own> everybody(const Truth& truth) {
  std::map<std::size_t, Own> known;
  Counts unknown = truth.counts;
  for (const OwnedRecords& owned : truth.owned) {
    known[owned.person][owned.atom] += owned.records;
    unknown[owned.atom] -= owned.records;
  }
  std::vector<Own> people;
  for (auto& [unused, own] : known) people.push_back(std::move(own));
  for (AtomIndex atom = 0; atom < unknown.size(); ++atom)
    for (std::int64_t i = 0; i < unknown[atom]; ++i) people.push_back({{atom, 1}});
  return people;
}

struct AtomView {
  std::vector<LeafIndex> leaves;
  table::MembershipIndex membership = 0;
};
AtomView view(const table::AtomSpace& space, AtomIndex atom) {
  AtomView v{std::vector<LeafIndex>(space.variables.size()), 0};
  space.split(atom, v.leaves, v.membership);
  return v;
}
bool belongs(const table::AtomSpace& space, QuestionIndex q, const AtomView& v) { return (space.memberships[v.membership] >> q & 1U) != 0; }
bool is_covered(const table::AtomSpace& space, QuestionIndex q, const AtomView& v) {
  return !space.period || space.questions[q].covered_periods.empty() || space.questions[q].covered_periods[v.leaves[*space.period]];
}

class Secrets {
 public:
  Secrets(const Truth& truth, const Rules& rules) : truth_(truth), rules_(rules), space_(*truth.space), people_(everybody(truth)) {}

  std::vector<Secret> all() {
    for (const table::TableDesign& design : truth_.asked) {
      const table::TableLayout layout(space_, design);
      for (table::CellIndex cell = 0; cell < layout.cell_count(); ++cell) {
        const std::vector<AtomIndex> atoms = layout.atoms(cell);
        add_count("cell", atoms);
        for (const QuestionIndex inner : inside(design.question))
          add_count("difference", only(atoms, [&](const AtomView& v) { return !belongs(space_, inner, v) && is_covered(space_, inner, v); }));
        if (rules_.protects_groups) add_groups(layout, cell, atoms);
      }
    }
    return std::move(secrets_);
  }

 private:
  [[nodiscard]] std::vector<QuestionIndex> inside(QuestionIndex outer) const {
    std::vector<QuestionIndex> inner;
    for (QuestionIndex q = 0; q < space_.questions.size(); ++q)
      if (q != outer && std::any_of(space_.memberships.begin(), space_.memberships.end(), [&](std::uint32_t m) { return (m >> q & m >> outer & 1U) != 0; }))
        inner.push_back(q);
    return inner;
  }

  [[nodiscard]] std::vector<AtomIndex> only(const std::vector<AtomIndex>& atoms, const std::function<bool(const AtomView&)>& test) const {
    std::vector<AtomIndex> kept;
    std::copy_if(atoms.begin(), atoms.end(), std::back_inserter(kept), [&](AtomIndex atom) { return test(view(space_, atom)); });
    return kept;
  }

  [[nodiscard]] std::vector<std::int64_t> stakes(const std::vector<AtomIndex>& atoms) const {
    std::vector<std::int64_t> stakes;
    for (const Own& own : people_)
      if (const std::int64_t records = own_in(own, atoms); records > 0) stakes.push_back(records);
    return stakes;
  }

  void add_count(const char* name, const std::vector<AtomIndex>& atoms) {
    const std::int64_t records = sum_of(atoms, truth_.counts);
    const std::vector<std::int64_t> by_person = stakes(atoms);
    if (records == 0) return;
    if (records < rules_.minimum) secrets_.push_back({name, atoms, {}, false, false, 1, rules_.minimum});
    else if (static_cast<std::int64_t>(by_person.size()) < rules_.minimum) {
      const std::int64_t part = rules_.p_percent * *std::max_element(by_person.begin(), by_person.end());
      const std::int64_t reach = std::max<std::int64_t>(1, part / 100 + (part % 100 != 0 ? 1 : 0));
      secrets_.push_back({name, atoms, {}, false, true, records - reach, records + reach});
    }
  }

  void add_groups(const table::TableLayout& layout, table::CellIndex cell, const std::vector<AtomIndex>& atoms) {
    const std::vector<NodeIndex> nodes = layout.nodes(cell);
    bool narrowed = false;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      if (nodes[i] == 0) continue;
      if (space_.variables[layout.design().by[i].variable].role == table::Role::sensitive) return;
      narrowed = true;
    }
    if (!narrowed) return;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      const table::VariableIndex variable = layout.design().by[i].variable;
      if (nodes[i] != 0 || space_.variables[variable].role == table::Role::identifying) continue;
      const table::Hierarchy& hierarchy = space_.variables[variable].hierarchy;
      for (const NodeIndex category : layout.categories(i)) {
        const table::LeafRange range = hierarchy.leaves(category);
        if (range == hierarchy.leaves(0)) continue;
        // Coarser categories that are shown and do not hold everything cover this one.
        const bool is_coarsest = std::none_of(layout.categories(i).begin(), layout.categories(i).end(), [&](NodeIndex other) {
          const table::LeafRange outer = hierarchy.leaves(other);
          return other < category && outer.contains(range) && outer != hierarchy.leaves(0) && other != category;
        });
        if (is_coarsest) add_group(atoms, only(atoms, [&](const AtomView& v) { return v.leaves[variable] < range.first || v.leaves[variable] >= range.end; }));
      }
    }
    for (const QuestionIndex inner : inside(layout.design().question)) {
      const std::vector<AtomIndex> group = only(atoms, [&](const AtomView& v) { return is_covered(space_, inner, v); });
      add_group(group, only(group, [&](const AtomView& v) { return !belongs(space_, inner, v); }));
    }
  }

  void add_group(const std::vector<AtomIndex>& group, std::vector<AtomIndex> outside) {
    if (outside.empty() || sum_of(group, truth_.counts) == sum_of(outside, truth_.counts)) return;
    if (static_cast<std::int64_t>(stakes(outside).size()) > rules_.coalition_size) return;
    secrets_.push_back({"group", std::move(outside), group, true, false, std::nullopt, 1});
  }

  const Truth& truth_;
  const Rules& rules_;
  const table::AtomSpace& space_;
  std::vector<Own> people_;
  std::vector<Secret> secrets_;
};

// Whether the worlds that an intruder has left reach both ends of a secret.
bool is_kept(const Secret& secret, std::int64_t own, const std::vector<const Counts*>& worlds) {
  bool down = !secret.down, up = !secret.up;
  for (const Counts* world : worlds) {
    if (down && up) return true;
    const std::int64_t rest = sum_of(secret.atoms, *world) - own;
    down = down || rest <= *secret.down;
    up = up || rest >= *secret.up;
  }
  return down && up;
}

class Judge {
 public:
  Judge(const std::vector<Counts>& worlds, const Truth& truth, const Rules& rules)
      : worlds_(worlds), truth_(truth), rules_(rules), secrets_(Secrets(truth, rules).all()), people_(everybody(truth)) {}

  std::optional<std::string> leak() const {
    if (const auto name = first_leak({})) return *name + " to the public";
    if (rules_.presence_is_known)
      if (const auto name = leak_to_presence()) return *name + " to who knows of a person";
    for (std::size_t i = 0; i < people_.size() && rules_.coalition_size >= 1; ++i) {
      if (const auto name = first_leak(people_[i])) return *name + " to a person";
      for (std::size_t j = i + 1; j < people_.size() && rules_.coalition_size >= 2; ++j) {
        Own both = people_[i];
        for (const auto& [atom, records] : people_[j]) both[atom] += records;
        if (const auto name = first_leak(both)) return *name + " to two people";
      }
    }
    return std::nullopt;
  }

 private:
  std::optional<std::string> first_leak(const Own& own) const {
    std::vector<const Counts*> left;
    for (const Counts& world : worlds_)
      if (std::all_of(own.begin(), own.end(), [&](const auto& part) { return world[part.first] >= part.second; })) left.push_back(&world);
    for (const Secret& secret : secrets_) {
      const std::int64_t own_part = own_in(own, secret.atoms);
      if (secret.is_group ? own_in(own, secret.group) == sum_of(secret.group, truth_.counts) : own_part == sum_of(secret.atoms, truth_.counts)) continue;
      if (!is_kept(secret, secret.is_of_the_whole ? 0 : own_part, left)) return secret.name;
    }
    return std::nullopt;
  }

  std::optional<std::string> leak_to_presence() const {
    std::map<std::vector<LeafIndex>, std::vector<AtomIndex>> groups;
    for (AtomIndex atom = 0; atom < truth_.counts.size(); ++atom) {
      std::vector<LeafIndex> identity;
      const AtomView v = view(*truth_.space, atom);
      for (std::size_t i = 0; i < v.leaves.size(); ++i)
        if (truth_.space->variables[i].role != table::Role::sensitive) identity.push_back(v.leaves[i]);
      groups[identity].push_back(atom);
    }
    for (const auto& [identity, atoms] : groups) {
      if (sum_of(atoms, truth_.counts) == 0) continue;
      std::vector<const Counts*> left;
      for (const Counts& world : worlds_)
        if (sum_of(atoms, world) >= 1) left.push_back(&world);
      for (const Secret& secret : secrets_)
        if (!is_kept(secret, 0, left)) return secret.name;
    }
    return std::nullopt;
  }

  const std::vector<Counts>& worlds_;
  const Truth& truth_;
  const Rules& rules_;
  std::vector<Secret> secrets_;
  std::vector<Own> people_;
};

// Sums that one subtraction gives: a residual of a sum, or one shown cell less another inside it.
class Subtractions {
 public:
  Subtractions(const table::PublishedPopulation& published, const Truth& truth, const Rules& rules)
      : published_(published), truth_(truth), rules_(rules), people_(everybody(truth)) {}

  bool any_fails() const {
    std::vector<std::pair<std::vector<AtomIndex>, std::int64_t>> shown;
    for (const auto* tables : {&published_.tables, &published_.earlier_tables})
      for (const table::PublishedTable& shown_table : *tables) {
        const table::TableLayout layout(*published_.space, shown_table.design);
        for (table::CellIndex cell = 0; cell < layout.cell_count(); ++cell)
          if (const auto* value = std::get_if<table::Value>(&shown_table.cells[cell])) shown.emplace_back(layout.atoms(cell), value->units);
        for (const table::Equation& equation : table::equations_of(layout))
          if (residual_fails(layout, shown_table, equation)) return true;
      }
    for (const auto& [outer, outer_value] : shown)
      for (const auto& [inner, inner_value] : shown) {
        if (outer.size() <= inner.size() || !std::includes(outer.begin(), outer.end(), inner.begin(), inner.end())) continue;
        std::vector<AtomIndex> rest;
        std::set_difference(outer.begin(), outer.end(), inner.begin(), inner.end(), std::back_inserter(rest));
        if (fails(rest, outer_value - inner_value)) return true;
      }
    return false;
  }

 private:
  bool residual_fails(const table::TableLayout& layout, const table::PublishedTable& shown, const table::Equation& equation) const {
    const auto* total = std::get_if<table::Value>(&shown.cells[equation.total]);
    if (total == nullptr) return false;
    std::int64_t rest = total->units;
    std::vector<AtomIndex> atoms;
    for (const table::CellIndex part : equation.parts) {
      if (const auto* value = std::get_if<table::Value>(&shown.cells[part])) rest -= value->units;
      else
        for (const AtomIndex atom : layout.atoms(part)) atoms.push_back(atom);
    }
    std::sort(atoms.begin(), atoms.end());
    return !atoms.empty() && fails(atoms, rest);
  }
  bool fails(const std::vector<AtomIndex>& atoms, std::int64_t value) const {
    if (value == 0) return false;
    if (value < rules_.minimum) return true;
    const auto people = std::count_if(people_.begin(), people_.end(), [&](const Own& own) { return own_in(own, atoms) > 0; });
    return truth_.people_are_told_apart && people < rules_.minimum;
  }

  const table::PublishedPopulation& published_;
  const Truth& truth_;
  const Rules& rules_;
  std::vector<Own> people_;
};

}  // namespace

Verdict judge(const std::vector<Counts>& worlds, const table::PublishedPopulation& published, const Truth& truth, const Rules& rules) {
  if (std::find(worlds.begin(), worlds.end(), truth.counts) == worlds.end()) return {false, "the truth is no world"};
  if (Subtractions(published, truth, rules).any_fails()) return {false, "a subtraction"};
  if (const auto leak = Judge(worlds, truth, rules).leak()) return {false, *leak};
  return {};
}

Determined determined_secrets(const std::vector<Counts>& tables, const Truth& truth, const Rules& rules) {
  Determined determined;
  for (const Secret& secret : Secrets(truth, rules).all()) {
    ++determined.secrets;
    const Range range = range_over(tables, secret.atoms);
    if (range.lowest == range.highest) ++determined.determined;
  }
  return determined;
}

}  // namespace candour::oracle
