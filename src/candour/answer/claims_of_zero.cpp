#include <candour/answer/claims_of_zero.hpp>

#include <candour/table/table_design.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

namespace candour::answer {
namespace {

const request::CaseHolding* holding_of(const request::Case& the_case, const request::Question& question) {
  const auto at = std::ranges::find(the_case.holdings, question.source.holding, &request::CaseHolding::id);
  return at == the_case.holdings.end() ? nullptr : &*at;
}

bool says_so(const request::Case& the_case, const request::Question& question) {
  return std::ranges::any_of(the_case.findings, [&](const request::OfficerFinding& finding) {
    return finding.kind == "nothing-counted" && (finding.question.empty() || finding.question == question.number);
  });
}

bool is_month(const std::string& code) { return code.size() == 7 && code[4] == '-' && code[5] >= '0' && code[5] <= '1'; }

base::Error mistake(const request::Case& the_case, std::string code, std::string sentence, std::string hint) {
  return {base::Cause::wrong_input, std::move(code), {(the_case.folder / "case.toml").string()}, std::move(sentence), std::move(hint)};
}

constexpr const char* how_to_say_so = "if somebody looked and counted none, say so: [[finding]] with kind = \"nothing-counted\"";

// What one question counts, as the three checks ask for it.
class Counted {
 public:
  Counted(const request::Case& the_case, const request::Question& question, const request::CaseHolding& holding, const truth::Population& truth,
          table::QuestionIndex index)
      : case_(the_case), question_(question), holding_(holding), truth_(truth), index_(index) {}

  [[nodiscard]] base::Result<base::Done> check_extract() const {
    if (holding_.path.empty()) return base::Done{};
    const std::string drawn = base::to_iso(holding_.extracted_on);
    for (const table::LeafIndex leaf : covered_periods()) {
      const std::string& month = code_of(leaf);
      if (!is_month(month) || month <= drawn.substr(0, 7)) continue;
      return base::fail(mistake(case_, "answer.period_after_extract",
                                fmt::format("question {} counts {} from '{}', which was extracted on {}, before that month began, expected a later extract",
                                            question_.number, month, holding_.id, drawn),
                                "or say with [[question.coverage]] why there are no figures; correct 'extracted_on' if it is wrong"));
    }
    return base::Done{};
  }

  [[nodiscard]] base::Result<base::Done> check_counts() const {
    for (const table::LeafIndex leaf : covered_periods()) {
      if (truth::records_in(truth_, table::atoms_in_box(*truth_.space, index_, box_of(leaf))) > 0) continue;
      return base::fail(mistake(
          case_, "answer.claim_of_zero",
          fmt::format("question {} counts nothing at all in {} and has no coverage that says why, expected a [[question.coverage]] or [[did_not_run]] stretch",
                      question_.number, code_of(leaf)),
          how_to_say_so));
    }
    return base::Done{};
  }

  [[nodiscard]] base::Result<base::Done> check_records() const {
    if (truth::records_in(truth_, table::atoms_in_box(*truth_.space, index_, box_of(std::nullopt))) > 0) return base::Done{};
    return base::fail(
        mistake(case_, "answer.claim_of_zero",
                fmt::format("question {} counts nothing at all in '{}', expected at least one record that meets its conditions", question_.number, holding_.id),
                fmt::format("are the texts of [[question.where]] spelt as in the column, capitals too? {}", how_to_say_so)));
  }

 private:
  [[nodiscard]] const std::string& code_of(table::LeafIndex leaf) const {
    const table::Hierarchy& periods = truth_.space->variables[*truth_.space->period].hierarchy;
    return periods.code(periods.node_of_leaf(leaf));
  }

  [[nodiscard]] std::vector<table::LeafIndex> covered_periods() const {
    std::vector<table::LeafIndex> leaves;
    if (!truth_.space->period) return leaves;
    const std::vector<bool>& covered = truth_.space->questions[index_].covered_periods;
    const auto count = static_cast<table::LeafIndex>(truth_.space->variables[*truth_.space->period].hierarchy.leaf_count());
    for (table::LeafIndex leaf = 0; leaf < count; ++leaf)
      if (covered.empty() || covered[leaf]) leaves.push_back(leaf);
    return leaves;
  }

  [[nodiscard]] std::vector<table::LeafRange> box_of(std::optional<table::LeafIndex> period) const {
    std::vector<table::LeafRange> box;
    for (const table::Variable& variable : truth_.space->variables) box.push_back({0, static_cast<table::LeafIndex>(variable.hierarchy.leaf_count())});
    if (period) box[*truth_.space->period] = {*period, *period + 1};
    return box;
  }

  const request::Case& case_;
  const request::Question& question_;
  const request::CaseHolding& holding_;
  const truth::Population& truth_;
  table::QuestionIndex index_;
};

}  // namespace

base::Result<base::Done> check_claims_of_zero(const request::Case& the_case, const GatheredPopulation& population) {
  for (const request::Question& question : the_case.questions) {
    const auto index = population.truth.space->find_question(question.number);
    const request::CaseHolding* holding = holding_of(the_case, question);
    if (!index || holding == nullptr) continue;
    const Counted counted(the_case, question, *holding, population.truth, *index);
    CANDOUR_TRY_DONE(counted.check_extract());
    if (says_so(the_case, question)) continue;
    CANDOUR_TRY_DONE(holding->kind == request::HoldingKind::counts ? counted.check_counts() : counted.check_records());
  }
  return base::Done{};
}

}  // namespace candour::answer
