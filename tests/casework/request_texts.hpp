#pragma once
// The invented request texts of this folder with what is expected of them, and how the expectations are read.

#include <candour/casework/intake/proposal.hpp>

#include <filesystem>
#include <set>
#include <string>
#include <vector>

namespace candour::casework_tests {

/// One line "question 1 statistics by month,age period 2021-01..2021-12 alternatives 1 | first words".
struct ExpectedQuestion {
  std::string number, kind, by, period, words;
  int alternatives = 0;
};

struct RequestText {
  std::string name;
  casework::intake::Letter letter;
  std::vector<ExpectedQuestion> questions;
  std::set<std::string> formats, prompts;
};

/// The texts of a folder below tests/casework, by name. Each "x.txt" or "x.eml" has its "x.expected".
[[nodiscard]] std::vector<RequestText> request_texts(const std::filesystem::path& folder);
/// A proposal in the form of the expectations, one line a question, format and prompt: what one reads where a test fails.
[[nodiscard]] std::string described(const casework::intake::Proposal& proposal);
/// The fields of a proposed question in the words of the expectations.
[[nodiscard]] ExpectedQuestion as_expected(const casework::intake::ProposedQuestion& question);

/// Of what was proposed, how much is right; of what is right, how much was proposed.
struct Tally {
  int proposed = 0, expected = 0, right = 0;
  [[nodiscard]] double precision() const { return proposed == 0 ? 1.0 : static_cast<double>(right) / proposed; }
  [[nodiscard]] double recall() const { return expected == 0 ? 1.0 : static_cast<double>(right) / expected; }
};

}  // namespace candour::casework_tests
