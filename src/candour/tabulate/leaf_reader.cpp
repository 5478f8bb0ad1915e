#include <candour/tabulate/leaf_reader.hpp>

#include <fmt/format.h>

#include <charconv>
#include <optional>

namespace candour::tabulate {
namespace {

using Derivation = VariableSource::Derivation;

std::optional<table::LeafIndex> find_leaf(const table::Hierarchy& hierarchy, std::string_view code) {
  const auto node = hierarchy.find(code);
  if (!node || !hierarchy.is_leaf(*node)) return std::nullopt;
  return hierarchy.leaves(*node).first;
}

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || status != std::errc{} || end != text.data() + text.size() || value < 0) return std::nullopt;
  return value;
}

// The leaf code that a derivation makes of a text; nothing if the text cannot be read; empty if no band holds it.
std::optional<std::string> derived_code(std::string_view text, const VariableSource& source) {
  if (source.derivation == Derivation::month) {
    if (text.size() != 10 && text.size() != 7) return std::nullopt;  // a day, or a month that a database has made of it
    return std::string(text.substr(0, 7));
  }
  const auto age = whole_number(text);
  if (!age) return std::nullopt;
  if (source.derivation == Derivation::five_year) return code_of_band(*age, 5);
  if (source.derivation == Derivation::ten_year) return code_of_band(*age, 10);
  std::string code;
  for (const auto& [lowest, band] : source.bands)
    if (*age >= lowest) code = band;
  return code;
}

LeafReading unknown_or_outside(const VariableSource& source, const table::Hierarchy& hierarchy, LeafRoute route) {
  if (!source.unknown_code.empty())
    if (const auto leaf = find_leaf(hierarchy, source.unknown_code)) return ReadLeaf{*leaf, route};
  return OutsideCodeList{};
}

}  // namespace

std::string code_of_band(std::int64_t age, std::int64_t width) {
  const std::int64_t lowest = age / width * width;
  return fmt::format("{}-{}", lowest, lowest + width - 1);
}

holdings::ColumnRequest column_request_of(const VariableSource& source) {
  holdings::ColumnRequest request{source.column, holdings::ColumnKind::text, source.date_form, source.time_zone};
  if (source.derivation == Derivation::month) request.kind = holdings::ColumnKind::date;
  else if (source.derivation != Derivation::none) request.kind = holdings::ColumnKind::integer;
  return request;
}

LeafReading leaf_of_text(std::string_view text, const VariableSource& source, const table::Hierarchy& hierarchy) {
  if (source.derivation != Derivation::none) {
    const auto code = derived_code(text, source);
    if (!code) return NotReadable{source.derivation == Derivation::month ? "a date" : "a whole number of at least 0"};
    if (const auto leaf = find_leaf(hierarchy, *code)) return ReadLeaf{*leaf, LeafRoute::derived};
    return unknown_or_outside(source, hierarchy, LeafRoute::unmapped_to_unknown);
  }
  if (const auto mapped = source.mapping.find(std::string(text)); mapped != source.mapping.end()) {
    if (const auto leaf = find_leaf(hierarchy, mapped->second)) return ReadLeaf{*leaf, LeafRoute::mapped};
    return NotReadable{fmt::format("a mapping to a leaf of '{}'; the code '{}' is none", hierarchy.name(), mapped->second)};
  }
  if (const auto leaf = find_leaf(hierarchy, text)) return ReadLeaf{*leaf, LeafRoute::direct};
  return unknown_or_outside(source, hierarchy, LeafRoute::unmapped_to_unknown);
}

bool says_unknown(const ReadLeaf& read, const VariableSource& source, const table::Hierarchy& hierarchy) {
  if (source.unknown_code.empty() || (read.route != LeafRoute::direct && read.route != LeafRoute::mapped)) return false;
  return find_leaf(hierarchy, source.unknown_code) == read.leaf;
}

LeafReading leaf_of_missing(const VariableSource& source, const table::Hierarchy& hierarchy) {
  return unknown_or_outside(source, hierarchy, LeafRoute::missing_to_unknown);
}

}  // namespace candour::tabulate
