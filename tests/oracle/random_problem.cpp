#include "random_problem.hpp"

#include <candour/assess/secrets.hpp>
#include <candour/table/worlds.hpp>
#include <candour/truth/replay.hpp>

#include "tiny_population.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace candour::oracle {
namespace {

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : generator_(seed) {}
  // 0 to below - 1.
  std::size_t below(std::size_t bound) { return static_cast<std::size_t>(generator_() % bound); }
  bool one_in(std::size_t chance) { return below(chance) == 0; }
  std::int64_t between(std::int64_t low, std::int64_t high) { return low + static_cast<std::int64_t>(below(static_cast<std::size_t>(high - low + 1))); }

 private:
  std::mt19937_64 generator_;
};

class ProblemMaker {
 public:
  explicit ProblemMaker(std::uint64_t seed) : dice_(seed) {}

  Problem make() {
    make_policy();
    make_space();
    make_people();
    for (table::QuestionIndex q = 0; q < space_->questions.size(); ++q) problem_.asked.push_back(test_support::full_design(*space_, q));
    // Most drafts that come off the dice give something away by one subtraction; four fifths of the problems get more throws.
    const int throws = dice_.one_in(5) ? 1 : 30;
    for (int made = 0; made < throws; ++made) {
      draw_draft();
      const auto worlds = table::worlds_of(problem_.published, problem_.policy.minimum_frequency.minimum);
      if (worlds && truth::fits_with_people(problem_.truth, *worlds, problem_.truth.counts) &&
          assess::failing_derived_sums(problem_.truth, problem_.published, problem_.policy).empty())
        break;
    }
    return std::move(problem_);
  }

 private:
  void draw_draft() {
    problem_.published = {space_, {}, {}, {}};
    for (table::QuestionIndex q = 0; q < space_->questions.size(); ++q) publish(q);
    if (dice_.one_in(6)) publish_earlier();
    if (dice_.one_in(4)) add_statement();
  }

  void make_policy() {
    policy::Policy& policy = problem_.policy;
    policy.name = "random";
    policy.minimum_frequency.minimum = dice_.one_in(5) ? 4 : dice_.between(2, 3);
    policy.p_percent = dice_.between(1, 5) * 10;
    policy.group_disclosure = dice_.one_in(2);
    policy.convention = dice_.one_in(3) ? table::ZeroConvention::hidden_may_be_zero : table::ZeroConvention::hidden_at_least_one;
    policy.intruders = {{"the public", policy::IntruderKind::the_public, 0}};
    const std::size_t more = dice_.below(4);
    if (more != 0) policy.intruders.push_back({"a partner", policy::IntruderKind::knows_presence, 0});
    if (more != 1) policy.intruders.push_back({"a person in the data", policy::IntruderKind::person_in_the_data, 1});
    if (more >= 2) policy.intruders.push_back({"two people in the data", policy::IntruderKind::people_in_the_data, 2});
  }

  void make_space() {
    const std::size_t variable_count = dice_.one_in(3) ? 3 : 2;
    std::vector<std::pair<table::Hierarchy, table::Role>> variables;
    constexpr table::Role roles[] = {table::Role::identifying, table::Role::identifying, table::Role::sensitive, table::Role::both};
    for (std::size_t v = 0; v < variable_count; ++v) {
      const std::string name(1, static_cast<char>('x' + v));
      const bool has_levels = variable_count == 2 && dice_.one_in(3);
      table::Hierarchy hierarchy = has_levels
                                       ? test_support::grouped_hierarchy(name, dice_.one_in(2) ? std::vector<unsigned>{2, 1} : std::vector<unsigned>{2, 2})
                                       : test_support::flat_hierarchy(name, static_cast<unsigned>(dice_.between(2, variable_count == 2 ? 3 : 2)));
      variables.emplace_back(std::move(hierarchy), roles[dice_.below(4)]);
    }
    space_ = test_support::nested_space_over(std::move(variables), dice_.one_in(3) ? (dice_.one_in(5) ? 3U : 2U) : 1U);
    if (dice_.one_in(5)) {
      space_->period = 0;
      std::vector<bool> covered(space_->variables[0].hierarchy.leaf_count(), true);
      covered[dice_.below(covered.size())] = false;
      space_->questions.back().covered_periods = covered;
    }
  }

