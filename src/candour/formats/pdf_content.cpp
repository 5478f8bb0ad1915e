#include <candour/formats/pdf_content.hpp>

#include <candour/formats/pdf_font.hpp>

#include <qpdf/QPDF.hh>
#include <qpdf/QPDFMatrix.hh>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <memory>
#include <utility>

namespace candour::formats::detail {
namespace {

constexpr double tiny_points = 2.0;
constexpr double near_colour = 0.1;
constexpr int deepest_form = 12;
constexpr std::size_t longest_operand_list = 1'000;
constexpr std::size_t most_operators = 1'000;

struct Box {
  double left = 1e9, bottom = 1e9, right = -1e9, top = -1e9;
  void add(double x, double y) { left = std::min(left, x), right = std::max(right, x), bottom = std::min(bottom, y), top = std::max(top, y); }
  [[nodiscard]] bool is_empty() const { return right < left; }
  [[nodiscard]] bool holds(const Box& other) const {
    // A box covers a text when it covers nearly all of it: glyphs are measured roughly.
    const double slack = 0.1 * (other.top - other.bottom) + 0.5;
    return left <= other.left + slack && right >= other.right - slack && bottom <= other.bottom + slack && top >= other.top - slack;
  }
  [[nodiscard]] bool is_apart_from(const Box& other) const { return right < other.left || left > other.right || top < other.bottom || bottom > other.top; }
};

using Colour = std::array<double, 3>;

struct State {
  QPDFMatrix matrix;
  Colour fill{0, 0, 0};
  bool fill_is_known = true;
  double alpha = 1;
  double font_size = 0, spacing = 0, word_spacing = 0, scale = 1, rise = 0, leading = 0;
  long render_mode = 0;
  std::shared_ptr<PdfFont> font;
};

/// Something painted: a piece of text or something over which text may lie.
struct Mark {
  Box box;
  bool is_text = false;
  Colour colour{};
  bool colour_is_known = true;
  PdfText text;
};

struct MarkedContent {
  bool switched_off = false;
  std::string replacement;
};

class PageFollower : public QPDFObjectHandle::ParserCallbacks {
 public:
  PageFollower(std::size_t page, PdfPainting& painting) : page_(page), painting_(painting) {}

  void follow(QPDFObjectHandle content_holder, QPDFObjectHandle resources, const std::string& content) {
    if (depth_ >= deepest_form) {
      painting_.facts.unread.emplace_back("forms on a page are nested deeper than the limit");
      return;
    }
    ++depth_;
    const auto outer_resources = resources_;
    const auto outer_operands = std::move(operands_);
    const auto outer_stack = std::move(stack_);
    const auto outer_marked = marked_.size();
    const State outer_state = state_;
    operands_.clear();
    stack_.clear();
    resources_ = resources;
    QPDFObjectHandle stream = QPDFObjectHandle::newStream(content_holder.getOwningQPDF(), content);
    QPDFObjectHandle::parseContentStream(stream, this);
    resources_ = outer_resources;
    operands_ = outer_operands;
    stack_ = outer_stack;
    state_ = outer_state;
    marked_.resize(std::min(marked_.size(), outer_marked));
    --depth_;
  }

  void handleObject(QPDFObjectHandle object, size_t, size_t) override {
    if (object.isOperator()) {
      perform(object.getOperatorValue());
      operands_.clear();
    } else if (operands_.size() < longest_operand_list) {
      operands_.push_back(object);
    }
  }
  void handleEOF() override {}

  void finish(const Box& page_box) {
    for (std::size_t i = 0; i < marks_.size(); ++i) {
      if (!marks_[i].is_text) continue;
      PdfText& text = marks_[i].text;
      if (text.look == PdfTextLook::plain) text.look = look_of(i, page_box);
      if (painting_.facts.texts.size() >= painting_.budget.limits().most_texts) throw PdfLimitReached("the document has more pieces of text than the limit");
      painting_.facts.texts.push_back(std::move(text));
    }
  }

 private:
  [[nodiscard]] double number(std::size_t index) {
    if (index >= operands_.size() || !operands_[index].isNumber()) return 0;
    const double value = operands_[index].getNumericValue();
    return std::isfinite(value) ? std::clamp(value, -1e8, 1e8) : 0;
  }
  [[nodiscard]] QPDFObjectHandle resource(const char* kind, QPDFObjectHandle name) {
    if (!resources_.isDictionary() || !name.isName()) return QPDFObjectHandle::newNull();
    auto group = resources_.getKey(kind);
    return group.isDictionary() ? group.getKey(name.getName()) : QPDFObjectHandle::newNull();
  }
  [[nodiscard]] QPDFObjectHandle last() const { return operands_.empty() ? QPDFObjectHandle::newNull() : operands_.back(); }

