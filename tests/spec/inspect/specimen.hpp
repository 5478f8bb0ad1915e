#pragma once
// One hiding place, built on purpose.

#include <candour/inspect/inspect_file.hpp>

#include <optional>
#include <string>
#include <vector>

namespace candour::inspect::specimens {

/// A file that hides something in one place.
struct Specimen {
  std::string name;  ///< of the place, for the test's name
  FindingKind kind;
  std::string where;  ///< the address or element at which it must be found
  std::string sheet;  ///< the sheet in which it must be found, if any
  std::string bytes;
  std::string renamed;  ///< the same with other part names; empty where names are fixed by the format
};

[[nodiscard]] std::vector<Specimen> workbook_specimens();
[[nodiscard]] std::vector<Specimen> document_specimens();
[[nodiscard]] std::vector<Specimen> opendocument_specimens();
[[nodiscard]] std::vector<Specimen> container_specimens();
[[nodiscard]] std::vector<Specimen> text_specimens();
[[nodiscard]] std::vector<Specimen> picture_specimens();
[[nodiscard]] std::vector<Specimen> pdf_specimens();
[[nodiscard]] std::vector<Specimen> legacy_specimens();
[[nodiscard]] std::vector<Specimen> all_specimens();

/// Files that hide nothing, one a format.
struct CleanFile {
  std::string name;
  std::string bytes;
};
[[nodiscard]] std::vector<CleanFile> clean_files();

/// For every specimen, under its name, a file that hides nothing: with the same thing in sight where that can be said, else without it.
[[nodiscard]] std::vector<CleanFile> clean_twins();
/// The twin of a PDF specimen, if it has one of its own.
[[nodiscard]] std::optional<std::string> pdf_twin(const std::string& name);
/// Twins whose specimen is gone or has another name; there must be none.
[[nodiscard]] std::vector<std::string> twins_without_specimen();

/// A small picture of one pixel.
[[nodiscard]] std::string plain_png();
[[nodiscard]] std::string plain_jpeg();
[[nodiscard]] std::string plain_pdf();
/// A page with this content, and one whose text lies in forms inside forms.
[[nodiscard]] std::string pdf_with_content(const std::string& content);
[[nodiscard]] std::string pdf_with_nested_forms(int depth);
/// An old workbook that hides nothing: it is never clean all the same.
[[nodiscard]] std::string plain_xls();
[[nodiscard]] std::string encrypted_xls();
[[nodiscard]] std::string encrypted_package();
/// A PNG chunk with its length and checksum.
[[nodiscard]] std::string png_chunk(const std::string& name, const std::string& content);

}  // namespace candour::inspect::specimens
