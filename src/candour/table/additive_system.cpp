#include <candour/table/additive_system.hpp>

#include <candour/base/check.hpp>
#include <candour/base/wide.hpp>

namespace candour::table {

SystemAxis axis_of_parents(std::vector<std::uint32_t> parents) {
  SystemAxis axis;
  axis.children.resize(parents.size());
  for (std::uint32_t node = 1; node < parents.size(); ++node) {
    CANDOUR_CHECK(parents[node] < node, "a parent must come before its children");
    axis.children[parents[node]].push_back(node);
  }
  axis.parent = std::move(parents);
  return axis;
}

base::Result<AdditiveSystem> AdditiveSystem::of_cube(std::vector<SystemAxis> axes) {
  AdditiveSystem system;
  ProductShape shape;
  shape.axes = std::move(axes);
  shape.stride.assign(shape.axes.size(), 1);
  std::uint64_t cells = 1;
  for (std::size_t k = shape.axes.size(); k-- > 0;) {
    shape.stride[k] = cells;
    cells *= shape.axes[k].size();
    if (cells > std::uint64_t{1} << 31)
      return base::fail(
          base::Error{base::Cause::wrong_input, "system.too_large", {}, "the cube has more than 2^31 cells", "ask for fewer or coarser variables"});
  }
  system.cell_count_ = static_cast<std::uint32_t>(cells);
  for (std::size_t k = 0; k < shape.axes.size(); ++k) {
    const SystemAxis& axis = shape.axes[k];
    for (std::uint64_t cell = 0; cell < cells; ++cell) {
      const std::uint32_t node = shape.node(static_cast<SystemCell>(cell), k);
      if (axis.is_leaf(node)) continue;
      system.terms_.push_back({static_cast<SystemCell>(cell), -1});
      const std::uint64_t origin = cell - node * shape.stride[k];
      for (const std::uint32_t child : axis.children[node]) system.terms_.push_back({static_cast<SystemCell>(origin + child * shape.stride[k]), 1});
      system.start_.push_back(system.terms_.size());
      system.right_side_.push_back(0);
    }
  }
  system.product_ = std::move(shape);
  system.index_by_cell();
  return system;
}

AdditiveSystem AdditiveSystem::of_equations(std::uint32_t cell_count, std::vector<std::uint64_t> start, std::vector<SystemTerm> terms,
                                            std::vector<std::int64_t> right_side) {
  CANDOUR_CHECK(start.size() == right_side.size() + 1 && start.back() == terms.size(), "the starts of the equations do not fit their terms");
  AdditiveSystem system;
  system.cell_count_ = cell_count;
  system.start_ = std::move(start);
  system.terms_ = std::move(terms);
  system.right_side_ = std::move(right_side);
  system.index_by_cell();
  return system;
}

void AdditiveSystem::index_by_cell() {
  cell_start_.assign(cell_count_ + std::size_t{1}, 0);
  for (const SystemTerm& term : terms_) {
    CANDOUR_CHECK(term.cell < cell_count_, "an equation names a cell that is not there");
    ++cell_start_[term.cell + std::size_t{1}];
  }
  for (std::size_t c = 0; c < cell_count_; ++c) cell_start_[c + 1] += cell_start_[c];
  by_cell_.resize(terms_.size());
  std::vector<std::uint64_t> next(cell_start_.begin(), cell_start_.end() - 1);
  for (SystemEquation e = 0; e < equation_count(); ++e)
    for (const SystemTerm& term : terms(e)) by_cell_[next[term.cell]++] = {e, term.coefficient};
}

char letter_of(CellStanding standing) {
  switch (standing) {
    case CellStanding::shown: return 's';
    case CellStanding::always_shown: return 'z';
    case CellStanding::primary: return 'u';
    case CellStanding::secondary: return 'x';
  }
  return 's';
}

CellStanding standing_of(char letter) {
  switch (letter) {
    case 'z': return CellStanding::always_shown;
    case 'u': return CellStanding::primary;
    case 'x': return CellStanding::secondary;
    default: return CellStanding::shown;
  }
}

bool adds_up(const AdditiveSystem& system, std::span<const std::int64_t> values) {
  for (SystemEquation e = 0; e < system.equation_count(); ++e) {
    base::Wide sum = -static_cast<base::Wide>(system.right_side(e));
    for (const SystemTerm& term : system.terms(e)) sum += static_cast<base::Wide>(term.coefficient) * values[term.cell];
    if (sum != 0) return false;
  }
  return true;
}

}  // namespace candour::table
