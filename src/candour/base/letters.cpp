#include <candour/base/letters.hpp>

#include <candour/base/check.hpp>

#include <locale.h>
#include <cwctype>

namespace candour::base {
namespace {

// The C library's own tables of Unicode, whatever locale the user has set.
locale_t unicode() {
  static const locale_t locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
  CANDOUR_CHECK(locale != nullptr, "the C library knows no locale C.UTF-8");
  return locale;
}

bool is_white(char32_t point) { return point == 0xA0 || point == 0x202F || iswspace_l(static_cast<wint_t>(point), unicode()) != 0; }

}  // namespace

std::u32string code_points_of(std::string_view utf_8) {
  std::u32string points;
  for (std::size_t i = 0; i < utf_8.size();) {
    const auto lead = static_cast<unsigned char>(utf_8[i]);
    const std::size_t length = lead < 0xC2 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 1;
    char32_t point = length == 1 ? lead : lead & (0xFFU >> (length + 1));
    std::size_t taken = 1;
    while (taken < length && i + taken < utf_8.size() && (static_cast<unsigned char>(utf_8[i + taken]) & 0xC0U) == 0x80U)
      point = (point << 6U) | (static_cast<unsigned char>(utf_8[i + taken++]) & 0x3FU);
    const bool is_whole = taken == length;
    points += is_whole ? point : lead;
    i += is_whole ? length : 1;
  }
  return points;
}

std::u32string folded(std::string_view utf_8) {
  std::u32string result;
  for (const char32_t point : code_points_of(utf_8)) {
    if (!is_white(point)) result += static_cast<char32_t>(towlower_l(static_cast<wint_t>(point), unicode()));
    else if (!result.empty() && result.back() != U' ') result += U' ';
  }
  if (!result.empty() && result.back() == U' ') result.pop_back();
  return result;
}

bool is_letter(char32_t point) { return iswalpha_l(static_cast<wint_t>(point), unicode()) != 0; }

}  // namespace candour::base
