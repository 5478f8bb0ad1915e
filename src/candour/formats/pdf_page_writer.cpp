#include <candour/formats/pdf_page_writer.hpp>

#include <candour/base/text.hpp>

#include <cairo-pdf.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>

namespace candour::formats {
namespace {

// Points; A4.
constexpr double page_width = 595.28;
constexpr double page_height = 841.89;
constexpr double margin = 62;
constexpr double text_width = page_width - 2 * margin;
constexpr double head_y = 30;
constexpr double foot_y = page_height - 44;
constexpr double last_y = page_height - 62;
constexpr double line_pitch = 1.18;  // of running text; tables are set tighter
constexpr const char* typeface = "Liberation Sans";

cairo_status_t append_bytes(void* closure, const unsigned char* data, unsigned int length) {
  static_cast<std::string*>(closure)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

template <class... Handlers>
struct Match : Handlers... {
  using Handlers::operator()...;
};
template <class... Handlers>
Match(Handlers...) -> Match<Handlers...>;

}  // namespace

void PdfPageWriter::ObjectRelease::operator()(void* object) const { g_object_unref(object); }

PdfPageWriter::PdfPageWriter(const PdfDocument& document, std::string& bytes) : document_(document) {
  surface_ = cairo_pdf_surface_create_for_stream(append_bytes, &bytes, page_width, page_height);
  const std::string created = base::to_iso(document.created) + "T00:00:00Z";
  cairo_pdf_surface_set_metadata(surface_, CAIRO_PDF_METADATA_TITLE, document.title.c_str());
  cairo_pdf_surface_set_metadata(surface_, CAIRO_PDF_METADATA_AUTHOR, document.author.c_str());
  cairo_pdf_surface_set_metadata(surface_, CAIRO_PDF_METADATA_CREATE_DATE, created.c_str());
  cairo_pdf_surface_set_metadata(surface_, CAIRO_PDF_METADATA_MOD_DATE, created.c_str());
  cairo_ = cairo_create(surface_);
  begin("Document");
  start_page();
}

PdfPageWriter::~PdfPageWriter() {
  cairo_destroy(cairo_);
  cairo_surface_destroy(surface_);
}

void PdfPageWriter::draw(const PdfBlock& block) {
  std::visit(Match{[&](const PdfHeading& one) { draw_heading(one); }, [&](const PdfParagraph& one) { draw_paragraph(one); },
                   [&](const PdfQuote& one) { draw_quote(one); }, [&](const PdfList& one) { draw_list(one); }, [&](const PdfTable& one) { draw_table(one); },
                   [&](const PdfPicture& one) { draw_picture(one); }},
             block);
}

bool PdfPageWriter::finish() {
  end_page();
  end("Document");
  cairo_surface_finish(surface_);
  return cairo_status(cairo_) == CAIRO_STATUS_SUCCESS && cairo_surface_status(surface_) == CAIRO_STATUS_SUCCESS;
}

void PdfPageWriter::begin(const char* tag) { cairo_tag_begin(cairo_, tag, nullptr); }
void PdfPageWriter::end(const char* tag) { cairo_tag_end(cairo_, tag); }

// Head and foot stand outside all tags: a reader passes over them.
void PdfPageWriter::start_page() {
  ++page_;
  y_ = margin;
  if (!document_.mark.empty()) draw_at(document_.mark, {9, true, false, 0.25}, margin, head_y, text_width);
}

void PdfPageWriter::end_page() {
  const std::string page = std::to_string(page_);
  draw_at(document_.footer.empty() ? page : document_.footer + "    " + page, {8.5, false, true, 0.35}, margin, foot_y, text_width);
  cairo_show_page(cairo_);
}

double PdfPageWriter::room() const { return last_y - y_; }

void PdfPageWriter::make_room(double height) {
  if (height <= room() || y_ <= margin) return;
  end_page();
  start_page();
}

PdfPageWriter::Layout PdfPageWriter::layout_of(const std::string& text, const TextStyle& style, double width) const {
  Layout layout(pango_cairo_create_layout(cairo_));
  PangoFontDescription* font = pango_font_description_new();
  pango_font_description_set_family(font, typeface);
  pango_font_description_set_absolute_size(font, style.size * PANGO_SCALE);
  if (style.is_bold) pango_font_description_set_weight(font, PANGO_WEIGHT_BOLD);
  pango_layout_set_font_description(layout.get(), font);
  pango_font_description_free(font);
  pango_layout_set_text(layout.get(), text.c_str(), static_cast<int>(text.size()));
  if (width > 0) pango_layout_set_width(layout.get(), static_cast<int>(width * PANGO_SCALE));
  pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
  if (style.is_right) pango_layout_set_alignment(layout.get(), PANGO_ALIGN_RIGHT);
  return layout;
}

double PdfPageWriter::height_of(const std::string& text, const TextStyle& style, double width) const {
  int height = 0;
  pango_layout_get_size(layout_of(text, style, width).get(), nullptr, &height);
  return static_cast<double>(height) / PANGO_SCALE;
}

double PdfPageWriter::natural_width_of(const std::string& text, const TextStyle& style) const {
  int width = 0;
  pango_layout_get_size(layout_of(text, style, 0).get(), &width, nullptr);
  return static_cast<double>(width) / PANGO_SCALE + 1;
}

void PdfPageWriter::draw_at(const std::string& text, const TextStyle& style, double x, double y, double width) {
  const Layout layout = layout_of(text, style, width);
  cairo_set_source_rgb(cairo_, style.colour, style.colour, style.colour);
  cairo_move_to(cairo_, x, y);
  pango_cairo_show_layout(cairo_, layout.get());
}

void PdfPageWriter::rule(double y, double end, double thickness, double grey) {
  cairo_set_source_rgb(cairo_, grey, grey, grey);
  cairo_set_line_width(cairo_, thickness);
  cairo_move_to(cairo_, margin, y);
  cairo_line_to(cairo_, end, y);
  cairo_stroke(cairo_);
}

void PdfPageWriter::flow(const std::string& text, const TextStyle& style, double left, double width, const char* tag, std::optional<double> rule_at) {
  const Layout layout = layout_of(text, style, width);
  const int lines = pango_layout_get_line_count(layout.get());
  std::unique_ptr<PangoLayoutIter, void (*)(PangoLayoutIter*)> at(pango_layout_get_iter(layout.get()), pango_layout_iter_free);
  begin(tag);
  double top = y_;
  for (int i = 0; i < lines; ++i, pango_layout_iter_next_line(at.get())) {
    PangoRectangle extents;
    pango_layout_iter_get_line_extents(at.get(), nullptr, &extents);
    const double height = static_cast<double>(extents.height) / PANGO_SCALE * line_pitch;
    if (height > room()) {
      end(tag);
      rule_beside(rule_at, top);
      make_room(page_height);
      top = y_;
      begin(tag);
    }
    const double baseline = static_cast<double>(pango_layout_iter_get_baseline(at.get()) - extents.y) / PANGO_SCALE;
    cairo_set_source_rgb(cairo_, style.colour, style.colour, style.colour);
    cairo_move_to(cairo_, left + static_cast<double>(extents.x) / PANGO_SCALE, y_ + baseline);
    pango_cairo_show_layout_line(cairo_, pango_layout_iter_get_line_readonly(at.get()));
    y_ += height;
  }
  end(tag);
  rule_beside(rule_at, top);
}

// Drawn outside the text's tag: ornament is not content.
void PdfPageWriter::rule_beside(std::optional<double> x, double top) {
  if (!x) return;
  cairo_set_source_rgb(cairo_, 0.72, 0.76, 0.79);
  cairo_rectangle(cairo_, *x, top, 2.2, y_ - top);
  cairo_fill(cairo_);
}

void PdfPageWriter::draw_heading(const PdfHeading& heading) {
  const double size = heading.level == 1 ? 16 : heading.level == 2 ? 13 : 11;
  const TextStyle style{size, true, false, 0.05};
  // A heading stays with the first lines below it; that of a table with the head and the first rows.
  make_room(height_of(heading.text, style, text_width) + (heading.level == 3 ? 120 : 60));
  if (y_ > margin) space(heading.level == 1 ? 10 : heading.level == 2 ? 16 : 8);
  flow(heading.text, style, margin, text_width, heading.level == 1 ? "H1" : heading.level == 2 ? "H2" : "H3");
  space(5);
}

void PdfPageWriter::draw_paragraph(const PdfParagraph& paragraph) {
  TextStyle style;
  style.is_bold = paragraph.weight == PdfParagraph::Weight::bold;
  style.is_right = paragraph.alignment == PdfAlignment::right;
  // Lines that are broken on purpose are read one by one.
  for (const std::string& line : base::split(paragraph.text, '\n')) flow(line, style, margin, text_width, "P");
  space(7);
}

void PdfPageWriter::draw_quote(const PdfQuote& quote) {
  TextStyle style;
  style.colour = 0.2;
  begin("BlockQuote");
  for (std::size_t i = 0; i < quote.paragraphs.size(); ++i) {
    flow(quote.paragraphs[i], style, margin + 14, text_width - 14, "P", margin);
    space(i + 1 < quote.paragraphs.size() ? 5 : 9);
  }
  end("BlockQuote");
}

void PdfPageWriter::draw_picture(const PdfPicture& picture) {
  if (picture.width < 1 || picture.height < 1) return;
  const double scale = std::min(picture.most_width / picture.width, picture.most_height / picture.height);
  const double height = picture.height * scale;
  make_room(height);
  // The file's own bytes go into the page; the surface only says how large they are.
  cairo_surface_t* surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, picture.width, picture.height);
  auto* bytes = static_cast<unsigned char*>(std::malloc(picture.jpeg.size()));
  std::memcpy(bytes, picture.jpeg.data(), picture.jpeg.size());
  if (cairo_surface_set_mime_data(surface, CAIRO_MIME_TYPE_JPEG, bytes, picture.jpeg.size(), std::free, bytes) != CAIRO_STATUS_SUCCESS) std::free(bytes);
  cairo_save(cairo_);
  cairo_translate(cairo_, picture.alignment == PdfAlignment::right ? page_width - margin - picture.width * scale : margin, y_);
  cairo_scale(cairo_, scale, scale);
  cairo_set_source_surface(cairo_, surface, 0, 0);
  cairo_paint(cairo_);
  cairo_restore(cairo_);
  cairo_surface_destroy(surface);
  y_ += height;
  space(6);
}

void PdfPageWriter::draw_list(const PdfList& list) {
  begin("L");
  for (const std::string& item : list.items) {
    make_room(height_of("x", {}, text_width));
    begin("LI");
    begin("Lbl");
    draw_at("\u2022", {}, margin + 4, y_, 10);
    end("Lbl");
    flow(item, {}, margin + 16, text_width - 16, "LBody");
    end("LI");
    space(3);
  }
  end("L");
  space(5);
}

}  // namespace candour::formats
