#include <candour/cli/attack_table.hpp>

#include <candour/attack/audit.hpp>
#include <candour/attack/audit_derivation.hpp>
#include <candour/attack/changed_table.hpp>
#include <candour/cli/change_words.hpp>
#include <candour/cli/console.hpp>
#include <candour/cli/derivation_words.hpp>
#include <candour/cli/published_tables.hpp>
#include <candour/cli/system_tables.hpp>
#include <candour/cli/witness_file.hpp>

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
constexpr std::size_t most_sums = 30;
constexpr std::size_t most_derived = 25;

std::string_view word_of(AuditVerdict verdict) {
  switch (verdict) {
    case AuditVerdict::holds: return "holds";
    case AuditVerdict::fails_over_reals: return "unsafe";
    case AuditVerdict::fails_over_integers: return "unsafe over the integers";
    case AuditVerdict::undecided: return "undecided";
  }
  return "undecided";
}

// A bound in the table's own unit, without the digits that a solver's double numbers trail.
std::string bound_text(double amount) {
  std::string text = fmt::format("{:.3f}", amount);
  while (text.back() == '0') text.pop_back();
  if (text.back() == '.') text.pop_back();
  return text == "-0" ? "0" : text;
}

// A table under attack and the names of its cells.
struct Target {
  knowledge::SystemView view;
  std::vector<knowledge::AskedInterval> asked;
  attack::AuditOptions options;
  std::int64_t scale = 1;
  std::vector<table::SystemCell> shown_small = {};  ///< counts below the minimum that stand there for everybody to read
};

class TableAttack {
 public:
  TableAttack(const TableAttackOrder& order, Console& console) : order_(order), console_(console) {}

  base::Result<ExitStatus> run() { return order_.jj ? attack_jj() : attack_cells(); }

 private:
  attack::AuditOptions options() const {
    attack::AuditOptions options;
    options.numbers = order_.numbers == "integers" ? attack::AuditNumbers::integers : attack::AuditNumbers::reals;
    options.threads = order_.threads > 0 ? static_cast<unsigned>(order_.threads) : std::max(1u, std::thread::hardware_concurrency());
    options.seconds = static_cast<double>(order_.seconds);
    return options;
  }

  base::Result<ExitStatus> attack_jj() {
    CANDOUR_TRY(text, formats::read_plain_or_gzip(*order_.jj));
    CANDOUR_TRY(file, formats::read_jj(text, order_.jj->string()));
    const bool has_levels = std::any_of(file.cells.begin(), file.cells.end(), [](const formats::JjCell& cell) { return cell.status == 'u'; });
    // A file without sensitive cells that says which cells are hidden is a published one: what it says of those is no value.
    const bool published = !has_levels && !order_.pattern && order_.start == "search";
    CANDOUR_TRY(table, tabulate::table_of_jj(file, order_.jj->string(), published ? tabulate::JjValues::of_shown_cells : tabulate::JjValues::of_all_cells));
    const truth::SystemTruth& truth = table.truth;
    std::vector<table::CellStanding> standing;
    for (const formats::JjCell& cell : file.cells) standing.push_back(table::standing_of(cell.status));
    if (order_.pattern) CANDOUR_TRY_DONE(take_pattern(table, standing));
    Target target{{&table.system, standing, truth.value, truth.lowest, truth.highest}, {}, options(), 1};
    for (int i = 0; i < table.decimals; ++i) target.scale *= 10;
    if (table.decimals > 0) target.options.numbers = attack::AuditNumbers::reals;
    if (order_.start == "file") target.options.starting_table = truth.value;
    if (order_.witnesses) CANDOUR_TRY_DONE(offer_moves(target));
    bool only_widths = true;
    for (const truth::SystemSecret& secret : truth.secrets) {
      target.asked.push_back({secret.cell, secret.reach_down, secret.reach_up, secret.width});
      only_widths = only_widths && secret.reach_down == truth.value[secret.cell] && secret.reach_up == truth.value[secret.cell];
    }
    // A file that asks for widths alone asks that no hidden cell be exactly known either; a published one is asked about as cells.csv is.
    for (table::SystemCell c = 0; only_widths && c < standing.size(); ++c) {
      if (standing[c] != table::CellStanding::secondary) continue;
      if (published && table.decimals == 0 && truth.lowest[c] == 1) target.asked.push_back({c, {}, order_.minimum, 1});
      else target.asked.push_back({c, {}, {}, 1});
    }
    return report(target, [&](table::SystemCell c) { return fmt::format("{}", table.id[c]); });
  }

