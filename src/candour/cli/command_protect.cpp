#include <candour/cli/command_protect.hpp>

#include <candour/base/files.hpp>
#include <candour/cli/parameters.hpp>
#include <candour/cli/protect_commissioned.hpp>
#include <candour/cli/protect_methods.hpp>
#include <candour/cli/protect_output.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <tuple>
#include <utility>

namespace candour::cli {
namespace {

using base::Result;

class ProtectCommand final : public Command {
 public:
  void describe(Parameters& parameters) override {
    parameters.argument("ORDER", commissioned_.order,
                        "An order that candour commission wrote; the options below, but for --records, --keyring, --key and --register, are not for it",
                        Presence::optional);
    parameters.option("--records", "FILE", order_.records,
                      "Records as CSV with a header: one line a record. With ORDER: the unit's own holdings.toml, or the folder in which it lies");
    parameters.option("--by", "NAMES", order_.by,
                      "The columns to cross, with commas between them; several are tables about the same records, protected together");
    parameters.option(
        "--hierarchy", "NAME=FILE", order_.hierarchies,
        "The hierarchy of a column: CSV code,parent[,label], .hrc, or the two columns of sdcTable; a second one adds up the same leaves in another way");
    parameters.option("--table", "FILE", order_.table,
                      "A table cell by cell in place of records: .tab with its .rda beside it, or CSV with value or records, status, cost ...");
    parameters.option("--metadata", "RDA", order_.metadata, "The metadata of --table, if it does not lie beside it");
    parameters.option("--history", "HST", order_.history, "What is known of single cells of --table: statuses, costs, protection levels");
    parameters.option_choice("--values", order_.values, {"as-named", "counts", "amounts"},
                             "What the values of --table are: counts where a column of records or frequencies holds them, else amounts");
    parameters.option("--jj", "FILE", order_.jj, "A constraint file with values, costs and protection levels (may end in .gz)");
    parameters.option_choice("--method", order_.method, {"suppress", "round", "cell-key", "dp"}, "How to protect");
    describe_rules(parameters);
    parameters.option_choice("--hidden", order_.hidden, {"at-least-one", "may-be-zero"}, "What a hidden count can be at least; printed beside the symbol");
    parameters.option_choice("--loss", order_.loss, {"logarithm", "value", "one", "value-and-one", "distance"}, "What hiding a cell loses");
    parameters.option("--cost", "COLUMN", order_.cost, "What hiding a cell loses: the sum of this column of the records");
    parameters.option_choice("--rounding", order_.rounding, {"controlled", "random", "nearest", "small"},
                             "Rounding: finest cells, so that everything adds up; each cell at random; each to the nearest; only finest cells below the base, "
                             "so that everything adds up");
    parameters.option("--base", "N", order_.base, 2, 1'000'000, "Rounding: multiples of N (default 5)");
    parameters.option("--variance", "N", order_.variance, 1, 1000, "Noise: its variance (default 3)");
    parameters.option_choice("--consistency", order_.consistency, {"as-drawn", "nonnegative"},
                             "Differential privacy: leave the noise as drawn, or give the nearest table without negative counts");
    parameters.option("--most-noise", "N", order_.most_noise, 1, 1000, "Cell key: the largest change (default 5)");
    parameters.option("--forbidden", "N", order_.forbidden, 0, 1000, "Cell key: no result from 1 to N (default 0)");
    parameters.option("--identifier", "COLUMN", order_.identifier, "Cell key: the column that names each record for good");
    parameters.option("--key", "FILE", key_file_,
                      "The authority's secret key, 32 bytes; without it that of DIR/private, and if there is none one is drawn and kept there. With ORDER: the "
                      "secret key with which the data unit signs");
    parameters.option("--passphrase-file", "FILE", commissioned_.signing.passphrase, "With ORDER: the file whose first line opens the key, where it is sealed");
    parameters.option("--keyring", "FILE", commissioned_.keyring, "With ORDER: the keyring that trusts the disclosure unit");
    parameters.option(
        "--register", "PLACE", commissioned_.releases,
        "With ORDER: the register of releases that the answer must stand beside: a SQLite file or a PostgreSQL URL (default: CANDOUR_REGISTER; without "
        "either nothing earlier is known). With --method dp or cell-key: the register that counts what noise about a population has been told");
    parameters.option("--population", "NAME", order_.population, "Noise beside a register: whom the table is about, as every release of theirs says it");
    parameters.option("--release", "ID", order_.release, "Noise beside a register: the name under which this draw is registered, once and for all");
    parameters.option("--counted", "WORDS", order_.counted, "Noise beside a register: what is counted (default: records)");
    parameters.option("--policy", "FILE", order_.policy,
                      "Noise beside a register: the policy whose noise_budget the population has (default: the shipped one)");
    parameters.flag("--optimal", order_.optimal,
                    "Constraint files: prove how little any safe pattern can lose, as far as the time limit allows (default 60 s)");
    parameters.option("--time-limit", "SECONDS", order_.seconds, 0, 1'000'000, "Time for improving a complete pattern (default 0: none)");
    parameters.option("--title", "TEXT", order_.title, "The title of the table (default: what is counted by what)");
    parameters.option("--export", "FORMS", order_.exports, "Write the table for other programs too: jj, tab, or both with a comma");
    parameters.option("-o,--out", "DIR", order_.out, "The folder to write: public/ and private/", Presence::required);
  }

