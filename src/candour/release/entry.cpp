#include <candour/release/entry.hpp>

#include <candour/base/digest.hpp>
#include <candour/release/html_answer.hpp>

#include <nlohmann/json.hpp>

#include <set>

namespace candour::release {
namespace {

using Json = nlohmann::ordered_json;

const std::vector<std::string>& relied_on(const ReadableAnswer& answer, const ReadableQuestion& question) {
  static const std::vector<std::string> none;
  const auto found = answer.notice.relied_on.find(question.question->number);
  return found == answer.notice.relied_on.end() ? none : found->second;
}

Json question_json(const ReadableAnswer& answer, const ReadableQuestion& question) {
  Json json;
  json["number"] = question.question->number;
  json["text"] = question.question->text;
  json["outcome"] = code_of(question.outcome);
  json["summary"] = question.summary;
  if (!question.kept.empty()) json["kept"] = question.kept;
  json["provisions"] = relied_on(answer, question);
  Json coverage = Json::array();
  for (const table::CoverageStretch& stretch : question.question->coverage) {
    coverage.push_back({{"from", stretch.first_period}, {"to", stretch.last_period}, {"status", table::word_of(stretch.status)}});
  }
  const bool tells_nothing = question.outcome == Outcome::neither_confirmed_nor_denied;
  if (!coverage.empty() && !tells_nothing) json["coverage"] = coverage;
  Json tables = Json::array();
  for (const ReadableTable& table : question.tables) tables.push_back({{"number", table.number}, {"title", table.title}, {"name", table.file_stem}});
  if (!tables.empty()) json["tables"] = tables;
  return json;
}

Json seal_json(const table::Seal& seal) {
  Json json;
  json["draft_digest"] = seal.draft_digest().to_hex();
  json["policy_digest"] = seal.policy_digest().to_hex();
  json["date"] = base::to_iso(seal.date());
  json["vetting"] = seal.vetting() == table::VettingState::vetted ? "vetted" : "unvetted";
  json["marks"] = seal.marks();
  Json claims = Json::array();
  for (const table::IntruderClaim& claim : seal.claims()) claims.push_back({{"intruder", claim.intruder}, {"claim", claim.claim}});
  json["claims"] = claims;
  return json;
}

}  // namespace

std::string entry_json(const ReadableAnswer& answer, std::span<const base::FileToWrite> other_files) {
  const request::Case& the_case = answer.the_case();
  Json entry;
  entry["reference"] = the_case.reference;
  entry["title"] = the_case.subject;
  entry["language"] = "en-GB";
  entry["publisher"] = the_case.authority.name;
  entry["publisher_url"] = the_case.authority.publisher_url;
  entry["licence"] = the_case.authority.licence;
  entry["received"] = base::to_iso(the_case.received);
  entry["answered"] = base::to_iso(answer.order->answered_on);
  entry["approved"] = answer.order->approval == ApprovalState::approved;
  entry["outcome"] = code_of(overall_outcome(answer));
  std::set<std::string> provisions;
  for (const ReadableQuestion& question : answer.questions) {
    const auto& codes = relied_on(answer, question);
    provisions.insert(codes.begin(), codes.end());
  }
  entry["provisions"] = provisions;
  Json questions = Json::array();
  for (const ReadableQuestion& question : answer.questions) questions.push_back(question_json(answer, question));
  entry["questions"] = questions;
  entry["seal"] = seal_json(*answer.order->seal);
  Json files = Json::array();
  for (const base::FileToWrite& file : other_files) {
    files.push_back({{"path", file.path.generic_string()}, {"bytes", file.bytes.size()}, {"sha256", base::digest_of(file.bytes).to_hex()}});
  }
  entry["files"] = files;
  return entry.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace candour::release
