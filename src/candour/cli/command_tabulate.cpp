#include <candour/cli/command_tabulate.hpp>

#include <candour/base/files.hpp>
#include <candour/base/text.hpp>
#include <candour/cli/console.hpp>
#include <candour/cli/parameters.hpp>
#include <candour/holdings/open_holding.hpp>
#include <candour/tabulate/cube_text.hpp>
#include <candour/tabulate/cube_words.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace candour::cli {
namespace {

using base::Cause;
using base::Done;
using base::fail;
using base::Result;

/// The holdings opened for one reading; they live as long as it.
struct OpenedInputs {
  std::vector<std::unique_ptr<holdings::ParallelCsv>> files;
  std::vector<holdings::OpenHolding> others;
  std::vector<tabulate::CubeInput> inputs;
  std::vector<std::string> names;
};

class TabulateCommand final : public Command {
 public:
  void describe(Parameters& parameters) override {
    parameters.option("--records", "FILE|URL", records_,
                      "The records: a CSV (also packed with gzip, '-' for standard input), FILE.sqlite#TABLE, FILE.xlsx#SHEET, FILE.ods#SHEET, "
                      "postgresql://HOST/BASE#TABLE or "
                      "clickhouse://HOST/BASE#TABLE; several are read as one holding",
                      Presence::required);
    parameters.option("--by", "V1,V2@LEVEL,...", by_,
                      "The variables (columns) to be crossed, each with the levels shown, joined by '+'; the total is always shown", Presence::required);
    parameters.option(
        "--hierarchy", "V=FILE", hierarchies_,
        "The code list of a variable: CSV with code, parent and label; a second one for the same variable adds up the same leaves in another way");
    parameters.option("--mapping", "V=FILE", mappings_, "Texts of a variable's column that stand for codes: CSV with from and to");
    parameters.option("--unknown", "V=CODE", unknown_, "The category of a variable's missing values and, where there is a code list, of values outside it");
    parameters.option("--people", "COLUMN", people_, "Count the different people in this column too");
    parameters.option("--sum", "COLUMN", sum_, "Add up this column of decimals too");
    parameters.option("--largest", "K", largest_, 0, 100, "Keep the K largest contributors of every cell; needs --sum");
    parameters.option("--contributor", "COLUMN", contributor_, "Who stands behind an amount; the people's column unless given");
    parameters.option("--group", "COLUMN", group_, "Contributors of one group count as one");
    parameters.option("--weight", "COLUMN", weight_, "Multiply each amount by this column in the sum");
    parameters.option("--where", "EXPRESSION", where_, "Count only some records: \"sex = F and outcome != 'A 1'|A2\"");
    parameters.option("--delimiter", "CHARACTER", delimiter_, "Between the fields of a CSV; a comma unless given, 'tab' for a tab");
    parameters.option_choice("--encoding", encoding_, {"utf-8", "windows-1252"}, "The encoding of a CSV");
    parameters.option("--missing", "TEXT", missing_, "A text that means a missing value in a CSV");
    parameters.option_choice("--dates", dates_, {"iso", "dd/mm/yyyy", "rfc3339"}, "How the dates of a CSV are written");
    parameters.option("--time-zone", "ZONE", time_zone_, "The zone whose days an RFC 3339 stamp falls into; Europe/London unless given");
    parameters.option("--threads", "COUNT", threads_, 0, 1024, "Threads to read with; as many as processors unless given");
    parameters.option("-o,--out", "DIR", out_, "Write cells.csv, categories.csv and design.json to this folder; it is private", Presence::required);
  }

