#pragma once
// The rows of a CSV text, one after another: RFC 4180 read strictly, one byte at a time.

#include <candour/base/result.hpp>

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace candour::holdings {

enum class Quoting { unquoted, quoted };

struct CsvField {
  std::string text;
  Quoting quoting = Quoting::unquoted;
};

struct CsvRow {
  std::uint64_t line = 1;  ///< on which the row starts
  std::vector<CsvField> fields;
};

/// Takes a text in pieces of any size and hands on its rows. A blank line is a row with one empty unquoted field.
class CsvScanner {
 public:
  using RowSink = std::function<base::Result<base::Done>(const CsvRow&)>;
  CsvScanner(std::string file, char delimiter, RowSink sink) : file_(std::move(file)), delimiter_(delimiter), sink_(std::move(sink)) {}

  /// Errors wrong_input "csv.stray_quote", "csv.text_after_quote" with file and line, and what the sink gives back.
  [[nodiscard]] base::Result<base::Done> take(std::string_view bytes);
  /// Ends the text: hands on a last row without a line end. Error wrong_input "csv.unclosed_quote".
  [[nodiscard]] base::Result<base::Done> finish();

 private:
  enum class State { field_start, unquoted, quoted, after_quote };
  [[nodiscard]] base::Result<base::Done> take_byte(char byte);
  [[nodiscard]] base::Result<base::Done> end_row();
  void end_field();
  [[nodiscard]] base::Error malformed(std::string_view code, std::string sentence, std::string hint) const;

  std::string file_;
  char delimiter_;
  RowSink sink_;
  State state_ = State::field_start;
  CsvRow row_;
  CsvField field_;
  std::uint64_t line_ = 1;
  std::uint64_t quote_line_ = 0;
  bool carriage_return_ = false;  ///< one was met and may belong to a line end
};

}  // namespace candour::holdings
