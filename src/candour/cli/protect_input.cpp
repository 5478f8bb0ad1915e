#include <candour/cli/protect_order.hpp>

#include <candour/base/text.hpp>
#include <candour/cli/protect_rules.hpp>
#include <candour/cli/system_tables.hpp>
#include <candour/protect/perturb/cell_key.hpp>
#include <candour/table/linked_cubes.hpp>
#include <candour/tabulate/coded_table.hpp>
#include <candour/tabulate/cube.hpp>
#include <candour/tabulate/cube_facts.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace candour::cli {
namespace {

using base::Done;
using base::Result;
using table::SystemCell;

base::Error wrong(std::string code, std::string sentence, std::string hint = {}) {
  return {base::Cause::wrong_input, std::move(code), {}, std::move(sentence), std::move(hint)};
}

using Files = std::map<std::string, std::vector<std::filesystem::path>>;

Result<Files> hierarchy_files(const ProtectOrder& order) {
  Files files;
  for (const std::string& text : order.hierarchies) {
    CANDOUR_TRY(pair, split_hierarchy_option(text));
    files[pair.first].push_back(pair.second);
  }
  return files;
}

// A column crossed with itself makes a table of noughts that nobody believes to be counts.
Result<Done> check_columns(const std::string& by) {
  std::vector<std::string> columns = base::split(by, ',');
  std::sort(columns.begin(), columns.end());
  const auto twice = std::adjacent_find(columns.begin(), columns.end());
  if (twice == columns.end()) return Done{};
  return base::fail(wrong("protect.by", fmt::format("--by {} names the column '{}' twice, expected each once", by, *twice)));
}

Result<Done> check_names(const ProtectOrder& order, const Files& files) {
  for (const std::string& by : order.by) CANDOUR_TRY_DONE(check_columns(by));
  for (const auto& [name, of_it] : files) {
    const bool known = std::any_of(order.by.begin(), order.by.end(), [&](const std::string& by) {
      const auto columns = base::split(by, ',');
      return std::find(columns.begin(), columns.end(), name) != columns.end();
    });
    if (!known) return base::fail(wrong("hierarchy.option", fmt::format("--hierarchy names '{}', which is not in --by", name)));
  }
  return Done{};
}

// One design a choice of hierarchies: a column with two of them is crossed by each.
std::vector<std::vector<tabulate::CubeVariable>> designs_of(const ProtectOrder& order, const Files& files) {
  std::vector<std::vector<tabulate::CubeVariable>> designs;
  for (const std::string& by : order.by) {
    std::vector<std::vector<tabulate::CubeVariable>> choices(1);
    for (const std::string& column : base::split(by, ',')) {
      const auto given = files.find(column);
      std::vector<std::vector<tabulate::CubeVariable>> next;
      for (const auto& choice : choices) {
        const std::size_t count = given == files.end() ? 1 : given->second.size();
        for (std::size_t i = 0; i < count; ++i) {
          next.push_back(choice);
          next.back().push_back({column, given == files.end() ? std::nullopt : std::optional(given->second[i])});
        }
      }
      choices = std::move(next);
    }
    designs.insert(designs.end(), choices.begin(), choices.end());
  }
  return designs;
}

Result<tabulate::Cube> count_cube(const ProtectOrder& order, const std::vector<tabulate::CubeVariable>& design) {
  tabulate::CubeOrder cube_order;
  cube_order.records = *order.records;
  cube_order.by = design;
  if (order.method == "cell-key") {
    if (!order.identifier)
      return base::fail(wrong("protect.identifier", "the cell key method needs --identifier, a column that names each record for good",
                              "keys from the order of rows would change with every new row"));
    cube_order.identifier_column = order.identifier;
    cube_order.key_of_identifier = [&order](std::string_view text) { return protect::record_key(order.key, text); };
  }
  return tabulate::tabulate_cube(cube_order);
}

// What the rules look at beside the counts, for one cube.
Result<assess::CellFacts> facts_of(const ProtectOrder& order, const tabulate::Cube& cube, const std::vector<tabulate::CubeVariable>& design, int& decimals,
                                   std::vector<std::int64_t>& cost) {
  assess::CellFacts facts;
  facts.records = cube.records;
  facts.value = cube.records;
  if (!order.sum && !order.people && !order.cost) return facts;
  tabulate::CubeFactsOrder wanted;
  wanted.records = *order.records;
  for (const tabulate::CubeVariable& variable : design) wanted.columns.push_back(variable.column);
  wanted.people_column = order.people;
  wanted.amount_column = order.sum;
  wanted.contributor_column = order.contributor, wanted.group_column = order.group, wanted.weight_column = order.weight;
  CANDOUR_TRY(needed, contributions_needed(order));
  wanted.largest_count = needed;
  wanted.cost_column = order.cost;
  CANDOUR_TRY(read, tabulate::facts_of_cube(cube, wanted));
  facts.people = std::move(read.people);
  if (order.sum) facts.value = std::move(read.amount), facts.contributors = std::move(read.contributors), facts.largest = std::move(read.largest);
  decimals = read.decimals;
  cost = std::move(read.cost);
  return facts;
}

Result<ProtectTable> one_cube(const ProtectOrder& order, const std::vector<tabulate::CubeVariable>& design) {
  CANDOUR_TRY(cube, count_cube(order, design));
  ProtectTable table;
  std::vector<std::int64_t> cost;
  CANDOUR_TRY(facts, facts_of(order, cube, design, table.decimals, cost));
  table.facts = std::move(facts);
  table.unit = order.sum ? ProtectTable::Unit::amount : ProtectTable::Unit::records;
  table.key = std::move(cube.key);
  table.published_count = cube.system.cell_count();
  table.system = std::move(cube.system);
  table.cubes.push_back({std::move(cube.variables), {}, {}});
  CANDOUR_TRY(truth, truth_by_rules(order, table.system, table.facts, table.unit));
  table.truth = std::move(truth);
  if (!cost.empty()) table.truth.loss = std::move(cost);
  return table;
}

// Cells of several cubes are put together; what is known of a shared cell is the same in each, what is asked of it is the most that any asks.
class Linking {
 public:
  explicit Linking(const ProtectOrder& order) : order_(order) {}

