#include <candour/inspect/documents/pdf_room.hpp>

#include <candour/formats/pdf_reader.hpp>
#include <candour/inspect/documents/pdf_metadata.hpp>
#include <candour/inspect/ours/own_writing.hpp>
#include <candour/inspect/pictures/picture_room.hpp>

#include <algorithm>
#include <map>
#include <optional>

namespace candour::inspect {
namespace {

using formats::PdfItemKind;
using formats::PdfTextLook;

constexpr std::uint64_t header_within = 1'024;

std::optional<FindingKind> kind_of(PdfTextLook look) {
  switch (look) {
    case PdfTextLook::plain: return std::nullopt;
    case PdfTextLook::not_painted:
    case PdfTextLook::colour_of_ground:
    case PdfTextLook::tiny: return FindingKind::invisible_text;
    case PdfTextLook::off_page: return FindingKind::off_page_text;
    case PdfTextLook::covered: return FindingKind::covered_text;
    case PdfTextLook::switched_off: return FindingKind::hidden_layer;
  }
  return FindingKind::invisible_text;
}

FindingKind kind_of(PdfItemKind kind) {
  switch (kind) {
    case PdfItemKind::annotation:
    case PdfItemKind::form_value: return FindingKind::annotation;
    case PdfItemKind::script: return FindingKind::macro;
    case PdfItemKind::private_data: return FindingKind::private_data;
    case PdfItemKind::thumbnail: return FindingKind::thumbnail;
    case PdfItemKind::alternate_image: return FindingKind::alternate_image;
    case PdfItemKind::alternative_text:
    case PdfItemKind::replacement_text: return FindingKind::alternative_text;
    case PdfItemKind::bookmark:
    case PdfItemKind::named_destination: return FindingKind::bookmark;
    case PdfItemKind::switched_off_layer: return FindingKind::hidden_layer;
    case PdfItemKind::link_target: return FindingKind::hyperlink;
    case PdfItemKind::external_file: return FindingKind::external_target;
    case PdfItemKind::unreferenced_object: return FindingKind::unreferenced_object;
  }
  return FindingKind::unreferenced_object;
}

bool is_plain_link(std::string_view target) {
  return (target.starts_with("http://") || target.starts_with("https://")) && target.find_first_of("?@") == std::string_view::npos;
}

std::string letters_of(std::string_view text) {
  std::string out;
  std::copy_if(text.begin(), text.end(), std::back_inserter(out), [](char c) { return c != ' ' && c != '\n' && c != '\t'; });
  return out;
}

/// Writes down the texts page by page; a replacement that says what is drawn is no finding.
class TextReading {
 public:
  TextReading(const formats::PdfFacts& facts, Inspection& inspection) : facts_(facts), inspection_(inspection) {}

  void read() {
    for (const auto& text : facts_.texts) {
      const std::string page = "page " + std::to_string(text.page);
      const InspectionPlace place = inspection_.place(page);
      if (const auto kind = kind_of(text.look)) inspection_.at(*kind, place).add(page, text.text);
      lines_[text.page] += text.text;
      inspection_.look_at_text(place, page, text.text);
      if (!text.replacement.empty()) replaced_[text.replacement] += text.text;
    }
    for (const auto& [replacement, drawn] : replaced_) {
      if (letters_of(drawn).find(letters_of(replacement)) == std::string::npos)
        inspection_.at(FindingKind::alternative_text, inspection_.place("")).add("ActualText", replacement);
    }
    if (inspection_.needles() == nullptr) return;
    for (const auto& [page, text] : lines_) inspection_.look_at_text(inspection_.place("page " + std::to_string(page)), "page", text);
    if (facts_.has_unknown_text)
      inspection_.gap(inspection_.place(""), "pdf.unknown_characters",
                      "a font does not say which characters it shows, so withheld values could not be searched in its text");
  }

  [[nodiscard]] bool says_what_is_drawn(const std::string& replacement) const {
    const auto at = replaced_.find(replacement);
    return at != replaced_.end() && letters_of(at->second).find(letters_of(replacement)) != std::string::npos;
  }

 private:
  const formats::PdfFacts& facts_;
  Inspection& inspection_;
  std::map<std::size_t, std::string> lines_;
  std::map<std::string, std::string> replaced_;  ///< replacement to what is drawn
};

void note_items(const formats::PdfFacts& facts, const TextReading& texts, Inspection& inspection) {
  for (const auto& item : facts.items) {
    if (item.kind == PdfItemKind::link_target && is_plain_link(item.text)) continue;
    if (item.kind == PdfItemKind::replacement_text && texts.says_what_is_drawn(item.text)) continue;
    const InspectionPlace place = inspection.place("");
    inspection.at(kind_of(item.kind), place).add(item.where, item.text);
    inspection.look_at_text(place, item.where, item.text);
  }
}

void check_own_words(const formats::PdfFacts& facts, Inspection& inspection) {
  const auto check = [&](const std::set<std::string>& words, std::string_view root) {
    for (const auto& word : words) {
      if (find_own(root, word) == nullptr) note_not_our_writing(inspection, inspection.place(""), std::string(root) + " " + word);
    }
  };
  check(facts.keys, "pdf");
  check(facts.operators, "pdf operators");
  for (const auto& where : facts.other_pictures) note_not_our_writing(inspection, inspection.place(where), "a picture");
  for (const auto& picture : facts.pictures)
    if (!inspection.is_own_picture(picture.bytes)) note_not_our_writing(inspection, inspection.place(picture.where), "a picture");
}

}  // namespace

bool is_pdf(const formats::ByteSource& source) {
  const auto head = source.read({0, std::min(header_within, source.size())});
  return head && head->find("%PDF-") != std::string::npos;
}

std::string inspect_pdf(const formats::ByteSource& source, Inspection& inspection) {
  const InspectionPlace place = inspection.place("");
  if (source.size() > inspection.limits().most_document_bytes) {
    inspection.gap(place, "inspect.over_limit", "the document is larger than the limit");
    return "PDF";
  }
  formats::PdfLimits limits = inspection.limits().pdf;
  limits.most_stream_bytes = std::min(limits.most_stream_bytes, inspection.limits().most_part_bytes);
  auto facts = formats::read_pdf(source, limits);
  if (!facts) {
    inspection.gap(place, facts.error());
    return "PDF";
  }
  for (const auto& sentence : facts->unread) inspection.gap(place, "pdf.unread", sentence);
  if (facts->earlier_revisions > 0) inspection.at(FindingKind::earlier_revision, place).add("%%EOF", "", facts->earlier_revisions);
  for (const auto& range : facts->outside) {
    inspection.at(FindingKind::trailing_data, place).add("bytes " + std::to_string(range.begin) + ".." + std::to_string(range.end), "", range.size());
  }
  if (inspection.only_our_own()) check_own_words(*facts, inspection);
  inspect_pdf_metadata(*facts, inspection);
  TextReading texts(*facts, inspection);
  texts.read();
  note_items(*facts, texts, inspection);
  for (const auto& picture : facts->pictures) inspect_picture(picture.bytes, inspection.place(picture.where), inspection);
  for (auto& file : facts->files) {
    inspection.at(FindingKind::embedded_object, place).add(file.where, file.name);
    inspection.inspect_nested(file.name.empty() ? file.where : file.name, std::move(file.bytes));
  }
  return "PDF";
}

}  // namespace candour::inspect
