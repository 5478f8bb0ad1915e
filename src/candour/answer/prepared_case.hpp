#pragma once
// A case up to the point where plans can be searched: its policy, its populations counted, what must not be learnt.

#include <candour/answer/earlier.hpp>
#include <candour/answer/gather.hpp>
#include <candour/answer/plan_search.hpp>
#include <candour/attack/attack.hpp>
#include <candour/knowledge/knowledge.hpp>
#include <candour/policy/policy.hpp>
#include <candour/request/case.hpp>
#include <candour/truth/secret.hpp>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace candour::answer {

struct PreparedCase {
  request::Case the_case;
  policy::Policy policy;
  Gathered gathered;
  std::vector<std::vector<truth::Secret>> secrets;  ///< by population
  std::vector<Pins> pins;                           ///< by population: what the officer settled
  std::vector<EarlierOfPopulation> earlier;         ///< by population: what was published before
  std::vector<base::Digest> earlier_digests;        ///< of all releases taken into account, for the certificate
  base::SecretKey key;                              ///< of the authority: its key file, else a digest of the records, which only their holder can make
  std::optional<protect::FigureChange> change;      ///< how the policy lets finer figures be changed, with that key; nothing where it does not
};

/// Errors: those of the case, its holdings and its policy, and of lay_over.
[[nodiscard]] base::ResultOrErrors<PreparedCase> prepare_case(const std::filesystem::path& case_folder, const std::vector<EarlierRelease>& earlier = {});

/// The same case as if nothing had been published before.
[[nodiscard]] PreparedCase without_earlier(PreparedCase prepared);

/// The same case as if one of these releases alone had been published before about a population. Errors: those of lay_over.
[[nodiscard]] base::Result<PreparedCase> beside_only(const PreparedCase& prepared, std::size_t population, const table::Release& release);

/// How many plans of the front `candour plans` lists at most, and an officer may pick from.
constexpr std::size_t plans_of_the_front = 5;

/// The search for one population, its attack and the gate included; `front_size` plans of the front are wanted. `pick`: the number of the one to take, where an
/// officer picked one; then the front is as `candour plans` lists it.
[[nodiscard]] base::Result<PlanOutcome> search_population(const PreparedCase& prepared, std::size_t population, std::size_t front_size, std::size_t pick = 0);

/// What a draft of one population must pass before it may be taken: the attack by every intruder and the gate.
[[nodiscard]] Acceptance acceptance_of(const PreparedCase& prepared, std::size_t population);

/// The first witness tables of some evidence, as counts of all atoms: an attack that is handed them is quicker, and finds the same.
[[nodiscard]] std::vector<std::vector<std::int64_t>> witness_tables(const truth::Population& truth, const table::Evidence& evidence);

/// Everything found against a draft of one population: by each intruder, and beside earlier releases. `known`: tables that may fit it.
[[nodiscard]] std::vector<knowledge::Finding> findings_against(const PreparedCase& prepared, std::size_t population,
                                                               const table::PublishedPopulation& published, attack::KnownTables known = {});

/// What every intruder of the policy finds in what is published about one population.
[[nodiscard]] std::vector<knowledge::Finding> findings_of_all_intruders(const table::PublishedPopulation& published,
                                                                        const std::vector<table::TableDesign>& asked, const policy::Policy& policy,
                                                                        attack::KnownTables known = {},
                                                                        attack::Thoroughness thoroughness = attack::Thoroughness::everything);

}  // namespace candour::answer
