#include <candour/casework/journal.hpp>

#include <candour/base/files.hpp>
#include <candour/base/text.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <optional>
#include <system_error>
#include <utility>

namespace candour::casework {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

fs::path journal_of(const fs::path& output) { return output / "private" / "journal.jsonl"; }

base::Error damaged(const fs::path& file, std::uint64_t line) {
  return {base::Cause::refused,
          "journal.damaged",
          {file.string(), line},
          "the journal was changed before this line, or in it",
          "approvals count only in a journal that was only added to; run candour answer and approve again"};
}

std::optional<base::Digest> digest_in(const Json& line, const char* name) {
  const auto found = line.find(name);
  if (found == line.end() || !found->is_string()) return std::nullopt;
  const auto& hex = found->get_ref<const std::string&>();
  base::Digest digest;
  if (hex.size() != 2 * digest.bytes.size() || hex.find_first_not_of("0123456789abcdef") != std::string::npos) return std::nullopt;
  for (std::size_t i = 0; i < digest.bytes.size(); ++i) digest.bytes[i] = static_cast<unsigned char>(std::stoi(hex.substr(2 * i, 2), nullptr, 16));
  return digest;
}

std::string text_in(const Json& line, const char* name) {
  const auto found = line.find(name);
  return found != line.end() && found->is_string() ? found->get<std::string>() : std::string();
}

// An approval, if the line is a sound one and the bytes before it are those it was written behind.
std::optional<release::Approval> approval_in(const Json& line, const std::string& before) {
  const auto previous = digest_in(line, "previous");
  const auto draft = digest_in(line, "draft");
  const auto final = digest_in(line, "final");
  const auto on = base::parse_iso_date(text_in(line, "on"));
  const std::string role = text_in(line, "role");
  const bool is_known_role = role == word_of(release::Role::preparer) || role == word_of(release::Role::approver);
  if (!previous || !draft || !final || !on || !is_known_role || *previous != base::digest_of(before)) return std::nullopt;
  return release::Approval{text_in(line, "name"), role == word_of(release::Role::preparer) ? release::Role::preparer : release::Role::approver, *draft, *final,
                           *on};
}

base::Result<std::string> journal_bytes(const fs::path& output) {
  std::error_code status;
  if (!fs::exists(journal_of(output), status)) return std::string();
  return base::read_file(journal_of(output));
}

base::Result<std::vector<release::Approval>> approvals_in(const std::string& bytes, const fs::path& file) {
  std::vector<release::Approval> approvals;
  std::uint64_t number = 0;
  for (std::size_t start = 0; start < bytes.size();) {
    ++number;
    const std::size_t end = bytes.find('\n', start);
    if (end == std::string::npos) return base::fail(damaged(file, number));
    const Json line = Json::parse(bytes.substr(start, end - start), nullptr, false);
    if (line.is_discarded() || !line.is_object()) return base::fail(damaged(file, number));
    if (text_in(line, "event") == "approval") {
      auto approval = approval_in(line, bytes.substr(0, start));
      if (!approval) return base::fail(damaged(file, number));
      approvals.push_back(*std::move(approval));
    }
    start = end + 1;
  }
  return approvals;
}

std::string line_of(const release::Approval& approval, const std::string& before) {
  Json line;
  line["event"] = "approval";
  line["name"] = approval.name;
  line["role"] = word_of(approval.role);
  line["on"] = base::to_iso(approval.on);
  line["draft"] = approval.draft.to_hex();
  line["final"] = approval.final.to_hex();
  line["previous"] = base::digest_of(before).to_hex();
  return line.dump() + "\n";
}

}  // namespace

base::Result<std::vector<release::Approval>> read_approvals(const fs::path& output) {
  CANDOUR_TRY(bytes, journal_bytes(output));
  return approvals_in(bytes, journal_of(output));
}

base::Result<std::vector<release::Approval>> record_approval(const fs::path& output, const release::Approval& approval) {
  if (base::trimmed(approval.name).empty() || !base::is_valid_utf8(approval.name)) {
    return base::fail({base::Cause::wrong_input, "approval.no_name", {}, "an approval needs the name of a person", "give it with --as NAME"});
  }
  CANDOUR_TRY(bytes, journal_bytes(output));
  CANDOUR_TRY(approvals, approvals_in(bytes, journal_of(output)));
  for (const release::Approval& earlier : approvals) {
    if (earlier.draft != approval.draft || earlier.final != approval.final || !release::is_same_name(earlier.name, approval.name)) continue;
    if (earlier.role == approval.role) return approvals;
    return base::fail({base::Cause::refused,
                       "approval.same_name",
                       {},
                       fmt::format("this person already stands as {} of these files", word_of(earlier.role)),
                       "preparer and approver are two different people"});
  }
  CANDOUR_TRY_DONE(base::write_file_whole(journal_of(output), bytes + line_of(approval, bytes), base::FileAccess::owner_only));
  approvals.push_back(approval);
  return approvals;
}

}  // namespace candour::casework
