#pragma once
// The cell key method: the same records always get the same noise.

#include <candour/base/digest.hpp>
#include <candour/base/result.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace candour::protect {

/// Keys run from 0 to key_range - 1.
constexpr std::uint64_t key_range = 100'000'000;

/// A record's key: a keyed hash of a stable identifier of the record, never its place in a file.
[[nodiscard]] std::uint64_t record_key(const base::SecretKey& key, std::string_view stable_identifier);
/// A cell's key: the sum of its records' keys modulo key_range.
[[nodiscard]] std::uint64_t cell_key(std::span<const std::uint64_t> record_keys);

struct NoiseStep {
  std::int64_t noise = 0;
  double probability = 0;
  double below = 0;  ///< the step holds for keys (as shares of the range) below this and not below the step before
};
struct NoiseRow {
  std::vector<NoiseStep> steps;
};

struct PerturbationParameters {
  std::int64_t most_noise = 5;       ///< D
  double variance = 3;               ///< V
  std::int64_t forbidden_up_to = 0;  ///< js: no result from 1 to this
  std::int64_t protected_below = 0;  ///< a count from 1 to below this has no result above D + 1: then every figure that it can have leaves 1 possible
};

/// Which variances a row can have at mean zero.
struct VarianceInterval {
  double lowest = 0, highest = 0;
};

/// Rows for the counts 0, 1, 2, ...; counts beyond use the last row; 0 is never changed.
class PerturbationTable {
 public:
  /// Each row is the distribution of largest entropy with mean 0 and exactly the variance asked.
  /// Error wrong_input "cell_key.variance" names the first row that cannot have it, and the interval that it can.
  [[nodiscard]] static base::Result<PerturbationTable> build(const PerturbationParameters& parameters);
  [[nodiscard]] static PerturbationTable of_rows(std::vector<NoiseRow> rows) { return PerturbationTable(std::move(rows)); }

  [[nodiscard]] const std::vector<NoiseRow>& rows() const { return rows_; }
  /// The noise of a cell: the first step whose `below` exceeds key / key_range.
  [[nodiscard]] std::int64_t noise(std::int64_t count, std::uint64_t key) const;

  /// Which noise of which count the fewest keys give: a reader who knows the table doubts no more than this allows.
  struct Rarest {
    std::int64_t count = 0, noise = 0;
    double share = 1;
  };
  [[nodiscard]] Rarest rarest() const;
  /// The most that one figure can change the odds between two counts from 1 to `highest` that both can have it.
  [[nodiscard]] double most_telling(std::int64_t highest) const;

 private:
  explicit PerturbationTable(std::vector<NoiseRow> rows) : rows_(std::move(rows)) {}
  std::vector<NoiseRow> rows_;
};

/// Gives nothing if no distribution on the row's noises has mean 0.
[[nodiscard]] std::optional<VarianceInterval> feasible_variance(std::int64_t count, const PerturbationParameters& parameters);

/// The row of a look-up table for keys from 0 to 255 that repeats itself for counts above 750 (blocks of 250).
[[nodiscard]] std::int64_t repeating_row(std::int64_t count);

}  // namespace candour::protect