  void make_people() {
    truth::Population& truth = problem_.truth;
    truth.space = space_;
    truth.counts.assign(space_->count(), 0);
    truth.people = static_cast<truth::PeopleKnown>(dice_.below(3));
    std::map<std::pair<table::AtomIndex, truth::PersonIndex>, std::int64_t> owned;
    const std::int64_t records = dice_.between(4, 20);
    // A few atoms hold most records, as they do.
    const std::size_t busy = 1 + dice_.below(space_->count());
    for (std::int64_t made = 0; made < records; ++truth.person_count) {
      for (std::int64_t own = dice_.one_in(2) ? 1 : dice_.between(1, 3); own > 0 && made < records; --own, ++made) {
        const table::AtomIndex atom = dice_.one_in(4) ? dice_.below(space_->count()) : dice_.below(busy);
        ++truth.counts[atom];
        ++owned[{atom, truth.person_count}];
      }
    }
    for (const auto& [place, count] : owned) {
      const bool is_told = truth.people == truth::PeopleKnown::known || (truth.people == truth::PeopleKnown::partly && !dice_.one_in(3));
      if (is_told) truth.contributions.push_back({place.first, place.second, count});
    }
    if (truth.people == truth::PeopleKnown::unknown) truth.person_count = 0;
  }

  std::vector<int> levels_of(table::VariableIndex v) {
    const int deepest = space_->variables[v].hierarchy.depth();
    std::vector<int> levels{0};
    const int finest = deepest == 1 || !dice_.one_in(3) ? deepest : 1;
    for (int level = 1; level <= finest; ++level) levels.push_back(level);
    return levels;
  }

  void publish(table::QuestionIndex q) {
    std::vector<table::ShownVariable> shown;
    for (table::VariableIndex v = 0; v < space_->variables.size(); ++v) shown.push_back({v, levels_of(v)});
    switch (dice_.below(6)) {
      case 0:
        for (const auto& variable : shown) publish_table(q, {variable});
        break;
      case 1:
        for (std::size_t a = 0; a < shown.size(); ++a)
          for (std::size_t b = a + 1; b < shown.size(); ++b) publish_table(q, {shown[a], shown[b]});
        break;
      case 2:
        publish_table(q, dice_.one_in(2) ? std::vector<table::ShownVariable>{} : std::vector<table::ShownVariable>{shown[dice_.below(shown.size())]});
        break;
      default: publish_table(q, shown);
    }
  }

  void publish_table(table::QuestionIndex q, std::vector<table::ShownVariable> by) {
    const table::TableDesign design{"t" + std::to_string(problem_.published.tables.size()), q, std::move(by), table::Unit::records};
    table::PublishedTable published = test_support::exact_table(problem_.truth, design);
    published.convention = problem_.policy.convention;
    const table::TableLayout layout(*space_, design);
    for (table::CellIndex cell = 0; cell < published.cells.size(); ++cell)
      if (layout.is_outside_coverage(cell)) published.cells[cell] = table::NotApplicable{};
    switch (dice_.below(6)) {
      case 0: break;
      case 1: hide_at_random(layout, published); break;
      default: hide_properly(layout, published);
    }
    problem_.published.tables.push_back(std::move(published));
  }

  [[nodiscard]] bool may_be_hidden(const table::PublishedCell& cell) const {
    const auto value = table::exact_value(cell);
    return value && (*value > 0 || problem_.policy.convention == table::ZeroConvention::hidden_may_be_zero);
  }

  void hide_at_random(const table::TableLayout& layout, table::PublishedTable& published) {
    for (table::CellIndex cell = 0; cell < layout.cell_count(); ++cell)
      if (may_be_hidden(published.cells[cell]) && dice_.one_in(3)) published.cells[cell] = table::Suppressed{};
  }

  // Small counts first (of records or of people), then cells until no sum has a single hidden one; now and then some more.
  void hide_properly(const table::TableLayout& layout, table::PublishedTable& published) {
    const std::int64_t minimum = problem_.policy.minimum_frequency.minimum;
    for (table::CellIndex cell = 0; cell < layout.cell_count(); ++cell) {
      const auto value = table::exact_value(published.cells[cell]);
      if (value && *value > 0 && (*value < minimum || truth::people_in(problem_.truth, layout.atoms(cell)) < minimum))
        published.cells[cell] = table::Suppressed{};
      else if (may_be_hidden(published.cells[cell]) && dice_.one_in(12)) published.cells[cell] = table::Suppressed{};
    }
    const auto equations = table::equations_of(layout);
    for (int round = 0; round < 20; ++round) {
      bool changed = false;
      for (const table::Equation& equation : equations) {
        std::vector<table::CellIndex> cells = equation.parts, open;
        cells.push_back(equation.total);
        std::int64_t hidden = 0, residual = 0;
        for (const table::CellIndex cell : cells) {
          if (table::is_suppressed(published.cells[cell])) ++hidden, residual += truth::people_in(problem_.truth, layout.atoms(cell));
          else if (may_be_hidden(published.cells[cell])) open.push_back(cell);
        }
        const bool is_weak = hidden == 1 || (hidden > 1 && residual < (dice_.one_in(3) ? 1 : 2) * minimum);
        if (!is_weak || open.empty()) continue;
        published.cells[open[dice_.below(open.size())]] = table::Suppressed{};
        changed = true;
      }
      if (!changed) return;
    }
  }

