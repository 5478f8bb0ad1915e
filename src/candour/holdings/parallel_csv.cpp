#include <candour/holdings/parallel_csv.hpp>

#include <candour/holdings/csv_kernel.hpp>
#include <candour/holdings/csv_rules.hpp>
#include <candour/holdings/csv_scanner.hpp>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <deque>
#include <mutex>
#include <thread>

namespace candour::holdings {
namespace {

/// Turns blocks of bytes into fields; one for each thread.
class BlockParser {
 public:
  BlockParser(const CsvSettings& settings, std::size_t column_count, const std::vector<std::size_t>& places)
      : settings_(settings), column_count_(column_count), places_(places), plain_missing_(settings.missing_texts.empty()) {
    fields_.columns.resize(places.size());
  }

  base::Result<const FieldBlock*> parse(const RowBlock& block, CsvFacts& facts) {
    fields_.number = block.number;
    unescaped_.clear();
    if (!parse_regular(block)) CANDOUR_TRY_DONE(parse_plainly(block, facts));
    facts.rows += fields_.row_count;
    facts.bytes += block.bytes.size();
    return &fields_;
  }

 private:
  /// The fast way: every row has as many marks as the header, and quotes stand only around fields. False: the plain way must look.
  bool parse_regular(const RowBlock& block) {
    const std::string_view bytes = block.bytes;
    if (marks_.size() < bytes.size() + 64) marks_.resize(bytes.size() + 64);
    CsvStructure structure = csv_kernel().find_structure(bytes.data(), bytes.size(), settings_.delimiter, marks_.data());
    if (!structure.well_quoted || structure.ends_inside_quotes) return false;
    if (!bytes.empty() && (structure.mark_count == 0 || marks_[structure.mark_count - 1] + 1 != bytes.size() || bytes.back() != '\n')) {
      const std::size_t tail = structure.mark_count == 0 ? 0 : marks_[structure.mark_count - 1] + 1;
      if (bytes.substr(tail) == "\r") return false;                               // no row, only half a line end
      marks_[structure.mark_count++] = static_cast<std::uint32_t>(bytes.size());  // a last row without a line end
      ++structure.line_end_count;
    }
    const std::size_t rows = structure.line_end_count;
    if (structure.mark_count != rows * column_count_) return false;
    for (std::size_t row = 0; row < rows; ++row) {
      const std::uint32_t end = marks_[row * column_count_ + column_count_ - 1];
      if (end < bytes.size() && bytes[end] != '\n') return false;
    }
    fields_.row_count = rows;
    for (std::size_t c = 0; c < places_.size(); ++c) take_column(bytes, places_[c], fields_.columns[c], rows, structure.has_quotes);
    fields_.line_of = [this, &block](std::size_t row) {
      const std::size_t start = row == 0 ? 0 : marks_[row * column_count_ - 1] + 1;
      return block.first_line + static_cast<std::uint64_t>(std::count(block.bytes.begin(), block.bytes.begin() + static_cast<std::ptrdiff_t>(start), '\n'));
    };
    return true;
  }

  void take_column(std::string_view bytes, std::size_t place, std::vector<FieldBytes>& out, std::size_t rows, bool has_quotes) {
    out.resize(rows);
    const std::uint32_t* mark = marks_.data() + place;
    const bool is_last = place + 1 == column_count_;
    const bool plain = !has_quotes && plain_missing_;
    for (std::size_t row = 0; row < rows; ++row, mark += column_count_) {
      const std::uint32_t start = place == 0 && row == 0 ? 0 : mark[-1] + 1;
      std::uint32_t end = *mark;
      if (is_last && end > start && bytes[end - 1] == '\r') --end;
      if (plain) out[row] = end == start ? FieldBytes{} : FieldBytes{bytes.data() + start, end - start};
      else out[row] = field_of(bytes.substr(start, end - start));
    }
  }

  FieldBytes field_of(std::string_view written) {
    if (written.empty() || written[0] != '"') {
      if (csv_presence(written, Quoting::unquoted, settings_) == Presence::missing) return {};
      return {written.data(), static_cast<std::uint32_t>(written.size())};
    }
    const std::string_view inner = written.substr(1, written.size() - 2);
    if (inner.find('"') == std::string_view::npos) return {inner.data(), static_cast<std::uint32_t>(inner.size())};
    std::string text;
    for (std::size_t i = 0; i < inner.size(); ++i) {
      text += inner[i];
      if (inner[i] == '"') ++i;
    }
    return kept(text);
  }

  /// Keeps a text until the next block, readable beyond its end.
  FieldBytes kept(std::string_view text) {
    std::string& place = unescaped_.emplace_back(text);
    place.resize(text.size() + 16);
    return {place.data(), static_cast<std::uint32_t>(text.size())};
  }

  /// The careful way, by the reference scanner: blank lines, and the exact error of a malformed row.
  base::Result<base::Done> parse_plainly(const RowBlock& block, CsvFacts& facts) {
    for (auto& column : fields_.columns) column.clear();
    lines_.clear();
    fields_.row_count = 0;
    CsvScanner scanner(settings_.path, settings_.delimiter, [&](const CsvRow& row) { return take_row(row, block, facts); });
    auto scanned = scanner.take(block.bytes);
    if (scanned) scanned = scanner.finish();
    if (!scanned) {
      base::Error error = std::move(scanned).error();
      error.place.line += block.first_line - 1;
      return base::fail(std::move(error));
    }
    fields_.line_of = [this](std::size_t row) { return lines_[row]; };
    return base::Done{};
  }

