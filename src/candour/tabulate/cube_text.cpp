#include <candour/tabulate/cube_text.hpp>

#include <fmt/format.h>

namespace candour::tabulate {
namespace {

std::string csv_field(const std::string& text) {
  if (!text.empty() && text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

std::string amount_text(std::int64_t units, int scale) { return base::Decimal::of_units(units, scale).to_text(); }

void append_number(std::string& out, std::int64_t number) {
  const fmt::format_int text(number);
  out.append(text.data(), text.size());
}

std::string header(const RecordCube& cube, const CubeRequest& request) {
  std::string line;
  for (const RecordCubeVariable& variable : request.by) line += csv_field(variable.name) + ',';
  line += "records";
  if (!cube.people.empty() || request.people_column) line += ",people";
  if (request.sum) line += ",sum";
  if (request.sum && request.sum->largest_count > 0) {
    line += ",contributors";
    for (std::size_t k = 1; k <= request.sum->largest_count; ++k) line += fmt::format(",largest_{}", k);
  }
  return line + '\n';
}

void append_largest(std::string& out, const LargestContributors& largest, std::size_t how_many, int scale) {
  out += ',';
  append_number(out, largest.contributor_count);
  for (std::size_t k = 0; k < how_many; ++k) {
    out += ',';
    if (k < largest.amounts.size()) out += amount_text(largest.amounts[k], scale);
  }
}

}  // namespace

std::string cells_csv(const RecordCube& cube, const CubeRequest& request) {
  std::vector<std::vector<std::string>> codes;
  for (const auto& list : cube.categories) {
    codes.emplace_back();
    for (const CubeCategory& category : list) codes.back().push_back(csv_field(category.code) + ',');
  }
  std::string out = header(cube, request);
  out.reserve(out.size() + cube.cells.size() * 32);
  for (std::size_t i = 0; i < cube.cells.size(); ++i) {
    const std::vector<std::uint32_t> split = cube.split(cube.cells[i]);
    for (std::size_t v = 0; v < split.size(); ++v) out += codes[v][split[v]];
    append_number(out, cube.records[i]);
    if (!cube.people.empty()) {
      out += ',';
      append_number(out, cube.people[i]);
    }
    if (!cube.sums.empty()) out += ',' + amount_text(cube.sums[i], cube.sum_scale);
    if (!cube.largest.empty()) append_largest(out, cube.largest[i], request.sum->largest_count, cube.sum_scale);
    out += '\n';
  }
  return out;
}

std::string categories_csv(const RecordCube& cube, const CubeRequest& request) {
  std::string out = "variable,code,label,level\n";
  for (std::size_t v = 0; v < cube.categories.size(); ++v)
    for (const CubeCategory& category : cube.categories[v])
      out += fmt::format("{},{},{},{}\n", csv_field(request.by[v].name), csv_field(category.code), csv_field(category.label), csv_field(category.level));
  return out;
}

}  // namespace candour::tabulate
