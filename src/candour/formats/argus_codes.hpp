#pragma once
// Two small files of the field: a hierarchy as indented codes (.hrc, and sdcTable's two columns), and what is known beforehand of single cells (.hst).

#include <candour/base/result.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace candour::formats {

/// A code and how far it lies below the total: 1 for a child of the total.
struct IndentedCode {
  int depth = 1;
  std::string code;
};

/// Reads an .hrc: a code a line, parents before their children, with `lead` once for each step below the first; the total is not in the file.
/// Error wrong_input "hrc.malformed" with the line: an empty code, a step down of more than one, more than 100 levels, or no code at all.
[[nodiscard]] base::Result<std::vector<IndentedCode>> read_hrc(std::string_view text, const std::string& name, std::string_view lead = "@");
[[nodiscard]] std::string write_hrc(const std::vector<IndentedCode>& codes, std::string_view lead = "@");

/// Reads the two columns of sdcTable: "@" for the total, "@@" for its children, and so on, then a semicolon or comma and the code. The total is the first line.
/// Error wrong_input "hrc.malformed" with the line.
struct LeveledCodes {
  std::string total;
  std::vector<IndentedCode> codes;
};
[[nodiscard]] base::Result<LeveledCodes> read_leveled_codes(std::string_view text, const std::string& name);
/// Says whether a text looks like the two columns of sdcTable: its first line that is not empty starts with a single @ and a separator.
[[nodiscard]] bool looks_like_leveled_codes(std::string_view text);

/// What a line of an a-priori file does to a cell.
enum class HistoryKind { safe, unsafe, protect, secondary, cost, levels };
struct HistoryLine {
  std::vector<std::string> codes;  ///< one a variable; the total may be empty
  HistoryKind kind = HistoryKind::safe;
  std::vector<std::string> numbers;  ///< cost: one; levels: lower and upper; unsafe: none, or lower and upper; as they stand in the file
  std::uint64_t line = 0;
};

/// Reads an a-priori file: the codes of a cell, then s, u, p, m (or ml), c (or w) and a cost, or pl and two levels, between `separator`s, in any case; fields
/// may be quoted. Error wrong_input "hst.malformed" with the line.
[[nodiscard]] base::Result<std::vector<HistoryLine>> read_history(std::string_view text, const std::string& name, std::size_t variables, char separator);
[[nodiscard]] std::string write_history(const std::vector<HistoryLine>& lines, char separator);

}  // namespace candour::formats
