// How much four answers to one case tell, by one measure (docs/methods/detail.md): the answer that the search finds; one table by one variable; a crossing at
// coarser levels; and the full cross with counts below the minimum hidden.
//
// compare_answers CASE ONE_WAY LEVELS
//   ONE_WAY: a variable ("month"). LEVELS: a margin, "month=quarter,age=age range".
// Prints one line of JSON an answer. Its figures are computed from the truth: they are private.
#include <candour/answer/plan_search.hpp>
#include <candour/answer/prepared_case.hpp>
#include <candour/assess/secrets.hpp>
#include <candour/protect/suppress/suppress.hpp>
#include <candour/table/worlds.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <string>

namespace {

using namespace candour;

double cpu_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

struct Answer {
  std::string name;
  table::PublishedPopulation published;
};

// The levels named; all other variables are left out.
protect::Margin margin_of(const table::AtomSpace& space, const table::TableDesign& asked, const std::string& levels) {
  protect::Margin margin(asked.by.size(), 0);
  std::size_t from = 0;
  while (from < levels.size()) {
    const std::size_t end = std::min(levels.find(',', from), levels.size());
    const std::string item = levels.substr(from, end - from);
    const std::string name = item.substr(0, item.find('='));
    for (std::size_t i = 0; i < asked.by.size(); ++i) {
      const table::Variable& variable = space.variables[asked.by[i].variable];
      if (variable.name != name) continue;
      const auto level = item.find('=') == std::string::npos ? std::nullopt : variable.hierarchy.find_level(item.substr(item.find('=') + 1));
      margin[i] = level.value_or(asked.by[i].levels.back());
    }
    from = end + 1;
  }
  return margin;
}

// Axes of the full cross as it was asked for: each finest category and the total, no levels between. Cells in the order of the published table.
table::AdditiveSystem flat_cube(const table::TableLayout& layout) {
  std::vector<table::SystemAxis> axes;
  for (std::size_t i = 0; i < layout.variable_count(); ++i) axes.push_back(table::axis_of_parents(std::vector<std::uint32_t>(layout.categories(i).size(), 0)));
  return table::AdditiveSystem::of_cube(std::move(axes)).value();
}

enum class Zeros { shown, hidden_too };

// The full cross of what was asked, with its totals: counts from 1 (or 0) to T-1 hidden, and the further cells that the best known suppression hides.
table::PublishedPopulation full_cross(const truth::Population& truth, table::TableDesign design, std::int64_t minimum, Zeros zeros) {
  for (table::ShownVariable& shown : design.by) shown.levels = {0, shown.levels.back()};
  const table::TableLayout layout(*truth.space, design);
  const table::AdditiveSystem system = flat_cube(layout);
  truth::SystemTruth cells;
  for (table::CellIndex cell = 0; cell < layout.cell_count(); ++cell) {
    const std::int64_t count = truth::records_in(truth, layout.atoms(cell));
    const bool primary = count < minimum && (count > 0 || zeros == Zeros::hidden_too);
    cells.value.push_back(count);
    cells.loss.push_back(1 + count);
    cells.lowest.push_back(zeros == Zeros::shown ? 1 : 0);
    cells.highest.push_back(table::no_upper_limit);
    cells.standing.push_back(primary ? table::CellStanding::primary : count == 0 ? table::CellStanding::always_shown : table::CellStanding::shown);
    if (primary && count > 0) cells.secrets.push_back({static_cast<table::SystemCell>(cell), zeros == Zeros::shown ? 1 : 0, minimum, 0});
  }
  protect::SuppressionOptions options;
  options.rounds = 200;
  const auto found = protect::suppress(system, cells, options);
  table::PublishedTable table{
      "full cross", design, zeros == Zeros::shown ? table::ZeroConvention::hidden_at_least_one : table::ZeroConvention::hidden_may_be_zero, 0, {}};
  for (table::CellIndex cell = 0; cell < layout.cell_count(); ++cell) {
    const auto standing = found ? found->standing[cell] : cells.standing[cell];
    table.cells.push_back(table::is_hidden(standing) ? table::PublishedCell(table::Suppressed{}) : table::PublishedCell(table::Value{cells.value[cell]}));
  }
  if (!found) fmt::print(stderr, "suppression: {}\n", base::to_text(found.error()));
  table::PublishedPopulation published;
  published.space = truth.space;
  published.tables.push_back(std::move(table));
  return published;
}

std::int64_t hidden_in(const table::PublishedPopulation& published) {
  std::int64_t hidden = 0;
  for (const table::PublishedTable& table : published.tables) hidden += std::count_if(table.cells.begin(), table.cells.end(), table::is_suppressed);
  return hidden;
}

void print(const answer::PreparedCase& prepared, const Answer& one, double seconds) {
  const answer::GatheredPopulation& population = prepared.gathered.populations[0];
  const protect::Detail detail = protect::detail_of(population.truth, one.published, population.asked);
  const auto worlds = table::worlds_of(one.published, prepared.policy.minimum_frequency.minimum);
  const auto findings = answer::findings_of_all_intruders(one.published, population.asked, prepared.policy);
  fmt::print(
      "{{\"answer\": \"{}\", \"detail_per_cent\": {:.1f}, \"divergence_per_cent\": {:.1f}, \"independent_figures\": {}, \"of\": {}, \"hidden_cells\": {}, "
      "\"leaks_found\": {}, \"cpu_seconds\": {:.1f}}}\n",
      one.name, 1e-7 * static_cast<double>(detail.share()), 1e-7 * static_cast<double>(detail.divergence_share), detail.rank, detail.rank_asked,
      hidden_in(one.published), findings.size(), seconds);
  std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) {
    fmt::print(stderr, "usage: compare_answers CASE ONE_WAY LEVELS\n");
    return 2;
  }
  const auto prepared = answer::prepare_case(argv[1]);
  if (!prepared) {
    for (const base::Error& error : prepared.error()) fmt::print(stderr, "{}\n", base::to_text(error));
    return 2;
  }
  const answer::GatheredPopulation& population = prepared->gathered.populations[0];
  const table::TableDesign& asked = population.asked[0];
  const table::AtomSpace& space = *population.truth.space;
  const std::int64_t minimum = prepared->policy.minimum_frequency.minimum;
  fmt::print(stderr, "{} secrets, {:.1f} s\n", prepared->secrets[0].size(), cpu_seconds());
  const auto simple = [&](const std::string& levels) {
    protect::Plan plan(space.questions.size());
    plan[asked.question] = {{margin_of(space, asked, levels)}, protect::Treatment::exact};
    return protect::publish(population.truth, protect::designs_of(space, population.asked, plan), {}, population.coverage, prepared->policy.convention);
  };
  print(*prepared, {std::string("one table by ") + argv[2], simple(argv[2])}, 0);
  print(*prepared, {std::string("one table by ") + argv[3], simple(argv[3])}, 0);
  double before = cpu_seconds();
  const auto hidden = full_cross(population.truth, asked, minimum, Zeros::hidden_too);
  print(*prepared, {"full cross, counts of 0 to 4 hidden", hidden}, cpu_seconds() - before);
  before = cpu_seconds();
  const auto zeros = full_cross(population.truth, asked, minimum, Zeros::shown);
  print(*prepared, {"full cross, counts of 1 to 4 hidden", zeros}, cpu_seconds() - before);
  before = cpu_seconds();
  const auto outcome = answer::search_population(*prepared, 0, 1);
  if (!outcome || !outcome->best) return 1;
  const double seconds = cpu_seconds() - before;
  std::string words;
  for (const table::TableDesign& design : population.asked) words += protect::words_of(space, design, outcome->best->plan[design.question]);
  print(*prepared, {"Candour: " + words, outcome->best->published}, seconds);
  fmt::print(stderr, "{} plans judged, {} met\n", outcome->plans_tried, outcome->plans_met);
  return 0;
}
