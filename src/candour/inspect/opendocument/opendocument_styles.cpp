#include <candour/inspect/opendocument/opendocument_styles.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <utility>

namespace candour::inspect {
namespace {

constexpr double tiny_points = 4.0;
constexpr double flat_points = 1.0;
constexpr int near_colour = 24;
constexpr int deepest_parent = 32;

std::string key_of(std::string_view family, std::string_view name) { return std::string(family) + " " + std::string(name); }

/// Gives a length in points; nothing for percentages and words.
std::optional<double> to_points(std::string_view text) {
  double value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec != std::errc()) return std::nullopt;
  const std::string_view unit(read.ptr, static_cast<std::size_t>(text.data() + text.size() - read.ptr));
  if (unit == "pt") return value;
  if (unit == "in") return value * 72;
  if (unit == "cm") return value * 72 / 2.54;
  if (unit == "mm") return value * 72 / 25.4;
  if (unit == "px") return value * 0.75;
  return std::nullopt;
}

std::optional<std::array<int, 3>> to_channels(std::string_view colour) {
  if (colour.size() != 7 || colour.front() != '#') return std::nullopt;
  std::array<int, 3> channels{};
  for (std::size_t i = 0; i < 3; ++i) {
    const auto pair = colour.substr(1 + 2 * i, 2);
    if (std::from_chars(pair.data(), pair.data() + 2, channels.at(i), 16).ec != std::errc()) return std::nullopt;
  }
  return channels;
}

bool are_near(std::string_view a, std::string_view b) {
  const auto first = to_channels(a), second = to_channels(b);
  if (!first || !second) return false;
  for (std::size_t i = 0; i < 3; ++i) {
    if (std::abs(first->at(i) - second->at(i)) > near_colour) return false;
  }
  return true;
}

bool is_number_style(std::string_view name) { return name.starts_with("number:") && name.ends_with("-style"); }

}  // namespace

void OpenDocumentStyles::on_start(std::string_view name, const formats::XmlAttributes& attributes) {
  if (name == "style:style" || name == "style:default-style") {
    Style& style = styles_[key_of(attributes.get("style:family"), attributes.get("style:name"))];
    style.parent = attributes.get("style:parent-style-name");
    style.format = attributes.get("style:data-style-name");
    current_ = &style;
  } else if (is_number_style(name)) {
    current_format_ = &formats_[std::string(attributes.get("style:name"))];
    current_format_->is_text = name == "number:text-style";
  } else if (current_format_ != nullptr) {
    if (name == "style:map") {
      const std::string_view condition = attributes.get("style:condition");
      const std::string target(attributes.get("style:apply-style-name"));
      if (condition.find("<0") != std::string_view::npos) current_format_->map_for_negative = target;
      else if (condition.find("=0") != std::string_view::npos && condition.find('>') == std::string_view::npos) current_format_->map_for_zero = target;
      else current_format_->map_for_other = target;
    } else if (name == "number:text") in_format_text_ = true;
    else if (name.starts_with("number:") && name != "number:fill-character") current_format_->shows_something = true;
  } else if (current_ != nullptr) {
    read_properties(name, attributes);
  }
}

void OpenDocumentStyles::read_properties(std::string_view name, const formats::XmlAttributes& attributes) {
  if (!name.starts_with("style:") || !name.ends_with("-properties")) return;
  const auto flat = [&](std::string_view attribute) {
    const auto value = attributes.find(attribute);
    const auto points = value ? to_points(*value) : std::nullopt;
    return points && *points < flat_points;
  };
  if (attributes.get("table:display") == "false") current_->not_displayed = true;
  if (attributes.get("text:display") == "none") current_->is_switched_off = true;
  if (flat("style:column-width") || flat("style:row-height")) current_->is_flat = true;
  const std::string_view protection = attributes.get("style:cell-protect");
  if (protection.find("hidden") != std::string_view::npos) current_->hides_formula = true;
  if (const auto colour = attributes.find("fo:color"); colour && attributes.get("style:use-window-font-color") != "true") current_->colour = *colour;
  if (const auto ground = attributes.find("fo:background-color")) current_->ground = *ground;
  if (const auto size = attributes.find("fo:font-size")) {
    if (const auto points = to_points(*size)) current_->points = points;
  }
}

