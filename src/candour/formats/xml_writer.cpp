#include <candour/formats/xml_writer.hpp>

#include <candour/base/check.hpp>

#include <algorithm>
#include <cstdint>

namespace candour::formats {
namespace {

constexpr std::string_view replacement_character = "\xEF\xBF\xBD";

/// Gives the length of the valid UTF-8 character that starts the text, or 0; overlong forms, surrogates, U+FFFE and U+FFFF are not valid here.
std::size_t character_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const auto follows = [&](std::size_t i) { return i < text.size() && (byte(i) & 0xC0) == 0x80; };
  const unsigned char first = byte(0);
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return follows(1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF && follows(1) && follows(2)) {
    const auto code = static_cast<std::uint32_t>(((first & 0x0F) << 12) | ((byte(1) & 0x3F) << 6) | (byte(2) & 0x3F));
    return code >= 0x800 && (code < 0xD800 || code > 0xDFFF) && code < 0xFFFE ? 3 : 0;
  }
  if (first >= 0xF0 && first <= 0xF4 && follows(1) && follows(2) && follows(3)) {
    const auto top = static_cast<std::uint32_t>(((first & 0x07) << 6) | (byte(1) & 0x3F));
    return top >= 0x10 && top <= 0x10F ? 4 : 0;
  }
  return 0;
}

enum class Inside { text, attribute };

std::string escaped(std::string_view text, Inside inside) {
  std::string out;
  out.reserve(text.size() + text.size() / 8);
  while (!text.empty()) {
    const std::size_t length = character_length(text);
    const char c = text.front();
    const auto byte = static_cast<unsigned char>(c);
    if (length == 0 || (byte < 0x20 && c != '\t' && c != '\n' && c != '\r')) out += replacement_character;
    else if (c == '&') out += "&amp;";
    else if (c == '<') out += "&lt;";
    else if (c == '>') out += "&gt;";
    else if (c == '\r') out += "&#13;";
    else if (inside == Inside::attribute && c == '"') out += "&quot;";
    else if (inside == Inside::attribute && c == '\n') out += "&#10;";
    else if (inside == Inside::attribute && c == '\t') out += "&#9;";
    else out.append(text.substr(0, length));
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return out;
}

bool is_xml_name(std::string_view name) {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
  const auto other = [&](char c) { return letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == ':'; };
  return !name.empty() && letter(name.front()) && std::all_of(name.begin(), name.end(), other);
}

}  // namespace

std::string escaped_xml_text(std::string_view text) { return escaped(text, Inside::text); }
std::string escaped_xml_attribute(std::string_view text) { return escaped(text, Inside::attribute); }

XmlWriter::XmlWriter(XmlDeclaration declaration) {
  if (declaration == XmlDeclaration::written) out_ = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
}

void XmlWriter::end_open_tag() {
  if (in_open_tag_) out_ += '>';
  in_open_tag_ = false;
}

XmlWriter& XmlWriter::open(std::string_view name) {
  CANDOUR_CHECK(is_xml_name(name), "an element is named by an XML name");
  end_open_tag();
  out_ += '<';
  out_ += name;
  open_.emplace_back(name);
  in_open_tag_ = true;
  return *this;
}

XmlWriter& XmlWriter::attribute(std::string_view name, std::string_view value) {
  CANDOUR_CHECK(in_open_tag_, "an attribute belongs to an element that has no content yet");
  CANDOUR_CHECK(is_xml_name(name), "an attribute is named by an XML name");
  out_ += ' ';
  out_ += name;
  out_ += "=\"";
  out_ += escaped_xml_attribute(value);
  out_ += '"';
  return *this;
}

XmlWriter& XmlWriter::text(std::string_view value) {
  CANDOUR_CHECK(!open_.empty(), "text stands inside an element");
  if (value.empty()) return *this;
  end_open_tag();
  out_ += escaped_xml_text(value);
  return *this;
}

XmlWriter& XmlWriter::close() {
  CANDOUR_CHECK(!open_.empty(), "each close belongs to an open element");
  if (in_open_tag_) {
    out_ += "/>";
    in_open_tag_ = false;
  } else {
    out_ += "</";
    out_ += open_.back();
    out_ += '>';
  }
  open_.pop_back();
  return *this;
}

XmlWriter& XmlWriter::element(std::string_view name, std::string_view value) { return open(name).text(value).close(); }

std::string XmlWriter::finish() {
  CANDOUR_CHECK(open_.empty(), "every element is closed before the document is finished");
  return std::move(out_);
}

}  // namespace candour::formats
