#pragma once
// All that the public files say, gathered from sealed figures and declared facts: what the writers (CSV, HTML, letter, sheets) turn into bytes.

#include <candour/base/files.hpp>
#include <candour/base/result.hpp>
#include <candour/release/page_look.hpp>
#include <candour/request/case.hpp>
#include <candour/table/draft.hpp>
#include <candour/table/published_records.hpp>
#include <candour/table/seal.hpp>

#include <optional>
#include <string>
#include <vector>

namespace candour::release {

/// DRAFT until two people approved these very bytes.
enum class ApprovalState { draft, approved };

/// What release needs. There is no way from here to a true value.
struct ReleaseOrder {
  const request::Case* the_case = nullptr;
  const request::Requester* requester = nullptr;  ///< for reply/ only; null for public/ alone
  const std::vector<table::PublishedPopulation>* published = nullptr;
  const std::vector<table::PublishedRecords>* records = nullptr;  ///< that go out one by one; null: none
  const table::Seal* seal = nullptr;
  std::vector<std::string> plan_notes;  ///< words about what was not given and why (sealed statements' texts)
  base::Date answered_on;
  ApprovalState approval = ApprovalState::draft;
  PageLook look;  ///< of the page for everybody
};

/// The files of reply/ and of public/, relative paths, in a fixed order; the same order gives the same bytes.
struct ReleasedFiles {
  std::vector<base::FileToWrite> reply;
  std::vector<base::FileToWrite> log;  ///< public/
};

/// Errors: wrong_input "notice.incomplete" and its like if a part of the request is neither given nor accounted for; "release.untraced_digit" if the officer's
/// free text holds a figure that is neither sealed nor declared; "release.requester_in_public" if a text for public/ names the requester.
[[nodiscard]] base::ResultOrErrors<ReleasedFiles> release(const ReleaseOrder& order);

}  // namespace candour::release
