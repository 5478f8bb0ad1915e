// The parallel CSV reader gives the rows and the errors of the plain one, whatever the text, the block size, the number of threads and the processor.

#include <candour/holdings/csv_kernel.hpp>
#include <candour/holdings/holding.hpp>
#include <candour/holdings/parallel_csv.hpp>

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <mutex>
#include <random>
#include <string>
#include <vector>

namespace candour::holdings {
namespace {

/// Rows as texts, or the error that came instead.
struct Outcome {
  std::vector<std::string> rows;
  std::string error;
  std::uint64_t line = 0;
  bool operator==(const Outcome&) const = default;
};

std::ostream& operator<<(std::ostream& out, const Outcome& outcome) {
  for (const auto& row : outcome.rows) out << "[" << row << "] ";
  return out << outcome.error << " at line " << outcome.line;
}

Outcome failed(const base::Error& error) { return {{}, error.code, error.place.line}; }

Outcome read_plainly(const CsvSettings& settings, const std::vector<std::string>& names) {
  auto holding = open_csv(settings);
  if (!holding) return failed(holding.error());
  std::vector<ColumnRequest> columns;
  for (const auto& name : names) columns.push_back({name});
  Outcome outcome;
  const auto read = (*holding)->read(columns, [&](const RecordBatch& batch, const auto& texts) -> base::Result<base::Done> {
    for (std::size_t r = 0; r < batch.row_count; ++r) {
      std::string row = std::to_string(batch.line_of(r));
      for (std::size_t c = 0; c < columns.size(); ++c) {
        const auto code = batch.columns[c].codes[r];
        row += code == ColumnBatch::missing ? "|<missing>" : "|" + texts[c][code];
      }
      outcome.rows.push_back(row);
    }
    return base::Done{};
  });
  if (!read) return failed(read.error());
  return outcome;
}

Outcome read_in_parallel(const CsvSettings& settings, const std::vector<std::string>& names, std::size_t block_bytes, unsigned threads) {
  auto csv = ParallelCsv::open(settings, block_bytes);
  if (!csv) return failed(csv.error());
  std::vector<std::size_t> places;
  for (const auto& name : names) {
    const auto at = std::find(csv->header().begin(), csv->header().end(), name);
    if (at == csv->header().end()) return {{}, "holding.unknown_column", 0};
    places.push_back(static_cast<std::size_t>(at - csv->header().begin()));
  }
  std::mutex guard;
  std::map<std::uint64_t, std::vector<std::string>> blocks;
  const FieldSink sink = [&](const FieldBlock& block) -> base::Result<base::Done> {
    std::vector<std::string> rows;
    for (std::size_t r = 0; r < block.row_count; ++r) {
      std::string row = std::to_string(block.line_of(r));
      for (const auto& column : block.columns) row += column[r].is_missing() ? "|<missing>" : "|" + std::string(column[r].text());
      rows.push_back(row);
    }
    const std::lock_guard lock(guard);
    blocks[block.number] = rows;
    return base::Done{};
  };
  const auto read = csv->read(places, std::vector<FieldSink>(threads, sink));
  if (!read) return failed(read.error());
  Outcome outcome;
  for (const auto& [number, rows] : blocks) outcome.rows.insert(outcome.rows.end(), rows.begin(), rows.end());
  return outcome;
}

class File {
 public:
  File() : path_((std::filesystem::temp_directory_path() / ("candour-agree-" + std::to_string(::getpid()) + ".csv")).string()) {}
  ~File() { std::filesystem::remove(path_); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  const std::string& write(const std::string& text) const {
    std::ofstream(path_, std::ios::binary | std::ios::trunc) << text;
    return path_;
  }

 private:
  std::string path_;
};

/// A text of `rows` rows; most are well formed. Errors come in with the probability given.
std::string some_csv(std::mt19937_64& random, std::size_t rows, std::size_t columns, double fault_share) {
  const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
  const std::vector<std::string> plain = {"", "a", "bc", "W1", "2024-03-01", "12345678", "a longer text than sixteen bytes", "\xC3\xA9", "x\ry", "-"};
  const std::vector<std::string> quoted = {"\"\"",     "\"a\"",        "\"a,b\"", "\"line\nend\"", "\"crlf\r\nin\"", "\"say \"\"no\"\"\"",
                                           "\"\"\"\"", "\",\"\",\n\"", "\"-\""};
  const std::vector<std::string> faulty = {"a\"b", "\"a\"b", "\"open", "a,b", "\"a\"\rb", " \"a\""};
  const std::string end = below(2) == 0 ? "\n" : "\r\n";
  std::string text = below(5) == 0 ? "\xEF\xBB\xBF" : "";
  for (std::size_t c = 0; c < columns; ++c) text += (c == 0 ? "c" : ",c") + std::to_string(c);
  text += end;
  for (std::size_t r = 0; r < rows; ++r) {
    for (std::size_t c = 0; c < columns; ++c) {
      if (c != 0) text += ',';
      const bool fault = static_cast<double>(random() % 1000) < 1000 * fault_share;
      text += fault ? faulty[below(faulty.size())] : below(3) == 0 ? quoted[below(quoted.size())] : plain[below(plain.size())];
    }
    if (r + 1 < rows || below(4) != 0) text += end;
    if (below(40) == 0) text += end;
  }
  return text;
}

TEST(CsvReadersAgree, OnWellFormedAndFaultyTexts) {
  const File file;
  std::size_t errors = 0, texts = 0;
  const bool held = rc::check([&] {
    std::mt19937_64 random(*rc::gen::arbitrary<std::uint64_t>());
    const std::size_t columns = 1 + random() % 4;
    const std::string text = some_csv(random, random() % 60, columns, random() % 2 == 0 ? 0 : 0.01);
    CsvSettings settings;
    settings.path = file.write(text);
    if (random() % 3 == 0) settings.missing_texts = {"-"};
    std::vector<std::string> names;
    for (std::size_t c = 0; c < columns; ++c)
      if (c == columns - 1 || random() % 2 == 0) names.push_back("c" + std::to_string(c));
    const Outcome plain = read_plainly(settings, names);
    const Outcome parallel = read_in_parallel(settings, names, 1 + random() % 300, 1 + static_cast<unsigned>(random() % 3));
    ++texts;
    if (!plain.error.empty()) ++errors;
    RC_ASSERT(parallel == plain);
  });
  EXPECT_TRUE(held);
  EXPECT_GT(errors, texts / 20);
  EXPECT_LT(errors, texts * 19 / 20);
}

TEST(CsvReadersAgree, KernelsOfAllProcessorsFindTheSameStructure) {
  const bool held = rc::check([] {
    std::mt19937_64 random(*rc::gen::arbitrary<std::uint64_t>());
    const std::string alphabet = "ab,\"\n\r";
    std::string bytes(random() % 500, ' ');
    for (char& byte : bytes) byte = alphabet[random() % (random() % 2 == 0 ? 3 : alphabet.size())];
    const std::size_t size = bytes.size();
    bytes.resize(size + 64, '"');  // what lies beyond the end must not matter
    std::vector<std::uint32_t> fast_marks(size + 64), plain_marks(size + 64);
    const auto fast = csv_kernel().find_structure(bytes.data(), size, ',', fast_marks.data());
    const auto plain = portable_csv_kernel().find_structure(bytes.data(), size, ',', plain_marks.data());
    RC_ASSERT(fast.mark_count == plain.mark_count);
    RC_ASSERT(fast.line_end_count == plain.line_end_count);
    RC_ASSERT(fast.well_quoted == plain.well_quoted);
    RC_ASSERT(fast.has_quotes == plain.has_quotes);
    RC_ASSERT(fast.ends_inside_quotes == plain.ends_inside_quotes);
    RC_ASSERT(std::memcmp(fast_marks.data(), plain_marks.data(), fast.mark_count * sizeof(std::uint32_t)) == 0);
    const auto counted = csv_kernel().count(bytes.data(), size);
    RC_ASSERT(counted.quotes == static_cast<std::size_t>(std::count(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size), '"')));
    RC_ASSERT(counted.line_ends == portable_csv_kernel().count(bytes.data(), size).line_ends);
  });
  EXPECT_TRUE(held);
}

}  // namespace
}  // namespace candour::holdings
