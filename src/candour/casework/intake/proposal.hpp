#pragma once
// What the program proposes for a request: questions, table designs, alternatives, and what an officer should look at. Nothing here is decided.
//
// What the law leaves to a person is not proposed at all: no finding, no exemption, no balance, no "not held", no refusal of any kind.

#include <candour/casework/intake/breakdowns.hpp>
#include <candour/casework/intake/letter.hpp>
#include <candour/casework/intake/periods.hpp>
#include <candour/request/case.hpp>

#include <optional>
#include <string>
#include <vector>

namespace candour::casework::intake {

struct ProposedQuestion {
  std::string number;
  bool number_is_given = false;               ///< the letter gives it
  std::string text;                           ///< word for word, in one line
  std::string before;                         ///< the words it stands under ("For each month of 2022, please provide:"); empty: none
  std::optional<request::QuestionKind> kind;  ///< nothing where the program is unsure
  std::string kind_words;                     ///< the words that it was read from
  std::vector<AskedVariable> by;
  std::optional<AskedPeriod> period;
  std::vector<std::string> alternatives;  ///< the requester's words, in order
};

/// Something that a person should look at.
struct Prompt {
  std::string code;      ///< "no-name", "environmental", ...
  std::string sentence;  ///< what to look at, and which provision it touches
  std::string words;     ///< of the letter; empty where it is something that is not there
};

struct Proposal {
  std::string subject;
  std::vector<ProposedQuestion> questions;
  std::vector<std::string>
      formats;  ///< wishes under section 11: "spreadsheet", "csv", "pdf", "machine-readable", "electronic", "paper", "post", "welsh", "large-print"
  std::string cost_scope_quote;  ///< the words that leave out what would cost too much
  std::vector<Prompt> prompts;
};

/// Reads a letter. `received` is the day from which "the last three years" are reckoned.
[[nodiscard]] Proposal propose(const Letter& letter, base::Date received);

}  // namespace candour::casework::intake
