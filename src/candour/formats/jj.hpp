#pragma once
// The plain constraint format of table protection ("JJ"): cells with bounds and protection levels, and the sums that bind them.

#include <candour/base/result.hpp>

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace candour::formats {

/// One line of cells. All amounts are whole multiples of 10^-decimals (JjFile::decimals).
struct JjCell {
  std::int64_t id = 0;
  std::int64_t value = 0;
  std::int64_t cost = 0;    ///< scaled like the amounts
  char status = 's';        ///< u primary, x secondary, s shown, z always shown
  std::int64_t lowest = 0;  ///< what everybody knows of the cell
  std::int64_t highest = 0;
  std::int64_t lower_protection = 0;
  std::int64_t upper_protection = 0;
  std::int64_t sliding_protection = 0;
};

/// sum of coefficient * cell = right side. Terms of relation r: [term_start[r], term_start[r + 1]).
struct JjRelations {
  std::vector<std::int64_t> right_side;  ///< scaled like the amounts
  std::vector<std::uint64_t> term_start{0};
  std::vector<std::uint32_t> cell;  ///< place in JjFile::cells, not the id
  std::vector<std::int32_t> coefficient;
};

struct JjFile {
  int decimals = 0;  ///< the most digits after a point anywhere in the file
  std::vector<JjCell> cells;
  JjRelations relations;
};

/// Reads the text of a JJ file. `name` stands in errors.
///
/// Lines: a first number (ignored), the number of cells, one line a cell `id value cost status lower upper lpl upl spl`, the number of relations, one line a
/// relation `right_side n : id (coefficient) ...`. Fractions are scaled exactly. Errors wrong_input: "jj.malformed" (with the line), "jj.unknown_cell",
/// "jj.duplicate_cell", "jj.status", "jj.overflow". Cost: linear in the text.
[[nodiscard]] base::Result<JjFile> read_jj(std::string_view text, const std::string& name);

/// Writes what read_jj reads. Cost: linear.
[[nodiscard]] std::string write_jj(const JjFile& file);

/// Reads a file as it is, or unpacked where its name ends in ".gz". Errors could_not_finish "file.unreadable", wrong_input "gzip.malformed".
[[nodiscard]] base::Result<std::string> read_plain_or_gzip(const std::filesystem::path& file);

/// One line of a pattern file: `id,status` with a header.
struct JjPatternLine {
  std::int64_t id = 0;
  char status = 's';
};
/// Errors wrong_input "pattern.malformed" with the line.
[[nodiscard]] base::Result<std::vector<JjPatternLine>> read_jj_pattern(std::string_view text, const std::string& name);

}  // namespace candour::formats
