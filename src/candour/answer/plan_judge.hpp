#pragma once
// One plan at a time: its tables, its reasons, and whether they are safe.

#include <candour/answer/plan_search.hpp>
#include <candour/answer/search/shown_margins.hpp>
#include <candour/protect/evidence.hpp>
#include <candour/protect/suppress/plain_suppression.hpp>

#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace candour::answer {

/// What is found against a plan, or nothing.
struct Judgement {
  PlanVerdict verdict = PlanVerdict::safe;
  std::vector<MarginOfQuestion> leaking;  ///< where it leaks: margins of the plan that certainly leak together, whatever else is given
};

/// Judges plans of one population. Remembers what it counted, so that a plan whose tables hold a small count costs next to nothing.
class PlanJudge {
 public:
  PlanJudge(const PlanTask& task, const std::vector<truth::Secret>& secrets, const std::vector<QuestionMargins>& questions);

  /// Whether the tables alone are safe, without reasons; if not, what of them leaks.
  [[nodiscard]] base::Result<Judgement> judge(const protect::Plan& plan);
  [[nodiscard]] base::Result<PlanVerdict> verdict(const protect::Plan& plan);
  /// Whether a margin, given alone, shows a count from 1 to T-1, or one that an earlier answer hid.
  [[nodiscard]] bool shows_small_count(MarginOfQuestion margin);
  /// Whether it shows a count that an earlier answer hid.
  [[nodiscard]] bool shows_what_was_hidden(MarginOfQuestion margin);
  /// The whole draft with reasons and evidence, or nothing if its tables are not safe with any reasons.
  [[nodiscard]] base::Result<std::optional<PlannedDraft>> draft(const protect::Plan& plan);

  /// The detail that a plan with hidden cells has at most: with only those hidden that need it. Nothing where that hides too much.
  [[nodiscard]] std::optional<protect::Detail> most_with_hidden(const protect::Plan& plan) const;
  /// The draft of a plan in which some questions hide cells. Their cells are chosen first, beginning with those that `coarser` hides.
  [[nodiscard]] base::Result<std::optional<PlannedDraft>> suppressed_draft(const protect::Plan& plan, const PlannedDraft& coarser);
  /// The same draft with what everybody can work out from its other figures shown; nothing where there is no such cell, or it cannot be shown.
  [[nodiscard]] base::Result<std::optional<PlannedDraft>> without_what_follows(const PlannedDraft& draft);

  /// The tables of a plan that changes figures of further margins beside those of `coarser`; the cells that `coarser` hides stay hidden.
  [[nodiscard]] protect::Detail changed_detail(const protect::Plan& plan, const PlannedDraft& coarser) const;
  /// The draft of such a plan, or nothing where its figures are not safe.
  [[nodiscard]] base::Result<std::optional<PlannedDraft>> changed_draft(const protect::Plan& plan, const PlannedDraft& coarser);

  /// The draft of a plan that has a marked table beside the tables of `coarser`, or nothing where no marks make it safe.
  [[nodiscard]] base::Result<std::optional<PlannedDraft>> marked_draft(const protect::Plan& plan, const PlannedDraft& coarser);
  /// How many plans with a marked table may be drafted: fewer where there are many secrets.
  [[nodiscard]] std::int64_t tries_at_marking() const;

  [[nodiscard]] protect::Detail detail(const protect::Plan& plan) const;
  [[nodiscard]] std::int64_t plans_judged() const { return judged_; }
  [[nodiscard]] bool may_search_for_hiding() const;
  /// How many plans with changed figures may be drafted: fewer where there are many secrets.
  [[nodiscard]] std::int64_t tries_at_changing() const;

 private:
  enum class Reasons { with_claims, without_claims };
  [[nodiscard]] table::PublishedPopulation tables(const protect::Plan& plan, const protect::HiddenPattern& hidden) const;
  [[nodiscard]] std::vector<table::PublishedStatement> statements_beside(const std::vector<table::PublishedTable>& tables) const;
  [[nodiscard]] std::vector<std::vector<table::CellReference>> cells_of_failing_sums(const table::PublishedPopulation& published) const;
  [[nodiscard]] std::vector<std::vector<table::AtomIndex>> groups_seen_to_share(const table::PublishedPopulation& published,
                                                                                const table::Evidence& evidence) const;
  [[nodiscard]] protect::HiddenPattern hidden_as_in(const protect::Plan& plan, const PlannedDraft& coarser) const;
  [[nodiscard]] protect::PlainSuppressionTask hiding(const protect::Plan& plan) const;
  [[nodiscard]] base::Result<std::optional<PlannedDraft>> draft(const protect::Plan& plan, const protect::HiddenPattern& hidden);
  [[nodiscard]] std::vector<table::PublishedStatement> reasons(const protect::Plan& plan, Reasons kind);
  [[nodiscard]] std::optional<table::SmallCountsIn> small_counts_in(MarginOfQuestion margin);
  struct Smallness {
    std::int64_t small_records = 0;
    bool small_people = false;
    bool shows_what_was_hidden = false;
  };
  [[nodiscard]] Smallness smallness(const table::TableDesign& design);
  [[nodiscard]] base::Result<protect::EvidenceSearch> evidence(const table::PublishedPopulation& published, protect::Effort effort = protect::Effort::thorough);
  [[nodiscard]] std::vector<MarginOfQuestion> margins_of(const protect::Plan& plan) const;
  [[nodiscard]] MarginOfQuestion margin_of(const table::PublishedPopulation& published, table::CellReference cell) const;
  [[nodiscard]] std::vector<MarginOfQuestion> leaking_together(const protect::Plan& plan, const std::string& secret) const;

  PlanTask task_;
  const std::vector<truth::Secret>& secrets_;
  const std::vector<QuestionMargins>& questions_;
  std::map<std::tuple<table::QuestionIndex, std::string, std::vector<std::vector<int>>>, Smallness> smallness_;
  protect::Experience experience_;
  std::int64_t judged_ = 0;
  std::int64_t searches_for_hiding_ = 0;
};

}  // namespace candour::answer
