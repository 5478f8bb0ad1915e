#pragma once
// Records that would go out one by one, beside what was published before about the same population.

#include <candour/answer/earlier.hpp>
#include <candour/knowledge/knowledge.hpp>
#include <candour/policy/policy.hpp>
#include <candour/table/published_records.hpp>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace candour::answer {

/// Those of the earlier releases that say something that these records do not say again word for word.
[[nodiscard]] EarlierOfPopulation saying_more(const EarlierOfPopulation& earlier, const table::Release& release);

/// The earlier release that tells of a column that must not be learnt, and that column; none where there is none.
[[nodiscard]] std::optional<std::pair<std::string, std::string>> tells_of_the_same(const EarlierOfPopulation& earlier,
                                                                                   const std::vector<std::string>& not_to_be_learnt);

/// Who can be told apart by what records and earlier releases say together. Nothing that must not be learnt stands in the earlier ones, so that how many
/// records are alike is all that can be held against them. Decided over all tables that fit: every figure, also of a class of which no record is shown; what is
/// left where one figure's region contains another's; what a class shares with an earlier figure; and each smallest set told apart. Where there are too many to
/// be decided that is a finding. `release` are the records as a register keeps them. Cost: an integer program for each of these that bounds do not settle.
[[nodiscard]] std::vector<knowledge::Finding> found_beside(const EarlierOfPopulation& earlier, table::Release release, const policy::Policy& policy);

/// The same for records that are out, and undecided where an earlier release tells of a column that must not be learnt.
[[nodiscard]] std::vector<knowledge::Finding> findings_of_records_beside(const EarlierOfPopulation& earlier, const table::PublishedRecords& records,
                                                                         const table::Release& release, const policy::Policy& policy);

}  // namespace candour::answer
