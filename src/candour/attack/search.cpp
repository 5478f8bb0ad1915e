#include <candour/attack/search.hpp>

#include <algorithm>

namespace candour::attack {
namespace {

constexpr std::int64_t no_limit = table::no_upper_limit;

bool reaches(std::int64_t value, End end, std::int64_t need) { return end == End::highest ? value >= need : value <= need; }
std::int64_t fixed_part(const SplitSum& sum, End end) { return end == End::highest ? sum.highest_fixed : sum.lowest_fixed; }
const std::vector<LocalColumn>& columns_at(const SplitSum::Part& part, End end) { return end == End::highest ? part.all : part.whole; }
std::int64_t added(std::int64_t a, std::int64_t b) { return a == no_limit || b == no_limit ? no_limit : a + b; }
std::optional<Supposed> supposed_in(const std::optional<Insider>& insider, std::uint32_t component) {
  if (insider && insider->component == component) return insider->supposed;
  return std::nullopt;
}

}  // namespace

Search::Search(System& system, Allowance allowance) : system_(system), bounds_(attack::propagated(system)), allowance_(allowance) {
  if (bounds_.consistency == Consistency::possible) split_ = split(system, bounds_);
}

Standing Search::find_first_worlds() {
  if (bounds_.consistency == Consistency::impossible || split_.consistency == Consistency::impossible) return Standing::impossible;
  Standing standing = Standing::proved;
  for (Component& component : split_.components) {
    const Extreme found = component.find_first_worlds(allowance_);
    if (!found.is_possible) return Standing::impossible;
    if (!found.attained) standing = Standing::undecided;
  }
  return standing;
}

SplitSum Search::split_sum(const std::vector<table::AtomIndex>& atoms) const {
  const AtomSum sum = sum_of_atoms(system_, atoms);
  SplitSum result;
  std::vector<SplitSum::Part> parts;
  const auto add = [&](Column column, bool is_whole) {
    const auto& place = split_.place_of[column];
    if (!place) {
      if (is_whole) result.lowest_fixed += bounds_.lowest[column];
      result.highest_fixed += bounds_.highest[column];
      return;
    }
    auto at = std::find_if(result.parts.begin(), result.parts.end(), [&](const SplitSum::Part& part) { return part.component == place->component; });
    if (at == result.parts.end()) at = result.parts.insert(at, SplitSum::Part{place->component, {}, {}});
    if (is_whole) at->whole.push_back(place->column);
    at->all.push_back(place->column);
  };
  for (const Column column : sum.whole) add(column, true);
  for (const Column column : sum.partial) add(column, false);
  return result;
}

std::optional<std::int64_t> Search::attained(const SplitSum::Part& part, End end, const std::optional<Insider>& insider) const {
  std::optional<std::int64_t> best;
  const auto supposed = supposed_in(insider, part.component);
  for (const World& world : split_.components[part.component].worlds()) {
    if (supposed && world[supposed->column] < supposed->at_least) continue;
    const std::int64_t value = Component::value(world, columns_at(part, end));
    if (!best || reaches(value, end, *best)) best = value;
  }
  return best;
}

std::optional<std::int64_t> Search::attained(const SplitSum& sum, End end, const std::optional<Insider>& insider) const {
  std::int64_t total = fixed_part(sum, end);
  for (const SplitSum::Part& part : sum.parts) {
    const auto best = attained(part, end, insider);
    if (!best) return std::nullopt;
    total += *best;
  }
  return total;
}

std::optional<std::int64_t> Search::attained_outside(const SplitSum& sum, End end, std::uint32_t component) const {
  SplitSum rest{sum.lowest_fixed, sum.highest_fixed, {}};
  for (const SplitSum::Part& part : sum.parts)
    if (part.component != component) rest.parts.push_back(part);
  return attained(rest, end, std::nullopt);
}

std::optional<std::int64_t> Search::propagated(const SplitSum::Part& part, End end) const {
  const Component& component = split_.components[part.component];
  std::int64_t total = 0;
  for (const LocalColumn column : columns_at(part, end)) total = added(total, end == End::highest ? component.highest[column] : component.lowest[column]);
  return total;
}

// Component by component: the parts do not touch each other, so their extremes add up.
Extreme Search::extreme(const SplitSum& sum, End end, std::int64_t need, const std::optional<Insider>& insider, Depth depth) {
  Extreme result{true, fixed_part(sum, end), fixed_part(sum, end)};
  std::vector<std::int64_t> proved;
  std::vector<std::optional<std::int64_t>> shown;
  for (const SplitSum::Part& part : sum.parts) {
    proved.push_back(*propagated(part, end));
    shown.push_back(attained(part, end, insider));
  }
  std::int64_t bound = fixed_part(sum, end);
  for (const std::int64_t part : proved) bound = added(bound, part);
  if (depth == Depth::as_needed && !reaches(bound, end, need)) return {true, bound, std::nullopt};
  for (std::size_t i = 0; i < sum.parts.size(); ++i) {
    if (shown[i] && *shown[i] == proved[i]) continue;
    const SplitSum::Part& part = sum.parts[i];
    std::int64_t rest = fixed_part(sum, end);
    for (std::size_t j = 0; j < sum.parts.size(); ++j)
      if (j != i) rest = added(rest, shown[j].value_or(0));
    Component& component = split_.components[part.component];
    const auto supposed = supposed_in(insider, part.component);
    const Extreme found = depth == Depth::exact ? component.exact_extreme(columns_at(part, end), end, supposed, allowance_)
                                                : component.extreme(columns_at(part, end), end, need - rest, supposed, allowance_);
    if (!found.is_possible) return {false, 0, std::nullopt};
    proved[i] = end == End::highest ? std::min(proved[i], found.proved) : std::max(proved[i], found.proved);
    shown[i] = attained(part, end, insider);
  }
  for (std::size_t i = 0; i < sum.parts.size(); ++i) {
    result.proved = added(result.proved, proved[i]);
    if (result.attained && shown[i]) result.attained = *result.attained + *shown[i];
    else result.attained.reset();
  }
  return result;
}

Judgement Search::judge(const SplitSum& low, std::int64_t low_end, const SplitSum& high, std::int64_t high_end, const std::optional<Insider>& insider) {
  const auto is_cleared = [&] {
    const auto lowest = attained(low, End::lowest, insider);
    if (lowest && *lowest <= low_end) return true;
    const auto highest = attained(high, End::highest, insider);
    return highest && *highest >= high_end;
  };
  if (is_cleared()) return {Standing::cleared, 0, 0};
  Judgement judgement{Standing::proved, 0, 0};
  for (const Depth depth : {Depth::as_needed, Depth::exact}) {
    const Extreme lowest = extreme(low, End::lowest, low_end, insider, depth);
    if (!lowest.is_possible) return {Standing::impossible, 0, 0};
    if (is_cleared()) return {Standing::cleared, 0, 0};
    const Extreme highest = extreme(high, End::highest, high_end, insider, depth);
    if (!highest.is_possible) return {Standing::impossible, 0, 0};
    if (is_cleared()) return {Standing::cleared, 0, 0};
    judgement.lowest = lowest.proved;
    judgement.highest = highest.proved;
    if (lowest.proved > low_end && highest.proved < high_end) return judgement;
  }
  judgement.standing = Standing::undecided;
  return judgement;
}

Judgement Search::interval(const SplitSum& sum, const std::optional<Insider>& insider) {
  const Extreme lowest = extreme(sum, End::lowest, 0, insider, Depth::exact);
  const Extreme highest = extreme(sum, End::highest, 0, insider, Depth::exact);
  if (!lowest.is_possible || !highest.is_possible) return {Standing::impossible, 0, 0};
  return {Standing::proved, lowest.proved, highest.proved};
}

}  // namespace candour::attack
