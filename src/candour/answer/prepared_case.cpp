#include <candour/answer/prepared_case.hpp>

#include <candour/answer/cost_statements.hpp>
#include <candour/answer/join_categories.hpp>
#include <candour/answer/prepare.hpp>
#include <candour/assess/secrets.hpp>
#include <candour/base/files.hpp>
#include <candour/certify/certify.hpp>
#include <candour/notice/early_faults.hpp>
#include <candour/request/detail_wishes.hpp>
#include <candour/table/canonical.hpp>
#include <candour/table/noise_spent.hpp>
#include <candour/table/released.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <memory>
#include <optional>
#include <utility>

namespace candour::answer {
namespace {

constexpr std::size_t most_witness_tables = 40;  // handed to an attack: each is looked through for every question

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
  // A key made of the counts would let whoever tries tables of counts see which of them changes as it was published.
  if (file.empty() && prepared.policy.changes_figures())
    return base::fail({base::Cause::wrong_input,
                       "answer.no_key_for_change",
                       {(prepared.the_case.folder / "case.toml").string()},
                       prepared.policy.cell_key ? "the policy lets figures carry noise, expected key_file under [policy]: the key draws it"
                                                : "the policy lets figures be rounded, expected key_file under [policy]: the key draws the directions",
                       "make one with 32 random bytes and keep it private: head -c 32 /dev/urandom > FILE"});
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

// How finer figures may be changed. Such a policy needs a key file, so that nothing of the records is asked for.
base::Result<std::optional<protect::FigureChange>> change_of(const PreparedCase& prepared) {
  if (!prepared.policy.changes_figures()) return std::optional<protect::FigureChange>();
  CANDOUR_TRY(key, key_of(prepared));
  if (prepared.policy.rounding_base) return std::optional<protect::FigureChange>(protect::FigureRounding{*prepared.policy.rounding_base, key});
  const policy::CellKeyNoise& wanted = *prepared.policy.cell_key;
  auto noise = protect::FigureNoise::of({wanted.most_noise, static_cast<double>(wanted.variance), wanted.forbidden, prepared.policy.protected_below()}, key);
  if (noise) return std::optional<protect::FigureChange>(*std::move(noise));
  base::Error error = std::move(noise).error();
  error.place = {prepared.the_case.policy_file.string()};
  return base::fail(std::move(error));
}

base::Error wrong_policy(const PreparedCase& prepared, std::string_view code, std::string sentence, std::string hint) {
  return {base::Cause::wrong_input, fmt::format("answer.{}", code), {(prepared.the_case.folder / "case.toml").string()}, std::move(sentence), std::move(hint)};
}

// A policy that rests on a person's finding needs it on record in this very case; one that protects nothing has to rest on one.
base::Result<base::Done> check_finding(const PreparedCase& prepared) {
  const policy::Policy& policy = prepared.policy;
  if (policy.rests_on_finding.empty()) {
    if (policy.minimum_frequency.minimum > 1) return base::Done{};
    return base::fail(
        wrong_policy(prepared, "policy_without_finding", fmt::format("the policy '{}' protects no count, expected one that rests on a finding", policy.name),
                     "a named person finds that there is no route to anybody: [[finding]] kind = \"no-route\", and rests_on_finding in the policy"));
  }
  for (const request::OfficerFinding& finding : prepared.the_case.findings)
    if (finding.kind == "no-route" && finding.id == policy.rests_on_finding) return base::Done{};
  return base::fail(wrong_policy(prepared, "finding_not_recorded",
                                 fmt::format("the policy '{}' rests on the finding '{}', expected it in the case", policy.name, policy.rests_on_finding),
                                 "add [[finding]] with kind = \"no-route\", that id, population, means, text, by and on"));
}

// What the officer settled about one population, by the variables of its space.
Pins pins_of(const std::vector<request::DetailWishes>& all, const GatheredPopulation& population) {
  const table::AtomSpace& space = *population.truth.space;
  Pins pins;
  for (const request::DetailWishes& wishes : all) {
    if (wishes.population != population.id) continue;
    for (const auto& [a, b] : wishes.never_cross) pins.never_crossed.emplace_back(*space.find_variable(a), *space.find_variable(b));
    for (const std::string& name : wishes.keep) pins.kept.push_back(*space.find_variable(name));
    for (const request::DetailWeight& weight : wishes.weights) {
      if (weight.variable.empty()) pins.weights.periods.push_back({{weight.periods.first, weight.periods.second}, weight.weight});
      else pins.weights.variables.push_back({*space.find_variable(weight.variable), weight.weight});
    }
  }
  return pins;
}

std::vector<table::VariableIndex> variables_to_join(const std::vector<request::DetailWishes>& all, const GatheredPopulation& population) {
  std::vector<table::VariableIndex> variables;
  for (const request::DetailWishes& wishes : all)
    if (wishes.population == population.id)
      for (const std::string& name : wishes.may_join) variables.push_back(*population.truth.space->find_variable(name));
  return variables;
}

// Every draft of the population carries what was published before.
void stand_beside(GatheredPopulation& population, const EarlierOfPopulation& earlier) {
  population.coverage.earlier_figures = earlier.figures;
  population.coverage.earlier_ratios = earlier.ratios;
  population.coverage.earlier_hidden = earlier.hidden_for_its_own_day;
}

// One population before the gate, as the whole answer will stand there.
bool certifies(const PreparedCase& prepared, std::size_t population, const PlannedDraft& draft, const std::vector<knowledge::Finding>& findings) {
  const GatheredPopulation& gathered = prepared.gathered.populations[population];
  const std::vector<truth::Population> truth{gathered.truth};
  const std::vector<std::vector<table::TableDesign>> asked{gathered.asked};
  const table::Draft alone{{draft.published}, {draft.evidence}};
  const certify::Submission submission{&truth, &asked, &alone, &findings, prepared.gathered.records_digest, prepared.earlier_digests, {}};
  return std::holds_alternative<certify::Sealed>(certify::certify(submission, prepared.policy));
}

}  // namespace

base::ResultOrErrors<policy::Policy> policy_of(const request::Case& the_case) {
  if (the_case.policy_file.empty()) return policy::shipped_policy();
  return policy::load_policy(the_case.policy_file);
}

base::ResultOrErrors<base::Done> check_before_records(const request::Case& the_case) {
  base::Errors faults = notice::early_faults(the_case, the_case.answered_on.value_or(base::today()));
  if (!faults.empty()) return tl::make_unexpected(std::move(faults));
  return base::Done{};
}

base::ResultOrErrors<PreparedCase> prepare_case(const std::filesystem::path& case_folder, const std::vector<EarlierRelease>& earlier) {
  CANDOUR_TRY(the_case, request::load_case(case_folder));
  CANDOUR_TRY_DONE(check_before_records(the_case));
  CANDOUR_TRY(policy, policy_of(the_case));
  CANDOUR_TRY(wishes, request::load_detail_wishes(the_case));
  return prepare(std::move(the_case), std::move(policy), wishes, earlier);
}

base::ResultOrErrors<PreparedCase> prepare(request::Case the_case, policy::Policy policy, const std::vector<request::DetailWishes>& wishes,
                                           const std::vector<EarlierRelease>& earlier) {
  PreparedCase prepared;
  prepared.the_case = std::move(the_case);
  prepared.policy = std::move(policy);
  if (auto found = check_finding(prepared); !found) return tl::make_unexpected(base::Errors{std::move(found).error()});
  auto change = change_of(prepared);
  if (!change) return tl::make_unexpected(base::Errors{std::move(change).error()});
  prepared.change = *std::move(change);
  auto gathered = gather(prepared.the_case);
  if (!gathered) return tl::make_unexpected(base::Errors{std::move(gathered).error()});
  prepared.gathered = *std::move(gathered);
  auto key = key_of(prepared);
  if (!key) return tl::make_unexpected(base::Errors{std::move(key).error()});
  prepared.key = *key;
  for (GatheredPopulation& population : prepared.gathered.populations) {
    prepared.pins.push_back(pins_of(wishes, population));
    join_where_it_tells_more(population, variables_to_join(wishes, population), prepared.policy, prepared.pins.back());
    auto laid = lay_over(population, extracted_on(prepared.the_case, population.id), earlier);
    if (!laid) return tl::make_unexpected(base::Errors{std::move(laid).error()});
    stand_beside(population, *laid);
    for (const EarlierRelease& one : earlier)
      if (one.release.population == population.id && one.standing != EarlierStanding::goes_out_with_it) prepared.earlier_digests.push_back(one.digest);
    prepared.earlier.push_back(*std::move(laid));
    auto secrets = assess::secrets_of(population.truth, population.asked, prepared.policy);
    if (!secrets) return tl::make_unexpected(base::Errors{std::move(secrets).error()});
    prepared.secrets.push_back(*std::move(secrets));
  }
  return prepared;
}

std::vector<knowledge::Finding> findings_of_all_intruders(const table::PublishedPopulation& published, const std::vector<table::TableDesign>& asked,
                                                          const policy::Policy& policy, attack::KnownTables known, attack::Thoroughness thoroughness) {
  std::vector<knowledge::Knowledge> intruders;
  for (const policy::NamedIntruder& named : policy.intruders) intruders.push_back(knowledge_of(named, policy));
  attack::AttackLimits limits;
  limits.groups = policy.group_disclosure ? attack::GroupTargets::looked_for : attack::GroupTargets::left_out;
  limits.thoroughness = thoroughness;
  return attack::attack_as_each(published, asked, intruders, limits, known);
}

std::vector<std::vector<std::int64_t>> witness_tables(const truth::Population& truth, const table::Evidence& evidence) {
  std::vector<std::vector<std::int64_t>> tables;
  for (std::size_t m = 0; m < std::min(evidence.moves.size(), most_witness_tables); ++m) {
    tables.push_back(truth.counts);
    for (const table::AtomChange& part : evidence.moves[m]) tables.back()[part.atom] += part.change;
  }
  return tables;
}

std::vector<knowledge::Finding> findings_against(const PreparedCase& prepared, std::size_t population, const table::PublishedPopulation& published,
                                                 attack::KnownTables known) {
  std::vector<knowledge::Finding> findings = findings_of_all_intruders(published, prepared.gathered.populations[population].asked, prepared.policy, known);
  std::vector<knowledge::Finding> beside = findings_beside(prepared.earlier[population], published, prepared.policy);
  std::move(beside.begin(), beside.end(), std::back_inserter(findings));
  return findings;
}

PreparedCase without_earlier(PreparedCase prepared) {
  for (GatheredPopulation& population : prepared.gathered.populations) stand_beside(population, {});
  prepared.earlier.assign(prepared.gathered.populations.size(), {});
  prepared.earlier_digests.clear();
  return prepared;
}

base::Result<PreparedCase> beside_only(const PreparedCase& prepared, std::size_t population, const table::Release& release) {
  PreparedCase alone = without_earlier(prepared);
  GatheredPopulation& gathered = alone.gathered.populations[population];
  CANDOUR_TRY(laid, lay_over(gathered, prepared.earlier[population].extracted_on, {{release, {}, EarlierStanding::stands}}));
  stand_beside(gathered, laid);
  alone.earlier[population] = std::move(laid);
  return alone;
}

namespace {

// The attack on one population, as the search asks for it. Remembers the last tables, so that the same ones are not attacked twice.
FindingsIn attack_on(const PreparedCase& prepared, std::size_t population) {
  struct Last {
    base::Digest of;
    std::vector<knowledge::Finding> findings;
  };
  return [&prepared, population, last = std::make_shared<std::optional<Last>>()](const table::PublishedPopulation& published, const table::Evidence& evidence) {
    const base::Digest now = table::digest_of_draft({published});
    if (!*last || (*last)->of != now)
      *last = Last{now, findings_against(prepared, population, published, witness_tables(prepared.gathered.populations[population].truth, evidence))};
    return (*last)->findings;
  };
}

Acceptance acceptance_by(const PreparedCase& prepared, std::size_t population, FindingsIn attack) {
  return [&prepared, population, attack = std::move(attack)](PlannedDraft& draft) {
    draft.findings = attack(draft.published, draft.evidence);
    return certifies(prepared, population, draft, draft.findings);
  };
}

}  // namespace

Acceptance acceptance_of(const PreparedCase& prepared, std::size_t population) { return acceptance_by(prepared, population, attack_on(prepared, population)); }

base::Result<PlanOutcome> search_population(const PreparedCase& prepared, std::size_t population, std::size_t front_size, std::size_t pick) {
  const GatheredPopulation& gathered = prepared.gathered.populations[population];
  CANDOUR_TRY(statements, cost_statements(prepared.the_case, gathered, prepared.policy));
  const FindingsIn attack = attack_on(prepared, population);
  const PlanTask task{&gathered.truth,
                      &gathered.asked,
                      &gathered.coverage,
                      &prepared.policy,
                      prepared.key,
                      prepared.policy.hides_cells ? protect::Treatment::suppress : protect::Treatment::exact,
                      front_size,
                      prepared.pins[population],
                      pick,
                      std::move(statements),
                      gathered.joined,
                      prepared.earlier[population].stays_hidden,
                      prepared.change,
                      prepared.change ? protect::known_counts(*gathered.truth.space, gathered.coverage.earlier_figures) : protect::KnownCounts(),
                      [&](const table::PublishedPopulation& published) {
                        const auto is_noisy = [](const table::PublishedTable& one) { return one.noise.has_value(); };
                        return std::none_of(published.tables.begin(), published.tables.end(), is_noisy) ||
                               table::affords(prepared.earlier[population].releases, table::released(published), prepared.policy.noise_budget_millionths);
                      },
                      prepared.policy.marks_tables ? attack : FindingsIn()};
  return search_plans(task, prepared.secrets[population], acceptance_by(prepared, population, attack));
}

}  // namespace candour::answer
