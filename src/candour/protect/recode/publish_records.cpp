#include <candour/protect/recode/publish_records.hpp>

#include <candour/base/check.hpp>
#include <candour/base/text.hpp>
#include <candour/protect/recode/shown_records.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace candour::protect {
namespace {

using table::PublishedRecords;
using table::RecordColumn;
using table::RecordUse;

/// Inside a sentence: "Age band" becomes "age band"; "IC code" stays.
std::string lowered(std::string text) {
  if (text.size() > 1 && text[0] >= 'A' && text[0] <= 'Z' && !(text[1] >= 'A' && text[1] <= 'Z')) text[0] = static_cast<char>(text[0] - 'A' + 'a');
  return text;
}

std::string in_words(const table::AtomSpace& space, table::VariableIndex index, const std::string& level) {
  const table::Variable& variable = space.variables[index];
  if (variable.hierarchy.depth() <= 1) return lowered(variable.label);
  if (space.period == index) return level;
  if (level == variable.name) return lowered(variable.label);
  const std::string label = lowered(variable.label);
  return label.ends_with(')') ? fmt::format("{}; {})", label.substr(0, label.size() - 1), level) : fmt::format("{} ({})", label, level);
}

RecordColumn column_of(const table::AtomSpace& space, const table::AskedColumn& asked, std::size_t chosen) {
  const table::Variable& variable = space.variables[asked.variable];
  RecordColumn column;
  column.name = variable.name;
  column.label = variable.label;
  column.use = variable.role == table::Role::identifying ? RecordUse::matched_on : RecordUse::not_to_be_learnt;
  column.asked_level = variable.hierarchy.level_name(asked.level);
  const int level = column.use == RecordUse::matched_on ? table::record_levels(variable.hierarchy, asked.level)[chosen] : asked.level;
  if (level == 0) return column;
  column.level = variable.hierarchy.level_name(level);
  column.categories = table::record_categories(variable.hierarchy, level);
  return column;
}

table::RecordPromise promise_of(const PrivacyModel& model) {
  table::RecordPromise promise{model.smallest_class, model.distinct_values, model.coalition, {}, model.suppression_limit_percent};
  if (model.largest_distance) promise.largest_distance_thousandths = std::llround(*model.largest_distance * 1000);
  return promise;
}

std::string what_is_given(const RecordsQuestion& question, const PublishedRecords& records) {
  std::vector<std::string> asked, given, left_out;
  for (std::size_t c = 0; c < records.columns.size(); ++c) {
    const RecordColumn& column = records.columns[c];
    const table::VariableIndex variable = question.columns[c].variable;
    asked.push_back(in_words(*question.space, variable, column.asked_level));
    if (column.is_shown()) given.push_back(in_words(*question.space, variable, column.level));
    else left_out.push_back(lowered(column.label));
  }
  std::string text = fmt::format("Asked for: each record with {}. Given: ", base::listed(asked));
  text += given.empty() ? "each record, with none of these" : fmt::format("each record with {}", given == asked ? "all of these" : base::listed(given));
  if (!left_out.empty() && !given.empty()) text += fmt::format("; {} {} left out", base::listed(left_out), left_out.size() == 1 ? "is" : "are");
  return text + ".";
}

std::string what_holds(const PublishedRecords& records) {
  std::vector<std::string> matched, learnt;
  for (const RecordColumn& column : records.columns)
    if (column.is_shown()) (column.use == RecordUse::matched_on ? matched : learnt).push_back(lowered(column.label));
  const table::RecordPromise& promise = records.promise;
  std::string text =
      matched.empty() ? fmt::format("Nothing is given by which a person could be told from others, and there are at least {} records.", promise.smallest_class)
                      : fmt::format("Whatever the {}, there are at least {} such records or none.", base::listed(matched), promise.smallest_class);
  if (learnt.empty()) return text;
  const std::string values = base::listed(learnt);
  text += fmt::format(" Among those that are alike in this way there are at least {} different values of {}", promise.distinct_values, values);
  text += promise.coalition == 0   ? "."
          : promise.coalition == 1 ? fmt::format(", and one of these people who looks at them cannot tell the {} of all the others.", values)
                                   : fmt::format(", and {} of these people who put together what they know of themselves cannot tell the {} of all the others.",
                                                 promise.coalition, values);
  if (promise.largest_distance_thousandths)
    text += fmt::format(" The shares of the values among them differ from those among all records by less than {}.",
                        static_cast<double>(*promise.largest_distance_thousandths) / 1000);
  return text;
}

std::string what_is_left_out(const table::RecordPromise& promise) {
  if (promise.suppression_limit_percent == 0) return "No record is left out.";
  return fmt::format("Up to {} per cent of the records may be left out: those that too few others look like. Whether any are, and how many, is not said.",
                     promise.suppression_limit_percent);
}

/// The periods that the records are of, where no column shows them.
std::vector<table::ReleasedVariable> limits_of(const table::AtomSpace& space, const std::vector<RecordColumn>& columns) {
  if (!space.period) return {};
  const table::Variable& period = space.variables[*space.period];
  if (std::any_of(columns.begin(), columns.end(), [&](const RecordColumn& column) { return column.name == period.name && column.is_shown(); })) return {};
  table::ReleasedCategory all{period.hierarchy.label(0), {}, {}};
  for (table::LeafIndex leaf = 0; leaf < period.hierarchy.leaf_count(); ++leaf) all.codes.push_back(period.hierarchy.code(period.hierarchy.node_of_leaf(leaf)));
  return {{period.name, {std::move(all)}}};
}

}  // namespace

PublishedRecords published_records(const RecordsQuestion& question, const truth::CodedRecords& records, const PrivacyModel& model,
                                   const std::vector<std::size_t>& levels) {
  CANDOUR_CHECK(levels.size() == records.identifiers.size() && levels.size() + records.sensitive.size() == question.columns.size(),
                "every column asked for is matched on or not to be learnt");
  PublishedRecords published;
  published.population = question.space->id;
  published.population_label = question.space->label;
  published.question = question.number;
  published.counted = question.counted;
  published.promise = promise_of(model);
  std::size_t identifiers = 0;
  for (const table::AskedColumn& asked : question.columns) {
    const bool matched = question.space->variables[asked.variable].role == table::Role::identifying;
    published.columns.push_back(column_of(*question.space, asked, matched ? levels[identifiers++] : 0));
  }
  const std::vector<bool> shown = shown_records(records, model, levels);
  for (std::size_t r = 0; r < records.count; ++r) {
    if (!shown[r]) continue;
    std::vector<std::uint32_t> row;
    std::size_t i = 0, s = 0;
    for (const RecordColumn& column : published.columns) {
      const std::uint32_t category =
          column.use == RecordUse::matched_on ? records.identifiers[i].category_of_leaf[levels[i]][records.leaves[i][r]] : records.values[s][r];
      ++(column.use == RecordUse::matched_on ? i : s);
      if (column.is_shown()) row.push_back(category);
    }
    published.rows.push_back(std::move(row));
  }
  std::sort(published.rows.begin(), published.rows.end());
  published.limited_to = limits_of(*question.space, published.columns);
  published.statements = {what_is_given(question, published), what_holds(published), what_is_left_out(published.promise)};
  return published;
}

}  // namespace candour::protect
