#include <candour/tabulate/describe_holding.hpp>

#include <candour/holdings/column_dictionary.hpp>
#include <candour/tabulate/leaf_reader.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <utility>

namespace candour::tabulate {
namespace {

using holdings::ColumnKind;
using holdings::ColumnRequest;

/// The values of one column and how many rows have each.
struct Tally {
  std::vector<std::string> texts;
  std::vector<std::uint64_t> rows;
  std::uint64_t missing = 0;
};

bool all_read_as(const Tally& tally, const ColumnRequest& kind) {
  return std::all_of(tally.texts.begin(), tally.texts.end(), [&](const std::string& text) { return holdings::read_value(text, kind).has_value(); });
}

/// The ways in which days are written, tried in this order.
const std::array<std::pair<ColumnRequest, std::string_view>, 3>& day_kinds() {
  static const std::array<std::pair<ColumnRequest, std::string_view>, 3> kinds = {
      {{{"", ColumnKind::date, base::DateForm::iso, "Europe/London"}, "days (yyyy-mm-dd)"},
       {{"", ColumnKind::date, base::DateForm::day_month_year, "Europe/London"}, "days (dd/mm/yyyy)"},
       {{"", ColumnKind::date, base::DateForm::rfc3339, "Europe/London"}, "time stamps"}}};
  return kinds;
}

std::optional<ColumnRequest> day_kind_of(const Tally& tally) {
  if (tally.texts.empty()) return std::nullopt;
  for (const auto& [kind, word] : day_kinds())
    if (all_read_as(tally, kind)) return kind;
  return std::nullopt;
}

std::string kind_of(const Tally& tally) {
  if (tally.texts.empty()) return "nothing";
  if (all_read_as(tally, {"", ColumnKind::truth_value, base::DateForm::iso, {}})) return "truth values";
  if (all_read_as(tally, {"", ColumnKind::integer, base::DateForm::iso, {}})) return "whole numbers";
  if (all_read_as(tally, {"", ColumnKind::decimal, base::DateForm::iso, {}})) return "decimals";
  for (const auto& [kind, word] : day_kinds())
    if (all_read_as(tally, kind)) return std::string(word);
  return "texts";
}

CodeListDescription check_codes(const Tally& tally, const VariableToCheck& variable) {
  CodeListDescription found{variable.name, 0, tally.missing, 0, 0, 0};
  const ColumnRequest request = column_request_of(variable.source);
  for (std::size_t i = 0; i < tally.texts.size(); ++i) {
    const auto canonical = holdings::read_value(tally.texts[i], request);
    const LeafReading reading = canonical ? leaf_of_text(*canonical, variable.source, *variable.hierarchy) : LeafReading(NotReadable{});
    const auto* read = std::get_if<ReadLeaf>(&reading);
    if (read != nullptr && read->route == LeafRoute::mapped) found.mapped_rows += tally.rows[i];
    if (read != nullptr && says_unknown(*read, variable.source, *variable.hierarchy)) found.unknown_rows += tally.rows[i];
    if (read != nullptr && read->route != LeafRoute::unmapped_to_unknown) continue;
    found.outside_rows += tally.rows[i];
    ++found.outside_values;
  }
  return found;
}

/// Every month from the first to the last, those without rows too.
std::vector<std::pair<std::string, std::uint64_t>> rows_by_month(const Tally& tally, const ColumnRequest& kind) {
  std::map<std::chrono::year_month, std::uint64_t> rows;
  for (std::size_t i = 0; i < tally.texts.size(); ++i)
    if (const auto day = base::parse_date(tally.texts[i], kind.date_form, kind.time_zone)) rows[day->year() / day->month()] += tally.rows[i];
  std::vector<std::pair<std::string, std::uint64_t>> months;
  if (rows.empty()) return months;
  for (auto month = rows.begin()->first; month <= rows.rbegin()->first; month += std::chrono::months{1})
    months.emplace_back(base::to_iso(month / std::chrono::day{1}).substr(0, 7), rows.contains(month) ? rows.at(month) : 0);
  return months;
}

void append_drops(const std::string& column, const Tally& tally, std::vector<SuddenDrop>& drops) {
  const auto kind = day_kind_of(tally);
  if (!kind) return;
  const auto found = sudden_drops(column, rows_by_month(tally, *kind));
  drops.insert(drops.end(), found.begin(), found.end());
}

}  // namespace

std::vector<SuddenDrop> sudden_drops(const std::string& column, const std::vector<std::pair<std::string, std::uint64_t>>& months) {
  constexpr std::uint64_t too_few_to_judge = 20;
  std::vector<SuddenDrop> drops;
  for (std::size_t m = 3; m < months.size(); ++m) {
    std::array<std::uint64_t, 3> before = {months[m - 3].second, months[m - 2].second, months[m - 1].second};
    std::sort(before.begin(), before.end());
    if (before[1] >= too_few_to_judge && months[m].second * 2 < before[1]) drops.push_back({column, months[m].first, months[m].second, before[1]});
  }
  return drops;
}

base::Result<HoldingDescription> describe_holding(holdings::RecordHolding& holding, const std::vector<VariableToCheck>& variables) {
  CANDOUR_TRY(names, holding.column_names());
  std::vector<ColumnRequest> columns;
  for (const std::string& name : names) columns.push_back({name, ColumnKind::text, base::DateForm::iso, "Europe/London"});
  std::vector<Tally> tallies(names.size());
  const auto take = [&](const holdings::RecordBatch& batch, const std::vector<std::vector<std::string>>& texts) {
    for (std::size_t c = 0; c < tallies.size(); ++c) {
      for (std::size_t t = tallies[c].texts.size(); t < texts[c].size(); ++t) tallies[c].texts.push_back(texts[c][t]);
      tallies[c].rows.resize(texts[c].size());
      for (const std::uint32_t code : batch.columns[c].codes) ++(code == holdings::ColumnBatch::missing ? tallies[c].missing : tallies[c].rows[code]);
    }
    return base::Result<base::Done>(base::Done{});
  };
  CANDOUR_TRY(quality, holding.read(columns, take));
  HoldingDescription description{holding.name(), quality.rows, quality.identical_rows, {}, {}, {}, quality.notes};
  for (std::size_t c = 0; c < names.size(); ++c) {
    description.columns.push_back({names[c], kind_of(tallies[c]), tallies[c].missing, tallies[c].texts.size()});
    append_drops(names[c], tallies[c], description.drops);
  }
  for (const VariableToCheck& variable : variables) {
    const auto at = std::find(names.begin(), names.end(), variable.source.column);
    if (at == names.end())
      return base::fail({base::Cause::wrong_input,
                         "holding.unknown_column",
                         {holding.name(), 0, 0},
                         "there is no column '" + variable.source.column + "', which the variable '" + variable.name + "' is read from",
                         {}});
    description.code_lists.push_back(check_codes(tallies[static_cast<std::size_t>(at - names.begin())], variable));
  }
  return description;
}

}  // namespace candour::tabulate
