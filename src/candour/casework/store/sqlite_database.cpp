#include <candour/casework/store/engines.hpp>

#include <fmt/format.h>
#include <sqlite3.h>

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <thread>

namespace candour::casework::store {
namespace {

constexpr std::chrono::seconds longest_wait{60};

struct CloseDatabase {
  void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
};
struct FinishStatement {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Statement = std::unique_ptr<sqlite3_stmt, FinishStatement>;

/// The rollback journal of SQLite, synced before and after: a killed writer leaves the state before or after its transaction. One file, easily kept safe.
class SqliteDatabase final : public Database {
 public:
  SqliteDatabase(std::string path, std::unique_ptr<sqlite3, CloseDatabase> database) : path_(std::move(path)), database_(std::move(database)) {}
  std::string name() const override { return path_; }

  base::Result<base::Done> set_up() {
    sqlite3_busy_handler(database_.get(), wait_a_moment, this);
    sqlite3_extended_result_codes(database_.get(), 1);
    for (const char* setting : {"PRAGMA synchronous = EXTRA", "PRAGMA foreign_keys = ON", "PRAGMA trusted_schema = OFF", "SELECT count(*) FROM sqlite_schema"})
      CANDOUR_TRY_DONE(run(setting, {}));
    return base::Done{};
  }

 private:
  /// Asks again after a millisecond or two. SQLite's own handler waits up to a tenth of a second between two tries, and a writer that never pauses would then
  /// keep the others out.
  static int wait_a_moment(void* self, int tries) {
    auto& database = *static_cast<SqliteDatabase*>(self);
    const auto now = std::chrono::steady_clock::now();
    if (tries == 0) database.waits_since_ = now;
    if (now - database.waits_since_ > longest_wait) return 0;
    std::this_thread::sleep_for(std::chrono::microseconds(500 + tries * 389 % 1500));
    return 1;
  }

  base::Result<base::Done> begin(Access access) override {
    CANDOUR_TRY_DONE(run(access == Access::writing ? "BEGIN IMMEDIATE" : "BEGIN", {}));
    return base::Done{};
  }
  base::Result<base::Done> commit() override {
    CANDOUR_TRY_DONE(run("COMMIT", {}));
    return base::Done{};
  }
  void roll_back() noexcept override { sqlite3_exec(database_.get(), "ROLLBACK", nullptr, nullptr, nullptr); }

  base::Result<std::vector<Row>> run(std::string_view words, const std::vector<Value>& values) override {
    sqlite3_stmt* raw = nullptr;
    const char* rest = nullptr;
    const int prepared = sqlite3_prepare_v2(database_.get(), words.data(), static_cast<int>(words.size()), &raw, &rest);
    const Statement statement(raw);
    if (prepared != SQLITE_OK) return base::fail(fault(prepared));
    if (rest != words.data() + words.size()) return base::fail(statement_fault(path_, "more than one statement"));
    CANDOUR_TRY_DONE(bind(statement.get(), values));
    std::vector<Row> rows;
    int outcome = sqlite3_step(statement.get());
    for (; outcome == SQLITE_ROW; outcome = sqlite3_step(statement.get())) rows.push_back(row_of(statement.get()));
    if (outcome != SQLITE_DONE) return base::fail(fault(outcome));
    return rows;
  }

  base::Result<base::Done> bind(sqlite3_stmt* statement, const std::vector<Value>& values) {
    for (std::size_t i = 0; i < values.size(); ++i) {
      const int at = sqlite3_bind_parameter_index(statement, fmt::format("${}", i + 1).c_str());
      if (at == 0) return base::fail(statement_fault(path_, fmt::format("no place for value {}", i + 1)));
      int bound = SQLITE_OK;
      if (const auto* number = std::get_if<std::int64_t>(&values[i])) bound = sqlite3_bind_int64(statement, at, *number);
      if (const auto* text = std::get_if<std::string>(&values[i]))
        bound = sqlite3_bind_text64(statement, at, text->data(), text->size(), SQLITE_STATIC, SQLITE_UTF8);
      if (bound != SQLITE_OK) return base::fail(fault(bound));
    }
    if (static_cast<std::size_t>(sqlite3_bind_parameter_count(statement)) != values.size())
      return base::fail(statement_fault(path_, "a place without a value"));
    return base::Done{};
  }

  static Row row_of(sqlite3_stmt* statement) {
    Row row(static_cast<std::size_t>(sqlite3_column_count(statement)));
    for (std::size_t c = 0; c < row.size(); ++c) {
      const auto column = static_cast<int>(c);
      const auto* text = sqlite3_column_text(statement, column);
      if (text != nullptr) row[c] = std::string(reinterpret_cast<const char*>(text), static_cast<std::size_t>(sqlite3_column_bytes(statement, column)));
    }
    return row;
  }

  base::Error fault(int outcome) const {
    if (outcome == SQLITE_CONSTRAINT_PRIMARYKEY || outcome == SQLITE_CONSTRAINT_UNIQUE || outcome == SQLITE_CONSTRAINT_ROWID) return already_there(path_);
    const auto could_not = [&](const char* code, const char* sentence, const char* hint) {
      return base::Error{base::Cause::could_not_finish, code, {path_}, sentence, hint};
    };
    switch (outcome & 0xff) {
      case SQLITE_BUSY:
      case SQLITE_LOCKED: return busy(path_);
      case SQLITE_FULL: return could_not("store.full", "there is no room left for the database", "nothing was changed; make room and try again");
      case SQLITE_READONLY: return could_not("store.read_only", "the database may not be written", "ask for the right to write the file and its folder");
      case SQLITE_IOERR: return could_not("store.lost", "the disk under the database failed", "nothing was changed; look at the disk and try again");
      case SQLITE_CANTOPEN: return could_not("store.unreachable", "the database cannot be opened", "look at the folder and who may write there");
      case SQLITE_NOTADB:
      case SQLITE_CORRUPT:
        return {base::Cause::wrong_input, "store.not_a_database", {path_}, "the file is not a sound SQLite database", "name another file, or restore this one"};
      default: return statement_fault(path_, fmt::format("SQLite {}", outcome));
    }
  }

  std::string path_;
  std::unique_ptr<sqlite3, CloseDatabase> database_;
  std::chrono::steady_clock::time_point waits_since_;
};

}  // namespace

base::Result<std::unique_ptr<Database>> open_sqlite(const std::string& path) {
  const auto unreachable = [&](const char* why) {
    return base::fail({base::Cause::could_not_finish,
                       "store.unreachable",
                       {path},
                       fmt::format("the database cannot be opened: {}", why),
                       "give the path of a file in a folder that exists"});
  };
  // Made here and not by SQLite, so that nobody else can read it from the first byte on.
  const int made = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (made < 0 && errno != EACCES && errno != EROFS) return unreachable(std::strerror(errno));
  if (made >= 0) ::close(made);
  sqlite3* raw = nullptr;
  const int opened = sqlite3_open_v2(path.c_str(), &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
  std::unique_ptr<sqlite3, CloseDatabase> database(raw);
  if (opened != SQLITE_OK) return unreachable(raw != nullptr ? sqlite3_errstr(opened) : "no memory");
  auto made_database = std::make_unique<SqliteDatabase>(path, std::move(database));
  CANDOUR_TRY_DONE(made_database->set_up());
  return std::unique_ptr<Database>(std::move(made_database));
}

}  // namespace candour::casework::store
