#include <candour/tabulate/question_records.hpp>

#include <candour/tabulate/feed_reader.hpp>

#include <algorithm>
#include <string>
#include <unordered_set>

namespace candour::tabulate {
namespace {

/// A column at the level asked for: which category each leaf of its variable is in.
std::vector<std::uint32_t> categories_of_leaves(const table::Hierarchy& hierarchy, int level) {
  const std::vector<table::NodeIndex> nodes = hierarchy.nodes_at(level);
  std::vector<std::uint32_t> categories(hierarchy.leaf_count());
  for (std::uint32_t category = 0; category < nodes.size(); ++category)
    for (table::LeafIndex leaf = hierarchy.leaves(nodes[category]).first; leaf < hierarchy.leaves(nodes[category]).end; ++leaf) categories[leaf] = category;
  return categories;
}

std::vector<std::string> texts_of(const table::Hierarchy& hierarchy, int level) {
  std::vector<std::string> texts;
  for (table::RecordCategory& category : table::record_categories(hierarchy, level)) texts.push_back(std::move(category.text));
  return texts;
}

truth::QuasiIdentifier identifier_of(const table::Variable& variable, int finest) {
  truth::QuasiIdentifier identifier;
  identifier.name = variable.name;
  const std::vector<table::NodeIndex> asked = variable.hierarchy.nodes_at(finest);
  for (const int level : table::record_levels(variable.hierarchy, finest)) {
    const std::vector<std::uint32_t> of_leaf = categories_of_leaves(variable.hierarchy, level);
    std::vector<std::uint32_t> of_asked;
    for (const table::NodeIndex node : asked) of_asked.push_back(of_leaf[variable.hierarchy.leaves(node).first]);
    identifier.category_of_leaf.push_back(std::move(of_asked));
    identifier.labels.push_back(texts_of(variable.hierarchy, level));
  }
  return identifier;
}

class Collector {
 public:
  Collector(const table::AtomSpace& space, const RecordFeed& feed, const std::vector<table::AskedColumn>& columns) : feed_(feed), columns_(columns) {
    for (const table::AskedColumn& column : columns) {
      const table::Variable& variable = space.variables[column.variable];
      categories_.push_back(categories_of_leaves(variable.hierarchy, column.level));
      is_identifier_.push_back(variable.role == table::Role::identifying);
      if (is_identifier_.back()) records_.identifiers.push_back(identifier_of(variable, column.level));
      else records_.sensitive.push_back({variable.name, texts_of(variable.hierarchy, column.level)});
    }
    records_.leaves.resize(records_.identifiers.size());
    records_.values.resize(records_.sensitive.size());
  }

  base::Result<base::Done> take(const FeedRow& row) {
    if ((row.questions & 1U) == 0) return base::Done{};
    if (feed_.person_column && !row.person) return base::fail(wrong("records.no_person", row.line, "a record of nobody, expected a person in each"));
    if (row.person && !persons_.insert(std::string(*row.person)).second)
      return base::fail(wrong("records.person_twice", row.line, "a second record of one person, expected one record a person"));
    std::size_t i = 0, s = 0;
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      const std::uint32_t category = categories_[c][row.leaves[columns_[c].variable]];
      if (is_identifier_[c]) records_.leaves[i++].push_back(category);
      else records_.values[s++].push_back(category);
    }
    ++records_.count;
    return base::Done{};
  }

  [[nodiscard]] truth::CodedRecords finish() { return std::move(records_); }

 private:
  [[nodiscard]] base::Error wrong(std::string code, std::uint64_t line, std::string sentence) const {
    return {base::Cause::wrong_input,
            std::move(code),
            {feed_.holding->name(), line, 0},
            std::move(sentence),
            "what hides one record among others does not hide a person who has several: answer the question with tables"};
  }

  const RecordFeed& feed_;
  const std::vector<table::AskedColumn>& columns_;
  std::vector<std::vector<std::uint32_t>> categories_;
  std::vector<bool> is_identifier_;
  std::unordered_set<std::string> persons_;
  truth::CodedRecords records_;
};

}  // namespace

base::Result<QuestionRecords> records_of_question(const table::AtomSpace& space, const RecordFeed& feed, const std::vector<table::AskedColumn>& columns) {
  Collector collector(space, feed, columns);
  CANDOUR_TRY(quality, read_record_feed(space, feed, [&](const FeedRow& row) { return collector.take(row); }));
  return QuestionRecords{collector.finish(), std::move(quality)};
}

}  // namespace candour::tabulate
