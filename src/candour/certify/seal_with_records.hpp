#pragma once
// Inside certify: a seal of tables becomes one of tables and records. Not for other folders.

#include <candour/base/digest.hpp>
#include <candour/table/seal.hpp>

#include <string>
#include <vector>

namespace candour::certify {

/// Without tables the claims about tables are left out.
[[nodiscard]] table::Seal seal_with_records(table::Seal seal, const base::Digest& records, std::vector<table::IntruderClaim> claims, bool has_tables,
                                            const std::vector<std::string>& marks);

}  // namespace candour::certify
