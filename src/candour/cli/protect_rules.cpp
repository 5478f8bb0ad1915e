#include <candour/cli/protect_rules.hpp>

#include <candour/base/decimal.hpp>
#include <candour/base/files.hpp>
#include <candour/base/text.hpp>
#include <candour/cli/system_tables.hpp>
#include <candour/holdings/csv_scanner.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace candour::cli {
namespace {

using base::Decimal;
using base::Done;
using base::Result;
using table::CellStanding;
using table::SystemCell;

base::Error wrong(std::string code, std::string sentence, std::string hint = {}) {
  return {base::Cause::wrong_input, std::move(code), {}, std::move(sentence), std::move(hint)};
}

assess::LossKind loss_of(const ProtectOrder& order) {
  return order.loss == "value"           ? assess::LossKind::value
         : order.loss == "one"           ? assess::LossKind::one
         : order.loss == "value-and-one" ? assess::LossKind::value_and_one
                                         : assess::LossKind::logarithm;
}

// "2,85" as a whole number and a percentage, or two percentages.
Result<std::pair<Decimal, Decimal>> two_numbers(const std::string& text, const std::string& option) {
  const auto parts = base::split(text, ',');
  if (parts.size() == 2) {
    const auto first = Decimal::parse(base::trimmed(parts[0])), second = Decimal::parse(base::trimmed(parts[1]));
    if (first && second) return std::pair{*first, *second};
  }
  return base::fail(wrong("protect.rule", fmt::format("{} takes two numbers with a comma between them, got '{}'", option, text),
                          option == "--dominance" ? "--dominance 2,85" : "--pq 10,100"));
}

Result<assess::AmountRules> amount_rules(const ProtectOrder& order) {
  assess::AmountRules rules;
  const auto coalition = static_cast<std::size_t>(order.coalition);
  if (order.p_percent > 0) rules.p_percent = assess::PPercentRule{Decimal(order.p_percent), coalition};
  if (order.dominance) {
    CANDOUR_TRY(numbers, two_numbers(*order.dominance, "--dominance"));
    if (numbers.first.scale() != 0 || numbers.first < Decimal(1) || numbers.first > Decimal(100))
      return base::fail(wrong("protect.rule", "--dominance: the number of contributors is a whole number from 1 to 100", "--dominance 2,85"));
    rules.dominance = assess::DominanceRule{static_cast<std::size_t>(numbers.first.units()), numbers.second};
  }
  if (order.prior_posterior) {
    CANDOUR_TRY(numbers, two_numbers(*order.prior_posterior, "--pq"));
    rules.prior_posterior = assess::PriorPosteriorRule{numbers.first, numbers.second, coalition};
  }
  rules.minimum_records = order.minimum_contributors;
  rules.range_percent = order.range_percent;
  if (!rules.p_percent && !rules.dominance && !rules.prior_posterior && rules.minimum_records == 0)
    rules.p_percent = assess::PPercentRule{Decimal(10), coalition};
  if (order.zeros == "sensitive") rules.zeros = assess::AmountRules::Zeros::sensitive;
  rules.zero_range = order.zero_range;
  rules.loss = loss_of(order);
  return rules;
}

assess::CountRules count_rules(const ProtectOrder& order) {
  assess::CountRules rules;
  rules.frequency.minimum = order.minimum;
  rules.frequency.convention = order.has_symbol_of_zero() ? table::ZeroConvention::hidden_may_be_zero : table::ZeroConvention::hidden_at_least_one;
  rules.frequency.protection = order.protection == "full"    ? assess::CountProtection::contains_threshold
                               : order.protection == "upper" ? assess::CountProtection::reaches_threshold
                                                             : assess::CountProtection::some_width;
  rules.frequency.loss = loss_of(order);
  rules.minimum_people = order.people ? order.minimum : 0;
  if (order.p_percent > 0) rules.p_percent = order.p_percent;
  return rules;
}

Result<std::vector<std::size_t>> sensitive_axes(const ProtectOrder& order, const ProtectTable& table) {
  std::vector<std::size_t> axes;
  for (const std::string& name : base::split(*order.sensitive, ',')) {
    const auto& variables = table.cubes[0].variables;
    const auto at = std::find_if(variables.begin(), variables.end(), [&](const table::Hierarchy& h) { return h.name() == name; });
    if (at == variables.end()) return base::fail(wrong("protect.sensitive", fmt::format("--sensitive names '{}', which is no variable of the table", name)));
    axes.push_back(static_cast<std::size_t>(at - variables.begin()));
  }
  if (axes.size() == table.cubes[0].variables.size())
    return base::fail(
        wrong("protect.sensitive", "every variable is --sensitive: nothing is left that names a group", "name only what must not be learnt of somebody"));
  return axes;
}

table::AdditiveSystem with_rests(const table::AdditiveSystem& system, const std::vector<assess::SharedCategory>& groups) {
  std::vector<std::uint64_t> start{0};
  std::vector<table::SystemTerm> terms;
  std::vector<std::int64_t> right_side;
  for (table::SystemEquation e = 0; e < system.equation_count(); ++e) {
    terms.insert(terms.end(), system.terms(e).begin(), system.terms(e).end());
    start.push_back(terms.size());
    right_side.push_back(system.right_side(e));
  }
  SystemCell rest = system.cell_count();
  for (const assess::SharedCategory& group : groups) {
    terms.insert(terms.end(), {{group.total, -1}, {group.part, 1}, {rest++, 1}});
    start.push_back(terms.size());
    right_side.push_back(0);
  }
  return table::AdditiveSystem::of_equations(rest, std::move(start), std::move(terms), std::move(right_side));
}

// One line of the marks, its cell found.
struct MarkLines {
  const ProtectOrder& order;
  const ProtectTable& table;
  std::vector<std::size_t> variable_column;
  std::size_t mark = 0, reason = 0;
  std::optional<std::size_t> lower, upper;
  std::size_t columns = 0;
  std::vector<assess::CellMark> marks;

