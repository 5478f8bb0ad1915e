#pragma once
// What the authority keeps for itself: the proof, the truth, what was tried, how good the records are.

#include <candour/answer/answer.hpp>
#include <candour/answer/prepared_case.hpp>
#include <candour/certify/certify.hpp>

#include <optional>
#include <vector>

namespace candour::answer {

/// The plans of one question in words, with the reasons sealed for it.
[[nodiscard]] std::vector<QuestionReport> reports_of(const GatheredPopulation& population, const PlannedDraft& draft);
/// The same for a plan without a draft: no reasons.
[[nodiscard]] std::vector<QuestionReport> reports_of(const GatheredPopulation& population, const protect::Plan& plan);

/// What is decided, to be written down.
struct PrivateRecord {
  const PreparedCase* prepared = nullptr;
  const std::vector<PlanOutcome>* outcomes = nullptr;  ///< one a population
  const certify::Sealed* sealed = nullptr;
  const table::Draft* draft = nullptr;
  const std::optional<Picked>* picked = nullptr;                  ///< where an officer picked a plan: who and why
  const std::vector<table::PublishedRecords>* records = nullptr;  ///< given one by one beside the tables
};

/// certificate.json, true-cells.json, plans.json, audit.html, data-quality.txt, account.html, policy digest inside the certificate. In this order.
[[nodiscard]] std::vector<base::FileToWrite> private_files(const PrivateRecord& record);

}  // namespace candour::answer
