#pragma once
// CSV at the speed of memory: several threads, only the columns asked for, bounded memory.

#include <candour/holdings/holding.hpp>
#include <candour/holdings/row_blocks.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace candour::holdings {

/// A field as it stands, without the quotes around it. `data` is null where the value is missing. 16 bytes may be read beyond its end.
struct FieldBytes {
  const char* data = nullptr;
  std::uint32_t size = 0;
  [[nodiscard]] bool is_missing() const { return data == nullptr; }
  [[nodiscard]] std::string_view text() const { return {data, size}; }
};

/// The fields of a block of rows, column by column; valid while the sink runs.
struct FieldBlock {
  std::uint64_t number = 0;  ///< blocks are numbered in the order of the file
  std::size_t row_count = 0;
  std::vector<std::vector<FieldBytes>> columns;           ///< in the order asked for
  std::function<std::uint64_t(std::size_t row)> line_of;  ///< for errors
};

/// Takes the blocks that one thread reads.
using FieldSink = std::function<base::Result<base::Done>(const FieldBlock&)>;

struct CsvFacts {
  std::uint64_t rows = 0;
  std::uint64_t bytes = 0;
  std::uint64_t blank_lines = 0;
};

/// A CSV text, its header read. Gives the same rows and the same errors as open_csv, which is the reference it is tested against.
class ParallelCsv {
 public:
  static constexpr std::size_t usual_block_bytes = std::size_t{1} << 18U;
  /// A file (mapped), a gzip file or pipe (read block by block), or "-". Errors as open_csv.
  [[nodiscard]] static base::Result<ParallelCsv> open(const CsvSettings& settings, std::size_t block_bytes = usual_block_bytes);
  [[nodiscard]] const std::vector<std::string>& header() const { return header_; }
  [[nodiscard]] const CsvSettings& settings() const { return settings_; }

  /// Reads all rows once, one thread a sink; blocks come to the sinks in any order. `places` are indexes into the header.
  /// Of several faults the one that stands first in the text is given back. Memory: about 1 MiB a thread and what the sinks keep.
  [[nodiscard]] base::Result<CsvFacts> read(const std::vector<std::size_t>& places, const std::vector<FieldSink>& sinks);

 private:
  ParallelCsv() = default;
  CsvSettings settings_;
  std::vector<std::string> header_;
  std::unique_ptr<RowBlocks> blocks_;
  std::optional<RowBlock> first_block_;  ///< what stands behind the header in its block
};

}  // namespace candour::holdings
