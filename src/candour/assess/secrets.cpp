#include <candour/assess/secrets.hpp>

#include <candour/assess/group_disclosure.hpp>
#include <candour/assess/naming.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace candour::assess {
namespace {

using table::AtomIndex;
using table::CellIndex;
using truth::Secret;
using truth::SecretRule;

std::int64_t percent_of_rounded_up(std::int64_t percent, std::int64_t amount) { return (percent * amount + 99) / 100; }

// A count from 1 to T-1 is a secret; so is an amount of records by fewer than T people.
std::optional<Secret> secret_of_cell(const truth::Population& population, std::vector<AtomIndex> atoms, const policy::Policy& policy) {
  const std::int64_t minimum = policy.minimum_frequency.minimum;
  const std::int64_t records = truth::records_in(population, atoms);
  if (records == 0) return std::nullopt;
  Secret secret;
  if (records < minimum) {
    secret.reach_down = 1;
    secret.reach_up = minimum;
  } else if (truth::people_in(population, atoms) < minimum) {
    const std::int64_t largest = truth::largest_contributions(population, atoms, 1).front();
    const std::int64_t reach = std::max<std::int64_t>(1, percent_of_rounded_up(policy.p_percent, largest));
    secret.reach_of = truth::ReachOf::the_whole;
    secret.reach_down = records - reach;
    secret.reach_up = records + reach;
  } else {
    return std::nullopt;
  }
  secret.atoms = std::move(atoms);
  return secret;
}

void add_minimum_frequency(const truth::Population& population, const table::TableLayout& layout, const policy::Policy& policy, std::vector<Secret>& secrets) {
  for (CellIndex cell = 0; cell < layout.cell_count(); ++cell) {
    auto secret = secret_of_cell(population, layout.atoms(cell), policy);
    if (!secret) continue;
    secret->id = fmt::format("{}/minimum", name_of_cell(layout, cell));
    secrets.push_back(std::move(*secret));
  }
}

// Atoms counted by the outer question and not by the inner one, where the inner one has figures.
std::vector<AtomIndex> outside(const table::AtomSpace& space, std::vector<AtomIndex> outer_atoms, table::QuestionIndex inner) {
  std::vector<table::LeafIndex> leaves(space.variables.size());
  const std::vector<bool>& covered = space.questions[inner].covered_periods;
  std::erase_if(outer_atoms, [&](AtomIndex atom) {
    table::MembershipIndex membership = 0;
    space.split(atom, leaves, membership);
    const bool inner_counts = (space.memberships[membership] >> inner & 1U) != 0;
    const bool inner_covers = !space.period || covered.empty() || covered[leaves[*space.period]];
    return inner_counts || !inner_covers;
  });
  return outer_atoms;
}

void add_nested_differences(const truth::Population& population, const table::TableLayout& layout, const policy::Policy& policy, std::vector<Secret>& secrets) {
  const table::AtomSpace& space = *population.space;
  for (table::QuestionIndex inner = 0; inner < space.questions.size(); ++inner) {
    if (!is_nested(space, layout.design().question, inner)) continue;
    for (CellIndex cell = 0; cell < layout.cell_count(); ++cell) {
      auto secret = secret_of_cell(population, outside(space, layout.atoms(cell), inner), policy);
      if (!secret) continue;
      secret->rule = SecretRule::nested_difference;
      secret->id = fmt::format("{}/not-{}", name_of_cell(layout, cell), space.questions[inner].id);
      secrets.push_back(std::move(*secret));
    }
  }
}

// Cells of different tables may be the same sum: one secret is enough. Ordered by id.
std::vector<Secret> without_repeats(std::vector<Secret> secrets) {
  std::sort(secrets.begin(), secrets.end(), [](const Secret& a, const Secret& b) { return a.id < b.id; });
  std::set<std::tuple<std::vector<AtomIndex>, std::vector<AtomIndex>, int, std::optional<std::int64_t>, std::optional<std::int64_t>>> seen;
  std::vector<Secret> once;
  for (Secret& secret : secrets)
    if (seen.emplace(secret.atoms, secret.group, static_cast<int>(secret.reach_of), secret.reach_down, secret.reach_up).second)
      once.push_back(std::move(secret));
  return once;
}

}  // namespace

bool is_nested(const table::AtomSpace& space, table::QuestionIndex outer, table::QuestionIndex inner) {
  if (outer == inner) return false;
  bool both = false;
  for (const std::uint32_t membership : space.memberships) {
    const bool in_inner = (membership >> inner & 1U) != 0;
    const bool in_outer = (membership >> outer & 1U) != 0;
    both = both || (in_inner && in_outer);
  }
  return both;
}

std::string name_of_cell(const table::TableLayout& layout, CellIndex cell) {
  const table::AtomSpace& space = layout.space();
  std::string name = "q" + space.questions[layout.design().question].id + "/";
  const std::vector<table::NodeIndex> nodes = layout.nodes(cell);
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const table::Hierarchy& hierarchy = space.variables[layout.design().by[i].variable].hierarchy;
    if (i != 0) name += '|';
    name += nodes[i] == 0 ? "*" : hierarchy.code(nodes[i]);
  }
  return name;
}

base::Result<std::vector<Secret>> secrets_of(const truth::Population& population, const std::vector<table::TableDesign>& asked, const policy::Policy& policy) {
  if (population.people != truth::PeopleKnown::known && policy.people_unknown == policy::PeopleUnknown::forbidden)
    return base::fail({base::Cause::wrong_input,
                       "assess.people_unknown",
                       {},
                       "the holdings do not tell people apart, and the policy forbids an answer from them",
                       "name a person column, or a policy that accepts unknown people with a mark"});
  std::vector<Secret> secrets;
  for (const table::TableDesign& design : asked) {
    const table::TableLayout layout(*population.space, design);
    add_minimum_frequency(population, layout, policy, secrets);
    add_nested_differences(population, layout, policy, secrets);
    if (policy.group_disclosure) add_group_disclosure(population, layout, policy, secrets);
  }
  return without_repeats(std::move(secrets));
}

}  // namespace candour::assess
