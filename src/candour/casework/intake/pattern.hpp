#pragma once
// Patterns over a letter's words. RE2 searches in time that grows with the text and no faster, so no letter can make it hang.

#include <re2/re2.h>

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace candour::casework::intake {

/// A pattern found: where, and its first groups.
struct Found {
  std::size_t at = 0;
  std::size_t length = 0;
  std::array<std::string_view, 4> groups{};
  [[nodiscard]] std::size_t end() const { return at + length; }
};

/// A pattern that takes capital and small letters as the same.
class Pattern {
 public:
  explicit Pattern(const std::string& words) : expression_("(?i)" + words) {}
  [[nodiscard]] std::optional<Found> find(std::string_view text, std::size_t from = 0) const {
    std::array<re2::StringPiece, 5> parts;
    const int groups = std::min(expression_.NumberOfCapturingGroups(), 4);
    if (!expression_.Match(re2::StringPiece(text.data(), text.size()), from, text.size(), RE2::UNANCHORED, parts.data(), groups + 1)) return std::nullopt;
    Found found{static_cast<std::size_t>(parts[0].data() - text.data()), parts[0].size(), {}};
    for (int i = 0; i < groups; ++i) {
      const auto& part = parts[static_cast<std::size_t>(i) + 1];
      if (part.data() != nullptr) found.groups[static_cast<std::size_t>(i)] = std::string_view(part.data(), part.size());
    }
    return found;
  }
  [[nodiscard]] bool in(std::string_view text) const { return find(text).has_value(); }

 private:
  RE2 expression_;
};

}  // namespace candour::casework::intake
