#include <candour/cli/command_holdings.hpp>

#include <candour/cli/console.hpp>
#include <candour/cli/parameters.hpp>
#include <candour/holdings/open_holding.hpp>
#include <candour/request/case.hpp>
#include <candour/tabulate/describe_holding.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace candour::cli {
namespace {

using base::Result;

tabulate::VariableSource source_of(const request::VariableReading& reading) {
  using Derivation = tabulate::VariableSource::Derivation;
  tabulate::VariableSource source;
  source.column = reading.column;
  source.mapping = reading.mapping;
  source.derivation = reading.derivation == "month"       ? Derivation::month
                      : reading.derivation == "five-year" ? Derivation::five_year
                      : reading.derivation == "ten-year"  ? Derivation::ten_year
                      : reading.derivation == "bands"     ? Derivation::bands
                                                          : Derivation::none;
  source.bands = reading.bands;
  source.unknown_code = reading.unknown_code;
  source.date_form = reading.date_form;
  source.time_zone = reading.time_zone;
  return source;
}

nlohmann::ordered_json json_of(const tabulate::HoldingDescription& holding) {
  nlohmann::ordered_json json = {{"name", holding.name}, {"rows", holding.rows}, {"identical_rows", holding.identical_rows}};
  json["columns"] = nlohmann::ordered_json::array();
  json["code_lists"] = nlohmann::ordered_json::array();
  json["sudden_drops"] = nlohmann::ordered_json::array();
  for (const auto& column : holding.columns)
    json["columns"].push_back({{"name", column.name}, {"kind", column.kind}, {"missing", column.missing_rows}, {"distinct", column.distinct_values}});
  for (const auto& list : holding.code_lists)
    json["code_lists"].push_back({{"variable", list.variable},
                                  {"mapped", list.mapped_rows},
                                  {"missing", list.missing_rows},
                                  {"says_unknown", list.unknown_rows},
                                  {"outside", list.outside_rows},
                                  {"different_outside", list.outside_values}});
  for (const auto& drop : holding.drops)
    json["sudden_drops"].push_back({{"column", drop.column}, {"month", drop.month}, {"rows", drop.rows}, {"usual", drop.usual_rows}});
  json["notes"] = holding.notes;
  return json;
}

std::string text_of(const tabulate::HoldingDescription& holding) {
  std::string text = fmt::format("{}\n  {} rows, of which {} equal an earlier one in every column\n", holding.name, holding.rows, holding.identical_rows);
  for (const auto& column : holding.columns)
    text += fmt::format("  column {}: {}, {} different, {} rows without a value\n", column.name, column.kind, column.distinct_values, column.missing_rows);
  for (const auto& list : holding.code_lists)
    text += fmt::format("  variable {}: {} rows mapped, {} without a value, {} that say unknown themselves, {} outside the code list ({} different values)\n",
                        list.variable, list.mapped_rows, list.missing_rows, list.unknown_rows, list.outside_rows, list.outside_values);
  for (const auto& drop : holding.drops)
    text += fmt::format("  {}: only {} rows in {}, after about {} a month\n", drop.column, drop.rows, drop.month, drop.usual_rows);
  return text;
}

class HoldingsCommand final : public Command {
 public:
  void describe(Parameters& parameters) override { parameters.argument("CASE", case_, "The folder of the case, or its case.toml"); }

  base::ResultOrErrors<ExitStatus> run(Console& console) override {
    CANDOUR_TRY(the_case, request::load_case(case_));
    nlohmann::ordered_json document;
    document["holdings"] = nlohmann::ordered_json::array();
    for (const request::CaseHolding& holding : the_case.holdings) {
      CANDOUR_TRY(description, with_errors(describe_one(the_case, holding)));
      console.print(fmt::format("{} ({})\n", holding.id, holding.label) + text_of(description));
      document["holdings"].push_back(json_of(description));
    }
    console.print_json(document);
    return ExitStatus::done;
  }

 private:
  static Result<tabulate::HoldingDescription> describe_one(const request::Case& the_case, const request::CaseHolding& holding) {
    if (holding.path.empty())
      return base::fail({base::Cause::wrong_input,
                         "holdings.elsewhere",
                         {},
                         fmt::format("the holding '{}' has no file here: another unit keeps it", holding.id),
                         "that unit can describe it"});
    holdings::CsvSettings settings;
    settings.delimiter = holding.delimiter;
    settings.encoding = holding.encoding == "windows-1252" ? holdings::CsvSettings::Encoding::windows_1252 : holdings::CsvSettings::Encoding::utf_8;
    settings.missing_texts = holding.missing_texts;
    CANDOUR_TRY(location, holdings::locate_holding(holding.path));
    CANDOUR_TRY(records, holdings::open_records(location, settings));
    std::vector<tabulate::VariableToCheck> variables;
    for (const request::CaseVariable& variable : the_case.variables)
      for (const request::VariableReading& reading : variable.readings)
        if (reading.holding == holding.id) variables.push_back({variable.variable.name, source_of(reading), &variable.variable.hierarchy});
    return tabulate::describe_holding(*records, variables);
  }

  std::filesystem::path case_;
};

}  // namespace

std::unique_ptr<Command> make_holdings_command() { return std::make_unique<HoldingsCommand>(); }

}  // namespace candour::cli
