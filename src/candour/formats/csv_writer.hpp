#pragma once
// Writes CSV (RFC 4180): UTF-8, a comma between fields, CR LF after each row, quotes only where they are needed.

#include <string>
#include <string_view>

namespace candour::formats {

/// Gives the text with an apostrophe before it where a spreadsheet would take it for a formula: first character = + - @, tab or carriage return.
[[nodiscard]] std::string guarded_against_formulas(std::string_view text);

/// Builds one CSV document in memory. Every row must have as many fields as the first, else it stops with an internal fault.
class CsvWriter {
 public:
  /// A field of words: guarded against formulas, quoted where needed.
  CsvWriter& text(std::string_view value);
  /// A field of digits (with sign and decimal point) that the caller made from a number; empty where there is none.
  CsvWriter& number(std::string_view value);
  CsvWriter& end_row();
  /// Gives the document; the last row must be ended.
  [[nodiscard]] std::string finish();

 private:
  void field(std::string_view value);

  std::string out_;
  std::size_t fields_in_row_ = 0;
  std::size_t fields_in_first_row_ = 0;
};

}  // namespace candour::formats
