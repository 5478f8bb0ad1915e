#include <candour/cli/attack_answer.hpp>

#include <candour/answer/earlier.hpp>
#include <candour/attack/attack.hpp>
#include <candour/base/files.hpp>
#include <candour/casework/desks.hpp>
#include <candour/casework/register/release_text.hpp>
#include <candour/certify/certificate_text.hpp>
#include <candour/certify/seal_text.hpp>
#include <candour/cli/answered_records.hpp>
#include <candour/cli/console.hpp>
#include <candour/cli/public_tables.hpp>
#include <candour/cli/published_again.hpp>
#include <candour/policy/policy.hpp>
#include <candour/request/case.hpp>
#include <candour/table/released.hpp>
#include <candour/truth/relaid.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <optional>

namespace candour::cli {
namespace {

namespace fs = std::filesystem;
using knowledge::Finding;
using knowledge::FindingKind;

std::string_view word_of(FindingKind kind) {
  switch (kind) {
    case FindingKind::exactly_disclosed: return "exactly-disclosed";
    case FindingKind::shown_small: return "shown-small";
    case FindingKind::shown_homogeneous: return "shown-homogeneous";
    case FindingKind::contradiction: return "contradiction";
    case FindingKind::undecided: return "undecided";
  }
  return "undecided";
}

std::string words_of(const Finding& finding) {
  switch (finding.kind) {
    case FindingKind::exactly_disclosed: return fmt::format("{} is {}", finding.subject, finding.interval.lowest);
    case FindingKind::shown_small: return fmt::format("{} lies between {} and {}", finding.subject, finding.interval.lowest, finding.interval.highest);
    case FindingKind::shown_homogeneous: return fmt::format("{}: nobody else can be there", finding.subject);
    case FindingKind::contradiction: return fmt::format("{} contradict each other", finding.subject);
    case FindingKind::undecided: return fmt::format("{}: undecided, which counts as unsafe", finding.subject);
  }
  return finding.subject;
}

std::string words_of(const knowledge::Supposition& supposition) {
  return supposition.of == knowledge::Supposition::Of::presence ? std::string("if somebody is known to be there")
                                                                : fmt::format("if {} of the records there are their own", supposition.at_least);
}

std::vector<knowledge::Knowledge> intruders_of(const policy::Policy& policy) {
  std::vector<knowledge::Knowledge> intruders;
  for (const policy::NamedIntruder& named : policy.intruders) {
    const bool knows_presence = named.kind == policy::IntruderKind::knows_presence;
    intruders.push_back({{named.name, named.coalition_size, knows_presence ? knowledge::Presence::known : knowledge::Presence::unknown},
                         knowledge::MethodKnowledge::policy_numbers,
                         policy.minimum_frequency.minimum,
                         knowledge::HiddenFor::few_records_or_people});
  }
  return intruders;
}

// What the sentences of the answer claim stands in data only in the certificate; so do the earlier releases, and what the register is told of noise.
void add_claims(const std::vector<table::PublishedPopulation>& claims, table::PublishedPopulation& published) {
  for (const table::PublishedPopulation& claimed : claims) {
    if (claimed.space->id != published.space->id) continue;
    published.statements = claimed.statements;
    published.earlier_tables = claimed.earlier_tables;
    published.earlier_figures = claimed.earlier_figures;
    published.earlier_ratios = claimed.earlier_ratios;
    published.earlier_hidden = claimed.earlier_hidden;
    const auto place = [&](const table::PublishedTable& table) {
      const auto& tables = claimed.tables;
      return std::find_if(tables.begin(), tables.end(), [&](const table::PublishedTable& t) { return t.design.id == table.design.id; }) - tables.begin();
    };
    for (table::PublishedTable& table : published.tables)
      for (const table::PublishedTable& one : claimed.tables)
        if (one.design.id == table.design.id) table.noise = one.noise;
    std::stable_sort(published.tables.begin(), published.tables.end(), [&](const auto& a, const auto& b) { return place(a) < place(b); });
  }
}

// Where a case and its answer lie.
struct Answer {
  fs::path case_file;
  std::optional<fs::path> output;
};

// The folder of an answer has public/csv and no case.toml of its own; its case is the folder above.
Answer answer_at(const fs::path& given) {
  std::error_code status;
  const bool is_answer = (fs::is_directory(given / "public" / "csv", status) || fs::is_directory(given / "public" / "records", status)) &&
                         !fs::exists(given / "case.toml", status);
  if (!is_answer) return {given, std::nullopt};
  const fs::path whole = fs::weakly_canonical(given, status);
  return {status ? given : whole.parent_path(), given};
}

// Of an answer that goes on from a handover the certificate is with the data unit; what it published came with the handover.
std::optional<std::vector<table::PublishedPopulation>> read_claims(const fs::path& output) {
  if (const auto text = base::read_file(output / "private" / "certificate.json")) {
    const auto content = certify::certificate_from(*text);
    if (!content) return std::nullopt;
    std::vector<table::PublishedPopulation> claims;
    for (const certify::CertifiedPopulation& certified : content->populations) claims.push_back(certified.published);
    return claims;
  }
  const auto text = base::read_file(output / "private" / "published.json");
  if (!text) return std::nullopt;
  auto claims = certify::published_from(*text);
  if (!claims) return std::nullopt;
  return *std::move(claims);
}

// The categories that were published: those of the case, or others made of the same finest ones, which only the certificate knows.
std::shared_ptr<const table::AtomSpace> space_of(const request::Case& the_case, const request::CasePopulation& population,
                                                 const std::optional<std::vector<table::PublishedPopulation>>& claims) {
  const auto of_case = request::atom_space_of(the_case, population);
  if (claims)
    for (const table::PublishedPopulation& claimed : *claims)
      if (claimed.space->id == population.id && truth::relaid({of_case, std::vector<std::int64_t>(of_case->count()), {}, {}, 0}, claimed.space))
        return claimed.space;
  return of_case;
}

nlohmann::ordered_json json_of(const Finding& finding) {
  nlohmann::ordered_json derivations = nlohmann::ordered_json::array();
  for (const knowledge::Derivation& derivation : finding.derivations) derivations.push_back(derivation.text);
  return {{"kind", word_of(finding.kind)},
          {"intruder", finding.intruder},
          {"subject", finding.subject},
          {"supposes_an_insider", finding.supposition.has_value()},
          {"derivations", derivations}};
}

// What was found, in words and for programs.
AnswerAttack told(const std::vector<Finding>& findings, std::size_t tables, bool has_claims, nlohmann::ordered_json& document) {
  nlohmann::ordered_json listed = nlohmann::ordered_json::array();
  AnswerAttack attack;
  for (const Finding& finding : findings) {
    if (!finding.supposition) ++attack.open_findings;
    const std::string condition = finding.supposition ? fmt::format(" ({})", words_of(*finding.supposition)) : "";
    attack.lines.push_back(fmt::format("{}: {}{}", finding.intruder, words_of(finding), condition));
    for (const knowledge::Derivation& derivation : finding.derivations) attack.lines.push_back(fmt::format("  {}", derivation.text));
    listed.push_back(json_of(finding));
  }
  if (!has_claims) attack.lines.emplace_back("The sentences of the answer were not attacked: what they claim is read from its certificate, and there is none.");
  attack.lines.push_back(fmt::format("{} tables attacked: {} findings, {} more that suppose an insider (whether there is one, only the certificate knows).",
                                     tables, attack.open_findings, findings.size() - attack.open_findings));
  document = {{"tables", tables}, {"sentences_attacked", has_claims}, {"findings", listed}};
  return attack;
}

// When the records of a population were read: the case says it, or the handover where the records are kept elsewhere.
base::Result<base::Date> read_on(const request::Case& the_case, const fs::path& output, const std::string& population) {
  CANDOUR_TRY(handed, casework::handed_over_content(output));
  if (handed)
    for (const auto& [id, day] : handed->extracted_on)
      if (id == population) return day;
  return answer::extracted_on(the_case, population);
}

table::Release released_on(const table::PublishedPopulation& published, base::Date extracted_on) {
  table::Release release = table::released(published);
  release.extracted_on = extracted_on;
  return release;
}

// What the answer and earlier releases about its population give away together.
base::Result<std::vector<Finding>> beside_earlier(const std::vector<answer::EarlierRelease>& earlier, const table::PublishedPopulation& published,
                                                  base::Date extracted_on, const policy::Policy& policy) {
  answer::EarlierOfPopulation beside;
  beside.extracted_on = extracted_on;
  const base::Digest own = casework::digest_of_figures(released_on(published, extracted_on));
  for (const answer::EarlierRelease& one : earlier)
    if (one.release.population == published.space->id && casework::digest_of_figures(one.release) != own) beside.releases.push_back(one.release);
  return answer::findings_beside(beside, published, policy);
}

base::ResultOrErrors<AnswerAttack> attack_it(const fs::path& case_or_answer, const std::optional<fs::path>& given_output,
                                             const std::vector<answer::EarlierRelease>& earlier, nlohmann::ordered_json& document) {
  const Answer answer = answer_at(case_or_answer);
  CANDOUR_TRY(the_case, request::load_case(answer.case_file));
  policy::Policy policy = policy::shipped_policy();
  if (!the_case.policy_file.empty()) {
    CANDOUR_TRY(loaded, policy::load_policy(the_case.policy_file));
    policy = std::move(loaded);
  }
  const fs::path output = given_output ? *given_output : answer.output.value_or(the_case.folder / "out");
  CANDOUR_TRY(files, with_errors(read_public_tables(output / "public")));
  const auto claims = read_claims(output);
  std::vector<Finding> findings;
  std::vector<table::Release> out;
  std::size_t tables = 0;
  for (const request::CasePopulation& population : the_case.populations) {
    table::PublishedPopulation published{space_of(the_case, population, claims), {}, {}, {}};
    for (const certify::PublicTableFile& file : files) {
      CANDOUR_TRY(again, with_errors(published_again(file, *published.space, policy)));
      if (again) published.tables.push_back(*std::move(again));
    }
    if (claims) add_claims(*claims, published);
    tables += published.tables.size();
    attack::AttackLimits limits;
    limits.groups = policy.group_disclosure ? attack::GroupTargets::looked_for : attack::GroupTargets::left_out;
    const auto found = attack::attack_as_each(published, request::asked_designs(the_case, population, *published.space), intruders_of(policy), limits);
    findings.insert(findings.end(), found.begin(), found.end());
    CANDOUR_TRY(extracted_on, with_errors(read_on(the_case, output, population.id)));
    if (!published.tables.empty()) out.push_back(released_on(published, extracted_on));
    if (earlier.empty()) continue;
    CANDOUR_TRY(beside, with_errors(beside_earlier(earlier, published, extracted_on, policy)));
    findings.insert(findings.end(), beside.begin(), beside.end());
  }
  AnswerAttack attack = told(findings, tables, claims.has_value(), document);
  for (table::Release& release : out) {
    release.id = out.size() == 1 ? the_case.reference : fmt::format("{}/{}", the_case.reference, release.population);
    release.title = the_case.subject;
    release.published_on = the_case.answered_on.value_or(base::today());
  }
  attack.out = std::move(out);
  if (!gives_records_in(output)) return attack;
  CANDOUR_TRY(of_records, with_errors(findings_in_records(the_case, output, policy, earlier)));
  CANDOUR_TRY(releases, with_errors(releases_of_records(the_case, output)));
  const auto found =
      static_cast<std::size_t>(std::count_if(of_records.begin(), of_records.end(), [](const std::string& line) { return !line.starts_with("  "); }));
  attack.open_findings += found;
  attack.lines.insert(attack.lines.end(), of_records.begin(), of_records.end());
  attack.lines.push_back(fmt::format("Records of {} question{} attacked: {} findings.", releases.size(), releases.size() == 1 ? "" : "s", found));
  document["records"] = {{"questions", releases.size()}, {"findings", of_records}};
  attack.out.insert(attack.out.end(), std::make_move_iterator(releases.begin()), std::make_move_iterator(releases.end()));
  return attack;
}

}  // namespace

base::ResultOrErrors<AnswerAttack> attack_on_answer(const fs::path& case_or_answer, const std::optional<fs::path>& output,
                                                    const std::vector<answer::EarlierRelease>& earlier) {
  nlohmann::ordered_json ignored;
  return attack_it(case_or_answer, output, earlier, ignored);
}

base::ResultOrErrors<ExitStatus> attack_answer(const fs::path& case_or_answer, const std::optional<fs::path>& output, Console& console) {
  nlohmann::ordered_json document;
  CANDOUR_TRY(attack, attack_it(case_or_answer, output, {}, document));
  for (const std::string& line : attack.lines) console.print(line + "\n");
  console.print_json(document);
  return attack.open_findings == 0 ? ExitStatus::done : ExitStatus::refused;
}

}  // namespace candour::cli
