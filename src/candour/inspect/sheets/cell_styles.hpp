#pragma once
// Which cell formats of a workbook make a value invisible.

#include <candour/inspect/sheets/number_format.hpp>

#include <pugixml.hpp>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace candour::inspect {

/// What one cell format does to a value.
struct CellStyle {
  bool is_colour_of_ground = false;  ///< font colour is the fill's
  bool is_tiny = false;              ///< under 4 points
  bool hides_formula = false;        ///< protection hidden
  NumberFormat format;

  [[nodiscard]] bool hides(std::string_view text, CellContent content) const { return is_colour_of_ground || is_tiny || format.shows_nothing(text, content); }
};

/// The formats of a workbook, by index.
class CellStyles {
 public:
  CellStyles() = default;
  /// Takes the trees of the styles part and, where there is one, of the theme (else null).
  CellStyles(const pugi::xml_node& style_sheet, const pugi::xml_node& theme);
  /// Gives the format with this index; the plain one where there is none.
  [[nodiscard]] const CellStyle& cell_format(std::uint32_t index) const;
  /// Gives whether a differential format, as conditional formats use it, hides values.
  [[nodiscard]] bool differential_hides(std::uint32_t index) const;

 private:
  std::vector<CellStyle> cell_formats_;
  std::vector<bool> differential_hides_;
};

}  // namespace candour::inspect
