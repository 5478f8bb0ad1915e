#pragma once
// Plans, and the published tables that a plan makes of the truth. The only way from a TrueTable to a PublishedTable.

#include <candour/base/result.hpp>
#include <candour/policy/policy.hpp>
#include <candour/table/draft.hpp>
#include <candour/truth/population.hpp>

#include <compare>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace candour::protect {

/// Which sets of variables are crossed: the generating class of a question's margins.
enum class Crossing {
  withheld,    ///< nothing at all
  total_only,  ///< one figure
  one_way,     ///< one table a variable ("uncorrelated")
  pairs,       ///< one table a pair of variables
  full_cross,  ///< one table of all variables
};

enum class Treatment { exact, suppress };

/// How one question is answered. Kept in normal form (see `normal_form`), so that equal plans compare equal.
struct QuestionPlan {
  Crossing crossing = Crossing::withheld;
  std::vector<int> levels;  ///< one a variable of the asked design: the finest level shown; 0 leaves the variable out
  Treatment treatment = Treatment::exact;
  auto operator<=>(const QuestionPlan&) const = default;
};

/// One entry a question of the space, in its order. Questions of earlier releases have no plan: they are withheld here.
using Plan = std::vector<QuestionPlan>;

/// No variable shown is `total_only`; one is a full cross; two in pairs are a full cross; withheld and total carry no levels.
[[nodiscard]] QuestionPlan normal_form(QuestionPlan plan, std::size_t variable_count);

/// Says whether whoever has the tables of `finer` can add up those of `coarser` (both exact, of one question).
[[nodiscard]] bool tells_no_less(const QuestionPlan& finer, const QuestionPlan& coarser);

/// The tables of one question's plan. `asked` is the finest design asked for; its levels are the ones that may be shown.
[[nodiscard]] std::vector<table::TableDesign> designs_of(const table::AtomSpace& space, const table::TableDesign& asked, const QuestionPlan& plan);

/// "by month, by age band and by ethnicity"; "month by age band by ethnicity"; "the total only".
[[nodiscard]] std::string words_of(const table::AtomSpace& space, const table::TableDesign& asked, const QuestionPlan& plan);

/// The same for those tables of `finer` alone that `taken`, both of one question, does not hold already: what a reader misses.
[[nodiscard]] std::string words_of_what_more(const table::AtomSpace& space, const table::TableDesign& asked, const QuestionPlan& finer,
                                             const QuestionPlan& taken);

/// Why a period of a question has no figures: by question, then by leaf of the period variable. An empty list: available throughout.
struct CoverageOfQuestions {
  std::vector<std::vector<table::CoverageStatus>> by_question;
  std::vector<table::EarlierFigure> earlier_figures = {};  ///< what is known of the questions from earlier releases: every draft stands beside it
  std::vector<table::EarlierRatio> earlier_ratios = {};
};

/// Cells to hide, by table and cell.
using HiddenPattern = std::set<std::pair<std::uint32_t, table::CellIndex>>;

/// Publishes a list of designs: exact figures, [c] where the pattern hides, [x] and [z] where the question has no figures.
/// The pattern never names a cell that is zero under the convention that hidden cells are at least 1 (checked).
[[nodiscard]] table::PublishedPopulation publish(const truth::Population& truth, const std::vector<table::TableDesign>& designs, const HiddenPattern& hidden,
                                                 const CoverageOfQuestions& coverage, table::ZeroConvention convention);

/// The designs of a whole plan, question by question. `asked` holds at most one design a question.
[[nodiscard]] std::vector<table::TableDesign> designs_of(const table::AtomSpace& space, const std::vector<table::TableDesign>& asked, const Plan& plan);

}  // namespace candour::protect
