#pragma once
// How much noise has been drawn for one population: every telling with noise of its own lets a reader average, and costs privacy that adds up.

#include <candour/table/releases.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace candour::table {

/// What a population's tables with noise have spent together.
struct NoiseSpent {
  std::int64_t rho_millionths = 0;  ///< of zero-concentrated differential privacy: 1 / (2 variance) a telling, added up; rounded up for each variance
  std::size_t tellings = 0;         ///< tables with noise of their own; the same table with the same figures under the same key of noise is one
};

/// What so many tables with this variance (in thousandths, above 0) spend together, rounded up.
[[nodiscard]] std::int64_t rho_millionths_of(std::int64_t noise_thousandths, std::int64_t tables);

/// The mean of tellings weighted by 1/variance, the best there is, has the variance 1 / (2 rho): rho says what averaging gives away, whatever method drew
/// the noise. Takes releases of one population. Cost: tables with noise, squared. Source: docs/methods/differential-privacy.md.
[[nodiscard]] NoiseSpent noise_spent(std::span<const Release> releases);

/// The same of the tables that count one thing: how many, and their smallest variance (0 where there are none).
struct Tellings {
  std::int64_t count = 0;
  std::int64_t smallest_thousandths = 0;
};
[[nodiscard]] Tellings tellings_of(std::span<const Release> releases, std::string_view counted);

/// How many tables of that variance may count one thing: with more, averaging them would more likely than not give a count away.
[[nodiscard]] std::int64_t most_tellings(std::int64_t smallest_thousandths);

/// Whether a release can stand beside those of its population: what it spends lies within the budget (in millionths; nothing: without one), or it spends
/// nothing, and averaging stays below most_tellings. Cost: as noise_spent.
[[nodiscard]] bool affords(std::span<const Release> before, const Release& added, std::optional<std::int64_t> budget_millionths);

/// The smallest whole variance whose table still fits into what is left; nothing where none up to 1,000 does.
[[nodiscard]] std::optional<std::int64_t> smallest_variance_within(std::int64_t rho_millionths_left);

/// "0.166667"; "2".
[[nodiscard]] std::string rho_in_words(std::int64_t rho_millionths);

}  // namespace candour::table
