#include <candour/casework/bundle.hpp>

#include <candour/base/digest.hpp>
#include <candour/base/settings.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <system_error>
#include <utility>

namespace candour::casework {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

struct Part {
  std::string_view from;  ///< seen from the answer's folder; a folder is taken with all below it
  std::string_view to;
  std::string_view what;
  Exempt exempt;
};

constexpr std::array<Part, 14> parts_of_the_answer{
    {{"reply", "2-answer/reply", "as sent to the requester", Exempt::no},
     {"public", "2-answer/public", "as published, or for publication", Exempt::no},
     {"private/journal.jsonl", "4-approvals/journal.jsonl", "who did what, when and why; approvals", Exempt::no},
     {"private/hours.toml", "5-cost/hours.toml", "hours of the data unit", Exempt::no},
     {"private/casework/reviewed", "6-review/reviewed", "the answer that was reviewed", Exempt::no},
     {"private/casework/recall", "7-recall", "recall: recipients, checklist, what could be found", Exempt::yes},
     {"private/true-cells.json", "8-withheld/true-cells.json", "the counts that were withheld", Exempt::yes},
     {"private/certificate.json", "8-withheld/certificate.json", "the proof that what was given does not give them away", Exempt::yes},
     {"private/plans.json", "8-withheld/plans.json", "what was tried and why no more was given", Exempt::yes},
     {"private/audit.html", "8-withheld/audit.html", "the same, to read", Exempt::yes},
     {"private/account.html", "8-withheld/account.html", "what became of everything asked for", Exempt::yes},
     {"private/true-records.json", "8-withheld/true-records.json", "the records as they are held", Exempt::yes},
     {"private/records-certificate.json", "8-withheld/records-certificate.json", "the proof that the records given hold what was promised", Exempt::yes},
     {"private/records.json", "8-withheld/records.json", "how the records were recoded, and how many were left out", Exempt::yes}}};

base::Result<base::Done> take(Bundle& bundle, const fs::path& file, const std::string& to, std::string_view what, Exempt exempt) {
  CANDOUR_TRY(bytes, base::read_file(file));
  bundle.files.push_back({{to, std::move(bytes)}, std::string(what), exempt});
  return base::Done{};
}

// A file, or all files below a folder; false where there is nothing of this name.
base::Result<bool> take_if_there(Bundle& bundle, const fs::path& from, const std::string& to, std::string_view what, Exempt exempt) {
  std::error_code status;
  if (fs::is_regular_file(from, status)) {
    CANDOUR_TRY_DONE(take(bundle, from, to, what, exempt));
    return true;
  }
  if (!fs::is_directory(from, status)) return false;
  std::vector<fs::path> files;
  for (fs::recursive_directory_iterator at(from, status); !status && at != fs::recursive_directory_iterator(); at.increment(status))
    if (at->is_regular_file(status)) files.push_back(at->path());
  if (status) return base::fail({base::Cause::could_not_finish, "file.unreadable", {from.string()}, "the folder cannot be listed: " + status.message(), {}});
  std::sort(files.begin(), files.end());
  for (const fs::path& file : files) CANDOUR_TRY_DONE(take(bundle, file, (to / file.lexically_relative(from)).generic_string(), what, exempt));
  return !files.empty();
}

base::Result<base::Done> take_case(Bundle& bundle, const fs::path& folder) {
  auto top = base::read_settings((folder / "case.toml").string());
  if (!top) return base::fail(std::move(top).error());
  const base::Setting* request = top->find("request");
  const std::string text_file = request == nullptr ? std::string() : request->text_of("text_file");
  CANDOUR_TRY(has_text, take_if_there(bundle, folder / text_file, "1-request/request.txt", "the request, word for word", Exempt::no));
  if (!has_text) bundle.missing.emplace_back("the request's text: the file that case.toml names is not there");
  CANDOUR_TRY(has_requester, take_if_there(bundle, folder / "requester.toml", "1-request/requester.toml", "who asked", Exempt::no));
  if (!has_requester) bundle.missing.emplace_back("who asked: there is no requester.toml");
  CANDOUR_TRY_DONE(take(bundle, folder / "case.toml", "3-decisions/case.toml", "decisions, findings, reasons and cost, with names and dates", Exempt::no));
  return base::Done{};
}

}  // namespace

base::Result<Bundle> gather_bundle(const fs::path& folder, const fs::path& output, const std::string& policy_bytes) {
  std::error_code status;
  if (!fs::is_directory(output / "public", status))
    return base::fail({base::Cause::wrong_input, "publish.no_answer", {output.string()}, "there is no answer here", "run candour answer first"});
  Bundle bundle;
  CANDOUR_TRY_DONE(take_case(bundle, folder));
  bundle.files.push_back({{"3-decisions/policy.toml", policy_bytes}, "the policy that says what is protected against whom", Exempt::no});
  for (const Part& part : parts_of_the_answer) {
    CANDOUR_TRY(found, take_if_there(bundle, output / part.from, std::string(part.to), part.what, part.exempt));
    if (found) continue;
    if (part.from == "reply") bundle.missing.emplace_back("the reply: there is no letter in reply/");
    if (part.from == "private/journal.jsonl") bundle.missing.emplace_back("approvals: nothing is in the journal");
    if (part.from == "private/casework/reviewed") bundle.missing.emplace_back("an internal review: none is recorded; a regulator asks for its outcome");
    if (part.from == "private/true-cells.json") bundle.missing.emplace_back("what was withheld: the true cells are with the data unit, or were deleted");
  }
  return bundle;
}

std::vector<base::FileToWrite> copy_of_bundle(const Bundle& bundle, const std::string& reference, base::Date on, Exempt with) {
  Json files = Json::array();
  std::vector<base::FileToWrite> copy;
  std::size_t held_back = 0;
  for (const BundledFile& each : bundle.files) {
    if (each.exempt == Exempt::yes && with == Exempt::no) {
      ++held_back;
      continue;
    }
    files.push_back({{"path", each.file.path.generic_string()},
                     {"bytes", each.file.bytes.size()},
                     {"sha256", base::digest_of(each.file.bytes).to_hex()},
                     {"what", each.what},
                     {"exempt", each.exempt == Exempt::yes}});
    copy.push_back(each.file);
  }
  const Json manifest{{"candour_bundle", 1},         {"reference", reference},
                      {"made_on", base::to_iso(on)}, {"exempt_material", with == Exempt::yes ? "included" : "left out"},
                      {"files_left_out", held_back}, {"files", files},
                      {"missing", bundle.missing}};
  copy.insert(copy.begin(), {"manifest.json", manifest.dump(2) + "\n"});
  return copy;
}

}  // namespace candour::casework
