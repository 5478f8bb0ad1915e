#include <candour/inspect/documents/pdf_metadata.hpp>

#include <candour/base/text.hpp>
#include <candour/formats/xml_reader.hpp>

#include <algorithm>
#include <iterator>
#include <map>

namespace candour::inspect {
namespace {

/// XMP as names and texts: elements with text, attributes of descriptions, entries of lists joined.
class PacketHandler : public formats::XmlHandler {
 public:
  std::multimap<std::string, std::string> values;

  void on_start(std::string_view name, const formats::XmlAttributes& attributes) override {
    names_.push_back(local(name));
    text_.clear();
    for (const auto& attribute : attributes.all()) {
      if (attribute.name != "rdf:about" && attribute.name != "xml:lang" && attribute.name != "rdf:parseType")
        values.emplace(local(attribute.name), attribute.value);
    }
  }
  void on_end(std::string_view) override {
    if (const auto text = base::trimmed(text_); !text.empty()) {
      // The text of a list's entry belongs to the property that has the list.
      std::size_t at = names_.size();
      while (at > 1 && (names_[at - 1] == "li" || names_[at - 1] == "Seq" || names_[at - 1] == "Bag" || names_[at - 1] == "Alt")) --at;
      values.emplace(names_[at - 1], text);
    }
    text_.clear();
    names_.pop_back();
  }
  void on_text(std::string_view text) override { text_ += text; }

 private:
  static std::string local(std::string_view name) { return std::string(name.substr(name.find_last_of(":}") + 1)); }
  std::vector<std::string> names_;
  std::string text_;
};

bool is_local_path(std::string_view text) {
  return text.find(":\\") != std::string_view::npos || text.starts_with("file:") || text.find("/Users/") != std::string_view::npos ||
         text.find("/home/") != std::string_view::npos;
}

// Properties that say how the file was made, what it is called and in which language; no person and no history.
bool is_plain_property(std::string_view name) {
  constexpr std::string_view plain[] = {"Title",      "title",      "Producer",     "Creator", "CreatorTool", "CreationDate", "ModDate",
                                        "CreateDate", "ModifyDate", "MetadataDate", "format",  "part",        "conformance",  "language",
                                        "Trapped",    "PDFVersion", "amd",          "rev",     "DocumentID"};
  return std::find(std::begin(plain), std::end(plain), name) != std::end(plain);
}

/// The digits of a date, so that "D:20240301120000Z" and "2024-03-01T12:00:00Z" compare.
std::string date_digits(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c >= '0' && c <= '9') out += c;
    if (out.size() == 14) break;
  }
  return out;
}

std::string letters_of(std::string_view text) {
  std::string out;
  std::copy_if(text.begin(), text.end(), std::back_inserter(out), [](char c) { return c != ' ' && c != '\n' && c != '\t'; });
  return out;
}

class MetadataReading {
 public:
  MetadataReading(const formats::PdfFacts& facts, Inspection& inspection) : inspection_(inspection), place_(inspection.place("")) {
    for (const auto& text : facts.texts) {
      if (text.look == formats::PdfTextLook::plain) visible_ += letters_of(text.text);
    }
  }

  void read_information(const std::map<std::string, std::string>& information) {
    for (const auto& [name, text] : information) note(name, text, "Info ");
    const auto created = information.find("CreationDate"), changed = information.find("ModDate");
    if (created != information.end() && changed != information.end() && date_digits(created->second) != date_digits(changed->second)) {
      inspection_.at(FindingKind::document_properties, place_).add("Info ModDate", changed->second);
    }
  }

  void read_packet(const std::string& packet, std::multimap<std::string, std::string>& values) {
    PacketHandler handler;
    // The packet's own processing instructions stand around the XML; padding may follow.
    if (const auto done = formats::read_xml(base::trimmed(packet), handler, inspection_.limits().xml); !done) return inspection_.gap(place_, done.error());
    for (const auto& [name, text] : handler.values) note(name, text, "XMP ");
    values.merge(handler.values);
  }

  void compare(const std::map<std::string, std::string>& information, const std::multimap<std::string, std::string>& packet) {
    const std::pair<const char*, const char*> same[] = {{"Title", "title"},        {"Author", "creator"},    {"CreationDate", "CreateDate"},
                                                        {"ModDate", "ModifyDate"}, {"Producer", "Producer"}, {"Creator", "CreatorTool"}};
    for (const auto& [ours, theirs] : same) {
      const auto one = information.find(ours);
      const auto [first, last] = packet.equal_range(theirs);
      if (one == information.end() || first == last) continue;
      const bool is_date = std::string_view(ours).ends_with("Date");
      const auto agrees = [&](const auto& entry) { return is_date ? date_digits(entry.second) == date_digits(one->second) : entry.second == one->second; };
      if (std::none_of(first, last, agrees)) inspection_.at(FindingKind::metadata_conflict, place_).add(ours, first->second);
    }
  }

 private:
  void note(const std::string& name, const std::string& text, const std::string& prefix) {
    if (text.empty()) return;
    if (is_local_path(text)) inspection_.at(FindingKind::local_path, place_).add(prefix + name, text);
    else if (!is_plain_property(name) && visible_.find(letters_of(text)) == std::string::npos)
      inspection_.at(FindingKind::document_properties, place_).add(prefix + name, text);
    inspection_.look_at_text(place_, prefix + name, text);
  }

  Inspection& inspection_;
  InspectionPlace place_;
  std::string visible_;  ///< what can be read on the pages, without blanks: a property that repeats it hides nothing
};

}  // namespace

void inspect_pdf_metadata(const formats::PdfFacts& facts, Inspection& inspection) {
  MetadataReading reading(facts, inspection);
  reading.read_information(facts.information);
  std::multimap<std::string, std::string> values;
  for (const auto& packet : facts.metadata) reading.read_packet(packet, values);
  reading.compare(facts.information, values);
}

}  // namespace candour::inspect
