#include <candour/inspect/sheets/drawing_cover.hpp>

#include <string_view>

namespace candour::inspect {
namespace {

bool is_see_through(const pugi::xml_node& anchor) {
  const auto shape = anchor.child("xdr:sp");
  return shape && shape.child("xdr:spPr").child("a:noFill");
}

/// The first row or column wholly under the anchor: the marked one if it starts at its very edge, else the next.
std::uint32_t first_under(const pugi::xml_node& mark, const char* index, const char* offset) {
  const auto at = mark.child(index).text().as_uint();
  return mark.child(offset).text().as_llong() > 0 ? at + 1 : at;
}

}  // namespace

BlockIndex covered_blocks(const pugi::xml_node& drawing) {
  BlockIndex blocks;
  for (const auto& anchor : drawing.children()) {
    if (std::string_view(anchor.name()) != "xdr:twoCellAnchor" || is_see_through(anchor)) continue;
    const auto from = anchor.child("xdr:from"), to = anchor.child("xdr:to");
    const CellAddress first{first_under(from, "xdr:row", "xdr:rowOff"), first_under(from, "xdr:col", "xdr:colOff")};
    const auto end_row = to.child("xdr:row").text().as_uint(), end_column = to.child("xdr:col").text().as_uint();
    if (end_row <= first.row || end_column <= first.column) continue;
    if (!blocks.add({first, {end_row - 1, end_column - 1}})) break;
  }
  return blocks;
}

}  // namespace candour::inspect
