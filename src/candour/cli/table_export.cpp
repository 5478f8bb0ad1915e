#include <candour/cli/table_export.hpp>

#include <candour/base/decimal.hpp>
#include <candour/cli/system_tables.hpp>
#include <candour/formats/argus_codes.hpp>
#include <candour/formats/argus_metadata.hpp>
#include <candour/tabulate/field_hierarchy.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace candour::cli {
namespace {

using formats::ArgusColumn;
using table::CellStanding;
using table::SystemCell;

constexpr char separator = ';';

std::string quoted(const std::string& text) {
  if (text.find_first_of(";\"\n\r") == std::string::npos) return text;
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

// File names hold letters and digits of any system.
std::string file_word(const std::string& text) {
  std::string out;
  for (const char c : text) out += std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
  return out;
}

enum class Reader { everyone, authority };

class TabWriter {
 public:
  TabWriter(const CubeToExport& cube, std::string name, Reader reader) : cube_(cube), name_(std::move(name)), reader_(reader) {}

  std::vector<base::FileToWrite> run() {
    write_metadata();
    std::string tab;
    for (SystemCell c = 0; c < cube_.cube->cell_count(); ++c) {
      for (const std::string& code : codes_of(*cube_.variables, *cube_.cube, c)) tab += quoted(code) + separator;
      const bool hidden = table::is_hidden(cube_.standing[c]);
      tab += hidden && reader_ == Reader::everyone ? std::string("x") : amount_text(cube_.value[c], cube_.decimals);
      tab += separator;
      tab += status_of(cube_.standing[c]);
      tab += '\n';
    }
    files_.push_back({name_ + ".tab", std::move(tab)});
    if (reader_ == Reader::authority) write_history();
    return std::move(files_);
  }

 private:
  // Which of the hidden cells is sensitive is for the authority alone.
  [[nodiscard]] char status_of(CellStanding standing) const {
    switch (standing) {
      case CellStanding::shown: return 'S';
      case CellStanding::always_shown: return reader_ == Reader::authority ? 'P' : 'S';
      case CellStanding::primary: return reader_ == Reader::authority ? 'U' : 'M';
      case CellStanding::secondary: return 'M';
    }
    return 'M';
  }

  void write_metadata() {
    formats::ArgusMetadata metadata;
    metadata.separator = separator;
    for (std::size_t k = 0; k < cube_.variables->size(); ++k) {
      const table::Hierarchy& hierarchy = (*cube_.variables)[k];
      formats::ArgusVariable variable{hierarchy.name(), ArgusColumn::category, hierarchy.code(0), {}, "@", {}, 0};
      if (hierarchy.depth() > 1) {
        variable.hierarchy_file = fmt::format("{}-{}-{}.hrc", name_, k + 1, file_word(hierarchy.name()));
        files_.push_back({variable.hierarchy_file, formats::write_hrc(tabulate::indented_codes_of(hierarchy))});
      }
      metadata.variables.push_back(std::move(variable));
    }
    metadata.variables.push_back(
        {"value", cube_.unit == CubeToExport::Unit::counts ? ArgusColumn::frequency : ArgusColumn::value, {}, {}, "@", {}, cube_.decimals});
    metadata.variables.push_back({"status", ArgusColumn::status, {}, {}, "@", {}, 0});
    files_.push_back({name_ + ".rda", formats::write_argus_metadata(metadata)});
  }

  void write_history() {
    std::vector<formats::HistoryLine> lines;
    for (SystemCell c = 0; c < cube_.cost.size(); ++c)
      lines.push_back({codes_of(*cube_.variables, *cube_.cube, c), formats::HistoryKind::cost, {fmt::format("{}", cube_.cost[c])}, 0});
    for (const truth::SystemSecret& secret : cube_.secrets) {
      const std::int64_t x = cube_.value[secret.cell];
      const std::int64_t lower = std::max<std::int64_t>(0, x - secret.reach_down), upper = std::max<std::int64_t>(0, secret.reach_up - x);
      lines.push_back({codes_of(*cube_.variables, *cube_.cube, secret.cell),
                       formats::HistoryKind::unsafe,
                       {amount_text(lower, cube_.decimals), amount_text(upper, cube_.decimals)},
                       0});
    }
    files_.push_back({name_ + ".hst", formats::write_history(lines, separator)});
  }

  const CubeToExport& cube_;
  std::string name_;
  Reader reader_;
  std::vector<base::FileToWrite> files_;
};

}  // namespace

std::string amount_text(std::int64_t units, int decimals) { return base::Decimal::of_units(units, decimals).to_text(); }

formats::JjFile public_jj_of(const table::AdditiveSystem& system, const std::vector<CellStanding>& standing, const std::vector<std::int64_t>& value,
                             table::ZeroConvention convention, int decimals) {
  // What everybody knows of a hidden cell: the convention, and that it is no larger than the largest figure shown, where a total is shown.
  const std::int64_t lowest = convention == table::ZeroConvention::hidden_at_least_one ? 1 : 0;
  std::int64_t largest = 0;
  for (SystemCell c = 0; c < standing.size(); ++c)
    if (!table::is_hidden(standing[c])) largest = std::max(largest, value[c]);
  const std::int64_t highest = !standing.empty() && !table::is_hidden(standing[0]) ? std::max(value[0], lowest) : 1'000'000'000 + largest;
  formats::JjFile file;
  file.decimals = decimals;
  for (SystemCell c = 0; c < system.cell_count(); ++c) {
    const bool published = c < standing.size();
    const bool hidden = !published || table::is_hidden(standing[c]);
    const std::int64_t own_lowest = published ? lowest : 0;
    if (hidden) file.cells.push_back({c, own_lowest, 1, 'x', own_lowest, highest, 0, 0, 0});
    else file.cells.push_back({c, value[c], 1, 's', value[c], value[c], 0, 0, 0});
  }
  for (table::SystemEquation e = 0; e < system.equation_count(); ++e) {
    file.relations.right_side.push_back(system.right_side(e));
    for (const table::SystemTerm& term : system.terms(e)) {
      file.relations.cell.push_back(term.cell);
      file.relations.coefficient.push_back(term.coefficient);
    }
    file.relations.term_start.push_back(file.relations.cell.size());
  }
  return file;
}

std::vector<base::FileToWrite> public_tab_of(const CubeToExport& cube, const std::string& name) { return TabWriter(cube, name, Reader::everyone).run(); }
std::vector<base::FileToWrite> private_tab_of(const CubeToExport& cube, const std::string& name) { return TabWriter(cube, name, Reader::authority).run(); }

}  // namespace candour::cli
