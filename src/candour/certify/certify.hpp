#pragma once
// The one gate: from truth, draft, evidence and findings to a Certificate and a Seal, or a Refusal. No solver, no trust.

#include <candour/knowledge/knowledge.hpp>
#include <candour/policy/policy.hpp>
#include <candour/table/draft.hpp>
#include <candour/table/seal.hpp>
#include <candour/truth/population.hpp>
#include <candour/truth/secret.hpp>

#include <string>
#include <variant>
#include <vector>

namespace candour::certify {

/// What a draft is judged by.
struct Submission {
  const std::vector<truth::Population>* truth = nullptr;                ///< one a population of the draft
  const std::vector<std::vector<table::TableDesign>>* asked = nullptr;  ///< the finest tables asked for, one list a population
  const table::Draft* draft = nullptr;
  const std::vector<knowledge::Finding>* findings = nullptr;
  base::Digest records_digest;
  std::vector<base::Digest> earlier_releases;
  std::vector<std::string> marks;  ///< "people unproved"
};

/// Private: with the true cells at hand anyone can re-add it (design.md section 8). Text is JSON, stable byte for byte.
struct Certificate {
  std::string json;
};

/// One reason for a refusal; `subject` names cells and rules, never a hidden value in public (a refusal stays private).
struct RefusalReason {
  std::string code;  ///< "certify.leak", "certify.no_witness", "certify.figure_differs", "certify.undecided", ...
  std::string subject;
  std::string derivation;  ///< where the attack found one
};
struct Refusal {
  std::vector<RefusalReason> reasons;
};

struct Sealed {
  table::Seal seal;
  Certificate certificate;
};

/// Checks everything that `verify` checks, then seals. Undecided refuses.
[[nodiscard]] std::variant<Sealed, Refusal> certify(const Submission& submission, const policy::Policy& policy);

}  // namespace candour::certify
