#include <candour/casework/intake/outline.hpp>

#include <candour/base/text.hpp>
#include <candour/casework/intake/pattern.hpp>

#include <fmt/format.h>

#include <array>
#include <cctype>

namespace candour::casework::intake {
namespace {

enum class Style { number, decimal, letter, roman, bullet, word };

/// What stands before an item.
struct Marker {
  Style style = Style::number;
  std::size_t parts = 1;   ///< 1.2.3 has three
  int value = 0;           ///< of its last part; 1 for the first
  std::string words;       ///< as the letter has it, without dots and brackets
  std::size_t length = 0;  ///< with the blanks behind it
};

int roman_value(std::string_view text) {
  static constexpr std::array<std::string_view, 15> numerals{"i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv"};
  for (std::size_t i = 0; i < numerals.size(); ++i)
    if (numerals[i] == text) return static_cast<int>(i) + 1;
  return 0;
}

int word_value(std::string_view word) {
  static constexpr std::array<std::string_view, 8> stems{"first", "second", "third", "fourth", "fifth", "sixth", "final", "last"};
  std::string small;
  for (const char c : word) small += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  for (std::size_t i = 0; i < stems.size(); ++i)
    if (small.starts_with(stems[i])) return i < 6 ? static_cast<int>(i) + 1 : 0;
  return 0;
}

std::string small(std::string_view text) {
  std::string out;
  for (const char c : text) out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

int last_part(const std::string& number) { return std::atoi(number.substr(number.rfind('.') + 1).c_str()); }

/// The markers that a line could begin with, the likeliest first.
std::vector<Marker> markers_of(std::string_view line) {
  static const Pattern question("^ *(?:q|question|qn|no)\\.? ?([0-9]{1,3})([a-z]?)\\b *[.):-]* +");
  static const Pattern decimal("^ *\\(?([0-9]{1,2}(?:\\.[0-9]{1,2}){1,3})[.):]?\\)? +");
  static const Pattern number("^ *\\(?([0-9]{1,2})([a-h]?)(?:[.:]\\)?|\\)|\\.?\\)| -| \xE2\x80\x93) *");
  static const Pattern bare("^ *([0-9]{1,2}) +");
  static const Pattern letter("^ *\\(?([a-z])[.)]\\)? +");
  static const Pattern roman("^ *\\(?([ivx]{1,5})[.)]\\)? +");
  static const Pattern bullet("^ *(?:[-*+]|\xE2\x80\xA2|\xE2\x80\x93|\xE2\x80\x94|\xC2\xB7|\xE2\x96\xAA|\xE2\x97\x8F|\xE2\x97\xA6|\xEF\x82\xB7) +");
  static const Pattern word("^ *(first|second|third|fourth|fifth|sixth|final|last)(?:ly)?(?:,| -|:) *");
  static const Pattern my_question("^ *my (first|second|third|fourth|fifth|sixth|final|last) (?:question|request)\\b[^.?!:]*[.:] *");
  std::vector<Marker> markers;
  const auto add = [&](const std::optional<Found>& found, Style style, int value, const std::string& words) {
    if (found && value >= 0 && found->end() < line.size()) markers.push_back({style, 1, value, words, found->end()});
  };
  if (const auto found = question.find(line)) {
    add(found, Style::number, std::atoi(std::string(found->groups[0]).c_str()), std::string(found->groups[0]) + small(found->groups[1]));
    return markers;
  }
  if (const auto found = decimal.find(line)) {
    const std::string words(found->groups[0]);
    add(found, Style::decimal, last_part(words), words);
    if (!markers.empty()) markers.back().parts = static_cast<std::size_t>(std::count(words.begin(), words.end(), '.')) + 1;
    return markers;
  }
  if (const auto found = number.find(line))
    add(found, Style::number, std::atoi(std::string(found->groups[0]).c_str()), std::string(found->groups[0]) + small(found->groups[1]));
  else if (const auto plain = bare.find(line); plain && plain->end() < line.size() && std::isupper(static_cast<unsigned char>(line[plain->end()])) != 0)
    add(plain, Style::number, std::atoi(std::string(plain->groups[0]).c_str()), std::string(plain->groups[0]));
  if (const auto found = roman.find(line))
    add(found, Style::roman, roman_value(small(found->groups[0])) > 0 ? roman_value(small(found->groups[0])) : -1, small(found->groups[0]));
  if (const auto found = letter.find(line)) add(found, Style::letter, small(found->groups[0])[0] - 'a' + 1, small(found->groups[0]));
  add(bullet.find(line), Style::bullet, 0, {});
  if (const auto found = word.find(line)) {
    add(found, Style::word, word_value(found->groups[0]), {});
    if (!markers.empty()) markers.back().length = 0;  // the word stays part of the sentence
  }
  if (const auto found = my_question.find(line)) add(found, Style::word, word_value(found->groups[0]), {});
  return markers;
}

/// A list that is open: its style, and how far it has come.
struct OpenList {
  Style style;
  std::size_t parts;
  int value;
  std::size_t block;
};

class Outliner {
 public:
  void take(std::string_view line) {
    const std::string_view words = base::trimmed(line);
    if (words.empty()) {
      after_gap_ = true;
      return;
    }
    const std::size_t indent = line.find_first_not_of(' ');
    for (const Marker& marker : markers_of(line)) {
      if (!fits(marker)) continue;
      open(marker, std::string(base::trimmed(line.substr(marker.length))), indent);
      after_gap_ = false;
      return;
    }
    const bool goes_on = !blocks_.empty() && (!after_gap_ || (!blocks_.back().number.empty() && indent > indent_ + 1));
    if (goes_on) {
      blocks_.back().text += " " + std::string(words);
    } else {
      blocks_.push_back({{}, false, std::string(words), {}, false});
      last_was_item_ = false;
    }
    after_gap_ = false;
  }
  std::vector<Block> blocks() { return std::move(blocks_); }

 private:
  /// An item follows the one before it, or is the first of a new list. All else is a number inside a sentence.
  bool fits(const Marker& marker) {
    if (marker.style == Style::bullet) return true;
    const bool line_goes_on = !blocks_.empty() && !after_gap_ && !last_was_item_ && blocks_.back().text.find_last_of(".:;?!") != blocks_.back().text.size() - 1;
    for (std::size_t i = lists_.size(); i-- > 0;)
      if (lists_[i].style == marker.style && (marker.style == Style::word || lists_[i].parts == marker.parts))
        return marker.style == Style::word ? marker.value == 0 || marker.value == lists_[i].value + 1
                                           : marker.value == lists_[i].value + 1 || (marker.value == 1 && marker.style != Style::number) ||
                                                 (marker.value == lists_[i].value && std::isalpha(static_cast<unsigned char>(marker.words.back())) != 0) ||
                                                 (marker.value == lists_[i].value + 2);
    if (marker.style == Style::decimal) return !line_goes_on && (marker.value == 1 || marker.value == 0);
    return !line_goes_on && marker.value == 1;
  }

  void open(const Marker& marker, std::string text, std::size_t indent) {
    while (!lists_.empty() && !holds(lists_.back(), marker)) lists_.pop_back();
    const bool follows = !lists_.empty() && same_list(lists_.back(), marker);
    const std::string number = number_of(marker, follows);
    if (follows) lists_.pop_back();
    const std::optional<std::size_t> parent = lists_.empty() ? std::nullopt : std::optional(lists_.back().block);
    if (parent) blocks_[*parent].has_children = true;
    const std::string full = parent && marker.style != Style::decimal ? blocks_[*parent].number + (marker.style == Style::number ? "." : "") + number : number;
    lists_.push_back({marker.style, marker.parts, value_, blocks_.size()});
    blocks_.push_back({full, !marker.words.empty(), std::move(text), parent, false});
    indent_ = indent;
    last_was_item_ = true;
  }

  static bool same_list(const OpenList& list, const Marker& marker) {
    return list.style == marker.style && (marker.style != Style::decimal || list.parts == marker.parts);
  }
  /// Whether the list is the marker's own, or could stand above it.
  bool holds(const OpenList& list, const Marker& marker) const {
    if (same_list(list, marker)) return true;
    for (const OpenList& each : lists_)
      if (same_list(each, marker)) return false;  // its own list is further out
    if (marker.style == Style::decimal) return list.style == Style::number || (list.style == Style::decimal && list.parts < marker.parts);
    if (marker.style == Style::word || (marker.style == Style::number && list.style != Style::word)) return false;
    return !after_gap_ || last_was_item_;
  }
  std::string number_of(const Marker& marker, bool follows) {
    if (!marker.words.empty()) {
      value_ = marker.value;
      return marker.words;
    }
    value_ = marker.style == Style::word && marker.value > 0 ? marker.value : follows ? lists_.back().value + 1 : 1;
    return fmt::format("{}", value_);
  }

  std::vector<Block> blocks_;
  std::vector<OpenList> lists_;
  std::size_t indent_ = 0;
  int value_ = 0;
  bool after_gap_ = true;
  bool last_was_item_ = false;
};

/// "... 1) the number of fires; 2) the number of ..." inside one line: each item on a line of its own.
std::string with_inline_items_apart(std::string_view line) {
  static const Pattern number("(?:^|[ :;,.])(\\(?([0-9]{1,2})\\)) ");
  static const Pattern letter("(?:^|[ :;,.])(\\(?([a-h]|[ivx]{1,4})\\)) ");
  for (const Pattern* pattern : {&number, &letter}) {
    std::vector<std::size_t> starts;
    bool is_roman = false;
    for (std::size_t from = 0;;) {
      const auto found = pattern->find(line, from);
      if (!found) break;
      const std::string words = small(found->groups[1]);
      const auto expected = static_cast<int>(starts.size()) + 1;
      if (starts.empty()) is_roman = words == "i";
      const int value = std::isdigit(static_cast<unsigned char>(words[0])) != 0 ? std::atoi(words.c_str()) : is_roman ? roman_value(words) : words[0] - 'a' + 1;
      if (value == expected) starts.push_back(static_cast<std::size_t>(found->groups[0].data() - line.data()));
      from = found->end() - 1;
    }
    if (starts.size() < 2) continue;
    std::string out(line.substr(0, starts[0]));
    for (std::size_t i = 0; i < starts.size(); ++i)
      out += "\n" + std::string(line.substr(starts[i], (i + 1 < starts.size() ? starts[i + 1] : line.size()) - starts[i]));
    return out;
  }
  return std::string(line);
}

void tidy(Block& block) {
  static const Pattern end("(?:[;,] *(?:and|or)?|\\band) *$");
  if (block.number.empty()) return;
  if (const auto found = end.find(block.text)) block.text.resize(found->at);
  while (!block.text.empty() && block.text.back() == ' ') block.text.pop_back();
}

}  // namespace

std::vector<Block> outline_of(std::string_view body) {
  Outliner outliner;
  for (const std::string& line : base::split(body, '\n'))
    for (const std::string& part : base::split(with_inline_items_apart(line), '\n')) outliner.take(part);
  auto blocks = outliner.blocks();
  for (Block& block : blocks) tidy(block);
  return blocks;
}

std::vector<std::string> sentences_of(std::string_view text) {
  static const Pattern end("[.?!]+[)\"'\xE2\x80\x99\xE2\x80\x9D]* +");
  static const Pattern short_form("(?:^|[ (])(?:e\\.g|i\\.e|etc|no|nos|mr|mrs|ms|dr|st|prof|approx|incl|vs|ref|fig|[a-z])\\.$");
  std::vector<std::string> sentences;
  std::size_t start = 0;
  for (std::size_t from = 0;;) {
    const auto found = end.find(text, from);
    if (!found || found->end() >= text.size()) break;
    from = found->end();
    const char next = text[found->end()];
    const bool ends =
        std::islower(static_cast<unsigned char>(next)) == 0 &&
        !short_form.in(
            text.substr(start, found->at + 1 - start).substr(std::min(found->at + 1 - start, found->at + 1 - start > 12 ? found->at + 1 - start - 12 : 0)));
    if (!ends) continue;
    sentences.emplace_back(base::trimmed(text.substr(start, found->end() - start)));
    start = found->end();
  }
  if (const auto rest = base::trimmed(text.substr(start)); !rest.empty()) sentences.emplace_back(rest);
  return sentences;
}

}  // namespace candour::casework::intake
