#pragma once
// What is no reason: that a number is small, or that a program refused.

#include <optional>
#include <string>
#include <string_view>

namespace candour::notice {

enum class BareReason {
  small_number,          ///< only says that counts are low, below a minimum or could identify: Miller [2018] UKUT 229 (AAC), [2011] EWHC 1430 (Admin)
  refused_by_a_program,  ///< a certificate that was refused is a fact for a person, not an exemption
};

/// Says whether a text that ought to be a reason is none. A text that names who could find out, from what, or what they would learn has words beside those of
/// smallness; three different ones are asked for.
[[nodiscard]] std::optional<BareReason> bare_reason_in(std::string_view text);

/// A sentence for the officer.
[[nodiscard]] std::string_view sentence_of(BareReason reason);

}  // namespace candour::notice
