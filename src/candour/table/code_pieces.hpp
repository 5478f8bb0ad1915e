#pragma once
// The finest pieces in which every category of several releases is a union: cut points of ages and days, or codes of lists that contain each other.

#include <candour/base/result.hpp>
#include <candour/table/leaf_set.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace candour::table {

/// Whole numbers from first to last: years of age, or days since 1970.
struct CodeRange {
  std::int64_t first = 0;
  std::int64_t last = 0;
  auto operator<=>(const CodeRange&) const = default;
};
constexpr std::int64_t no_last_number = 1'000'000;

/// "18", "18-24", "65+", "over-64", "under-18", "18 to 24".
[[nodiscard]] std::optional<CodeRange> number_range(std::string_view code);
/// "2024", "2024-Q1", "2024-03", "2024-03-31", "FY2023-24", "2024-01..2024-05".
[[nodiscard]] std::optional<CodeRange> day_range(std::string_view code);

/// What is known of one variable's codes.
class CodePieces {
 public:
  /// Takes all codes of a variable and, for codes of lists, what a code was seen to contain ("north" -> {"a", "b"}). If a code reads as days, all that read as
  /// days are cut at each other's ends; else the same for numbers; what does not read so is a piece of its own, or what it contains. The
  /// last piece is whatever none of the codes names.
  CodePieces(std::span<const std::string> codes, const std::map<std::string, std::vector<std::string>>& contains);

  [[nodiscard]] std::uint32_t count() const { return static_cast<std::uint32_t>(words_.size()); }
  [[nodiscard]] const std::vector<std::string>& words() const { return words_; }
  /// The pieces of a code that was among those given; nothing for another one.
  [[nodiscard]] std::optional<LeafSet> pieces_of(std::string_view code) const;

 private:
  std::vector<std::string> words_;
  std::map<std::string, LeafSet, std::less<>> pieces_of_;
};

}  // namespace candour::table
