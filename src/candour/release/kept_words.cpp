#include <candour/release/kept_words.hpp>

#include <candour/base/text.hpp>
#include <candour/release/words.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

namespace candour::release {
namespace {

// The finest level at which a table shows a variable; 0 where it does not.
int level_in(const table::TableDesign& design, table::VariableIndex variable) {
  const auto at = std::find_if(design.by.begin(), design.by.end(), [&](const table::ShownVariable& shown) { return shown.variable == variable; });
  return at == design.by.end() || at->levels.empty() ? 0 : at->levels.back();
}

// How one table shows a variable: at which level, beside which others, by their places among those asked for.
struct Shown {
  int level = 0;
  std::vector<int> others;

  [[nodiscard]] bool tells_no_more_than(const Shown& more) const {
    return level <= more.level && std::equal(others.begin(), others.end(), more.others.begin(), [](int a, int b) { return a <= b; });
  }
  bool operator==(const Shown&) const = default;
};

// The ways in which tables show a variable, without those that another one implies; the finest level first.
std::vector<Shown> ways_of(std::span<const AskedVariable> asked, std::size_t place, std::span<const table::TableDesign* const> given) {
  std::vector<Shown> ways;
  for (const table::TableDesign* design : given) {
    Shown way{level_in(*design, asked[place].variable), {}};
    for (std::size_t other = 0; other < asked.size(); ++other) way.others.push_back(other == place ? 0 : level_in(*design, asked[other].variable));
    if (way.level == 0 || std::any_of(ways.begin(), ways.end(), [&](const Shown& one) { return way.tells_no_more_than(one); })) continue;
    std::erase_if(ways, [&](const Shown& one) { return one.tells_no_more_than(way); });
    ways.push_back(std::move(way));
  }
  std::stable_sort(ways.begin(), ways.end(), [](const Shown& a, const Shown& b) { return a.level > b.level; });
  return ways;
}

std::string beside_words(const table::AtomSpace& space, std::span<const AskedVariable> asked, const Shown& way) {
  std::vector<std::string> others;
  for (std::size_t other = 0; other < asked.size(); ++other)
    if (way.others[other] > 0) others.push_back(described(space, asked[other].variable, way.others[other]));
  return others.empty() ? "on its own" : "together with " + base::listed(others);
}

std::string level_words(const table::AtomSpace& space, const AskedVariable& asked, int level) {
  if (level >= asked.level) return "kept in full";
  const table::Hierarchy& hierarchy = space.variables[asked.variable].hierarchy;
  return fmt::format("by {}, in {} {}", inside_a_sentence(hierarchy.level_name(level)), hierarchy.nodes_at(level).size(),
                     space.period == asked.variable ? "periods" : "categories");
}

// "kept in full, on its own; by broad ethnic group, in 3 categories, together with age"; empty where no table shows it.
std::string words_of(const table::AtomSpace& space, std::span<const AskedVariable> asked, std::size_t place, const std::vector<Shown>& ways) {
  std::string words;
  for (std::size_t i = 0; i < ways.size(); ++i) {
    const bool is_new_level = i == 0 || ways[i].level != ways[i - 1].level;
    if (is_new_level) words += (i == 0 ? "" : "; ") + level_words(space, asked[place], ways[i].level);
    words += (is_new_level ? ", " : " and ") + beside_words(space, asked, ways[i]);
  }
  return words;
}

// True where one table crosses all that was asked for, as finely as it was asked for.
bool shows_all(std::span<const AskedVariable> asked, const table::TableDesign& design) {
  return std::all_of(asked.begin(), asked.end(), [&](const AskedVariable& one) { return level_in(design, one.variable) >= one.level; });
}

// "month and age together: with figures withheld wherever they could point to a person".
std::string marked_words(const table::AtomSpace& space, std::span<const AskedVariable> asked, const table::TableDesign& marked) {
  std::vector<std::string> names;
  for (const AskedVariable& one : asked)
    if (const int level = level_in(marked, one.variable); level > 0) names.push_back(described(space, one.variable, level));
  return fmt::format("{}{}: with figures withheld wherever they could point to a person", base::listed(names), names.size() > 1 ? " together" : "");
}

// The level is named where there is a finer one that was not asked for.
std::string name_of(const table::AtomSpace& space, const AskedVariable& asked) {
  const table::Variable& variable = space.variables[asked.variable];
  const bool is_finest = asked.level >= variable.hierarchy.depth();
  return is_finest && space.period != asked.variable ? inside_a_sentence(variable.label) : described(space, asked.variable, asked.level);
}

template <class Kind>
std::int64_t count_of(std::span<const table::PublishedTable* const> tables) {
  std::int64_t count = 0;
  for (const table::PublishedTable* one : tables)
    count += std::count_if(one->cells.begin(), one->cells.end(), [](const table::PublishedCell& cell) { return std::holds_alternative<Kind>(cell); });
  return count;
}

std::set<std::int64_t> bases_of(std::span<const table::PublishedTable* const> tables) {
  std::set<std::int64_t> bases;
  for (const table::PublishedTable* one : tables)
    for (const table::PublishedCell& cell : one->cells)
      if (const auto* rounded = std::get_if<table::Rounded>(&cell)) bases.insert(rounded->base);
  return bases;
}

std::set<std::int64_t> noises_of(std::span<const table::PublishedTable* const> tables) {
  std::set<std::int64_t> noises;
  for (const table::PublishedTable* one : tables)
    for (const table::PublishedCell& cell : one->cells)
      if (const auto* perturbed = std::get_if<table::Perturbed>(&cell)) noises.insert(perturbed->most_noise);
  return noises;
}

std::string withheld_words(std::int64_t withheld, std::int64_t given) {
  if (withheld == 0) return "No figure is withheld in these tables.";
  if (given == 0) return "Every figure of these tables is withheld, marked [c].";
  return fmt::format("Of the {} figures of these tables {} {} withheld, marked [c].", withheld + given, withheld, withheld == 1 ? "is" : "are");
}

}  // namespace

std::string described(const table::AtomSpace& space, table::VariableIndex index, int level) {
  const table::Variable& variable = space.variables[index];
  if (variable.hierarchy.depth() <= 1) return inside_a_sentence(variable.label);
  if (space.period == index) return inside_a_sentence(variable.hierarchy.level_name(level));
  const std::string label = inside_a_sentence(variable.label);
  // "ethnicity (self-defined; group)" where the label has a bracket of its own.
  if (label.ends_with(')')) return fmt::format("{}; {})", label.substr(0, label.size() - 1), variable.hierarchy.level_name(level));
  return fmt::format("{} ({})", label, variable.hierarchy.level_name(level));
}

std::vector<std::string> kept_of(const table::AtomSpace& space, std::span<const AskedVariable> asked, std::span<const table::TableDesign* const> given,
                                 const table::TableDesign* marked) {
  std::vector<std::string> names;
  for (const AskedVariable& one : asked) names.push_back(name_of(space, one));
  const bool has_all = std::any_of(given.begin(), given.end(), [&](const table::TableDesign* design) { return shows_all(asked, *design); });
  if (has_all && asked.size() > 1) return {base::listed(names) + ": kept in full, together"};
  std::vector<std::pair<std::vector<std::string>, std::string>> groups;  // names, and what is said of them
  for (std::size_t place = 0; place < asked.size(); ++place) {
    const std::vector<Shown> ways = ways_of(asked, place, given);
    std::string words = ways.empty() ? "not given" : words_of(space, asked, place, ways);
    const auto same = std::find_if(groups.begin(), groups.end(), [&](const auto& group) { return ways.empty() && group.second == words; });
    if (same == groups.end()) groups.push_back({{names[place]}, std::move(words)});
    else same->first.push_back(names[place]);
  }
  if (groups.size() == 1 && groups.front().second == "not given") groups.front().second += "; the total alone is";
  std::vector<std::string> kept;
  for (const auto& [of_group, words] : groups) kept.push_back(fmt::format("{}: {}", base::listed(of_group), words));
  if (marked != nullptr) kept.push_back(marked_words(space, asked, *marked));
  return kept;
}

namespace {

// The levels at which a table changes figures, by variable; only those that are not finer than another.
std::vector<std::vector<int>> changed_levels(const table::AtomSpace& space, const table::TableLayout& layout, const table::PublishedTable& published) {
  std::set<std::vector<int>> all;
  for (table::CellIndex cell = 0; cell < published.cells.size(); ++cell) {
    if (!table::is_changed(published.cells[cell])) continue;
    std::vector<int> levels;
    const std::vector<table::NodeIndex> nodes = layout.nodes(cell);
    for (std::size_t i = 0; i < nodes.size(); ++i) levels.push_back(space.variables[published.design.by[i].variable].hierarchy.level(nodes[i]));
    all.insert(std::move(levels));
  }
  const auto is_finer = [](const std::vector<int>& a, const std::vector<int>& b) {
    return a != b && std::equal(a.begin(), a.end(), b.begin(), [](int left, int right) { return left >= right; });
  };
  std::vector<std::vector<int>> coarsest;
  for (const auto& levels : all)
    if (std::none_of(all.begin(), all.end(), [&](const auto& other) { return is_finer(levels, other); })) coarsest.push_back(levels);
  return coarsest;
}

}  // namespace

std::string change_sentence(const table::AtomSpace& space, const table::TableLayout& layout, const table::PublishedTable& published) {
  const table::PublishedTable* const one = &published;
  const std::set<std::int64_t> bases = bases_of({&one, 1}), noises = noises_of({&one, 1});
  if (bases.empty() && noises.empty()) return "";
  if (bases.size() + noises.size() > 1) return noises.empty() ? "Some of its figures are rounded." : "Some of its figures are changed.";
  const std::string how = noises.empty()
                              ? fmt::format("rounded to a multiple of {}", *bases.begin())
                              : fmt::format("changed at random by up to {}, and a 0 may stand for any count up to {}", *noises.begin(), *noises.begin());
  std::vector<std::string> which;
  for (const std::vector<int>& levels : changed_levels(space, layout, published)) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < levels.size(); ++i)
      if (levels[i] > 0) names.push_back(described(space, published.design.by[i].variable, levels[i]));
    if (names.empty()) return fmt::format("Its figures are {}.", how);
    which.push_back("by " + base::listed(names));
  }
  if (!noises.empty()) return fmt::format("Figures {} are {}. The totals beside them are not changed.", base::listed(which), how);
  return fmt::format("Figures {} are {}: each stands for a count less than {} away from it. The totals beside them are not rounded.", base::listed(which), how,
                     *bases.begin());
}

