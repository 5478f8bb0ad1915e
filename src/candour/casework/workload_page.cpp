#include <candour/casework/statistics.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

namespace candour::casework {
namespace {

std::string in_html(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&') out += "&amp;";
    else if (c == '<') out += "&lt;";
    else if (c == '>') out += "&gt;";
    else if (c == '"') out += "&quot;";
    else out += c;
  }
  return out;
}

/// One bar of a chart, cut into parts that stand on one another.
struct Bar {
  std::string label;
  std::vector<std::int64_t> parts;
};

struct Chart {
  std::string title;
  std::vector<std::string> parts;  ///< their names; the first stands at the bottom
  std::vector<Bar> bars;
};

constexpr std::array<const char*, 4> fills{"#1d4f91", "#b3541e", "#7a7a7a", "#c9c9c9"};
/// Told apart without colour too: the second is hatched, the third dotted.
constexpr std::string_view patterns =
    "<defs><pattern id=\"p1\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\"><rect width=\"6\" height=\"6\" fill=\"#b3541e\"/>"
    "<path d=\"M0 6L6 0\" stroke=\"#fff\"/></pattern><pattern id=\"p2\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\"><rect width=\"6\" "
    "height=\"6\" "
    "fill=\"#7a7a7a\"/><circle cx=\"3\" cy=\"3\" r=\"1\" fill=\"#fff\"/></pattern></defs>";

std::string fill_of(std::size_t part) { return part == 1 ? "url(#p1)" : part == 2 ? "url(#p2)" : fills[part % fills.size()]; }

/// A chart as SVG, and the same figures as a table for whoever reads with the ears.
std::string drawn(const Chart& chart) {
  constexpr int height = 180;
  std::size_t longest_label = 5;
  for (const Bar& bar : chart.bars) longest_label = std::max(longest_label, bar.label.size());
  const int width = static_cast<int>(std::min<std::size_t>(longest_label, 40)) * 7 + 12;
  std::int64_t highest = 1;
  for (const Bar& bar : chart.bars) {
    std::int64_t sum = 0;
    for (const std::int64_t part : bar.parts) sum += part;
    highest = std::max(highest, sum);
  }
  const auto total_width = static_cast<int>(chart.bars.size()) * width + 40;
  std::string svg = fmt::format("<figure><figcaption>{}</figcaption><svg role=\"img\" aria-label=\"{}\" viewBox=\"0 0 {} {}\" width=\"{}\" height=\"{}\">{}",
                                in_html(chart.title), in_html(chart.title), total_width, height + 50, total_width, height + 50, patterns);
  for (std::size_t b = 0; b < chart.bars.size(); ++b) {
    const Bar& bar = chart.bars[b];
    const int x = 30 + static_cast<int>(b) * width;
    std::int64_t below = 0;
    for (std::size_t p = 0; p < bar.parts.size(); ++p) {
      const auto top = static_cast<int>((below + bar.parts[p]) * height / highest);
      const auto bottom = static_cast<int>(below * height / highest);
      if (bar.parts[p] > 0)
        svg += fmt::format("<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{}\"><title>{}: {} {}</title></rect>", x, 20 + height - top, width - 12,
                           std::max(top - bottom, 1), fill_of(p), in_html(bar.label), bar.parts[p], in_html(chart.parts[p]));
      below += bar.parts[p];
    }
    svg += fmt::format("<text x=\"{}\" y=\"{}\" text-anchor=\"middle\">{}</text>", x + (width - 12) / 2,
                       14 + height - static_cast<int>(below * height / highest), below);
    svg += fmt::format("<text x=\"{}\" y=\"{}\" text-anchor=\"middle\">{}</text>", x + (width - 12) / 2, height + 36, in_html(bar.label));
  }
  svg += "</svg><table><tr><th></th>";
  for (const std::string& part : chart.parts) svg += "<th scope=\"col\">" + in_html(part) + "</th>";
  svg += "</tr>";
  for (const Bar& bar : chart.bars) {
    svg += "<tr><th scope=\"row\">" + in_html(bar.label) + "</th>";
    for (const std::int64_t part : bar.parts) svg += fmt::format("<td>{}</td>", part);
    svg += "</tr>";
  }
  return svg + "</table></figure>\n";
}

std::string quarter_label(base::Date day) { return fmt::format("{} Q{}", static_cast<int>(day.year()), (static_cast<unsigned>(day.month()) + 2) / 3); }

Chart by_period(const std::vector<PeriodStatistics>& periods) {
  Chart chart{"Requests received, by what became of them", {"answered in time", "answered late", "still open", "withdrawn"}, {}};
  for (const PeriodStatistics& period : periods)
    chart.bars.push_back({quarter_label(period.from), {period.answered_in_time, period.answered_late, period.still_open, period.withdrawn}});
  return chart;
}

Chart by_days(const std::vector<PeriodStatistics>& periods) {
  static constexpr std::array<int, 6> ends{5, 10, 15, 20, 40, 1'000'000};
  static constexpr std::array<const char*, 6> labels{"0-5", "6-10", "11-15", "16-20", "21-40", "41+"};
  Chart chart{"Working days from receipt to answer", {"answers"}, {}};
  for (const char* label : labels) chart.bars.push_back({label, {0}});
  for (const PeriodStatistics& period : periods)
    for (const int days : period.working_days) ++chart.bars[static_cast<std::size_t>(std::ranges::lower_bound(ends, days) - ends.begin())].parts[0];
  return chart;
}

Chart by_due_week(const std::vector<CaseState>& cases) {
  Chart chart{"Open cases, by the working days that are left",
              {"cases"},
              {{"overdue", {0}}, {"0-2", {0}}, {"3-10", {0}}, {"11-20", {0}}, {"21+", {0}}, {"stopped", {0}}}};
  for (const CaseState& state : cases) {
    if (!is_open(state)) continue;
    const std::size_t bar = !state.working_days_left            ? 5
                            : state.urgency == Urgency::overdue ? 0
                            : *state.working_days_left <= 2     ? 1
                            : *state.working_days_left <= 10    ? 2
                            : *state.working_days_left <= 20    ? 3
                                                                : 4;
    ++chart.bars[bar].parts[0];
  }
  return chart;
}

Chart by_officer(const std::vector<CaseState>& cases) {
  std::map<std::string, std::int64_t> counts;
  for (const CaseState& state : cases)
    if (is_open(state)) ++counts[state.who.empty() ? "nobody" : state.who];
  Chart chart{"Open cases, by who has them", {"cases"}, {}};
  for (const auto& [who, count] : counts) chart.bars.push_back({who, {count}});
  return chart;
}

}  // namespace

