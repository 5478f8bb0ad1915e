#include <candour/inspect/rendering.hpp>

#include <candour/base/text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <span>

namespace candour::inspect {
namespace {

constexpr std::size_t most_places_in_text = 8;

std::string place_text(const InspectionPlace& place, std::string_view report_file) {
  std::string out;
  if (place.file != report_file) out += place.file.substr(std::min(place.file.size(), report_file.size())) + " ";
  if (!place.sheet.empty()) out += "sheet \"" + place.sheet + "\" ";
  if (!place.part.empty()) out += place.part;
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

std::string where_text(const InspectionFinding& finding) {
  const std::size_t shown = std::min(finding.where.size(), most_places_in_text);
  std::string out = base::joined(std::span(finding.where).first(shown), ", ");
  if (finding.where.size() > shown) out += fmt::format(" and {} more", finding.where.size() - shown);
  return out;
}

std::string samples_text(const InspectionFinding& finding) {
  std::string out;
  for (const auto& sample : finding.samples) out += (out.empty() ? "\"" : ", \"") + sample + "\"";
  return out;
}

void append_report(const InspectionReport& report, std::string& out) {
  out += fmt::format("{}: {} ({})\n", report.file, to_text(report.outcome()), report.format);
  for (const auto& gap : report.gaps) {
    const std::string place = place_text(gap.place, report.file);
    out += fmt::format("  not inspected: {}{}{} [{}]\n", place, place.empty() ? "" : ": ", gap.sentence, gap.code);
  }
  for (const auto& finding : report.findings) {
    const std::string place = place_text(finding.place, report.file), where = where_text(finding), samples = samples_text(finding);
    out += fmt::format("  {}: {}", entry_of(finding.kind).name, entry_of(finding.kind).title);
    if (!place.empty()) out += fmt::format("; {}", place);
    if (!where.empty()) out += fmt::format("; {}", where);
    if (finding.count > 1) out += fmt::format("; {} in all", finding.count);
    if (!samples.empty()) out += fmt::format("; {}", samples);
    out += '\n';
  }
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&') out += "&amp;";
    else if (c == '<') out += "&lt;";
    else if (c == '>') out += "&gt;";
    else if (c == '"') out += "&quot;";
    else out += c;
  }
  return base::is_valid_utf8(out) ? out : base::utf8_from_windows_1252(out);
}

constexpr std::string_view page_head =
    "<!doctype html>\n<html lang=\"en-GB\"><head><meta charset=\"utf-8\"><title>Inspection of files</title>\n"
    "<style>body{font-family:Helvetica,Arial,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;line-height:1.4}"
    "table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;border-bottom:1px solid #999;padding:.4rem}"
    "td{overflow-wrap:anywhere}.outcome{font-weight:bold}</style></head><body>\n<main><h1>Inspection of files</h1>\n";

void append_table(const InspectionReport& report, std::string& out) {
  out +=
      "<table><caption>Findings</caption><thead><tr><th scope=\"col\">What</th><th scope=\"col\">Part</th><th scope=\"col\">Where</th>"
      "<th scope=\"col\">How many</th><th scope=\"col\">Sample</th></tr></thead><tbody>\n";
  for (const auto& finding : report.findings) {
    out += fmt::format("<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n", escaped(entry_of(finding.kind).title),
                       escaped(place_text(finding.place, report.file)), escaped(where_text(finding)), finding.count, escaped(samples_text(finding)));
  }
  out += "</tbody></table>\n";
}

}  // namespace

InspectionOutcome overall_outcome(const std::vector<InspectionReport>& reports) {
  switch (exit_status(reports)) {
    case 0: return InspectionOutcome::clean;
    case 3: return InspectionOutcome::findings;
    default: return InspectionOutcome::not_fully_inspected;
  }
}

std::string to_text(const std::vector<InspectionReport>& reports) {
  std::string out;
  for (const auto& report : reports) append_report(report, out);
  return out;
}

std::string to_html(const std::vector<InspectionReport>& reports) {
  std::string out(page_head);
  for (const auto& report : reports) {
    out += fmt::format("<h2>{}</h2>\n<p class=\"outcome\">{} ({})</p>\n", escaped(report.file), to_text(report.outcome()), escaped(report.format));
    if (!report.gaps.empty()) {
      out += "<h3>Not inspected</h3>\n<ul>\n";
      for (const auto& gap : report.gaps) out += fmt::format("<li>{} {}</li>\n", escaped(place_text(gap.place, report.file)), escaped(gap.sentence));
      out += "</ul>\n";
    }
    if (!report.findings.empty()) append_table(report, out);
  }
  out += "<p>Loose numbers of one or two digits are not searched for withheld values: they stand everywhere by chance.</p>\n</main></body></html>\n";
  return out;
}

}  // namespace candour::inspect
