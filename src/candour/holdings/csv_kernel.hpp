#pragma once
// Finds the structure of CSV bytes 64 at a time: which delimiters and line ends stand outside quotes.

#include <cstddef>
#include <cstdint>

namespace candour::holdings {

/// What a block of whole rows looks like.
struct CsvStructure {
  std::size_t mark_count = 0;      ///< delimiters and line ends outside quotes, written to `marks`
  std::size_t line_end_count = 0;  ///< of them, line ends
  bool well_quoted = true;         ///< each opening quote starts a field and each closing quote ends one
  bool has_quotes = false;
  bool ends_inside_quotes = false;
};

/// How many quotes and line ends stand in some bytes.
struct ByteCounts {
  std::size_t quotes = 0;
  std::size_t line_ends = 0;
};

/// The two routines of one instruction set. `bytes` starts outside quotes at the start of a row, is shorter than 4 GiB and may be read 64 bytes beyond its end;
/// `marks` has room for size + 64 offsets.
struct CsvKernel {
  CsvStructure (*find_structure)(const char* bytes, std::size_t size, char delimiter, std::uint32_t* marks);
  ByteCounts (*count)(const char* bytes, std::size_t size);
};

/// Gives the fastest kernel that this processor runs.
[[nodiscard]] const CsvKernel& csv_kernel();
/// The kernel that runs everywhere: the others must equal it.
[[nodiscard]] const CsvKernel& portable_csv_kernel();

}  // namespace candour::holdings