  [[nodiscard]] base::Error at(std::string code, std::uint64_t line, std::string sentence, std::string hint = {}) const {
    return {base::Cause::wrong_input, std::move(code), {order.marks->string(), line, 0}, std::move(sentence), std::move(hint)};
  }

  Result<Done> take_header(const holdings::CsvRow& row) {
    columns = row.fields.size();
    const auto find = [&](const std::string& name) -> std::optional<std::size_t> {
      for (std::size_t i = 0; i < columns; ++i)
        if (row.fields[i].text == name) return i;
      return std::nullopt;
    };
    const auto mark_at = find("mark"), reason_at = find("reason");
    for (const table::Hierarchy& variable : table.cubes[0].variables) {
      const auto found = find(variable.name());
      if (!found || !mark_at || !reason_at)
        return base::fail(at("marks.header", row.line, "expected one column a variable, then mark and reason",
                             "the columns of the variables have their names; lower and upper may follow"));
      variable_column.push_back(*found);
    }
    mark = *mark_at, reason = *reason_at, lower = find("lower"), upper = find("upper");
    return Done{};
  }

  Result<std::optional<std::int64_t>> level(const holdings::CsvRow& row, const std::optional<std::size_t>& column) const {
    if (!column || row.fields[*column].text.empty()) return std::optional<std::int64_t>();
    const auto parsed = Decimal::parse(row.fields[*column].text);
    const auto units = parsed ? parsed->rescaled(std::max(parsed->scale(), table.decimals)) : parsed;
    if (!units || *parsed < Decimal(0) || parsed->scale() > table.decimals)
      return base::fail(at("marks.number", row.line, "a protection level is not a number from 0 upwards in the table's decimals"));
    return std::optional(units->units());
  }

  Result<Done> take(const holdings::CsvRow& row) {
    if (row.fields.size() == 1 && row.fields[0].text.empty()) return Done{};
    if (columns == 0) return take_header(row);
    if (row.fields.size() != columns) return base::fail(at("marks.columns", row.line, fmt::format("{} fields, expected {}", row.fields.size(), columns)));
    std::uint64_t cell = 0;
    const auto& variables = table.cubes[0].variables;
    for (std::size_t k = 0; k < variables.size(); ++k) {
      const auto node = variables[k].find(row.fields[variable_column[k]].text);
      if (!node) return base::fail(at("marks.unknown_code", row.line, fmt::format("the code of '{}' is not in its hierarchy", variables[k].name())));
      cell += *node * table.cube(0).product()->stride[k];
    }
    assess::CellMark own;
    own.cell = table.place(0, static_cast<SystemCell>(cell));
    const std::string& word = row.fields[mark].text;
    if (word == "sensitive") own.kind = assess::CellMark::Kind::sensitive;
    else if (word == "show") own.kind = assess::CellMark::Kind::must_show;
    else if (word == "published") own.kind = assess::CellMark::Kind::already_published;
    else return base::fail(at("marks.mark", row.line, "the mark is none of sensitive, show and published"));
    own.reason = std::string(base::trimmed(row.fields[reason].text));
    if (own.reason.empty()) return base::fail(at("mark.reason", row.line, "the mark gives no reason", "say in a few words why"));
    CANDOUR_TRY(low, level(row, lower));
    CANDOUR_TRY(high, level(row, upper));
    own.lower = low, own.upper = high;
    marks.push_back(std::move(own));
    return Done{};
  }
};

// Statuses of the file say which cells are sensitive; how far is said by levels, else by the rules, else by the range.
void take_statuses(const ProtectOrder& order, const tabulate::CodedTable& coded, truth::SystemTruth& truth) {
  std::vector<std::optional<truth::SystemSecret>> by_rule(coded.value.size());
  for (const truth::SystemSecret& secret : truth.secrets) by_rule[secret.cell] = secret;
  std::vector<const tabulate::GivenLevels*> given(coded.value.size(), nullptr);
  for (const tabulate::GivenLevels& levels : coded.levels) given[levels.cell] = &levels;
  truth.secrets.clear();
  for (SystemCell c = 0; c < coded.value.size(); ++c) {
    const std::int64_t x = coded.value[c];
    const CellStanding said = coded.standing[c];
    truth.standing[c] = said == CellStanding::primary ? said : said == CellStanding::always_shown || x == 0 ? CellStanding::always_shown : CellStanding::shown;
    if (said != CellStanding::primary) continue;
    const std::int64_t floor = std::min(truth.lowest[c], x);
    const std::int64_t range = std::max<std::int64_t>(1, (x * order.range_percent + 99) / 100);
    truth.lowest[c] = floor;
    if (given[c]) truth.secrets.push_back({c, std::max(floor, x - given[c]->lower), x + given[c]->upper, given[c]->sliding});
    else if (by_rule[c]) truth.secrets.push_back(*by_rule[c]);
    else truth.secrets.push_back({c, std::max(floor, x - range), x + range, 0});
  }
}

}  // namespace

