#pragma once
// What is approved: the digest of the bytes of reply/ and public/, and the approvals that name it.

#include <candour/base/date.hpp>
#include <candour/base/digest.hpp>
#include <candour/release/answer_content.hpp>

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace candour::release {

enum class Role { preparer, approver };

[[nodiscard]] std::string_view word_of(Role role);

/// Gives the digest of all files of reply/ and public/: of their paths and bytes, in the order of the paths. Any change of a byte or a name changes it.
[[nodiscard]] base::Digest digest_of_release(const ReleasedFiles& files);

/// One person's word for two sets of bytes: the draft they read, and the final files that take its place.
struct Approval {
  std::string name;
  Role role = Role::preparer;
  base::Digest draft;
  base::Digest final;
  base::Date on;
  std::string key = {};  ///< fingerprint of the key that signed it; empty: a typed name
};

/// What is still missing.
enum class ApprovalStanding {
  not_approved,
  one_of_two,  ///< a preparer or an approver, not both
  approved,    ///< a preparer and an approver with two different names and, where they signed, two different keys
};

/// Judges the approvals of one draft and its final files; approvals of other bytes do not count. Names are compared without regard to case and spacing.
[[nodiscard]] ApprovalStanding standing_of(std::span<const Approval> approvals, const base::Digest& draft, const base::Digest& final);

/// Says whether two names are the same person's as far as letters tell: case and spacing do not matter.
[[nodiscard]] bool is_same_name(std::string_view a, std::string_view b);

}  // namespace candour::release
