#include <candour/release/approval.hpp>

#include <candour/base/letters.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>

namespace candour::release {
namespace {

void list_files(std::map<std::string, std::string>& digests, std::string_view folder, const std::vector<base::FileToWrite>& files) {
  for (const base::FileToWrite& file : files) {
    digests[fmt::format("{}/{}", folder, file.path.generic_string())] = base::digest_of(file.bytes).to_hex();
  }
}

std::u32string without_blanks(std::string_view name) {
  std::u32string result = base::folded(name);
  std::erase(result, U' ');
  return result;
}

}  // namespace

std::string_view word_of(Role role) { return role == Role::preparer ? "preparer" : "approver"; }

base::Digest digest_of_release(const ReleasedFiles& files) {
  std::map<std::string, std::string> digests;
  list_files(digests, "reply", files.reply);
  list_files(digests, "public", files.log);
  std::string manifest;
  for (const auto& [path, digest] : digests) manifest += fmt::format("{}  {}:{}\n", digest, path.size(), path);
  return base::digest_of(manifest);
}

bool is_same_name(std::string_view a, std::string_view b) { return without_blanks(a) == without_blanks(b); }

ApprovalStanding standing_of(std::span<const Approval> approvals, const base::Digest& draft, const base::Digest& final) {
  std::vector<const Approval*> valid;
  for (const Approval& one : approvals) {
    if (one.draft == draft && one.final == final) valid.push_back(&one);
  }
  for (const Approval* preparer : valid) {
    for (const Approval* approver : valid) {
      const bool is_one_key = !preparer->key.empty() && preparer->key == approver->key;
      if (preparer->role == Role::preparer && approver->role == Role::approver && !is_same_name(preparer->name, approver->name) && !is_one_key)
        return ApprovalStanding::approved;
    }
  }
  return valid.empty() ? ApprovalStanding::not_approved : ApprovalStanding::one_of_two;
}

}  // namespace candour::release
