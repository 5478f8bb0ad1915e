#include <candour/inspect/text_tricks.hpp>

#include <algorithm>
#include <cstddef>

namespace candour::inspect {
namespace {

struct Character {
  char32_t code = 0;
  std::size_t length = 0;  ///< 0 where the bytes are not UTF-8
};

Character next_character(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(0);
  if (first < 0x80) return {first, 1};
  const std::size_t length = first >= 0xF0 && first <= 0xF4 ? 4 : first >= 0xE0 && first < 0xF0 ? 3 : first >= 0xC2 && first < 0xE0 ? 2 : 0;
  if (length == 0 || text.size() < length) return {};
  auto code = static_cast<char32_t>(first & (0xFF >> (length + 1)));
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return {};
    code = (code << 6) | (byte(i) & 0x3F);
  }
  constexpr char32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
  return code < least[length] || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF) ? Character{} : Character{code, length};
}

bool within(char32_t code, char32_t first, char32_t last) { return code >= first && code <= last; }

bool is_invisible(char32_t code) {
  return (code < 0x20 && code != '\t' && code != '\n' && code != '\r' && code != 0) || within(code, 0x7F, 0x9F) || code == 0xAD || code == 0x34F ||
         code == 0x115F || code == 0x1160 || within(code, 0x17B4, 0x17B5) || within(code, 0x180B, 0x180E) || code == 0x200B || within(code, 0x2060, 0x2064) ||
         within(code, 0x206A, 0x206F) || code == 0x3164 || code == 0xFFA0 || within(code, 0xFFF9, 0xFFFB) || within(code, 0xE0000, 0xE0FFF);
}

bool is_joiner(char32_t code) { return code == 0x200C || code == 0x200D; }
/// Scripts whose spelling uses joiners, and pictographs joined into one.
bool spells_with_joiners(char32_t code) {
  return within(code, 0x0600, 0x08FF) || within(code, 0x0900, 0x0DFF) || within(code, 0x0F00, 0x18AF) || code == 0xFE0F || code >= 0x1F000;
}
bool is_direction_control(char32_t code) {
  return code == 0x061C || code == 0x200E || code == 0x200F || within(code, 0x202A, 0x202E) || within(code, 0x2066, 0x2069);
}

enum Script : unsigned { none = 0, latin = 1, greek = 2, cyrillic = 4 };

unsigned script_of(char32_t code) {
  if (within(code, 'A', 'Z') || within(code, 'a', 'z') || (within(code, 0xC0, 0x24F) && code != 0xD7 && code != 0xF7)) return latin;
  if (within(code, 0x370, 0x3FF)) return greek;
  return within(code, 0x400, 0x52F) ? cyrillic : none;
}

}  // namespace

TextTricks tricks_in(std::string_view text) {
  TextTricks tricks;
  const auto is_plain = [](char c) { return (c >= 0x20 && c < 0x7F) || c == '\t' || c == '\n' || c == '\r'; };
  if (std::all_of(text.begin(), text.end(), is_plain)) return tricks;
  unsigned scripts = none;
  char32_t before = 0;
  const auto end_word = [&] {
    tricks.mixed_words += (scripts & (scripts - 1)) != 0 ? 1 : 0;
    scripts = none;
  };
  while (!text.empty()) {
    const Character character = next_character(text);
    if (character.length == 0) {
      ++tricks.broken_bytes;
      text.remove_prefix(1);
      continue;
    }
    const char32_t code = character.code;
    if (code == 0xFEFF) ++tricks.inner_byte_order_marks;
    else if (is_direction_control(code)) ++tricks.direction_controls;
    else if (is_invisible(code) || (is_joiner(code) && !spells_with_joiners(before))) ++tricks.invisible_characters;
    const unsigned script = script_of(code);
    // A lone Greek letter in a unit or a formula is a word of its own; digits and marks end a word too.
    if (script != none) scripts |= script;
    else if (!is_invisible(code) && !is_joiner(code)) end_word();
    before = code;
    text.remove_prefix(character.length);
  }
  end_word();
  return tricks;
}

}  // namespace candour::inspect
