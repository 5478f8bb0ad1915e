#include <candour/inspect/sheets/number_format.hpp>

#include <string>
#include <vector>

namespace candour::inspect {
namespace {

/// Gives for each section whether it can show a character. Colours, conditions and locales in brackets, blanks and fill characters show nothing.
std::vector<bool> sections_that_show(std::string_view code) {
  std::vector<bool> shows{false};
  for (std::size_t i = 0; i < code.size(); ++i) {
    const char c = code[i];
    if (c == ';') shows.push_back(false);
    else if (c == '"') {
      const std::size_t end = code.find('"', i + 1);
      const auto quoted = code.substr(i + 1, end == std::string_view::npos ? end : end - i - 1);
      if (quoted.find_first_not_of(' ') != std::string_view::npos) shows.back() = true;
      if (end == std::string_view::npos) break;
      i = end;
    } else if (c == '[') {
      const std::size_t end = code.find(']', i);
      const auto inner = code.substr(i + 1, end == std::string_view::npos ? end : end - i - 1);
      if (inner == "h" || inner == "hh" || inner == "m" || inner == "mm" || inner == "s" || inner == "ss" || inner.starts_with("$")) shows.back() = true;
      if (end == std::string_view::npos) break;
      i = end;
    } else if (c == '_' || c == '*') ++i;
    else if (c == '\\') {
      if (++i < code.size() && code[i] != ' ') shows.back() = true;
    } else if (c != ' ') shows.back() = true;
  }
  return shows;
}

}  // namespace

NumberFormat::NumberFormat(std::string_view code) {
  if (code.empty() || code == "General" || code == "@") return;
  const auto shows = sections_that_show(code);
  const bool first = !shows[0];
  empty_[0] = first;
  empty_[1] = shows.size() > 1 ? !shows[1] : first;
  empty_[2] = shows.size() > 2 ? !shows[2] : first;
  empty_[3] = shows.size() > 3 ? !shows[3] : false;
}

bool NumberFormat::shows_nothing(std::string_view text, CellContent content) const {
  if (text.empty()) return false;
  if (content != CellContent::number) return empty_[3];
  if (text.find_first_of("123456789") == std::string_view::npos ||
      text.substr(0, text.find_first_of("eE")).find_first_of("123456789") == std::string_view::npos)
    return empty_[2];
  return text.front() == '-' ? empty_[1] : empty_[0];
}

}  // namespace candour::inspect
