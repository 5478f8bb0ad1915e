// The loops of csv_kernel.hpp, compiled once for each instruction set. Before this file is included `Bytes64` is defined: 64 bytes with
// `equal(char)` giving the bit mask of equal bytes, and `prefix_xor(mask)` giving for each bit the parity of the bits up to and including it.
// Only plain pointers here: no inline function of a library may be compiled for a processor that the program does not run on.

namespace {

using candour::holdings::ByteCounts;
using candour::holdings::CsvStructure;

CsvStructure find_structure(const char* bytes, std::size_t size, char delimiter, std::uint32_t* marks) {
  CsvStructure structure;
  std::uint32_t* next = marks;
  std::uint64_t inside = 0;          // all ones while a quoted field runs over from the 64 bytes before
  std::uint64_t field_may_start = 1; // bit 0: the byte before was a mark, a quote, or the start of the block
  std::uint64_t field_must_end = 0;  // bit 0: the byte before closed a quoted field
  std::uint64_t must_be_line_end = 0; // bit 0: the byte before is a carriage return after a closing quote
  std::uint64_t wrong = 0, any_quotes = 0;
  std::size_t line_ends_count = 0;
  for (std::size_t at = 0; at < size; at += 64) {
    const Bytes64 block(bytes + at);
    const std::uint64_t valid = size - at >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << (size - at)) - 1;
    const std::uint64_t quotes = block.equal('"') & valid;
    const std::uint64_t all_line_ends = block.equal('\n') & valid;
    const std::uint64_t all_delimiters = block.equal(delimiter) & valid;
    std::uint64_t line_ends = all_line_ends, delimiters = all_delimiters;
    if ((quotes | inside | field_must_end | must_be_line_end) != 0) {
      any_quotes |= quotes;
      const std::uint64_t quoted = prefix_xor(quotes) ^ inside;  // from an opening quote up to before its closing one
      line_ends &= ~quoted;
      delimiters &= ~quoted;
      const std::uint64_t opening = quotes & quoted;
      const std::uint64_t closing = quotes & ~quoted;
      const std::uint64_t outside_marks = line_ends | delimiters;
      const std::uint64_t may_start = ((outside_marks | closing) << 1U) | field_may_start;
      // A closing quote is followed by a mark, a carriage return or, written twice, by another quote.
      const std::uint64_t must_end = ((closing << 1U) | field_must_end) & valid;
      const std::uint64_t carriage_returns = block.equal('\r') & valid;
      const std::uint64_t may_end = outside_marks | quotes | carriage_returns;
      const std::uint64_t returns_after_quotes = must_end & carriage_returns;
      wrong |= (opening & ~may_start) | (must_end & ~may_end) | (((returns_after_quotes << 1U) | must_be_line_end) & valid & ~line_ends);
      must_be_line_end = returns_after_quotes >> 63U;
      inside = static_cast<std::uint64_t>(static_cast<std::int64_t>(quoted) >> 63);
      field_must_end = closing >> 63U;
      field_may_start = (outside_marks | closing) >> 63U;
    } else {
      field_may_start = (line_ends | delimiters) >> 63U;
    }
    line_ends_count += static_cast<std::size_t>(__builtin_popcountll(line_ends));
    std::uint64_t set = line_ends | delimiters;
    const auto how_many = static_cast<std::size_t>(__builtin_popcountll(set));
    const auto base = static_cast<std::uint32_t>(at);
    // Written eight at a time without asking whether there are as many: the room is there, the pointer moves by the true number.
    for (std::size_t written = 0; written < how_many; written += 8)
      for (std::size_t k = 0; k < 8; ++k) {
        next[written + k] = base + static_cast<std::uint32_t>(set == 0 ? 0 : __builtin_ctzll(set));
        set &= set - 1;
      }
    next += how_many;
  }
  structure.mark_count = static_cast<std::size_t>(next - marks);
  structure.line_end_count = line_ends_count;
  structure.well_quoted = wrong == 0;
  structure.has_quotes = any_quotes != 0;
  structure.ends_inside_quotes = inside != 0;
  return structure;
}

ByteCounts count(const char* bytes, std::size_t size) {
  ByteCounts counts;
  for (std::size_t at = 0; at < size; at += 64) {
    const Bytes64 block(bytes + at);
    const std::uint64_t valid = size - at >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << (size - at)) - 1;
    counts.quotes += static_cast<std::size_t>(__builtin_popcountll(block.equal('"') & valid));
    counts.line_ends += static_cast<std::size_t>(__builtin_popcountll(block.equal('\n') & valid));
  }
  return counts;
}

}  // namespace
