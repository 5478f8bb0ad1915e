#include <candour/attack/record_attack.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace candour::attack {
namespace {

using Row = std::vector<std::string>;

/// The commonest value of a column, and how many rows have it.
std::pair<std::string_view, std::int64_t> commonest(const std::vector<const Row*>& rows, std::size_t column) {
  std::map<std::string_view, std::int64_t> count;
  for (const Row* row : rows) ++count[(*row)[column]];
  return *std::max_element(count.begin(), count.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
}

}  // namespace

std::vector<RecordFinding> attack_records(const PublishedRecords& published, std::int64_t smallest_class, std::int64_t coalition) {
  std::map<Row, std::vector<const Row*>> classes;
  const auto width = static_cast<std::ptrdiff_t>(published.identifiers.size());
  for (const Row& row : published.rows) classes[Row(row.begin(), row.begin() + width)].push_back(&row);
  std::vector<RecordFinding> findings;
  for (const auto& [who, rows] : classes) {
    const auto people = static_cast<std::int64_t>(rows.size());
    if (people < smallest_class)
      findings.push_back({RecordFinding::Kind::small_class, who, people, {}, fmt::format("{} records look alike, fewer than {}", people, smallest_class)});
    for (std::size_t s = 0; s < published.sensitive.size(); ++s) {
      const auto [value, having] = commonest(rows, published.identifiers.size() + s);
      if (people - having > coalition) continue;
      findings.push_back({RecordFinding::Kind::shared_value, who, people, fmt::format("{}: {}", published.sensitive[s], value),
                          fmt::format("{} records look alike; {} of them have the value; {} insiders leave nobody without it", people, having, coalition)});
    }
  }
  return findings;
}

std::vector<RecordFinding> attack_records(const table::PublishedRecords& records, std::int64_t coalition) {
  PublishedRecords read;
  std::vector<std::size_t> order;  // what can be matched on comes first
  std::vector<const table::RecordColumn*> columns;
  for (const table::RecordColumn& column : records.columns)
    if (column.is_shown()) columns.push_back(&column);
  for (const table::RecordUse use : {table::RecordUse::matched_on, table::RecordUse::not_to_be_learnt})
    for (std::size_t c = 0; c < columns.size(); ++c) {
      if (columns[c]->use != use) continue;
      order.push_back(c);
      (use == table::RecordUse::matched_on ? read.identifiers : read.sensitive).push_back(columns[c]->label);
    }
  for (const auto& row : records.rows) {
    Row texts;
    for (const std::size_t c : order) texts.push_back(columns[c]->categories[row[c]].text);
    read.rows.push_back(std::move(texts));
  }
  return attack_records(read, records.promise.smallest_class, coalition);
}

}  // namespace candour::attack
