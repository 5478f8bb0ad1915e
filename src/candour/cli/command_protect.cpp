#include <candour/cli/command_protect.hpp>

#include <candour/assess/system_rules.hpp>
#include <candour/certify/system_check.hpp>
#include <candour/cli/console.hpp>
#include <candour/cli/parameters.hpp>
#include <candour/cli/system_tables.hpp>
#include <candour/protect/perturb/cell_key.hpp>
#include <candour/protect/perturb/discrete_noise.hpp>
#include <candour/protect/round/rounding.hpp>
#include <candour/protect/suppress/optimal.hpp>
#include <candour/protect/suppress/suppress.hpp>

#include <candour/base/text.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>

namespace candour::cli {
namespace {

using base::Result;
using nlohmann::ordered_json;

double peak_megabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) + static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1e-6;
}

// The evidence as text: a line a secret with its moves, a line a move with cell:change.
std::string evidence_text(const truth::SystemTruth& truth, const protect::Suppression& result) {
  std::string out = "candour witnesses 1\n";
  for (std::size_t s = 0; s < truth.secrets.size(); ++s) {
    const truth::SystemSecret& secret = truth.secrets[s];
    fmt::format_to(std::back_inserter(out), "secret {} {} {} {}", secret.cell, secret.reach_down, secret.reach_up, secret.width);
    for (const std::uint32_t m : result.moves_of[s]) fmt::format_to(std::back_inserter(out), " {}", m);
    out += '\n';
  }
  for (const table::SystemMove& move : result.moves) {
    out += "move";
    for (const table::SystemChange& part : move) fmt::format_to(std::back_inserter(out), " {}:{}", part.cell, part.change);
    out += '\n';
  }
  return out;
}

class ProtectCommand final : public Command {
 public:
  void describe(Parameters& parameters) override {
    parameters.option("--records", "FILE", records_, "Records as CSV with a header: one line a record");
    parameters.option("--by", "NAMES", by_, "The columns to cross, with commas between them");
    parameters.option("--hierarchy", "NAME=FILE", hierarchies_, "The hierarchy of a column: CSV code,parent[,label]");
    parameters.option("--jj", "FILE", jj_, "A constraint file with values, costs and protection levels (may end in .gz)");
    parameters.option_choice("--method", method_, {"suppress", "round", "cell-key", "dp"}, "How to protect");
    parameters.option("--minimum", "N", minimum_, 2, 1'000'000, "Counts from 1 to N - 1 are protected (default 5)");
    parameters.option_choice("--protection", protection_, {"full", "upper", "width"},
                             "Counts: reach from the least possible to the minimum; reach the minimum; or take any other value (weak, for comparison)");
    parameters.option("--sum", "COLUMN", sum_, "Publish sums of this column instead of counts");
    parameters.option("--p-percent", "P", p_percent_, 1, 1000, "Sums: nobody's contribution can be estimated to within P percent (default 10)");
    parameters.option_choice("--hidden", hidden_, {"at-least-one", "may-be-zero"}, "What a hidden count can be at least; printed beside the symbol");
    parameters.option_choice("--loss", loss_, {"logarithm", "value", "one", "value-and-one"}, "What hiding a cell loses");
    parameters.option("--base", "N", base_, 2, 1'000'000, "Rounding: multiples of N (default 5)");
    parameters.option("--variance", "N", variance_, 1, 1000, "Noise: its variance (default 3)");
    parameters.option("--most-noise", "N", most_noise_, 1, 1000, "Cell key: the largest change (default 5)");
    parameters.option("--forbidden", "N", forbidden_, 0, 1000, "Cell key: no result from 1 to N (default 0)");
    parameters.option("--identifier", "COLUMN", identifier_, "Cell key: the column that names each record for good");
    parameters.option("--key", "FILE", key_file_, "The authority's secret key, 32 bytes; drawn and kept in private/ if there is none");
    parameters.flag("--optimal", optimal_, "Constraint files: prove how little any safe pattern can lose, as far as the time limit allows (default 60 s)");
    parameters.option("--time-limit", "SECONDS", seconds_, 0, 1'000'000, "Time for improving a complete pattern (default 0: none)");
    parameters.option("-o,--out", "DIR", out_, "The folder to write: public/ and private/", Presence::required);
  }

  base::ResultOrErrors<ExitStatus> run(Console& console) override {
    if (jj_.has_value() == records_.has_value())
      return with_errors<ExitStatus>(base::fail(base::Error{base::Cause::wrong_input, "protect.what", {}, "give either --records FILE or --jj FILE", "candour protect --records FILE --by A,B -o DIR"}));
    started_ = std::chrono::steady_clock::now();
    CANDOUR_TRY_DONE(with_errors(take_key()));
    return jj_ ? with_errors(protect_jj(console)) : with_errors(protect_records(console));
  }

