#include <candour/certify/certify.hpp>

#include <candour/base/check.hpp>
#include <candour/certify/certificate_text.hpp>
#include <candour/certify/checker.hpp>
#include <candour/certify/seal_text.hpp>
#include <candour/certify/supposition.hpp>
#include <candour/certify/true_cells.hpp>
#include <candour/table/canonical.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace candour::certify {

// The only maker of seals.
class SealMaker {
 public:
  static table::Seal make(const CertificateContent& content, const policy::Policy& policy) {
    table::Seal seal;
    seal.draft_digest_ = content.draft;
    seal.policy_digest_ = content.policy;
    seal.date_ = base::today();
    seal.vetting_ = policy.vetting;
    seal.marks_ = content.marks;
    for (const policy::NamedIntruder& intruder : policy.intruders)
      seal.claims_.push_back({intruder.name, "no count that the policy protects can be proved from the published figures"});
    return seal;
  }

  /// The same draft with records beside its tables.
  static table::Seal with_records(table::Seal seal, const base::Digest& records, std::vector<table::IntruderClaim> claims, bool has_tables,
                                  const std::vector<std::string>& marks) {
    seal.draft_digest_ = base::digest_of(seal.draft_digest_.to_hex() + " " + records.to_hex());
    if (!has_tables) seal.claims_.clear();
    seal.claims_.insert(seal.claims_.end(), std::make_move_iterator(claims.begin()), std::make_move_iterator(claims.end()));
    for (const std::string& mark : marks)
      if (std::find(seal.marks_.begin(), seal.marks_.end(), mark) == seal.marks_.end()) seal.marks_.push_back(mark);
    return seal;
  }

  static table::Seal read(const nlohmann::ordered_json& json, const base::Digest& draft, const base::Digest& policy, base::Date date) {
    table::Seal seal;
    seal.draft_digest_ = draft;
    seal.policy_digest_ = policy;
    seal.date_ = date;
    seal.vetting_ = json.at("vetting") == "vetted" ? table::VettingState::vetted : table::VettingState::unvetted;
    seal.marks_ = json.at("marks").get<std::vector<std::string>>();
    for (const auto& claim : json.at("claims")) seal.claims_.push_back({claim.at("intruder"), claim.at("claim")});
    return seal;
  }
};

namespace {

constexpr std::string_view people_unproved = "people unproved";

std::string_view word_of(knowledge::FindingKind kind) {
  switch (kind) {
    case knowledge::FindingKind::exactly_disclosed: return "exactly disclosed";
    case knowledge::FindingKind::shown_small: return "shown to be small";
    case knowledge::FindingKind::shown_homogeneous: return "all of a group share a category";
    case knowledge::FindingKind::contradiction: return "the figures contradict each other";
    case knowledge::FindingKind::undecided: return "undecided, which counts as unsafe";
  }
  return "undecided, which counts as unsafe";
}

void add_findings(const std::vector<knowledge::Finding>& findings, const std::vector<truth::Population>& truth, const policy::Policy& policy,
                  std::vector<RefusalReason>& reasons) {
  for (const knowledge::Finding& finding : findings) {
    if (finding.population < truth.size() && !is_somebody_there(finding, truth[finding.population], policy)) continue;
    std::string derivation;
    for (const knowledge::Derivation& d : finding.derivations) derivation += (derivation.empty() ? "" : "; ") + d.text;
    const bool open = finding.kind == knowledge::FindingKind::undecided;
    reasons.push_back({open ? "certify.undecided" : "certify.leak", fmt::format("{}: {} ({})", finding.intruder, finding.subject, word_of(finding.kind)),
                       std::move(derivation)});
  }
}

}  // namespace

std::variant<Sealed, Refusal> certify(const Submission& submission, const policy::Policy& policy) {
  const auto& truth = *submission.truth;
  const table::Draft& draft = *submission.draft;
  CANDOUR_CHECK(truth.size() == draft.published.size() && draft.evidence.size() == truth.size() && submission.asked->size() == truth.size(),
                "truth, asked designs, published tables and evidence speak of the same populations");
  Refusal refusal;
  add_findings(*submission.findings, truth, policy, refusal.reasons);
  CertificateContent content{submission.records_digest,
                             policy.digest,
                             table::digest_of_draft(draft.published),
                             base::digest_of(to_text(truth)),
                             submission.earlier_releases,
                             policy.vetting == table::VettingState::vetted ? "vetted" : "unvetted",
                             submission.marks,
                             {}};
  for (std::size_t p = 0; p < truth.size(); ++p) {
    const auto& asked = (*submission.asked)[p];
    std::vector<RefusalReason> reasons = reasons_against({&truth[p], &asked, &draft.published[p], &draft.evidence[p]}, policy);
    std::move(reasons.begin(), reasons.end(), std::back_inserter(refusal.reasons));
    content.populations.push_back({draft.published[p], asked, draft.evidence[p]});
    const bool unproved = truth[p].people != truth::PeopleKnown::known;
    if (unproved && std::find(content.marks.begin(), content.marks.end(), people_unproved) == content.marks.end()) content.marks.emplace_back(people_unproved);
  }
  if (!refusal.reasons.empty()) return refusal;
  return Sealed{SealMaker::make(content, policy), {to_text(content)}};
}

table::Seal seal_with_records(table::Seal seal, const base::Digest& records, std::vector<table::IntruderClaim> claims, bool has_tables,
                              const std::vector<std::string>& marks) {
  return SealMaker::with_records(std::move(seal), records, std::move(claims), has_tables, marks);
}

std::string seal_text(const table::Seal& seal) {
  nlohmann::ordered_json claims = nlohmann::ordered_json::array();
  for (const table::IntruderClaim& claim : seal.claims()) claims.push_back({{"intruder", claim.intruder}, {"claim", claim.claim}});
  const nlohmann::ordered_json json{{"candour_seal", 1},
                                    {"draft", seal.draft_digest().to_hex()},
                                    {"policy", seal.policy_digest().to_hex()},
                                    {"date", base::to_iso(seal.date())},
                                    {"vetting", seal.vetting() == table::VettingState::vetted ? "vetted" : "unvetted"},
                                    {"marks", seal.marks()},
                                    {"claims", claims}};
  return json.dump(2) + "\n";
}

base::Result<table::Seal> seal_from(std::string_view text, const std::vector<table::PublishedPopulation>& published, const base::Digest& policy_digest) {
  const auto wrong = [](std::string sentence) {
    return base::fail({base::Cause::refused, "certify.seal", {}, std::move(sentence), "ask the data unit to protect the order again"});
  };
  const base::Digest draft = table::digest_of_draft(published);
  try {
    const auto json = nlohmann::ordered_json::parse(text);
    if (json.at("candour_seal") != 1) return wrong("this is no seal of a known version");
    if (json.at("draft") != draft.to_hex()) return wrong("the seal is not that of these tables");
    if (json.at("policy") != policy_digest.to_hex()) return wrong("the seal was made under another policy");
    const auto date = base::parse_iso_date(json.at("date").get<std::string>());
    if (!date) return wrong("the seal has no date");
    return SealMaker::read(json, draft, policy_digest, *date);
  } catch (const nlohmann::ordered_json::exception&) {
    return wrong("the seal cannot be read");
  }
}

}  // namespace candour::certify
