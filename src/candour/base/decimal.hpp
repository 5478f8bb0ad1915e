#pragma once
// Exact decimals: a scaled 64-bit integer. Overflow is an error, never a wrap.

#include <candour/base/result.hpp>

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace candour::base {

/// An exact decimal number `units / 10^scale`, 0 <= scale <= 18. Compared and added by value.
class Decimal {
 public:
  constexpr Decimal() = default;
  constexpr explicit Decimal(std::int64_t whole) : units_(whole) {}
  /// Takes units and a scale from 0 to 18, else stops with an internal fault.
  static Decimal of_units(std::int64_t units, int scale);
  /// Reads "-12.50". Error wrong_input "decimal.malformed" or "decimal.overflow"; the text is not repeated in it.
  [[nodiscard]] static Result<Decimal> parse(std::string_view text);

  [[nodiscard]] std::int64_t units() const { return units_; }
  [[nodiscard]] int scale() const { return scale_; }
  [[nodiscard]] bool is_zero() const { return units_ == 0; }
  /// Gives the shortest exact text with `scale()` decimals.
  [[nodiscard]] std::string to_text() const;
  /// Brings the number to a larger scale. Error could_not_finish "decimal.overflow".
  [[nodiscard]] Result<Decimal> rescaled(int scale) const;

  [[nodiscard]] static Result<Decimal> sum(Decimal a, Decimal b);
  [[nodiscard]] static Result<Decimal> difference(Decimal a, Decimal b);
  friend std::strong_ordering operator<=>(Decimal a, Decimal b);
  friend bool operator==(Decimal a, Decimal b) { return (a <=> b) == std::strong_ordering::equal; }

 private:
  std::int64_t units_ = 0;
  int scale_ = 0;
};

}  // namespace candour::base
