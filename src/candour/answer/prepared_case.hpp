#pragma once
// A case up to the point where plans can be searched: its policy, its populations counted, what must not be learnt.

#include <candour/answer/gather.hpp>
#include <candour/answer/plan_search.hpp>
#include <candour/knowledge/knowledge.hpp>
#include <candour/policy/policy.hpp>
#include <candour/request/case.hpp>
#include <candour/truth/secret.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace candour::answer {

struct PreparedCase {
  request::Case the_case;
  policy::Policy policy;
  Gathered gathered;
  std::vector<std::vector<truth::Secret>> secrets;  ///< by population
  base::SecretKey key;                              ///< of the authority: its key file, else a digest of the records, which only their holder can make
};

[[nodiscard]] base::ResultOrErrors<PreparedCase> prepare_case(const std::filesystem::path& case_folder);

/// The search for one population, its attack and the gate included; `front_size` plans of the front are wanted.
[[nodiscard]] base::Result<PlanOutcome> search_population(const PreparedCase& prepared, std::size_t population, std::size_t front_size);

/// What a draft of one population must pass before it may be taken: the attack by every intruder and the gate.
[[nodiscard]] Acceptance acceptance_of(const PreparedCase& prepared, std::size_t population);

/// What every intruder of the policy finds in what is published about one population.
[[nodiscard]] std::vector<knowledge::Finding> findings_of_all_intruders(const table::PublishedPopulation& published,
                                                                        const std::vector<table::TableDesign>& asked, const policy::Policy& policy);

}  // namespace candour::answer