  void perform(const std::string& operation) {
    if (painting_.facts.operators.size() < most_operators) painting_.facts.operators.insert(operation);
    if (perform_state(operation) || perform_colour(operation) || perform_path(operation) || perform_text(operation)) return;
    if (operation == "Do") paint_object(resource("/XObject", last()));
    else if (operation == "INLINE" || operation == "EI") add_picture();
    else if (operation == "BDC") begin_marked(operands_.size() > 1 ? operands_[1] : last(), operands_.empty() ? QPDFObjectHandle::newNull() : operands_[0]);
    else if (operation == "BMC") marked_.push_back(marked_.empty() ? MarkedContent{} : marked_.back());
    else if (operation == "EMC" && !marked_.empty()) marked_.pop_back();
  }

  bool perform_state(const std::string& operation) {
    if (operation == "q") {
      if (stack_.size() < 256) stack_.push_back(state_);
    } else if (operation == "Q") {
      if (!stack_.empty()) state_ = stack_.back(), stack_.pop_back();
    } else if (operation == "cm") {
      state_.matrix.concat(QPDFMatrix(number(0), number(1), number(2), number(3), number(4), number(5)));
    } else if (operation == "gs") {
      auto graphics = resource("/ExtGState", last());
      if (graphics.isDictionary() && graphics.getKey("/ca").isNumber()) state_.alpha = graphics.getKey("/ca").getNumericValue();
    } else {
      return false;
    }
    return true;
  }

  bool perform_colour(const std::string& operation) {
    if (operation == "g") state_.fill = {number(0), number(0), number(0)}, state_.fill_is_known = true;
    else if (operation == "rg") state_.fill = {number(0), number(1), number(2)}, state_.fill_is_known = true;
    else if (operation == "k") {
      const double black = number(3);
      state_.fill = {(1 - number(0)) * (1 - black), (1 - number(1)) * (1 - black), (1 - number(2)) * (1 - black)};
      state_.fill_is_known = true;
    } else if (operation == "cs") state_.fill = {0, 0, 0}, state_.fill_is_known = true;
    else if (operation == "sc" || operation == "scn") {
      state_.fill_is_known = operands_.size() == 1 || operands_.size() == 3;
      if (operands_.size() == 1) state_.fill = {number(0), number(0), number(0)};
      else state_.fill = {number(0), number(1), number(2)};
    } else {
      return false;
    }
    return true;
  }

  bool perform_path(const std::string& operation) {
    if (operation == "re") {
      add_point(number(0), number(1));
      add_point(number(0) + number(2), number(1) + number(3));
      add_point(number(0) + number(2), number(1));
      add_point(number(0), number(1) + number(3));
    } else if (operation == "m" || operation == "l") add_point(number(0), number(1));
    else if (operation == "c" || operation == "v" || operation == "y") {
      for (std::size_t i = 0; i + 1 < operands_.size(); i += 2) add_point(number(i), number(i + 1));
    } else if (operation == "f" || operation == "F" || operation == "f*" || operation == "B" || operation == "B*" || operation == "b" || operation == "b*") {
      if (!path_.is_empty() && state_.alpha > 0.95) add_mark({path_, false, state_.fill, state_.fill_is_known, {}});
      path_ = {};
    } else if (operation == "S" || operation == "s" || operation == "n") path_ = {};
    else return false;
    return true;
  }

  bool perform_text(const std::string& operation) {
    if (operation == "BT") text_matrix_ = line_matrix_ = QPDFMatrix();
    else if (operation == "Tf") {
      state_.font_size = number(1);
      state_.font = operands_.empty() ? nullptr : font_of(resource("/Font", operands_[0]));
    } else if (operation == "Tr") state_.render_mode = static_cast<long>(number(0));
    else if (operation == "Tc") state_.spacing = number(0);
    else if (operation == "Tw") state_.word_spacing = number(0);
    else if (operation == "Tz") state_.scale = number(0) / 100;
    else if (operation == "Ts") state_.rise = number(0);
    else if (operation == "TL") state_.leading = number(0);
    else if (operation == "Tm") text_matrix_ = line_matrix_ = QPDFMatrix(number(0), number(1), number(2), number(3), number(4), number(5));
    else if (operation == "Td") next_line(number(0), number(1));
    else if (operation == "TD") state_.leading = -number(1), next_line(number(0), number(1));
    else if (operation == "T*") next_line(0, -state_.leading);
    else if (operation == "Tj") show(last());
    else if (operation == "'") next_line(0, -state_.leading), show(last());
    else if (operation == "\"") next_line(0, -state_.leading), show(last());
    else if (operation == "TJ") show_pieces(last());
    else return false;
    return true;
  }

  void next_line(double x, double y) {
    line_matrix_.concat(QPDFMatrix(1, 0, 0, 1, x, y));
    text_matrix_ = line_matrix_;
  }

