#include <candour/protect/cell_name.hpp>

#include <fmt/format.h>

namespace candour::protect {

std::string name_for_key(const table::TableLayout& layout, table::CellIndex cell) {
  const table::AtomSpace& space = layout.space();
  std::string name = fmt::format("{}/{}", space.id, space.questions[layout.design().question].id);
  const std::vector<table::NodeIndex> nodes = layout.nodes(cell);
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const table::Variable& variable = space.variables[layout.design().by[i].variable];
    if (nodes[i] != 0) name += fmt::format("/{}={}", variable.name, variable.hierarchy.code(nodes[i]));
  }
  return name;
}

}  // namespace candour::protect
