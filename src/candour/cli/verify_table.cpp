#include <candour/cli/verify_table.hpp>

#include <candour/base/decimal.hpp>
#include <candour/base/files.hpp>
#include <candour/base/text.hpp>
#include <candour/cli/change_words.hpp>
#include <candour/cli/console.hpp>
#include <candour/cli/verify_changed.hpp>
#include <candour/cli/witness_file.hpp>
#include <candour/tabulate/jj_table.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdint>
#include <future>
#include <limits>
#include <thread>

namespace candour::cli {
namespace {

namespace fs = std::filesystem;
using base::Result;
using table::SystemCell;

constexpr std::size_t most_lines = 100;

class TableVerification {
 public:
  TableVerification(const fs::path& folder, WitnessFile witnesses, formats::JjFile file, tabulate::JjTable table)
      : folder_(folder), witnesses_(std::move(witnesses)), file_(std::move(file)), table_(std::move(table)) {}

  Result<base::Done> run() {
    check_shape();
    if (!faults_.empty()) return base::Done{};
    check_secrets();
    CANDOUR_TRY_DONE(check_witnesses());
    return check_public();
  }

  [[nodiscard]] const std::vector<std::string>& faults() const { return faults_; }
  [[nodiscard]] const certify::SystemCheck& checked() const { return checked_; }
  [[nodiscard]] std::size_t cells() const { return witnesses_.published_count; }

 private:
  [[nodiscard]] std::uint32_t count() const { return table_.system.cell_count(); }

  // Everything that is named must be there before it is looked at.
  void check_shape() {
    bool sound = witnesses_.published_count <= count();
    for (const SystemCell cell : witnesses_.singles) sound = sound && cell < count();
    for (const auto& cells : witnesses_.tables)
      for (const SystemCell cell : cells) sound = sound && cell < witnesses_.published_count;
    for (const truth::SystemSecret& secret : witnesses_.secrets) sound = sound && secret.cell < count();
    for (const table::SystemMove& move : witnesses_.moves)
      for (const table::SystemChange& part : move) sound = sound && part.cell < count();
    for (const auto& moves : witnesses_.moves_of)
      for (const std::uint32_t move : moves) sound = sound && move < witnesses_.moves.size();
    if (!sound) faults_.emplace_back("the witnesses name cells or moves that are not there");
  }

  // No secret may be missing, and none may ask for less than the table says.
  void check_secrets() {
    constexpr auto none = std::numeric_limits<std::uint32_t>::max();
    std::vector<std::uint32_t> secret_at(count(), none);
    for (std::uint32_t s = 0; s < witnesses_.secrets.size(); ++s) {
      std::uint32_t& at = secret_at[witnesses_.secrets[s].cell];
      if (at == none) at = s;
    }
    const auto own_of = [&](SystemCell cell) { return secret_at[cell] == none ? nullptr : &witnesses_.secrets[secret_at[cell]]; };
    for (const truth::SystemSecret& asked : table_.truth.secrets) {
      const std::int64_t x = table_.truth.value[asked.cell];
      if (asked.reach_down == x && asked.reach_up == x && asked.width == 0) continue;
      const truth::SystemSecret* own = own_of(asked.cell);
      if (!own || own->reach_down > asked.reach_down || own->reach_up < asked.reach_up || own->width < asked.width)
        faults_.push_back(fmt::format("cell {}: its protection is not among the secrets", table_.id[asked.cell]));
    }
    for (SystemCell c = 0; witnesses_.minimum > 0 && c < witnesses_.published_count; ++c) {
      const std::int64_t x = table_.truth.value[c];
      if (x <= 0 || x >= witnesses_.minimum) continue;
      const truth::SystemSecret* own = own_of(c);
      const bool published_before = file_.cells[c].status == 'z';
      if (!published_before && (!own || own->reach_up < witnesses_.minimum))
        faults_.push_back(fmt::format("cell {}: a count below the minimum is no secret", table_.id[c]));
    }
  }

  Result<base::Done> check_witnesses() {
    truth::SystemTruth truth = table_.truth;
    truth.secrets = witnesses_.secrets;
    truth.largest.assign(truth.value.size(), 0);
    for (const SystemCell cell : witnesses_.singles) truth.largest[cell] = truth.value[cell];
    witnesses_.check.threads = std::max(1u, std::thread::hardware_concurrency());
    certify::SystemEvidence evidence{{}, std::move(witnesses_.moves), std::move(witnesses_.moves_of)};
    for (const formats::JjCell& cell : file_.cells) evidence.standing.push_back(table::standing_of(cell.status));
    if (witnesses_.axes.empty()) {
      checked_ = certify::check_system(table_.system, truth, evidence, witnesses_.check);
    } else {
      CANDOUR_TRY(cube, table::AdditiveSystem::of_cube(witnesses_.axes));
      if (cube.cell_count() != count() || cube.equation_count() != table_.system.equation_count()) faults_.emplace_back("the axes are not those of the table");
      else checked_ = certify::check_system(cube, truth, evidence, witnesses_.check);
    }
    for (const certify::SystemFault& fault : checked_.faults) faults_.push_back(fmt::format("{}: {}", certify::word_of(fault.kind), fault.where));
    return base::Done{};
  }

