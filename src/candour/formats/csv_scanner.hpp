#pragma once
// Takes CSV text apart as a stream, for inspection: every field with its place, nothing corrected.

#include <candour/formats/byte_source.hpp>

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace candour::formats {

/// One field as it stands.
struct CsvField {
  std::string text;          ///< quotes taken off, doubled ones single
  std::uint64_t offset = 0;  ///< byte where it begins
  bool is_quoted = false;
  bool is_broken = false;  ///< characters after a closing quote
};

/// One record.
struct CsvRecord {
  std::vector<CsvField> fields;
  std::uint64_t number = 0;  ///< from 0, blank ones counted
  std::uint64_t offset = 0;
  [[nodiscard]] bool is_blank() const;
};

/// Takes a record; an error stops the reading.
using CsvSink = std::function<base::Result<base::Done>(const CsvRecord&)>;

/// Splits pieces of text into records (RFC 4180, any line end, any one-character delimiter).
///
/// Fails: could_not_finish "csv.over_limit" (a record longer than the limit), "csv.open_quote" (the text ends inside quotes), or the sink's error.
class CsvScanner {
 public:
  CsvScanner(char delimiter, std::uint64_t longest_record_bytes, CsvSink sink)
      : delimiter_(delimiter), longest_(longest_record_bytes), sink_(std::move(sink)) {}
  [[nodiscard]] base::Result<base::Done> feed(std::string_view piece);
  [[nodiscard]] base::Result<base::Done> finish();

 private:
  enum class At { start, plain, quoted, after_quote };
  [[nodiscard]] base::Result<base::Done> end_record();
  void end_field();

  char delimiter_;
  std::uint64_t longest_;
  CsvSink sink_;
  CsvRecord record_;
  CsvField field_;
  At at_ = At::start;
  std::uint64_t offset_ = 0;
  bool after_carriage_return_ = false;
};

/// Gives the delimiter that makes the first records of a text agree best in width, and that width; width 1 means the text is no table.
struct CsvShape {
  char delimiter = ',';
  std::size_t width = 1;
};
[[nodiscard]] CsvShape guess_csv_shape(std::string_view first_bytes);

}  // namespace candour::formats
