#include <candour/table/published_records.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <set>

namespace candour::table {
namespace {

constexpr std::uint64_t most_counts = 200'000;
constexpr std::int64_t unlimited = std::numeric_limits<std::int64_t>::max();

// Texts of any content, so that no two lists of them give the same bytes.
void append(std::string& out, std::string_view text) { out += fmt::format("{}:{};", text.size(), text); }
void append(std::string& out, std::int64_t number) { out += fmt::format("{};", number); }

void append(std::string& out, const RecordColumn& column) {
  for (const std::string* text : {&column.name, &column.label, &column.asked_level, &column.level}) append(out, *text);
  append(out, static_cast<std::int64_t>(column.use));
  append(out, static_cast<std::int64_t>(column.categories.size()));
  for (const RecordCategory& category : column.categories) {
    append(out, category.text);
    append(out, category.code);
    append(out, static_cast<std::int64_t>(category.codes.size()));
    for (const std::string& code : category.codes) append(out, code);
  }
}

void append(std::string& out, const PublishedRecords& records) {
  for (const std::string* text : {&records.population, &records.population_label, &records.question, &records.counted}) append(out, *text);
  append(out, static_cast<std::int64_t>(records.columns.size()));
  for (const RecordColumn& column : records.columns) append(out, column);
  append(out, static_cast<std::int64_t>(records.limited_to.size()));
  for (const ReleasedVariable& limit : records.limited_to) {
    append(out, limit.name);
    for (const ReleasedCategory& category : limit.categories)
      for (const std::string& code : category.codes) append(out, code);
  }
  const RecordPromise& promise = records.promise;
  for (const std::int64_t number : {promise.smallest_class, promise.distinct_values, promise.coalition, promise.largest_distance_thousandths.value_or(-1),
                                    promise.suppression_limit_percent})
    append(out, number);
  append(out, static_cast<std::int64_t>(records.statements.size()));
  for (const std::string& statement : records.statements) append(out, statement);
  append(out, static_cast<std::int64_t>(records.rows.size()));
  for (const auto& row : records.rows)
    for (const std::uint32_t category : row) append(out, category);
}

/// One table of counts over some of the columns that are shown.
class Counter {
 public:
  Counter(const PublishedRecords& records, std::string id, bool with_those_not_to_be_learnt) : records_(records) {
    std::size_t shown = 0;
    for (const RecordColumn& column : records.columns) {
      if (!column.is_shown()) continue;
      if (column.use == RecordUse::matched_on || with_those_not_to_be_learnt) columns_.push_back({&column, shown});
      ++shown;
    }
    table_.id = std::move(id);
    table_.title = fmt::format("{}: records", records.population_label);
    table_.counted = records.counted;
    table_.limited_to = records.limited_to;
  }

  [[nodiscard]] std::uint64_t combinations() const {
    std::uint64_t all = 1;
    for (const auto& [column, place] : columns_)
      if (__builtin_mul_overflow(all, column->categories.size(), &all)) return std::numeric_limits<std::uint64_t>::max();
    return all;
  }

  ReleasedTable count() {
    for (const auto& [column, place] : columns_) {
      table_.by.push_back({column->name, {}});
      for (const RecordCategory& category : column->categories) table_.by.back().categories.push_back({category.text, category.code, category.codes});
    }
    std::vector<std::int64_t> counts(combinations());
    for (const auto& row : records_.rows) {
      std::size_t cell = 0;
      for (const auto& [column, place] : columns_) cell = cell * column->categories.size() + row[place];
      ++counts[cell];
    }
    const bool all_are_shown = records_.promise.suppression_limit_percent == 0;
    for (const std::int64_t count : counts) table_.cells.push_back(count > 0 || all_are_shown ? ReleasedCell{count, count, false} : ReleasedCell{});
    return std::move(table_);
  }

 private:
  const PublishedRecords& records_;
  std::vector<std::pair<const RecordColumn*, std::size_t>> columns_;  ///< with the place in a row
  ReleasedTable table_;
};

ReleasedTable total_of(const PublishedRecords& records) {
  ReleasedTable table;
  table.id = fmt::format("q{}-records", records.question);
  table.title = fmt::format("{}: records", records.population_label);
  table.counted = records.counted;
  table.limited_to = records.limited_to;
  const auto shown = static_cast<std::int64_t>(records.rows.size());
  const std::int64_t kept = 100 - records.promise.suppression_limit_percent;
  table.cells.push_back({shown, kept <= 0 ? unlimited : shown * 100 / kept, false});
  return table;
}

}  // namespace

bool PublishedRecords::is_as_asked() const {
  return promise.suppression_limit_percent == 0 && std::all_of(columns.begin(), columns.end(), [](const RecordColumn& column) { return column.is_as_asked(); });
}

std::vector<int> record_levels(const Hierarchy& hierarchy, int finest) {
  std::vector<int> levels{finest};
  for (int level = finest - 1; level >= 0; --level)
    if (hierarchy.nodes_at(level).size() < hierarchy.nodes_at(levels.back()).size()) levels.push_back(level);
  return levels;
}

std::vector<RecordCategory> record_categories(const Hierarchy& hierarchy, int level) {
  const std::vector<NodeIndex> nodes = hierarchy.nodes_at(level);
  std::set<std::string> labels;
  for (const NodeIndex node : nodes) labels.insert(hierarchy.label(node));
  const bool by_label = labels.size() == nodes.size() && !labels.contains("");
  std::vector<RecordCategory> categories;
  for (const NodeIndex node : nodes) {
    RecordCategory category{by_label ? hierarchy.label(node) : hierarchy.code(node), node == 0 ? "" : hierarchy.code(node), {}};
    for (LeafIndex leaf = hierarchy.leaves(node).first; leaf < hierarchy.leaves(node).end; ++leaf)
      category.codes.push_back(hierarchy.code(hierarchy.node_of_leaf(leaf)));
    categories.push_back(std::move(category));
  }
  return categories;
}

std::string canonical_text(const std::vector<PublishedRecords>& records) {
  std::string out = "candour records 1;";
  append(out, static_cast<std::int64_t>(records.size()));
  for (const PublishedRecords& one : records) append(out, one);
  return out;
}

base::Digest digest_of_records(const std::vector<PublishedRecords>& records) { return base::digest_of(canonical_text(records)); }

base::Result<Release> released(const PublishedRecords& records) {
  Release release;
  release.population = records.population;
  release.title = records.population_label;
  release.origin = std::string(origin_of_records);
  release.tables.push_back(total_of(records));
  const bool learns = std::any_of(records.columns.begin(), records.columns.end(),
                                  [](const RecordColumn& column) { return column.is_shown() && column.use == RecordUse::not_to_be_learnt; });
  for (const bool with_them : {false, true}) {
    if (with_them && !learns) break;
    Counter counter(records, fmt::format("q{}-records-{}", records.question, with_them ? "in-full" : "alike"), with_them);
    if (counter.combinations() > most_counts)
      return base::fail({base::Cause::refused,
                         "records.too_many_counts",
                         {},
                         fmt::format("the records of question {} have {} combinations of categories, more than the {} that can be laid beside other answers",
                                     records.question, counter.combinations(), most_counts),
                         "ask for fewer columns, or for coarser levels"});
    release.tables.push_back(counter.count());
  }
  return release;
}

}  // namespace candour::table