  base::Result<base::Done> take_row(const CsvRow& row, const RowBlock& block, CsvFacts& facts) {
    const bool blank = row.fields.size() == 1 && row.fields[0].text.empty() && row.fields[0].quoting == Quoting::unquoted;
    if (blank && column_count_ > 1) {
      ++facts.blank_lines;
      return base::Done{};
    }
    if (row.fields.size() != column_count_) return base::fail(wrong_field_count(settings_, row, column_count_));
    for (std::size_t c = 0; c < places_.size(); ++c) {
      const CsvField& field = row.fields[places_[c]];
      fields_.columns[c].push_back(csv_presence(field.text, field.quoting, settings_) == Presence::missing ? FieldBytes{} : kept(field.text));
    }
    lines_.push_back(block.first_line + row.line - 1);
    ++fields_.row_count;
    return base::Done{};
  }

  const CsvSettings& settings_;
  std::size_t column_count_;
  const std::vector<std::size_t>& places_;
  bool plain_missing_;
  std::vector<std::uint32_t> marks_;
  std::deque<std::string> unescaped_;
  std::vector<std::uint64_t> lines_;
  FieldBlock fields_;
};

/// What the threads of one reading share.
struct Reading {
  std::mutex guard;
  std::atomic<bool> stop{false};
  std::optional<RowBlock> first;
  std::optional<std::pair<std::uint64_t, base::Error>> fault;  ///< of the lowest block so far
  CsvFacts facts;

  void note(std::uint64_t block, base::Error error) {
    const std::lock_guard lock(guard);
    if (!fault || block < fault->first) fault = {block, std::move(error)};
    stop = true;
  }
};

void read_blocks(RowBlocks& blocks, Reading& reading, BlockParser parser, const FieldSink& sink) {
  CsvFacts facts;
  while (!reading.stop) {
    std::optional<RowBlock> block;
    {
      const std::lock_guard lock(reading.guard);
      block = std::exchange(reading.first, std::nullopt);
    }
    if (!block) {
      auto next = blocks.next();
      if (!next) {
        reading.note(~std::uint64_t{0}, std::move(next).error());
        break;
      }
      block = std::move(*next);
    }
    if (!block) break;
    auto fields = parser.parse(*block, facts);
    auto taken = fields ? sink(**fields) : base::Result<base::Done>(base::fail(fields.error()));
    if (!taken) reading.note(block->number, std::move(taken).error());
    blocks.done_with(*block);
  }
  const std::lock_guard lock(reading.guard);
  reading.facts.rows += facts.rows;
  reading.facts.bytes += facts.bytes;
  reading.facts.blank_lines += facts.blank_lines;
}

}  // namespace

base::Result<ParallelCsv> ParallelCsv::open(const CsvSettings& settings, std::size_t block_bytes) {
  ParallelCsv csv;
  csv.settings_ = settings;
  CANDOUR_TRY(blocks, open_row_blocks(settings.path, block_bytes));
  csv.blocks_ = std::move(blocks);
  CANDOUR_TRY(block, csv.blocks_->next());
  if (!block) return base::fail(no_header(settings.path));
  if (block->bytes.starts_with("\xFF\xFE") || block->bytes.starts_with("\xFE\xFF")) return base::fail(utf_16(settings.path));
  // The header is the first row: fed byte by byte up to where it ends.
  std::optional<CsvRow> header;
  CsvScanner scanner(settings.path, settings.delimiter, [&](const CsvRow& row) -> base::Result<base::Done> {
    header = row;
    return base::Done{};
  });
  std::size_t used = 0;
  while (used < block->bytes.size() && !header) CANDOUR_TRY_DONE(scanner.take(block->bytes.substr(used++, 1)));
  if (!header) CANDOUR_TRY_DONE(scanner.finish());
  if (!header) return base::fail(no_header(settings.path));
  CANDOUR_TRY(names, csv_header_names(*header, settings));
  csv.header_ = std::move(names);
  block->first_line += static_cast<std::uint64_t>(std::count(block->bytes.begin(), block->bytes.begin() + static_cast<std::ptrdiff_t>(used), '\n'));
  block->bytes.remove_prefix(used);
  block->offset += used;
  csv.first_block_ = std::move(block);
  return csv;
}

base::Result<CsvFacts> ParallelCsv::read(const std::vector<std::size_t>& places, const std::vector<FieldSink>& sinks) {
  if (!first_block_ && !blocks_)
    return base::fail({base::Cause::could_not_finish, "holding.read_once", {settings_.path, 0, 0}, "a stream can be read only once", {}});
  Reading reading;
  reading.first = std::exchange(first_block_, std::nullopt);
  std::vector<std::thread> threads;
  for (std::size_t i = 1; i < sinks.size(); ++i)
    threads.emplace_back([&, i] { read_blocks(*blocks_, reading, BlockParser(settings_, header_.size(), places), sinks[i]); });
  read_blocks(*blocks_, reading, BlockParser(settings_, header_.size(), places), sinks[0]);
  for (std::thread& thread : threads) thread.join();
  // A file that changed explains any fault found in it.
  auto same = blocks_->still_same();
  blocks_.reset();
  if (!same) {
    base::Error error = std::move(same).error();
    if (error.place.file.empty()) error.place.file = settings_.path;
    return base::fail(std::move(error));
  }
  if (reading.fault) return base::fail(std::move(reading.fault->second));
  return reading.facts;
}

}  // namespace candour::holdings
