#pragma once
// Writes a tagged PDF of the closed set of blocks that a letter needs. Same blocks, same fonts: same bytes.

#include <candour/base/date.hpp>
#include <candour/base/result.hpp>

#include <string>
#include <variant>
#include <vector>

namespace candour::formats {

struct PdfHeading {
  int level = 1;  ///< 1 to 3
  std::string text;
};

enum class PdfAlignment { left, right };

/// Lines of a paragraph that are broken in the source ('\n') stay broken.
struct PdfParagraph {
  std::string text;
  PdfAlignment alignment = PdfAlignment::left;
  enum class Weight { regular, bold } weight = Weight::regular;
};

/// Somebody else's words: indented, with a rule beside them.
struct PdfQuote {
  std::vector<std::string> paragraphs;
};

struct PdfList {
  std::vector<std::string> items;
};

struct PdfTableRow {
  std::string heading;  ///< first column
  int indent = 0;
  bool is_bold = false;
  std::vector<std::string> cells;  ///< right-aligned
};

/// A table whose first column heads the rows. The header row is repeated on each page.
struct PdfTable {
  std::string caption;
  std::vector<std::string> header;  ///< as many as a row has cells, and one before them
  std::vector<PdfTableRow> rows;
  enum class Cells { figures, words } cells = Cells::figures;  ///< figures are right-aligned and narrow; words wrap
};

/// A picture that stands for words beside it, such as a crest over a name: drawn outside the tags, so a reader passes over it.
struct PdfPicture {
  std::string jpeg;  ///< put in as it stands
  int width = 0;     ///< pixels
  int height = 0;
  double most_width = 0;  ///< points; the picture keeps its proportions
  double most_height = 0;
  PdfAlignment alignment = PdfAlignment::left;
};

using PdfBlock = std::variant<PdfHeading, PdfParagraph, PdfQuote, PdfList, PdfTable, PdfPicture>;

struct PdfDocument {
  std::string title;
  std::string author;    ///< who publishes it; no person's name is needed
  std::string language;  ///< "en-GB"
  base::Date created;    ///< the only date in the file
  std::string mark;      ///< printed at the head of each page, such as "DRAFT"; may be empty
  std::string footer;    ///< printed at the foot of each page, before the page's number; may be empty
  std::vector<PdfBlock> blocks;
};

/// Gives the bytes of the PDF: A4, structure tags (headings, paragraphs, quotes, lists, tables with header cells and their scope), language, title shown
/// in the window. Texts are UTF-8; glyphs that the typeface lacks come from the fonts of the machine.
/// Errors: could_not_finish "pdf.not_written".
[[nodiscard]] base::Result<std::string> write_pdf(const PdfDocument& document);

}  // namespace candour::formats
