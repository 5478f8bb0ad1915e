#pragma once
// All rules that make a cell of a system sensitive, taken together, and the marks that a person sets on single cells.

#include <candour/assess/magnitude_rules.hpp>
#include <candour/assess/system_rules.hpp>
#include <candour/base/result.hpp>
#include <candour/table/additive_system.hpp>
#include <candour/truth/system_truth.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace candour::assess {

/// What is known of each cell inside the wall. An empty list is not known.
struct CellFacts {
  std::vector<std::int64_t> value;  ///< what would be published: a count of records, or an amount in whole units
  std::vector<std::int64_t> records;
  std::vector<std::int64_t> people;
  std::vector<std::vector<std::int64_t>> largest;  ///< amounts: the largest contributions, falling, contributors of one group as one
  std::vector<std::int64_t> contributors;          ///< amounts: how many contributors there are, groups as one
};

/// Rules for counts. A cell with fewer people than the minimum and records enough is protected as an amount: by p per cent of what one person can have
/// contributed at most (all records but one for each other person), at least by one record.
struct CountRules {
  CountRule frequency;              ///< on records
  std::int64_t minimum_people = 0;  ///< 0: not asked
  std::int64_t p_percent = 10;      ///< of the largest contributor, where people are too few and records are not
};

/// Rules for amounts; a cell is sensitive if one of them says so, and the widest distance counts.
struct AmountRules {
  std::optional<PPercentRule> p_percent;
  std::optional<PriorPosteriorRule> prior_posterior;
  std::optional<DominanceRule> dominance;
  std::int64_t minimum_records = 0;                            ///< fewer records (or people, or contributors, where known) are sensitive; 0: not asked
  std::int64_t range_percent = 20;                             ///< then the bounds lie so many per cent of the total away, at least one unit
  enum class Zeros { shown, sensitive } zeros = Zeros::shown;  ///< whether that nothing was contributed is itself sensitive
  std::int64_t zero_range = 1;                                 ///< then an intruder must think at least so much possible
  LossKind loss = LossKind::logarithm;
};

/// Counts of a cube and their secrets. Takes people only where `minimum_people` is above 0: else wrong_input "rule.people_missing".
[[nodiscard]] base::Result<truth::SystemTruth> truth_of(const table::AdditiveSystem& cube, const CellFacts& facts, const CountRules& rules);
/// Amounts of a system and their secrets. Errors as `shortfalls`; wrong_input "rule.contributions_missing" where a rule needs contributions that are not known.
[[nodiscard]] base::Result<truth::SystemTruth> truth_of(const table::AdditiveSystem& system, const CellFacts& facts, const AmountRules& rules);

/// What a person says of one cell.
struct CellMark {
  table::SystemCell cell = 0;
  enum class Kind {
    sensitive,          ///< hide it, whatever the rules say
    must_show,          ///< publish it: it may not be hidden to protect others
    already_published,  ///< everybody knows it
  } kind = Kind::sensitive;
  std::string reason;
  std::optional<std::int64_t> lower, upper;  ///< sensitive: how far bounds must stay away; left out: `percent` of the value, at least 1
};

/// What the marks came to.
struct MarkOutcome {
  std::uint64_t made_sensitive = 0;
  std::uint64_t must_show = 0;
  std::uint64_t published_although_sensitive = 0;  ///< already published, and a rule says that they should not have been
};

/// Applies the marks to the truth, in order. A mark without a reason is refused: wrong_input "mark.reason". A cell that a rule makes sensitive cannot be marked
/// must_show: refused "mark.sensitive"; a zero cannot be hidden where hidden cells are at least 1: wrong_input "mark.zero"; one that is already published loses
/// its secret and is counted.
[[nodiscard]] base::Result<MarkOutcome> apply_marks(truth::SystemTruth& truth, const std::vector<CellMark>& marks, std::int64_t percent);

/// Sets what hiding a cell loses to its distance, in sums, from the nearest sensitive cell: near cells are hidden first. Cost: linear in the terms.
void lose_by_distance(const table::AdditiveSystem& system, truth::SystemTruth& truth);

/// Group disclosure: all members of `total` but at most `coalition` share the category of `part`.
struct SharedCategory {
  table::SystemCell total = 0;
  table::SystemCell part = 0;
};
/// Lists the pairs of a cube in which a total over the sensitive axes has more than `coalition` members, and all but at most `coalition` of them in one leaf or
/// inner category of one such axis. Source: methods of k-coalitions (Lupp and Langsrud 2021). Cost: linear in cells times axes.
[[nodiscard]] std::vector<SharedCategory> shared_categories(const table::AdditiveSystem& cube, const std::vector<std::int64_t>& counts,
                                                            const std::vector<std::size_t>& sensitive_axes, std::int64_t coalition);

}  // namespace candour::assess
