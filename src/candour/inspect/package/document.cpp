#include <candour/inspect/package/document.hpp>

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace candour::inspect {
namespace {

constexpr long tiny_half_points = 8;
constexpr std::size_t most_sample_bytes = 4'096;

bool is_on(const formats::XmlAttributes& attributes) {
  const auto value = attributes.find("w:val");
  return !value || (*value != "0" && *value != "false" && *value != "off");
}

/// Colours by their digits, in capitals; the names of highlighters by theirs. What stands for white and for the window's own black is made one.
std::string shade_of(std::string_view colour) {
  std::string shade(colour);
  std::transform(shade.begin(), shade.end(), shade.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c & ~0x20) : c; });
  constexpr std::pair<std::string_view, std::string_view> names[] = {{"WHITE", "FFFFFF"},  {"FEFEFE", "FFFFFF"}, {"BLACK", "000000"}, {"AUTO", "000000"},
                                                                     {"YELLOW", "FFFF00"}, {"RED", "FF0000"},    {"BLUE", "0000FF"},  {"GREEN", "00FF00"},
                                                                     {"CYAN", "00FFFF"},   {"MAGENTA", "FF00FF"}};
  for (const auto& [name, digits] : names) {
    if (shade == name) return std::string(digits);
  }
  return shade;
}

}  // namespace

void DocumentHandler::on_start(std::string_view name, const formats::XmlAttributes& attributes) {
  if (name == "w:p") ++paragraph_;
  else if (name == "w:r") run_.emplace(Run{});
  else if (name == "w:rPr") in_run_properties_ = true;
  else if (in_run_properties_) start_run_property(name, attributes);
  else if (name == "w:t" || name == "w:delText" || name == "w:instrText") in_run_text_ = true;
  else start_drawing(name, attributes);
  for (const auto& attribute : attributes.all()) {
    if (attribute.name.starts_with("w:rsid")) inspection_.at(FindingKind::revision_identifier, place_).add(attribute.name, attribute.value);
  }
  scanner_.on_start(name, attributes);
}

void DocumentHandler::start_run_property(std::string_view name, const formats::XmlAttributes& attributes) {
  // Outside a run the properties belong to a paragraph mark or a style: a style that hides is a finding where it is defined.
  Run outside;
  Run& run = run_ ? *run_ : outside;
  if (name == "w:vanish" || name == "w:webHidden" || name == "w:specVanish") run.vanishes = run.vanishes || is_on(attributes);
  else if (name == "w:color") run.colour = shade_of(attributes.get("w:val"));
  else if (name == "w:sz") run.is_tiny = std::strtol(std::string(attributes.get("w:val")).c_str(), nullptr, 10) < tiny_half_points;
  else if (name == "w:shd" && attributes.get("w:fill") != "auto") run.ground = shade_of(attributes.get("w:fill"));
  else if (name == "w:highlight" && attributes.get("w:val") != "none") run.ground = shade_of(attributes.get("w:val"));
  if (!run_ && outside.vanishes && scanner_.root() == "w:styles") inspection_.at(FindingKind::hidden_text, place_).add("style", "");
}

void DocumentHandler::start_drawing(std::string_view name, const formats::XmlAttributes& attributes) {
  if (name == "wp:anchor") {
    const std::string_view behind = attributes.get("behindDoc");
    drawing_is_in_front_ = behind.empty() || behind == "0" || behind == "false";
  }
  if (name == "wp:wrapNone" && drawing_is_in_front_) inspection_.at(FindingKind::covered_text, place_).add("paragraph " + std::to_string(paragraph_), "");
  if (name != "xdr:cNvPr" && name != "wp:docPr" && name != "pic:cNvPr" && name != "wps:cNvPr") return;
  const std::string_view hidden = attributes.get("hidden");
  const std::string_view where = name == "wp:docPr" ? "w:drawing" : name;
  if (hidden == "1" || hidden == "true") inspection_.at(FindingKind::hidden_shape, place_).add(where, attributes.get("name"));
  for (const char* text : {"descr", "title"}) {
    if (!attributes.get(text).empty()) inspection_.at(FindingKind::alternative_text, place_).add(where, attributes.get(text));
  }
}

void DocumentHandler::on_text(std::string_view text) {
  if (run_ && in_run_text_ && run_->text.size() < most_sample_bytes) run_->text += text;  // for the sample; the scanner sees all
  scanner_.on_text(text);
}

void DocumentHandler::on_end(std::string_view name) {
  if (name == "w:rPr") in_run_properties_ = false;
  else if (name == "w:t" || name == "w:delText" || name == "w:instrText") in_run_text_ = false;
  else if (name == "w:r") end_run();
  scanner_.on_end(name);
}

void DocumentHandler::end_run() {
  if (!run_) return;
  const std::string where = "paragraph " + std::to_string(paragraph_);
  if (run_->vanishes) inspection_.at(FindingKind::hidden_text, place_).add(where, run_->text);
  else if (!run_->text.empty() && (run_->colour == run_->ground || run_->is_tiny)) inspection_.at(FindingKind::invisible_text, place_).add(where, run_->text);
  run_.reset();
}

}  // namespace candour::inspect
