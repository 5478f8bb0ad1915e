#include <candour/protect/recode/recode.hpp>

#include <algorithm>

namespace candour::protect {

std::vector<int> levels_to_choose(const table::Hierarchy& hierarchy, const table::ShownVariable& asked) {
  std::vector<int> levels;
  std::size_t categories = 0;
  for (const int level : asked.levels) {
    const std::size_t now = hierarchy.nodes_at(level).size();
    if (!levels.empty() && now == categories) continue;
    levels.push_back(level);
    categories = now;
  }
  return levels;
}

table::ShownVariable recoded(const table::ShownVariable& asked, int finest) {
  table::ShownVariable shown = asked;
  std::erase_if(shown.levels, [&](int level) { return level > finest; });
  return shown;
}

}  // namespace candour::protect
