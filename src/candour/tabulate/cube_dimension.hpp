#pragma once
// One variable of a cube: from texts to leaves while reading, from leaves to the categories of each level afterwards.

#include <candour/tabulate/record_cube.hpp>

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace candour::tabulate {

/// How leaves add up: each level sends every leaf to one category, or to none where an earlier level already shows that category.
struct Dimension {
  static constexpr std::uint32_t none = 0xFFFFFFFFU;
  std::uint32_t leaf_count = 0;
  std::vector<std::vector<std::uint32_t>> category_of_leaf;  ///< [level][leaf]; level 0 is the total
  std::vector<CubeCategory> categories;
};

/// A value outside the code list: an error where its row counts.
constexpr std::uint32_t leaf_outside = 0xFFFFFFFEU;

/// Reads texts as leaves. Leaves that no level shown can tell apart are one leaf. Safe for several threads.
class DimensionReader {
 public:
  /// Errors wrong_input "tabulate.unknown_level" with the names known, "tabulate.different_leaves".
  [[nodiscard]] static base::Result<std::unique_ptr<DimensionReader>> make(const RecordCubeVariable& variable);

  [[nodiscard]] const RecordCubeVariable& variable() const { return variable_; }
  /// How the column is to be read.
  [[nodiscard]] holdings::ColumnRequest column_request() const;
  /// True if only the month of a date matters.
  [[nodiscard]] bool needs_only_months() const;
  /// The width of the bands where only the band of a whole number matters.
  [[nodiscard]] std::optional<std::int64_t> needs_only_bands() const;
  /// Gives the leaf of a canonical text (or of a missing value), or leaf_outside. A leaf not met before gets the next number. Error: not readable.
  [[nodiscard]] base::Result<std::uint32_t> leaf_of_text(std::string_view text);
  [[nodiscard]] base::Result<std::uint32_t> leaf_of_missing();
  /// True for a text that only `unknown_code` takes in.
  [[nodiscard]] bool is_left_over(std::string_view text) const;
  /// How many leaves there are so far; all of them where there are trees.
  [[nodiscard]] std::uint32_t leaf_count();
  [[nodiscard]] bool is_declared() const { return !variable_.trees.empty(); }
  /// For how many leaves to make room before reading on.
  [[nodiscard]] std::uint32_t room_for_leaves();
  /// `occurs`: of leaves made from the data, those that a record kept by the filter has; empty: all. Others are no category.
  [[nodiscard]] Dimension finish(const std::vector<bool>& occurs);
  /// Says what was mapped and what was left over. Thread-safe.
  void count_rows(std::uint64_t mapped, std::uint64_t missing, std::uint64_t left_over);
  void append_notes(std::vector<std::string>& notes) const;

 private:
  enum class BuiltIn { text, day, month, quarter, year, financial_year, single_year, five_year, ten_year };
  struct ShownLevel {
    std::size_t tree = 0;
    int level = 0;
    BuiltIn built_in = BuiltIn::text;
    std::string name;
  };
  DimensionReader() = default;
  base::Result<base::Done> resolve_levels();
  base::Result<base::Done> check_trees() const;
  void join_leaves();
  [[nodiscard]] Dimension finish_trees() const;
  [[nodiscard]] Dimension finish_built_in(const std::vector<bool>& occurs);
  [[nodiscard]] std::uint32_t number_of(const std::string& code);
  static std::optional<BuiltIn> built_in_named(std::string_view name);
  static std::optional<std::string> code_at(BuiltIn level, std::string_view text);
  static std::string coarser_code(BuiltIn leaf, BuiltIn level, const std::string& code);

  RecordCubeVariable variable_;
  std::vector<ShownLevel> levels_;
  BuiltIn leaf_kind_ = BuiltIn::text;
  std::vector<std::uint32_t> class_of_leaf_;  ///< of the first tree's leaves
  std::uint32_t class_count_ = 0;
  std::mutex guard_;
  std::map<std::string, std::uint32_t, std::less<>> numbers_;
  std::vector<std::string> codes_;
  std::uint64_t mapped_ = 0, missing_ = 0, left_over_ = 0;
};

}  // namespace candour::tabulate