  Result<ProtectTable> run(const std::vector<std::vector<tabulate::CubeVariable>>& designs) {
    std::vector<table::LinkedDesign> linked_designs;
    std::vector<truth::SystemTruth> truths;
    for (const auto& design : designs) {
      CANDOUR_TRY(part, one_cube(order_, design));
      table::LinkedDesign linked;
      for (const tabulate::CubeVariable& variable : design) linked.columns.push_back(variable.column);
      linked.hierarchies = part.cubes[0].variables;
      linked_designs.push_back(std::move(linked));
      truths.push_back(std::move(part.truth));
      parts_.push_back(std::move(part));
    }
    CANDOUR_TRY(linked, table::link(linked_designs));
    table_.system = std::move(linked.system);
    table_.published_count = linked.published_count;
    table_.unit = parts_[0].unit;
    make_room(truths);
    for (std::size_t d = 0; d < parts_.size(); ++d) {
      CANDOUR_TRY_DONE(take(parts_[d], truths[d], linked.cell_of[d]));
      table_.cubes.push_back({std::move(parts_[d].cubes[0].variables), std::move(linked.cubes[d]), std::move(linked.cell_of[d])});
    }
    for (const auto& [cell, secret] : secrets_) table_.truth.secrets.push_back(secret);
    CANDOUR_TRY_DONE(count_finest(designs));
    return std::move(table_);
  }

 private:
  void make_room(const std::vector<truth::SystemTruth>& truths) {
    for (const ProtectTable& part : parts_) table_.decimals = std::max(table_.decimals, part.decimals);
    const std::size_t n = table_.system.cell_count();
    std::int64_t most = 0;
    for (const truth::SystemTruth& truth : truths) most = std::max(most, *std::max_element(truth.highest.begin(), truth.highest.end()));
    truth::SystemTruth& truth = table_.truth;
    // Cells that nobody publishes are hidden whatever happens; nothing is lost by that, and nothing is said of them.
    truth.value.assign(n, 0), truth.loss.assign(n, 1), truth.lowest.assign(n, 0), truth.highest.assign(n, most), truth.largest.assign(n, 0);
    truth.standing.assign(n, table::CellStanding::primary);
    table_.facts.value.assign(table_.published_count, 0);
    table_.facts.records.assign(table_.published_count, 0);
    if (!parts_[0].key.empty()) table_.key.assign(table_.published_count, 0);
  }

  Result<Done> take(const ProtectTable& part, const truth::SystemTruth& own, const std::vector<SystemCell>& cell_of) {
    truth::SystemTruth& truth = table_.truth;
    for (SystemCell c = 0; c < cell_of.size(); ++c) {
      const SystemCell to = cell_of[c];
      truth.value[to] = own.value[c], truth.loss[to] = own.loss[c], truth.lowest[to] = own.lowest[c], truth.highest[to] = own.highest[c],
      truth.largest[to] = own.largest[c];
      truth.standing[to] = own.standing[c];
      table_.facts.value[to] = part.facts.value[c];
      if (!part.facts.records.empty()) table_.facts.records[to] = part.facts.records[c];
      if (!part.key.empty()) table_.key[to] = part.key[c];
    }
    for (const truth::SystemSecret& secret : own.secrets) {
      const auto [at, is_new] =
          secrets_.try_emplace(cell_of[secret.cell], truth::SystemSecret{cell_of[secret.cell], secret.reach_down, secret.reach_up, secret.width});
      if (is_new) continue;
      at->second.reach_down = std::max(at->second.reach_down, secret.reach_down);  // both tables' zeros are known: no lower than either allows
      at->second.reach_up = std::max(at->second.reach_up, secret.reach_up);
      at->second.width = std::max(at->second.width, secret.width);
    }
    return Done{};
  }

