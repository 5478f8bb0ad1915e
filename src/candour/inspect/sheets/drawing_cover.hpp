#pragma once
// Which cells lie under the pictures and shapes of a sheet.

#include <candour/inspect/sheets/block_index.hpp>

#include <pugixml.hpp>

namespace candour::inspect {

/// Takes the root of a drawing part; gives the blocks of cells that lie wholly under a picture, a chart or a shape that is not see-through.
[[nodiscard]] BlockIndex covered_blocks(const pugi::xml_node& drawing);

}  // namespace candour::inspect
