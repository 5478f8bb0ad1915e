#include <candour/cli/protect_commissioned.hpp>

#include <candour/answer/answer.hpp>
#include <candour/answer/two_desks.hpp>
#include <candour/base/files.hpp>
#include <candour/base/lock.hpp>
#include <candour/base/stop.hpp>
#include <candour/casework/desks.hpp>
#include <candour/casework/register/release_text.hpp>
#include <candour/cli/console.hpp>
#include <candour/cli/register_place.hpp>
#include <candour/policy/read_policy.hpp>
#include <candour/request/order.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <system_error>
#include <utility>

namespace candour::cli {
namespace {

namespace fs = std::filesystem;

base::Error missing(std::string_view option, std::string_view what) {
  return {
      base::Cause::wrong_input, "protect.order_needs", {}, fmt::format("an order is protected with {}, expected {}", what, option), "candour protect --help"};
}

fs::path holdings_file(const fs::path& named) {
  std::error_code status;
  return fs::is_directory(named, status) ? named / "holdings.toml" : named;
}

casework::HandoverContent content_of(const casework::OpenedOrder& order, const request::CommissionedCase& commissioned, const answer::ProtectedOrder& done,
                                     const std::vector<answer::EarlierRelease>& earlier) {
  casework::HandoverContent content;
  content.order = order.digest;
  content.reference = commissioned.the_case.reference;
  content.analyst = commissioned.analyst;
  content.withholds_all = done.outcome == answer::AnswerOutcome::only_withhold_all;
  for (const answer::QuestionReport& report : done.questions) content.questions.push_back({report.question, report.given, report.reasons});
  content.lines = done.lines;
  content.people_unknown = done.people_unknown;
  for (const request::Question& question : commissioned.the_case.questions) content.coverage.emplace_back(question.number, question.coverage);
  content.hours = commissioned.hours;
  content.extracted_on = done.extracted_on;
  for (const answer::EarlierRelease& one : earlier)
    if (std::ranges::any_of(done.extracted_on, [&](const auto& extract) { return extract.first == one.release.population; }))
      content.beside.push_back({one.release.id, casework::digest_of_figures(one.release)});
  content.published = done.published;
  content.seal = done.seal;
  return content;
}

}  // namespace

base::ResultOrErrors<ExitStatus> protect_commissioned(const CommissionedOrder& given, Console& console) {
  if (!given.holdings) return with_errors<ExitStatus>(base::fail(missing("--records FOLDER", "the data unit's own holdings.toml")));
  if (!given.keyring) return with_errors<ExitStatus>(base::fail(missing("--keyring FILE", "a keyring that trusts the disclosure unit")));
  CANDOUR_TRY(key, with_errors(given.signing.read()));
  CANDOUR_TRY(keyring, casework::load_keyring(*given.keyring));
  CANDOUR_TRY(order, with_errors(casework::open_order(given.order, keyring)));
  CANDOUR_TRY(policy, policy::read_policy(order.content.policy, given.order.string() + ":policy.toml"));
  CANDOUR_TRY(commissioned, request::load_commissioned_case(order.content.order, given.order.string() + ":order.toml", holdings_file(*given.holdings)));
  CANDOUR_TRY(earlier, with_errors(earlier_releases(given.releases)));
  base::StopOnInterrupt stop;
  CANDOUR_TRY(done, answer::protect_order(commissioned.the_case, std::move(policy), commissioned.wishes, earlier));
  stop.pass_over();
  done.private_files.push_back({"policy.toml", order.content.policy});
  CANDOUR_TRY(handover, with_errors(casework::make_handover(content_of(order, commissioned, done, earlier), key, base::today())));
  CANDOUR_TRY(lock, with_errors(base::FolderLock::take(given.out)));
  // What stays first: a handover never goes out whose proof is not on disk.
  CANDOUR_TRY_DONE(with_errors(base::replace_folders_whole({{given.out / "private", base::FolderAccess::owner_only, done.private_files}})));
  CANDOUR_TRY_DONE(with_errors(base::write_file_whole(given.out / "handover.zip", handover)));
  for (const std::string& line : done.lines) console.print(line + "\n");
  for (const std::string& line : done.beside_earlier) console.print(line + "\n");
  console.print(
      fmt::format("{}: the handover for the disclosure unit; {} stays here\n", (given.out / "handover.zip").string(), (given.out / "private").string()));
  const bool refused = done.outcome == answer::AnswerOutcome::only_withhold_all;
  console.print_json({{"outcome", refused ? "only withholding all certifies" : "answered"},
                      {"handover", (given.out / "handover.zip").string()},
                      {"digest", base::digest_of(handover).to_hex()},
                      {"order", order.digest.to_hex()}});
  return refused ? ExitStatus::refused : ExitStatus::done;
}

}  // namespace candour::cli
