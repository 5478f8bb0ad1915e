#include <candour/formats/csv_writer.hpp>

#include <candour/base/check.hpp>

#include <utility>

namespace candour::formats {

std::string guarded_against_formulas(std::string_view text) {
  const bool looks_like_a_formula = !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos;
  return looks_like_a_formula ? "'" + std::string(text) : std::string(text);
}

void CsvWriter::field(std::string_view value) {
  if (fields_in_row_++ > 0) out_ += ',';
  if (value.find_first_of(",\"\r\n") == std::string_view::npos) {
    out_ += value;
    return;
  }
  out_ += '"';
  for (const char letter : value) {
    if (letter == '"') out_ += '"';
    out_ += letter;
  }
  out_ += '"';
}

CsvWriter& CsvWriter::text(std::string_view value) {
  field(guarded_against_formulas(value));
  return *this;
}

CsvWriter& CsvWriter::number(std::string_view value) {
  CANDOUR_CHECK(value.find_first_not_of("-.0123456789") == std::string_view::npos, "a number of a CSV file has digits only");
  field(value);
  return *this;
}

CsvWriter& CsvWriter::end_row() {
  CANDOUR_CHECK(fields_in_row_ > 0, "a row of a CSV file has a field");
  if (fields_in_first_row_ == 0) fields_in_first_row_ = fields_in_row_;
  CANDOUR_CHECK(fields_in_row_ == fields_in_first_row_, "all rows of a CSV file have as many fields as the first");
  fields_in_row_ = 0;
  out_ += "\r\n";
  return *this;
}

std::string CsvWriter::finish() {
  CANDOUR_CHECK(fields_in_row_ == 0, "the last row of a CSV file is ended");
  return std::exchange(out_, {});
}

}  // namespace candour::formats
