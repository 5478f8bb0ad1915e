#include <candour/protect/recode/shown_records.hpp>

#include <algorithm>
#include <cmath>
#include <map>

namespace candour::protect {
namespace {

std::vector<std::int64_t> counts_of(const std::vector<std::uint32_t>& values, const std::vector<std::size_t>& members, std::size_t distinct) {
  std::vector<std::int64_t> counts(distinct);
  for (const std::size_t r : members) ++counts[values[r]];
  return counts;
}

/// Half the sum of differences of shares.
double distance(const std::vector<std::int64_t>& part, double part_size, const std::vector<std::int64_t>& all, double all_size) {
  double sum = 0;
  for (std::size_t v = 0; v < all.size(); ++v) sum += std::abs(static_cast<double>(part[v]) / part_size - static_cast<double>(all[v]) / all_size);
  return sum / 2;
}

}  // namespace

std::vector<bool> shown_records(const truth::CodedRecords& records, const PrivacyModel& model, const std::vector<std::size_t>& levels) {
  std::map<std::vector<std::uint32_t>, std::vector<std::size_t>> classes;
  std::vector<std::size_t> everybody;
  for (std::size_t r = 0; r < records.count; ++r) {
    std::vector<std::uint32_t> categories;
    for (std::size_t i = 0; i < levels.size(); ++i) categories.push_back(records.identifiers[i].category_of_leaf[levels[i]][records.leaves[i][r]]);
    classes[std::move(categories)].push_back(r);
    everybody.push_back(r);
  }
  std::vector<std::vector<std::int64_t>> overall;
  for (std::size_t s = 0; s < records.sensitive.size(); ++s) overall.push_back(counts_of(records.values[s], everybody, records.sensitive[s].labels.size()));
  std::vector<bool> shown(records.count);
  for (const auto& [categories, members] : classes) {
    bool holds = static_cast<std::int64_t>(members.size()) >= model.smallest_class;
    for (std::size_t s = 0; s < records.sensitive.size() && holds; ++s) {
      const auto counts = counts_of(records.values[s], members, records.sensitive[s].labels.size());
      holds = std::count_if(counts.begin(), counts.end(), [](std::int64_t count) { return count > 0; }) >= model.distinct_values &&
              static_cast<std::int64_t>(members.size()) - *std::max_element(counts.begin(), counts.end()) > model.coalition;
      if (holds && model.largest_distance)
        holds = distance(counts, static_cast<double>(members.size()), overall[s], static_cast<double>(records.count)) < *model.largest_distance - 1e-9;
    }
    for (const std::size_t r : members) shown[r] = holds;
  }
  return shown;
}

}  // namespace candour::protect
