#pragma once
// From true records and chosen levels to the records that go out: the one place where such are made.

#include <candour/protect/recode/privacy_model.hpp>
#include <candour/table/published_records.hpp>
#include <candour/truth/coded_records.hpp>

#include <string>
#include <vector>

namespace candour::protect {

/// What a question asks of the records of a population. `space` outlives nothing: it is read only.
struct RecordsQuestion {
  const table::AtomSpace* space = nullptr;
  std::string number;
  std::string counted;
  std::vector<table::AskedColumn> columns;  ///< in the order in which they are shown
};

/// Gives the records whose classes hold, recoded, in the order of their categories, with the sentences that go out beside them. The identifiers of `records`
/// are the columns whose variable is identifying, in their order, each with the levels of table::record_levels; the sensitive ones are the others.
/// Cost: sorting.
[[nodiscard]] table::PublishedRecords published_records(const RecordsQuestion& question, const truth::CodedRecords& records, const PrivacyModel& model,
                                                        const std::vector<std::size_t>& levels);

}  // namespace candour::protect