  // Evidence of others saves the search; what does not fit the table is not used.
  base::Result<base::Done> offer_moves(Target& target) {
    if (target.options.starting_table.empty())
      return base::fail(base::Error{base::Cause::wrong_input, "attack.witnesses", {}, "witnesses are changes of the file's own values", "use --start file"});
    CANDOUR_TRY(text, base::read_file(*order_.witnesses));
    CANDOUR_TRY(file, read_witnesses(text, order_.witnesses->string()));
    target.options.offered_moves = std::move(file.moves);
    return base::Done{};
  }

  base::Result<base::Done> take_pattern(const tabulate::JjTable& table, std::vector<table::CellStanding>& standing) {
    CANDOUR_TRY(text, base::read_file(*order_.pattern));
    CANDOUR_TRY(lines, formats::read_jj_pattern(text, order_.pattern->string()));
    std::unordered_map<std::int64_t, std::size_t> place;
    for (std::size_t c = 0; c < table.id.size(); ++c) place.emplace(table.id[c], c);
    for (const formats::JjPatternLine& line : lines) {
      const auto found = place.find(line.id);
      if (found == place.end())
        return base::fail(base::Error{base::Cause::wrong_input,
                                      "pattern.unknown_cell",
                                      {order_.pattern->string(), 0, 0},
                                      fmt::format("cell {} is not in the constraint file", line.id),
                                      ""});
      standing[found->second] = table::standing_of(line.status);
    }
    return base::Done{};
  }

  base::Result<ExitStatus> attack_cells() {
    CANDOUR_TRY(files,
                read_published_tables({order_.tables, order_.metadata, order_.history, order_.hierarchies,
                                       order_.hidden == "may-be-zero" ? table::ZeroConvention::hidden_may_be_zero : table::ZeroConvention::hidden_at_least_one,
                                       order_.values}));
    if (files.changed || order_.changed) return attack_changed(files);
    Target target{files.view, {}, options(), 1};
    target.view.system = &files.system;
    for (int i = 0; i < files.decimals; ++i) target.scale *= 10;
    if (files.unit == PublishedTables::Unit::amounts) target.options.numbers = attack::AuditNumbers::reals;
    target.asked = files.asked_by_levels;
    if (!target.asked.empty()) target.options.starting_table = files.view.value;
    for (table::SystemCell c = 0; files.asked_by_levels.empty() && c < files.published_count; ++c) {
      if (!table::is_hidden(files.view.standing[c])) continue;
      if (files.unit == PublishedTables::Unit::amounts) target.asked.push_back({c, {}, {}, 1});
      else target.asked.push_back({c, {}, order_.minimum, 1});
    }
    if (files.asked_by_levels.empty() && files.unit != PublishedTables::Unit::amounts)
      for (table::SystemCell c = 0; c < files.published_count; ++c)
        if (!table::is_hidden(files.view.standing[c]) && files.view.value[c] > 0 && files.view.value[c] < order_.minimum) target.shown_small.push_back(c);
    auto reported = report(target, [&](table::SystemCell c) { return files.name_of(c); });
    if (!reported && reported.error().code == "audit.inconsistent") return base::fail(with_missing_levels(std::move(reported).error(), files));
    return reported;
  }

  // Codes of several levels read as if they were of one add up to more than the total: the likeliest reason for a contradiction.
  base::Error with_missing_levels(base::Error error, const PublishedTables& files) const {
    std::string names, first;
    for (const PublishedPart& part : files.parts)
      for (const table::Hierarchy& variable : part.variables) {
        const auto is_its = [&](const std::string& given) { return given.starts_with(variable.name() + "="); };
        if (variable.depth() > 1 || std::any_of(order_.hierarchies.begin(), order_.hierarchies.end(), is_its)) continue;
        if (first.empty()) first = variable.name();
        names += fmt::format("{}'{}'", names.empty() ? "" : ", ", variable.name());
      }
    if (names.empty()) return error;
    return {base::Cause::wrong_input,
            "attack.levels",
            {order_.tables[0].string(), 0, 0},
            fmt::format("with the codes of {} taken as one level each the published values contradict each other", names),
            fmt::format(
                "where codes lie below others, say how they add up: --hierarchy {}=FILE{}", first,
                files.unit == PublishedTables::Unit::amounts || order_.hidden == "may-be-zero" ? "" : "; where a hidden cell can be 0: --hidden may-be-zero")};
  }

