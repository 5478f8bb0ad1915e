#include <candour/attack/search.hpp>

#include <algorithm>

namespace candour::attack {
namespace {

constexpr std::int64_t no_limit = table::no_upper_limit;
// What linear programs leave open is settled one unit after another, so far.
constexpr int widest_span = 8;

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

void Search::know(std::span<const std::int64_t> counts) {
  for (Component& component : split_.components) {
    World world;
    world.reserve(component.columns.size());
    for (const Column column : component.columns) world.push_back(table::sum_over(system_.atoms_of[column], counts));
    component.know(std::move(world));
  }
}

Standing Search::find_first_worlds() {
  if (bounds_.consistency == Consistency::impossible || split_.consistency == Consistency::impossible) return Standing::impossible;
  Standing standing = Standing::proved;
  for (Component& component : split_.components) {
    const Reach found = component.find_first_worlds(allowance_);
    if (found == Reach::unreachable) return Standing::impossible;
    if (found == Reach::undecided) standing = Standing::undecided;
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

std::int64_t Search::propagated(const SplitSum::Part& part, End end) const {
  const Component& component = split_.components[part.component];
  std::int64_t total = 0;
  for (const LocalColumn column : columns_at(part, end)) total = added(total, end == End::highest ? component.highest[column] : component.lowest[column]);
  return total;
}

std::int64_t Search::propagated_highest(const SplitSum& sum) const {
  std::int64_t bound = sum.highest_fixed;
  for (const SplitSum::Part& part : sum.parts) bound = added(bound, propagated(part, End::highest));
  return bound;
}

bool Search::is_wide(const SplitSum& sum) const {
  return std::any_of(sum.parts.begin(), sum.parts.end(),
                     [&](const SplitSum::Part& part) { return split_.components[part.component].columns.size() > most_columns_tried; });
}

Reach Search::reach(const SplitSum& sum, End end, std::int64_t need, const std::optional<Insider>& insider) {
  const auto shown = attained(sum, end, insider);
  if (shown && reaches(*shown, end, need)) return Reach::reached;
  std::int64_t bound = fixed_part(sum, end);
  for (const SplitSum::Part& part : sum.parts) bound = added(bound, propagated(part, end));
  if (!reaches(bound, end, need)) return Reach::unreachable;
  if (sum.parts.size() == 1) {
    const SplitSum::Part& part = sum.parts.front();
    return split_.components[part.component].reach(columns_at(part, end), end, need - fixed_part(sum, end), supposed_in(insider, part.component), allowance_);
  }
  return reach_over_parts(sum, end, need, insider);
}

// The parts do not touch each other, so their extremes add up. Each is brought as far as it goes, until the sum is reached or out of reach.
Reach Search::reach_over_parts(const SplitSum& sum, End end, std::int64_t need, const std::optional<Insider>& insider) {
  std::vector<std::int64_t> proved;
  for (const SplitSum::Part& part : sum.parts) {
    const auto bound = split_.components[part.component].linear_bound(columns_at(part, end), end, supposed_in(insider, part.component), allowance_);
    if (!bound) return Reach::unreachable;
    proved.push_back(*bound);
  }
  const auto is_out_of_reach = [&] {
    std::int64_t bound = fixed_part(sum, end);
    for (const std::int64_t part : proved) bound = added(bound, part);
    return !reaches(bound, end, need);
  };
  for (std::size_t i = 0; i < sum.parts.size(); ++i) {
    const SplitSum::Part& part = sum.parts[i];
    const std::int64_t step = end == End::highest ? -1 : 1;
    for (int tries = 0; tries < widest_span; ++tries) {
      if (is_out_of_reach()) return Reach::unreachable;
      // A part without limit need not go further than the whole need.
      const std::int64_t wanted = proved[i] == no_limit ? need : proved[i];
      const auto here = attained(part, end, insider);
      if (here && reaches(*here, end, wanted)) break;
      const Reach found = split_.components[part.component].reach(columns_at(part, end), end, wanted, supposed_in(insider, part.component), allowance_);
      if (found == Reach::reached) break;
      if (found == Reach::undecided) return found;
      proved[i] = wanted + step;
    }
    const auto shown = attained(sum, end, insider);
    if (shown && reaches(*shown, end, need)) return Reach::reached;
  }
  return is_out_of_reach() ? Reach::unreachable : Reach::undecided;
}

Judgement Search::judge(const SplitSum& low, std::int64_t low_end, const SplitSum& high, std::int64_t high_end, const std::optional<Insider>& insider) {
  const auto is_cleared = [&](const SplitSum& sum, End end, std::int64_t need) {
    const auto shown = attained(sum, end, insider);
    return shown && reaches(*shown, end, need);
  };
  if (is_cleared(low, End::lowest, low_end) || is_cleared(high, End::highest, high_end)) return {Standing::cleared, 0, 0};
  const Reach lowest = reach(low, End::lowest, low_end, insider);
  if (lowest == Reach::reached) return {Standing::cleared, 0, 0};
  const Reach highest = reach(high, End::highest, high_end, insider);
  if (highest == Reach::reached) return {Standing::cleared, 0, 0};
  // Nothing is shown about somebody who cannot be there.
  if (insider) {
    const Reach anything = split_.components[insider->component].reach({}, End::highest, 0, insider->supposed, allowance_);
    if (anything == Reach::unreachable) return {Standing::impossible, 0, 0};
    if (anything == Reach::undecided) return {Standing::undecided, 0, no_limit};
  }
  if (lowest == Reach::undecided || highest == Reach::undecided) return {Standing::undecided, 0, no_limit};
  // Both ends are out of reach: a proof.
  return {Standing::proved, low_end + 1, high_end - 1};
}

std::int64_t Search::extreme(const SplitSum& sum, End end, std::int64_t known, const std::optional<Insider>& insider) {
  std::int64_t bound = fixed_part(sum, end);
  for (const SplitSum::Part& part : sum.parts) {
    const auto linear = split_.components[part.component].linear_bound(columns_at(part, end), end, supposed_in(insider, part.component), allowance_);
    bound = added(bound, linear.value_or(propagated(part, end)));
  }
  bound = end == End::highest ? std::min(bound, known) : std::max(bound, known);
  if (bound == no_limit) return bound;
  const std::int64_t step = end == End::highest ? -1 : 1;
  for (int tries = 0; tries < widest_span && reach(sum, end, bound, insider) == Reach::unreachable; ++tries) bound += step;
  return bound;
}

Judgement Search::interval(const SplitSum& sum, const Judgement& known, const std::optional<Insider>& insider) {
  return {Standing::proved, extreme(sum, End::lowest, known.lowest, insider), extreme(sum, End::highest, known.highest, insider)};
}

}  // namespace candour::attack
