#include <candour/cli/protect_methods.hpp>

#include <candour/base/solver_failures.hpp>
#include <candour/base/stop.hpp>
#include <candour/certify/system_check.hpp>
#include <candour/cli/console.hpp>
#include <candour/cli/protect_output.hpp>
#include <candour/cli/system_tables.hpp>
#include <candour/cli/witness_file.hpp>
#include <candour/protect/suppress/optimal.hpp>
#include <candour/protect/suppress/suppress.hpp>

#include <fmt/format.h>
#include <sys/resource.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace candour::cli {
namespace {

using base::Result;
using nlohmann::ordered_json;
using table::SystemCell;

double seconds_since(Started started) { return std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count(); }

// The evidence, with all that the checker needs to go over it again without the method.
WitnessFile witnesses_of(const table::AdditiveSystem& system, const truth::SystemTruth& truth, const protect::Suppression& result,
                         const certify::SystemCheckOptions& check, std::uint32_t published) {
  WitnessFile file;
  file.check = check;
  file.published_count = published;
  if (system.product()) file.axes = system.product()->axes;
  for (SystemCell c = 0; c < truth.largest.size(); ++c)
    if (truth.value[c] > 0 && truth.largest[c] == truth.value[c]) file.singles.push_back(c);
  file.secrets = truth.secrets, file.moves_of = result.moves_of, file.moves = result.moves;
  return file;
}

std::size_t number_of_cells(std::vector<SystemCell> cells) {
  std::sort(cells.begin(), cells.end());
  return static_cast<std::size_t>(std::unique(cells.begin(), cells.end()) - cells.begin());
}

// Nothing is written unless the checker, which shares nothing with the method, finds no fault.
Result<base::Done> prove(const table::AdditiveSystem& system, const truth::SystemTruth& truth, const protect::Suppression& result,
                         const certify::SystemCheckOptions& options) {
  const certify::SystemCheck check = certify::check_system(system, truth, {result.standing, result.moves, result.moves_of}, options);
  if (check.faults.empty()) return base::Done{};
  if (!result.impossible.empty())
    return base::fail(base::Error{base::Cause::refused,
                                  "protect.impossible",
                                  {},
                                  fmt::format("{} of {} sensitive cells cannot be protected, whatever is hidden: no pattern is written",
                                              number_of_cells(result.impossible), truth.secrets.size()),
                                  "lower their protection levels, or let cells be hidden that must be shown now"});
  if (result.ended_early)
    return base::fail(base::Error{base::Cause::could_not_finish,
                                  "protect.ended_early",
                                  {},
                                  fmt::format("stopped before a first pattern was complete, with {} of {} sensitive cells still open: no pattern is written",
                                              number_of_cells(result.unprotected), truth.secrets.size()),
                                  "give it more time: --time-limit"});
  if (!result.unprotected.empty())
    return base::fail(base::Error{
        base::Cause::refused,
        "protect.unprotected",
        {},
        fmt::format("no way was found to protect {} of {} sensitive cells{}: no pattern is written", number_of_cells(result.unprotected), truth.secrets.size(),
                    base::solver_failures() > 0 ? fmt::format(", and the solver failed on {} programs", base::solver_failures()) : ""),
        "coarser categories leave more room, and so do fewer cells that must be shown"});
  return base::fail(base::Error{base::Cause::refused,
                                "protect.unproved",
                                {},
                                fmt::format("the pattern found does not pass its own check (faults: {}, the first of the kind {}): no pattern is written",
                                            check.faults.size(), certify::word_of(check.faults.front().kind)),
                                "coarser categories leave more room; another secret key (--key) draws another pattern"});
}

// What is said of a pattern; cells that nobody publishes do not count.
ordered_json summary_of(const ProtectOrder& order, const truth::SystemTruth& truth, std::uint32_t published, const protect::Suppression& result, double units) {
  double primary_loss = 0, secondary_value = 0, secondary_loss = 0;
  std::int64_t primary = 0, secondary = 0;
  double all_loss = 0;
  for (SystemCell c = 0; c < published; ++c) {
    if (truth.value[c] != 0) all_loss += static_cast<double>(truth.loss[c]);
    if (truth.standing[c] == table::CellStanding::primary) ++primary, primary_loss += static_cast<double>(truth.loss[c]);
    else if (table::is_hidden(result.standing[c]))
      ++secondary, secondary_value += static_cast<double>(truth.value[c]), secondary_loss += static_cast<double>(truth.loss[c]);
  }
  return {{"cells", published},
          {"primary", primary},
          {"secondary", secondary},
          {"secondary_value", secondary_value / units},
          {"secondary_loss", secondary_loss / units},
          {"total_loss", (secondary_loss + primary_loss) / units},
          {"information_lost_percent", all_loss > 0 ? 100 * (secondary_loss + primary_loss) / all_loss : 0.0},
          {"gap_percent", nullptr},
          {"stopped_early", base::stop_asked()},
          {"moves", result.moves.size()},
          {"protection", order.protection},
          {"hidden", order.hidden},
          {"proved", true},
          {"vetting", "unvetted"}};
}

void print_summary(Console& console, const ordered_json& summary) {
  if (summary["stopped_early"].get<bool>()) console.print("Stopped early: this is the best pattern that was complete, proved like any other.\n");
  console.print(fmt::format("{} cells, {} primary, {} secondary (value {}); every secret is proved by {} moves; {:.2f} s, {:.0f} MB\n",
                            summary["cells"].get<std::uint64_t>(), summary["primary"].get<std::int64_t>(), summary["secondary"].get<std::int64_t>(),
                            summary["secondary_value"].get<double>(), summary["moves"].get<std::uint64_t>(), summary["seconds"].get<double>(),
                            summary["megabytes"].get<double>()));
  console.print_json(summary);
}

double power_of_ten(int exponent) {
  double power = 1;
  for (int i = 0; i < exponent; ++i) power *= 10;
  return power;
}

}  // namespace

