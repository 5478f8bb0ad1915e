#pragma once
// A small answer made by hand: two populations, four questions, six months of which one did not run. All names and figures are invented.

#include <candour/release/answer_content.hpp>

#include <string>
#include <vector>

namespace candour::support {

/// Owns everything that its order borrows.
class HandMadeAnswer {
 public:
  HandMadeAnswer();
  HandMadeAnswer(const HandMadeAnswer&) = delete;
  HandMadeAnswer& operator=(const HandMadeAnswer&) = delete;

  /// Adds a table of three variables, wide and long, to question 1.
  void add_wide_table();

  [[nodiscard]] release::ReleaseOrder order(release::ApprovalState approval = release::ApprovalState::draft) const;

  request::Case the_case;
  request::Requester requester;
  std::vector<table::PublishedPopulation> published;
  table::Seal seal;
};

}  // namespace candour::support
