#pragma once
// A proposal as the draft of a case file, and as a page that shows text beside proposal.

#include <candour/casework/intake/proposal.hpp>
#include <candour/casework/office.hpp>

#include <optional>
#include <string>

namespace candour::casework::intake {

/// What a draft begins with.
struct DraftHead {
  std::string reference;
  base::Date received = {};
  bool received_is_given = false;  ///< the officer said it; else it was taken from the letter or is today
  std::optional<Office> office;
};

/// Writes the text of case.toml. Everything proposed stands in the list `unconfirmed` of its part, with the words of the letter beside it; what a person must
/// find or decide is not there at all. What the program cannot know (holdings, codes, populations) stands as a comment.
[[nodiscard]] std::string draft_of(const Proposal& proposal, const DraftHead& head);

/// Text beside proposal, for a terminal: each question with what was read from it, then what to look at.
[[nodiscard]] std::string shown_beside(const Proposal& proposal);

[[nodiscard]] std::string_view word_of(request::QuestionKind kind);

}  // namespace candour::casework::intake
