#pragma once
// The complaint bundle: everything that a regulator asks for about one case, in one folder, once with and once without what is exempt.

#include <candour/base/date.hpp>
#include <candour/base/files.hpp>
#include <candour/base/result.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace candour::casework {

enum class Exempt { no, yes };

/// One file of a bundle.
struct BundledFile {
  base::FileToWrite file;  ///< its path in the bundle
  std::string what;        ///< a sentence for the manifest
  Exempt exempt = Exempt::no;
};

struct Bundle {
  std::vector<BundledFile> files;
  std::vector<std::string> missing;  ///< what a regulator asks for and this case does not hold, each with where it would come from
};

/// Gathers the bundle of a case: the request, the reply and the published answer, decisions and reasons (case.toml), cost, approvals and journal, review,
/// recall; and, exempt, what was withheld: true cells, certificate, audit, the evidence. `policy_bytes` of the policy that applied.
/// The program does not judge what is exempt in an officer's own words: the case file is taken as it is.
/// Errors: could_not_finish "file.unreadable"; wrong_input "publish.no_answer" where there is no answer.
[[nodiscard]] base::Result<Bundle> gather_bundle(const std::filesystem::path& case_folder, const std::filesystem::path& output,
                                                 const std::string& policy_bytes);

/// The files of one copy, manifest.json first: path, bytes, SHA-256 and what it is, of each. The copy without exempt material names how many files are held
/// back and gives no digest of them: the digest of few possible numbers gives them away.
[[nodiscard]] std::vector<base::FileToWrite> copy_of_bundle(const Bundle& bundle, const std::string& reference, base::Date on, Exempt with);

}  // namespace candour::casework