  base::ResultOrErrors<ExitStatus> run(Console& console) override {
    const auto started = std::chrono::steady_clock::now();
    if (!commissioned_.order.empty()) return run_order(console);
    if (commissioned_.keyring || commissioned_.signing.passphrase)
      return with_errors<ExitStatus>(base::fail(wrong_combination("--keyring and --passphrase-file", "an order")));
    order_.place_of_register = commissioned_.releases;
    if (order_.jj.has_value() + order_.records.has_value() + order_.table.has_value() != 1)
      return with_errors<ExitStatus>(base::fail(base::Error{base::Cause::wrong_input,
                                                            "protect.what",
                                                            {},
                                                            "give one of --records FILE, --table FILE and --jj FILE",
                                                            "candour protect --records FILE --by A,B -o DIR"}));
    CANDOUR_TRY_DONE(with_errors(check_combination()));
    CANDOUR_TRY_DONE(with_errors(check_exports(order_)));
    CANDOUR_TRY_DONE(with_errors(take_key()));
    if (order_.jj) return with_errors(protect_constraint_file(order_, started, console));
    return with_errors(order_.method == "suppress" ? protect_by_suppression(order_, started, console) : protect_by_change(order_, started, console));
  }

 private:
  static base::Error wrong_combination(std::string_view option, std::string_view needs) {
    return {base::Cause::wrong_input, "protect.combination", {}, fmt::format("{} needs {}", option, needs), "leave one of them out"};
  }

  // An order says itself what is asked and how it is protected: nothing of that is said again beside it.
  base::ResultOrErrors<ExitStatus> run_order(Console& console) {
    const auto rules_of = [](const ProtectOrder& o) {
      return std::tie(o.jj, o.table, o.metadata, o.history, o.values, o.by, o.hierarchies, o.sum, o.people, o.method, o.hidden, o.loss, o.cost, o.rounding,
                      o.base, o.variance, o.consistency, o.most_noise, o.forbidden, o.identifier, o.optimal, o.seconds, o.title, o.exports, o.minimum,
                      o.protection, o.p_percent, o.prior_posterior, o.dominance, o.coalition, o.minimum_contributors, o.range_percent, o.zeros, o.zero_range,
                      o.contributor, o.group, o.weight, o.sensitive, o.marks, o.mark_percent, o.population, o.release, o.counted, o.policy);
    };
    const ProtectOrder untouched;
    if (rules_of(order_) != rules_of(untouched))
      return with_errors<ExitStatus>(
          base::fail({base::Cause::wrong_input,
                      "protect.combination",
                      {},
                      "an order says itself what is counted and how it is protected, expected only --records, --keyring, --key, --register and -o beside it",
                      "what it should say otherwise, the disclosure unit commissions anew"}));
    commissioned_.holdings = order_.records;
    commissioned_.signing.key = key_file_;
    commissioned_.out = order_.out;
    return protect_commissioned(commissioned_, console);
  }

