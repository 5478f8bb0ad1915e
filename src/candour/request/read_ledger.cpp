// The cost ledger of a case, and what belongs to it: requests that are added up, the requester's agreement.

#include <candour/base/text.hpp>
#include <candour/request/reading.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace candour::request {
namespace {

using base::Setting;

constexpr std::array<std::string_view, 4> counting{"determining", "locating", "retrieving", "extracting"};

// units x minutes x people / 60, rounded down to hundredths: in doubt for the requester.
std::optional<base::Decimal> hours_of(const CostItem& item) {
  constexpr std::int64_t largest = 1000000;
  if (!item.units || !item.minutes || *item.units > largest || item.people > 100 || item.minutes->units() > largest) return std::nullopt;
  std::int64_t hundredths = *item.units * item.minutes->units() * item.people * 100;
  for (int i = 0; i < item.minutes->scale(); ++i) hundredths /= 10;
  const std::int64_t units = hundredths / 60;
  if (units % 100 == 0) return base::Decimal(units / 100);
  return units % 10 == 0 ? base::Decimal::of_units(units / 10, 1) : base::Decimal::of_units(units, 2);
}

void check_hours(const Setting& table, CostItem& item, Mistakes& mistakes) {
  const auto written = table.number_of("hours");
  const bool has_part = item.units || item.minutes;
  if (has_part && !(item.units && item.minutes && !item.unit.empty()))
    return mistakes.add(table.line, "cost_units",
                        fmt::format("a cost line of question {} has only some of 'units', 'unit' and 'minutes', expected all three", item.question),
                        "an estimate is units times minutes, and says of what");
  const auto worked_out = hours_of(item);
  if (!worked_out && !written)
    return mistakes.add(table.line, "cost_hours",
                        fmt::format("a cost line of question {} has no 'hours', expected them, or units, unit and minutes", item.question));
  if (worked_out && written && *worked_out != *written)
    return mistakes.add(table.line_of("hours"), "cost_hours",
                        fmt::format("a cost line of question {} says {} hours, expected {}: its units times its minutes", item.question, written->to_text(),
                                    worked_out->to_text()));
  item.hours = worked_out ? *worked_out : *written;
}

void check_evidence(const Setting& table, const CostItem& item, Mistakes& mistakes) {
  if (std::ranges::find(counting, item.activity) == counting.end()) return;
  if (!item.measured_on)
    mistakes.add(table.line, "cost_undated", fmt::format("a cost line of question {} has no 'measured_on', expected the day of the measurement", item.question),
                 "an estimate rests on evidence: what was timed, by whom and when");
  if (item.sample && item.units && *item.sample > *item.units)
    mistakes.add(table.line_of("sample"), "cost_sample",
                 fmt::format("a cost line of question {} has a sample of {} out of {} units, expected no more than there are", item.question, *item.sample,
                             *item.units));
  if (item.shows_units && !item.units)
    mistakes.add(table.line_of("shows_units"), "cost_units",
                 fmt::format("a cost line of question {} shows units and has none, expected 'units'", item.question));
}

}  // namespace

CostItem read_cost_item(const Setting& table, Mistakes& mistakes) {
  CostItem item;
  item.question = table.text_of("question");
  item.activity = table.text_of("activity");
  item.method = table.text_of("method");
  item.measured_by = table.text_of("measured_by");
  item.units = table.whole_number_of("units");
  item.unit = table.text_of("unit");
  item.minutes = table.number_of("minutes");
  item.people = table.whole_number_of("people").value_or(1);
  item.sample = table.whole_number_of("sample");
  item.measured_on = table.date_of("measured_on");
  item.period = table.text_of("period");
  item.system = table.text_of("system");
  item.breakdown = table.text_of("breakdown");
  item.pounds_an_hour = table.number_of("pounds_an_hour");
  item.shows_units = table.truth_of("shows_units");
  check_hours(table, item, mistakes);
  check_evidence(table, item, mistakes);
  return item;
}

void read_ledger(const Setting& top, Case& the_case, Mistakes& mistakes) {
  for (const Setting* table : top.tables_of("cost")) {
    the_case.costs.push_back(read_cost_item(*table, mistakes));
    check_question_named(*table, the_case, the_case.costs.back().question, mistakes);
  }
  for (const Setting* table : top.tables_of("earlier_request"))
    the_case.earlier_requests.push_back({table->text_of("reference"), *table->date_of("received"), table->text_of("asked_by"), table->truth_of("similar"),
                                         *table->number_of("hours"), table->text_of("subject")});
  if (const Setting* table = top.find("cost_agreement")) {
    the_case.cost_agreement = CostAgreement{table->text_of("agreed_by"), *table->date_of("on"), table->text_of("quote")};
    if (the_case.cost_agreement->on < the_case.received)
      mistakes.add(table->line_of("on"), "date_order", "the agreement on the cost limit is dated before the request, expected a day not before receipt");
  }
}

}  // namespace candour::request
