#pragma once
// The seal: what certify says in public about a draft. No value, no secret; only certify can make one.

#include <candour/base/date.hpp>
#include <candour/base/digest.hpp>

#include <string>
#include <vector>

namespace candour::certify {
class SealMaker;
}

namespace candour::table {

/// Whether the rules, methods and attacks used have been reviewed (style.md section 11).
enum class VettingState { unvetted, vetted };

/// What is claimed against one intruder.
struct IntruderClaim {
  std::string intruder;  ///< name in the policy
  std::string claim;     ///< "no protected count can be proved small"
};

class Seal {
 public:
  [[nodiscard]] const base::Digest& draft_digest() const { return draft_digest_; }
  [[nodiscard]] const base::Digest& policy_digest() const { return policy_digest_; }
  [[nodiscard]] const base::Date& date() const { return date_; }
  [[nodiscard]] VettingState vetting() const { return vetting_; }
  [[nodiscard]] const std::vector<IntruderClaim>& claims() const { return claims_; }
  /// Marks such as "people unproved", printed on every table.
  [[nodiscard]] const std::vector<std::string>& marks() const { return marks_; }

 private:
  friend class candour::certify::SealMaker;
  Seal() = default;
  base::Digest draft_digest_;
  base::Digest policy_digest_;
  base::Date date_;
  VettingState vetting_ = VettingState::unvetted;
  std::vector<IntruderClaim> claims_;
  std::vector<std::string> marks_;
};

}  // namespace candour::table
