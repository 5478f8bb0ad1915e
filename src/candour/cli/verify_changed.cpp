#include <candour/cli/verify_changed.hpp>

#include <candour/base/files.hpp>
#include <candour/certify/changed_check.hpp>
#include <candour/cli/console.hpp>
#include <candour/cli/witness_file.hpp>
#include <candour/tabulate/jj_table.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <charconv>
#include <string_view>
#include <utility>

namespace candour::cli {
namespace {

namespace fs = std::filesystem;
using base::Result;

base::Error malformed(const fs::path& file, std::uint64_t line, std::string sentence) {
  return {base::Cause::wrong_input, "verify.malformed", {file.string(), line, 0}, std::move(sentence), "these are no files that candour protect wrote"};
}

// The figures in the order of the cells; the last two fields of a row are value and status.
Result<std::vector<std::int64_t>> read_figures(const fs::path& file) {
  CANDOUR_TRY(text, base::read_file(file));
  std::vector<std::int64_t> figures;
  std::string_view rest = text;
  std::uint64_t line_number = 0;
  while (!rest.empty()) {
    const std::size_t end = rest.find('\n');
    std::string_view line = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
    if (++line_number == 1) continue;
    constexpr std::string_view status = ",changed";
    if (!line.ends_with(status)) return base::fail(malformed(file, line_number, "expected a row that ends in a figure and 'changed'"));
    line.remove_suffix(status.size());
    line.remove_prefix(line.rfind(',') + 1);
    std::int64_t figure = 0;
    const auto [after, fault] = std::from_chars(line.data(), line.data() + line.size(), figure);
    if (fault != std::errc{} || after != line.data() + line.size()) return base::fail(malformed(file, line_number, "expected a whole number as the figure"));
    figures.push_back(figure);
  }
  return figures;
}

certify::ChangedEvidence evidence_of(WitnessFile& file) {
  certify::ChangedEvidence evidence;
  for (std::size_t s = 0; s < file.secrets.size(); ++s)
    for (const std::uint32_t move : file.moves_of[s]) evidence.witnesses.push_back({file.secrets[s].cell, move});
  evidence.moves = std::move(file.moves);
  return evidence;
}

void print(Console& console, const certify::ChangedCheck& check, std::size_t cells, std::size_t moves, const table::Change& change) {
  constexpr std::size_t most_lines = 100;
  nlohmann::ordered_json reasons = nlohmann::ordered_json::array();
  for (const certify::ChangedFault& fault : check.faults) {
    reasons.push_back(fmt::format("{}: {}", certify::word_of(fault.kind), fault.where));
    if (reasons.size() <= most_lines) console.print(reasons.back().get<std::string>() + "\n");
  }
  if (!check.faults.empty()) console.print(fmt::format("The witnesses do not hold: {} faults.\n", check.faults.size()));
  else if (change.kind == table::Change::Kind::noise)
    console.print(
        fmt::format("The sums hold: {} cells. The noise has no limit, so that no count is excluded: what a figure tells is bounded by epsilon.\n", cells));
  else
    console.print(
        fmt::format("The witnesses hold: {} cells can come of their counts; {} small counts, each shown to be open by one of {} moves with {} changes "
                    "re-added.\n",
                    cells, check.secrets, moves, check.changes));
  console.print_json(
      {{"holds", check.faults.empty()}, {"cells", cells}, {"secrets", check.secrets}, {"moves", moves}, {"changes", check.changes}, {"reasons", reasons}});
}

}  // namespace

Result<ExitStatus> verify_changed(const fs::path& folder, const table::Change& change, Console& console) {
  const fs::path witness_path = folder / "private" / "witnesses.txt", table_path = folder / "private" / "table.jj",
                 cells_path = folder / "public" / "cells.csv";
  CANDOUR_TRY(witness_text, base::read_file(witness_path));
  CANDOUR_TRY(witnesses, read_witnesses(witness_text, witness_path.string()));
  CANDOUR_TRY(table_text, base::read_file(table_path));
  CANDOUR_TRY(file, formats::read_jj(table_text, table_path.string()));
  CANDOUR_TRY(table, tabulate::table_of_jj(file, table_path.string()));
  CANDOUR_TRY(figures, read_figures(cells_path));
  CANDOUR_TRY(cube, table::AdditiveSystem::of_cube(witnesses.axes));
  if (cube.cell_count() != table.truth.value.size() || cube.equation_count() != table.system.equation_count())
    return base::fail(malformed(witness_path, 0, "the axes are not those of the table"));
  if (figures.size() != table.truth.value.size())
    return base::fail(malformed(cells_path, 0, fmt::format("expected {} rows, found {}", table.truth.value.size(), figures.size())));
  const certify::ChangedEvidence evidence = evidence_of(witnesses);
  const certify::ChangedCheck check = certify::check_changed(cube, table.truth.value, figures, change, witnesses.minimum, evidence);
  print(console, check, figures.size(), evidence.moves.size(), change);
  return check.faults.empty() ? ExitStatus::done : ExitStatus::refused;
}

}  // namespace candour::cli
