#include <candour/answer/prepared_case.hpp>

#include <candour/answer/prepare.hpp>

#include <candour/assess/secrets.hpp>
#include <candour/attack/attack.hpp>
#include <candour/base/files.hpp>
#include <candour/certify/certify.hpp>

#include <utility>

namespace candour::answer {
namespace {

knowledge::Knowledge knowledge_of(const policy::NamedIntruder& named, const policy::Policy& policy) {
  knowledge::Knowledge knowledge;
  knowledge.intruder.name = named.name;
  knowledge.intruder.coalition_size = named.coalition_size;
  knowledge.intruder.presence = named.kind == policy::IntruderKind::knows_presence ? knowledge::Presence::known : knowledge::Presence::unknown;
  knowledge.method = knowledge::MethodKnowledge::policy_numbers;
  knowledge.minimum_frequency = policy.minimum_frequency.minimum;
  return knowledge;
}

// The true counts as text. Not the digest of the records: the order in which they stand must not change what is hidden.
std::string counts_of(const Gathered& gathered) {
  std::string text;
  for (const GatheredPopulation& population : gathered.populations) {
    text += population.id;
    for (const std::int64_t count : population.truth.counts) text += ' ' + std::to_string(count);
    text += '\n';
  }
  return text;
}

base::Result<base::SecretKey> key_of(const PreparedCase& prepared) {
  const std::filesystem::path& file = prepared.the_case.key_file;
  if (file.empty()) return base::SecretKey{base::digest_of("candour hidden cells " + counts_of(prepared.gathered)).bytes};
  if (!std::filesystem::exists(file))
    return base::fail({base::Cause::wrong_input,
                       "answer.no_key",
                       {file.string()},
                       "the policy's key_file is not there",
                       "make one with 32 random bytes and keep it private: head -c 32 /dev/urandom > FILE"});
  CANDOUR_TRY(bytes, base::read_file(file));
  return base::SecretKey{base::digest_of("candour hidden cells key " + bytes).bytes};
}

// One population before the gate, as the whole answer will stand there.
bool certifies(const PreparedCase& prepared, std::size_t population, const PlannedDraft& draft, const std::vector<knowledge::Finding>& findings) {
  const GatheredPopulation& gathered = prepared.gathered.populations[population];
  const std::vector<truth::Population> truth{gathered.truth};
  const std::vector<std::vector<table::TableDesign>> asked{gathered.asked};
  const table::Draft alone{{draft.published}, {draft.evidence}};
  const certify::Submission submission{&truth, &asked, &alone, &findings, prepared.gathered.records_digest, {}, {}};
  return std::holds_alternative<certify::Sealed>(certify::certify(submission, prepared.policy));
}

}  // namespace

base::ResultOrErrors<policy::Policy> policy_of(const request::Case& the_case) {
  if (the_case.policy_file.empty()) return policy::shipped_policy();
  return policy::load_policy(the_case.policy_file);
}

base::ResultOrErrors<PreparedCase> prepare_case(const std::filesystem::path& case_folder) {
  CANDOUR_TRY(the_case, request::load_case(case_folder));
  CANDOUR_TRY(policy, policy_of(the_case));
  return prepare(std::move(the_case), std::move(policy));
}

base::ResultOrErrors<PreparedCase> prepare(request::Case the_case, policy::Policy policy) {
  PreparedCase prepared;
  prepared.the_case = std::move(the_case);
  prepared.policy = std::move(policy);
  auto gathered = gather(prepared.the_case);
  if (!gathered) return tl::make_unexpected(base::Errors{std::move(gathered).error()});
  prepared.gathered = *std::move(gathered);
  auto key = key_of(prepared);
  if (!key) return tl::make_unexpected(base::Errors{std::move(key).error()});
  prepared.key = *key;
  for (const GatheredPopulation& population : prepared.gathered.populations) {
    auto secrets = assess::secrets_of(population.truth, population.asked, prepared.policy);
    if (!secrets) return tl::make_unexpected(base::Errors{std::move(secrets).error()});
    prepared.secrets.push_back(*std::move(secrets));
  }
  return prepared;
}

std::vector<knowledge::Finding> findings_of_all_intruders(const table::PublishedPopulation& published, const std::vector<table::TableDesign>& asked,
                                                          const policy::Policy& policy) {
  std::vector<knowledge::Knowledge> intruders;
  for (const policy::NamedIntruder& named : policy.intruders) intruders.push_back(knowledge_of(named, policy));
  attack::AttackLimits limits;
  limits.groups = policy.group_disclosure ? attack::GroupTargets::looked_for : attack::GroupTargets::left_out;
  return attack::attack_as_each(published, asked, intruders, limits);
}

Acceptance acceptance_of(const PreparedCase& prepared, std::size_t population) {
  return [&prepared, population](const PlannedDraft& draft) {
    return certifies(prepared, population, draft, findings_of_all_intruders(draft.published, prepared.gathered.populations[population].asked, prepared.policy));
  };
}

base::Result<PlanOutcome> search_population(const PreparedCase& prepared, std::size_t population, std::size_t front_size) {
  const GatheredPopulation& gathered = prepared.gathered.populations[population];
  const PlanTask task{&gathered.truth, &gathered.asked, &gathered.coverage, &prepared.policy, prepared.key, protect::Treatment::suppress, front_size};
  return search_plans(task, prepared.secrets[population], acceptance_of(prepared, population));
}

}  // namespace candour::answer
