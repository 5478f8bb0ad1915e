#include <candour/table/published_table.hpp>

#include <algorithm>

namespace candour::table {

CountsBehind counts_behind(const Rounded& figure) {
  const std::int64_t reach = figure.kind == RoundingKind::nearest ? figure.base / 2 : figure.base - 1;
  return {std::max<std::int64_t>(0, figure.units - reach), figure.units + reach};
}

std::optional<std::int64_t> exact_value(const PublishedCell& cell) {
  if (const auto* value = std::get_if<Value>(&cell)) return value->units;
  return std::nullopt;
}

bool is_suppressed(const PublishedCell& cell) { return std::holds_alternative<Suppressed>(cell); }

}  // namespace candour::table
