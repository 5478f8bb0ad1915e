#pragma once
// A log in the database that is only ever added to: the journal of cases, the register of releases.
//
//   const ChainedLog log("release_log");
//   CANDOUR_TRY_DONE(bring_up_to_date(*database, log.schema()));
//   in_transaction(*database, Access::writing, [&](Transaction& t) -> Result<Entry> {
//     CANDOUR_TRY_DONE(t.run("INSERT INTO ...", {...}));          // other tables change in the same transaction, or not at all
//     return log.append(t, {release, "added", body_json}); });

#include <candour/casework/store/chain.hpp>
#include <candour/casework/store/database.hpp>

#include <functional>

namespace candour::casework::store {

class ChainedLog {
 public:
  /// `table`: small letters and underscores; also the name of its schema's room. A second table, `table`_end, holds the head, so that entries cut off at
  /// the end show.
  explicit ChainedLog(std::string table);

  [[nodiscard]] Schema schema() const;
  /// Adds one entry at the end, at the time of base::now_in_utc. The transaction must be a writing one: then no two get the same place.
  [[nodiscard]] base::Result<Entry> append(Transaction& transaction, NewEntry entry) const;
  [[nodiscard]] base::Result<Head> head(Transaction& transaction) const;
  /// Gives the entries in order: all, or those about one subject. They are as they stand there; verify says whether they are as they were written.
  [[nodiscard]] base::Result<std::vector<Entry>> read(Transaction& transaction, const std::optional<std::string>& subject = {}) const;
  /// Goes through the whole log, some hundred entries at a time. `noted`: a head that was kept elsewhere.
  [[nodiscard]] base::Result<ChainVerdict> verify(Transaction& transaction, const std::optional<Head>& noted = {}) const;
  [[nodiscard]] const std::string& table() const { return table_; }

 private:
  std::string table_;
};

/// The refusal for a log that is not as it was written, "log.damaged" (status 3), naming the first changed entry.
[[nodiscard]] base::Error damaged_log(const std::string& name, const ChainFault& fault);

}  // namespace candour::casework::store
