#include <candour/cli/beside_register.hpp>

#include <candour/base/files.hpp>
#include <candour/base/text.hpp>
#include <candour/casework/desks.hpp>
#include <candour/casework/given_before.hpp>
#include <candour/casework/register/register_of_case.hpp>
#include <candour/casework/register/release_text.hpp>
#include <candour/certify/records_certificate.hpp>
#include <candour/certify/seal_text.hpp>
#include <candour/cli/answered_records.hpp>
#include <candour/table/canonical.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <system_error>
#include <utility>

namespace candour::cli {

namespace fs = std::filesystem;
using casework::RegisteredRelease;

namespace {

base::Error refused(std::string sentence) {
  return {base::Cause::refused,
          "approve.not_beside",
          {},
          std::move(sentence),
          "candour answer makes it again beside the register as it is; candour verify --register says more"};
}

base::ResultOrErrors<ProvedAnswer> proved_by(const casework::HandoverContent& content) {
  CANDOUR_TRY(published, with_errors(certify::published_from(content.published)));
  ProvedAnswer answer;
  for (const table::PublishedPopulation& population : published) answer.populations.push_back(population.space->id);
  answer.draft = table::digest_of_draft(published);
  for (const casework::StoodBeside& earlier : content.beside) answer.beside.push_back(earlier.figures);
  return answer;
}

// What goes out one by one stood beside the same register.
base::Result<base::Done> add_records(const fs::path& output, ProvedAnswer& answer) {
  CANDOUR_TRY(certificate, base::read_file(output / "private" / "records-certificate.json"));
  CANDOUR_TRY(content, certify::records_certificate_from(certificate));
  answer.records = content.published;
  for (const certify::CertifiedRecords& one : content.questions) answer.populations.push_back(one.published.population);
  answer.beside.insert(answer.beside.end(), content.earlier_releases.begin(), content.earlier_releases.end());
  std::sort(answer.beside.begin(), answer.beside.end());
  answer.beside.erase(std::unique(answer.beside.begin(), answer.beside.end()), answer.beside.end());
  return base::Done{};
}

}  // namespace

ProvedAnswer proved_by(const certify::CertificateContent& certificate) {
  ProvedAnswer answer{{}, certificate.draft, certificate.earlier_releases};
  for (const certify::CertifiedPopulation& population : certificate.populations) answer.populations.push_back(population.published.space->id);
  return answer;
}

base::ResultOrErrors<ProvedAnswer> proved_answer_in(const fs::path& output) {
  std::error_code status;
  if (const fs::path file = output / "private" / "certificate.json"; fs::exists(file, status)) {
    CANDOUR_TRY(certificate, with_errors(base::read_file(file)));
    CANDOUR_TRY(content, with_errors(certify::certificate_from(certificate)));
    ProvedAnswer answer = proved_by(content);
    if (gives_records_in(output)) CANDOUR_TRY_DONE(with_errors(add_records(output, answer)));
    return answer;
  }
  CANDOUR_TRY(handed, with_errors(casework::handed_over_content(output)));
  if (handed) return proved_by(*handed);
  return with_errors<ProvedAnswer>(base::fail({base::Cause::wrong_input,
                                               "register.no_proof",
                                               {output.string()},
                                               "neither certificate nor handover is there, expected one of them",
                                               "candour answer CASE"}));
}

BesideRegister held_against(const ProvedAnswer& answer, std::span<const RegisteredRelease> entries, std::span<const table::Release> given_before) {
  const auto is_about_it = [&](const table::Release& release) { return std::ranges::find(answer.populations, release.population) != answer.populations.end(); };
  const std::set<base::Digest> named(answer.beside.begin(), answer.beside.end());
  const std::string draft = answer.draft.to_hex();
  BesideRegister found;
  std::set<base::Digest> known;
  for (const table::Release& release : given_before) known.insert(casework::digest_of_figures(release));
  for (const RegisteredRelease& entry : entries) {
    if (!is_about_it(entry.release)) continue;
    const base::Digest figures = casework::digest_of_figures(entry.release);
    known.insert({entry.digest, figures});
    const bool is_of_records = answer.records && entry.release.origin == table::origin_of_records;
    const bool is_itself =
        is_of_records ? entry.release.draft_digest == answer.records->to_hex() : entry.release.origin == "answer" && entry.release.draft_digest == draft;
    const bool is_named = named.contains(entry.digest) || named.contains(figures);
    found.is_registered = found.is_registered || is_itself;
    if (is_named) ++found.named;
    else if (!found.is_registered) found.not_beside.push_back(entry.release.id);
  }
  for (const base::Digest& digest : answer.beside)
    if (!known.contains(digest)) found.gone.push_back(digest.to_hex());
  return found;
}

base::ResultOrErrors<BesideRegister> held_against(const ProvedAnswer& answer, const std::string& place, const fs::path& output) {
  CANDOUR_TRY_DONE(with_errors(casework::check_register_is_there(place)));
  CANDOUR_TRY(opened, with_errors(casework::ReleaseRegister::open(place)));
  CANDOUR_TRY(entries, with_errors(opened.list()));
  std::vector<table::Release> given;
  for (const std::string_view folder : {casework::reviewed_folder, casework::recalled_folder}) {
    CANDOUR_TRY(before, with_errors(casework::given_before(output, folder)));
    std::move(before.begin(), before.end(), std::back_inserter(given));
  }
  return held_against(answer, entries, given);
}

base::ResultOrErrors<base::Done> check_beside_register(const fs::path& case_folder, const fs::path& output, const std::string& option) {
  CANDOUR_TRY(place, casework::register_of_case(option, case_folder));
  if (!place) return base::Done{};
  CANDOUR_TRY(answer, proved_answer_in(output));
  CANDOUR_TRY(found, held_against(answer, *place, output));
  if (!found.not_beside.empty())
    return with_errors<base::Done>(
        base::fail(refused(fmt::format("the answer does not stand beside {}, which the register holds", base::listed(found.not_beside)))));
  if (!found.gone.empty())
    return with_errors<base::Done>(
        base::fail(refused(fmt::format("{} beside which the answer was made {} no more in the register as it was",
                                       found.gone.size() == 1 ? "a release" : "releases", found.gone.size() == 1 ? "stands" : "stand"))));
  return base::Done{};
}

base::ResultOrErrors<base::Done> check_is_registered(const fs::path& case_folder, const fs::path& output, const std::string& option) {
  CANDOUR_TRY(place, casework::register_of_case(option, case_folder));
  if (!place) return base::Done{};
  CANDOUR_TRY(answer, proved_answer_in(output));
  CANDOUR_TRY(found, held_against(answer, *place, output));
  if (found.is_registered || answer.populations.empty()) return base::Done{};
  return with_errors<base::Done>(base::fail({base::Cause::refused,
                                             "log.not_registered",
                                             {},
                                             "the register does not hold the figures of this answer, and what everybody can read must stand there",
                                             "candour register add CASE"}));
}

}  // namespace candour::cli