std::vector<std::string> treatment_of(std::span<const table::PublishedTable* const> tables) {
  std::int64_t withheld = 0;
  for (const table::PublishedTable* one : tables)
    withheld += std::count_if(one->cells.begin(), one->cells.end(), [](const table::PublishedCell& cell) { return reading_of(cell) == CellReading::withheld; });
  const std::int64_t exact = count_of<table::Value>(tables);
  const std::int64_t rounded = count_of<table::Rounded>(tables);
  const std::int64_t perturbed = count_of<table::Perturbed>(tables);
  std::vector<std::string> sentences;
  if (const std::int64_t given = exact + rounded + perturbed; withheld > 0 || given > 1) sentences.push_back(withheld_words(withheld, given));
  const std::set<std::int64_t> bases = bases_of(tables);
  const std::string all = exact == 0 ? "All figures" : "Some figures";
  if (bases.size() == 1 && perturbed == 0) sentences.push_back(fmt::format("{} are rounded to a multiple of {}.", all, *bases.begin()));
  else if (!bases.empty()) sentences.emplace_back("Some figures are rounded.");
  if (const std::set<std::int64_t> noises = noises_of(tables); !noises.empty())
    sentences.push_back(fmt::format("{} are changed at random by up to {}.", rounded == 0 ? all : "Some figures", *noises.rbegin()));
  return sentences;
}

}  // namespace candour::release
