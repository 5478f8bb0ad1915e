#pragma once
// The head of a case file, read also while the rest is a draft: what lists and clocks need.

#include <candour/base/date.hpp>
#include <candour/base/result.hpp>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace candour::casework {

/// A day of [clock].
struct ClockDay {
  std::string key;  ///< "clarified"
  base::Date day = {};
  std::uint64_t line = 0;
};

struct CaseHead {
  std::filesystem::path folder;
  std::string reference;
  base::Date received = {};
  std::string subject;
  std::string regime = "FOIA";
  std::string answered_by;               ///< empty: nobody yet
  std::vector<std::string> unconfirmed;  ///< what the program proposed and nobody has confirmed: "question 2: by"
  std::vector<ClockDay> clock;           ///< case_clock.hpp holds them against the journal
};

/// Reads a case's folder or its case.toml. Errors: wrong_input "case.unreadable" where there is none, "case.no_head" where reference or day of receipt are
/// missing or malformed; those of base::parse_settings.
[[nodiscard]] base::Result<CaseHead> read_case_head(const std::filesystem::path& folder_or_file);

/// A case of a folder that cannot be read, and why.
struct BrokenCase {
  std::filesystem::path folder;
  base::Error error;
};
struct CasesFound {
  std::vector<CaseHead> cases;     ///< by reference
  std::vector<BrokenCase> broken;  ///< by folder; they keep no other from being listed
};

/// The cases that are folders of `folder`, or `folder` itself if it is one. A folder without a case.toml is passed over.
/// Error could_not_finish "folder.unreadable".
[[nodiscard]] base::Result<CasesFound> cases_in(const std::filesystem::path& folder);

}  // namespace candour::casework
