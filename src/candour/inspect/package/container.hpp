#pragma once
// What the zip container of a package or archive hides.

#include <candour/formats/zip_survey.hpp>
#include <candour/inspect/inspection.hpp>

namespace candour::inspect {

/// Writes down duplicate and contradicting names, comments, extra fields, and bytes that belong to no entry.
void note_container(const formats::ZipSurvey& survey, Inspection& inspection);

/// Gives the name with ASCII letters in lower case: zip names that differ only so are one file on many systems.
[[nodiscard]] std::string folded_name(std::string_view name);

}  // namespace candour::inspect
