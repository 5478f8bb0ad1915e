#include <candour/release/chart.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <optional>
#include <vector>

namespace candour::release {
namespace {

constexpr std::size_t fewest_figures = 2;
constexpr std::size_t most_bars = 40;
constexpr int width = 460;
constexpr int label_width = 170;
constexpr int bar_room = 225;  // the rest is for the figure beside the bar
constexpr int line_height = 26;
constexpr int bar_height = 17;
constexpr int mark_width = 26;
constexpr std::size_t longest_label = 22;

struct Bar {
  std::string label;
  std::string text;
  CellReading reading = CellReading::figure;
};

std::string escaped(std::string_view text) {
  std::string out;
  for (const char letter : text) {
    switch (letter) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      default: out += letter;
    }
  }
  return out;
}

// A printed figure such as "1,377" as a number; nothing for symbols. Only lengths of bars come of it.
std::optional<double> figure_of(const Bar& bar) {
  if (bar.reading != CellReading::figure) return std::nullopt;
  std::string digits = bar.text;
  std::erase(digits, ',');
  double number = 0;
  const auto [end, status] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (status != std::errc{} || end != digits.data() + digits.size() || number < 0) return std::nullopt;
  return number;
}

// Long labels are cut between characters; the table beside the chart has them whole.
std::string shortened(const std::string& label) {
  std::size_t letters = 0;
  for (std::size_t at = 0; at < label.size(); ++at) {
    if ((static_cast<unsigned char>(label[at]) & 0xC0U) != 0x80U && ++letters > longest_label) return label.substr(0, at) + "\u2026";
  }
  return label;
}

std::string drawn(const Bar& bar, std::size_t place, double largest) {
  const int top = static_cast<int>(place) * line_height + 4, middle = top + bar_height - 4;
  std::string out = fmt::format("<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>", label_width - 8, middle, escaped(shortened(bar.label)));
  int end = label_width;
  if (const auto figure = figure_of(bar)) {
    const int length = largest > 0 ? static_cast<int>(*figure / largest * bar_room + 0.5) : 0;
    if (length > 0) out += fmt::format("<rect class=\"mass\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"></rect>", label_width, top, length, bar_height);
    end += length;
  } else {
    const std::string_view kind = bar.reading == CellReading::withheld ? "hatched" : "nothing";
    out += fmt::format("<rect class=\"{}\" fill=\"none\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"></rect>", kind, label_width, top, mark_width, bar_height);
    for (int at = 0; bar.reading == CellReading::withheld && at < mark_width; at += 9)
      out +=
          fmt::format("<line class=\"hatch\" x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\"></line>", label_width + at, top + bar_height, label_width + at + 8, top);
    end += mark_width;
  }
  return out + fmt::format("<text x=\"{}\" y=\"{}\">{}</text>\n", end + 6, middle, escaped(bar.text));
}

std::string bar_chart(const std::vector<Bar>& bars, std::string_view id, std::string_view title) {
  std::size_t figures = 0, withheld = 0, without = 0;
  double largest = 0;
  for (const Bar& bar : bars) {
    const auto figure = figure_of(bar);
    if (figure) largest = std::max(largest, *figure);
    if (figure && *figure > 0) ++figures;
    if (bar.reading == CellReading::withheld) ++withheld;
    if (!figure && bar.reading != CellReading::withheld) ++without;
  }
  if (figures < fewest_figures || bars.size() > most_bars) return {};
  const int height = static_cast<int>(bars.size()) * line_height + 8;
  std::string out = fmt::format(
      "<figure class=\"chart\">\n<svg viewBox=\"0 0 {} {}\" role=\"img\" aria-labelledby=\"{}-title {}-desc\">\n<title id=\"{}-title\">{}</title>"
      "<desc id=\"{}-desc\">Bar chart. Each bar has its figure beside it; the table above holds the same figures.</desc>\n",
      width, height, id, id, id, escaped(title), id);
  for (std::size_t i = 0; i < bars.size(); ++i) out += drawn(bars[i], i, largest);
  out += fmt::format("<line class=\"axis\" x1=\"{}\" y1=\"0\" x2=\"{}\" y2=\"{}\"></line>\n</svg>\n", label_width, label_width, height);
  out += fmt::format("<figcaption>{}, as bars.", escaped(title));
  if (withheld > 0) out += " Hatched: withheld; its width says nothing about the size.";
  if (without > 0) out += " Dashed: no figure.";
  return out + "</figcaption>\n</figure>\n";
}

std::optional<std::size_t> total_column(const Grid& grid) {
  const auto at = std::find_if(grid.columns.begin(), grid.columns.end(), [](const GridHeading& heading) { return heading.is_total; });
  if (at == grid.columns.end()) return std::nullopt;
  return static_cast<std::size_t>(at - grid.columns.begin());
}

std::vector<Bar> bars_down(const Grid& grid, std::size_t column) {
  int deepest = 0;
  for (const GridRow& row : grid.rows) deepest = std::max(deepest, row.heading.indent);
  std::vector<Bar> bars;
  for (const GridRow& row : grid.rows) {
    if (!row.heading.is_total && row.heading.indent == deepest) bars.push_back({row.heading.label, row.cells[column].text, row.cells[column].reading});
  }
  return bars;
}

std::vector<Bar> bars_across(const Grid& grid) {
  const auto total = std::find_if(grid.rows.begin(), grid.rows.end(), [](const GridRow& row) { return row.heading.is_total; });
  std::vector<Bar> bars;
  if (total == grid.rows.end()) return bars;
  int deepest = 0;
  for (const GridHeading& heading : grid.columns) deepest = std::max(deepest, heading.indent);
  for (std::size_t i = 0; i < grid.columns.size(); ++i) {
    if (!grid.columns[i].is_total && grid.columns[i].indent == deepest) bars.push_back({grid.columns[i].label, total->cells[i].text, total->cells[i].reading});
  }
  return bars;
}

}  // namespace

std::string chart_of(const Grid& grid, std::string_view id, std::string_view title) {
  if (grid.columns.size() == 1) return bar_chart(bars_down(grid, 0), fmt::format("{}-bars", id), title);
  const auto total = total_column(grid);
  std::string charts;
  if (total) charts = bar_chart(bars_down(grid, *total), fmt::format("{}-bars-down", id), fmt::format("{}: {}", title, grid.row_variable));
  return charts + bar_chart(bars_across(grid), fmt::format("{}-bars-across", id), fmt::format("{}: {}", title, grid.column_variable));
}

}  // namespace candour::release
