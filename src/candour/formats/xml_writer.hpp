#pragma once
// Writes XML text that any reader takes back unchanged: every value is escaped, every element closed.

#include <string>
#include <string_view>
#include <vector>

namespace candour::formats {

/// Gives the text with & < > and carriage returns escaped, as element content. Characters that XML 1.0 forbids and broken UTF-8 become U+FFFD.
[[nodiscard]] std::string escaped_xml_text(std::string_view text);
/// Gives the text as the inside of an attribute in double quotes: also " and tabs and line ends are escaped.
[[nodiscard]] std::string escaped_xml_attribute(std::string_view text);

enum class XmlDeclaration { written, left_out };

/// Builds one XML document in memory, in the order of the calls:
///
///     XmlWriter xml;
///     xml.open("table:table").attribute("table:name", "Table 1");
///     xml.element("text:p", "three < four");
///     xml.close();
///     std::string bytes = xml.finish();
///
/// Names are the caller's own and must be XML names (letters, digits, '-', '_', '.', ':'); a wrong name, an attribute after content, a close
/// too many or an element left open stops with an internal fault. No white space is added. Cost: linear.
class XmlWriter {
 public:
  explicit XmlWriter(XmlDeclaration declaration = XmlDeclaration::written);

  XmlWriter& open(std::string_view name);
  /// Adds an attribute to the element opened last, before it has content.
  XmlWriter& attribute(std::string_view name, std::string_view value);
  XmlWriter& text(std::string_view value);
  /// Closes the innermost open element; without content it is written as an empty tag.
  XmlWriter& close();
  /// Opens an element, writes its text and closes it.
  XmlWriter& element(std::string_view name, std::string_view value);

  /// Gives the document; all elements must be closed.
  [[nodiscard]] std::string finish();

 private:
  void end_open_tag();

  std::string out_;
  std::vector<std::string> open_;
  bool in_open_tag_ = false;
};

}  // namespace candour::formats