Result<std::size_t> contributions_needed(const ProtectOrder& order) {
  CANDOUR_TRY(rules, amount_rules(order));
  std::size_t most = static_cast<std::size_t>(order.coalition) + 1;
  if (rules.dominance) most = std::max(most, rules.dominance->n);
  return most;
}

Result<truth::SystemTruth> truth_by_rules(const ProtectOrder& order, const table::AdditiveSystem& cube, const assess::CellFacts& facts,
                                          ProtectTable::Unit unit) {
  if (unit == ProtectTable::Unit::records) return assess::truth_of(cube, facts, count_rules(order));
  CANDOUR_TRY(rules, amount_rules(order));
  return assess::truth_of(cube, facts, rules);
}

Result<truth::SystemTruth> truth_of_coded(const ProtectOrder& order, const tabulate::CodedTable& coded, const assess::CellFacts& facts,
                                          ProtectTable::Unit unit) {
  const bool has_statuses = coded.statuses == tabulate::CodedTable::Statuses::given;
  // A file with statuses need not bring what the rules look at.
  const bool rules_can_say = unit == ProtectTable::Unit::records || !facts.largest.empty() || order.minimum_contributors > 0;
  truth::SystemTruth truth;
  if (rules_can_say || !has_statuses) {
    CANDOUR_TRY(by_rules, truth_by_rules(order, coded.system, facts, unit));
    truth = std::move(by_rules);
  } else {
    assess::AmountRules none;
    none.loss = loss_of(order);
    CANDOUR_TRY(plain, assess::truth_of(coded.system, facts, none));
    truth = std::move(plain);
  }
  if (has_statuses) take_statuses(order, coded, truth);
  for (SystemCell c = 0; c < coded.cost.size(); ++c)
    if (coded.cost[c] > 0) truth.loss[c] = coded.cost[c];
  return truth;
}

Result<Done> protect_groups(const ProtectOrder& order, ProtectTable& table) {
  if (table.unit != ProtectTable::Unit::records || !table.is_one_cube())
    return base::fail(wrong("protect.sensitive", "--sensitive is for one table of counts", "give one --by, and no --sum"));
  if (!order.has_symbol_of_zero())
    return base::fail(wrong("protect.sensitive", "where zeros are always shown, that nobody is outside a category can never be hidden",
                            "let hidden cells be zero: --hidden may-be-zero"));
  CANDOUR_TRY(axes, sensitive_axes(order, table));
  const auto groups = assess::shared_categories(table.system, table.facts.value, axes, order.coalition);
  table.groups = groups.size();
  if (groups.empty()) return Done{};
  truth::SystemTruth& truth = table.truth;
  const std::int64_t most = *std::max_element(truth.highest.begin(), truth.highest.end());
  // Zeros may be hidden now, wherever they stand: else a hidden one would be known to be one of a group.
  for (SystemCell c = 0; c < table.published_count; ++c)
    if (truth.value[c] == 0) truth.standing[c] = CellStanding::shown;
  SystemCell rest = table.published_count;
  for (const assess::SharedCategory& group : groups) {
    const std::int64_t outside = truth.value[group.total] - truth.value[group.part];
    truth.value.push_back(outside), truth.loss.push_back(1), truth.lowest.push_back(0), truth.highest.push_back(most), truth.largest.push_back(0);
    truth.standing.push_back(CellStanding::primary);
    truth.secrets.push_back({rest++, outside, order.coalition + 1, 0});
  }
  table::AdditiveSystem whole = with_rests(table.system, groups);
  for (SystemCell c = 0; c < table.published_count; ++c) table.cubes[0].cell_of.push_back(c);
  table.cubes[0].cube = std::move(table.system);
  table.system = std::move(whole);
  return Done{};
}

Result<Done> read_and_apply_marks(const ProtectOrder& order, ProtectTable& table) {
  CANDOUR_TRY(text, base::read_file(*order.marks));
  MarkLines lines{order, table, {}, 0, 0, {}, {}, 0, {}};
  holdings::CsvScanner scanner(order.marks->string(), ',', [&](const holdings::CsvRow& row) { return lines.take(row); });
  CANDOUR_TRY_DONE(scanner.take(text));
  CANDOUR_TRY_DONE(scanner.finish());
  CANDOUR_TRY(outcome, assess::apply_marks(table.truth, lines.marks, order.mark_percent));
  table.marks = outcome;
  return Done{};
}

}  // namespace candour::cli
