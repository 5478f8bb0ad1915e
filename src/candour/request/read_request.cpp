#include <candour/base/files.hpp>
#include <candour/base/text.hpp>
#include <candour/request/reading.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace candour::request {
namespace {

constexpr std::uint64_t most_combinations = 1000000000;

std::filesystem::path in_folder(const Case& the_case, const std::string& path) {
  return path.empty() ? std::filesystem::path{} : std::filesystem::absolute(the_case.folder / path).lexically_normal();
}

/// Databases are named by a URL, which is no path.
std::string place_of_holding(const Case& the_case, const std::string& file) {
  for (const std::string_view scheme : {"postgresql:", "postgres:", "clickhouse:"})
    if (file.starts_with(scheme)) return file;
  if (file.starts_with("sqlite:")) return "sqlite:" + in_folder(the_case, file.substr(7)).string();
  return in_folder(the_case, file).string();
}

void read_text(const base::Setting& request, Case& the_case, Mistakes& mistakes) {
  const std::string name = request.text_of("text_file");
  auto text = base::read_file(in_folder(the_case, name));
  if (!text) {
    mistakes.add(request.line_of("text_file"), "text_unreadable", fmt::format("the file '{}' cannot be read, expected the request, word for word", name),
                 "the path is seen from the folder of the case");
  } else if (!base::is_valid_utf8(*text)) {
    mistakes.add(request.line_of("text_file"), "text_not_utf8", fmt::format("the file '{}' is not UTF-8 text", name), "save it as UTF-8");
  } else {
    the_case.request_text = std::move(*text);
  }
}

void read_authority(const base::Setting& table, Case& the_case, Mistakes& mistakes) {
  Authority& authority = the_case.authority;
  authority.name = table.text_of("name");
  authority.address = table.text_of("address");
  authority.review_address = table.text_of("review_address");
  authority.part = table.text_of("part");
  authority.regime = table.text_of("regime", authority.regime);
  authority.publisher_url = table.text_of("publisher_url");
  authority.licence = table.text_of("licence", authority.licence);
  if (const std::string file = table.text_of("wording_file"); !file.empty())
    read_wording(in_folder(the_case, file).string(), authority.wording, mistakes, table.line_of("wording_file"));
  authority.pages_file = in_folder(the_case, table.text_of("pages_file"));
}

void check_people(const base::Setting& table, const CaseHolding& holding, Mistakes& mistakes) {
  const bool says_unknown = table.find("people") != nullptr;
  const std::string& id = holding.id;
  if (holding.kind == HoldingKind::counts) {
    if (!holding.person_column.empty())
      mistakes.add(table.line_of("person_column"), "person_in_counts",
                   fmt::format("the counts '{}' have a person_column, expected none: a count has no persons", id));
    if (holding.count_column.empty())
      mistakes.add(table.line, "count_column_missing", fmt::format("the counts '{}' have no 'count_column', expected the column with the count", id));
    return;
  }
  if (!holding.count_column.empty())
    mistakes.add(table.line_of("count_column"), "count_in_records", fmt::format("the records '{}' have a count_column, expected none", id),
                 "say kind = \"counts\" if each row is a count");
  if (holding.person_column.empty() != says_unknown)
    mistakes.add(table.line, "people_unsaid",
                 says_unknown ? fmt::format("the records '{}' have a person_column and people = \"unknown\", expected one of them", id)
                              : fmt::format("the records '{}' have no 'person_column', expected one, or people = \"unknown\"", id),
                 "without a column that tells people apart the same person can be counted several times");
}

// What another unit keeps has no settings here: they are that unit's.
void check_place(const base::Setting& table, const CaseHolding& holding, Mistakes& mistakes) {
  if (holding.path.empty()) {
    for (const std::string_view key : {"extracted_on", "delimiter", "encoding", "missing", "person_column", "people", "count_column"})
      if (table.find(key) != nullptr)
        mistakes.add(table.line_of(key), "holding_elsewhere", fmt::format("the holding '{}' has '{}' and no 'file', expected both or neither", holding.id, key),
                     "where another unit keeps the records, how they are read is said by that unit");
    return;
  }
  if (table.find("extracted_on") == nullptr)
    mistakes.add(table.line, "missing_key", fmt::format("the holding '{}' has no 'extracted_on', expected a date", holding.id),
                 "The day on which the file was drawn from the system.");
  check_people(table, holding, mistakes);
}

}  // namespace

void read_request(const base::Setting& top, Case& the_case, Mistakes& mistakes) {
  const base::Setting& request = *top.find("request");
  the_case.reference = request.text_of("reference");
  the_case.received = *request.date_of("received");
  the_case.subject = request.text_of("subject");
  the_case.answered_by = request.text_of("answered_by");
  the_case.answered_on = request.date_of("answered_on");
  the_case.cost_scope_quote = request.text_of("cost_scope_quote");
  the_case.advice = request.text_of("advice");
  the_case.form_asked = request.text_of("form_asked");
  the_case.form_because = request.text_of("form_because");
  read_text(request, the_case, mistakes);
  read_authority(*top.find("authority"), the_case, mistakes);
  if (const base::Setting* policy = top.find("policy")) {
    the_case.policy_file = in_folder(the_case, policy->text_of("file"));
    the_case.key_file = in_folder(the_case, policy->text_of("key_file"));
  }
}

