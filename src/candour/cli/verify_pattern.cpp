#include <candour/cli/verify_pattern.hpp>

#include <candour/base/files.hpp>
#include <candour/certify/system_witnesses.hpp>
#include <candour/cli/console.hpp>
#include <candour/formats/jj.hpp>
#include <candour/tabulate/jj_table.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <map>

namespace candour::cli {
namespace {

namespace fs = std::filesystem;
using table::CellStanding;

// What the public files say, against the true values and the pattern that was proved. Counts the lines that differ.
class PublicFiles {
 public:
  PublicFiles(const tabulate::JjTable& table, const std::vector<CellStanding>& standing) : table_(table), standing_(standing) {}

  base::Result<std::uint64_t> differences(const fs::path& folder) {
    const fs::path pattern = folder / "pattern.csv", cells = folder / "cells.csv";
    if (fs::exists(pattern)) CANDOUR_TRY_DONE(compare_pattern(pattern));
    if (fs::exists(cells)) CANDOUR_TRY_DONE(compare_cells(cells));
    return different_;
  }
  [[nodiscard]] std::uint64_t compared() const { return compared_; }

 private:
  base::Result<base::Done> compare_pattern(const fs::path& file) {
    CANDOUR_TRY(text, base::read_file(file));
    CANDOUR_TRY(lines, formats::read_jj_pattern(text, file.string()));
    std::map<std::int64_t, std::size_t> place;
    for (std::size_t c = 0; c < table_.id.size(); ++c) place.emplace(table_.id[c], c);
    different_ += lines.size() == place.size() ? 0u : 1u;
    for (const formats::JjPatternLine& line : lines) {
      const auto found = place.find(line.id);
      different_ += found == place.end() || table::letter_of(standing_[found->second]) != line.status;
      ++compared_;
    }
    return base::Done{};
  }

  // Cells stand in the order of the system; value and status are the last two of a line.
  base::Result<base::Done> compare_cells(const fs::path& file) {
    CANDOUR_TRY(text, base::read_file(file));
    std::size_t c = 0;
    std::string_view rest = text;
    for (bool header = true; !rest.empty(); header = false) {
      std::string_view line = rest.substr(0, rest.find('\n'));
      rest.remove_prefix(std::min(line.size() + 1, rest.size()));
      if (header || line.empty()) continue;
      if (line.back() == '\r') line.remove_suffix(1);
      different_ += c >= standing_.size() || !says_so(line, c);
      ++c, ++compared_;
    }
    return base::Done{};
  }

  [[nodiscard]] bool says_so(std::string_view line, std::size_t c) const {
    const std::size_t before_status = line.rfind(',');
    if (before_status == std::string_view::npos || before_status == 0) return false;
    const std::size_t before_value = line.rfind(',', before_status - 1);
    const std::string_view status = line.substr(before_status + 1), value = line.substr(before_value + 1, before_status - before_value - 1);
    if (table::is_hidden(standing_[c])) return status == "suppressed" && (value.empty() || value == "[c]");
    return status == "shown" && value == amount(table_.truth.value[c]);
  }

  [[nodiscard]] std::string amount(std::int64_t units) const {
    if (table_.decimals == 0) return std::to_string(units);
    const std::string digits = fmt::format("{:0{}}", units, table_.decimals + 1);
    const std::size_t point = digits.size() - static_cast<std::size_t>(table_.decimals);
    return fmt::format("{}.{}", std::string_view(digits).substr(0, point), std::string_view(digits).substr(point));
  }

  const tabulate::JjTable& table_;
  const std::vector<CellStanding>& standing_;
  std::uint64_t different_ = 0, compared_ = 0;
};

}  // namespace

bool holds_witnesses(const fs::path& folder) { return fs::exists(folder / "private" / "witnesses.txt"); }

base::Result<ExitStatus> verify_pattern(const fs::path& folder, Console& console) {
  const fs::path table_file = folder / "private" / "table.jj", witness_file = folder / "private" / "witnesses.txt";
  CANDOUR_TRY(table_text, base::read_file(table_file));
  CANDOUR_TRY(file, formats::read_jj(table_text, table_file.string()));
  CANDOUR_TRY(table, tabulate::table_of_jj(file, table_file.string()));
  CANDOUR_TRY(witness_text, base::read_file(witness_file));
  std::vector<CellStanding> standing;
  for (const formats::JjCell& cell : file.cells) standing.push_back(table::standing_of(cell.status));
  CANDOUR_TRY(evidence, certify::read_system_witnesses(witness_text, witness_file.string(), table.truth, standing));
  const certify::SystemCheck check = certify::check_system(table.system, table.truth, evidence, {});
  PublicFiles published(table, standing);
  CANDOUR_TRY(different, published.differences(folder / "public"));
  std::map<std::string, std::uint64_t> kinds;
  for (const certify::SystemFault& fault : check.faults) ++kinds[certify::word_of(fault.kind)];
  if (different > 0) kinds["published-otherwise"] = different;
  nlohmann::ordered_json faults = nlohmann::ordered_json::object();
  for (const auto& [kind, count] : kinds) {
    console.print(fmt::format("{}: {}\n", kind, count));
    faults[kind] = count;
  }
  if (kinds.empty())
    console.print(fmt::format("The witnesses hold: {} cells; {} secrets, each shown by some of {} witnesses; {} lines of the public files compared.\n", standing.size(), check.secrets, check.moves, published.compared()));
  else
    console.print("The witnesses do not hold.\n");
  console.print_json({{"holds", kinds.empty()}, {"cells", standing.size()}, {"secrets", check.secrets}, {"witnesses", check.moves}, {"lines_compared", published.compared()}, {"faults", faults}});
  return kinds.empty() ? ExitStatus::done : ExitStatus::refused;
}

}  // namespace candour::cli
