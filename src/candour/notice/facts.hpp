#pragma once
// What became of each question, as data: everything asked for is given, or has one reason why it is not. From published things only.

#include <candour/base/result.hpp>
#include <candour/request/case.hpp>
#include <candour/table/draft.hpp>
#include <candour/table/published_records.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace candour::notice {

/// What became of one thing asked for: a cell of the breakdown asked for, or a whole question that asks for something else.
enum class Fate {
  given,
  withheld,            ///< an exemption applies to a whole question or period
  withheld_in_detail,  ///< given less finely, rounded or with noise, or marked [c]: finer figures would be personal information
  not_searched,        ///< over the cost limit
  neither_confirmed_nor_denied,
  decision_pending,
  other_regime,
  referred,
  intended_for_publication,
  not_held,
  not_recorded,  ///< no information was recorded then
  did_not_run,
  outside_scope,
};
/// The stable word: "withheld-in-detail".
[[nodiscard]] std::string_view word_of(Fate fate);

/// The fate of a question on which this was decided as a whole.
[[nodiscard]] Fate fate_of(request::Decision decision);

/// One table given, in words of the code list: "month", "age band (ten-year)".
struct GivenBreakdown {
  std::vector<std::string> by;
};

/// What became of the cells of one period, or of all where the question is not asked by period.
struct PeriodFacts {
  std::string period;  ///< its label; empty: all
  std::map<Fate, std::int64_t> fates;
};

struct QuestionFacts {
  std::string question;
  std::vector<std::string> asked_by;  ///< in words, as above
  std::vector<GivenBreakdown> given;
  std::int64_t asked = 0;               ///< cells asked for; 1 where no figures are asked for or the breakdown is not laid out
  std::map<Fate, std::int64_t> fates;   ///< adds up to `asked`: nothing is left over and nothing stands twice
  bool some_marked = false;             ///< a cell that is shown carries [c]
  bool some_changed = false;            ///< a figure that is shown is rounded, or carries noise
  std::vector<std::string> of_records;  ///< where records are given one by one: the sentences that go out with them
  std::vector<PeriodFacts> periods;     ///< the same account by period; their fates add up to `fates`

  [[nodiscard]] bool has(Fate fate) const;
};

/// Follows every cell asked for to its fate.
///
/// Errors wrong_input: notice.unaccounted (a question that should have figures and has none, nor a reason), notice.contradiction (a figure in a period that the
/// case says has none, or a mark in a period that it says is counted). Cost: cells asked for times tables.
[[nodiscard]] base::ResultOrErrors<std::vector<QuestionFacts>> facts_of(const request::Case& the_case, const std::vector<table::PublishedPopulation>& published,
                                                                        const std::vector<table::PublishedRecords>& records = {});

}  // namespace candour::notice
