#pragma once
// The stricter question: is there anything in a file that our own writers do not produce?

#include <candour/formats/xml_reader.hpp>
#include <candour/inspect/inspection.hpp>

#include <span>
#include <string>
#include <string_view>

namespace candour::inspect {

/// An element that our writers put into parts with this root, and the attributes that it may have, separated by blanks.
struct OwnElement {
  std::string_view root;
  std::string_view element;
  std::string_view attributes;
};

/// Gives the list, sorted by root and element. It was taken from the writers' own output and is compared with it by a test.
[[nodiscard]] std::span<const OwnElement> own_elements();
/// The same for files that are no XML. Their roots: "html"; "json" (its keys); "pdf" (the keys of its dictionaries) and "pdf operators".
[[nodiscard]] std::span<const OwnElement> own_document_words();
/// Gives an element of either list, or null.
[[nodiscard]] const OwnElement* find_own(std::string_view root, std::string_view element);
/// Gives whether the element may have this attribute.
[[nodiscard]] bool may_have(const OwnElement& element, std::string_view attribute);

/// Reads one XML part and writes down every element and attribute that is not on the list, every comment and every instruction.
class OwnWritingCheck : public formats::XmlHandler {
 public:
  OwnWritingCheck(Inspection& inspection, InspectionPlace place) : inspection_(inspection), place_(std::move(place)) {}
  void on_start(std::string_view name, const formats::XmlAttributes& attributes) override;
  void on_end(std::string_view) override {}
  void on_text(std::string_view) override {}

 private:
  Inspection& inspection_;
  InspectionPlace place_;
  std::string root_;
};

/// Writes down a part that is no XML, or a file of a format that we do not write.
void note_not_our_writing(Inspection& inspection, const InspectionPlace& place, std::string_view what);

}  // namespace candour::inspect