  void describe_rules(Parameters& parameters) {
    parameters.option("--minimum", "N", order_.minimum, 2, 1'000'000, "Counts from 1 to N - 1 are protected (default 5)");
    parameters.option("--people", "COLUMN", order_.people, "The column that tells people apart: fewer than the minimum of people are protected too");
    parameters.option_choice("--protection", order_.protection, {"full", "upper", "width"},
                             "Counts: reach from the least possible to the minimum; reach the minimum; or take any other value (weak, for comparison)");
    parameters.option("--sum", "COLUMN", order_.sum, "Publish sums of this column instead of counts");
    parameters.option("--p-percent", "P", order_.p_percent, 1, 1000,
                      "Sums: nobody's contribution can be estimated to within P percent (default 10 where no other rule is given)");
    parameters.option("--pq", "P,Q", order_.prior_posterior,
                      "Sums: who knows each contribution to within Q percent cannot come to know one to within P percent");
    parameters.option("--dominance", "N,K", order_.dominance, "Sums: the N largest contributors hold no more than K percent");
    parameters.option("--coalition", "N", order_.coalition, 1, 100, "How many contributors, or members of a group, put together what they know (default 1)");
    parameters.option("--minimum-contributors", "N", order_.minimum_contributors, 0, 1'000'000,
                      "Sums: fewer records, people or contributors are protected (default 0: not asked)");
    parameters.option("--range-percent", "P", order_.range_percent, 1, 1000,
                      "Sums: how far from the value the bounds must lie where a minimum or a status asks for it (default 20)");
    parameters.option_choice("--zeros", order_.zeros, {"shown", "sensitive"}, "Sums: whether that there is nothing may be shown");
    parameters.option("--zero-range", "N", order_.zero_range, 1, 1'000'000'000, "Sums: what must be possible where nothing is (default 1)");
    parameters.option("--contributor", "COLUMN", order_.contributor,
                      "Sums: who stands behind an amount; the people's column unless given, else each record for itself");
    parameters.option("--group", "COLUMN", order_.group, "Sums: contributors of one group count as one");
    parameters.option("--weight", "COLUMN", order_.weight, "Sums: each record stands for so many");
    parameters.option("--sensitive", "NAMES", order_.sensitive, "Variables of which nobody may be known to share a category with their whole group");
    parameters.option("--marks", "CSV", order_.marks,
                      "Cells that a person marks: one column a variable, then mark (sensitive, show, published), reason, lower, upper");
    parameters.option("--mark-percent", "P", order_.mark_percent, 1, 1000, "How far from the value the bounds of a marked cell must lie (default 20)");
  }

  // An option that would not be looked at is a mistake: somebody relies on it.
  [[nodiscard]] Result<base::Done> check_combination() const {
    const auto refuse = [](std::string_view option, std::string_view needs) { return base::fail(wrong_combination(option, needs)); };
    const std::pair<std::string_view, bool> of_records[] = {{"--by", !order_.by.empty()},
                                                            {"--people", order_.people.has_value()},
                                                            {"--contributor", order_.contributor.has_value()},
                                                            {"--group", order_.group.has_value()},
                                                            {"--weight", order_.weight.has_value()},
                                                            {"--cost", order_.cost.has_value()},
                                                            {"--identifier", order_.identifier.has_value()}};
    for (const auto& [option, given] : of_records)
      if (given && !order_.records) return refuse(option, "--records");
    const std::pair<std::string_view, bool> of_tables[] = {
        {"--metadata", order_.metadata.has_value()}, {"--history", order_.history.has_value()}, {"--values", order_.values != "as-named"}};
    for (const auto& [option, given] : of_tables)
      if (given && !order_.table) return refuse(option, "--table");
    const std::pair<std::string_view, bool> of_cells[] = {{"--method", order_.method != "suppress"},     {"--sum", order_.sum.has_value()},
                                                          {"--sensitive", order_.sensitive.has_value()}, {"--marks", order_.marks.has_value()},
                                                          {"--hierarchy", !order_.hierarchies.empty()},  {"--export", order_.exports.has_value()}};
    for (const auto& [option, given] : of_cells)
      if (given && order_.jj) return refuse(option, "--records or --table");
    const std::pair<std::string_view, bool> of_amounts[] = {{"--pq", order_.prior_posterior.has_value()},
                                                            {"--dominance", order_.dominance.has_value()},
                                                            {"--minimum-contributors", order_.minimum_contributors > 0},
                                                            {"--contributor", order_.contributor.has_value()},
                                                            {"--group", order_.group.has_value()},
                                                            {"--weight", order_.weight.has_value()},
                                                            {"--zeros", order_.zeros != "shown"}};
    for (const auto& [option, given] : of_amounts)
      if (given && !order_.sum && !order_.table) return refuse(option, "--sum");
    if (order_.optimal && !order_.jj) return refuse("--optimal", "--jj");
    const bool has_noise = order_.method == "dp" || order_.method == "cell-key";
    const std::pair<std::string_view, bool> of_noise[] = {{"--register", !order_.place_of_register.empty()},
                                                          {"--population", order_.population.has_value()},
                                                          {"--release", order_.release.has_value()},
                                                          {"--counted", order_.counted != "records"},
                                                          {"--policy", order_.policy.has_value()}};
    for (const auto& [option, given] : of_noise)
      if (given && !has_noise) return refuse(option, "--method dp or cell-key");
    return base::Done{};
  }

  // Without --key that of the folder, so that who runs the verb again publishes no second drawing of the same table.
  Result<base::Done> take_key() {
    const std::filesystem::path kept = order_.out / "private" / "key.bin";
    std::error_code ignored;
    if (!key_file_ && std::filesystem::exists(kept, ignored)) key_file_ = kept;
    if (!key_file_) {
      order_.key = base::draw_secret_key();
      return base::Done{};
    }
    CANDOUR_TRY(bytes, base::read_file(*key_file_));
    if (bytes.size() != order_.key.bytes.size())
      return base::fail(base::Error{base::Cause::wrong_input,
                                    "protect.key",
                                    {key_file_->string(), 0, 0},
                                    "the key file does not hold 32 bytes",
                                    "take private/key.bin of an earlier run"});
    std::copy(bytes.begin(), bytes.end(), order_.key.bytes.begin());
    return base::Done{};
  }

  ProtectOrder order_;
  CommissionedOrder commissioned_;
  std::optional<std::filesystem::path> key_file_;
};

}  // namespace

std::unique_ptr<Command> make_protect_command() { return std::make_unique<ProtectCommand>(); }

}  // namespace candour::cli
