#include <candour/cli/released_answer.hpp>

#include <candour/answer/earlier.hpp>
#include <candour/base/files.hpp>
#include <candour/casework/desks.hpp>
#include <candour/certify/certificate_text.hpp>
#include <candour/certify/seal_text.hpp>
#include <candour/certify/verify.hpp>
#include <candour/cli/answer_folder.hpp>
#include <candour/cli/answered_records.hpp>
#include <candour/cli/command.hpp>
#include <candour/cli/policy_bytes.hpp>
#include <candour/cli/public_tables.hpp>
#include <candour/policy/read_policy.hpp>
#include <candour/request/case.hpp>
#include <candour/table/released.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <system_error>
#include <utility>

namespace candour::cli {
namespace {

namespace fs = std::filesystem;
using table::Release;

base::Error refused(std::string code, const fs::path& folder, std::string sentence, std::string hint) {
  return {base::Cause::refused, std::move(code), {folder.string()}, std::move(sentence), std::move(hint)};
}

// What went out by the word of whoever proved it.
struct Proved {
  std::vector<table::PublishedPopulation> published;
  std::vector<std::pair<std::string, base::Date>> extracted_on;  // by population
  base::Digest policy, draft;
  bool public_files_agree = false;
};

base::ResultOrErrors<Proved> by_certificate(const request::Case& the_case, const fs::path& folder, const std::vector<certify::PublicTableFile>& files) {
  CANDOUR_TRY(certificate, with_errors(base::read_file(folder / "private" / "certificate.json")));
  CANDOUR_TRY(content, with_errors(certify::certificate_from(certificate)));
  Proved proved{{}, {}, content.policy, content.draft, certify::verify_public_tables(certificate, files).reasons.empty()};
  for (certify::CertifiedPopulation& population : content.populations) {
    proved.extracted_on.emplace_back(population.published.space->id, answer::extracted_on(the_case, population.published.space->id));
    proved.published.push_back(std::move(population.published));
  }
  return proved;
}

base::ResultOrErrors<Proved> by_handover(const request::Case& the_case, casework::HandoverContent content, const std::vector<certify::PublicTableFile>& files) {
  CANDOUR_TRY(published, with_errors(certify::published_from(content.published)));
  CANDOUR_TRY(policy_text, policy_bytes_of(the_case));
  CANDOUR_TRY(policy, policy::read_policy(policy_text, "policy.toml"));
  CANDOUR_TRY(seal, with_errors(certify::seal_from(content.seal, published, policy.digest)));
  const bool agree = certify::verify_public_tables(published, files).reasons.empty();
  return Proved{std::move(published), std::move(content.extracted_on), seal.policy_digest(), seal.draft_digest(), agree};
}

base::ResultOrErrors<Proved> proved_answer(const request::Case& the_case, const fs::path& folder) {
  CANDOUR_TRY(files, with_errors(read_public_tables(folder / "public")));
  std::error_code status;
  if (fs::exists(folder / "private" / "certificate.json", status)) return by_certificate(the_case, folder, files);
  CANDOUR_TRY(handed, with_errors(casework::handed_over_content(folder)));
  if (handed) return by_handover(the_case, *std::move(handed), files);
  return with_errors<Proved>(base::fail({base::Cause::wrong_input,
                                         "register.no_proof",
                                         {folder.string()},
                                         "neither certificate nor handover is left, expected one that says what was published",
                                         "describe the published tables in a file: candour register import FILE"}));
}

}  // namespace

base::ResultOrErrors<std::vector<Release>> releases_of_answer(const fs::path& case_file, const fs::path& folder) {
  CANDOUR_TRY(the_case, request::load_case(case_file));
  CANDOUR_TRY(keyring, casework::keyring_of_case(case_file));
  CANDOUR_TRY(standing, with_errors(read_standing_answer(folder, keyring ? &*keyring : nullptr)));
  if (publication_standing(standing.files, standing.approvals) != publish::PublicationStanding::final)
    return with_errors<std::vector<Release>>(base::fail(
        refused("register.draft", folder, "the answer is not final: only what goes out is registered", "two people approve it first: candour approve")));
  CANDOUR_TRY(proved, proved_answer(the_case, folder));
  if (!proved.public_files_agree)
    return with_errors<std::vector<Release>>(base::fail(
        refused("register.differs", folder, "the public tables are not those that the certificate speaks of", "candour verify says where they differ")));
  std::vector<Release> releases;
  for (const table::PublishedPopulation& published : proved.published) {
    Release release = table::released(published);
    release.id = proved.published.size() == 1 ? the_case.reference : fmt::format("{}/{}", the_case.reference, release.population);
    release.title = the_case.subject;
    release.published_on = the_case.answered_on.value_or(base::today());
    const auto extract = std::ranges::find(proved.extracted_on, release.population, [](const auto& each) { return each.first; });
    if (extract == proved.extracted_on.end())
      return with_errors<std::vector<Release>>(base::fail(refused("handover.unreadable", folder, "the handover does not say when its records were read", {})));
    release.extracted_on = extract->second;
    release.policy_digest = proved.policy.to_hex();
    release.draft_digest = proved.draft.to_hex();
    releases.push_back(std::move(release));
  }
  if (gives_records_in(folder)) {
    CANDOUR_TRY(of_records, with_errors(releases_of_records(the_case, folder)));
    for (Release& release : of_records) releases.push_back(std::move(release));
  }
  return releases;
}

}  // namespace candour::cli
