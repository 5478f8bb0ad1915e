#pragma once
// Little-endian numbers at an offset of a text; what lies beyond the end reads as nothing.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace candour::formats {

template <class Number>
[[nodiscard]] std::optional<Number> little_endian(std::string_view bytes, std::size_t offset) {
  if (offset > bytes.size() || bytes.size() - offset < sizeof(Number)) return std::nullopt;
  std::uint64_t value = 0;
  for (std::size_t i = sizeof(Number); i-- > 0;) value = (value << 8) | static_cast<unsigned char>(bytes[offset + i]);
  return static_cast<Number>(value);
}

/// As above, with 0 for what lies beyond the end; for records whose length was checked.
template <class Number>
[[nodiscard]] Number little_endian_or_zero(std::string_view bytes, std::size_t offset) {
  return little_endian<Number>(bytes, offset).value_or(Number{0});
}

}  // namespace candour::formats
