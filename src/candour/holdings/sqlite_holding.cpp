#include <candour/holdings/answer_ahead.hpp>
#include <candour/holdings/databases.hpp>
#include <candour/holdings/file_state.hpp>
#include <candour/holdings/sql_holding.hpp>
#include <candour/holdings/tab_separated.hpp>

#include <fmt/format.h>
#include <sqlite3.h>

#include <chrono>

namespace candour::holdings {
namespace {

struct CloseDatabase {
  void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
};
struct FinishStatement {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};

std::string in_quotes(std::string_view text, char quote) {
  std::string out(1, quote);
  for (const char c : text) {
    if (c == quote) out += c;
    out += c;
  }
  return out + quote;
}

/// SQLite keeps days as texts; a column's type binds nobody, so each value is asked for its own.
class SqliteDialect final : public SqlDialect {
 public:
  std::string identifier(std::string_view name) const override { return in_quotes(name, '"'); }
  std::string literal(std::string_view text) const override { return in_quotes(text, '\''); }
  std::string text_of(const std::string& column) const override { return fmt::format("CAST({} AS TEXT)", column); }
  SqlKey day_of(const std::string& column, SqlType, std::string_view, Grain) const override { return {text_of(column), text_of(column)}; }
  std::string month_of_text(const std::string& column) const override {
    return fmt::format(
        "CASE WHEN {0} GLOB '[1-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]' AND date({0}, '+0 days') = {0} THEN substr({0}, 1, 8) || '01' ELSE {1} END", column,
        text_of(column));
  }
  std::optional<SqlKey> band_of(const std::string& column, SqlType, std::int64_t width) const override {
    const std::string band = fmt::format("CAST(CASE WHEN typeof({0}) = 'integer' AND {0} >= 0 THEN {0} / {1} * {1} ELSE {0} END AS TEXT)", column, width);
    return SqlKey{band, band};
  }
  /// Exact for whole numbers that cannot pass 64 bits together.
  std::optional<ExactSum> exact_sum(const SqlColumn& amount, const SqlColumn* weight) const override {
    if (weight != nullptr) return std::nullopt;
    const std::string column = identifier(amount.name);
    return ExactSum{fmt::format("sum({})", column),
                    {fmt::format("count(CASE WHEN typeof({}) NOT IN ('integer', 'null') THEN 1 END)", column),
                     fmt::format("max({0}) > 9223372036854775807 / max(1, count(*)) OR min({0}) < -(9223372036854775807 / max(1, count(*)))", column)}};
  }
};

class SqliteHolding final : public SqlHolding {
 public:
  SqliteHolding(const std::string& path, const std::string& table, FileState state, std::unique_ptr<sqlite3, CloseDatabase> database)
      : SqlHolding(path + "#" + table, in_quotes(table, '"')), state_(std::move(state)), database_(std::move(database)) {}

  base::Result<base::Done> describe(const std::string& table_name) {
    sqlite3_exec(database_.get(), "BEGIN", nullptr, nullptr, nullptr);  // all questions see one state
    std::unique_ptr<sqlite3_stmt, FinishStatement> statement(prepared(fmt::format("SELECT * FROM {}", table())));
    if (!statement) {
      if (sqlite3_errcode(database_.get()) == SQLITE_NOTADB)
        return base::fail({base::Cause::holding_unreachable, "holding.unreachable", {name(), 0, 0}, "the file is not a SQLite database", {}});
      return base::fail({base::Cause::wrong_input, "holding.unknown_table", {name(), 0, 0}, fmt::format("there is no table '{}'", table_name), {}});
    }
    for (int c = 0; c < sqlite3_column_count(statement.get()); ++c) columns_.push_back({sqlite3_column_name(statement.get(), c), SqlType::other});
    return base::Done{};
  }

 protected:
  base::Result<base::Done> run(const std::string& sql, const SqlRowSink& sink) override {
    CANDOUR_TRY_DONE(state_.still_same());
    time_in_database_ = {};
    const std::unique_ptr<sqlite3_stmt, FinishStatement> statement(prepared(sql));
    if (!statement) return base::fail(connection_lost(name(), "the database did not take a question"));
    TabSeparatedRows rows(sink);
    CANDOUR_TRY_DONE(read_ahead([&](const GiveBytes& give) { return step_through(*statement, give); }, [&](std::string_view bytes) { return rows.take(bytes); },
                                time_in_database_));
    return state_.still_same();
  }
  const SqlDialect& dialect() const override { return dialect_; }

 private:
  sqlite3_stmt* prepared(const std::string& sql) {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(database_.get(), sql.c_str(), static_cast<int>(sql.size()), &statement, nullptr) != SQLITE_OK) return nullptr;
    return statement;
  }
  base::Result<base::Done> step_through(sqlite3_stmt& statement, const GiveBytes& give) const {
    const int columns = sqlite3_column_count(&statement);
    std::string row;
    int outcome = sqlite3_step(&statement);
    for (; outcome == SQLITE_ROW; outcome = sqlite3_step(&statement)) {
      row.clear();
      for (int c = 0; c < columns; ++c) {
        const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(&statement, c));
        const auto size = static_cast<std::size_t>(sqlite3_column_bytes(&statement, c));
        append_field(row, text == nullptr ? std::nullopt : std::optional(std::string_view(text, size)));
        row += c + 1 == columns ? '\n' : '\t';
      }
      if (!give(row)) return base::Done{};
    }
    if (outcome != SQLITE_DONE) return base::fail(connection_lost(name(), "the database stopped half-way; its file may be damaged or gone"));
    return base::Done{};
  }
  SqliteDialect dialect_;
  FileState state_;
  std::unique_ptr<sqlite3, CloseDatabase> database_;
};

}  // namespace

base::Result<std::unique_ptr<CountingHolding>> open_sqlite(const std::string& path, const std::string& table) {
  CANDOUR_TRY(state, FileState::of(path));
  sqlite3* raw = nullptr;
  const int opened = sqlite3_open_v2(path.c_str(), &raw, SQLITE_OPEN_READONLY, nullptr);
  std::unique_ptr<sqlite3, CloseDatabase> database(raw);
  if (opened != SQLITE_OK) return base::fail({base::Cause::holding_unreachable, "holding.unreachable", {path, 0, 0}, "the database cannot be opened", {}});
  auto holding = std::make_unique<SqliteHolding>(path, table, std::move(state), std::move(database));
  CANDOUR_TRY_DONE(holding->describe(table));
  return std::unique_ptr<CountingHolding>(std::move(holding));
}

}  // namespace candour::holdings
