#include <candour/cli/command_audit.hpp>

#include <candour/attack/audit.hpp>
#include <candour/cli/console.hpp>
#include <candour/cli/parameters.hpp>
#include <candour/cli/system_tables.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <thread>
#include <unordered_map>

namespace candour::cli {
namespace {

using attack::AuditVerdict;

constexpr std::size_t most_lines = 100;

std::string_view word_of(AuditVerdict verdict) {
  switch (verdict) {
    case AuditVerdict::holds: return "holds";
    case AuditVerdict::fails_over_reals: return "unsafe";
    case AuditVerdict::fails_over_integers: return "unsafe over the integers";
    case AuditVerdict::undecided: return "undecided";
  }
  return "undecided";
}

// A table under attack and the names of its cells.
struct Target {
  knowledge::SystemView view;
  std::vector<knowledge::AskedInterval> asked;
  attack::AuditOptions options;
  std::int64_t scale = 1;
};

class AttackCommand final : public Command {
 public:
  void describe(Parameters& parameters) override {
    parameters.argument("TABLE", table_, "A published cells.csv, or a folder with public/cells.csv", Presence::optional);
    parameters.option("--jj", "FILE", jj_, "A constraint file with values and protection levels (may end in .gz)");
    parameters.option("--pattern", "CSV", pattern_, "The statuses to audit, id,status; without it those of the constraint file");
    parameters.option("--hierarchy", "NAME=FILE", hierarchies_, "The hierarchy of a column of cells.csv");
    parameters.option("--minimum", "N", minimum_, 2, 1'000'000, "Counts below this must not be told apart from larger ones (default 5)");
    parameters.option_choice("--hidden", hidden_, {"at-least-one", "may-be-zero"}, "What a hidden cell of cells.csv can be at least");
    parameters.option_choice("--numbers", numbers_, {"integers", "reals"}, "Over which numbers protection is decided");
    parameters.option_choice("--start", start_, {"file", "search"}, "Start from the constraint file's own values, or search a table that fits");
    parameters.option("--threads", "N", threads_, 1, 256, "Threads to work with (default: all)");
    parameters.option("--time-limit", "SECONDS", seconds_, 0, 1'000'000, "Stop then; what is open counts as unsafe");
  }

  base::ResultOrErrors<ExitStatus> run(Console& console) override {
    if (jj_.has_value() == !table_.empty())
      return with_errors<ExitStatus>(base::fail(base::Error{base::Cause::wrong_input, "attack.what", {}, "give either a table or --jj FILE", "candour audit --jj FILE --pattern CSV"}));
    return jj_ ? with_errors(attack_jj(console)) : with_errors(attack_cells(console));
  }

 private:
  attack::AuditOptions options() const {
    attack::AuditOptions options;
    options.numbers = numbers_ == "integers" ? attack::AuditNumbers::integers : attack::AuditNumbers::reals;
    options.threads = threads_ > 0 ? static_cast<unsigned>(threads_) : std::max(1u, std::thread::hardware_concurrency());
    options.seconds = static_cast<double>(seconds_);
    return options;
  }

  base::Result<ExitStatus> attack_jj(Console& console) {
    CANDOUR_TRY(text, formats::read_plain_or_gzip(*jj_));
    CANDOUR_TRY(file, formats::read_jj(text, jj_->string()));
    CANDOUR_TRY(table, tabulate::table_of_jj(file, jj_->string()));
    const truth::SystemTruth& truth = table.truth;
    std::vector<table::CellStanding> standing;
    for (const formats::JjCell& cell : file.cells) standing.push_back(table::standing_of(cell.status));
    if (pattern_) CANDOUR_TRY_DONE(take_pattern(table, standing));
    Target target{{&table.system, standing, truth.value, truth.lowest, truth.highest}, {}, options(), 1};
    for (int i = 0; i < table.decimals; ++i) target.scale *= 10;
    if (table.decimals > 0) target.options.numbers = attack::AuditNumbers::reals;
    if (start_ == "file") target.options.starting_table = truth.value;
    bool only_widths = true;
    for (const truth::SystemSecret& secret : truth.secrets) {
      target.asked.push_back({secret.cell, secret.reach_down, secret.reach_up, secret.width});
      only_widths = only_widths && secret.reach_down == truth.value[secret.cell] && secret.reach_up == truth.value[secret.cell];
    }
    // A file that asks for widths alone asks that no hidden cell be exactly known either.
    for (table::SystemCell c = 0; only_widths && c < standing.size(); ++c)
      if (standing[c] == table::CellStanding::secondary) target.asked.push_back({c, {}, {}, 1});
    return report(console, target, [&](table::SystemCell c) { return fmt::format("{}", table.id[c]); });
  }

