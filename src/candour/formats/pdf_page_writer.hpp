#pragma once
// Private to the PDF writer: text and tables on A4 pages through Pango and Cairo.

#include <candour/formats/pdf_document.hpp>

#include <cairo.h>
#include <pango/pangocairo.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace candour::formats {

/// Draws the blocks of one document, page after page. Errors of the drawing library show in `status`.
class PdfPageWriter {
 public:
  PdfPageWriter(const PdfDocument& document, std::string& bytes);
  ~PdfPageWriter();
  PdfPageWriter(const PdfPageWriter&) = delete;
  PdfPageWriter& operator=(const PdfPageWriter&) = delete;

  void draw(const PdfBlock& block);
  /// Closes the last page and the file. Gives true if everything was drawn.
  [[nodiscard]] bool finish();

 private:
  struct TextStyle {
    double size = 10.5;
    bool is_bold = false;
    bool is_right = false;
    double colour = 0.08;  ///< grey: 0 black
  };
  struct Columns;
  struct ObjectRelease {
    void operator()(void* object) const;
  };
  using Layout = std::unique_ptr<PangoLayout, ObjectRelease>;

  void draw_heading(const PdfHeading& heading);
  void draw_paragraph(const PdfParagraph& paragraph);
  void draw_quote(const PdfQuote& quote);
  void draw_list(const PdfList& list);
  void draw_picture(const PdfPicture& picture);
  void draw_table(const PdfTable& table);
  void draw_table_header(const PdfTable& table, const Columns& columns);
  void draw_table_row(const PdfTable& table, const PdfTableRow& row, const Columns& columns);
  [[nodiscard]] Columns columns_of(const PdfTable& table) const;

  /// Flows a text over lines and pages, each piece of a page inside `tag`; with a vertical rule beside it where one is asked for.
  void flow(const std::string& text, const TextStyle& style, double left, double width, const char* tag, std::optional<double> rule_at = std::nullopt);
  void rule_beside(std::optional<double> x, double top);
  [[nodiscard]] Layout layout_of(const std::string& text, const TextStyle& style, double width) const;
  [[nodiscard]] double height_of(const std::string& text, const TextStyle& style, double width) const;
  [[nodiscard]] double natural_width_of(const std::string& text, const TextStyle& style) const;
  void draw_at(const std::string& text, const TextStyle& style, double x, double y, double width);
  void rule(double y, double end, double thickness, double grey);

  void begin(const char* tag);
  void end(const char* tag);
  void start_page();
  void end_page();
  /// Starts a new page unless `height` still fits on this one.
  void make_room(double height);
  void space(double height) { y_ += height; }
  [[nodiscard]] double room() const;

  const PdfDocument& document_;
  cairo_surface_t* surface_ = nullptr;
  cairo_t* cairo_ = nullptr;
  double y_ = 0;
  int page_ = 0;
};

}  // namespace candour::formats
