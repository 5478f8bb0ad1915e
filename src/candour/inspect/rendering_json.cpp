#include <candour/inspect/rendering.hpp>

#include <candour/base/text.hpp>

#include <nlohmann/json.hpp>

namespace candour::inspect {
namespace {

using nlohmann::ordered_json;

/// JSON is UTF-8; names of entries and samples need not be.
std::string utf8(std::string_view text) { return base::is_valid_utf8(text) ? std::string(text) : base::utf8_from_windows_1252(text); }

std::vector<std::string> utf8(const std::vector<std::string>& texts) {
  std::vector<std::string> out;
  for (const auto& text : texts) out.push_back(utf8(std::string_view(text)));
  return out;
}

ordered_json place_json(const InspectionPlace& place) { return {{"file", utf8(place.file)}, {"part", utf8(place.part)}, {"sheet", utf8(place.sheet)}}; }

ordered_json report_json(const InspectionReport& report) {
  ordered_json gaps = ordered_json::array(), findings = ordered_json::array();
  for (const auto& gap : report.gaps) gaps.push_back({{"code", gap.code}, {"sentence", utf8(gap.sentence)}, {"place", place_json(gap.place)}});
  for (const auto& finding : report.findings) {
    findings.push_back({{"kind", entry_of(finding.kind).name},
                        {"title", entry_of(finding.kind).title},
                        {"place", place_json(finding.place)},
                        {"where", utf8(finding.where)},
                        {"count", finding.count},
                        {"samples", utf8(finding.samples)}});
  }
  return {{"file", utf8(report.file)}, {"format", report.format}, {"outcome", to_text(report.outcome())}, {"gaps", gaps}, {"findings", findings}};
}

}  // namespace

ordered_json to_json(const std::vector<InspectionReport>& reports) {
  ordered_json files = ordered_json::array();
  for (const auto& report : reports) files.push_back(report_json(report));
  return {{"outcome", to_text(overall_outcome(reports))}, {"files", files}};
}

}  // namespace candour::inspect