std::string workload_page(const std::string& authority, const std::vector<PeriodStatistics>& periods, const std::vector<CaseState>& cases, base::Date today) {
  std::string page =
      "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n<title>Workload and timeliness</title>\n<style>body { font-family: "
      "sans-serif; max-width: 60em; margin: 2em "
      "auto; padding: 0 1em } figure { margin: 2em 0 } figcaption { font-weight: bold } svg { max-width: 100%; height: auto; font-size: 11px } table { "
      "border-collapse: collapse } td, th { padding: "
      "0.2em 0.8em; border-bottom: 1px solid #767676; text-align: right } th[scope=row] { text-align: left; font-weight: normal }</style>\n</head>\n<body>\n";
  page += fmt::format("<h1>Workload and timeliness</h1>\n<p>{}, {}. For the unit only: it names officers.</p>\n", in_html(authority), base::to_words(today));
  for (const Chart& chart : {by_period(periods), by_days(periods), by_due_week(cases), by_officer(cases)}) page += drawn(chart);
  page +=
      "<h2>Open cases</h2>\n<table><tr><th scope=\"col\">Reference</th><th scope=\"col\">Due</th><th scope=\"col\">Working days left</th><th scope=\"col\">Who "
      "has it</th><th scope=\"col\">Waits for</th></tr>\n";
  for (const CaseState& state : cases) {
    if (!is_open(state)) continue;
    page += fmt::format("<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n", in_html(state.head.reference),
                        state.due ? base::to_iso(*state.due) : "clock stopped", state.working_days_left ? fmt::format("{}", *state.working_days_left) : "",
                        in_html(state.who.empty() ? "nobody" : state.who), in_html(state.waits_for));
  }
  return page + "</table>\n</body>\n</html>\n";
}

}  // namespace candour::casework
