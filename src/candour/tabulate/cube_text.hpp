#pragma once
// A cube as files: private exact cells. Nothing here is for publication.

#include <candour/tabulate/record_cube.hpp>

#include <string>

namespace candour::tabulate {

/// One line a cell that holds records: a code column for each variable, then records, people, sum, contributors and the largest contributions, as far as asked
/// for.
[[nodiscard]] std::string cells_csv(const RecordCube& cube, const CubeRequest& request);
/// One line a category: variable, code, label, level.
[[nodiscard]] std::string categories_csv(const RecordCube& cube, const CubeRequest& request);

}  // namespace candour::tabulate
