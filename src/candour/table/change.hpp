#pragma once
// How the counts of a table were changed before they were published: rounded, or with noise.

#include <cstdint>

namespace candour::table {

/// How the published counts came about, as a reader is told.
struct Change {
  enum class Kind {
    nearest,     ///< each to the nearest multiple of the base, halves up
    random,      ///< each to one of its two nearest multiples
    controlled,  ///< finest cells to one of their two nearest multiples, totals are their sums
    small,       ///< finest cells below the base to 0 or the base, totals are sums
    cell_key,    ///< noise of at most `most_noise`, zeros unchanged, no result from 1 to `forbidden`
    noise,       ///< unbounded noise: nothing can be excluded
  } kind = Kind::nearest;
  std::int64_t base = 5;
  std::int64_t totals_within = 0;  ///< controlled and small: no total lies further than this from the truth
  std::int64_t most_noise = 0, forbidden = 0;
  double variance = 0;  ///< of the noise
};

/// A finest cell or a sum of them: some ways of changing treat them apart.
enum class Place { finest, total };

}  // namespace candour::table