void add_measurements(ordered_json& summary, Started started) {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  summary["seconds"] = seconds_since(started);
  summary["cpu_seconds"] =
      static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) + static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1e-6;
  summary["megabytes"] = static_cast<double>(usage.ru_maxrss) / 1024;
}

Result<ExitStatus> protect_by_suppression(const ProtectOrder& order, Started started, Console& console) {
  CANDOUR_TRY(table, read_protect_table(order));
  base::StopOnInterrupt interrupt;
  protect::SuppressionOptions options;
  options.seconds = static_cast<double>(order.seconds);
  options.key = order.key;
  const bool counts = table.unit == ProtectTable::Unit::records, full = counts && order.protection == "full";
  // Where cells that nobody publishes connect everything, or whole groups are protected, the choice of cells has no components of its own to speak of.
  const bool replay = full && table.system.product().has_value();
  if (counts && order.protection != "width") options.insider = protect::Insider::single_contributor;
  if (replay) options.threshold = order.minimum;
  CANDOUR_TRY(result, protect::suppress(table.system, table.truth, options));
  certify::SystemCheckOptions check;
  if (options.insider == protect::Insider::single_contributor) check.singles = certify::SystemCheckOptions::Singles::checked;
  if (full) check.threshold = order.minimum;
  if (replay) check.replay = certify::SystemCheckOptions::Replay::checked;
  CANDOUR_TRY_DONE(prove(table.system, table.truth, result, check));
  ordered_json summary = summary_of(order, table.truth, table.published_count, result, power_of_ten(table.decimals));
  const auto positive = std::count_if(table.truth.value.begin(), table.truth.value.begin() + table.published_count, [](std::int64_t x) { return x > 0; });
  const bool recode = 2 * (summary["primary"].get<std::int64_t>() + summary["secondary"].get<std::int64_t>()) > positive;
  summary["recode_advised"] = recode;
  summary["tables"] = table.cubes.size();
  summary["choice_replayed"] = replay;
  if (order.sensitive) summary["groups_protected"] = table.groups;
  if (order.marks)
    summary["marks"] = {
        {"sensitive", table.marks.made_sensitive}, {"show", table.marks.must_show}, {"published_although_sensitive", table.marks.published_although_sensitive}};
  add_measurements(summary, started);
  Protected made;
  made.values.assign(table.truth.value.begin(), table.truth.value.begin() + table.published_count);
  made.standing.assign(result.standing.begin(), result.standing.begin() + table.published_count);
  WitnessFile witnesses = witnesses_of(table.system, table.truth, result, check, table.published_count);
  witnesses.minimum = full ? order.minimum : 0;
  for (const PublishedCube& cube : table.cubes)
    if (!cube.cell_of.empty()) witnesses.tables.push_back(cube.cell_of);
  made.evidence = text_of_witnesses(witnesses);
  interrupt.pass_over();
  CANDOUR_TRY_DONE(write_protected(order, table, made, summary));
  print_summary(console, summary);
  if (table.marks.published_although_sensitive > 0)
    console.print(fmt::format("{} cells that were published before are sensitive by a rule: they cannot be protected any more.\n",
                              table.marks.published_although_sensitive));
  if (recode) console.print("More than half of the cells that are not zero are hidden: coarser categories are the more honest answer.\n");
  return ExitStatus::done;
}

