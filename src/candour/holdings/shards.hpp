#pragma once
// Several holdings of one kind read as one: yearly files, shards.

#include <candour/holdings/holding.hpp>

#include <memory>
#include <unordered_map>
#include <vector>

namespace candour::holdings {

/// Reads the parts one after another. Errors wrong_input "holding.no_parts", "holding.different_columns" (the order of columns may differ).
[[nodiscard]] base::Result<std::unique_ptr<RecordHolding>> join_shards(std::vector<std::unique_ptr<RecordHolding>> parts);

}  // namespace candour::holdings
