#include <candour/casework/store/engines.hpp>

#include <fmt/format.h>
#include <libpq-fe.h>

namespace candour::casework::store {
namespace {

struct CloseConnection {
  void operator()(PGconn* connection) const { PQfinish(connection); }
};
struct ClearResult {
  void operator()(PGresult* result) const { PQclear(result); }
};
using Answer = std::unique_ptr<PGresult, ClearResult>;

/// All writers take turns, as they do in a SQLite file: this lock is theirs, one a database. It ends with its transaction, also when the writer is killed.
constexpr const char* writers_turn = "SELECT pg_advisory_xact_lock(7161676410611498850)";

class PostgresqlDatabase final : public Database {
 public:
  explicit PostgresqlDatabase(std::unique_ptr<PGconn, CloseConnection> connection) : connection_(std::move(connection)) {
    const auto part = [](const char* text) { return std::string(text == nullptr ? "" : text); };
    name_ = fmt::format("postgresql:{}/{}", part(PQhost(connection_.get())), part(PQdb(connection_.get())));
  }
  std::string name() const override { return name_; }

  base::Result<base::Done> set_up() {
    // What the server remarks goes nowhere: it could repeat a value.
    PQsetNoticeProcessor(
        connection_.get(), [](void*, const char*) {}, nullptr);
    for (const char* setting : {"SET standard_conforming_strings = on", "SET client_encoding = 'UTF8'", "SET synchronous_commit = on",
                                "SET lock_timeout = '60s'", "SET client_min_messages = warning"})
      CANDOUR_TRY_DONE(run(setting, {}));
    return base::Done{};
  }

 private:
  base::Result<base::Done> begin(Access access) override {
    CANDOUR_TRY_DONE(run(access == Access::writing ? "BEGIN ISOLATION LEVEL READ COMMITTED" : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", {}));
    if (access == Access::reading) return base::Done{};
    auto turn = run(writers_turn, {});
    if (turn) return base::Done{};
    roll_back();
    return base::fail(std::move(turn).error());
  }

  base::Result<base::Done> commit() override {
    const Answer answer(PQexec(connection_.get(), "COMMIT"));
    // A transaction that failed before is answered with ROLLBACK; Transaction never asks to keep one.
    if (PQresultStatus(answer.get()) == PGRES_COMMAND_OK && std::string_view(PQcmdStatus(answer.get())) == "COMMIT") return base::Done{};
    if (PQstatus(connection_.get()) == CONNECTION_OK) return base::fail(fault(answer.get()));
    return base::fail({base::Cause::could_not_finish,
                       "store.commit_unknown",
                       {name_},
                       "the connection was lost while the change was being kept; it may or may not have been",
                       "look whether it is there before doing it again"});
  }
  void roll_back() noexcept override { const Answer answer(PQexec(connection_.get(), "ROLLBACK")); }

  base::Result<std::vector<Row>> run(std::string_view words, const std::vector<Value>& values) override {
    std::vector<std::string> texts(values.size());
    std::vector<const char*> given(values.size(), nullptr);
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (const auto* number = std::get_if<std::int64_t>(&values[i])) texts[i] = fmt::format("{}", *number);
      if (const auto* text = std::get_if<std::string>(&values[i])) texts[i] = *text;
      if (!std::holds_alternative<std::monostate>(values[i])) given[i] = texts[i].c_str();
    }
    const std::string statement(words);
    const Answer answer(PQexecParams(connection_.get(), statement.c_str(), static_cast<int>(values.size()), nullptr, given.empty() ? nullptr : given.data(),
                                     nullptr, nullptr, 0));
    const auto status = PQresultStatus(answer.get());
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) return base::fail(fault(answer.get()));
    return rows_of(answer.get());
  }

  static std::vector<Row> rows_of(const PGresult* answer) {
    std::vector<Row> rows(static_cast<std::size_t>(PQntuples(answer)), Row(static_cast<std::size_t>(PQnfields(answer))));
    for (std::size_t r = 0; r < rows.size(); ++r) {
      for (std::size_t c = 0; c < rows[r].size(); ++c) {
        const auto row = static_cast<int>(r);
        const auto column = static_cast<int>(c);
        if (PQgetisnull(answer, row, column) == 0)
          rows[r][c] = std::string(PQgetvalue(answer, row, column), static_cast<std::size_t>(PQgetlength(answer, row, column)));
      }
    }
    return rows;
  }

  base::Error fault(const PGresult* answer) const {
    if (PQstatus(connection_.get()) != CONNECTION_OK) return lost(name_);
    const char* said = PQresultErrorField(answer, PG_DIAG_SQLSTATE);
    const std::string state = said == nullptr ? "" : said;
    const auto could_not = [&](const char* code, const char* sentence, const char* hint) {
      return base::Error{base::Cause::could_not_finish, code, {name_}, sentence, hint};
    };
    if (state == "23505") return already_there(name_);
    if (state == "55P03" || state == "40P01" || state == "40001") return busy(name_);
    if (state.starts_with("57") || state.starts_with("08")) return lost(name_);
    if (state.starts_with("53")) return could_not("store.full", "the database server has no room left", "nothing was changed; make room and try again");
    if (state == "42501" || state == "25006")
      return could_not("store.read_only", "the database may not be written", "ask for the right to create and write tables there");
    return statement_fault(name_, fmt::format("PostgreSQL {}", state));
  }

  std::unique_ptr<PGconn, CloseConnection> connection_;
  std::string name_;
};

}  // namespace

base::Result<std::unique_ptr<Database>> open_postgresql(const std::string& url) {
  std::unique_ptr<PGconn, CloseConnection> connection(PQconnectdb(url.c_str()));
  if (PQstatus(connection.get()) != CONNECTION_OK)
    return base::fail({base::Cause::could_not_finish,
                       "store.unreachable",
                       {"postgresql:"},
                       "no connection to the database",
                       "check host, port, name and password in the URL or in the PG* variables"});
  auto database = std::make_unique<PostgresqlDatabase>(std::move(connection));
  CANDOUR_TRY_DONE(database->set_up());
  return std::unique_ptr<Database>(std::move(database));
}

}  // namespace candour::casework::store
