#include <candour/inspect/sheets/cell_styles.hpp>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <optional>

namespace candour::inspect {
namespace {

constexpr double tiny_points = 4.0;
constexpr int near_colour = 24;  // a difference in each channel that no eye tells apart on a screen

struct Colour {
  int red = 0, green = 0, blue = 0;
};
constexpr Colour white{255, 255, 255};

bool are_near(Colour a, Colour b) {
  return std::abs(a.red - b.red) <= near_colour && std::abs(a.green - b.green) <= near_colour && std::abs(a.blue - b.blue) <= near_colour;
}

std::optional<Colour> parse_colour(std::string_view hex) {
  if (hex.size() == 8) hex.remove_prefix(2);
  if (hex.size() != 6) return std::nullopt;
  const long value = std::strtol(std::string(hex).c_str(), nullptr, 16);
  return Colour{static_cast<int>((value >> 16) & 255), static_cast<int>((value >> 8) & 255), static_cast<int>(value & 255)};
}

/// Theme colours in the order in which cell formats count them: light 1, dark 1, light 2, dark 2, accents.
std::vector<Colour> theme_colours(const pugi::xml_node& theme) {
  const auto scheme = theme.child("a:themeElements").child("a:clrScheme");
  std::vector<Colour> out;
  for (const char* name :
       {"a:lt1", "a:dk1", "a:lt2", "a:dk2", "a:accent1", "a:accent2", "a:accent3", "a:accent4", "a:accent5", "a:accent6", "a:hlink", "a:folHlink"}) {
    const auto node = scheme.child(name);
    auto colour = parse_colour(node.child("a:srgbClr").attribute("val").value());
    if (!colour) colour = parse_colour(node.child("a:sysClr").attribute("lastClr").value());
    out.push_back(colour.value_or(out.empty() ? white : Colour{}));
  }
  return out;
}

Colour tinted(Colour colour, double tint) {
  const auto channel = [&](int value) { return static_cast<int>(std::lround(tint < 0 ? value * (1 + tint) : value + (255 - value) * tint)); };
  return {channel(colour.red), channel(colour.green), channel(colour.blue)};
}

/// The first colours of the old palette; later ones are seldom used and count as visible.
std::optional<Colour> indexed_colour(int index) {
  constexpr std::array<Colour, 8> palette{{{0, 0, 0}, {255, 255, 255}, {255, 0, 0}, {0, 255, 0}, {0, 0, 255}, {255, 255, 0}, {255, 0, 255}, {0, 255, 255}}};
  if (index == 65) return white;  // the window's ground
  if (index == 64) return Colour{};
  if (index < 0 || index > 15) return std::nullopt;
  return palette.at(static_cast<std::size_t>(index % 8));
}

std::optional<Colour> colour_of(const pugi::xml_node& node, const std::vector<Colour>& theme) {
  if (!node || node.attribute("auto").as_bool()) return std::nullopt;
  std::optional<Colour> colour;
  if (const auto rgb = node.attribute("rgb")) colour = parse_colour(rgb.value());
  else if (const auto index = node.attribute("indexed")) colour = indexed_colour(index.as_int());
  else if (const auto number = node.attribute("theme"); number && number.as_uint() < theme.size()) colour = theme[number.as_uint()];
  if (colour && node.attribute("tint")) return tinted(*colour, node.attribute("tint").as_double());
  return colour;
}

struct Parts {
  std::vector<std::optional<Colour>> font_colours;
  std::vector<bool> font_is_tiny;
  std::vector<Colour> grounds;
  std::map<unsigned, std::string> formats;
};

enum class FillOf { cell, differential };

Colour ground_of(const pugi::xml_node& fill, const std::vector<Colour>& theme, FillOf holder) {
  const bool differential = holder == FillOf::differential;
  const auto pattern = fill.child("s:patternFill");
  const std::string_view kind = pattern.attribute("patternType").value();
  if (kind == "none" || (kind.empty() && !differential)) return white;
  // A differential fill keeps its colour in bgColor, a cell's solid fill in fgColor.
  const auto colour = colour_of(pattern.child(differential && pattern.child("s:bgColor") ? "s:bgColor" : "s:fgColor"), theme);
  return colour.value_or(white);
}

bool is_tiny(const pugi::xml_node& font) {
  const auto size = font.child("s:sz").attribute("val");
  return size && size.as_double() < tiny_points;
}

}  // namespace

CellStyles::CellStyles(const pugi::xml_node& style_sheet, const pugi::xml_node& theme) {
  const auto colours = theme_colours(theme);
  Parts parts;
  for (const auto& font : style_sheet.child("s:fonts").children("s:font")) {
    parts.font_colours.push_back(colour_of(font.child("s:color"), colours));
    parts.font_is_tiny.push_back(is_tiny(font));
  }
  for (const auto& fill : style_sheet.child("s:fills").children("s:fill")) parts.grounds.push_back(ground_of(fill, colours, FillOf::cell));
  for (const auto& format : style_sheet.child("s:numFmts").children("s:numFmt"))
    parts.formats[format.attribute("numFmtId").as_uint()] = format.attribute("formatCode").value();

  for (const auto& node : style_sheet.child("s:cellXfs").children("s:xf")) {
    const auto font = node.attribute("fontId").as_uint(), fill = node.attribute("fillId").as_uint(), format = node.attribute("numFmtId").as_uint();
    CellStyle style;
    if (font < parts.font_colours.size()) {
      const Colour ground = fill < parts.grounds.size() ? parts.grounds[fill] : white;
      style.is_colour_of_ground = parts.font_colours[font] && are_near(*parts.font_colours[font], ground);
      style.is_tiny = parts.font_is_tiny[font];
    }
    const auto code = parts.formats.find(format);
    style.format = NumberFormat(code == parts.formats.end() ? std::string_view("General") : std::string_view(code->second));
    style.hides_formula = node.child("s:protection").attribute("hidden").as_bool();
    cell_formats_.push_back(style);
  }
  for (const auto& node : style_sheet.child("s:dxfs").children("s:dxf")) {
    const auto font = colour_of(node.child("s:font").child("s:color"), colours);
    const bool colour_hides = font && are_near(*font, ground_of(node.child("s:fill"), colours, FillOf::differential));
    const auto code = node.child("s:numFmt").attribute("formatCode");
    differential_hides_.push_back(colour_hides || is_tiny(node.child("s:font")) || (code && NumberFormat(code.value()).always_shows_nothing()));
  }
}

const CellStyle& CellStyles::cell_format(std::uint32_t index) const {
  static const CellStyle plain;
  return index < cell_formats_.size() ? cell_formats_[index] : plain;
}

bool CellStyles::differential_hides(std::uint32_t index) const { return index < differential_hides_.size() && differential_hides_[index]; }

}  // namespace candour::inspect
