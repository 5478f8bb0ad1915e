#include <candour/answer/holding_feeds.hpp>

#include <candour/holdings/open_holding.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace candour::answer {

using request::Case;
using request::CaseHolding;
using request::CasePopulation;

namespace {

tabulate::VariableSource source_of(const request::VariableReading& reading) {
  using Derivation = tabulate::VariableSource::Derivation;
  static const std::map<std::string, Derivation> derivations{{"", Derivation::none},
                                                             {"month", Derivation::month},
                                                             {"five-year", Derivation::five_year},
                                                             {"ten-year", Derivation::ten_year},
                                                             {"bands", Derivation::bands}};
  return {reading.column, reading.mapping, derivations.at(reading.derivation), reading.bands, reading.unknown_code, reading.date_form, reading.time_zone};
}

}  // namespace

base::Result<holdings::RecordHolding*> OpenHoldings::open(const CaseHolding& holding) {
  auto& opened = opened_[holding.id];
  if (opened == nullptr) {
    if (holding.path.empty())
      return base::fail({base::Cause::wrong_input,
                         "answer.holding_elsewhere",
                         {},
                         fmt::format("the holding '{}' has no file here: another unit keeps it", holding.id),
                         "candour commission CASE writes the order for that unit; candour answer CASE --handover FILE goes on from what it gives back"});
    holdings::CsvSettings settings{holding.path, holding.delimiter, holdings::CsvSettings::Encoding::utf_8, holding.missing_texts};
    if (holding.encoding == "windows-1252") settings.encoding = holdings::CsvSettings::Encoding::windows_1252;
    CANDOUR_TRY(location, holdings::locate_holding(holding.path));
    CANDOUR_TRY(records, holdings::open_records(location, settings));
    opened = std::move(records);
  }
  return opened.get();
}

base::Result<base::Digest> OpenHoldings::digest() {
  std::string all;
  for (const CaseHolding& holding : case_.holdings) {
    const auto at = opened_.find(holding.id);
    if (at == opened_.end()) continue;
    CANDOUR_TRY(digest, at->second->digest());
    all += holding.id + " " + digest.to_hex() + "\n";
  }
  return base::digest_of(all);
}

std::vector<tabulate::FilterTerm> terms_of(const std::vector<request::Condition>& conditions) {
  std::vector<tabulate::FilterTerm> terms;
  for (const request::Condition& condition : conditions) {
    using Sense = tabulate::FilterTerm::Sense;
    terms.push_back({condition.column, condition.any_of, condition.sense == request::Condition::Sense::is_one_of ? Sense::is_one_of : Sense::is_none_of});
  }
  return terms;
}

base::Result<std::vector<tabulate::VariableSource>> sources_of(const Case& the_case, const CasePopulation& population, const CaseHolding& holding) {
  std::vector<tabulate::VariableSource> sources;
  for (const std::string& name : population.variables) {
    const auto variable = std::find_if(the_case.variables.begin(), the_case.variables.end(), [&](const auto& v) { return v.variable.name == name; });
    const auto reading = std::find_if(variable->readings.begin(), variable->readings.end(), [&](const auto& r) { return r.holding == holding.id; });
    if (reading == variable->readings.end())
      return base::fail({base::Cause::wrong_input,
                         "answer.no_reading",
                         {},
                         fmt::format("variable '{}' has no reading for holding '{}'", name, holding.id),
                         "add [[variable.reading]] with this holding and the column that holds it"});
    sources.push_back(source_of(*reading));
  }
  return sources;
}

}  // namespace candour::answer