  void publish_earlier() {
    const auto v = static_cast<table::VariableIndex>(dice_.below(space_->variables.size()));
    const auto q = static_cast<table::QuestionIndex>(dice_.below(space_->questions.size()));
    table::PublishedTable earlier = test_support::exact_table(problem_.truth, {"earlier", q, {{v, levels_of(v)}}, table::Unit::records});
    const table::TableLayout layout(*space_, earlier.design);
    for (table::CellIndex cell = 0; cell < earlier.cells.size(); ++cell)
      if (layout.is_outside_coverage(cell)) earlier.cells[cell] = table::NotApplicable{};
    problem_.published.earlier_tables.push_back(std::move(earlier));
  }

  void add_statement() {
    auto& statements = problem_.published.statements;
    const std::int64_t minimum = problem_.policy.minimum_frequency.minimum;
    const auto kind = dice_.below(3);
    if (kind == 0) {
      const table::TableDesign& finer = problem_.asked[dice_.below(problem_.asked.size())];
      const table::TableLayout layout(*space_, finer);
      for (table::CellIndex cell = 0; cell < layout.cell_count(); ++cell) {
        const std::int64_t records = truth::records_in(problem_.truth, layout.atoms(cell));
        if (records == 0 || records >= minimum) continue;
        statements.push_back({"why", "1", table::StatementPlace::reason, "the finer table has small counts", table::SmallCountsIn{finer, minimum}});
        return;
      }
    } else if (kind == 1) {
      table::CountBetween between;
      between.question = static_cast<table::QuestionIndex>(dice_.below(space_->questions.size()));
      for (const table::Variable& variable : space_->variables)
        between.box.push_back(variable.hierarchy.leaves(static_cast<table::NodeIndex>(dice_.below(variable.hierarchy.size()))));
      const std::int64_t count = truth::records_in(problem_.truth, table::atoms_in_box(*space_, between.question, between.box));
      between.lowest = std::max<std::int64_t>(0, count - dice_.between(0, 3));
      between.highest = count + dice_.between(0, 3);
      statements.push_back({"count", "1", table::StatementPlace::note, "about so many", between});
    } else {
      add_percentage();
    }
  }

  void add_percentage() {
    const auto table = static_cast<std::uint32_t>(dice_.below(problem_.published.tables.size()));
    const table::TableLayout layout(*space_, problem_.published.tables[table].design);
    table::PercentageOf share{{table, dice_.below(layout.cell_count())}, {table, 0}, static_cast<int>(dice_.below(2)), 0};
    const std::int64_t part = truth::records_in(problem_.truth, layout.atoms(share.numerator.cell)), whole = truth::records_in(problem_.truth, layout.atoms(0));
    if (whole == 0 || !table::exact_value(problem_.published.tables[table].cells[0])) return;
    const std::int64_t scale = share.decimals == 0 ? 100 : 1000;
    share.units = (2 * scale * part + whole) / (2 * whole);
    problem_.published.statements.push_back({"share", "1", table::StatementPlace::note, "a share", share});
  }

  Dice dice_;
  std::shared_ptr<table::AtomSpace> space_;
  Problem problem_;
};

}  // namespace

Problem random_problem(std::uint64_t seed) { return ProblemMaker(seed).make(); }

Truth truth_of(const Problem& problem) {
  Truth truth{problem.truth.space, problem.truth.counts, {}, problem.truth.people != truth::PeopleKnown::unknown, problem.asked};
  for (const truth::Contribution& c : problem.truth.contributions) truth.owned.push_back({c.atom, c.person, c.records});
  return truth;
}

Rules rules_of(const policy::Policy& policy) {
  Rules rules{policy.minimum_frequency.minimum, policy.p_percent, policy.group_disclosure, policy.largest_coalition(), false};
  for (const auto& intruder : policy.intruders)
    if (intruder.kind == policy::IntruderKind::knows_presence) rules.presence_is_known = true;
  return rules;
}

}  // namespace candour::oracle