 private:
  [[nodiscard]] double seconds() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - started_).count(); }

  Result<base::Done> take_key() {
    if (!key_file_) {
      key_ = base::draw_secret_key();
      return base::Done{};
    }
    CANDOUR_TRY(bytes, base::read_file(*key_file_));
    if (bytes.size() != key_.bytes.size())
      return base::fail(base::Error{base::Cause::wrong_input, "protect.key", {key_file_->string(), 0, 0}, "the key file does not hold 32 bytes", "take private/key.bin of an earlier run"});
    std::copy(bytes.begin(), bytes.end(), key_.bytes.begin());
    return base::Done{};
  }

  Result<tabulate::Cube> read_cube() const {
    if (!by_) return base::fail(base::Error{base::Cause::wrong_input, "protect.by", {}, "--records needs --by with the columns to cross", "--by region,age"});
    tabulate::CubeOrder order;
    order.records = *records_;
    order.amount_column = sum_;
    if (method_ == "cell-key") {
      if (!identifier_)
        return base::fail(base::Error{base::Cause::wrong_input, "protect.identifier", {}, "the cell key method needs --identifier, a column that names each record for good", "keys from the order of rows would change with every new row"});
      order.identifier_column = identifier_;
      order.key_of_identifier = [this](std::string_view text) { return protect::record_key(key_, text); };
    }
    for (const std::string& name : base::split(*by_, ',')) order.by.push_back({name, {}});
    for (const std::string& text : hierarchies_) {
      CANDOUR_TRY(pair, split_hierarchy_option(text));
      const auto found = std::find_if(order.by.begin(), order.by.end(), [&](const tabulate::CubeVariable& variable) { return variable.column == pair.first; });
      if (found == order.by.end())
        return base::fail(base::Error{base::Cause::wrong_input, "hierarchy.option", {}, fmt::format("--hierarchy names '{}', which is not in --by", pair.first), ""});
      found->hierarchy = pair.second;
    }
    return tabulate::tabulate_cube(order);
  }

  [[nodiscard]] truth::SystemTruth assess(const tabulate::Cube& cube) const {
    const assess::LossKind loss = loss_ == "value" ? assess::LossKind::value : loss_ == "one" ? assess::LossKind::one
                                  : loss_ == "value-and-one" ? assess::LossKind::value_and_one : assess::LossKind::logarithm;
    if (sum_) return assess::truth_of_amounts(cube.system, cube.amount, cube.largest, cube.second, {p_percent_, loss});
    const auto convention = hidden_ == "may-be-zero" ? table::ZeroConvention::hidden_may_be_zero : table::ZeroConvention::hidden_at_least_one;
    const auto protection = protection_ == "full" ? assess::CountProtection::contains_threshold
                            : protection_ == "upper" ? assess::CountProtection::reaches_threshold : assess::CountProtection::some_width;
    return assess::truth_of_counts(cube.system, cube.records, {minimum_, convention, protection, loss});
  }

  Result<ExitStatus> protect_records(Console& console) {
    CANDOUR_TRY(cube, read_cube());
    if (method_ != "suppress") return perturb(console, cube);
    const truth::SystemTruth truth = assess(cube);
    protect::SuppressionOptions options;
    options.seconds = static_cast<double>(seconds_);
    options.key = key_;
    const bool counts = !sum_, full = counts && protection_ == "full";
    if (counts && protection_ != "width") options.insider = protect::Insider::single_contributor;
    if (full) options.threshold = minimum_;
    CANDOUR_TRY(result, protect::suppress(cube.system, truth, options));
    certify::SystemCheckOptions check;
    if (options.insider == protect::Insider::single_contributor) check.singles = certify::SystemCheckOptions::Singles::checked;
    if (full) {
      check.threshold = minimum_;
      check.replay = certify::SystemCheckOptions::Replay::checked;
    }
    CANDOUR_TRY_DONE(prove(cube.system, truth, result, check));
    const std::uint64_t positive = static_cast<std::uint64_t>(std::count_if(truth.value.begin(), truth.value.end(), [](std::int64_t x) { return x > 0; }));
    const std::uint64_t hidden = truth.secrets.size() + static_cast<std::uint64_t>(result.secondary_count);
    const bool recode = 2 * hidden > positive;
    ordered_json summary = summary_of(truth, result, 1);
    summary["recode_advised"] = recode;
    CANDOUR_TRY_DONE(write("cells.csv", cells_csv(cube.variables, cube.system, truth.value, result.standing), evidence_text(truth, result),
                           formats::write_jj(jj_of(cube.system, truth, result.standing)), summary));
    print_summary(console, summary);
    if (recode) console.print("More than half of the cells that are not zero are hidden: coarser categories are the more honest answer.\n");
    return ExitStatus::done;
  }

  Result<ExitStatus> protect_jj(Console& console) {
    CANDOUR_TRY(text, formats::read_plain_or_gzip(*jj_));
    CANDOUR_TRY(file, formats::read_jj(text, jj_->string()));
    CANDOUR_TRY(table, tabulate::table_of_jj(file, jj_->string()));
    protect::SuppressionOptions options;
    options.seconds = static_cast<double>(seconds_);
    const double limit = seconds_ > 0 ? static_cast<double>(seconds_) : 60;
    if (optimal_) options.seconds = limit / 4;
    CANDOUR_TRY(result, protect::suppress(table.system, table.truth, options));
    std::optional<protect::OptimalOutcome> proved;
    if (optimal_) {
      proved = protect::suppress_optimally(table.system, table.truth, std::move(result), {limit - seconds()});
      result = std::move(proved->best);
    }
    CANDOUR_TRY_DONE(prove(table.system, table.truth, result, {}));
    std::string pattern = "id,status\n";
    for (table::SystemCell c = 0; c < table.id.size(); ++c) fmt::format_to(std::back_inserter(pattern), "{},{}\n", table.id[c], table::letter_of(result.standing[c]));
    std::int64_t scale = 1;
    for (int i = 0; i < table.decimals; ++i) scale *= 10;
    ordered_json summary = summary_of(table.truth, result, scale);
    if (proved) {
      const double lowest = proved->lowest_loss / static_cast<double>(scale), own = summary["secondary_loss"].get<double>(), all = summary["total_loss"].get<double>();
      summary["lowest_possible_total_loss"] = all - own + lowest;
      summary["gap_percent"] = 100 * std::max(0.0, own - lowest) / std::max(1e-9, all - own + lowest);
      summary["optimal"] = own <= lowest * (1 + 1e-6) + 1e-6;
      console.print(fmt::format("total loss {:.0f}; no safe pattern loses less than {:.0f} (gap {:.2f} %)\n", all, summary["lowest_possible_total_loss"].get<double>(), summary["gap_percent"].get<double>()));
    }
    CANDOUR_TRY_DONE(write("pattern.csv", pattern, evidence_text(table.truth, result), {}, summary));
    print_summary(console, summary);
    return ExitStatus::done;
  }

  // Nothing is written unless the checker, which shares nothing with the method, finds no fault.
  static Result<base::Done> prove(const table::AdditiveSystem& system, const truth::SystemTruth& truth, const protect::Suppression& result,
                                  const certify::SystemCheckOptions& options) {
    const certify::SystemCheck check = certify::check_system(system, truth, {result.standing, result.moves, result.moves_of}, options);
    if (check.faults.empty()) return base::Done{};
    return base::fail(base::Error{base::Cause::refused, "protect.unproved", {}, fmt::format("{} faults, the first of the kind {}: no pattern is written", check.faults.size(), certify::word_of(check.faults.front().kind)),
                                  "coarser categories leave more room"});
  }

  [[nodiscard]] ordered_json summary_of(const truth::SystemTruth& truth, const protect::Suppression& result, std::int64_t scale) const {
    double primary_loss = 0;
    for (table::SystemCell c = 0; c < truth.value.size(); ++c)
      if (truth.standing[c] == table::CellStanding::primary) primary_loss += static_cast<double>(truth.loss[c]);
    const double units = static_cast<double>(scale);
    return {{"cells", truth.value.size()}, {"primary", std::count(truth.standing.begin(), truth.standing.end(), table::CellStanding::primary)},
            {"secondary", result.secondary_count}, {"secondary_value", static_cast<double>(result.secondary_value) / units},
            {"secondary_loss", static_cast<double>(result.loss) / units}, {"total_loss", (static_cast<double>(result.loss) + primary_loss) / units},
            {"moves", result.moves.size()}, {"protection", protection_}, {"hidden", hidden_}, {"seconds", seconds()}, {"cpu_seconds", cpu_seconds()}, {"megabytes", peak_megabytes()}, {"proved", true}, {"vetting", "unvetted"}};
  }

  static void print_summary(Console& console, const ordered_json& summary) {
    console.print(fmt::format("{} cells, {} primary, {} secondary (value {}); every secret is proved by {} moves; {:.2f} s, {:.0f} MB\n", summary["cells"].get<std::uint64_t>(), summary["primary"].get<std::int64_t>(),
                              summary["secondary"].get<std::int64_t>(), summary["secondary_value"].get<double>(), summary["moves"].get<std::uint64_t>(), summary["seconds"].get<double>(), summary["megabytes"].get<double>()));
    console.print_json(summary);
  }

  Result<base::Done> write(const std::string& name, std::string bytes, std::string evidence, std::string jj, const ordered_json& summary) const {
    base::FolderToWrite open{out_ / "public", base::FolderAccess::everyone, {{name, std::move(bytes)}}};
    base::FolderToWrite closed{out_ / "private", base::FolderAccess::owner_only, {{"summary.json", summary.dump(2) + "\n"}, {"key.bin", std::string(key_.bytes.begin(), key_.bytes.end())}}};
    if (!evidence.empty()) closed.files.push_back({"witnesses.txt", std::move(evidence)});
    if (!jj.empty()) closed.files.push_back({"table.jj", std::move(jj)});
    return base::replace_folders_whole({std::move(open), std::move(closed)});
  }

  Result<ExitStatus> perturb(Console& console, const tabulate::Cube& cube) {
    if (sum_) return base::fail(base::Error{base::Cause::wrong_input, "protect.method", {}, fmt::format("the method {} is for counts", method_), "leave out --sum"});
    protect::SystemRandomBits bits;
    std::vector<std::int64_t> values = cube.records;
    ordered_json summary{{"cells", values.size()}, {"method", method_}, {"proved", false}, {"vetting", "unvetted"}};
    if (method_ == "round") {
      CANDOUR_TRY(rounded, protect::round_controlled(cube.system, values, base_, bits));
      summary["cells_beyond_one_base"] = rounded.cells_beyond_one_base;
      summary["largest_change"] = rounded.largest_change;
      values = std::move(rounded.counts);
    } else if (method_ == "cell-key") {
      CANDOUR_TRY(noise, protect::PerturbationTable::build({most_noise_, static_cast<double>(variance_), forbidden_}));
      for (std::size_t c = 0; c < values.size(); ++c) values[c] += noise.noise(values[c], cube.key[c]);
    } else {
      CANDOUR_TRY(variance, protect::Fraction::of(variance_, 1));
      add_private_noise(cube, variance, bits, values);
      summary["rho"] = protect::rho_of_gaussian(1, static_cast<double>(variance_));
      summary["epsilon_at_1e-6"] = protect::epsilon_of_rho(protect::rho_of_gaussian(1, static_cast<double>(variance_)), 1e-6);
    }
    summary["seconds"] = seconds();
    const std::vector<table::CellStanding> shown(values.size(), table::CellStanding::shown);
    CANDOUR_TRY_DONE(write("cells.csv", cells_csv(cube.variables, cube.system, values, shown), {}, {}, summary));
    console.print(fmt::format("{} cells by {}: drawn once, kept in the folder, not to be drawn again\n", values.size(), method_));
    console.print_json(summary);
    return ExitStatus::done;
  }

  // Noise on the finest cells, zeros included; totals are their sums, and nothing is cut off at zero.
  static void add_private_noise(const tabulate::Cube& cube, protect::Fraction variance, protect::RandomBits& bits, std::vector<std::int64_t>& values) {
    const table::ProductShape& shape = *cube.system.product();
    std::vector<std::int64_t> noise(values.size(), 0);
    for (table::SystemCell c = 0; c < values.size(); ++c) {
      bool finest = true;
      for (std::size_t k = 0; k < shape.axes.size(); ++k) finest = finest && shape.axes[k].is_leaf(shape.node(c, k));
      if (finest) noise[c] = protect::discrete_gaussian(variance, bits);
    }
    for (std::size_t k = 0; k < shape.axes.size(); ++k)
      for (table::SystemCell c = cube.system.cell_count(); c-- > 0;)
        if (const std::uint32_t node = shape.node(c, k); node != 0) noise[c - (node - shape.axes[k].parent[node]) * shape.stride[k]] += noise[c];
    for (std::size_t c = 0; c < values.size(); ++c) values[c] += noise[c];
  }

  std::optional<std::filesystem::path> records_, jj_;
  std::optional<std::string> by_, sum_;
  std::vector<std::string> hierarchies_;
  bool optimal_ = false;
  std::string method_ = "suppress", hidden_ = "at-least-one", protection_ = "full", loss_ = "logarithm";
  std::int64_t minimum_ = 5, p_percent_ = 10, base_ = 5, variance_ = 3, most_noise_ = 5, forbidden_ = 0, seconds_ = 0;
  std::optional<std::string> identifier_;
  std::optional<std::filesystem::path> key_file_;
  base::SecretKey key_;
  std::filesystem::path out_;
  std::chrono::steady_clock::time_point started_;
};

}  // namespace

std::unique_ptr<Command> make_protect_command() { return std::make_unique<ProtectCommand>(); }

}  // namespace candour::cli
