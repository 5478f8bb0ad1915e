#pragma once
// Plans, and the published tables that a plan makes of the truth. The only way from a TrueTable to a PublishedTable.

#include <candour/base/result.hpp>
#include <candour/policy/policy.hpp>
#include <candour/table/draft.hpp>
#include <candour/truth/population.hpp>

#include <compare>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace candour::protect {

/// A set of variables with a level of each: one entry a variable of the asked design, the finest level shown; 0 leaves the variable out.
using Margin = std::vector<int>;

/// Says whether the table of `finer` can be added up to that of `coarser`: no variable of it is finer.
[[nodiscard]] bool adds_up(const Margin& finer, const Margin& coarser);

enum class Treatment { exact, suppress };
/// How figures that are not exact came about.
enum class HowChanged { rounded, with_noise };

/// How one question is answered: a generating class of margins, each with its own levels. Kept in normal form (see `normal_form`), so that equal plans compare
/// equal.
struct QuestionPlan {
  std::vector<Margin> margins;  ///< a table each, none made of another; finest first variable first. Empty: nothing is given
  Treatment treatment = Treatment::exact;
  std::vector<Margin> changed = {};  ///< their figures, and those of all finer margins, are changed; coarsest ones only, finest first variable first
  HowChanged how_changed = HowChanged::rounded;
  std::optional<Margin> marked = {};  ///< a finer table beside the others in which whatever could give somebody away is hidden, noughts too
  auto operator<=>(const QuestionPlan&) const = default;
  [[nodiscard]] bool is_withheld() const { return margins.empty(); }
  [[nodiscard]] bool is_total_only() const;
};

/// The margins that have a table each, the marked one last.
[[nodiscard]] std::vector<Margin> tables_of(const QuestionPlan& plan);

/// One entry a question of the space, in its order. Questions of earlier releases have no plan: they are withheld here.
using Plan = std::vector<QuestionPlan>;

/// Leaves out margins that another one adds up to, changed ones that add up to another, changed ones that no table shows, and a marked one that a table adds
/// up to; orders the rest. A question of which nothing is given is treated as exact.
[[nodiscard]] QuestionPlan normal_form(QuestionPlan plan);

/// Whether figures at these levels are changed.
[[nodiscard]] bool is_changed(const QuestionPlan& plan, const Margin& margin);

/// The simple generating classes: all variables at these levels in one table, in tables of pairs, in a table each, the total alone, nothing.
enum class Crossing { withheld, total_only, one_way, pairs, full_cross };
[[nodiscard]] QuestionPlan plan_of(Crossing crossing, const std::vector<int>& levels, Treatment treatment = Treatment::exact);

/// Says whether the tables of `finer` show all margins of `coarser` (of one question), exactly or not.
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
  std::vector<table::EarlierHidden> earlier_hidden = {};  ///< by releases of other extracts or by other means: hidden again
};

/// Cells to hide, by table and cell.
using HiddenPattern = std::set<std::pair<std::uint32_t, table::CellIndex>>;

/// Publishes a list of designs, each under its zero convention: exact figures, [c] where the pattern hides, [x] and [z] where the question has no figures.
/// The pattern never names a cell that is zero under the convention that hidden cells are at least 1 (checked).
[[nodiscard]] table::PublishedPopulation publish(const truth::Population& truth, const std::vector<table::TableDesign>& designs, const HiddenPattern& hidden,
                                                 const CoverageOfQuestions& coverage, const std::vector<table::ZeroConvention>& conventions);
/// The same with one convention for all.
[[nodiscard]] table::PublishedPopulation publish(const truth::Population& truth, const std::vector<table::TableDesign>& designs, const HiddenPattern& hidden,
                                                 const CoverageOfQuestions& coverage, table::ZeroConvention convention);

/// The designs of a whole plan, question by question. `asked` holds at most one design a question.
[[nodiscard]] std::vector<table::TableDesign> designs_of(const table::AtomSpace& space, const std::vector<table::TableDesign>& asked, const Plan& plan);

/// The zero convention of each of them: the policy's; in marked tables hidden cells may be 0.
[[nodiscard]] std::vector<table::ZeroConvention> conventions_of(const std::vector<table::TableDesign>& asked, const Plan& plan, table::ZeroConvention usual);

}  // namespace candour::protect