  // The finest combinations that no design publishes are counted too: witnesses start from them.
  Result<Done> count_finest(const std::vector<std::vector<tabulate::CubeVariable>>& designs) {
    if (table_.published_count == table_.system.cell_count()) return Done{};
    std::vector<tabulate::CubeVariable> all;
    for (const auto& design : designs)
      for (const tabulate::CubeVariable& variable : design)
        if (std::none_of(all.begin(), all.end(), [&](const tabulate::CubeVariable& v) { return v.column == variable.column; })) all.push_back(variable);
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.column < b.column; });
    CANDOUR_TRY(full, one_cube(order_, all));
    std::vector<table::LinkedDesign> linked_designs;
    for (std::size_t d = 0; d < table_.cubes.size(); ++d) {
      linked_designs.emplace_back();
      for (const tabulate::CubeVariable& variable : designs[d]) linked_designs.back().columns.push_back(variable.column);
      linked_designs.back().hierarchies = table_.cubes[d].variables;
    }
    CANDOUR_TRY(finest, table::finest_cells(linked_designs, all_names(all), full.cubes[0].variables));
    for (const auto& [cell, of_full] : finest) {
      table_.truth.value[cell] = full.facts.value[of_full];
      // Whoever is alone in it knows that the cell cannot be empty.
      table_.truth.largest[cell] = table_.unit == ProtectTable::Unit::records ? std::min<std::int64_t>(1, full.facts.value[of_full]) : 0;
    }
    return Done{};
  }

  static std::vector<std::string> all_names(const std::vector<tabulate::CubeVariable>& variables) {
    std::vector<std::string> names;
    for (const tabulate::CubeVariable& variable : variables) names.push_back(variable.column);
    return names;
  }

  const ProtectOrder& order_;
  std::vector<ProtectTable> parts_;
  ProtectTable table_;
  std::map<SystemCell, truth::SystemSecret> secrets_;
};

Result<ProtectTable> from_records(const ProtectOrder& order) {
  if (order.by.empty()) return base::fail(wrong("protect.by", "--records needs --by with the columns to cross", "--by region,age"));
  CANDOUR_TRY(files, hierarchy_files(order));
  CANDOUR_TRY_DONE(check_names(order, files));
  const auto designs = designs_of(order, files);
  if (designs.size() == 1) return one_cube(order, designs[0]);
  return Linking(order).run(designs);
}

Result<ProtectTable> from_table(const ProtectOrder& order) {
  tabulate::CodedTableOrder wanted{*order.table, order.metadata, order.history, {}, order.sum, tabulate::HiddenValues::read};
  CANDOUR_TRY(files, hierarchy_files(order));
  for (const auto& [name, of_it] : files) {
    if (of_it.size() > 1)
      return base::fail(wrong("hierarchy.option", fmt::format("'{}' has two hierarchies", name), "two hierarchies of one column need records: --records"));
    wanted.hierarchies.emplace_back(name, of_it[0]);
  }
  CANDOUR_TRY(coded, tabulate::read_coded_table(wanted));
  ProtectTable table;
  table.decimals = coded.decimals;
  const bool counts = order.values == "counts" || (order.values == "as-named" && coded.unit == tabulate::CodedTable::Unit::records);
  if (counts && coded.decimals > 0) return base::fail(wrong("protect.values", "counts are whole numbers, and the table has decimals", "--values amounts"));
  table.unit = counts ? ProtectTable::Unit::records : ProtectTable::Unit::amount;
  table.facts.value = coded.value, table.facts.records = coded.records, table.facts.people = coded.people, table.facts.largest = coded.largest;
  CANDOUR_TRY(truth, truth_of_coded(order, coded, table.facts, table.unit));
  table.truth = std::move(truth);
  table.published_count = coded.system.cell_count();
  table.system = std::move(coded.system);
  table.cubes.push_back({std::move(coded.variables), {}, {}});
  return table;
}

}  // namespace

std::string ProtectTable::name_of(SystemCell cell) const {
  for (std::size_t d = 0; d < cubes.size(); ++d) {
    SystemCell own = cell;
    if (!is_one_cube()) {
      const auto at = std::find(cubes[d].cell_of.begin(), cubes[d].cell_of.end(), cell);
      if (at == cubes[d].cell_of.end()) continue;
      own = static_cast<SystemCell>(at - cubes[d].cell_of.begin());
    } else if (cell >= published_count) {
      continue;
    }
    return base::joined(codes_of(cubes[d].variables, cube(d), own), ", ");
  }
  return fmt::format("cell {}", cell);
}

Result<ProtectTable> read_protect_table(const ProtectOrder& order) {
  CANDOUR_TRY(table, order.table ? from_table(order) : from_records(order));
  if (order.sensitive) CANDOUR_TRY_DONE(protect_groups(order, table));
  if (order.marks) CANDOUR_TRY_DONE(read_and_apply_marks(order, table));
  if (order.loss == "distance") assess::lose_by_distance(table.system, table.truth);
  return table;
}

}  // namespace candour::cli
