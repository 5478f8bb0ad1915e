#pragma once
// Whether an answer goes into the disclosure log: a person decides, yes, no or later, with a reason, for these very files.

#include <candour/base/date.hpp>
#include <candour/base/digest.hpp>
#include <candour/base/result.hpp>

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace candour::casework {

enum class PublicationChoice { yes, no, later };
[[nodiscard]] std::string_view word_of(PublicationChoice choice);
[[nodiscard]] std::optional<PublicationChoice> publication_choice_of(std::string_view word);

struct PublicationDecision {
  PublicationChoice choice = PublicationChoice::no;
  std::string because;
  std::string by;
  base::Date on = {};
  std::optional<base::Date> again_on;  ///< later: when it is looked at again
  base::Digest final;                  ///< of the files that it is about
};

/// Adds a decision to the journal; the last one about the same files counts. Errors: wrong_input "publication.no_reason", "publication.no_name", and
/// "publication.no_day" where "later" does not say when.
[[nodiscard]] base::Result<base::Done> record_decision(const std::filesystem::path& output, const PublicationDecision& decision);

/// Refused "publication.undecided" where nobody decided about these files, "publication.decided_no" and "publication.decided_later" where somebody did
/// otherwise, and "publication.recalled" where the answer was recalled since.
[[nodiscard]] base::Result<base::Done> check_publication(const std::filesystem::path& output, const base::Digest& final);

}  // namespace candour::casework
