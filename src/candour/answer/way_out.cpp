#include <candour/answer/way_out.hpp>

#include <candour/inspect/inspect_file.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace candour::answer {
namespace {

/// What a name of ours promises.
constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kinds{
    {{".csv", "CSV"}, {".html", "HTML"}, {".json", "JSON"}, {".ods", "ODS"}, {".pdf", "PDF"}, {".xlsx", "XLSX"}}};

std::string found_in(const inspect::InspectionReport& report) {
  if (!report.gaps.empty()) return report.gaps.front().sentence;
  if (!report.findings.empty()) {
    const inspect::InspectionFinding& finding = report.findings.front();
    const std::string part = finding.place.part.empty() ? "" : " in " + finding.place.part;
    const std::string where = finding.where.empty() ? "" : " at " + finding.where.front();
    return fmt::format("{}{}{}", inspect::entry_of(finding.kind).title, part, where);
  }
  return {};
}

std::string wrong_kind(const base::FileToWrite& file, const inspect::InspectionReport& report) {
  const auto kind = std::find_if(kinds.begin(), kinds.end(), [&](const auto& each) { return file.path.extension() == each.first; });
  if (kind == kinds.end()) return "no writer of ours gives files of this name";
  return kind->second == report.format ? std::string() : fmt::format("its name says {} and its bytes say {}", kind->second, report.format);
}

}  // namespace

base::Result<base::Done> look_before_writing(std::string_view folder, std::span<const base::FileToWrite> files, const std::vector<base::Digest>& pictures) {
  for (const base::FileToWrite& file : files) {
    // A document that is given was written by somebody else: it may be of any kind, and hides nothing.
    const bool is_document = *file.path.begin() == "documents";
    inspect::InspectionOptions options;
    options.expectation = is_document ? inspect::Expectation::anything : inspect::Expectation::our_own_writing;
    options.own_pictures = pictures;
    const std::string name = std::string(folder) + "/" + file.path.generic_string();
    const inspect::InspectionReport report = inspect::inspect_bytes(name, file.bytes, options);
    std::string fault = found_in(report);
    if (fault.empty() && !is_document) fault = wrong_kind(file, report);
    if (fault.empty()) continue;
    return base::fail({base::Cause::refused,
                       "answer.hides_something",
                       {name},
                       "the file is not written, for it holds what it should not: " + fault,
                       "nothing was written; what stands in the request or the case file can be changed there"});
  }
  return base::Done{};
}

}  // namespace candour::answer
