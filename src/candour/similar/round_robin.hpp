#pragma once
// Wording that tells that one request went to many authorities.

#include <string>
#include <string_view>
#include <vector>

namespace candour::similar {

/// One sign of a round robin.
struct RoundRobinSign {
  std::string words;  ///< as they stand in the text
  std::string why;    ///< "speaks to all authorities of a kind"
};

/// Finds what a letter to one authority alone would not say: words to all councils or forces, a name left open for each ("[authority]"), several kinds of
/// bodies in one breath ("your force/council"), a questionnaire. A sign is a reason to ask colleagues elsewhere, no more: the request is answered like any
/// other. Cost: linear in the text.
[[nodiscard]] std::vector<RoundRobinSign> round_robin_signs(std::string_view text);

/// How often a title stands in a list of titles that went to other authorities, whatever its case, signs and year: "Foster care 2023/24" is "foster care
/// 2024-25".
[[nodiscard]] std::size_t times_sent(std::string_view title, const std::vector<std::string>& titles);

}  // namespace candour::similar
