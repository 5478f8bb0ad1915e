#pragma once
// What the public sees: cells that either carry a figure or say why they do not. No field could hold a hidden value.

#include <candour/table/coverage.hpp>
#include <candour/table/table_design.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace candour::table {

/// An exact figure: a count, or an amount in units of 10^-scale of its table.
struct Value {
  std::int64_t units = 0;
  bool operator==(const Value&) const = default;
};
/// A figure known to lie within one base of the truth: conventional (nearest), random or controlled rounding.
enum class RoundingKind { nearest, random, controlled };
struct Rounded {
  std::int64_t units = 0;
  std::int64_t base = 1;
  RoundingKind kind = RoundingKind::nearest;
  bool operator==(const Rounded&) const = default;
};
/// A figure with noise drawn by a key. A reader is told how far it may lie from the count; a nought stays a nought, and a count from 1 to below
/// `protected_below` is never shown as more than most_noise + 1, so that 1 stays possible behind every figure that a small count can have.
struct Perturbed {
  std::int64_t units = 0;
  std::int64_t most_noise = 0;
  std::int64_t protected_below = 0;
  bool operator==(const Perturbed&) const = default;
};
/// Withheld: primary or secondary is never said. Symbol [c].
struct Suppressed {
  bool operator==(const Suppressed&) const = default;
};
/// No figure could be given: not recorded, over the cost limit, not held. Symbol [x].
struct NotAvailable {
  CoverageStatus reason = CoverageStatus::not_recorded;
  bool operator==(const NotAvailable&) const = default;
};
/// There was nothing to count: it did not run. Symbol [z].
struct NotApplicable {
  CoverageStatus reason = CoverageStatus::did_not_run;
  bool operator==(const NotApplicable&) const = default;
};

using PublishedCell = std::variant<Value, Rounded, Perturbed, Suppressed, NotAvailable, NotApplicable>;

/// What [c] may mean, printed beside the symbol (design.md section 4).
enum class ZeroConvention {
  hidden_at_least_one,  ///< zeros are always shown; a hidden cell is at least 1
  hidden_may_be_zero,   ///< some zeros are hidden too
};

/// The noise in a table's figures, as the register counts it.
struct NoiseOfTable {
  std::int64_t variance_thousandths = 0;
  std::string key_name;  ///< tells draws of one key from those of others, and nothing of the key
  bool operator==(const NoiseOfTable&) const = default;
};

/// One table as it goes out.
struct PublishedTable {
  std::string title;
  TableDesign design;
  ZeroConvention convention = ZeroConvention::hidden_at_least_one;
  int scale = 0;                                     ///< decimals of the units of an amounts table; 0 for counts
  std::vector<PublishedCell> cells;                  ///< in the order of TableLayout
  std::optional<NoiseOfTable> noise = std::nullopt;  ///< given where some of its figures carry noise
};

/// The counts that a changed figure may stand for.
struct CountsBehind {
  std::int64_t lowest = 0;
  std::int64_t highest = 0;
  [[nodiscard]] bool contains(std::int64_t count) const { return lowest <= count && count <= highest; }
};
[[nodiscard]] CountsBehind counts_behind(const Rounded& figure);
[[nodiscard]] CountsBehind counts_behind(const Perturbed& figure);
/// The same of any cell; nothing where it does not carry a changed figure.
[[nodiscard]] std::optional<CountsBehind> counts_behind_change(const PublishedCell& cell);
/// Whether a cell carries a figure that is not the count itself: rounded, or with noise.
[[nodiscard]] bool is_changed(const PublishedCell& cell);

/// Gives the exact figure of a cell, if it carries one.
[[nodiscard]] std::optional<std::int64_t> exact_value(const PublishedCell& cell);
[[nodiscard]] bool is_suppressed(const PublishedCell& cell);

}  // namespace candour::table
