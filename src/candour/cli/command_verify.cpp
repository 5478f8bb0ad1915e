#include <candour/cli/command_verify.hpp>

#include <candour/answer/gather.hpp>
#include <candour/base/digest.hpp>
#include <candour/base/files.hpp>
#include <candour/casework/register/register_of_case.hpp>
#include <candour/certify/verify.hpp>
#include <candour/cli/answer_folder.hpp>
#include <candour/cli/answered_records.hpp>
#include <candour/cli/beside_register.hpp>
#include <candour/cli/console.hpp>
#include <candour/cli/parameters.hpp>
#include <candour/cli/public_tables.hpp>
#include <candour/cli/recoded_folder.hpp>
#include <candour/cli/register_place.hpp>
#include <candour/cli/verify_table.hpp>
#include <candour/policy/policy.hpp>
#include <candour/request/case.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <optional>

namespace candour::cli {
namespace {

namespace fs = std::filesystem;

// The policy of the case. A policy file that was spoilt after the certificate was made is a fault of the answer, not of the command line: it is
// handed on with its digest alone, which then differs from the certificate's.
base::ResultOrErrors<policy::Policy> policy_of(const request::Case& the_case) {
  if (the_case.policy_file.empty()) return policy::shipped_policy();
  auto policy = policy::load_policy(the_case.policy_file);
  if (policy) return policy;
  const auto digest = base::digest_of_file(the_case.policy_file);
  if (!digest) return policy;
  policy::Policy spoilt = policy::shipped_policy();
  spoilt.digest = *digest;
  return spoilt;
}

std::vector<truth::Population> truths_of(answer::Gathered& gathered) {
  std::vector<truth::Population> truths;
  for (answer::GatheredPopulation& population : gathered.populations) truths.push_back(std::move(population.truth));
  return truths;
}

base::ResultOrErrors<std::string> certificate_in(const fs::path& output) {
  const fs::path file = output / "private" / "certificate.json";
  if (!fs::exists(file))
    return tl::make_unexpected(
        base::Errors{{base::Cause::wrong_input,
                      "verify.no_certificate",
                      {file.string()},
                      "there is no certificate",
                      fs::exists(output / "private" / "published.json") ? "it stays with the data unit, which adds it up: candour verify, there"
                                                                        : "answer the case first: candour answer CASE"}});
  return with_errors(base::read_file(file));
}

// What candour protect ORDER left with the data unit: the proof, its policy beside it, and no public files, which are the disclosure unit's.
bool is_protected_order(const fs::path& folder) { return fs::exists(folder / "handover.zip") && fs::exists(folder / "private" / "certificate.json"); }

base::ResultOrErrors<certify::VerifyReport> verify_order(const fs::path& folder) {
  CANDOUR_TRY(certificate, certificate_in(folder));
  CANDOUR_TRY(true_cells, with_errors(base::read_file(folder / "private" / "true-cells.json")));
  CANDOUR_TRY(policy, policy::load_policy(folder / "private" / "policy.toml"));
  certify::VerifyReport report = certify::verify_digests({certificate, true_cells, &policy, {}});
  if (!report.reasons.empty()) return report;
  return certify::verify_content(certificate, true_cells, policy);
}

class VerifyCommand final : public Command {
 public:
  void describe(Parameters& parameters) override {
    parameters.argument(
        "CASE", case_,
        "Folder of the case, or its case.toml; or the folder that candour protect wrote for a table or an order, or candour microdata for records");
    parameters.flag("--records", records_, "Count the records again first, and compare with the true cells");
    parameters.option("-o,--out", "DIR", output_, "Folder of the answer (default: out in the case's folder)");
    parameters.option("--register", "PLACE", register_,
                      "The register of releases: every release that the certificate names must stand there unchanged, and none that was there about the same "
                      "population may be missing from it (default: CANDOUR_REGISTER, then [register] of the case file)");
  }

