// The letter as HTML.

#include <candour/base/base64.hpp>
#include <candour/release/html_data.hpp>
#include <candour/release/letter.hpp>

namespace candour::release {
namespace {

// One mustache object a block; the template asks which of its flags is set.
class BlockData {
 public:
  HtmlData operator()(const LetterHeading& heading) const { return flagged(heading.level == 3 ? "is_heading_3" : "is_heading_2", heading.text); }
  HtmlData operator()(const LetterParagraph& paragraph) const {
    return flagged(paragraph.weight == LetterParagraph::Weight::bold ? "is_mark" : "is_paragraph", paragraph.text);
  }
  HtmlData operator()(const LetterQuote& quote) const { return listed("is_quote", quote.paragraphs); }
  HtmlData operator()(const LetterList& list) const { return listed("is_list", list.items); }
  HtmlData operator()(const LetterLegend& legend) const {
    HtmlData data;
    data.set("is_legend", true);
    HtmlData symbols{HtmlData::type::list};
    for (const SymbolMeaning& one : legend.symbols) {
      HtmlData line;
      line.set("symbol", one.symbol);
      line.set("meaning", one.meaning);
      symbols << line;
    }
    data.set("legend", symbols);
    return data;
  }
  HtmlData operator()(const LetterTable& table) const {
    HtmlData data;
    data.set("is_table", true);
    data.set("grids", grids_data(*table.table));
    return data;
  }

 private:
  static HtmlData flagged(const char* flag, const std::string& text) {
    HtmlData data;
    data.set(flag, true);
    data.set("text", text);
    return data;
  }
  static HtmlData listed(const char* flag, const std::vector<std::string>& texts) {
    HtmlData data;
    data.set(flag, true);
    data.set("texts", list_of_texts(texts));
    return data;
  }
};

// The page carries its pictures, so that it can be sent alone.
void set_picture(HtmlData& data, const std::string& name, const std::optional<LetterPicture>& picture) {
  data.set("has_" + name, picture.has_value());
  if (!picture) return;
  data.set(name + "_data", base::to_base64(picture->bytes));
  data.set(name + "_text", picture->text);
}

}  // namespace

std::string letter_html(const Letter& letter) {
  HtmlData data = letter_data(letter.title, letter.reference, letter.authority, letter.approval);
  set_picture(data, "crest", letter.pictures.crest);
  set_picture(data, "signature", letter.pictures.signature);
  data.set("from", letter.from);
  data.set("to", letter.to);
  data.set("date", letter.date);
  data.set("salutation", letter.salutation);
  HtmlData blocks{HtmlData::type::list};
  for (const LetterBlock& block : letter.blocks) blocks << std::visit(BlockData(), block);
  data.set("blocks", blocks);
  data.set("closing", letter.closing);
  data.set("signer", letter.signer);
  data.set("has_contact", !letter.contact.empty());
  data.set("contact", letter.contact);
  data.set("has_footer", !letter.footer.empty());
  data.set("footer", letter.footer);
  return filled("letter.html", data);
}

}  // namespace candour::release
