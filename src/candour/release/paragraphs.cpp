#include <candour/release/paragraphs.hpp>

#include <candour/base/text.hpp>

#include <utility>

namespace candour::release {

namespace {

// "3. How many", "2a) Which", "- the month": what stands on a line of its own in a request stays so.
bool begins_an_item(std::string_view line) {
  if (line.starts_with("- ") || line.starts_with("* ") || line.starts_with("\u2022 ")) return true;
  std::size_t end = 0;
  while (end < line.size() && end < 3 && line[end] >= '0' && line[end] <= '9') ++end;
  if (end == 0) return false;
  if (end < line.size() && line[end] >= 'a' && line[end] <= 'z') ++end;
  return end + 1 < line.size() && (line[end] == '.' || line[end] == ')') && line[end + 1] == ' ';
}

}  // namespace

std::vector<std::string> paragraphs_of(std::string_view text) {
  std::vector<std::string> paragraphs;
  std::string paragraph;
  for (const std::string& line : base::split(text, '\n')) {
    const std::string_view words = base::trimmed(line);
    if (!words.empty()) {
      if (begins_an_item(words) && !paragraph.empty()) paragraphs.push_back(std::exchange(paragraph, {}));
      paragraph += (paragraph.empty() ? "" : " ") + std::string(words);
      continue;
    }
    if (!paragraph.empty()) paragraphs.push_back(std::exchange(paragraph, {}));
  }
  if (!paragraph.empty()) paragraphs.push_back(std::move(paragraph));
  return paragraphs;
}

}  // namespace candour::release
