#include <candour/certify/recoded_records.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace candour::certify {
namespace {

using Row = std::vector<std::string>;
using Classes = std::map<Row, std::vector<Row>>;  ///< identifiers to the sensitive values of each record, sorted

Classes classes_of(const truth::CodedRecords& records, const std::vector<std::size_t>& levels) {
  Classes classes;
  for (std::size_t r = 0; r < records.count; ++r) {
    Row who, values;
    for (std::size_t i = 0; i < records.identifiers.size(); ++i) {
      const truth::QuasiIdentifier& identifier = records.identifiers[i];
      who.push_back(identifier.labels[levels[i]][identifier.category_of_leaf[levels[i]][records.leaves[i][r]]]);
    }
    for (std::size_t s = 0; s < records.sensitive.size(); ++s) values.push_back(records.sensitive[s].labels[records.values[s][r]]);
    classes[std::move(who)].push_back(std::move(values));
  }
  for (auto& [who, rows] : classes) std::sort(rows.begin(), rows.end());
  return classes;
}

Classes classes_of(const std::vector<Row>& published, std::size_t identifiers) {
  Classes classes;
  for (const Row& row : published) {
    const auto end = row.begin() + static_cast<std::ptrdiff_t>(identifiers);
    classes[Row(row.begin(), end)].emplace_back(end, row.end());
  }
  for (auto& [who, rows] : classes) std::sort(rows.begin(), rows.end());
  return classes;
}

std::map<std::string, std::int64_t> counts_of(const std::vector<Row>& rows, std::size_t column) {
  std::map<std::string, std::int64_t> counts;
  for (const Row& row : rows) ++counts[row[column]];
  return counts;
}

double distance(const std::map<std::string, std::int64_t>& part, std::size_t part_size, const std::map<std::string, std::int64_t>& all, std::size_t all_size) {
  double sum = 0;
  for (const auto& [value, count] : all) {
    const auto here = part.find(value);
    const double share = here == part.end() ? 0 : static_cast<double>(here->second) / static_cast<double>(part_size);
    sum += std::abs(share - static_cast<double>(count) / static_cast<double>(all_size));
  }
  return sum / 2;
}

/// What is wrong with one shown class.
std::vector<std::string> faults_of_class(const std::vector<Row>& rows, const RecodingPromise& promise,
                                         const std::vector<std::map<std::string, std::int64_t>>& overall, std::size_t records) {
  std::vector<std::string> faults;
  const auto size = static_cast<std::int64_t>(rows.size());
  if (size < promise.smallest_class) faults.push_back(fmt::format("a class of {} records, fewer than {}", size, promise.smallest_class));
  for (std::size_t column = 0; column < overall.size(); ++column) {
    const auto counts = counts_of(rows, column);
    const std::int64_t most = std::max_element(counts.begin(), counts.end(), [](const auto& a, const auto& b) { return a.second < b.second; })->second;
    if (static_cast<std::int64_t>(counts.size()) < promise.distinct_values)
      faults.push_back(fmt::format("a class of {} records with {} values of a sensitive column, fewer than {}", size, counts.size(), promise.distinct_values));
    if (size - most <= promise.coalition)
      faults.push_back(fmt::format("a class of {} records, {} with one value, which {} insiders can show", size, most, promise.coalition));
    if (promise.largest_distance && distance(counts, rows.size(), overall[column], records) > *promise.largest_distance)
      faults.push_back(fmt::format("a class of {} records too far from all records", size));
  }
  return faults;
}

}  // namespace

std::vector<std::string> faults_of_recoding(const truth::CodedRecords& records, const RecodingPromise& promise,
                                            const std::vector<std::vector<std::string>>& published) {
  const std::size_t width = records.identifiers.size() + records.sensitive.size();
  if (promise.levels.size() != records.identifiers.size()) return {"another number of levels than of columns"};
  for (std::size_t i = 0; i < promise.levels.size(); ++i)
    if (promise.levels[i] >= records.identifiers[i].level_count()) return {fmt::format("column {} has no level {}", i + 1, promise.levels[i])};
  for (std::size_t r = 0; r < published.size(); ++r)
    if (published[r].size() != width) return {fmt::format("row {} has {} fields, expected {}", r + 1, published[r].size(), width)};

  const Classes truth = classes_of(records, promise.levels), shown = classes_of(published, records.identifiers.size());
  std::vector<std::map<std::string, std::int64_t>> overall;
  std::vector<Row> all_values;
  for (const auto& [who, rows] : truth) all_values.insert(all_values.end(), rows.begin(), rows.end());
  for (std::size_t s = 0; s < records.sensitive.size(); ++s) overall.push_back(counts_of(all_values, s));

  std::vector<std::string> faults;
  for (const auto& [who, rows] : shown) {
    const auto of_truth = truth.find(who);
    if (of_truth == truth.end()) faults.push_back(fmt::format("a class of {} records that no true record gives", rows.size()));
    else if (of_truth->second != rows) faults.push_back(fmt::format("a class of {} records that are not the true ones", rows.size()));
    for (std::string& fault : faults_of_class(rows, promise, overall, records.count)) faults.push_back(std::move(fault));
  }
  const auto suppressed = static_cast<std::int64_t>(records.count) - static_cast<std::int64_t>(published.size());
  if (suppressed * 100 > static_cast<std::int64_t>(records.count) * promise.suppression_limit_percent)
    faults.push_back(fmt::format("{} records suppressed, more than {} %", suppressed, promise.suppression_limit_percent));
  if (suppressed > 0 && suppressed < promise.smallest_class) faults.push_back("so few records suppressed that their number gives them away");
  return faults;
}

}  // namespace candour::certify
