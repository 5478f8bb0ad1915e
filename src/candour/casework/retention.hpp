#pragma once
// Retention: what is private is deleted on its day, with a certificate of deletion; the register and what was published stay.

#include <candour/base/date.hpp>
#include <candour/base/result.hpp>
#include <candour/base/signature.hpp>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace candour::casework {

/// What [retention] in case.toml says; a person fills it, the program never does.
struct RetentionRule {
  base::Date delete_on = {};
  std::string by;
  std::string because;
};

enum class RetentionState {
  no_day,   ///< nobody has said until when
  kept,     ///< its day is not there yet
  due,      ///< its day has come
  begun,    ///< a deletion was cut off; it is finished by doing it again
  deleted,  ///< the certificate of deletion lies in the case's folder
};
[[nodiscard]] std::string_view word_of(RetentionState state);

/// A file that goes, seen from the case's folder. No digest: the digest of few possible bytes gives them away.
struct DeletedFile {
  std::string path;
  std::uint64_t bytes = 0;
};

struct RetainedCase {
  std::filesystem::path folder;
  std::string reference;
  RetentionState state = RetentionState::no_day;
  std::optional<RetentionRule> rule;
  std::vector<DeletedFile> files;      ///< that would go, went, or are still to go
  std::vector<std::string> elsewhere;  ///< holdings outside of the folder: not touched
};

/// Looks at every case below a folder (each folder with a case.toml, and the folder itself), in the order of their names. Deletes nothing.
[[nodiscard]] base::ResultOrErrors<std::vector<RetainedCase>> cases_to_retain(const std::filesystem::path& cases, base::Date on);

struct Deletion {
  std::string by;
  base::Date on = {};
  const base::SigningKey* key = nullptr;  ///< signs the certificate, where keys are set up
};
/// Deletes what is private of a case that is due: out/private but for the journal, out/reply, requester.toml, the request's text, and records that lie in its
/// folder. What stays: out/public, case.toml, the journal, deletion.json. The list is on disk before the first file goes and the certificate after the last, so
/// a cut off deletion is finished by the next; nothing is listed that is still there. Errors: refused "retention.not_due"; could_not_finish "file.unwritable".
[[nodiscard]] base::Result<RetainedCase> delete_private(const RetainedCase& retained, const Deletion& deletion);

}  // namespace candour::casework
