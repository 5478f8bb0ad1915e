#include <candour/release/paragraphs.hpp>

#include <candour/base/text.hpp>

#include <utility>

namespace candour::release {

std::vector<std::string> paragraphs_of(std::string_view text) {
  std::vector<std::string> paragraphs;
  std::string paragraph;
  for (const std::string& line : base::split(text, '\n')) {
    const std::string_view words = base::trimmed(line);
    if (!words.empty()) {
      paragraph += (paragraph.empty() ? "" : " ") + std::string(words);
      continue;
    }
    if (!paragraph.empty()) paragraphs.push_back(std::exchange(paragraph, {}));
  }
  if (!paragraph.empty()) paragraphs.push_back(std::move(paragraph));
  return paragraphs;
}

}  // namespace candour::release
