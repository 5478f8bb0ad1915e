#pragma once
// One plan at a time: its tables, its reasons, and whether they are safe.

#include <candour/answer/plan_search.hpp>
#include <candour/protect/evidence.hpp>

#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace candour::answer {

/// Judges plans of one population. Remembers what it counted, so that a plan whose tables hold a small count costs next to nothing.
class PlanJudge {
 public:
  PlanJudge(const PlanTask& task, const std::vector<truth::Secret>& secrets, const std::vector<QuestionLattice>& lattices);

  /// Whether the tables alone are safe, without reasons.
  [[nodiscard]] base::Result<PlanVerdict> verdict(const protect::Plan& plan);
  /// The whole draft with reasons and evidence, or nothing if its tables are not safe with any reasons.
  [[nodiscard]] base::Result<std::optional<PlannedDraft>> draft(const protect::Plan& plan);
  /// The same for a plan in which some questions hide cells: their cells are chosen first. Nothing where recoding is the
  /// honest answer, or where hiding no more than must be hidden would not tell more than `to_beat`.
  [[nodiscard]] base::Result<std::optional<PlannedDraft>> suppressed_draft(const protect::Plan& plan, const protect::Detail& to_beat);
  [[nodiscard]] protect::Detail detail(const protect::Plan& plan) const;
  [[nodiscard]] std::int64_t plans_judged() const { return judged_; }

 private:
  enum class Reasons { with_claims, without_claims };
  [[nodiscard]] table::PublishedPopulation tables(const protect::Plan& plan, const protect::HiddenPattern& hidden) const;
  [[nodiscard]] base::Result<std::optional<PlannedDraft>> draft(const protect::Plan& plan, const protect::HiddenPattern& hidden);
  [[nodiscard]] std::vector<table::PublishedStatement> reasons(const protect::Plan& plan, Reasons kind);
  [[nodiscard]] table::PublishedStatement reason(const QuestionLattice& lattice, std::size_t finer, const protect::Plan& plan, Reasons kind);
  [[nodiscard]] bool has_small_cell(const table::TableDesign& design);
  [[nodiscard]] bool has_many_small_counts(const table::TableDesign& design);
  struct Smallness {
    std::int64_t small_records = 0;
    bool small_people = false;
  };
  [[nodiscard]] Smallness smallness(const table::TableDesign& design);
  [[nodiscard]] base::Result<protect::EvidenceSearch> evidence(const table::PublishedPopulation& published);

  PlanTask task_;
  const std::vector<truth::Secret>& secrets_;
  const std::vector<QuestionLattice>& lattices_;
  std::map<std::tuple<table::QuestionIndex, std::string, std::vector<std::vector<int>>>, Smallness> smallness_;
  protect::Experience experience_;
  std::int64_t judged_ = 0;
  std::int64_t searches_for_hiding_ = 0;
};

}  // namespace candour::answer
