#include <candour/cli/command_microdata.hpp>

#include <candour/attack/record_attack.hpp>
#include <candour/base/text.hpp>
#include <candour/certify/recoded_records.hpp>
#include <candour/cli/console.hpp>
#include <candour/cli/parameters.hpp>
#include <candour/cli/recoded_folder.hpp>
#include <candour/protect/recode/optimal_recoding.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <filesystem>
#include <optional>

namespace candour::cli {
namespace {

base::Error bad_option(std::string sentence, std::string hint = {}) {
  return {base::Cause::wrong_input, "microdata.option", {}, std::move(sentence), std::move(hint)};
}

struct SearchTime {
  double of_processors = 0;  ///< seconds, of all threads together
  double on_the_wall = 0;
};

class MicrodataCommand final : public Command {
 public:
  void describe(Parameters& parameters) override {
    parameters.option("--records", "FILE|URL", source_.records, "The records, one a person: CSV, workbook or database, as for candour tabulate",
                      Presence::required);
    parameters.option(
        "--levels", "COLUMN=FILE", levels_,
        "A column that an outsider could match on, and the levels to which it can be recoded: CSV with code and parent, or a line for each value with "
        "its category at each level",
        Presence::required);
    parameters.option("--sensitive", "COLUMN", source_.sensitive, "A column that is shown as it stands and must not be learnt of a person");
    parameters.option("--smallest-class", "K", model_.smallest_class, 2, 1'000'000, "At least so many shown records look alike (default 5)");
    parameters.option("--distinct-values", "L", model_.distinct_values, 2, 1'000'000,
                      "At least so many values of each sensitive column among them (default 2)");
    parameters.option("--coalition", "N", model_.coalition, 0, 1'000'000,
                      "So many of them may compare notes and still not know a sensitive value of the others (default 2)");
    parameters.option("--largest-distance", "T", distance_,
                      "How far their shares of a sensitive column may be from those of all records, from 0 to 1 (t-closeness; default: not asked)");
    parameters.option("--suppress-at-most", "PERCENT", model_.suppression_limit_percent, 0, 100, "Records that may be left out (default 0)");
    parameters.option("--most-evaluations", "N", limits_.most_evaluations, 1, 1'000'000'000,
                      "Combinations of levels to count at most; beyond it the best so far is given, with how much better another one could be");
    parameters.option("--delimiter", "CHARACTER", source_.delimiter, "Between the fields of a CSV; a comma unless given, 'tab' for a tab");
    parameters.option("--threads", "N", threads_, 0, 1024, "Processors to work on; the result is the same for any number (default 0: all)");
    parameters.option("-o,--out", "DIR", out_, "Where public/ and private/ go", Presence::required);
  }

  base::ResultOrErrors<ExitStatus> run(Console& console) override {
    CANDOUR_TRY_DONE(with_errors(read_options()));
    limits_.threads = static_cast<unsigned>(threads_);
    CANDOUR_TRY(records, with_errors(read_source(source_)));
    if (records.count == 0) return with_errors<ExitStatus>(base::fail(bad_option("there is no record")));
    const std::clock_t started = std::clock();
    const auto begun = std::chrono::steady_clock::now();
    CANDOUR_TRY(recoding, with_errors(protect::optimal_recoding(records, model_, limits_)));
    const SearchTime time{static_cast<double>(std::clock() - started) / CLOCKS_PER_SEC,
                          std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count()};
    const auto rows = shown_rows(records, model_, recoding.levels);
    CANDOUR_TRY_DONE(with_errors(check(records, recoding, rows)));
    CANDOUR_TRY_DONE(with_errors(write_recoded(out_, source_, records, model_, recoding, rows)));
    report(console, records, recoding, time);
    return ExitStatus::done;
  }

