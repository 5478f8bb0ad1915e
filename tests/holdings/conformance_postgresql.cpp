// The suite over PostgreSQL, and PostgreSQL's own: typed columns, several servers as one, a connection that breaks.

#include "conformance.hpp"
#include "conformance_databases.hpp"

#include <candour/holdings/databases.hpp>
#include <candour/holdings/parallel_csv.hpp>
#include <candour/tabulate/record_cube.hpp>

#include <fmt/format.h>
#include <libpq-fe.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <thread>

namespace candour::holdings_tests {
namespace {

/// The server of this program.
struct Database {
  int port = free_port();
  Server server{"postgresql_server", std::to_string(port)};
  [[nodiscard]] std::string url(const std::string& base = "candour") const {
    return fmt::format("postgresql://candour:a%20secret@127.0.0.1:{}/{}", port, base);
  }
};

Database& database() {
  static auto made = std::make_unique<Database>();
  static const bool said = [] {
    struct Stop final : ::testing::Environment {
      void TearDown() override { made.reset(); }
    };
    ::testing::AddGlobalTestEnvironment(new Stop);
    return true;
  }();
  static_cast<void>(said);
  return *made;
}

void sql(const std::string& url, const std::string& words) {
  PGconn* connection = PQconnectdb(url.c_str());
  PGresult* result = PQexec(connection, words.c_str());
  const auto status = PQresultStatus(result);
  EXPECT_TRUE(status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) << PQerrorMessage(connection) << words.substr(0, 200);
  if (status == PGRES_TUPLES_OK && PQntuples(result) > 0 && words.starts_with("SELECT version")) fmt::print("{}\n", PQgetvalue(result, 0, 0));
  PQclear(result);
  PQfinish(connection);
}

/// The answer's first column, a line a row.
std::string text_of(const std::string& url, const std::string& words) {
  PGconn* connection = PQconnectdb(url.c_str());
  PGresult* result = PQexec(connection, words.c_str());
  std::string text = PQerrorMessage(connection);
  for (int row = 0; row < PQntuples(result); ++row) text += std::string(PQgetvalue(result, row, 0)) + "\n";
  PQclear(result);
  PQfinish(connection);
  return text;
}

std::string literal(const std::optional<std::string>& text) {
  if (!text) return "NULL";
  std::string out = "'";
  for (const char c : *text) out += c == '\'' ? std::string("''") : std::string(1, c);
  return out + "'";
}

std::string table_words(const std::string& name, const Contents& contents) {
  std::string columns;
  for (std::size_t c = 0; c < contents.columns.size(); ++c) {
    const auto among = [c](const std::vector<std::size_t>& list) { return std::find(list.begin(), list.end(), c) != list.end(); };
    const char* type = among(contents.day_columns) ? "date" : among(contents.whole_columns) ? "int" : among(contents.decimal_columns) ? "numeric" : "text";
    columns += fmt::format("{}\"{}\" {}", c == 0 ? "" : ", ", contents.columns[c], type);
  }
  return fmt::format("\"{}\" ({})", name, columns);
}

std::string insert_words(const std::string& name, const Contents& contents) {
  std::string rows;
  for (const auto& row : contents.rows) {
    rows += rows.empty() ? "(" : ", (";
    for (std::size_t c = 0; c < row.size(); ++c) rows += (c == 0 ? "" : ", ") + literal(row[c]);
    rows += ")";
  }
  return rows.empty() ? "SELECT 1" : fmt::format("INSERT INTO \"{}\" VALUES {}", name, rows);
}

class PostgresqlMaker final : public Maker {
  Quirks quirks() const override { return postgresql_quirks(); }
  /// An open holding keeps its state in a transaction, so a new table is made and the name moved: a drop would wait for it.
  void make(const std::string& name, const Contents& contents) override {
    const std::string table = fmt::format("{}{}", name, ++made_);
    latest_[name] = table;
    sql(database().url(), "DROP TABLE IF EXISTS \"" + table + "\"");
    sql(database().url(), "CREATE TABLE " + table_words(table, contents));
    sql(database().url(), insert_words(table, contents));
  }
  base::Result<Opened> open(const std::string& name) override {
    CANDOUR_TRY(holding, holdings::open_postgresql(database().url(), latest_.contains(name) ? latest_[name] : name));
    return Opened(std::move(holding));
  }
  static inline int made_ = 0;
  std::map<std::string, std::string> latest_;
};

using Texts = std::vector<std::vector<std::string>>;

std::int64_t records_through(const std::string& url, const std::string& table, const tabulate::CubeRequest& request, tabulate::RecordCubes* all = nullptr) {
  auto holding = holdings::open_postgresql(url, table);
  EXPECT_TRUE(holding.has_value()) << (holding ? "" : base::to_text(holding.error()));
  if (!holding) return -1;
  auto cubes = tabulate::tabulate_cubes({holding->get()}, {request}, {2});
  EXPECT_TRUE(cubes.has_value()) << (cubes ? "" : base::to_text(cubes.error()));
  if (!cubes) return -1;
  const std::int64_t records = cubes->cubes[0].records.empty() ? 0 : cubes->cubes[0].records[0];
  if (all != nullptr) *all = std::move(*cubes);
  return records;
}

tabulate::CubeRequest month_and_kind() {
  tabulate::CubeRequest request;
  for (const auto& [name, level] : {std::pair{"at", "month"}, std::pair{"kind", ""}}) {
    tabulate::RecordCubeVariable variable;
    variable.name = variable.source.column = name;
    if (*level != '\0') variable.levels = {level};
    request.by.push_back(variable);
  }
  request.people_column = "person";
  return request;
}

TEST(Postgresql, SaysItsVersion) {
  ASSERT_TRUE(database().server.started());
  sql(database().url(), "SELECT version()");
}

TEST(Postgresql, AStampWithZoneBelongsToTheLocalMonth) {
  sql(database().url(), "CREATE TABLE stamps (at timestamptz, kind text, person int)");
  sql(database().url(), "INSERT INTO stamps VALUES ('2024-06-30T23:30:00Z', 'a', 1), ('2024-06-30T22:30:00Z', 'a', 1), (NULL, 'b', 2)");
  tabulate::RecordCubes cubes;
  EXPECT_EQ(records_through(database().url(), "stamps", month_and_kind(), &cubes), 3);
  std::vector<std::string> months;
  for (const auto& category : cubes.cubes[0].categories[0]) months.push_back(category.code);
  EXPECT_EQ(months, (std::vector<std::string>{"total", "2024-06", "2024-07", "unknown"}));
}

TEST(Postgresql, SeveralServersThroughForeignTablesAreOneHolding) {
  Database other;
  ASSERT_TRUE(other.server.started());
  const std::string columns = "(at date, kind text, person text)";
  sql(database().url(), "CREATE EXTENSION postgres_fdw");
  sql(database().url(), "CREATE TABLE events " + columns + " PARTITION BY LIST (kind)");
  std::string all = "at,kind,person\n";
  for (const auto& [kind, base] : {std::pair{"a", &database()}, std::pair{"b", &other}}) {
    sql(base->url(), fmt::format("CREATE TABLE events_{} {}", kind, columns));
    std::string rows;
    for (int i = 0; i < 200; ++i) {
      const std::string day = fmt::format("2024-{:02}-{:02}", 1 + i % 12, 1 + i % 28);
      all += fmt::format("{},{},p{}\n", day, kind, i % 37);
      rows += fmt::format("{}('{}', '{}', 'p{}')", i == 0 ? "" : ", ", day, kind, i % 37);
    }
    sql(base->url(), fmt::format("INSERT INTO events_{} VALUES {}", kind, rows));
  }
  sql(database().url(), "ALTER TABLE events ATTACH PARTITION events_a FOR VALUES IN ('a')");
  sql(database().url(),
      fmt::format("CREATE SERVER shard FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '127.0.0.1', port '{}', dbname 'candour')", other.port));
  sql(database().url(), "CREATE USER MAPPING FOR candour SERVER shard OPTIONS (user 'candour', password 'a secret')");
  sql(database().url(), "CREATE FOREIGN TABLE events_b PARTITION OF events FOR VALUES IN ('b') SERVER shard OPTIONS (table_name 'events_b')");
  sql(database().url(), "ALTER DATABASE candour SET enable_partitionwise_aggregate = on");
  tabulate::RecordCubes cubes;
  EXPECT_EQ(records_through(database().url(), "events", month_and_kind(), &cubes), 400);
  // Each server counts its own part: the foreign one is sent a GROUP BY, not asked for its rows.
  const std::string plan = text_of(database().url(), "EXPLAIN (VERBOSE) " + cubes.facts.statements.at(0));
  EXPECT_NE(plan.find("Remote SQL: SELECT"), std::string::npos) << plan;
  EXPECT_NE(plan.find("GROUP BY", plan.find("Remote SQL: SELECT")), std::string::npos) << plan;
  const support::ScratchFolder folder;
  holdings::CsvSettings settings;
  settings.path = (folder.path() / "all.csv").string();
  std::ofstream(settings.path) << all;
  auto csv = holdings::ParallelCsv::open(settings).value();
  const auto expected = tabulate::tabulate_cubes({&csv}, {month_and_kind()}, {2}).value();
  EXPECT_EQ(cubes.cubes[0].records, expected.cubes[0].records);
  EXPECT_EQ(cubes.cubes[0].people, expected.cubes[0].people);
  EXPECT_EQ(cubes.cubes[0].people[0], 37);
}

TEST(Postgresql, AConnectionLostHalfWayIsOneClearError) {
  auto made = std::make_unique<Database>();
  ASSERT_TRUE(made->server.started());
  sql(made->url(), "CREATE TABLE many AS SELECT i::text AS n, repeat('x', 200) AS filler FROM generate_series(1, 400000) AS i");
  auto holding = holdings::open_postgresql(made->url(), "many").value();
  bool stopped = false;
  const auto read = holding->read({{"n"}, {"filler"}}, [&](const holdings::RecordBatch&, const Texts&) {
    if (!std::exchange(stopped, true)) made->server.stop();
    return base::Result<base::Done>(base::Done{});
  });
  ASSERT_FALSE(read.has_value());
  EXPECT_EQ(read.error().code, "holding.connection_lost");
  EXPECT_EQ(base::exit_status(read.error().cause), 4);
  EXPECT_EQ(base::to_text(read.error()).find("a secret"), std::string::npos);
}

TEST(Postgresql, AServerKilledWhileTheCommandLineTabulatesLeavesNoOutput) {
  Database made;
  ASSERT_TRUE(made.server.started());
  sql(made.url(), "CREATE VIEW slow AS SELECT i::text AS kind, pg_sleep(0.05)::text AS nothing FROM generate_series(1, 10000) AS i");
  const support::ScratchFolder folder;
  const std::string out = (folder.path() / "out").string(), said = (folder.path() / "said").string();
  std::thread killer([&] {
    std::this_thread::sleep_for(std::chrono::seconds(2));
    made.server.kill();
  });
  const int status =
      std::system(fmt::format("{} tabulate --records '{}#slow' --by kind,nothing -o '{}' >'{}' 2>&1", CANDOUR_BINARY, made.url(), out, said).c_str());
  killer.join();
  EXPECT_EQ(WEXITSTATUS(status), 4);
  EXPECT_FALSE(std::filesystem::exists(out));
  std::ifstream file(said);
  const std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  EXPECT_NE(text.find("the connection was lost"), std::string::npos) << text;
  EXPECT_EQ(text.find("secret"), std::string::npos) << text;
}

TEST(Postgresql, SettingsAreNeverEchoed) {
  auto holding = holdings::open_postgresql(database().url(), "stamps").value();
  EXPECT_EQ(holding->name(), "postgresql:127.0.0.1/candour#stamps");
  const auto wrong = holdings::open_postgresql(fmt::format("postgresql://candour:wrong%20word@127.0.0.1:{}/candour", database().port), "stamps");
  ASSERT_FALSE(wrong.has_value());
  EXPECT_EQ(wrong.error().code, "holding.unreachable");
  EXPECT_EQ(base::to_text(wrong.error()).find("wrong"), std::string::npos);
}

}  // namespace

INSTANTIATE_TEST_SUITE_P(Postgresql, Conformance,
                         ::testing::Values(Kind{"postgresql", [] { return std::unique_ptr<Maker>(std::make_unique<PostgresqlMaker>()); }}), kind_name);

}  // namespace candour::holdings_tests
