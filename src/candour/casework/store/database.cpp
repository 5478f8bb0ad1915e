#include <candour/casework/store/database.hpp>

#include <candour/base/check.hpp>
#include <candour/base/text.hpp>
#include <candour/casework/store/engines.hpp>

#include <fmt/format.h>

#include <charconv>
#include <cstdlib>

namespace candour::casework::store {
namespace {

bool is_text(const Value& value) {
  const auto* text = std::get_if<std::string>(&value);
  return text == nullptr || (text->find('\0') == std::string::npos && base::is_valid_utf8(*text));
}

std::optional<std::size_t> version_in(const std::vector<Row>& rows) {
  if (rows.empty()) return 0;
  std::size_t version = 0;
  const std::string text = rows[0].at(0).value_or("");
  const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), version);
  if (text.empty() || status != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return version;
}

base::Result<base::Done> run_missing(Transaction& transaction, const Schema& schema) {
  CANDOUR_TRY_DONE(transaction.run("CREATE TABLE IF NOT EXISTS candour_schema (room TEXT PRIMARY KEY, version BIGINT NOT NULL)"));
  CANDOUR_TRY(rows, transaction.run("SELECT version FROM candour_schema WHERE room = $1", {schema.room}));
  const auto version = version_in(rows);
  if (!version || *version > schema.statements.size()) {
    return base::fail({base::Cause::wrong_input,
                       "store.newer",
                       {transaction.database_name()},
                       fmt::format("the tables of '{}' were made by a newer Candour (version {}; this one knows {})", schema.room,
                                   rows.empty() ? "none" : rows[0].at(0).value_or("unknown"), schema.statements.size()),
                       "use that version of Candour"});
  }
  for (std::size_t next = *version; next < schema.statements.size(); ++next) CANDOUR_TRY_DONE(transaction.run(schema.statements[next]));
  const Value now = static_cast<std::int64_t>(schema.statements.size());
  if (rows.empty()) CANDOUR_TRY_DONE(transaction.run("INSERT INTO candour_schema (room, version) VALUES ($1, $2)", {schema.room, now}));
  if (!rows.empty()) CANDOUR_TRY_DONE(transaction.run("UPDATE candour_schema SET version = $2 WHERE room = $1", {schema.room, now}));
  return base::Done{};
}

/// Whether there is nothing to do, asked without keeping other writers out.
bool is_up_to_date(Database& database, const Schema& schema) {
  const auto rows = in_transaction(database, Access::reading, [&](Transaction& transaction) {
    return transaction.run("SELECT version FROM candour_schema WHERE room = $1", {schema.room});
  });
  return rows && !rows->empty() && version_in(*rows) == schema.statements.size();
}

}  // namespace

base::Error already_there(const std::string& name) { return {base::Cause::wrong_input, "store.already_there", {name}, "this is there already", {}}; }

base::Error busy(const std::string& name) {
  return {base::Cause::could_not_finish, "store.busy", {name}, "another program is writing to the database and did not finish in time", "try again"};
}

base::Error lost(const std::string& name) {
  return {base::Cause::could_not_finish, "store.lost", {name}, "the connection to the database was lost", "nothing was changed; try again"};
}

base::Error statement_fault(const std::string& name, const std::string& what) {
  return {base::Cause::internal_fault, "store.statement", {name}, fmt::format("the database did not take a statement ({})", what), {}};
}

base::Result<std::unique_ptr<Database>> open_database(const std::string& place) {
  if (place.starts_with("postgresql://") || place.starts_with("postgres://")) return open_postgresql(place);
  if (place == "postgresql:" || place == "postgres:") return open_postgresql({});
  return open_sqlite(place);
}

std::optional<std::string> configured_database(const std::string& option) {
  if (!option.empty()) return option;
  const char* from_environment = std::getenv("CANDOUR_DATABASE");
  if (from_environment == nullptr || *from_environment == '\0') return std::nullopt;
  return std::string(from_environment);
}

base::Result<Transaction> Transaction::begin(Database& database, Access access) {
  CANDOUR_TRY_DONE(database.begin(access));
  return Transaction(database);
}

Transaction::~Transaction() {
  if (database_ != nullptr) database_->roll_back();
}

base::Result<std::vector<Row>> Transaction::run(std::string_view statement, const std::vector<Value>& values) {
  CANDOUR_CHECK(database_ != nullptr && !failed_, "a transaction that is over takes no further statement");
  for (const Value& value : values) {
    if (is_text(value)) continue;
    failed_ = true;
    return base::fail({base::Cause::wrong_input, "store.not_text", {database_->name()}, "a value is not a text in UTF-8", {}});
  }
  auto rows = database_->run(statement, values);
  failed_ = !rows.has_value();
  return rows;
}

base::Result<base::Done> Transaction::commit() {
  CANDOUR_CHECK(database_ != nullptr && !failed_, "a transaction that failed is not kept");
  auto done = database_->commit();
  if (done) database_ = nullptr;
  return done;
}

base::Result<base::Done> bring_up_to_date(Database& database, const Schema& schema) {
  if (is_up_to_date(database, schema)) return base::Done{};
  return in_transaction(database, Access::writing, [&](Transaction& transaction) { return run_missing(transaction, schema); });
}

}  // namespace candour::casework::store
