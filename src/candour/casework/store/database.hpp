#pragma once
// The database of a disclosure unit: one SQLite file, or PostgreSQL for a team. The same statements go through both.
//
// Statements are plain SQL that both understand: TEXT and BIGINT columns, values as $1, $2, ... and never as part of the words. Whatever stands in more than
// one place is written in one transaction. Used by the journal of cases and by the register of releases.

#include <candour/base/result.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace candour::casework::store {

/// What stands for $1, $2, ...: nothing (NULL), a whole number, or a text in UTF-8 without a byte of nought.
using Value = std::variant<std::monostate, std::int64_t, std::string>;
/// One row of an answer, every column as a text; none where it is NULL.
using Row = std::vector<std::optional<std::string>>;

enum class Access {
  reading,  ///< sees one state of everything, whatever others do meanwhile
  writing,  ///< alone: another writer waits, at most a minute, until this one is done
};

/// A connection. One thread and one process: after a fork the child opens its own.
class Database {
 public:
  virtual ~Database() = default;
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  /// The file, or "postgresql:host/base": fit for errors and pages, never with a user or password.
  [[nodiscard]] virtual std::string name() const = 0;

 protected:
  Database() = default;

 private:
  friend class Transaction;
  [[nodiscard]] virtual base::Result<base::Done> begin(Access access) = 0;
  [[nodiscard]] virtual base::Result<std::vector<Row>> run(std::string_view statement, const std::vector<Value>& values) = 0;
  [[nodiscard]] virtual base::Result<base::Done> commit() = 0;
  virtual void roll_back() noexcept = 0;
};

/// Opens the database at `place`: "postgresql://name@host:5432/base", or "postgresql:" alone where the PG* variables of the environment say the rest, or
/// the path of a SQLite file, which is made (readable by its owner only) where there is none.
///
/// Errors: could_not_finish "store.unreachable"; wrong_input "store.not_a_database". `place` is never repeated in them.
[[nodiscard]] base::Result<std::unique_ptr<Database>> open_database(const std::string& place);

/// Gives the place that is configured: `option` where it is not empty, else CANDOUR_DATABASE of the environment; nothing where neither is set.
[[nodiscard]] std::optional<std::string> configured_database(const std::string& option);

/// What is done inside one transaction: all of it is kept, or nothing.
class Transaction {
 public:
  [[nodiscard]] static base::Result<Transaction> begin(Database& database, Access access);
  Transaction(Transaction&& other) noexcept : database_(std::exchange(other.database_, nullptr)), failed_(other.failed_) {}
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction();

  /// Runs one statement and gives its rows, none for a statement that gives nothing. After an error the transaction is over: nothing of it is kept.
  ///
  /// Errors: wrong_input "store.already_there" where a key or a unique column holds the value already, "store.not_text" for a value that is no text;
  /// could_not_finish "store.busy", "store.full", "store.lost"; internal_fault "store.statement".
  [[nodiscard]] base::Result<std::vector<Row>> run(std::string_view statement, const std::vector<Value>& values = {});
  /// Makes it durable. Error could_not_finish "store.commit_unknown" where the connection broke at that very moment: look before doing it again.
  [[nodiscard]] base::Result<base::Done> commit();
  [[nodiscard]] std::string database_name() const { return database_->name(); }

 private:
  explicit Transaction(Database& database) : database_(&database) {}
  Database* database_;
  bool failed_ = false;
};

/// Runs `work`, which takes a Transaction& and gives a Result, and commits where it succeeds. Where it fails nothing is kept.
template <class Work>
[[nodiscard]] std::invoke_result_t<Work, Transaction&> in_transaction(Database& database, Access access, Work&& work) {
  CANDOUR_TRY(transaction, Transaction::begin(database, access));
  auto outcome = std::forward<Work>(work)(transaction);
  if (!outcome) return outcome;
  CANDOUR_TRY_DONE(transaction.commit());
  return outcome;
}

/// The tables of one room of the program and how they came about: the statements in order, one each. Only ever added to at the end.
struct Schema {
  std::string room;  ///< such as "journal"; each room counts its own version
  std::vector<std::string> statements;
};

/// Runs those statements of the schema that this database has not yet seen; the version is the number of statements run. Safe when several do it at once.
/// Error wrong_input "store.newer" where a newer Candour has already gone further.
[[nodiscard]] base::Result<base::Done> bring_up_to_date(Database& database, const Schema& schema);

}  // namespace candour::casework::store