  Result<base::Done> check_public() {
    std::error_code status;
    if (fs::is_regular_file(folder_ / "public" / "pattern.csv", status)) return check_pattern();
    if (witnesses_.tables.empty()) return check_cells(folder_ / "public" / "cells.csv", nullptr);
    for (std::size_t d = 0; d < witnesses_.tables.size(); ++d)
      CANDOUR_TRY_DONE(check_cells(folder_ / "public" / (witnesses_.tables.size() == 1 ? std::string("cells.csv") : fmt::format("cells-{}.csv", d + 1)),
                                   &witnesses_.tables[d]));
    return base::Done{};
  }

  Result<base::Done> check_pattern() {
    const fs::path file = folder_ / "public" / "pattern.csv";
    CANDOUR_TRY(text, base::read_file(file));
    CANDOUR_TRY(lines, formats::read_jj_pattern(text, file.string()));
    bool same = lines.size() == file_.cells.size();
    for (std::size_t c = 0; same && c < lines.size(); ++c) same = lines[c].id == file_.cells[c].id && lines[c].status == file_.cells[c].status;
    if (!same) faults_.emplace_back("the public pattern is not the one that is proved");
    return base::Done{};
  }

  // The rows stand in the order of the cells; the last two fields are value and status.
  Result<base::Done> check_cells(const fs::path& file, const std::vector<SystemCell>* cells) {
    CANDOUR_TRY(text, base::read_file(file));
    std::string_view rest = text;
    std::size_t row = 0;
    const std::size_t expected = cells ? cells->size() : witnesses_.published_count;
    rest.remove_prefix(std::min(rest.size(), rest.find('\n') == std::string_view::npos ? rest.size() : rest.find('\n') + 1));
    while (!rest.empty()) {
      const std::size_t end = rest.find('\n');
      const std::string_view line = rest.substr(0, end);
      rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
      if (row >= expected || !row_is_right(line, cells ? (*cells)[row] : static_cast<SystemCell>(row)))
        faults_.push_back(fmt::format("{}:{}: the row does not say what is proved", file.filename().string(), row + 2));
      ++row;
    }
    if (row < expected) faults_.push_back(fmt::format("{}: rows are missing", file.filename().string()));
    return base::Done{};
  }

  [[nodiscard]] bool row_is_right(std::string_view line, SystemCell cell) const {
    if (table::is_hidden(table::standing_of(file_.cells[cell].status))) return line.ends_with(",[c],suppressed");
    if (!line.ends_with(",shown")) return false;
    line.remove_suffix(6);
    const auto value = base::Decimal::parse(line.substr(line.rfind(',') + 1));
    return value && *value == base::Decimal::of_units(table_.truth.value[cell], table_.decimals);
  }

  fs::path folder_;
  WitnessFile witnesses_;
  formats::JjFile file_;
  tabulate::JjTable table_;
  std::vector<std::string> faults_;
  certify::SystemCheck checked_;
};

}  // namespace

bool is_protected_table(const fs::path& folder) {
  std::error_code status;
  return fs::is_regular_file(folder / "private" / "witnesses.txt", status);
}

Result<ExitStatus> verify_table(const fs::path& folder, Console& console) {
  CANDOUR_TRY(change, read_change(folder / "public" / "table.json"));
  if (change) return verify_changed(folder, *change, console);
  const fs::path witness_path = folder / "private" / "witnesses.txt", table_path = folder / "private" / "table.jj";
  // The two large files are read side by side; of two mistakes the one in the witnesses is told.
  std::future<Result<formats::JjFile>> file_read = std::async(std::launch::async, [&]() -> Result<formats::JjFile> {
    CANDOUR_TRY(text, base::read_file(table_path));
    return formats::read_jj(text, table_path.string());
  });
  const auto read_evidence = [&]() -> Result<WitnessFile> {
    CANDOUR_TRY(text, base::read_file(witness_path));
    return read_witnesses(text, witness_path.string());
  };
  CANDOUR_TRY(witnesses, read_evidence());
  CANDOUR_TRY(file, file_read.get());
  CANDOUR_TRY(table, tabulate::table_of_jj(file, table_path.string()));
  TableVerification verification(folder, std::move(witnesses), std::move(file), std::move(table));
  CANDOUR_TRY_DONE(verification.run());
  nlohmann::ordered_json reasons = nlohmann::ordered_json::array();
  for (const std::string& fault : verification.faults()) {
    if (reasons.size() < most_lines) console.print(fault + "\n");
    reasons.push_back(fault);
  }
  const certify::SystemCheck& checked = verification.checked();
  if (reasons.empty())
    console.print(fmt::format("The witnesses hold: {} cells; {} secrets, each shown by some of {} moves with {} changes re-added.\n", verification.cells(),
                              checked.secrets, checked.moves, checked.changes));
  else console.print(fmt::format("The witnesses do not hold: {} faults.\n", reasons.size()));
  console.print_json({{"holds", reasons.empty()},
                      {"cells", verification.cells()},
                      {"secrets", checked.secrets},
                      {"moves", checked.moves},
                      {"changes", checked.changes},
                      {"reasons", reasons}});
  return reasons.empty() ? ExitStatus::done : ExitStatus::refused;
}

}  // namespace candour::cli
