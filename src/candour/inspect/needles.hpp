#pragma once
// What a release withholds, in a form that can be recognised and not read.

#include <candour/base/digest.hpp>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace candour::inspect {

/// Values to search for. Only keyed hashes are held, so that neither this type nor a report gives a withheld value away; small numbers are
/// searched only at their own cell, because loose ones stand everywhere.
///
/// A distinctive needle is a text that does not occur by chance: a number of three digits or more, a key, a record written out.
class Needles {
 public:
  explicit Needles(base::SecretKey key) : key_(key) {}

  /// Gives the hash of a value's text: letters without case, white space trimmed and narrowed, digits without their separators ("1,234" is
  /// "1234", "5.0" is "5").
  [[nodiscard]] std::uint64_t needle_hash(std::string_view text) const;
  /// Gives whether a text is distinctive enough to be searched everywhere.
  [[nodiscard]] static bool is_distinctive(std::string_view text);

  /// Adds a value to be recognised beside its labels. Stops with an internal fault if there is no label.
  void add_addressed(std::span<const std::string> labels, std::string_view value);
  /// Adds a distinctive text; gives false and adds nothing where it is not distinctive.
  bool add_distinctive(std::string_view text);

  [[nodiscard]] bool empty() const { return by_value_.empty() && distinctive_.empty(); }
  [[nodiscard]] bool has_addressed() const { return !by_value_.empty(); }
  /// Gives whether the text as a whole, or one of its words, is a distinctive needle.
  [[nodiscard]] bool holds_distinctive(std::string_view text) const;

  /// Gives whether the text as a whole is a distinctive needle, such as a record written out.
  [[nodiscard]] bool holds_whole(std::string_view text) const { return distinctive_.contains(needle_hash(text)); }

  /// Label numbers, for tables: gives the number of a label that some needle bears, or nothing.
  [[nodiscard]] const std::uint32_t* label_number(std::string_view text) const;
  /// Gives whether a value stands beside all labels of a needle with this value.
  [[nodiscard]] bool is_addressed(std::uint64_t value_hash, const std::unordered_set<std::uint32_t>& row_labels,
                                  const std::unordered_set<std::uint32_t>& column_labels) const;

 private:
  base::SecretKey key_;
  std::unordered_set<std::uint64_t> distinctive_;
  std::unordered_map<std::uint64_t, std::uint32_t> labels_;                              ///< hash of a label to its number
  std::unordered_map<std::uint64_t, std::vector<std::vector<std::uint32_t>>> by_value_;  ///< value hash to the label sets of its needles
};

}  // namespace candour::inspect
