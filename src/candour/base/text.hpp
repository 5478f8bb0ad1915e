#pragma once
// Plain text helpers without domain words.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace candour::base {

[[nodiscard]] std::string_view trimmed(std::string_view text);
[[nodiscard]] std::vector<std::string> split(std::string_view text, char separator);
/// Splits one line of comma-separated values; a field in double quotes may hold commas, and two quotes inside it stand for one. Nothing if a quote is left
/// open.
[[nodiscard]] std::optional<std::vector<std::string>> split_quoted(std::string_view line);
[[nodiscard]] std::string joined(std::span<const std::string> parts, std::string_view separator);
/// Gives "a, b and c".
[[nodiscard]] std::string listed(std::span<const std::string> parts);
/// Gives the candidate with the smallest edit distance, if that is at most a third of the word's length (at least 2).
[[nodiscard]] std::optional<std::string> nearest_word(std::string_view word, std::span<const std::string> candidates);
[[nodiscard]] bool is_valid_utf8(std::string_view text);
/// Turns Windows-1252 bytes into UTF-8; the five undefined bytes become U+FFFD.
[[nodiscard]] std::string utf8_from_windows_1252(std::string_view bytes);

}  // namespace candour::base
