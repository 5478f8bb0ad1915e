#pragma once
// What the officer's pins allow.

#include <candour/answer/plan_search.hpp>
#include <candour/answer/search/shown_margins.hpp>

#include <vector>

namespace candour::answer {

/// Margins that the officer ruled out, and those that must be given.
class AllowedMargins {
 public:
  AllowedMargins(const Pins& pins, const AskedMargins& asked);

  [[nodiscard]] bool may_show(MarginOfQuestion margin) const { return allowed_[margin.question][margin.margin]; }
  [[nodiscard]] bool keeps_all(const ShownMargins& shown) const;
  /// Whether a plan shows all that must be given and nothing that is ruled out.
  [[nodiscard]] bool allows(const ShownMargins& shown) const;

 private:
  std::vector<MarginSet> allowed_;
  std::vector<MarginOfQuestion> kept_;
};

}  // namespace candour::answer
