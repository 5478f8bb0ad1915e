#pragma once
// Number formats that show nothing.

#include <candour/inspect/visible_sheets.hpp>

#include <array>
#include <string_view>

namespace candour::inspect {

/// Which values a number format makes invisible: a section without any character to show.
class NumberFormat {
 public:
  NumberFormat() = default;
  /// Takes a format code, such as "0.00;-0.00;;@".
  explicit NumberFormat(std::string_view code);
  [[nodiscard]] bool shows_nothing(std::string_view text, CellContent content) const;
  [[nodiscard]] bool always_shows_nothing() const { return empty_[0] && empty_[1] && empty_[2]; }

 private:
  std::array<bool, 4> empty_{};  ///< positive, negative, zero, text
};

}  // namespace candour::inspect
