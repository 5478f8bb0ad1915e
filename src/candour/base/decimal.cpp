#include <candour/base/decimal.hpp>

#include <candour/base/check.hpp>

#include <fmt/format.h>

#include <array>

namespace candour::base {
namespace {

constexpr int largest_scale = 18;

constexpr std::array<std::int64_t, largest_scale + 1> powers_of_ten = [] {
  std::array<std::int64_t, largest_scale + 1> powers{};
  powers[0] = 1;
  for (std::size_t i = 1; i < powers.size(); ++i) powers[i] = powers[i - 1] * 10;
  return powers;
}();

__extension__ using Wide = __int128;  // any two decimals brought to one scale fit

std::int64_t power(int exponent) { return powers_of_ten[static_cast<std::size_t>(exponent)]; }

Error overflow() { return {Cause::could_not_finish, "decimal.overflow", {}, "a number does not fit into 64 bits", "use a coarser unit for this column"}; }

}  // namespace

Decimal Decimal::of_units(std::int64_t units, int scale) {
  CANDOUR_CHECK(scale >= 0 && scale <= largest_scale, "a decimal's scale lies between 0 and 18");
  Decimal d;
  d.units_ = units;
  d.scale_ = scale;
  return d;
}

Result<Decimal> Decimal::parse(std::string_view text) {
  const Error malformed{Cause::wrong_input, "decimal.malformed", {}, "expected a decimal number such as -12.50", {}};
  std::size_t at = 0;
  const bool negative = !text.empty() && text[0] == '-';
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) at = 1;
  std::int64_t units = 0;
  int scale = 0;
  bool point = false;
  bool digit = false;
  for (; at < text.size(); ++at) {
    if (text[at] == '.' && !point) {
      point = true;
      continue;
    }
    if (text[at] < '0' || text[at] > '9') return fail(malformed);
    digit = true;
    if (__builtin_mul_overflow(units, std::int64_t{10}, &units)) return fail(overflow());
    const std::int64_t step = text[at] - '0';
    if (negative ? __builtin_sub_overflow(units, step, &units) : __builtin_add_overflow(units, step, &units)) return fail(overflow());
    if (point && ++scale > largest_scale) return fail(overflow());
  }
  if (!digit) return fail(malformed);
  return of_units(units, scale);
}

std::string Decimal::to_text() const {
  if (scale_ == 0) return fmt::format("{}", units_);
  const std::uint64_t magnitude = units_ < 0 ? 0 - static_cast<std::uint64_t>(units_) : static_cast<std::uint64_t>(units_);
  const auto divisor = static_cast<std::uint64_t>(power(scale_));
  return fmt::format("{}{}.{:0{}}", units_ < 0 ? "-" : "", magnitude / divisor, magnitude % divisor, scale_);
}

Result<Decimal> Decimal::rescaled(int scale) const {
  CANDOUR_CHECK(scale >= scale_ && scale <= largest_scale, "rescaling only goes to a larger scale, at most 18");
  std::int64_t units = 0;
  if (__builtin_mul_overflow(units_, power(scale - scale_), &units)) return fail(overflow());
  return of_units(units, scale);
}

Result<Decimal> Decimal::sum(Decimal a, Decimal b) {
  const int scale = a.scale_ > b.scale_ ? a.scale_ : b.scale_;
  CANDOUR_TRY(left, a.rescaled(scale));
  CANDOUR_TRY(right, b.rescaled(scale));
  std::int64_t units = 0;
  if (__builtin_add_overflow(left.units_, right.units_, &units)) return fail(overflow());
  return of_units(units, scale);
}

Result<Decimal> Decimal::difference(Decimal a, Decimal b) {
  const int scale = a.scale_ > b.scale_ ? a.scale_ : b.scale_;
  CANDOUR_TRY(left, a.rescaled(scale));
  CANDOUR_TRY(right, b.rescaled(scale));
  std::int64_t units = 0;
  if (__builtin_sub_overflow(left.units_, right.units_, &units)) return fail(overflow());
  return of_units(units, scale);
}

std::strong_ordering operator<=>(Decimal a, Decimal b) {
  const auto left = static_cast<Wide>(a.units_) * power(largest_scale - a.scale_);
  const auto right = static_cast<Wide>(b.units_) * power(largest_scale - b.scale_);
  return left < right ? std::strong_ordering::less : left > right ? std::strong_ordering::greater : std::strong_ordering::equal;
}

}  // namespace candour::base
