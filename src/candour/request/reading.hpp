#pragma once
// Inside of load_case: mistakes are collected here while the parts of a case are read. Not for other folders.

#include <candour/base/settings.hpp>
#include <candour/request/case.hpp>
#include <candour/request/detail_wishes.hpp>

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace candour::request {

/// Collects mistakes of one file.
class Mistakes {
 public:
  explicit Mistakes(std::string file) : file_(std::move(file)) {}

  void add(std::uint64_t line, std::string_view code, std::string sentence, std::string hint = {});
  /// "'x' is not a <what>", with the nearest of the names, or all of them.
  void add_unknown(std::uint64_t line, std::string_view code, std::string_view what, std::string_view found, std::span<const std::string> names);
  [[nodiscard]] const std::string& file() const { return file_; }
  [[nodiscard]] const base::Errors& errors() const { return errors_; }
  /// Gives the mistakes in the order of the lines.
  [[nodiscard]] base::Errors take();

 private:
  std::string file_;
  base::Errors errors_;
};

/// Says whether a name is made of small letters, digits and hyphens (it becomes part of file names).
[[nodiscard]] bool is_plain_name(std::string_view name);

// Each reads one part of the file, whose keys and kinds are already checked, into the case.
void read_request(const base::Setting& top, Case& the_case, Mistakes& mistakes);
void read_holdings(const base::Setting& top, Case& the_case, Mistakes& mistakes);
void read_variables(const base::Setting& top, Case& the_case, Mistakes& mistakes);
void read_populations(const base::Setting& top, Case& the_case, Mistakes& mistakes);
void read_questions(const base::Setting& top, Case& the_case, Mistakes& mistakes);
void read_coverage(const base::Setting& top, Case& the_case, Mistakes& mistakes);
void read_findings(const base::Setting& top, Case& the_case, Mistakes& mistakes);
void read_ledger(const base::Setting& top, Case& the_case, Mistakes& mistakes);
/// One line of the ledger; checks its hours and its evidence.
[[nodiscard]] CostItem read_cost_item(const base::Setting& table, Mistakes& mistakes);
[[nodiscard]] std::vector<DetailWishes> read_detail_wishes(const base::Setting& top, const Case& the_case, Mistakes& mistakes);
void read_letters(const base::Setting& top, Case& the_case, Mistakes& mistakes);
void read_wording(const std::string& file, AuthorityWording& wording, Mistakes& mistakes, std::uint64_t line);
/// A finding or a cost may name a question; one that exists, and not one that is neither confirmed nor denied.
void check_question_named(const base::Setting& table, const Case& the_case, const std::string& number, Mistakes& mistakes);
[[nodiscard]] std::vector<Condition> read_conditions(const base::Setting& table, Mistakes& mistakes);
[[nodiscard]] DataClass data_class_of(const base::Setting& table);

/// Reads a code list file: code, parent and, if there is one, label. Errors with file and line.
[[nodiscard]] base::Result<std::vector<table::CategoryRow>> read_code_list(const std::filesystem::path& file);

// Checks across the parts; read_... has filled the case.
void check_statistics(const base::Setting& top, const Case& the_case, Mistakes& mistakes);
void check_decisions(const base::Setting& top, const Case& the_case, Mistakes& mistakes);
void check_dates(const base::Setting& top, const Case& the_case, Mistakes& mistakes);
/// Numbered questions of the request that the case does not have, and variables that it names and that a question is not broken down by.
void check_nothing_left_out(const base::Setting& top, const Case& the_case, Mistakes& mistakes);

[[nodiscard]] const CasePopulation* find_population(const Case& the_case, std::string_view id);
[[nodiscard]] const CaseHolding* find_holding(const Case& the_case, std::string_view id);
[[nodiscard]] const CaseVariable* find_variable(const Case& the_case, std::string_view name);
[[nodiscard]] const Question* find_question(const Case& the_case, std::string_view number);
/// The period variable of a population, if it has one.
[[nodiscard]] const CaseVariable* period_of(const Case& the_case, const CasePopulation& population);
/// For each leaf of the period, the index of the question's stretch that speaks of it.
[[nodiscard]] std::vector<std::optional<std::size_t>> stretch_of_leaves(const table::Hierarchy& periods, std::span<const table::CoverageStretch> stretches);
/// Says whether figures of a question are given: only then is it part of the tables.
[[nodiscard]] bool gives_figures(const Question& question);

}  // namespace candour::request