  base::ResultOrErrors<ExitStatus> run(Console& console) override {
    const auto started = std::chrono::steady_clock::now();
    CANDOUR_TRY(request, with_errors(make_request()));
    CANDOUR_TRY(opened, with_errors(open_inputs()));
    CANDOUR_TRY(cubes, with_errors(tabulate::tabulate_cubes(opened.inputs, {request}, {static_cast<unsigned>(threads_)})));
    const tabulate::RecordCube& cube = cubes.cubes[0];
    nlohmann::ordered_json facts = {{"rows", cubes.facts.rows}, {"cells", cube.cells.size()}, {"bytes", cubes.facts.bytes}, {"notes", cubes.facts.notes}};
    CANDOUR_TRY_DONE(with_errors(base::replace_folders_whole({{std::filesystem::absolute(out_),
                                                               base::FolderAccess::owner_only,
                                                               {{"cells.csv", tabulate::cells_csv(cube, request)},
                                                                {"categories.csv", tabulate::categories_csv(cube, request)},
                                                                {"design.json", design_json(request, opened.names, facts)}}}})));
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
    facts["seconds"] = seconds;
    console.print(
        fmt::format("{} rows, {} cells that hold records, {:.2f} s; private files in {}\n", cubes.facts.rows, cube.cells.size(), seconds, out_.string()));
    for (const std::string& note : cubes.facts.notes) console.print("  " + note + "\n");
    console.print_json(facts);
    return ExitStatus::done;
  }

 private:
  static Result<std::pair<std::string, std::string>> named(const std::string& text, std::string_view option) {
    const auto at = text.find('=');
    if (at == std::string::npos || at == 0)
      return fail({Cause::wrong_input, "tabulate.bad_option", {}, fmt::format("{}: expected VARIABLE=..., got '{}'", option, text), {}});
    return std::pair{text.substr(0, at), text.substr(at + 1)};
  }

  Result<std::vector<std::shared_ptr<const table::Hierarchy>>> trees_of(const std::string& variable) const {
    std::vector<std::shared_ptr<const table::Hierarchy>> trees;
    for (const std::string& text : hierarchies_) {
      CANDOUR_TRY(pair, named(text, "--hierarchy"));
      if (pair.first != variable) continue;
      const std::filesystem::path file(pair.second);
      CANDOUR_TRY(tree, tabulate::read_hierarchy_file(file, variable, trees.empty() ? std::string() : file.stem().string()));
      trees.push_back(std::make_shared<table::Hierarchy>(std::move(tree)));
    }
    return trees;
  }

  Result<tabulate::RecordCubeVariable> variable_of(const tabulate::ShownWords& shown) const {
    tabulate::RecordCubeVariable variable;
    variable.name = variable.source.column = shown.variable;
    variable.levels = shown.levels;
    variable.source.date_form = dates_ == "iso" ? base::DateForm::iso : dates_ == "rfc3339" ? base::DateForm::rfc3339 : base::DateForm::day_month_year;
    if (time_zone_) variable.source.time_zone = *time_zone_;
    CANDOUR_TRY(trees, trees_of(shown.variable));
    variable.trees = std::move(trees);
    for (const std::string& text : mappings_) {
      CANDOUR_TRY(pair, named(text, "--mapping"));
      if (pair.first != shown.variable) continue;
      CANDOUR_TRY(mapping, tabulate::read_mapping_file(pair.second));
      variable.source.mapping = std::move(mapping);
    }
    for (const std::string& text : unknown_) {
      CANDOUR_TRY(pair, named(text, "--unknown"));
      if (pair.first == shown.variable) variable.source.unknown_code = pair.second;
    }
    return variable;
  }

  /// Every --hierarchy, --mapping and --unknown must speak of a variable of --by.
  Result<Done> check_names(const std::vector<tabulate::ShownWords>& shown) const {
    std::vector<std::string> names;
    for (const auto& words : shown) names.push_back(words.variable);
    for (const auto& [option, texts] : {std::pair{"--hierarchy", &hierarchies_}, std::pair{"--mapping", &mappings_}, std::pair{"--unknown", &unknown_}})
      for (const std::string& text : *texts) {
        CANDOUR_TRY(pair, named(text, option));
        if (std::find(names.begin(), names.end(), pair.first) == names.end())
          return fail({Cause::wrong_input,
                       "tabulate.bad_option",
                       {},
                       fmt::format("{}: '{}' is not a variable of --by", option, pair.first),
                       fmt::format("the variables are: {}", base::joined(names, ", "))});
      }
    if (!sum_ && (largest_ > 0 || contributor_ || group_ || weight_))
      return fail({Cause::wrong_input, "tabulate.bad_option", {}, "--largest, --contributor, --group and --weight need --sum", {}});
    return Done{};
  }