void read_holdings(const base::Setting& top, Case& the_case, Mistakes& mistakes) {
  for (const base::Setting* table : top.tables_of("holding")) {
    CaseHolding holding;
    holding.id = table->text_of("id");
    holding.kind = table->text_of("kind") == "counts" ? HoldingKind::counts : HoldingKind::records;
    holding.label = table->text_of("label");
    if (const std::string file = table->text_of("file"); !file.empty()) holding.path = place_of_holding(the_case, file);
    holding.encoding = table->text_of("encoding", holding.encoding);
    holding.missing_texts = table->texts_of("missing");
    holding.person_column = table->text_of("person_column");
    holding.count_column = table->text_of("count_column");
    holding.extracted_on = table->date_of("extracted_on").value_or(base::Date{});
    const std::string delimiter = table->text_of("delimiter", ",");
    holding.delimiter = delimiter.empty() ? ',' : delimiter.front();
    if (delimiter.size() != 1 || delimiter == "\"" || delimiter == "\n" || delimiter == "\r" || delimiter == " ")
      mistakes.add(table->line_of("delimiter"), "delimiter", "'delimiter' is not one character, expected one such as \",\" or \";\" or \"\\t\"");
    if (find_holding(the_case, holding.id) != nullptr)
      mistakes.add(table->line_of("id"), "duplicate", fmt::format("the holding '{}' stands twice, expected each id once", holding.id));
    check_place(*table, holding, mistakes);
    the_case.holdings.push_back(std::move(holding));
  }
}

DataClass data_class_of(const base::Setting& table) {
  const std::string word = table.text_of("data_class");
  return word == "special-category" ? DataClass::special_category : word == "criminal-offence" ? DataClass::criminal_offence : DataClass::ordinary;
}

std::vector<Condition> read_conditions(const base::Setting& table, Mistakes& mistakes) {
  std::vector<Condition> conditions;
  for (const base::Setting* where : table.tables_of("where")) {
    const auto wanted = where->texts_of("is_one_of");
    const auto unwanted = where->texts_of("is_none_of");
    if (wanted.empty() == unwanted.empty())
      mistakes.add(where->line, "condition",
                   fmt::format("the condition on column '{}' has {}, expected exactly one", where->text_of("column"),
                               wanted.empty() ? "neither 'is_one_of' nor 'is_none_of'" : "both 'is_one_of' and 'is_none_of'"),
                   "is_one_of = [\"...\"] names the texts that count, is_none_of those that do not");
    conditions.push_back(
        {where->text_of("column"), wanted.empty() ? unwanted : wanted, wanted.empty() ? Condition::Sense::is_none_of : Condition::Sense::is_one_of});
  }
  return conditions;
}

void read_populations(const base::Setting& top, Case& the_case, Mistakes& mistakes) {
  std::vector<std::string> known;
  for (const CaseVariable& variable : the_case.variables) known.push_back(variable.variable.name);
  for (const base::Setting* table : top.tables_of("population")) {
    CasePopulation population{table->text_of("id"), table->text_of("label"), table->texts_of("variables"), read_conditions(*table, mistakes),
                              data_class_of(*table)};
    const std::uint64_t line = table->line_of("variables");
    std::size_t periods = 0;
    std::uint64_t combinations = 1;
    for (std::size_t i = 0; i < population.variables.size(); ++i) {
      const std::string& name = population.variables[i];
      const CaseVariable* variable = find_variable(the_case, name);
      if (variable == nullptr) {
        mistakes.add_unknown(line, "unknown_variable", "variable", name, known);
        continue;
      }
      if (std::find(population.variables.begin(), population.variables.begin() + static_cast<std::ptrdiff_t>(i), name) !=
          population.variables.begin() + static_cast<std::ptrdiff_t>(i))
        mistakes.add(line, "duplicate", fmt::format("the variable '{}' stands twice in population '{}', expected once", name, population.id));
      periods += variable->is_period ? 1 : 0;
      combinations = std::min<std::uint64_t>(combinations * variable->variable.hierarchy.leaf_count(), most_combinations + 1);
    }
    if (periods > 1) mistakes.add(line, "two_periods", fmt::format("population '{}' has {} period variables, expected one at most", population.id, periods));
    if (combinations > most_combinations)
      mistakes.add(line, "too_many_combinations", fmt::format("population '{}' has more than a thousand million combinations of categories", population.id),
                   "ask for fewer variables, or for coarser categories");
    if (!is_plain_name(population.id))
      mistakes.add(table->line_of("id"), "plain_name",
                   fmt::format("found '{}' as the id of a population, expected small letters, digits and hyphens", population.id));
    if (find_population(the_case, population.id) != nullptr)
      mistakes.add(table->line_of("id"), "duplicate", fmt::format("the population '{}' stands twice, expected each id once", population.id));
    the_case.populations.push_back(std::move(population));
  }
}

}  // namespace candour::request