Result<ExitStatus> protect_constraint_file(const ProtectOrder& order, Started started, Console& console) {
  CANDOUR_TRY(text, formats::read_plain_or_gzip(*order.jj));
  CANDOUR_TRY(file, formats::read_jj(text, order.jj->string()));
  CANDOUR_TRY(table, tabulate::table_of_jj(file, order.jj->string()));
  base::StopOnInterrupt interrupt;
  protect::SuppressionOptions options;
  options.seconds = options.first_seconds = static_cast<double>(order.seconds);
  const double limit = order.seconds > 0 ? static_cast<double>(order.seconds) : 60;
  if (order.optimal) options.seconds = limit / 4;
  CANDOUR_TRY(result, protect::suppress(table.system, table.truth, options));
  std::optional<protect::OptimalOutcome> proved;
  if (order.optimal) {
    proved = protect::suppress_optimally(table.system, table.truth, std::move(result), {limit - seconds_since(started)});
    result = std::move(proved->best);
  }
  CANDOUR_TRY_DONE(prove(table.system, table.truth, result, {}));
  std::string pattern = "id,status\n";
  for (SystemCell c = 0; c < table.id.size(); ++c) fmt::format_to(std::back_inserter(pattern), "{},{}\n", table.id[c], table::letter_of(result.standing[c]));
  const double scale = power_of_ten(table.decimals);
  ordered_json summary = summary_of(order, table.truth, table.system.cell_count(), result, scale);
  if (proved) {
    const double lowest = proved->lowest_loss / scale, own = summary["secondary_loss"].get<double>(), all = summary["total_loss"].get<double>();
    summary["lowest_possible_total_loss"] = all - own + lowest;
    summary["gap_percent"] = 100 * std::max(0.0, own - lowest) / std::max(1e-9, all - own + lowest);
    summary["optimal"] = own <= lowest * (1 + 1e-6) + 1e-6;
    console.print(fmt::format("total loss {:.0f}; no safe pattern loses less than {:.0f} (gap {:.2f} %)\n", all,
                              summary["lowest_possible_total_loss"].get<double>(), summary["gap_percent"].get<double>()));
  }
  add_measurements(summary, started);
  for (SystemCell c = 0; c < table.id.size(); ++c) file.cells[c].status = table::letter_of(result.standing[c]);
  base::FolderToWrite open{order.out / "public", base::FolderAccess::everyone, {{"pattern.csv", std::move(pattern)}}};
  base::FolderToWrite closed{order.out / "private",
                             base::FolderAccess::owner_only,
                             {{"summary.json", summary.dump(2) + "\n"},
                              {"key.bin", std::string(order.key.bytes.begin(), order.key.bytes.end())},
                              {"witnesses.txt", text_of_witnesses(witnesses_of(table.system, table.truth, result, {}, table.system.cell_count()))},
                              {"table.jj", formats::write_jj(file)}}};
  interrupt.pass_over();
  CANDOUR_TRY_DONE(base::replace_folders_whole({std::move(open), std::move(closed)}));
  print_summary(console, summary);
  return ExitStatus::done;
}

}  // namespace candour::cli
