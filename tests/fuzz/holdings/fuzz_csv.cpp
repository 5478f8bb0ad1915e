#include "entries.hpp"

#include <candour/base/check.hpp>
#include <candour/holdings/holding.hpp>
#include <candour/holdings/parallel_csv.hpp>

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace candour::fuzz {
namespace {

using namespace candour::holdings;

/// Rows, or the code and line of the error.
using Outcome = std::vector<std::string>;

Outcome failed(const base::Error& error) { return {"error " + error.code + " " + std::to_string(error.place.line)}; }

Outcome plainly(const CsvSettings& settings) {
  auto holding = open_csv(settings);
  if (!holding) return failed(holding.error());
  std::vector<ColumnRequest> columns;
  const auto names = (*holding)->column_names().value();
  for (const std::string& name : names) columns.push_back({name, ColumnKind::text, base::DateForm::iso, "Europe/London"});
  Outcome rows;
  const auto read = (*holding)->read(columns, [&](const RecordBatch& batch, const std::vector<std::vector<std::string>>& texts) -> base::Result<base::Done> {
    for (std::size_t r = 0; r < batch.row_count; ++r) {
      rows.push_back(std::to_string(batch.line_of(r)));
      for (std::size_t c = 0; c < columns.size(); ++c)
        rows.back() += batch.columns[c].codes[r] == ColumnBatch::missing ? std::string("|-") : "|=" + texts[c][batch.columns[c].codes[r]];
    }
    return base::Done{};
  });
  return read ? rows : failed(read.error());
}

Outcome in_parallel(const CsvSettings& settings, std::size_t block_bytes, unsigned threads) {
  auto csv = ParallelCsv::open(settings, block_bytes);
  if (!csv) return failed(csv.error());
  std::vector<std::size_t> places;
  for (std::size_t c = 0; c < csv->header().size(); ++c) places.push_back(c);
  std::mutex guard;
  std::map<std::uint64_t, Outcome> blocks;
  const FieldSink sink = [&](const FieldBlock& block) -> base::Result<base::Done> {
    Outcome rows;
    for (std::size_t r = 0; r < block.row_count; ++r) {
      rows.push_back(std::to_string(block.line_of(r)));
      for (const auto& column : block.columns) rows.back() += column[r].is_missing() ? std::string("|-") : "|=" + std::string(column[r].text());
    }
    const std::lock_guard lock(guard);
    blocks[block.number] = std::move(rows);
    return base::Done{};
  };
  const auto read = csv->read(places, std::vector<FieldSink>(threads, sink));
  if (!read) return failed(read.error());
  Outcome all;
  for (auto& [number, rows] : blocks) all.insert(all.end(), rows.begin(), rows.end());
  return all;
}

}  // namespace

void fuzz_csv(const std::uint8_t* bytes, std::size_t size) {
  if (size < 2) return;
  const int file = ::memfd_create("fuzz", MFD_CLOEXEC);
  const ssize_t written = ::write(file, bytes + 2, size - 2);
  CANDOUR_CHECK(written == static_cast<ssize_t>(size - 2), "the text fits into memory");
  CsvSettings settings;
  settings.path = "/proc/self/fd/" + std::to_string(file);
  // Any byte may stand in a text here: bytes that are no UTF-8 are judged by the tabulator's dictionaries, not by the reader.
  settings.encoding = CsvSettings::Encoding::windows_1252;
  const Outcome parallel = in_parallel(settings, 1 + bytes[0], 1 + bytes[1] % 3U);
  Outcome plain = plainly(settings);
  ::close(file);
  const bool ascii = std::all_of(bytes, bytes + size, [](std::uint8_t byte) { return byte < 0x80; });
  if (!ascii) {
    CANDOUR_CHECK(plain.size() == parallel.size(), "both readers find the same number of rows");
    return;
  }
  CANDOUR_CHECK(plain == parallel, "both readers give the same rows or the same error");
}

}  // namespace candour::fuzz

#ifdef CANDOUR_FUZZER
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  candour::fuzz::fuzz_csv(bytes, size);
  return 0;
}
#endif