  base::ResultOrErrors<ExitStatus> run(Console& console) override {
    if (is_recoded(case_)) return with_errors(verify_recoded(case_, console));
    if (is_protected_table(case_)) return with_errors(verify_table(case_, console));
    if (is_protected_order(case_)) {
      CANDOUR_TRY(report, verify_order(case_));
      CANDOUR_TRY(beside, beside_register(case_, report));
      print(console, report, beside);
      return report.reasons.empty() ? ExitStatus::done : ExitStatus::refused;
    }
    CANDOUR_TRY(the_case, request::load_case(case_));
    CANDOUR_TRY(policy, policy_of(the_case));
    const fs::path output = answer_folder(case_, output_);
    CANDOUR_TRY(certificate, certificate_in(output));
    CANDOUR_TRY(true_cells, with_errors(base::read_file(output / "private" / "true-cells.json")));
    CANDOUR_TRY(tables, with_errors(read_public_tables(output / "public")));
    const certify::VerifyInput input{certificate, true_cells, &policy, std::move(tables)};
    certify::VerifyReport report;
    if (records_) {
      CANDOUR_TRY(gathered, with_errors(answer::gather(the_case)));
      report = certify::verify_with_records(input, truths_of(gathered), gathered.records_digest);
    } else {
      report = certify::verify(input);
    }
    certify::RecordsReport of_records;
    if (gives_records_in(output)) {
      CANDOUR_TRY(counted, verify_answered_records(the_case, output, policy, records_ ? RecordsRead::again : RecordsRead::not_again));
      of_records = std::move(counted);
      report.reasons.insert(report.reasons.end(), of_records.reasons.begin(), of_records.reasons.end());
    }
    CANDOUR_TRY(beside, beside_register(output, report));
    print(console, report, beside, of_records);
    return report.reasons.empty() ? ExitStatus::done : ExitStatus::refused;
  }

 private:
  // The answer in a folder held against the register that is named, if one is; what does not fit joins the reasons.
  [[nodiscard]] base::ResultOrErrors<std::optional<BesideRegister>> beside_register(const fs::path& output, certify::VerifyReport& report) const {
    CANDOUR_TRY(place, casework::register_of_case(register_, case_));
    if (!place) return std::optional<BesideRegister>();
    CANDOUR_TRY(answer, proved_answer_in(output));
    CANDOUR_TRY(found, held_against(answer, *place, output));
    for (const std::string& digest : found.gone)
      report.reasons.push_back(
          {"verify.release_gone", digest, "the certificate names it, and the register holds no release with this digest: it was taken out or changed"});
    for (const std::string& id : found.not_beside)
      report.reasons.push_back({"verify.release_not_named", id, "it stands in the register, about the same population, and the certificate does not name it"});
    return std::optional(std::move(found));
  }

  static void print(Console& console, const certify::VerifyReport& report, const std::optional<BesideRegister>& beside,
                    const certify::RecordsReport& of_records = {}) {
    nlohmann::ordered_json reasons = nlohmann::ordered_json::array();
    for (const certify::RefusalReason& reason : report.reasons) {
      console.print(fmt::format("{}: {}{}{}\n", reason.code, reason.subject, reason.derivation.empty() ? "" : ": ", reason.derivation));
      reasons.push_back({{"code", reason.code}, {"subject", reason.subject}, {"derivation", reason.derivation}});
    }
    if (report.reasons.empty() && of_records.questions > 0)
      console.print(fmt::format("The records hold: {} of {} are given one by one, each class counted again.\n", of_records.shown, of_records.records));
    if (report.reasons.empty() && (report.tables > 0 || of_records.questions == 0))
      console.print(fmt::format("The certificate holds: {} tables with {} cells; {} secrets, each shown by some of {} witnesses.\n", report.tables,
                                report.cells, report.secrets, report.witnesses));
    if (!report.reasons.empty()) console.print(fmt::format("The certificate does not hold: {}.\n", how_many(report.reasons.size(), "fault")));
    if (beside && beside->holds() && beside->named == 0) console.print("The register holds no earlier release about its populations.\n");
    else if (beside && beside->holds())
      console.print(fmt::format("It names {} of the register, all as they were registered, and none about its populations is missing.\n",
                                how_many(beside->named, "release")));
    nlohmann::ordered_json document{{"holds", report.reasons.empty()}, {"populations", report.populations}, {"tables", report.tables},
                                    {"cells", report.cells},           {"secrets", report.secrets},         {"witnesses", report.witnesses}};
    if (of_records.questions > 0) document["records"] = {{"questions", of_records.questions}, {"records", of_records.records}, {"shown", of_records.shown}};
    document["reasons"] = reasons;
    if (beside)
      document["register"] = {
          {"named", beside->named}, {"gone", beside->gone}, {"not_named", beside->not_beside}, {"answer_registered", beside->is_registered}};
    console.print_json(document);
  }

  fs::path case_;
  std::optional<fs::path> output_;
  std::string register_;
  bool records_ = false;
};

}  // namespace

std::unique_ptr<Command> make_verify_command() { return std::make_unique<VerifyCommand>(); }

}  // namespace candour::cli