  // Rounded, or with noise: what the figures together leave possible, and what averaging makes of noise.
  base::Result<ExitStatus> attack_changed(const PublishedTables& files) {
    CANDOUR_TRY(said, order_.changed ? as_optional(change_of_words(*order_.changed)) : read_change(order_.tables[0].parent_path() / "table.json"));
    if (!said)
      return base::fail(base::Error{base::Cause::wrong_input,
                                    "attack.changed",
                                    {order_.tables[0].string(), 0, 0},
                                    "the table's values were changed, and nothing says how",
                                    "say it: --changed random,5"});
    CANDOUR_TRY(found, attack::attack_changed_table(files.system, files.view.value, *said, order_.minimum, options()));
    nlohmann::ordered_json findings = nlohmann::ordered_json::array();
    for (const attack::ShownSmall& cell : found.shown_small) {
      findings.push_back({{"cell", files.name_of(cell.cell)}, {"verdict", "unsafe"}, {"lowest", cell.lowest}, {"highest", cell.highest}});
      if (findings.size() <= most_lines)
        console_.print(fmt::format("unsafe: cell {} lies between {} and {}\n", files.name_of(cell.cell), bound_text(cell.lowest), bound_text(cell.highest)));
    }
    console_.print(fmt::format("{} cells whose figure could stand for a small count: {} are shown to hold one, {} undecided\n", found.asked,
                               found.shown_small.size(), found.undecided.size()));
    nlohmann::ordered_json json{{"changed", nlohmann::ordered_json::parse(text_of_change(*said))},
                                {"asked", found.asked},
                                {"shown_small", found.shown_small.size()},
                                {"undecided", found.undecided.size()},
                                {"linear_programs", found.linear_programs}};
    if (said->kind == table::Change::Kind::noise)
      console_.print(
          "The noise has no limit: no count is excluded by any figure. What a figure tells is bounded by the epsilon of the release, not by an interval.\n");
    if (said->kind == table::Change::Kind::cell_key)
      if (const auto average = attack::best_average(files.system, said->variance)) {
        console_.print(
            fmt::format("Averaging the sums of its parts estimates {} best: standard deviation {:.2f}, right after rounding in {:.0f} % of draws. Tables that "
                        "split the same records further go on from there;\n"
                        "and a table that lacks one record subtracts to that record's part plus noise of twice the variance.\n",
                        files.name_of(average->cell), average->deviation, 100 * average->exact_probability));
        json["best_average"] = {{"cell", files.name_of(average->cell)}, {"deviation", average->deviation}, {"exact_probability", average->exact_probability}};
      }
    json["findings"] = findings;
    console_.print_json(json);
    return found.shown_small.empty() && found.undecided.empty() ? ExitStatus::done : ExitStatus::refused;
  }

  static base::Result<std::optional<table::Change>> as_optional(base::Result<table::Change> change) {
    if (!change) return base::fail(std::move(change).error());
    return std::optional(*change);
  }

  // The sums that give a cell away: those of the bound that falls short, or of both where a width does.
  template <class Name>
  static std::vector<std::string> derive(const attack::BoundDeriver& deriver, const Target& target, const knowledge::AskedInterval& asked,
                                         const attack::AuditedCell& cell, const Name& name) {
    if (cell.verdict == AuditVerdict::undecided) return {};
    const auto amount = [&](std::int64_t units) { return bound_text(static_cast<double>(units) / static_cast<double>(target.scale)); };
    const auto highest = static_cast<std::int64_t>(std::floor(cell.proved_highest + 1e-6)),
               lowest = static_cast<std::int64_t>(std::ceil(cell.proved_lowest - 1e-6));
    const bool up = asked.reach_up && highest < *asked.reach_up, down = asked.reach_down && lowest > *asked.reach_down;
    std::vector<std::string> lines;
    for (const attack::Side side : {attack::Side::at_most, attack::Side::at_least}) {
      const bool is_up = side == attack::Side::at_most;
      if ((up || down) && !(is_up ? up : down)) continue;
      const auto derivation = deriver.derive(cell.cell, side, is_up ? highest : lowest);
      if (!derivation) continue;
      const auto own = words_of_derivation(target.view, *derivation, name, amount);
      lines.insert(lines.end(), own.begin(), own.end());
      if (derivation->bounds.empty() && derivation->rest % derivation->factor == 0) break;  // the value itself: the other side says the same
    }
    return lines;
  }