  base::Result<base::Done> take_pattern(const tabulate::JjTable& table, std::vector<table::CellStanding>& standing) {
    CANDOUR_TRY(text, base::read_file(*pattern_));
    CANDOUR_TRY(lines, formats::read_jj_pattern(text, pattern_->string()));
    std::unordered_map<std::int64_t, std::size_t> place;
    for (std::size_t c = 0; c < table.id.size(); ++c) place.emplace(table.id[c], c);
    for (const formats::JjPatternLine& line : lines) {
      const auto found = place.find(line.id);
      if (found == place.end())
        return base::fail(base::Error{base::Cause::wrong_input, "pattern.unknown_cell", {pattern_->string(), 0, 0}, fmt::format("cell {} is not in the constraint file", line.id), ""});
      standing[found->second] = table::standing_of(line.status);
    }
    return base::Done{};
  }

  base::Result<ExitStatus> attack_cells(Console& console) {
    std::vector<std::pair<std::string, std::filesystem::path>> hierarchies;
    for (const std::string& text : hierarchies_) {
      CANDOUR_TRY(pair, split_hierarchy_option(text));
      hierarchies.push_back(std::move(pair));
    }
    const std::filesystem::path given = table_;
    const std::filesystem::path file = std::filesystem::is_directory(given) ? given / "public" / "cells.csv" : given;
    const auto convention = hidden_ == "may-be-zero" ? table::ZeroConvention::hidden_may_be_zero : table::ZeroConvention::hidden_at_least_one;
    CANDOUR_TRY(cells, read_published_cells(file, hierarchies, convention));
    Target target{cells.view, {}, options(), 1};
    target.view.system = &cells.system;
    for (table::SystemCell c = 0; c < cells.system.cell_count(); ++c)
      if (table::is_hidden(cells.view.standing[c])) target.asked.push_back({c, {}, minimum_, 1});
    return report(console, target, [&](table::SystemCell c) {
      std::string name;
      for (const std::string& code : codes_of(cells.variables, cells.system, c)) name += (name.empty() ? "" : ", ") + code;
      return name;
    });
  }

  template <class Name>
  base::Result<ExitStatus> report(Console& console, const Target& target, Name&& name) {
    CANDOUR_TRY(audit, attack::audit(target.view, target.asked, target.options));
    nlohmann::ordered_json findings = nlohmann::ordered_json::array();
    const auto amount = [&](double units) { return units / static_cast<double>(target.scale); };
    std::string lines;
    for (const attack::AuditedCell& cell : audit.cells) {
      if (cell.verdict == AuditVerdict::holds) continue;
      findings.push_back({{"cell", name(cell.cell)}, {"verdict", word_of(cell.verdict)}, {"lowest", amount(cell.proved_lowest)}, {"highest", amount(cell.proved_highest)}});
      if (findings.size() <= most_lines) lines += fmt::format("{}: cell {} lies between {} and {}\n", word_of(cell.verdict), name(cell.cell), amount(cell.proved_lowest), amount(cell.proved_highest));
    }
    const std::uint64_t real = audit.count(AuditVerdict::fails_over_reals), whole = audit.count(AuditVerdict::fails_over_integers), open = audit.count(AuditVerdict::undecided);
    console.print(lines);
    if (findings.size() > most_lines) console.print(fmt::format("and {} more (all of them with --json)\n", findings.size() - most_lines));
    console.print(fmt::format("{} hidden cells, {} asked about: {} unsafe over the reals, {} more over the integers, {} undecided\n", audit.hidden, audit.cells.size(), real, whole, open));
    console.print_json({{"hidden", audit.hidden}, {"asked", audit.cells.size()}, {"unsafe_over_reals", real}, {"more_over_integers", whole}, {"undecided", open},
                        {"components", audit.components}, {"linear_programs", audit.linear_programs}, {"integer_programs", audit.integer_programs}, {"findings", findings}});
    return real + whole + open == 0 ? ExitStatus::done : ExitStatus::refused;
  }

  std::string table_;
  std::optional<std::filesystem::path> jj_, pattern_;
  std::vector<std::string> hierarchies_;
  std::int64_t minimum_ = 5, threads_ = 0, seconds_ = 0;
  std::string hidden_ = "at-least-one", numbers_ = "integers", start_ = "file";
};

}  // namespace

std::unique_ptr<Command> make_audit_command() { return std::make_unique<AttackCommand>(); }

}  // namespace candour::cli
