#include <candour/publish/site/site_frame.hpp>

#include <candour/release/chart.hpp>
#include <candour/release/page_shell.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace candour::publish {
namespace {

constexpr std::size_t most_periods = 8;

HtmlData list() { return HtmlData{HtmlData::type::list}; }

HtmlData facets_data(const std::vector<Facet>& facets) {
  HtmlData data = list();
  for (const Facet& facet : facets) {
    HtmlData one;
    one.set("code", facet.code);
    one.set("label", facet.label);
    one.set("count", std::to_string(facet.entries.size()));
    data << one;
  }
  return data;
}

HtmlData search_data(const SiteIndex& index) {
  HtmlData data;
  data.set("years", facets_data(index.years));
  data.set("outcomes", facets_data(index.outcomes));
  data.set("sections", facets_data(index.sections));
  return data;
}

std::string with_commas(std::string digits) {
  if (digits.find('.') != std::string::npos) return digits;
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
  return digits;
}

std::string words_of_period(const StatisticsPeriod& period) { return fmt::format("{} to {}", base::to_words(period.from), base::to_words(period.to)); }

HtmlData cell_data(const std::optional<std::string>& figure) {
  HtmlData data;
  data.set("text", figure ? with_commas(*figure) : std::string("[x]"));
  data.set("is_missing", !figure.has_value());
  return data;
}

HtmlData statistic_rows(const std::vector<StatisticsPeriod>& periods) {
  HtmlData rows = list();
  const auto append = [&](std::string_view label, const auto& figure_of) {
    HtmlData cells = list();
    for (const StatisticsPeriod& period : periods) cells << cell_data(figure_of(period));
    HtmlData row;
    row.set("row_label", std::string(label));
    row.set("cells", cells);
    rows << row;
  };
  const auto kinds = statistic_kinds();
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    append(kinds[i].label, [&](const StatisticsPeriod& period) { return period.figures[i]; });
    if (kinds[i].key == "answered_late") append("In time, of all answered", [](const StatisticsPeriod& period) { return in_time_percent(period); });
  }
  return rows;
}

// How the answers of the newest period came out, as bars.
std::string outcome_chart(const StatisticsPeriod& period) {
  release::Grid grid{"", "Outcome", "", {{"Answers", 0, false}}, {}};
  const auto kinds = statistic_kinds();
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    const bool is_outcome = kinds[i].key == "granted_in_full" || kinds[i].key == "granted_in_part" || kinds[i].key == "refused" || kinds[i].key == "not_held";
    if (!is_outcome) continue;
    const auto& figure = period.figures[i];
    grid.rows.push_back({{std::string(kinds[i].label), 0, false},
                         {{figure ? with_commas(*figure) : std::string("[x]"), figure ? release::CellReading::figure : release::CellReading::not_available}}});
  }
  return release::chart_of(grid, "outcomes", "How answers came out, " + words_of_period(period));
}

HtmlData statistics_data(const Statistics& statistics) {
  std::vector<StatisticsPeriod> shown(statistics.periods.begin(),
                                      statistics.periods.begin() + static_cast<std::ptrdiff_t>(std::min(most_periods, statistics.periods.size())));
  HtmlData data, periods = list();
  for (const StatisticsPeriod& period : shown) {
    HtmlData one;
    one.set("period", words_of_period(period));
    periods << one;
  }
  data.set("periods", periods);
  data.set("rows", statistic_rows(shown));
  data.set("latest", !shown.empty());
  data.set("chart", shown.empty() ? std::string() : outcome_chart(shown.front()));
  if (shown.empty()) return data;
  const auto& received = shown.front().figures.front();
  data.set("latest_period", words_of_period(shown.front()));
  data.set("latest_received", received ? with_commas(*received) : std::string("not recorded"));
  data.set("latest_in_time", in_time_percent(shown.front()).value_or("not recorded"));
  return data;
}

HtmlData about_data(const SiteContents& site) {
  HtmlData data;
  data.set("licence_sentence", release::licence_sentence(site.licence));
  data.set("is_open_government", site.licence == "Open Government Licence v3.0");
  data.set("notice_file", notice_file());
  return data;
}

HtmlData accessibility_data(const SiteContents& site) {
  HtmlData data;
  data.set("has_contact", !site.look.contact.empty());
  data.set("contact", site.look.contact);
  return data;
}

}  // namespace

void append_text_pages(const SiteFrame& frame, std::vector<base::FileToWrite>& files) {
  const SiteContents& site = frame.site();
  files.push_back({"search.html", frame.page("log_search.html", search_data(site.index), "Search the answers", "")});
  files.push_back({"about.html", frame.page("log_about.html", about_data(site), "About these pages", "")});
  files.push_back({"accessibility.html", frame.page("log_accessibility.html", accessibility_data(site), "Accessibility of these pages", "")});
  files.push_back({"leaving.html", frame.page("log_leaving.html", HtmlData(), "Leaving this site quickly", "")});
  if (site.statistics)
    files.push_back({"statistics.html", frame.page("log_statistics.html", statistics_data(*site.statistics), "How requests were answered", "")});
}

std::string tombstone_page(const Tombstone& tombstone, const release::PageLook& look, const std::string& licence) {
  HtmlData data;
  release::set_shell(data, look, {release::PageKind::carries_all, false, "../", "", licence});
  data.set("reference", tombstone.reference);
  data.set("removed", base::to_words(tombstone.removed));
  data.set("reason", tombstone.reason);
  return release::filled("log_removed.html", data);
}

}  // namespace candour::publish