  template <class Name>
  base::Result<ExitStatus> report(const Target& target, Name&& name) {
    CANDOUR_TRY(audit, attack::audit(target.view, target.asked, target.options));
    CANDOUR_TRY(deriver, attack::BoundDeriver::make(target.view));
    nlohmann::ordered_json findings = nlohmann::ordered_json::array();
    const auto amount = [&](double units) { return units / static_cast<double>(target.scale); };
    std::string lines;
    for (const attack::AuditedCell& cell : audit.cells) {
      if (cell.verdict == AuditVerdict::holds) continue;
      findings.push_back(
          {{"cell", name(cell.cell)}, {"verdict", word_of(cell.verdict)}, {"lowest", amount(cell.proved_lowest)}, {"highest", amount(cell.proved_highest)}});
      if (findings.size() > most_lines) continue;
      const std::vector<std::string> derivation = findings.size() > most_derived
                                                      ? std::vector<std::string>{}
                                                      : derive(deriver, target, target.asked[static_cast<std::size_t>(&cell - audit.cells.data())], cell, name);
      if (!derivation.empty()) findings.back()["derivation"] = derivation;
      lines += fmt::format("{}: cell {} lies between {} and {}\n", word_of(cell.verdict), name(cell.cell), bound_text(amount(cell.proved_lowest)),
                           bound_text(amount(cell.proved_highest)));
      if (derivation.size() > most_sums) lines += fmt::format("  follows from {} sums together (written out with --json)\n", derivation.size() - 1);
      else
        for (const std::string& line : derivation) lines += "  " + line + "\n";
    }
    lines += lines_of_shown(target, findings, name);
    const std::uint64_t real = audit.count(AuditVerdict::fails_over_reals), whole = audit.count(AuditVerdict::fails_over_integers),
                        open = audit.count(AuditVerdict::undecided);
    console_.print(lines);
    if (findings.size() > most_lines) console_.print(fmt::format("and {} more (all of them with --json)\n", findings.size() - most_lines));
    console_.print(fmt::format("{} hidden cells, {} asked about: {} unsafe over the reals, {} more over the integers, {} undecided\n", audit.hidden,
                               audit.cells.size(), real, whole, open));
    if (!target.shown_small.empty())
      console_.print(fmt::format("{} cells show a count {}: nothing protects them\n", target.shown_small.size(),
                                 order_.minimum == 2 ? std::string("of 1") : fmt::format("from 1 to {}", order_.minimum - 1)));
    if (!target.options.offered_moves.empty())
      console_.print(fmt::format("{} of {} offered moves fit and were used\n", audit.offered_moves_used, target.options.offered_moves.size()));
    if (open > 0 && audit.time_ended) console_.print("The time ended before everything was decided: what is undecided counts as unsafe.\n");
    if (open > 0 && audit.failed_programs > 0)
      console_.print(
          fmt::format("The attack is not finished: the solver failed on {} programs, and what is undecided counts as unsafe.\n", audit.failed_programs));
    console_.print_json({{"hidden", audit.hidden},
                         {"asked", audit.cells.size()},
                         {"unsafe_over_reals", real},
                         {"more_over_integers", whole},
                         {"undecided", open},
                         {"shown_small", target.shown_small.size()},
                         {"columns", audit.columns},
                         {"components", audit.components},
                         {"offered_moves_used", audit.offered_moves_used},
                         {"time_ended", audit.time_ended},
                         {"failed_programs", audit.failed_programs},
                         {"linear_programs", audit.linear_programs},
                         {"integer_programs", audit.integer_programs},
                         {"findings", findings}});
    return real + whole + open == 0 && target.shown_small.empty() ? ExitStatus::done : ExitStatus::refused;
  }

  // Counts that nobody has to derive.
  template <class Name>
  std::string lines_of_shown(const Target& target, nlohmann::ordered_json& findings, const Name& name) const {
    std::string lines;
    for (const table::SystemCell cell : target.shown_small) {
      const std::int64_t count = target.view.value[cell];
      findings.push_back({{"cell", name(cell)}, {"verdict", "unsafe"}, {"lowest", count}, {"highest", count}, {"derivation", {"it is shown"}}});
      if (findings.size() <= most_lines) lines += fmt::format("unsafe: cell {} is shown, and is {}\n", name(cell), count);
    }
    return lines;
  }

  const TableAttackOrder& order_;
  Console& console_;
};

}  // namespace

std::vector<std::filesystem::path> published_tables_at(const std::filesystem::path& given) {
  std::error_code status;
  if (!std::filesystem::is_directory(given, status)) {
    const std::string extension = given.extension().string();
    return extension == ".csv" || extension == ".tab" || extension == ".txt" ? std::vector{given} : std::vector<std::filesystem::path>{};
  }
  const std::filesystem::path whole = given / "public" / "cells.csv";
  if (std::filesystem::is_regular_file(whole, status)) return {whole};
  std::vector<std::filesystem::path> linked;
  for (int number = 1; std::filesystem::is_regular_file(given / "public" / fmt::format("cells-{}.csv", number), status); ++number)
    linked.push_back(given / "public" / fmt::format("cells-{}.csv", number));
  return linked;
}

base::Result<ExitStatus> attack_table(const TableAttackOrder& order, Console& console) { return TableAttack(order, console).run(); }

}  // namespace candour::cli
