#include <candour/formats/pdf_font.hpp>

#include <qpdf/QUtil.hh>

#include <candour/base/text.hpp>

#include <vector>

namespace candour::formats::detail {
namespace {

constexpr std::uint32_t longest_range = 65'536;

/// The tokens of a character map that matter: words, and hexadecimal strings as their bytes (after a '<').
std::vector<std::string> tokens_of(std::string_view map) {
  std::vector<std::string> tokens;
  for (std::size_t at = 0; at < map.size();) {
    const char c = map[at];
    if (c == '<' && at + 1 < map.size() && map[at + 1] != '<') {
      const std::size_t end = map.find('>', at);
      if (end == std::string_view::npos) break;
      tokens.push_back("<" + QUtil::hex_decode(std::string(map.substr(at + 1, end - at - 1))));
      at = end + 1;
    } else if (c == '[' || c == ']') {
      tokens.emplace_back(1, c);
      ++at;
    } else if (std::string_view(" \t\r\n<>/()").find(c) != std::string_view::npos) {
      ++at;
    } else {
      const std::size_t end = map.find_first_of(" \t\r\n<>[]/()", at);
      tokens.emplace_back(map.substr(at, end == std::string_view::npos ? end : end - at));
      at = end == std::string_view::npos ? map.size() : end;
    }
  }
  return tokens;
}

std::uint32_t number_of(std::string_view bytes) {
  std::uint32_t value = 0;
  for (const char c : bytes) value = (value << 8) | static_cast<unsigned char>(c);
  return value;
}

bool is_code(const std::string& token) { return token.starts_with('<') && token.size() <= 5; }

std::string utf8_of_utf16(std::string_view bytes) { return QUtil::utf16_to_utf8("\xFE\xFF" + std::string(bytes)); }

}  // namespace

PdfFont::PdfFont(QPDFObjectHandle font, PdfBudget& budget) {
  if (!font.isDictionary()) return;
  auto subtype = font.getKey("/Subtype");
  const bool is_composite = subtype.isName() && subtype.getName() == "/Type0";
  bytes_a_code_ = is_composite ? 2 : 1;
  auto map = font.getKey("/ToUnicode");
  if (map.isStream()) {
    if (const auto text = expanded(map, budget)) read_map(*text);
  }
  auto encoding = font.getKey("/Encoding");
  const bool plain_encoding =
      encoding.isNull() || (encoding.isName() && (encoding.getName() == "/WinAnsiEncoding" || encoding.getName() == "/StandardEncoding" ||
                                                  encoding.getName() == "/MacRomanEncoding"));
  codes_are_latin_ = characters_.empty() && !is_composite && plain_encoding;
}

void PdfFont::read_map(std::string_view map) {
  const auto tokens = tokens_of(map);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i] == "beginbfchar") {
      for (++i; i + 1 < tokens.size() && is_code(tokens[i]) && tokens[i + 1].starts_with('<'); i += 2) {
        characters_[number_of(tokens[i].substr(1))] = utf8_of_utf16(tokens[i + 1].substr(1));
      }
    } else if (tokens[i] == "beginbfrange") {
      ++i;
      while (i + 2 < tokens.size() && is_code(tokens[i]) && is_code(tokens[i + 1])) {
        const std::uint32_t first = number_of(tokens[i].substr(1)), last = number_of(tokens[i + 1].substr(1));
        i += 2;
        if (tokens[i] == "[") {
          ++i;
          for (std::uint32_t code = first; i < tokens.size() && tokens[i] != "]"; ++i, ++code) characters_[code] = utf8_of_utf16(tokens[i].substr(1));
          ++i;
          continue;
        }
        std::string target = tokens[i].substr(1);
        for (std::uint32_t code = first; code <= last && code - first < longest_range && target.size() >= 2; ++code) {
          characters_[code] = utf8_of_utf16(target);
          if (++target.back() == 0) ++target[target.size() - 2];
        }
        ++i;
      }
    }
  }
}

std::string PdfFont::text_of(std::string_view codes) const {
  if (codes_are_latin_) return base::utf8_from_windows_1252(codes);
  std::string out;
  for (std::size_t at = 0; at + bytes_a_code_ <= codes.size(); at += bytes_a_code_) {
    const auto character = characters_.find(number_of(codes.substr(at, bytes_a_code_)));
    if (character == characters_.end()) return {};
    out += character->second;
  }
  return out;
}

}  // namespace candour::formats::detail
