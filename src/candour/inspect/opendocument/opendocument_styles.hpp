#pragma once
// Which styles of an OpenDocument file hide what they are put on.

#include <candour/formats/xml_reader.hpp>
#include <candour/inspect/visible_sheets.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace candour::inspect {

/// Styles by family and name, gathered from the parts that define them; a style inherits what it does not say.
class OpenDocumentStyles {
 public:
  /// Takes the events of a part with styles, in order; elements that define no style are left alone.
  void on_start(std::string_view name, const formats::XmlAttributes& attributes);
  void on_end(std::string_view name);
  void on_text(std::string_view text);

  /// Gives whether a sheet of this style is not displayed.
  [[nodiscard]] bool hides_table(std::string_view style) const;
  /// Gives whether a column or row of this style has no width or height.
  [[nodiscard]] bool is_flat(std::string_view family, std::string_view style) const;
  /// Gives whether text of this style (family "text", "paragraph" or "table-cell") has the colour of its ground or is tiny.
  [[nodiscard]] bool is_invisible(std::string_view family, std::string_view style) const;
  /// Gives whether text of this style is switched off.
  [[nodiscard]] bool is_switched_off(std::string_view family, std::string_view style) const;
  /// Gives whether the number format of a cell style shows nothing of a value.
  [[nodiscard]] bool shows_nothing(std::string_view cell_style, std::string_view text, CellContent content) const;
  [[nodiscard]] bool hides_formula(std::string_view cell_style) const;

 private:
  struct Style {
    std::string parent;
    std::string format;
    std::optional<std::string> colour;
    std::optional<std::string> ground;
    std::optional<double> points;
    bool not_displayed = false;
    bool is_flat = false;
    bool is_switched_off = false;
    bool hides_formula = false;
  };
  struct Format {
    bool shows_something = false;
    bool is_text = false;
    std::string map_for_negative, map_for_zero, map_for_other;
  };
  [[nodiscard]] const Style* find(std::string_view family, std::string_view name) const;
  template <class Get>
  [[nodiscard]] auto inherited(std::string_view family, std::string_view name, Get get) const -> decltype(get(std::declval<const Style&>()));
  void read_properties(std::string_view name, const formats::XmlAttributes& attributes);
  [[nodiscard]] bool format_shows(const std::string& name) const;

  std::unordered_map<std::string, Style> styles_;  ///< by family, a blank, and name
  std::unordered_map<std::string, Format> formats_;
  Style* current_ = nullptr;
  Format* current_format_ = nullptr;
  bool in_format_text_ = false;
};

}  // namespace candour::inspect