  Result<tabulate::CubeRequest> make_request() const {
    tabulate::CubeRequest request;
    CANDOUR_TRY(shown, tabulate::read_by(by_));
    CANDOUR_TRY_DONE(check_names(shown));
    for (const auto& words : shown) {
      CANDOUR_TRY(variable, variable_of(words));
      request.by.push_back(std::move(variable));
    }
    if (where_) {
      CANDOUR_TRY(terms, tabulate::read_where(*where_));
      request.where = std::move(terms);
    }
    request.people_column = people_;
    if (sum_) request.sum = tabulate::CubeSum{*sum_, contributor_, group_, weight_, static_cast<std::size_t>(largest_)};
    return request;
  }

  Result<holdings::CsvSettings> csv_settings() const {
    holdings::CsvSettings settings;
    const std::string delimiter = delimiter_ == "tab" ? "\t" : delimiter_;
    if (delimiter.size() != 1 || delimiter == "\"" || delimiter == "\n" || delimiter == "\r")
      return fail({Cause::wrong_input, "tabulate.bad_option", {}, "--delimiter: expected one character that is no quote", "write 'tab' for a tab"});
    settings.delimiter = delimiter[0];
    settings.encoding = encoding_ == "utf-8" ? holdings::CsvSettings::Encoding::utf_8 : holdings::CsvSettings::Encoding::windows_1252;
    settings.missing_texts = missing_;
    return settings;
  }

  Result<OpenedInputs> open_inputs() const {
    CANDOUR_TRY(settings, csv_settings());
    OpenedInputs opened;
    for (const std::string& text : records_) {
      CANDOUR_TRY(location, holdings::locate_holding(text));
      if (location.form == holdings::HoldingForm::csv) {
        holdings::CsvSettings own = settings;
        own.path = location.location;
        CANDOUR_TRY(csv, holdings::ParallelCsv::open(own));
        opened.files.push_back(std::make_unique<holdings::ParallelCsv>(std::move(csv)));
        opened.inputs.emplace_back(opened.files.back().get());
        opened.names.push_back(location.location);
        continue;
      }
      CANDOUR_TRY(holding, holdings::open_holding(location, settings));
      opened.others.push_back(std::move(holding));
      std::visit(
          [&](auto& pointer) {
            opened.inputs.emplace_back(pointer.get());
            opened.names.push_back(pointer->name());
          },
          opened.others.back());
    }
    return opened;
  }

  /// What was asked, in words that the same command line would give again.
  std::string design_json(const tabulate::CubeRequest& request, const std::vector<std::string>& names, const nlohmann::ordered_json& facts) const {
    nlohmann::ordered_json design;
    design["records"] = names;
    for (const tabulate::RecordCubeVariable& variable : request.by)
      design["by"].push_back({{"variable", variable.name},
                              {"column", variable.source.column},
                              {"levels", variable.levels},
                              {"unknown", variable.source.unknown_code},
                              {"hierarchies", variable.trees.size()}});
    if (where_) design["where"] = *where_;
    design["unit"] = people_ ? "records and people" : "records";
    if (people_) design["people"] = *people_;
    if (sum_)
      design["sum"] = {{"column", *sum_},
                       {"largest", largest_},
                       {"contributor", contributor_.value_or("")},
                       {"group", group_.value_or("")},
                       {"weight", weight_.value_or("")}};
    design["read"] = facts;
    design["private"] = "exact figures: not for publication";
    return design.dump(2) + "\n";
  }

  std::vector<std::string> records_, hierarchies_, mappings_, unknown_, missing_;
  std::string by_, delimiter_ = ",", encoding_ = "utf-8", dates_ = "iso";
  std::optional<std::string> people_, sum_, contributor_, group_, weight_, where_, time_zone_;
  std::int64_t largest_ = 0, threads_ = 0;
  std::filesystem::path out_;
};

}  // namespace

std::unique_ptr<Command> make_tabulate_command() { return std::make_unique<TabulateCommand>(); }

}  // namespace candour::cli
