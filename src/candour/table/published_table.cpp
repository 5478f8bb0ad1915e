#include <candour/table/published_table.hpp>

#include <algorithm>

namespace candour::table {

CountsBehind counts_behind(const Rounded& figure) {
  const std::int64_t reach = figure.kind == RoundingKind::nearest ? figure.base / 2 : figure.base - 1;
  return {std::max<std::int64_t>(0, figure.units - reach), figure.units + reach};
}

CountsBehind counts_behind(const Perturbed& figure) {
  const std::int64_t highest = figure.units + figure.most_noise;
  if (figure.units == 0) return {0, highest};
  if (figure.units <= figure.most_noise + 1) return {1, highest};
  return {std::max({std::int64_t{1}, figure.protected_below, figure.units - figure.most_noise}), highest};
}

std::optional<CountsBehind> counts_behind_change(const PublishedCell& cell) {
  if (const auto* rounded = std::get_if<Rounded>(&cell)) return counts_behind(*rounded);
  if (const auto* perturbed = std::get_if<Perturbed>(&cell)) return counts_behind(*perturbed);
  return std::nullopt;
}

bool is_changed(const PublishedCell& cell) { return counts_behind_change(cell).has_value(); }

std::optional<std::int64_t> exact_value(const PublishedCell& cell) {
  if (const auto* value = std::get_if<Value>(&cell)) return value->units;
  return std::nullopt;
}

bool is_suppressed(const PublishedCell& cell) { return std::holds_alternative<Suppressed>(cell); }

}  // namespace candour::table
