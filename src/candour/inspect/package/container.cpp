#include <candour/inspect/package/container.hpp>

#include <algorithm>
#include <set>

namespace candour::inspect {

std::string folded_name(std::string_view name) {
  std::string out(name);
  std::transform(out.begin(), out.end(), out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
  return out;
}

void note_container(const formats::ZipSurvey& survey, Inspection& inspection) {
  const InspectionPlace whole = inspection.place("");
  if (!survey.comment.empty()) {
    inspection.at(FindingKind::archive_comment, whole).add("archive", survey.comment);
    inspection.look_at_text(whole, "archive comment", survey.comment);
  }
  for (const auto& range : survey.unclaimed) {
    inspection.at(FindingKind::bytes_outside_records, whole).add("bytes " + std::to_string(range.begin) + ".." + std::to_string(range.end), "", range.size());
  }
  std::set<std::string> seen;
  for (const auto& entry : survey.entries) {
    const InspectionPlace place = inspection.place(entry.name);
    if (!seen.insert(folded_name(entry.name)).second) inspection.at(FindingKind::duplicate_name, place).add("name", "");
    if (entry.name != entry.local_name) inspection.at(FindingKind::name_mismatch, place).add("local header", entry.local_name);
    if (!entry.extra_fields.empty()) inspection.at(FindingKind::extra_field, place).add("header", "", entry.extra_fields.size());
    if (!entry.comment.empty()) {
      inspection.at(FindingKind::archive_comment, place).add("entry", entry.comment);
      inspection.look_at_text(place, "entry comment", entry.comment);
    }
    if (entry.is_folder() && entry.size > 0) inspection.at(FindingKind::unreached_part, place).add("content of a folder", "", entry.size);
  }
}

}  // namespace candour::inspect
