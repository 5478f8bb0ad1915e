#include <candour/tabulate/cube_dimension.hpp>

#include <candour/base/text.hpp>
#include <candour/tabulate/leaf_reader.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <numeric>
#include <set>

namespace candour::tabulate {
namespace {

constexpr std::string_view unknown = "unknown";

base::Error wrong(std::string_view code, const std::string& variable, std::string sentence, std::string hint) {
  return {base::Cause::wrong_input, std::string(code), {}, fmt::format("variable '{}': {}", variable, sentence), std::move(hint)};
}

std::int64_t whole_number(std::string_view text) {
  std::int64_t value = -1;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

}  // namespace

// ---- levels ----

std::optional<DimensionReader::BuiltIn> DimensionReader::built_in_named(std::string_view name) {
  static const std::map<std::string_view, BuiltIn> names = {{"day", BuiltIn::day},
                                                            {"month", BuiltIn::month},
                                                            {"quarter", BuiltIn::quarter},
                                                            {"year", BuiltIn::year},
                                                            {"financial-year", BuiltIn::financial_year},
                                                            {"single-year", BuiltIn::single_year},
                                                            {"five-year", BuiltIn::five_year},
                                                            {"ten-year", BuiltIn::ten_year}};
  const auto found = names.find(name);
  if (found == names.end()) return std::nullopt;
  return found->second;
}

base::Result<std::unique_ptr<DimensionReader>> DimensionReader::make(const RecordCubeVariable& variable) {
  std::unique_ptr<DimensionReader> reader(new DimensionReader);
  reader->variable_ = variable;
  CANDOUR_TRY_DONE(reader->check_trees());
  CANDOUR_TRY_DONE(reader->resolve_levels());
  if (reader->is_declared()) reader->join_leaves();
  return reader;
}

base::Result<base::Done> DimensionReader::check_trees() const {
  const auto leaf_codes = [](const table::Hierarchy& tree) {
    std::set<std::string> codes;
    for (table::LeafIndex leaf = 0; leaf < tree.leaf_count(); ++leaf) codes.insert(tree.code(tree.node_of_leaf(leaf)));
    return codes;
  };
  for (std::size_t t = 1; t < variable_.trees.size(); ++t)
    if (leaf_codes(*variable_.trees[t]) != leaf_codes(*variable_.trees[0]))
      return base::fail(wrong("tabulate.different_leaves", variable_.name,
                              fmt::format("'{}' and '{}' do not have the same leaves", variable_.trees[0]->name(), variable_.trees[t]->name()),
                              "alternative hierarchies add up the same finest categories"));
  for (std::size_t t = 1; t < variable_.trees.size(); ++t)
    for (std::size_t earlier = 0; earlier < t; ++earlier)
      for (table::NodeIndex node = 1; node < variable_.trees[t]->size(); ++node) {
        const auto same = variable_.trees[earlier]->find(variable_.trees[t]->code(node));
        if (same && !(variable_.trees[t]->is_leaf(node) && variable_.trees[earlier]->is_leaf(*same)))
          return base::fail(wrong("tabulate.different_leaves", variable_.name,
                                  fmt::format("the code '{}' stands in two hierarchies and is no leaf", variable_.trees[t]->code(node)),
                                  "give the groups of each hierarchy codes of their own"));
      }
  return base::Done{};
}

base::Result<base::Done> DimensionReader::resolve_levels() {
  std::vector<std::string> known;
  if (is_declared()) {
    for (std::size_t t = 0; t < variable_.trees.size(); ++t)
      for (int level = 1; level <= variable_.trees[t]->depth(); ++level) known.push_back(variable_.trees[t]->level_name(level));
    if (variable_.levels.empty())
      levels_.push_back({0, variable_.trees[0]->depth(), BuiltIn::text, variable_.trees[0]->level_name(variable_.trees[0]->depth())});
  } else {
    known = {"day", "month", "quarter", "year", "financial-year", "single-year", "five-year", "ten-year"};
    if (variable_.levels.empty()) levels_.push_back({0, 1, BuiltIn::text, variable_.name});
  }
  for (const std::string& name : variable_.levels) {
    bool found = false;
    for (std::size_t t = 0; t < variable_.trees.size() && !found; ++t)
      if (const auto level = variable_.trees[t]->find_level(name)) {
        levels_.push_back({t, *level, BuiltIn::text, name});
        found = true;
      }
    if (!is_declared())
      if (const auto built_in = built_in_named(name)) {
        levels_.push_back({0, 1, *built_in, name});
        found = true;
      }
    if (!found)
      return base::fail(wrong("tabulate.unknown_level", variable_.name, fmt::format("there is no level '{}'", name),
                              fmt::format("the levels are: {}", base::joined(known, ", "))));
  }
  if (is_declared()) return base::Done{};
  const bool dates = levels_[0].built_in >= BuiltIn::day && levels_[0].built_in <= BuiltIn::financial_year;
  const bool ages = levels_[0].built_in >= BuiltIn::single_year;
  leaf_kind_ = levels_[0].built_in;
  for (const ShownLevel& level : levels_) {
    if ((level.built_in >= BuiltIn::single_year) != ages || (level.built_in >= BuiltIn::day && level.built_in <= BuiltIn::financial_year) != dates)
      return base::fail(wrong("tabulate.unknown_level", variable_.name, "levels of dates and of ages are mixed", "name levels of one kind"));
    leaf_kind_ = std::min(leaf_kind_, level.built_in);
  }
  // Neither of the two years adds up to the other; quarters add up to both.
  const auto shows = [&](BuiltIn wanted) {
    return std::any_of(levels_.begin(), levels_.end(), [&](const ShownLevel& level) { return level.built_in == wanted; });
  };
  if (leaf_kind_ == BuiltIn::year && shows(BuiltIn::financial_year)) leaf_kind_ = BuiltIn::quarter;
  return base::Done{};
}

/// Leaves with the same categories at all levels shown become one class.
void DimensionReader::join_leaves() {
  const table::Hierarchy& first = *variable_.trees[0];
  std::map<std::vector<table::NodeIndex>, std::uint32_t> classes;
  class_of_leaf_.resize(first.leaf_count());
  for (table::LeafIndex leaf = 0; leaf < first.leaf_count(); ++leaf) {
    std::vector<table::NodeIndex> shown;
    for (const ShownLevel& level : levels_) {
      const table::Hierarchy& tree = *variable_.trees[level.tree];
      const table::NodeIndex node = *tree.find(first.code(first.node_of_leaf(leaf)));
      shown.push_back(tree.ancestor_at(tree.leaves(node).first, level.level));
    }
    class_of_leaf_[leaf] = classes.emplace(std::move(shown), static_cast<std::uint32_t>(classes.size())).first->second;
  }
  class_count_ = static_cast<std::uint32_t>(classes.size());
}

// ---- reading ----

holdings::ColumnRequest DimensionReader::column_request() const {
  if (is_declared()) return column_request_of(variable_.source);
  holdings::ColumnRequest request{variable_.source.column, holdings::ColumnKind::text, variable_.source.date_form, variable_.source.time_zone};
  if (leaf_kind_ >= BuiltIn::single_year) request.kind = holdings::ColumnKind::integer;
  else if (leaf_kind_ != BuiltIn::text) request.kind = holdings::ColumnKind::date;
  return request;
}

bool DimensionReader::needs_only_months() const {
  if (is_declared()) return variable_.source.derivation == VariableSource::Derivation::month;
  return leaf_kind_ == BuiltIn::month || leaf_kind_ == BuiltIn::quarter || leaf_kind_ == BuiltIn::year || leaf_kind_ == BuiltIn::financial_year;
}

std::optional<std::int64_t> DimensionReader::needs_only_bands() const {
  using Derivation = VariableSource::Derivation;
  const auto derivation = is_declared() ? variable_.source.derivation : Derivation::none;
  if (derivation == Derivation::five_year || leaf_kind_ == BuiltIn::five_year) return 5;
  if (derivation == Derivation::ten_year || leaf_kind_ == BuiltIn::ten_year) return 10;
  return std::nullopt;
}

/// Gives the category of a level that a canonical text falls into; nothing if the text cannot be read. Dates may be given by their month only.
std::optional<std::string> DimensionReader::code_at(BuiltIn level, std::string_view text) {
  if (level == BuiltIn::text) return std::string(text);
  if (level >= BuiltIn::single_year) {
    const std::int64_t value = whole_number(text);
    if (value < 0) return std::nullopt;
    if (level == BuiltIn::single_year) return std::to_string(value);
    return code_of_band(value, level == BuiltIn::five_year ? 5 : 10);
  }
  if (text.size() < 7) return std::nullopt;
  if (level == BuiltIn::day) return std::string(text);
  if (level == BuiltIn::month) return std::string(text.substr(0, 7));
  const std::int64_t year = whole_number(text.substr(0, 4)), month = whole_number(text.substr(5, 2));
  if (level == BuiltIn::quarter) return fmt::format("{:04}-Q{}", year, (month + 2) / 3);
  if (level == BuiltIn::year) return std::string(text.substr(0, 4));
  const std::int64_t starts = month >= 4 ? year : year - 1;  // the financial year starts in April
  return fmt::format("{:04}/{:02}", starts, (starts + 1) % 100);
}

/// Gives the category of a coarser level that holds a leaf.
std::string DimensionReader::coarser_code(BuiltIn leaf, BuiltIn level, const std::string& code) {
  if (leaf == level) return code;
  if (leaf == BuiltIn::quarter) return *code_at(level, fmt::format("{}-{:02}", code.substr(0, 4), 3 * whole_number(code.substr(6))));
  return *code_at(level, code);
}

std::uint32_t DimensionReader::number_of(const std::string& code) {
  const std::lock_guard lock(guard_);
  const auto [place, is_new] = numbers_.emplace(code, static_cast<std::uint32_t>(codes_.size()));
  if (is_new) codes_.push_back(code);
  return place->second;
}

base::Result<std::uint32_t> DimensionReader::leaf_of_text(std::string_view text) {
  if (is_declared()) {
    const LeafReading reading = tabulate::leaf_of_text(text, variable_.source, *variable_.trees[0]);
    if (const auto* read = std::get_if<ReadLeaf>(&reading)) return class_of_leaf_[read->leaf];
    if (std::holds_alternative<OutsideCodeList>(reading)) return leaf_outside;
    return base::fail({base::Cause::wrong_input,
                       "holding.bad_value",
                       {},
                       fmt::format("column '{}': expected {}", variable_.source.column, std::get<NotReadable>(reading).expected),
                       {}});
  }
  if (leaf_kind_ == BuiltIn::text) {
    const auto mapped = variable_.source.mapping.find(std::string(text));
    return number_of(mapped == variable_.source.mapping.end() ? std::string(text) : mapped->second);
  }
  const auto code = code_at(leaf_kind_, text);
  if (!code)
    return base::fail(
        {base::Cause::wrong_input, "holding.bad_value", {}, fmt::format("column '{}': expected a whole number of at least 0", variable_.source.column), {}});
  return number_of(*code);
}

base::Result<std::uint32_t> DimensionReader::leaf_of_missing() {
  if (is_declared()) {
    const LeafReading reading = tabulate::leaf_of_missing(variable_.source, *variable_.trees[0]);
    if (const auto* read = std::get_if<ReadLeaf>(&reading)) return class_of_leaf_[read->leaf];
    return leaf_outside;
  }
  return number_of(variable_.source.unknown_code.empty() ? std::string(unknown) : variable_.source.unknown_code);
}

bool DimensionReader::is_left_over(std::string_view text) const {
  const LeafReading reading = tabulate::leaf_of_text(text, variable_.source, *variable_.trees[0]);
  const auto* read = std::get_if<ReadLeaf>(&reading);
  return read != nullptr && read->route == LeafRoute::unmapped_to_unknown;
}

std::uint32_t DimensionReader::leaf_count() {
  if (is_declared()) return class_count_;
  const std::lock_guard lock(guard_);
  return static_cast<std::uint32_t>(codes_.size());
}

std::uint32_t DimensionReader::room_for_leaves() {
  const std::uint32_t now = leaf_count();
  return is_declared() ? now : now + now / 16 + 1;
}

// ---- afterwards ----

Dimension DimensionReader::finish(const std::vector<bool>& occurs) { return is_declared() ? finish_trees() : finish_built_in(occurs); }

Dimension DimensionReader::finish_trees() const {
  const table::Hierarchy& first = *variable_.trees[0];
  Dimension dimension;
  dimension.leaf_count = class_count_;
  // Categories in the order of the trees, each once; the total of the first tree stands for all.
  std::map<std::string, std::uint32_t> number_of_code;
  std::vector<std::map<table::NodeIndex, std::string>> shown(variable_.trees.size());
  shown[0].emplace(0, first.level_name(0));
  for (const ShownLevel& level : levels_)
    for (const table::NodeIndex node : variable_.trees[level.tree]->nodes_at(level.level)) shown[level.tree].emplace(node, level.name);
  for (std::size_t t = 0; t < shown.size(); ++t)
    for (const auto& [node, level_name] : shown[t]) {
      const table::Hierarchy& tree = *variable_.trees[t];
      if (t > 0 && node == 0) continue;
      if (number_of_code.emplace(tree.code(node), static_cast<std::uint32_t>(dimension.categories.size())).second)
        dimension.categories.push_back({tree.code(node), tree.label(node), level_name});
    }
  dimension.category_of_leaf.emplace_back(class_count_, 0U);
  std::set<std::uint32_t> taken{0};
  for (const ShownLevel& level : levels_) {
    if (level.level == 0) continue;
    const table::Hierarchy& tree = *variable_.trees[level.tree];
    std::vector<std::uint32_t> map(class_count_, Dimension::none);
    std::set<std::uint32_t> here;
    for (table::LeafIndex leaf = 0; leaf < first.leaf_count(); ++leaf) {
      const table::NodeIndex own = *tree.find(first.code(first.node_of_leaf(leaf)));
      const std::uint32_t category = number_of_code.at(tree.code(tree.ancestor_at(tree.leaves(own).first, level.level)));
      if (taken.contains(category)) continue;
      map[class_of_leaf_[leaf]] = category;
      here.insert(category);
    }
    taken.insert(here.begin(), here.end());
    dimension.category_of_leaf.push_back(std::move(map));
  }
  return dimension;
}

Dimension DimensionReader::finish_built_in(const std::vector<bool>& occurs) {
  const std::string missing_code = variable_.source.unknown_code.empty() ? std::string(unknown) : variable_.source.unknown_code;
  Dimension dimension;
  dimension.leaf_count = static_cast<std::uint32_t>(codes_.size());
  dimension.categories.push_back({"total", "Total", "total"});
  dimension.category_of_leaf.emplace_back(codes_.size(), 0U);
  const auto before = [&](const std::string& a, const std::string& b) {  // the unknown last; ages by number
    if ((a == missing_code) != (b == missing_code)) return b == missing_code;
    if (leaf_kind_ >= BuiltIn::single_year && whole_number(a) != whole_number(b)) return whole_number(a) < whole_number(b);
    return a < b;
  };
  std::map<std::string, std::uint32_t> shown_before;
  for (const ShownLevel& level : levels_) {
    std::vector<std::string> code_of_leaf;
    for (const std::string& code : codes_) code_of_leaf.push_back(code == missing_code ? code : coarser_code(leaf_kind_, level.built_in, code));
    std::vector<std::string> sorted;
    for (std::size_t leaf = 0; leaf < codes_.size(); ++leaf)
      if (occurs.empty() || (leaf < occurs.size() && occurs[leaf])) sorted.push_back(code_of_leaf[leaf]);
    std::sort(sorted.begin(), sorted.end(), before);
    sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
    std::map<std::string, std::uint32_t> number;
    for (const std::string& code : sorted) {
      if (code == missing_code && shown_before.contains(code)) continue;
      number.emplace(code, static_cast<std::uint32_t>(dimension.categories.size()));
      dimension.categories.push_back({code, code, level.name});
    }
    std::vector<std::uint32_t> map;
    for (const std::string& code : code_of_leaf) map.push_back(number.contains(code) ? number.at(code) : Dimension::none);
    shown_before.insert(number.begin(), number.end());
    dimension.category_of_leaf.push_back(std::move(map));
  }
  return dimension;
}

void DimensionReader::count_rows(std::uint64_t mapped, std::uint64_t missing, std::uint64_t left_over) {
  const std::lock_guard lock(guard_);
  mapped_ += mapped;
  missing_ += missing;
  left_over_ += left_over;
}

void DimensionReader::append_notes(std::vector<std::string>& notes) const {
  if (mapped_ != 0) notes.push_back(fmt::format("{}: {} rows read through the mapping", variable_.name, mapped_));
  if (missing_ != 0) notes.push_back(fmt::format("{}: {} rows without a value", variable_.name, missing_));
  if (left_over_ != 0)
    notes.push_back(fmt::format("{}: {} rows with a value that is neither mapped nor in the code list, counted as '{}'", variable_.name, left_over_,
                                variable_.source.unknown_code));
}

}  // namespace candour::tabulate
