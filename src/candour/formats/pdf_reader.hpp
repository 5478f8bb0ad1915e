#pragma once
// What a PDF file holds, through libqpdf: its text with the way it is painted, and everything that is not page.

#include <candour/formats/byte_source.hpp>

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace candour::formats {

/// Things beside the text of the pages.
enum class PdfItemKind {
  annotation,        ///< text and author of an annotation that is no plain link or form field
  form_value,        ///< value of a form field
  script,            ///< JavaScript
  private_data,      ///< PieceInfo
  thumbnail,         ///< small picture of a page
  alternate_image,   ///< Alternates of an image
  alternative_text,  ///< Alt of a structure element
  replacement_text,  ///< ActualText
  bookmark,          ///< title of an outline entry
  named_destination,
  switched_off_layer,  ///< optional content group that is off
  link_target,         ///< address of a link
  external_file,       ///< another file or program that the document names
  unreferenced_object,
};

/// One thing, with the object that holds it.
struct PdfItem {
  PdfItemKind kind{};
  std::string where;  ///< "object 12"
  std::string text;
};

/// How a piece of text is painted.
enum class PdfTextLook { plain, not_painted, colour_of_ground, tiny, off_page, covered, switched_off };

/// A piece of text as one operator shows it.
struct PdfText {
  std::size_t page = 0;  ///< from 1
  PdfTextLook look{};
  std::string text;         ///< UTF-8; empty where the font does not say which characters it shows
  std::string replacement;  ///< ActualText around it, if any
};

/// A file or picture inside.
struct PdfAttachment {
  std::string where;
  std::string name;   ///< of an attached file; empty for a picture
  std::string bytes;  ///< of a picture: JPEG as it stands
};

/// All that is asked of a PDF.
struct PdfFacts {
  std::map<std::string, std::string> information;  ///< the Info dictionary; keys without '/'
  std::vector<std::string> metadata;               ///< XMP packets, of the document first
  std::vector<PdfItem> items;
  std::vector<PdfText> texts;
  std::vector<PdfAttachment> files;
  std::vector<PdfAttachment> pictures;
  std::vector<std::string> other_pictures;  ///< where a picture stands that is no JPEG
  std::uint64_t earlier_revisions = 0;
  std::vector<ByteRange> outside;   ///< bytes before the header or after the last end mark
  std::vector<std::string> unread;  ///< sentences about parts that could not be read: damage, unknown filters, limits
  bool has_unknown_text = false;    ///< a font does not say which characters it shows
  std::set<std::string> keys;       ///< of all dictionaries, without '/'; the names that a page gives to its fonts, pictures and the like are left out
  std::set<std::string> operators;  ///< of the pages' content
};

struct PdfLimits {
  std::uint64_t most_stream_bytes = std::uint64_t{64} << 20;  ///< expanded
  std::uint64_t most_objects = 1'000'000;
  std::uint64_t most_texts = 2'000'000;
  std::uint64_t most_marks_a_page = 200'000;                  ///< pieces of text, filled areas and pictures
  std::uint64_t most_comparisons_a_page = 200'000'000;        ///< of texts with what is painted under or over them
  std::uint64_t most_total_bytes = std::uint64_t{512} << 20;  ///< of all streams together, expanded
};

/// Fails: could_not_finish "pdf.encrypted" (a password is needed), "pdf.damaged", "pdf.over_limit".
[[nodiscard]] base::Result<PdfFacts> read_pdf(const ByteSource& source, const PdfLimits& limits);

}  // namespace candour::formats