  void add_point(double x, double y) {
    double page_x = 0, page_y = 0;
    state_.matrix.transform(x, y, page_x, page_y);
    path_.add(page_x, page_y);
  }

  std::shared_ptr<PdfFont> font_of(QPDFObjectHandle font) {
    if (!font.isDictionary()) return nullptr;
    const auto key = font.getObjGen();
    if (key.isIndirect()) {
      auto& known = fonts_[key];
      if (!known) known = std::make_shared<PdfFont>(font, painting_.budget);
      return known;
    }
    return std::make_shared<PdfFont>(font, painting_.budget);
  }

  void show_pieces(QPDFObjectHandle array) {
    if (!array.isArray()) return;
    std::string codes;
    const int count = array.getArrayNItems();
    for (int i = 0; i < count; ++i) {
      auto item = array.getArrayItem(i);
      if (item.isString()) codes += item.getStringValue();
    }
    show_codes(codes);
  }
  void show(QPDFObjectHandle text) {
    if (text.isString()) show_codes(text.getStringValue());
  }

  void show_codes(const std::string& codes) {
    if (codes.empty()) return;
    const std::size_t bytes = state_.font ? state_.font->bytes_a_code() : 1;
    const double glyphs = static_cast<double>(codes.size()) / static_cast<double>(bytes);
    // Half an em a glyph is near enough to tell a covered or distant text.
    const double width = std::max(glyphs * (0.5 * state_.font_size + state_.spacing) * state_.scale, 0.01);
    QPDFMatrix matrix = state_.matrix;
    matrix.concat(text_matrix_);
    Box box;
    const std::array<std::pair<double, double>, 4> corners{{{0, 0}, {width, 0}, {0, 0.7 * state_.font_size}, {width, 0.7 * state_.font_size}}};
    for (const auto& [x, y] : corners) {
      double page_x = 0, page_y = 0;
      matrix.transform(x, y + state_.rise, page_x, page_y);
      box.add(page_x, page_y);
    }
    text_matrix_.concat(QPDFMatrix(1, 0, 0, 1, width, 0));
    Mark mark{box, true, state_.fill, state_.fill_is_known, {page_, PdfTextLook::plain, state_.font ? state_.font->text_of(codes) : std::string(), {}}};
    if (mark.text.text.empty()) painting_.facts.has_unknown_text = true;
    if (!marked_.empty()) mark.text.replacement = marked_.back().replacement;
    const double height = std::hypot(matrix.c, matrix.d) * state_.font_size;
    if (!marked_.empty() && marked_.back().switched_off) mark.text.look = PdfTextLook::switched_off;
    else if (state_.render_mode == 3 || state_.render_mode == 7 || state_.alpha < 0.02) mark.text.look = PdfTextLook::not_painted;
    else if (std::abs(height) < tiny_points) mark.text.look = PdfTextLook::tiny;
    add_mark(std::move(mark));
  }

  void add_mark(Mark mark) {
    if (marks_.size() >= painting_.budget.limits().most_marks_a_page) throw PdfLimitReached("a page paints more things than the limit");
    if (!mark.is_text) grounds_.push_back(marks_.size());
    marks_.push_back(std::move(mark));
  }

  void add_picture() {
    Box box;
    for (const double x : {0.0, 1.0}) {
      for (const double y : {0.0, 1.0}) {
        double page_x = 0, page_y = 0;
        state_.matrix.transform(x, y, page_x, page_y);
        box.add(page_x, page_y);
      }
    }
    if (state_.alpha > 0.95) add_mark({box, false, {}, false, {}});
  }

  void paint_object(QPDFObjectHandle object) {
    if (!object.isStream()) return;
    auto dictionary = object.getDict();
    auto subtype = dictionary.getKey("/Subtype");
    if (subtype.isName() && subtype.getName() == "/Image") {
      // A picture with a mask lets what lies under it be seen.
      if (dictionary.getKey("/SMask").isNull() && dictionary.getKey("/Mask").isNull() && dictionary.getKey("/ImageMask").isNull()) add_picture();
    } else if (subtype.isName() && subtype.getName() == "/Form") {
      auto layer = dictionary.getKey("/OC");
      marked_.push_back({is_off(layer) || (!marked_.empty() && marked_.back().switched_off), marked_.empty() ? std::string() : marked_.back().replacement});
      const auto content = expanded(object, painting_.budget);
      const State before = state_;
      auto matrix = dictionary.getKey("/Matrix");
      if (matrix.isMatrix()) state_.matrix.concat(QPDFMatrix(matrix.getArrayAsMatrix()));
      auto own = dictionary.getKey("/Resources");
      if (content) follow(object, own.isDictionary() ? own : resources_, *content);
      else painting_.facts.unread.push_back("a form on page " + std::to_string(page_) + " cannot be expanded");
      state_ = before;
      marked_.pop_back();
    }
  }

