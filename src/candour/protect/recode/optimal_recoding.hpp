#pragma once
// The least costly recoding of records under a privacy model.

#include <candour/base/result.hpp>
#include <candour/protect/recode/privacy_model.hpp>
#include <candour/truth/coded_records.hpp>

#include <functional>

namespace candour::protect {

struct RecodingLimits {
  std::int64_t most_evaluations = 2'000'000;  ///< then the best recoding so far is given, with what is known of better ones
  std::uint64_t most_recodings = 100'000'000;
  unsigned threads = 0;              ///< 0: as many as there are processors; the result is the same for any number
  std::int64_t most_judged = 2'000;  ///< recodings shown to an AcceptRecoding; then as at most_evaluations
};

/// Whether a recoding, one level an identifier, may be taken: what else it has to stand beside.
using AcceptRecoding = std::function<bool(const std::vector<std::size_t>&)>;

/// Searches all combinations of levels for the one with the least loss whose failing classes hold at most the records that may be suppressed, and either none
/// or at least a class's worth of them (how many were suppressed must not be a small count).
///
/// Takes:  records with at least one identifier; every last level has one category.
/// Gives:  the recoding; the same for the same records in any order, and for any number of threads.
/// Errors: refused "recoding.none" where not even the coarsest levels hold; wrong_input "recoding.too_many_categories", "recoding.too_many_levels".
/// Cost:   at most one count of the different records for each combination that is not ruled out; 9 bytes for each combination.
/// Source: k-anonymity: Sweeney 2002; the order of levels and roll-up: LeFevre, DeWitt, Ramakrishnan 2005; loss: Iyengar 2002; docs/methods/recoding.md
/// `accepts` is asked of each recoding that is allowed and better than the best so far; the best of those that it takes is given, and proved as before.
[[nodiscard]] base::Result<Recoding> optimal_recoding(const truth::CodedRecords& records, const PrivacyModel& model, const RecodingLimits& limits = {},
                                                      const AcceptRecoding& accepts = {});

/// The same by counting every combination. For tests.
[[nodiscard]] base::Result<Recoding> exhaustive_recoding(const truth::CodedRecords& records, const PrivacyModel& model);

}  // namespace candour::protect
