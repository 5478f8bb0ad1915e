#include <candour/cli/command_inspect.hpp>

#include <candour/base/files.hpp>
#include <candour/base/progress.hpp>
#include <candour/cli/console.hpp>
#include <candour/cli/parameters.hpp>
#include <candour/cli/withheld_needles.hpp>
#include <candour/inspect/inspect_file.hpp>
#include <candour/inspect/rebuild.hpp>
#include <candour/inspect/rendering.hpp>

#include <nlohmann/json.hpp>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace candour::cli {
namespace {

using base::Cause;
using base::Done;
using base::Error;
using base::fail;
using base::Result;

constexpr std::uint64_t most_visible_bytes = std::uint64_t{1} << 30;

class InspectCommand final : public Command {
 public:
  void describe(Parameters& parameters) override {
    parameters.arguments("FILE", files_, "The files to inspect: workbooks, documents, PDF, pictures, CSV, text, archives of them");
    parameters.flag("--show", show_, "Show what was found as it stands; without it letters read x and digits 9");
    parameters.flag("--ours", ours_, "Besides, take everything that Candour's own writers do not produce for a finding");
    parameters.option("--certificate", "FILE", certificate_, "Search for the values that this certificate's answer withholds; true-cells.json lies beside it");
    parameters.option("--html", "OUT", html_, "Write the report as a page to this file too");
    parameters.option("--rebuild", "OUT", rebuild_, "Write a new file with the visible cells of the one FILE only; its name ends in .csv or .ods");
    parameters.option("--depth", "LEVELS", depth_, 0, 64, "Open files inside files to this depth (4 unless given)");
    parameters.option("--most-megabytes", "SIZE", most_megabytes_, 1, 1'000'000, "Give up on an archive that expands to more than this (8192 unless given)");
  }

  base::ResultOrErrors<ExitStatus> run(Console& console) override {
    CANDOUR_TRY_DONE(with_errors(check_options()));
    if (certificate_) {
      CANDOUR_TRY(needles, with_errors(withheld_needles(*certificate_)));
      needles_ = std::move(needles);
    }
    CANDOUR_TRY(reports, with_errors(inspect_all()));
    if (html_) CANDOUR_TRY_DONE(with_errors(base::write_file_whole(*html_, inspect::to_html(reports))));
    console.print(inspect::to_text(reports));
    console.print_json(inspect::to_json(reports));
    switch (inspect::exit_status(reports)) {
      case 0: return ExitStatus::done;
      case 3: return ExitStatus::refused;
      default: return ExitStatus::could_not_finish;
    }
  }

 private:
  [[nodiscard]] Result<Done> check_options() const {
    if (!rebuild_) return Done{};
    if (files_.size() != 1)
      return fail({Cause::wrong_input, "inspect.rebuild_of_many", {}, "--rebuild takes one FILE, got " + std::to_string(files_.size()), {}});
    const auto extension = rebuild_->extension();
    if (extension != ".csv" && extension != ".ods") {
      return fail({Cause::wrong_input, "inspect.rebuild_form", {rebuild_->string()}, "--rebuild writes .csv or .ods, got '" + extension.string() + "'", {}});
    }
    std::error_code ignored;
    if (std::filesystem::equivalent(files_.front(), *rebuild_, ignored)) {
      return fail({Cause::wrong_input,
                   "inspect.rebuild_over_original",
                   {rebuild_->string()},
                   "--rebuild would write over the file that it reads",
                   "name another file"});
    }
    return Done{};
  }

  [[nodiscard]] inspect::InspectionOptions options() const {
    inspect::InspectionOptions options;
    options.samples = show_ ? inspect::Samples::shown : inspect::Samples::masked;
    options.expectation = ours_ ? inspect::Expectation::our_own_writing : inspect::Expectation::anything;
    options.limits.deepest_nesting = static_cast<std::uint32_t>(depth_);
    options.limits.archive.most_total_bytes = static_cast<std::uint64_t>(most_megabytes_) << 20;
    options.needles = needles_;
    return options;
  }

  [[nodiscard]] Result<std::vector<inspect::InspectionReport>> inspect_all() const {
    std::vector<inspect::InspectionReport> reports;
    if (rebuild_) {
      inspect::VisibleSheets visible(most_visible_bytes);
      reports.push_back(inspect::inspect_file(files_.front(), options(), visible));
      CANDOUR_TRY_DONE(write_rebuilt(visible, reports.front()));
      return reports;
    }
    base::Progress progress("inspect");
    for (const auto& file : files_) {
      progress.at(reports.size(), files_.size());
      reports.push_back(inspect::inspect_file(file, options()));
    }
    return reports;
  }

  [[nodiscard]] Result<Done> write_rebuilt(const inspect::VisibleSheets& visible, const inspect::InspectionReport& report) const {
    const Error refused{Cause::could_not_finish, "inspect.not_rebuilt", {report.file}, "", "inspect the file without --rebuild to see why"};
    const auto fail_with = [&](std::string sentence) {
      Error error = refused;
      error.sentence = std::move(sentence);
      return fail(std::move(error));
    };
    // A copy of a file that could not be read to its end would look whole and not be.
    if (!report.gaps.empty() || !visible.is_complete()) return fail_with("the file could not be fully inspected, so no copy of its visible cells is written");
    if (visible.sheets().empty()) return fail_with("the file has no visible sheet to copy");
    if (rebuild_->extension() == ".ods") {
      CANDOUR_TRY(bytes, inspect::rebuilt_ods(visible.sheets()));
      return base::write_file_whole(*rebuild_, bytes);
    }
    if (visible.sheets().size() > 1) {
      return fail_with("the file has " + std::to_string(visible.sheets().size()) + " visible sheets and CSV holds one; write .ods");
    }
    return base::write_file_whole(*rebuild_, inspect::rebuilt_csv(visible.sheets().front()));
  }

  std::vector<std::string> files_;
  bool show_ = false;
  bool ours_ = false;
  std::optional<std::filesystem::path> certificate_;
  std::shared_ptr<const inspect::Needles> needles_;
  std::optional<std::filesystem::path> html_;
  std::optional<std::filesystem::path> rebuild_;
  std::int64_t depth_ = 4;
  std::int64_t most_megabytes_ = 8192;
};

}  // namespace

std::unique_ptr<Command> make_inspect_command() { return std::make_unique<InspectCommand>(); }

}  // namespace candour::cli