void OpenDocumentStyles::on_end(std::string_view name) {
  if (name == "style:style" || name == "style:default-style") current_ = nullptr;
  else if (is_number_style(name)) current_format_ = nullptr;
  else if (name == "number:text") in_format_text_ = false;
}

void OpenDocumentStyles::on_text(std::string_view text) {
  if (in_format_text_ && current_format_ != nullptr && text.find_first_not_of(' ') != std::string_view::npos) current_format_->shows_something = true;
}

const OpenDocumentStyles::Style* OpenDocumentStyles::find(std::string_view family, std::string_view name) const {
  const auto at = styles_.find(key_of(family, name));
  return at == styles_.end() ? nullptr : &at->second;
}

template <class Get>
auto OpenDocumentStyles::inherited(std::string_view family, std::string_view name, Get get) const -> decltype(get(std::declval<const Style&>())) {
  std::string current(name);
  for (int depth = 0; depth < deepest_parent; ++depth) {
    const Style* style = find(family, current);
    if (style == nullptr) break;
    if (auto value = get(*style)) return value;
    if (style->parent.empty()) break;
    current = style->parent;
  }
  return {};
}

bool OpenDocumentStyles::hides_table(std::string_view style) const {
  return inherited("table", style, [](const Style& each) { return each.not_displayed; });
}

bool OpenDocumentStyles::is_flat(std::string_view family, std::string_view style) const {
  const Style* found = find(family, style);
  return found != nullptr && found->is_flat;
}

bool OpenDocumentStyles::is_switched_off(std::string_view family, std::string_view style) const {
  return inherited(family, style, [](const Style& each) { return each.is_switched_off; });
}

bool OpenDocumentStyles::is_invisible(std::string_view family, std::string_view style) const {
  const auto points = inherited(family, style, [](const Style& each) { return each.points; });
  if (points && *points < tiny_points) return true;
  const auto colour = inherited(family, style, [](const Style& each) { return each.colour; });
  const auto ground = inherited(family, style, [](const Style& each) { return each.ground; });
  return colour && are_near(*colour, !ground || *ground == "transparent" ? "#ffffff" : *ground);
}

bool OpenDocumentStyles::format_shows(const std::string& name) const {
  const auto at = formats_.find(name);
  return at == formats_.end() || at->second.shows_something;
}

bool OpenDocumentStyles::shows_nothing(std::string_view cell_style, std::string_view text, CellContent content) const {
  const auto name =
      inherited("table-cell", cell_style, [](const Style& each) { return each.format.empty() ? std::nullopt : std::optional<std::string>(each.format); });
  if (!name || text.empty()) return false;
  const auto at = formats_.find(*name);
  if (at == formats_.end()) return false;
  const Format& format = at->second;
  if (content != CellContent::number) return format.is_text && !format.shows_something;
  const bool is_zero = text.find_first_of("123456789") == std::string_view::npos;
  const std::string& mapped = text.front() == '-' && !is_zero           ? format.map_for_negative
                              : is_zero && !format.map_for_zero.empty() ? format.map_for_zero
                                                                        : format.map_for_other;
  // A mapped format applies where its condition holds; where none is mapped the format itself does.
  if (!mapped.empty()) return !format_shows(mapped);
  return !format.shows_something && !format.is_text;
}

bool OpenDocumentStyles::hides_formula(std::string_view cell_style) const {
  return inherited("table-cell", cell_style, [](const Style& each) { return each.hides_formula; });
}

}  // namespace candour::inspect
