#pragma once
// The sentences that people wrote into a case and that go out as they stand: what is looked through for figures, citations and contradictions.

#include <candour/request/case.hpp>

#include <string>
#include <vector>

namespace candour::notice {

/// One free text and where it stands.
struct FreeText {
  std::string place;  ///< "question 3, decision.reason"
  const std::string* text;
  std::string question;  ///< number; empty: the whole answer
};

/// Gives the texts in the order of the case. They are borrowed from it.
[[nodiscard]] std::vector<FreeText> free_texts_of(const request::Case& the_case);

}  // namespace candour::notice
