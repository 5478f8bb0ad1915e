#pragma once
// The journal of a case: who did what, when and why. Only ever added to; kept in the case's own folder, or in the database of the unit.
//
//   CANDOUR_TRY(journal, CaseJournal::open(case_folder, configured_database(option)));
//   CANDOUR_TRY(entry, journal.record({"handed-over", base::today(), "K. Marsh", "", {{"hours", "3.5"}}}));

#include <candour/base/date.hpp>
#include <candour/casework/store/chained_log.hpp>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace candour::casework {

/// Something that happened to a case.
struct Happening {
  std::string kind;    ///< small letters and hyphens: "received", "clarification-asked"; case_events.hpp has those that the clock knows
  base::Date on = {};  ///< the day on which it happened, as the person says; the journal adds when it was written down
  std::string by;      ///< a person of the authority
  std::string why;     ///< in that person's words; may be empty
  std::vector<std::pair<std::string, std::string>> facts;  ///< such as {"to", "R. Ashdown"}; nothing about the people in the records
};

/// A happening as it stands in the journal.
struct Recorded {
  Happening happening;
  std::int64_t sequence = 0;
  std::string at;  ///< UTC, when it was written down
  base::Digest digest;
};

class CaseJournal {
 public:
  /// Opens the journal of a case folder. Where the folder has a journal.jsonl, that; where it has a journal.in-database, the database at `place`; where it has
  /// neither, the one that `place` says (a database, or none: the folder), which is then begun with the first entry.
  ///
  /// Errors: wrong_input "journal.elsewhere" where the journal is in a database and none is configured; those of store::open_database; of read_case_head.
  [[nodiscard]] static base::Result<CaseJournal> open(const std::filesystem::path& case_folder, const std::optional<std::string>& place);

  /// Adds one entry, or several that stand or fall together.
  ///
  /// Errors: wrong_input "journal.no_name" for a happening that nobody did, "journal.malformed" for a kind that is no word, "journal.requester" where an entry
  /// repeats the name or address in requester.toml, "journal.personal" where its words hold an e-mail address or a person's number; refused "log.damaged".
  [[nodiscard]] base::Result<std::vector<Recorded>> record(const std::vector<Happening>& happenings);
  /// Gives what happened, in the order in which it was written down. Refused "log.damaged".
  [[nodiscard]] base::Result<std::vector<Recorded>> read() const;
  /// Goes through the whole log, byte by byte.
  [[nodiscard]] base::Result<store::ChainVerdict> verify(const std::optional<store::Head>& noted = {}) const;
  /// Where it is kept, fit for messages.
  [[nodiscard]] std::string name() const;
  [[nodiscard]] const std::string& reference() const { return reference_; }

 private:
  friend class CaseJournals;
  CaseJournal(std::filesystem::path folder, std::string reference, std::shared_ptr<store::Database> database)
      : folder_(std::move(folder)), reference_(std::move(reference)), database_(std::move(database)) {}
  std::filesystem::path folder_;
  std::string reference_;
  std::shared_ptr<store::Database> database_;  ///< none: the folder's own file
};

/// Opens the journals of several cases over one connection.
class CaseJournals {
 public:
  explicit CaseJournals(std::optional<std::string> place) : place_(std::move(place)) {}
  /// As CaseJournal::open; the database is opened once, and only if a case needs it.
  [[nodiscard]] base::Result<CaseJournal> of(const std::filesystem::path& case_folder);

 private:
  std::optional<std::string> place_;
  std::shared_ptr<store::Database> database_;
};

/// The log in the database that holds the journals of all cases.
[[nodiscard]] const store::ChainedLog& case_log();

}  // namespace candour::casework
