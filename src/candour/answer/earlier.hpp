#pragma once
// Earlier releases beside a new answer: laid over its population where they fit, and attacked together with it in any case.

#include <candour/answer/answer.hpp>
#include <candour/answer/gather.hpp>
#include <candour/knowledge/knowledge.hpp>
#include <candour/policy/policy.hpp>
#include <candour/table/draft.hpp>
#include <candour/table/releases.hpp>

#include <set>
#include <string>
#include <vector>

namespace candour::answer {

/// What was published before about one population.
struct EarlierOfPopulation {
  std::vector<table::Release> releases;
  std::string corrected;                      ///< id of a recalled release that the records contradict; the new answer shows everybody that it was wrong
  base::Date extracted_on{};                  ///< of the new answer
  std::vector<table::EarlierFigure> figures;  ///< those that the new answer's population can express: witnesses reproduce them
  std::vector<table::EarlierRatio> ratios;
  std::set<std::vector<table::AtomIndex>> stays_hidden;     ///< sums that one of them hid and none has shown since
  std::vector<table::EarlierHidden> hidden_for_its_own_day;  ///< those of them that records of another day, or another's rules, made small
  std::size_t attacked_only = 0;  ///< figures of another extract, period, variable or question: attacked together with the draft, without witnesses
};

/// When the records of a population were read: the last day on which one of its holdings was.
[[nodiscard]] base::Date extracted_on(const request::Case& the_case, const std::string& population);

/// Takes the releases about the population. Those that count the same records (one extract, not corrected since) in categories made of this population's
/// finest ones become figures. Error refused "answer.earlier_differs" where such a figure is not what the records give: then either it was wrong, and a
/// correction is to be registered, or its extract is another one. A recalled release that does so is attacked together with the answer and not reproduced.
[[nodiscard]] base::Result<EarlierOfPopulation> lay_over(const GatheredPopulation& population, base::Date extracted_on,
                                                         const std::vector<EarlierRelease>& earlier);

/// What a draft and the earlier releases give away together and the earlier ones alone do not: for the gate, each with its arithmetic and the release named.
[[nodiscard]] std::vector<knowledge::Finding> findings_beside(const EarlierOfPopulation& earlier, const table::PublishedPopulation& draft,
                                                              const policy::Policy& policy);

/// The ids of those earlier releases whose name stands in a derivation of a finding.
[[nodiscard]] std::vector<std::string> releases_named_in(const std::vector<knowledge::Finding>& findings, const EarlierOfPopulation& earlier);

}  // namespace candour::answer
