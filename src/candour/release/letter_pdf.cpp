// The letter as PDF.

#include <candour/release/letter.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace candour::release {
namespace {

formats::PdfTable pdf_table(const Grid& grid, const std::string& title) {
  formats::PdfTable table;
  table.caption = grid.caption.empty() ? std::string() : fmt::format("{}; {}", title, grid.caption);
  const bool names_columns = !grid.column_variable.empty();
  table.header.push_back(grid.row_variable);
  for (const GridHeading& column : grid.columns) table.header.push_back(column.label);
  if (names_columns && table.caption.empty()) table.caption = fmt::format("{} (columns: {})", title, inside_a_sentence(grid.column_variable));
  int deepest = 0;
  for (const GridRow& row : grid.rows) deepest = std::max(deepest, row.heading.indent);
  for (const GridRow& row : grid.rows) {
    const bool is_bold = row.heading.is_total || row.heading.indent < deepest;
    formats::PdfTableRow line{row.heading.label, std::max(0, row.heading.indent - 1), is_bold, {}};
    for (const GridCell& cell : row.cells) line.cells.push_back(cell.text);
    table.rows.push_back(std::move(line));
  }
  return table;
}

formats::PdfPicture pdf_picture(const LetterPicture& picture, double most_width, double most_height, formats::PdfAlignment alignment) {
  return {picture.bytes, picture.width, picture.height, most_width, most_height, alignment};
}

class BlockWriter {
 public:
  explicit BlockWriter(std::vector<formats::PdfBlock>& blocks) : blocks_(blocks) {}
  void operator()(const LetterHeading& heading) const { blocks_.emplace_back(formats::PdfHeading{heading.level, heading.text}); }
  void operator()(const LetterParagraph& paragraph) const {
    const bool is_bold = paragraph.weight == LetterParagraph::Weight::bold;
    blocks_.emplace_back(formats::PdfParagraph{paragraph.text, formats::PdfAlignment::left,
                                               is_bold ? formats::PdfParagraph::Weight::bold : formats::PdfParagraph::Weight::regular});
  }
  void operator()(const LetterQuote& quote) const { blocks_.emplace_back(formats::PdfQuote{quote.paragraphs}); }
  void operator()(const LetterList& list) const { blocks_.emplace_back(formats::PdfList{list.items}); }
  void operator()(const LetterLegend& legend) const {
    formats::PdfTable table{{}, {"Symbol", "Meaning"}, {}, formats::PdfTable::Cells::words};
    for (const SymbolMeaning& one : legend.symbols) table.rows.push_back({one.symbol, 0, false, {one.meaning}});
    blocks_.emplace_back(std::move(table));
  }
  void operator()(const LetterTable& table) const {
    for (const Grid& grid : table.table->grids) blocks_.emplace_back(pdf_table(grid, fmt::format("Table {}", table.table->number)));
  }

 private:
  std::vector<formats::PdfBlock>& blocks_;
};

}  // namespace

base::Result<std::string> letter_pdf(const Letter& letter) {
  formats::PdfDocument document;
  document.title = fmt::format("{} ({})", letter.title, letter.reference);
  document.author = letter.authority;
  document.language = "en-GB";
  document.created = letter.written_on;
  if (letter.approval == ApprovalState::draft) document.mark = "DRAFT. Not approved: two people have to approve this letter before it goes out.";
  document.footer = letter.footer.empty() ? letter.reference : fmt::format("{}    {}", letter.footer, letter.reference);
  std::vector<formats::PdfBlock>& blocks = document.blocks;
  if (letter.pictures.crest) blocks.push_back(pdf_picture(*letter.pictures.crest, 180, 60, formats::PdfAlignment::right));
  blocks.emplace_back(formats::PdfParagraph{letter.from, formats::PdfAlignment::right});
  blocks.emplace_back(formats::PdfParagraph{letter.to});
  blocks.emplace_back(formats::PdfParagraph{fmt::format("{}\nOur reference: {}", letter.date, letter.reference)});
  blocks.emplace_back(formats::PdfParagraph{letter.salutation});
  blocks.emplace_back(formats::PdfHeading{1, letter.title});
  for (const LetterBlock& block : letter.blocks) std::visit(BlockWriter(blocks), block);
  blocks.emplace_back(formats::PdfParagraph{letter.closing});
  if (letter.pictures.signature) blocks.push_back(pdf_picture(*letter.pictures.signature, 160, 48, formats::PdfAlignment::left));
  blocks.emplace_back(formats::PdfParagraph{letter.signer});
  if (!letter.contact.empty()) blocks.emplace_back(formats::PdfParagraph{letter.contact});
  return formats::write_pdf(document);
}

}  // namespace candour::release
