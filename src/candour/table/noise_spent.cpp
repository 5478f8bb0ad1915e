#include <candour/table/noise_spent.hpp>

#include <candour/base/decimal.hpp>

#include <algorithm>
#include <map>
#include <vector>

namespace candour::table {

namespace {

constexpr std::int64_t half_a_billion = 500'000'000;  // a half, in millionths, over a thousandth
constexpr std::int64_t largest_variance = 1000;

// With t independent tellings of variance V in two halves, the mean is off by less than a half with probability one half where 2V/t = (1/2 / 0.6745)^2.
constexpr std::int64_t tellings_a_unit_of_variance_thousandths = 3640;

// Under one key the same cells have the same noise: whoever sees them twice learns nothing new. Where figures differ, counts have changed in between, and
// those that did were drawn anew.
bool is_same_telling(const ReleasedTable& a, const ReleasedTable& b) {
  return !a.noise_key.empty() && a.noise_key == b.noise_key && a.noise_thousandths == b.noise_thousandths && a.counted == b.counted && a.by == b.by &&
         a.limited_to == b.limited_to && a.cells == b.cells;
}

std::vector<const ReleasedTable*> tellings(std::span<const Release> releases) {
  std::vector<const ReleasedTable*> found;
  for (const Release& release : releases)
    for (const ReleasedTable& table : release.tables) {
      if (table.noise_thousandths == 0) continue;
      const auto same = [&](const ReleasedTable* known) { return is_same_telling(*known, table); };
      if (std::none_of(found.begin(), found.end(), same)) found.push_back(&table);
    }
  return found;
}

}  // namespace

std::int64_t rho_millionths_of(std::int64_t noise_thousandths, std::int64_t tables) {
  return (tables * half_a_billion + noise_thousandths - 1) / noise_thousandths;
}

NoiseSpent noise_spent(std::span<const Release> releases) {
  std::map<std::int64_t, std::int64_t> by_variance;  // so that what is rounded up is rounded up once a variance, not once a table
  for (const ReleasedTable* table : tellings(releases)) ++by_variance[table->noise_thousandths];
  NoiseSpent spent;
  for (const auto& [noise_thousandths, tables] : by_variance) {
    spent.tellings += static_cast<std::size_t>(tables);
    spent.rho_millionths += rho_millionths_of(noise_thousandths, tables);
  }
  return spent;
}

Tellings tellings_of(std::span<const Release> releases, std::string_view counted) {
  Tellings found;
  for (const ReleasedTable* table : tellings(releases)) {
    if (table->counted != counted) continue;
    found.smallest_thousandths = found.count == 0 ? table->noise_thousandths : std::min(found.smallest_thousandths, table->noise_thousandths);
    ++found.count;
  }
  return found;
}

std::int64_t most_tellings(std::int64_t smallest_thousandths) { return tellings_a_unit_of_variance_thousandths * smallest_thousandths / 1'000'000; }

bool affords(std::span<const Release> before, const Release& added, std::optional<std::int64_t> budget_millionths) {
  std::vector<Release> together(before.begin(), before.end());
  together.push_back(added);
  if (budget_millionths) {
    const std::int64_t with = noise_spent(together).rho_millionths;
    if (with > *budget_millionths && with > noise_spent(before).rho_millionths) return false;
  }
  return std::all_of(added.tables.begin(), added.tables.end(), [&](const ReleasedTable& own) {
    if (own.noise_thousandths == 0) return true;
    const Tellings tellings = tellings_of(together, own.counted);
    return tellings.count <= most_tellings(tellings.smallest_thousandths);
  });
}

std::optional<std::int64_t> smallest_variance_within(std::int64_t rho_millionths_left) {
  if (rho_millionths_left <= 0) return std::nullopt;
  std::int64_t variance = std::max<std::int64_t>(1, half_a_billion / 1000 / rho_millionths_left);
  while (variance <= largest_variance && rho_millionths_of(1000 * variance, 1) > rho_millionths_left) ++variance;
  return variance <= largest_variance ? std::optional(variance) : std::nullopt;
}

std::string rho_in_words(std::int64_t rho_millionths) {
  std::string text = base::Decimal::of_units(rho_millionths, 6).to_text();
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

}  // namespace candour::table
