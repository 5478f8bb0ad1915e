#include <candour/answer/lattice.hpp>

#include <candour/protect/recode/recode.hpp>

#include <algorithm>
#include <numeric>

namespace candour::answer {

using protect::Crossing;
using protect::QuestionPlan;

QuestionLattice::QuestionLattice(const table::AtomSpace& space, const table::TableDesign& asked) : asked_(asked) {
  enumerate(space);
  link();
}

void QuestionLattice::enumerate(const table::AtomSpace& space) {
  std::vector<std::vector<int>> choices;
  for (const table::ShownVariable& shown : asked_.by) choices.push_back(protect::levels_to_choose(space.variables[shown.variable].hierarchy, shown));
  std::vector<std::size_t> at(choices.size(), 0);
  const auto next = [&] {
    for (std::size_t i = at.size(); i-- > 0;) {
      if (++at[i] < choices[i].size()) return true;
      at[i] = 0;
    }
    return false;
  };
  plans_.push_back(protect::normal_form({}, choices.size()));
  do {
    std::vector<int> levels;
    for (std::size_t i = 0; i < at.size(); ++i) levels.push_back(choices[i][at[i]]);
    for (const Crossing crossing : {Crossing::one_way, Crossing::pairs, Crossing::full_cross})
      plans_.push_back(protect::normal_form({crossing, levels, protect::Treatment::exact}, choices.size()));
  } while (next());
  const auto size = [](const QuestionPlan& plan) { return std::accumulate(plan.levels.begin(), plan.levels.end(), 0); };
  std::sort(plans_.begin(), plans_.end(), [&](const QuestionPlan& a, const QuestionPlan& b) {
    const auto key = [&](const QuestionPlan& plan) {
      return std::make_tuple(plan.crossing > Crossing::total_only ? 2 : static_cast<int>(plan.crossing), size(plan));
    };
    return key(a) != key(b) ? key(a) < key(b) : a < b;
  });
  plans_.erase(std::unique(plans_.begin(), plans_.end()), plans_.end());
}

void QuestionLattice::link() {
  const std::size_t count = plans_.size();
  std::vector<std::vector<char>> above(count, std::vector<char>(count, 0));  // above[i][j]: i tells more than j
  for (std::size_t i = 0; i < count; ++i)
    for (std::size_t j = 0; j < count; ++j) above[i][j] = i != j && protect::tells_no_less(plans_[i], plans_[j]) ? 1 : 0;
  coarser_.resize(count);
  finer_.resize(count);
  for (std::size_t i = 0; i < count; ++i)
    for (std::size_t j = 0; j < count; ++j) {
      if (above[i][j] == 0) continue;
      bool immediate = true;
      for (std::size_t k = 0; k < count && immediate; ++k) immediate = above[i][k] == 0 || above[k][j] == 0;
      if (!immediate) continue;
      coarser_[i].push_back(j);
      finer_[j].push_back(i);
    }
}

}  // namespace candour::answer
