#include <candour/law/narrowing.hpp>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <map>

namespace candour::law {
namespace {

constexpr std::size_t most_things = 12;

struct Priced {
  Droppable thing;
  base::Decimal hours;
};

// The things that can be dropped, the most costly first.
base::Result<std::vector<Droppable>> things_of(const std::vector<PricedWork>& work) {
  std::vector<Priced> priced;
  for (const PricedWork& one : work)
    for (const Droppable& thing : one.saved_by) {
      auto found = std::ranges::find(priced, thing, &Priced::thing);
      if (found == priced.end()) found = priced.insert(priced.end(), {thing, {}});
      CANDOUR_TRY(hours, base::Decimal::sum(found->hours, one.line.hours));
      found->hours = hours;
    }
  std::ranges::stable_sort(priced, [](const Priced& a, const Priced& b) { return a.hours > b.hours; });
  if (priced.size() > most_things) priced.resize(most_things);
  std::vector<Droppable> things;
  for (Priced& one : priced) things.push_back(std::move(one.thing));
  return things;
}

struct Split {
  std::vector<CostLine> kept;
  std::vector<CostLine> saved;
};

Split split_by(const std::vector<PricedWork>& work, const std::vector<Droppable>& things, std::uint32_t dropped) {
  Split split;
  for (const PricedWork& one : work) {
    const bool saved = std::ranges::any_of(one.saved_by, [&](const Droppable& thing) {
      const auto at = std::ranges::find(things, thing);
      return at != things.end() && ((dropped >> (at - things.begin())) & 1U) != 0;
    });
    (saved ? split.saved : split.kept).push_back(one.line);
  }
  return split;
}

// To drop the last question is to ask for nothing.
bool drops_a_question(const std::vector<Droppable>& things, std::uint32_t dropped) {
  for (std::size_t i = 0; i < things.size(); ++i)
    if (((dropped >> i) & 1U) != 0 && things[i].kind == DropKind::question) return true;
  return false;
}

}  // namespace

std::string_view word_of(DropKind kind) {
  switch (kind) {
    case DropKind::period: return "period";
    case DropKind::system: return "system";
    case DropKind::breakdown: return "breakdown";
    case DropKind::question: return "question";
  }
  return "question";
}

base::Result<std::vector<NarrowingOption>> narrowing_options(const std::vector<PricedWork>& work, Regime regime, std::string_view part, std::size_t most) {
  CANDOUR_TRY(things, things_of(work));
  CANDOUR_TRY(whole, read_cost(split_by(work, things, 0).kept, regime, part));
  std::vector<NarrowingOption> options;
  if (!whole.over) return options;
  std::vector<std::uint32_t> subsets;
  for (std::uint32_t subset = 1; subset < (std::uint32_t{1} << things.size()); ++subset) subsets.push_back(subset);
  std::ranges::stable_sort(subsets, {}, [](std::uint32_t subset) { return std::popcount(subset); });
  std::vector<std::uint32_t> fitting;
  for (const std::uint32_t subset : subsets) {
    if (std::ranges::any_of(fitting, [&](std::uint32_t smaller) { return (subset & smaller) == smaller; })) continue;
    const Split split = split_by(work, things, subset);
    CANDOUR_TRY(kept, read_cost(split.kept, regime, part));
    if (kept.over || (split.kept.empty() && drops_a_question(things, subset))) continue;
    CANDOUR_TRY(saved, read_cost(split.saved, regime, part));
    fitting.push_back(subset);
    NarrowingOption option{{}, kept.all, saved.all};
    for (std::size_t i = 0; i < things.size(); ++i)
      if (((subset >> i) & 1U) != 0) option.dropped.push_back(things[i]);
    options.push_back(std::move(option));
  }
  std::ranges::stable_sort(options, [](const NarrowingOption& a, const NarrowingOption& b) {
    return a.dropped.size() != b.dropped.size() ? a.dropped.size() < b.dropped.size() : a.saved.hours < b.saved.hours;
  });
  if (options.size() > most) options.resize(most);
  return options;
}

}  // namespace candour::law