  [[nodiscard]] bool is_off(QPDFObjectHandle layer) const {
    if (!layer.isDictionary()) return false;
    if (painting_.layers_off.contains(layer.getObjGen().unparse(' '))) return true;
    auto members = layer.getKey("/OCGs");  // a membership dictionary: off when one of its groups is
    if (members.isDictionary()) return painting_.layers_off.contains(members.getObjGen().unparse(' '));
    for (int i = 0; members.isArray() && i < members.getArrayNItems(); ++i) {
      if (painting_.layers_off.contains(members.getArrayItem(i).getObjGen().unparse(' '))) return true;
    }
    return false;
  }

  void begin_marked(QPDFObjectHandle properties, QPDFObjectHandle tag) {
    MarkedContent content = marked_.empty() ? MarkedContent{} : marked_.back();
    if (properties.isName()) properties = resource("/Properties", properties);
    if (tag.isName() && tag.getName() == "/OC" && is_off(properties)) content.switched_off = true;
    if (properties.isDictionary() && properties.getKey("/ActualText").isString()) content.replacement = properties.getKey("/ActualText").getUTF8Value();
    marked_.push_back(std::move(content));
  }

  [[nodiscard]] PdfTextLook look_of(std::size_t index, const Box& page_box) {
    const Mark& mark = marks_[index];
    if (mark.box.is_apart_from(page_box)) return PdfTextLook::off_page;
    Colour ground{1, 1, 1};
    bool ground_is_known = true;
    const auto above = std::lower_bound(grounds_.begin(), grounds_.end(), index);
    compared_ += grounds_.size();
    if (compared_ > painting_.budget.limits().most_comparisons_a_page) throw PdfLimitReached("a page paints more things over each other than the limit");
    for (auto below = above; below != grounds_.begin();) {
      const Mark& candidate = marks_[*--below];
      if (!candidate.box.holds(mark.box)) continue;
      ground = candidate.colour;
      ground_is_known = candidate.colour_is_known;
      break;
    }
    const auto is_near = [&] {
      return std::equal(ground.begin(), ground.end(), mark.colour.begin(), [](double a, double b) { return std::abs(a - b) < near_colour; });
    };
    if (ground_is_known && mark.colour_is_known && is_near()) return PdfTextLook::colour_of_ground;
    const bool is_covered = std::any_of(above, grounds_.end(), [&](std::size_t i) { return marks_[i].box.holds(mark.box); });
    return is_covered ? PdfTextLook::covered : PdfTextLook::plain;
  }

  std::size_t page_;
  PdfPainting& painting_;
  QPDFObjectHandle resources_ = QPDFObjectHandle::newNull();
  std::vector<QPDFObjectHandle> operands_;
  State state_;
  std::vector<State> stack_;
  QPDFMatrix text_matrix_, line_matrix_;
  Box path_;
  std::vector<Mark> marks_;
  std::vector<std::size_t> grounds_;  ///< the marks that are no text, in order
  std::uint64_t compared_ = 0;
  std::vector<MarkedContent> marked_;
  std::map<QPDFObjGen, std::shared_ptr<PdfFont>> fonts_;
  int depth_ = 0;
};

QPDFObjectHandle inherited(QPDFObjectHandle page, const char* key) {
  for (int depth = 0; depth < 64 && page.isDictionary(); ++depth, page = page.getKey("/Parent")) {
    if (!page.getKey(key).isNull()) return page.getKey(key);
  }
  return QPDFObjectHandle::newNull();
}

Box page_box(QPDFObjectHandle page) {
  Box box;
  auto array = inherited(page, "/CropBox");
  if (!array.isRectangle()) array = inherited(page, "/MediaBox");
  if (!array.isRectangle()) return {0, 0, 612, 792};
  auto rectangle = array.getArrayAsRectangle();
  box.add(rectangle.llx, rectangle.lly);
  box.add(rectangle.urx, rectangle.ury);
  return box;
}

}  // namespace

void follow_page(QPDFObjectHandle page, std::size_t number, PdfPainting& painting) {
  std::string content;
  auto contents = page.getKey("/Contents");
  const auto add = [&](QPDFObjectHandle stream) {
    if (!stream.isStream()) return;
    if (const auto text = expanded(stream, painting.budget)) content += *text + "\n";
    else painting.facts.unread.push_back("the content of page " + std::to_string(number) + " cannot be expanded");
  };
  if (contents.isArray()) {
    for (int i = 0; i < contents.getArrayNItems(); ++i) add(contents.getArrayItem(i));
  } else {
    add(contents);
  }
  PageFollower follower(number, painting);
  follower.follow(page, inherited(page, "/Resources"), content);
  follower.finish(page_box(page));
}

}  // namespace candour::formats::detail
