#pragma once
// The public files of an answer as an intruder has them: tables read back into published tables, with nothing private at hand.

#include <candour/base/result.hpp>
#include <candour/certify/verify.hpp>
#include <candour/policy/policy.hpp>
#include <candour/table/draft.hpp>

#include <optional>

namespace candour::cli {

/// Reads one public table back. Takes the file with its columns (code, label and level a variable, value, status), the population whose labels it may carry,
/// and the policy, whose numbers are printed beside the figures: what rounded figures are multiples of, how far noise reaches. Gives nothing if
/// the table is about another population: its name begins with the number of no question of this one. Errors wrong_input, with file and line:
/// "attack.unknown_column", "attack.unknown_category", "attack.unknown_status" (also a changed figure where the policy changes none), "attack.malformed_value",
/// "attack.rows_missing".
[[nodiscard]] base::Result<std::optional<table::PublishedTable>> published_again(const certify::PublicTableFile& file, const table::AtomSpace& space,
                                                                                 const policy::Policy& policy);

}  // namespace candour::cli
