#include <candour/attack/insiders.hpp>

#include <algorithm>
#include <set>

namespace candour::attack {
namespace {

constexpr std::size_t most_columns_near = 32;

class InsiderSearch {
 public:
  InsiderSearch(Search& search, TargetKind kind, const SplitSum& low, const SplitSum& high, std::int64_t high_end, std::int64_t most_own)
      : search_(search), kind_(kind), low_(low), high_(high), high_end_(high_end), most_own_(most_own) {
    for (const SplitSum* sum : {&low_, &high_})
      for (const SplitSum::Part& part : sum->parts) components_.insert(part.component);
  }

  std::optional<InsiderFinding> with_records(std::int64_t own) {
    if (kind_ == TargetKind::group) {
      const Judgement judgement = search_.judge(low_, own, high_, high_end_ + own);
      if (judgement.standing == Standing::proved) return InsiderFinding{std::nullopt, own, judgement.standing};
    }
    for (const std::uint32_t component : components_)
      if (const auto found = in_component(component, own)) return found;
    return std::nullopt;
  }

 private:
  std::optional<InsiderFinding> in_component(std::uint32_t number, std::int64_t own) {
    const std::vector<std::size_t> clearing = clearing_worlds(number);
    for (const LocalColumn column : places(number)) {
      const Component& component = search_.components()[number];
      if (component.highest[column] < own || component.lowest[column] >= own) continue;  // nobody can be there, or everybody knows it
      const auto clears = [&](std::size_t world) { return component.worlds()[world][column] >= own; };
      if (std::any_of(clearing.begin(), clearing.end(), clears)) continue;
      const Insider insider{number, {column, own}};
      const std::int64_t own_low = holds(low_, number, column) ? own : 0;
      const std::int64_t own_high = kind_ == TargetKind::group && holds(high_, number, column) ? own : 0;
      const Judgement judgement = search_.judge(low_, own_low, high_, high_end_ + own_high, insider);
      if (judgement.standing == Standing::proved || judgement.standing == Standing::undecided) return InsiderFinding{insider, own, judgement.standing};
    }
    return std::nullopt;
  }

  // Every column of a small component; in a large one those that share a short sum with the target.
  [[nodiscard]] std::vector<LocalColumn> places(std::uint32_t number) const {
    const Component& component = search_.components()[number];
    std::vector<LocalColumn> places;
    if (component.columns.size() <= most_columns_tried) {
      for (LocalColumn column = 0; column < component.columns.size(); ++column) places.push_back(column);
      return places;
    }
    std::set<LocalColumn> own, near;
    for (const SplitSum* sum : {&low_, &high_})
      for (const SplitSum::Part& part : sum->parts)
        if (part.component == number) own.insert(part.all.begin(), part.all.end());
    if (own.size() > most_columns_near) return places;
    for (const LocalColumn column : own)
      for (const std::size_t row : component.rows_of(column))
        if (component.rows[row].terms.size() <= most_columns_near)
          for (const Term& term : component.rows[row].terms) near.insert(term.column);
    places.assign(near.begin(), near.end());
    return places;
  }

  // Worlds of the component that show every insider they have room for that nothing is proved: none of the rest, or enough of it even without their own.
  [[nodiscard]] std::vector<std::size_t> clearing_worlds(std::uint32_t number) const {
    const auto rest_low = search_.attained_outside(low_, End::lowest, number), rest_high = search_.attained_outside(high_, End::highest, number);
    const std::vector<LocalColumn>* low = nullptr;
    const std::vector<LocalColumn>* high = nullptr;
    for (const SplitSum::Part& part : low_.parts)
      if (part.component == number) low = &part.whole;
    for (const SplitSum::Part& part : high_.parts)
      if (part.component == number) high = &part.all;
    const std::vector<World>& worlds = search_.components()[number].worlds();
    std::vector<std::size_t> clearing;
    for (std::size_t w = 0; w < worlds.size(); ++w) {
      const bool is_low = rest_low && *rest_low + (low == nullptr ? 0 : Component::value(worlds[w], *low)) <= 0;
      const std::int64_t enough = kind_ == TargetKind::count ? high_end_ : high_end_ + most_own_;
      const bool is_high = rest_high && *rest_high + (high == nullptr ? 0 : Component::value(worlds[w], *high)) >= enough;
      if (is_low || is_high) clearing.push_back(w);
    }
    return clearing;
  }

  static bool holds(const SplitSum& sum, std::uint32_t component, LocalColumn column) {
    return std::any_of(sum.parts.begin(), sum.parts.end(), [&](const SplitSum::Part& part) {
      return part.component == component && std::find(part.whole.begin(), part.whole.end(), column) != part.whole.end();
    });
  }

  Search& search_;
  TargetKind kind_;
  const SplitSum& low_;
  const SplitSum& high_;
  std::int64_t high_end_;
  std::int64_t most_own_;
  std::set<std::uint32_t> components_;
};

}  // namespace

std::optional<InsiderFinding> insider_who_proves(Search& search, TargetKind kind, const SplitSum& low, const SplitSum& high, std::int64_t high_end,
                                                 std::int64_t coalition_size) {
  InsiderSearch insiders(search, kind, low, high, high_end, coalition_size);
  for (std::int64_t own = 1; own <= coalition_size; ++own)
    if (const auto found = insiders.with_records(own)) return found;
  return std::nullopt;
}

}  // namespace candour::attack
