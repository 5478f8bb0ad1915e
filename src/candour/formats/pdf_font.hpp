#pragma once
// From the codes that a PDF font shows to characters. Private to the PDF reader.

#include <candour/formats/pdf_streams.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

namespace candour::formats::detail {

/// A font as far as its ToUnicode map or its plain encoding tells the characters.
class PdfFont {
 public:
  PdfFont() = default;
  PdfFont(QPDFObjectHandle font, PdfBudget& budget);
  /// Gives UTF-8, or an empty text where a code is not mapped.
  [[nodiscard]] std::string text_of(std::string_view codes) const;
  [[nodiscard]] std::size_t bytes_a_code() const { return bytes_a_code_; }

 private:
  void read_map(std::string_view map);
  std::unordered_map<std::uint32_t, std::string> characters_;
  std::size_t bytes_a_code_ = 1;
  bool codes_are_latin_ = false;
};

}  // namespace candour::formats::detail