 private:
  base::Result<base::Done> read_options() {
    for (const std::string& text : levels_) {
      const auto at = text.find('=');
      if (at == std::string::npos || at == 0) return base::fail(bad_option(fmt::format("--levels: expected COLUMN=FILE, got '{}'", text)));
      source_.levels.emplace_back(text.substr(0, at), std::filesystem::absolute(text.substr(at + 1)).string());
    }
    std::vector<std::string> columns = source_.sensitive;
    for (const auto& [column, file] : source_.levels) columns.push_back(column);
    std::sort(columns.begin(), columns.end());
    if (const auto twice = std::adjacent_find(columns.begin(), columns.end()); twice != columns.end())
      return base::fail(bad_option(fmt::format("column '{}' is named twice", *twice), "a column is recoded or shown as it stands, not both"));
    if (source_.delimiter.size() != 1 && source_.delimiter != "tab")
      return base::fail(bad_option("--delimiter: expected one character", "write 'tab' for a tab"));
    if (source_.records.find("://") == std::string::npos) source_.records = std::filesystem::absolute(source_.records).string();
    if (!distance_) return base::Done{};
    double distance = 0;
    std::size_t end = 0;
    try {
      distance = std::stod(*distance_, &end);
    } catch (const std::exception&) {
      end = 0;
    }
    if (end != distance_->size() || !(distance > 0 && distance <= 1))
      return base::fail(bad_option(fmt::format("--largest-distance: expected a number above 0 and up to 1, got '{}'", *distance_)));
    model_.largest_distance = distance;
    return base::Done{};
  }

  /// Nothing is written before an attack on what would be published and a second count have found nothing.
  base::Result<base::Done> check(const truth::CodedRecords& records, const protect::Recoding& recoding,
                                 const std::vector<std::vector<std::string>>& rows) const {
    attack::PublishedRecords published;
    for (const auto& identifier : records.identifiers) published.identifiers.push_back(identifier.name);
    published.sensitive = source_.sensitive;
    published.rows = rows;
    const auto findings = attack::attack_records(published, model_.smallest_class, model_.coalition);
    const certify::RecodingPromise promise{recoding.levels,  model_.smallest_class,   model_.distinct_values,
                                           model_.coalition, model_.largest_distance, model_.suppression_limit_percent};
    const auto faults = certify::faults_of_recoding(records, promise, rows);
    if (findings.empty() && faults.empty()) return base::Done{};
    return base::fail({base::Cause::refused,
                       "recoding.not_certified",
                       {},
                       fmt::format("the recoded records do not hold: {} findings of the attack, {} faults of the second count; nothing is written",
                                   findings.size(), faults.size()),
                       {}});
  }

  void report(Console& console, const truth::CodedRecords& records, const protect::Recoding& recoding, const SearchTime& time) const {
    for (std::size_t i = 0; i < records.identifiers.size(); ++i) {
      const truth::QuasiIdentifier& identifier = records.identifiers[i];
      const std::size_t level = recoding.levels[i];
      console.print(fmt::format("{}: {}\n", identifier.name,
                                level == 0                              ? "in full"
                                : level + 1 == identifier.level_count() ? "left out"
                                                                        : fmt::format("in {} categories (level {})", identifier.labels[level].size(), level)));
    }
    console.print(recoding.suppressed == 0
                      ? "every record is shown\n"
                      : fmt::format("{} of {} records are left out (private: the public files do not say how many)\n", recoding.suppressed, records.count));
    console.print(recoding.is_optimal
                      ? fmt::format("loss {:.5f}, proved the least; {} of {} combinations counted\n", recoding.loss, recoding.evaluated, recoding.recodings)
                      : fmt::format("loss {:.5f}; no combination has less than {:.5f}; {} of {} counted\n", recoding.loss, recoding.lowest_loss,
                                    recoding.evaluated, recoding.recodings));
    console.print(fmt::format("written to {}: public/ and private/\n", out_.string()));
    console.print_json({{"records", records.count},
                        {"levels", recoding.levels},
                        {"suppressed", recoding.suppressed},
                        {"classes", recoding.classes},
                        {"loss", recoding.loss},
                        {"lowest_loss", recoding.lowest_loss},
                        {"optimal", recoding.is_optimal},
                        {"combinations", recoding.recodings},
                        {"counted", recoding.evaluated},
                        {"search_cpu_seconds", time.of_processors},
                        {"search_wall_seconds", time.on_the_wall},
                        {"vetting", "unvetted"}});
  }

  RecodingSource source_{{}, ",", {}, {}};
  std::vector<std::string> levels_;
  protect::PrivacyModel model_;
  protect::RecodingLimits limits_;
  std::int64_t threads_ = 0;
  std::optional<std::string> distance_;
  std::filesystem::path out_;
};

}  // namespace

std::unique_ptr<Command> make_microdata_command() { return std::make_unique<MicrodataCommand>(); }

}  // namespace candour::cli
