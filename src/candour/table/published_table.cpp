#include <candour/table/published_table.hpp>

namespace candour::table {

std::optional<std::int64_t> exact_value(const PublishedCell& cell) {
  if (const auto* value = std::get_if<Value>(&cell)) return value->units;
  return std::nullopt;
}

bool is_suppressed(const PublishedCell& cell) { return std::holds_alternative<Suppressed>(cell); }

}  // namespace candour::table
