#pragma once
// The facts of an answer that hold numerals, and the officer's texts that must not hold others.

#include <candour/notice/free_texts.hpp>
#include <candour/release/numeral_trace.hpp>
#include <candour/release/readable_answer.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace candour::release {

/// Kind of a finding whose text declares figures: a named person says, with a date, that they may stand in the answer.
inline constexpr std::string_view declared_figures_finding = "declared-figures";

/// Gives what may stand in any text of the answer: the sealed figures; labels, codes and periods of the tables; reference, addresses, the request's own
/// numerals, hours of the cost estimate, sealed sentences, digests of the seal; figures that a named person declared.
[[nodiscard]] NumeralTrace declared_facts(const ReadableAnswer& answer);

/// The same for a letter without figures: reference, addresses, the request's own numerals, the cost estimate, the law, what a named person declared.
[[nodiscard]] NumeralTrace declared_facts(const request::Case& the_case, base::Date written_on);

/// The numerals of some texts that come from nowhere, as check_free_texts says them.
[[nodiscard]] base::Errors untraced_numerals(const request::Case& the_case, const std::vector<notice::FreeText>& texts, const NumeralTrace& trace);

/// Says which numerals of the officer's free texts (notes, reasons, explanations) come from nowhere: one error "release.untraced_digit" a text.
/// Errors name the text's place in the case file and repeat the numeral only: the officer wrote it.
[[nodiscard]] base::Errors check_free_texts(const ReadableAnswer& answer, const NumeralTrace& trace);

}  // namespace candour::release
