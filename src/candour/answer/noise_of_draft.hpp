#pragma once
// What the noise in a draft leaves to guessing: stated to the officer alone. No figure proves a secret; this is what evidence by intervals does not bound.

#include <candour/answer/prepared_case.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace candour::answer {

struct NoiseOfDraft {
  std::size_t tables = 0;                         ///< with noise
  std::int64_t rho_millionths = 0;                ///< that the draft adds to what earlier releases spent (table/noise_spent.hpp)
  std::int64_t rho_with_earlier_millionths = 0;   ///< of all together: averaging leaves a variance of 1/(2 rho)
  std::optional<std::int64_t> budget_millionths;  ///< of the policy
  std::int64_t protected_below = 0;               ///< counts from 1 to below this are protected
  double most_telling = 1;                        ///< one figure changes the odds between two counts from 1 to protected_below by no more than this factor
};

/// Gives nothing for a draft without noise. `population`: of the prepared case.
[[nodiscard]] std::optional<NoiseOfDraft> noise_of_draft(const PreparedCase& prepared, std::size_t population, const table::PublishedPopulation& draft);

/// "1 table with noise: rho 0.1, with earlier releases 0.1 of 0.5. One figure changes the odds between two counts from 1 to 7 by a factor of at most 12.3."
[[nodiscard]] std::string words_of(const NoiseOfDraft& noise);

}  // namespace candour::answer
