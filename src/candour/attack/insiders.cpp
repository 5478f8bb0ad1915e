#include <candour/attack/insiders.hpp>

#include <algorithm>
#include <set>

namespace candour::attack {
namespace {

bool holds(const SplitSum& sum, std::uint32_t component, LocalColumn column) {
  return std::any_of(sum.parts.begin(), sum.parts.end(), [&](const SplitSum::Part& part) {
    return part.component == component && std::find(part.whole.begin(), part.whole.end(), column) != part.whole.end();
  });
}

}  // namespace

std::vector<InsiderFinding> insiders_who_prove(Search& search, TargetKind kind, const SplitSum& low, const SplitSum& high, std::int64_t high_end,
                                               std::int64_t coalition_size) {
  std::set<std::uint32_t> components;
  for (const SplitSum* sum : {&low, &high})
    for (const SplitSum::Part& part : sum->parts) components.insert(part.component);
  for (std::int64_t own = 1; own <= coalition_size; ++own)
    for (const std::uint32_t number : components) {
      const std::size_t columns = search.components()[number].columns.size();
      for (LocalColumn column = 0; column < columns; ++column) {
        const Component& component = search.components()[number];
        if (component.highest[column] < own || component.lowest[column] >= own) continue;  // nobody can be there, or everybody knows it
        const Insider insider{number, {column, own}};
        const std::int64_t own_low = holds(low, number, column) ? own : 0;
        const std::int64_t own_high = kind == TargetKind::group && holds(high, number, column) ? own : 0;
        const Judgement judgement = search.judge(low, own_low, high, high_end + own_high, insider);
        if (judgement.standing == Standing::proved || judgement.standing == Standing::undecided) return {{insider, judgement.standing}};
      }
    }
  return {};
}

}  // namespace candour::attack
