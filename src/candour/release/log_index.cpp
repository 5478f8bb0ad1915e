#include <candour/release/log_index.hpp>

#include <candour/release/html_data.hpp>
#include <candour/release/templates.hpp>

namespace candour::release {

std::string log_index_html(const std::string& publisher, const std::vector<IndexedAnswer>& answers) {
  HtmlData data;
  data.set("style", std::string(template_text("style.css")));
  data.set("authority", publisher);
  data.set("has_answers", !answers.empty());
  HtmlData list{HtmlData::type::list};
  for (const IndexedAnswer& one : answers) {
    HtmlData line;
    line.set("address", one.address);
    line.set("reference", one.reference);
    line.set("title", one.title);
    line.set("answered", one.answered);
    line.set("outcome_code", one.outcome);
    line.set("outcome_label", one.outcome_label);
    list << line;
  }
  data.set("answers", list);
  return filled("log.html", data);
}

}  // namespace candour::release
