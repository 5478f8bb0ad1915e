#include <candour/formats/mail_message.hpp>

#include <candour/base/text.hpp>

#include <libxml/HTMLparser.h>

#include <fmt/format.h>

#include <array>
#include <memory>
#include <string_view>

namespace candour::formats {
namespace {

struct FreeDocument {
  void operator()(xmlDoc* document) const { xmlFreeDoc(document); }
};

constexpr std::array blocks{"p",  "div", "br", "li", "ul", "ol", "table", "tr",      "blockquote", "h1",     "h2",    "h3",
                            "h4", "h5",  "h6", "hr", "dt", "dd", "pre",   "section", "article",    "header", "footer"};
constexpr std::array unseen{"style", "script", "head", "title", "template"};

template <std::size_t n>
bool is_one_of(std::string_view name, const std::array<const char*, n>& names) {
  for (const char* each : names)
    if (name == each) return true;
  return false;
}

/// Walks the tree without recursion: a hostile page can be as deep as it likes.
class Writer {
 public:
  void enter(const xmlNode* node) {
    if (node->type == XML_TEXT_NODE && hidden_ == 0) return add(reinterpret_cast<const char*>(node->content));
    if (node->type != XML_ELEMENT_NODE) return;
    const std::string_view name(reinterpret_cast<const char*>(node->name));
    if (is_one_of(name, unseen)) ++hidden_;
    if (name == "blockquote") ++quoted_;
    if (is_one_of(name, blocks)) begin_line(name == "p" || name == "ol" || name == "ul" || name == "blockquote");
    if (name == "ol") counters_.push_back(0);
    if (name == "ul") counters_.push_back(-1);
    if (name == "li") line_ = counters_.empty() || counters_.back() < 0 ? "- " : fmt::format("{}. ", ++counters_.back());
  }
  void leave(const xmlNode* node) {
    if (node->type != XML_ELEMENT_NODE) return;
    const std::string_view name(reinterpret_cast<const char*>(node->name));
    if (is_one_of(name, blocks) && name != "br") begin_line(name == "p" || name == "ol" || name == "ul");
    if (is_one_of(name, unseen)) --hidden_;
    if (name == "blockquote") --quoted_;
    if ((name == "ol" || name == "ul") && !counters_.empty()) counters_.pop_back();
  }
  std::string text() {
    begin_line(false);
    return std::move(text_);
  }

 private:
  void add(std::string_view words) {
    for (const char c : words) {
      const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
      if (!blank) line_ += c;
      else if (!line_.empty() && line_.back() != ' ') line_ += ' ';
    }
  }
  void begin_line(bool with_gap) {
    const std::string_view line = base::trimmed(line_);
    if (!line.empty()) text_ += (quoted_ > 0 ? "> " : "") + std::string(line) + "\n";
    line_.clear();
    if (with_gap && !text_.empty() && !text_.ends_with("\n\n")) text_ += "\n";
  }
  std::string text_, line_;
  std::vector<int> counters_;
  int hidden_ = 0, quoted_ = 0;
};

}  // namespace

std::string text_of_html(std::string_view html) {
  if (base::trimmed(html).empty()) return {};
  const std::unique_ptr<xmlDoc, FreeDocument> document(htmlReadMemory(html.data(), static_cast<int>(html.size()), nullptr, "UTF-8",
                                                                      HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET));
  if (!document) return {};
  Writer writer;
  const xmlNode* node = xmlDocGetRootElement(document.get());
  while (node != nullptr) {
    writer.enter(node);
    if (node->children != nullptr && node->type == XML_ELEMENT_NODE) {
      node = node->children;
      continue;
    }
    writer.leave(node);
    while (node != nullptr && node->next == nullptr) {
      node = node->parent;
      if (node != nullptr) writer.leave(node);
    }
    if (node != nullptr) node = node->next;
  }
  return writer.text();
}

}  // namespace candour::formats
