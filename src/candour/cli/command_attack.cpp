#include <candour/cli/command_attack.hpp>

#include <candour/cli/attack_answer.hpp>
#include <candour/cli/attack_register.hpp>
#include <candour/cli/attack_table.hpp>
#include <candour/cli/parameters.hpp>

#include <filesystem>
#include <optional>

namespace candour::cli {
namespace {

class AttackCommand final : public Command {
 public:
  void describe(Parameters& parameters) override {
    parameters.argument("WHAT", what_, "A case or its answer; a table: cells.csv or .tab, or a folder with public/cells.csv", Presence::optional);
    parameters.option("-o,--out", "DIR", output_, "Folder of the answer (default: out in the case's folder)");
    parameters.option("--register", "PLACE", register_, "Attack all releases of a register together: a SQLite file or a PostgreSQL URL");
    parameters.option("--population", "NAME", population_, "Of the register: only the releases about this population");
    parameters.option("--jj", "FILE", table_.jj, "A constraint file with values and protection levels (may end in .gz)");
    parameters.option("--pattern", "CSV", table_.pattern, "The statuses to attack, id,status; without it those of the constraint file");
    parameters.option("--witnesses", "FILE", table_.witnesses,
                      "private/witnesses.txt of a table that `protect` wrote, with its private/table.jj as --jj: each move is checked before it is believed");
    parameters.option("--hierarchy", "NAME=FILE", table_.hierarchies,
                      "The hierarchy of a column of the table: CSV code,parent[,label], .hrc, or the two columns of sdcTable");
    parameters.option("--metadata", "RDA", table_.metadata, "The metadata of a .tab, if it does not lie beside it");
    parameters.option("--history", "HST", table_.history,
                      "Statuses and protection levels of a .tab or CSV with true values: whether each sensitive cell reaches them");
    parameters.option("--changed", "HOW", table_.changed,
                      "How the values of a table were changed, if no table.json beside it says so: nearest,BASE random,BASE controlled,BASE,TOTALS-WITHIN "
                      "small,BASE,TOTALS-WITHIN cell-key,MOST-NOISE or noise");
    parameters.option("--minimum", "N", table_.minimum, 2, 1'000'000, "Counts below this must not be told apart from larger ones (default 5)");
    parameters.option_choice("--hidden", table_.hidden, {"at-least-one", "may-be-zero"}, "What a hidden cell of cells.csv can be at least");
    parameters.option_choice("--values", table_.values, {"as-named", "counts", "amounts"},
                             "What the values of a table are; as named: what its table.json or metadata says, else counts where they are whole");
    parameters.option_choice("--numbers", table_.numbers, {"integers", "reals"}, "Over which numbers protection is decided");
    parameters.option_choice("--start", table_.start, {"file", "search"}, "Start from the constraint file's own values, or search a table that fits");
    parameters.option("--threads", "N", table_.threads, 1, 256, "Threads to work with (default: all)");
    parameters.option("--time-limit", "SECONDS", table_.seconds, 0, 1'000'000, "Stop then; what is open counts as unsafe");
  }

  base::ResultOrErrors<ExitStatus> run(Console& console) override {
    if (register_) return attack_register({*register_, population_, table_.minimum}, console);
    if (table_.jj.has_value() == !what_.empty())
      return with_errors<ExitStatus>(base::fail(base::Error{base::Cause::wrong_input,
                                                            "attack.what",
                                                            {},
                                                            "give either a case, an answer or a table, or --jj FILE",
                                                            "candour attack CASE, or candour attack --jj FILE --pattern CSV"}));
    if (table_.jj) return with_errors(attack_table(table_, console));
    table_.tables = published_tables_at(what_);
    if (!table_.tables.empty()) return with_errors(attack_table(table_, console));
    std::error_code status;
    if (std::filesystem::is_regular_file(what_ / "public" / "pattern.csv", status))
      return with_errors<ExitStatus>(base::fail(base::Error{base::Cause::wrong_input,
                                                            "attack.pattern",
                                                            {what_.string(), 0, 0},
                                                            "a pattern of hidden cells is attacked together with its constraint file",
                                                            "candour attack --jj FILE --pattern " + (what_ / "public" / "pattern.csv").string()}));
    return attack_answer(what_, output_, console);
  }

 private:
  std::filesystem::path what_;
  std::optional<std::filesystem::path> output_;
  std::optional<std::string> register_, population_;
  TableAttackOrder table_;
};

}  // namespace

std::unique_ptr<Command> make_attack_command() { return std::make_unique<AttackCommand>(); }

}  // namespace candour::cli
