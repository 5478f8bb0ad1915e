#pragma once
// The account of an answer for the officer: what became of everything asked for, as a table that adds up. Private: it goes to no requester.

#include <candour/notice/facts.hpp>

#include <string>
#include <vector>

namespace candour::notice {

/// Things that a named person may want to think of before the answer goes out: sentences, none of them an obstacle.
/// Among them what the rule base has from settled knowledge and nobody has read for this case.
[[nodiscard]] std::vector<std::string> prompts_of(const request::Case& the_case, const std::vector<QuestionFacts>& facts);

/// Gives the account as one HTML page: question by question and period by period the number of cells asked for and each fate, with the sum held against what
/// was asked; asked population against answered population; documents with version, status and decision; findings with who made them; prompts.
[[nodiscard]] std::string account_html(const request::Case& the_case, const std::vector<QuestionFacts>& facts);

}  // namespace candour::notice
