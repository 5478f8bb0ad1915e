#pragma once
// The answer in reading order: for each question what was given, withheld and why, not held, not run. Every writer starts from here.

#include <candour/release/answer_content.hpp>
#include <candour/release/grid.hpp>
#include <candour/release/notice_text.hpp>

#include <memory>
#include <string>
#include <vector>

namespace candour::release {

/// How a question was answered, from the decisions on file and the published cells.
enum class Outcome {
  given,
  given_in_part,  ///< figures, but coarser than asked, with marks instead of figures, or for some periods only
  withheld,
  not_held,
  not_run,       ///< nothing ran in any period asked about
  not_searched,  ///< over the cost limit
  referred,
  intended_for_publication,
  neither_confirmed_nor_denied,
  decision_pending,
  other_regime,
  outside_scope,
};

/// The stable word ("given-in-part") and the words on the page ("Given in part").
[[nodiscard]] std::string_view code_of(Outcome outcome);
[[nodiscard]] std::string_view label_of(Outcome outcome);

/// One published table with all that stands around it.
struct ReadableTable {
  int number = 0;         ///< 1, 2, ... through the answer; "Table 3"
  std::string question;   ///< number in the request
  std::string title;      ///< without a full stop
  std::string file_stem;  ///< "q2-month-age"
  const table::PublishedTable* published = nullptr;
  const table::AtomSpace* space = nullptr;
  std::shared_ptr<const table::TableLayout> layout;
  std::string figure_heading;      ///< what the figures count: "Arrests"
  std::string unit;                ///< unit_sentence
  std::vector<std::string> notes;  ///< coverage, then the officer's notes, then sealed notes
  std::vector<Grid> grids;
};

struct ReadableQuestion {
  const request::Question* question = nullptr;
  Outcome outcome = Outcome::given;
  std::vector<std::string> summary;  ///< what was asked for, what is given, which branch was taken
  std::vector<std::string> kept;     ///< what is kept of each variable asked for
  std::vector<std::string> reasons;  ///< why not more: sealed sentences
  std::vector<std::string> notes;    ///< coverage and the officer's notes
  std::vector<ReadableTable> tables;
  const table::PublishedRecords* records = nullptr;  ///< given one by one
};

/// What is said of the check against one intruder.
struct ReadableClaim {
  std::string intruder;
  std::string claim;
};

/// Borrowed from the order, which must outlive it.
struct ReadableAnswer {
  const ReleaseOrder* order = nullptr;
  std::vector<ReadableQuestion> questions;
  std::vector<SymbolMeaning> legend;  ///< empty where no table is given
  std::vector<std::string> marks;     ///< sentences
  std::vector<ReadableClaim> claims;
  std::vector<std::string> plan_notes;  ///< sealed sentences about the answer as a whole
  NoticeText notice;

  [[nodiscard]] const request::Case& the_case() const { return *order->the_case; }
  [[nodiscard]] std::vector<const ReadableTable*> tables() const;
  [[nodiscard]] const std::vector<table::PublishedRecords>& records() const;
};

/// Gathers the answer. Errors: wrong_input "release.unknown_question" for a table of a question that the case does not have,
/// "release.table_not_allowed" for a table of a question that is neither confirmed nor denied, "release.cell_count" for a table whose cells do not match its
/// design, "release.repeated_table" for two designs of one name, and what notice_of gives.
[[nodiscard]] base::ResultOrErrors<ReadableAnswer> readable_answer(const ReleaseOrder& order);

}  // namespace candour::release
