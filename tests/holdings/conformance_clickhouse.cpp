// The suite over ClickHouse, and a distributed table of two servers.

#include "conformance.hpp"
#include "conformance_databases.hpp"

#include <candour/holdings/databases.hpp>
#include <candour/tabulate/record_cube.hpp>

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>

namespace candour::holdings_tests {
namespace {

/// Two servers, each a shard of the cluster "candour".
struct Databases {
  int http = free_port(), tcp = free_port(), other_http = free_port(), other_tcp = free_port();
  Server server{"clickhouse_server", fmt::format("{} {} {}", http, tcp, other_tcp)};
  Server other{"clickhouse_server", fmt::format("{} {} {}", other_http, other_tcp, tcp)};
  [[nodiscard]] static std::string url(int port) { return fmt::format("clickhouse://default:a%20secret@127.0.0.1:{}/default", port); }
};

Databases& databases() {
  static auto made = std::make_unique<Databases>();
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

std::size_t append(char* bytes, std::size_t size, std::size_t count, void* into) {
  static_cast<std::string*>(into)->append(bytes, size * count);
  return size * count;
}

std::string sql(int port, const std::string& words) {
  CURL* handle = curl_easy_init();
  std::string answer;
  curl_easy_setopt(handle, CURLOPT_URL, fmt::format("http://127.0.0.1:{}/", port).c_str());
  curl_easy_setopt(handle, CURLOPT_USERPWD, "default:a secret");
  curl_easy_setopt(handle, CURLOPT_POSTFIELDS, words.c_str());
  curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE, static_cast<long>(words.size()));
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, append);
  curl_easy_setopt(handle, CURLOPT_WRITEDATA, &answer);
  long status = 0;
  curl_easy_perform(handle);
  curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
  EXPECT_EQ(status, 200) << answer << words.substr(0, 200);
  curl_easy_cleanup(handle);
  return answer;
}

std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) out += c == '\\' ? "\\\\" : c == '\t' ? "\\t" : c == '\n' ? "\\n" : std::string(1, c);
  return out;
}

std::string insert_words(const std::string& table, const Contents& contents) {
  std::string words = "INSERT INTO `" + table + "` FORMAT TabSeparated\n";
  for (const auto& row : contents.rows) {
    for (std::size_t c = 0; c < row.size(); ++c) words += (c == 0 ? "" : "\t") + (row[c] ? escaped(*row[c]) : std::string("\\N"));
    words += "\n";
  }
  return words;
}

std::string columns_words(const Contents& contents) {
  std::string columns;
  for (std::size_t c = 0; c < contents.columns.size(); ++c) {
    const auto among = [c](const std::vector<std::size_t>& list) { return std::find(list.begin(), list.end(), c) != list.end(); };
    const char* type = among(contents.day_columns) ? "Date" : among(contents.whole_columns) ? "Int32" : "String";
    columns += fmt::format("{}`{}` Nullable({})", c == 0 ? "" : ", ", contents.columns[c], type);
  }
  return columns;
}

class ClickhouseMaker final : public Maker {
  Quirks quirks() const override { return clickhouse_quirks(); }
  void make(const std::string& name, const Contents& contents) override {
    const std::string table = fmt::format("{}{}", name, ++made_);
    latest_[name] = table;
    sql(databases().http, fmt::format("CREATE TABLE `{}` ({}) ENGINE = Memory", table, columns_words(contents)));
    if (!contents.rows.empty()) sql(databases().http, insert_words(table, contents));
  }
  base::Result<Opened> open(const std::string& name) override {
    CANDOUR_TRY(holding, holdings::open_clickhouse(Databases::url(databases().http), latest_.contains(name) ? latest_[name] : name));
    return Opened(std::move(holding));
  }
  static inline int made_ = 0;
  std::map<std::string, std::string> latest_;
};

TEST(Clickhouse, SaysItsVersion) {
  ASSERT_TRUE(databases().server.started());
  fmt::print("ClickHouse {}", sql(databases().http, "SELECT version()"));
}

TEST(Clickhouse, ADistributedTableIsOneHolding) {
  ASSERT_TRUE(databases().other.started());
  for (const int port : {databases().http, databases().other_http})
    sql(port, "CREATE TABLE events (day Date, kind String, person String) ENGINE = MergeTree(day, kind, 8192)");
  sql(databases().http, "INSERT INTO events FORMAT TabSeparated\n2024-01-05\ta\tp1\n2024-01-06\ta\tp2\n");
  sql(databases().other_http, "INSERT INTO events FORMAT TabSeparated\n2024-02-01\ta\tp1\n2024-02-02\tb\tp3\n");
  sql(databases().http, "CREATE TABLE everywhere (day Date, kind String, person String) ENGINE = Distributed(candour, default, events)");
  tabulate::CubeRequest request;
  for (const auto& [name, level] : {std::pair{"day", "month"}, std::pair{"kind", ""}}) {
    tabulate::RecordCubeVariable variable;
    variable.name = variable.source.column = name;
    if (*level != '\0') variable.levels = {level};
    request.by.push_back(variable);
  }
  request.people_column = "person";
  auto holding = holdings::open_clickhouse(Databases::url(databases().http), "everywhere").value();
  const auto cubes = tabulate::tabulate_cubes({holding.get()}, {request}, {2});
  ASSERT_TRUE(cubes.has_value()) << base::to_text(cubes.error());
  // total and months x total, a, b
  EXPECT_EQ(cubes->cubes[0].records, (std::vector<std::int64_t>{4, 3, 1, 2, 2, 2, 1, 1}));
  EXPECT_EQ(cubes->cubes[0].people, (std::vector<std::int64_t>{3, 2, 1, 2, 2, 2, 1, 1}));
}

TEST(Clickhouse, AConnectionLostHalfWayIsOneClearError) {
  const int http = free_port(), tcp = free_port();
  const Server server{"clickhouse_server", fmt::format("{} {}", http, tcp)};
  ASSERT_TRUE(server.started());
  sql(http, "CREATE TABLE many (n String, filler String) ENGINE = MergeTree PARTITION BY tuple() ORDER BY n");
  sql(http, fmt::format("INSERT INTO many SELECT toString(number), '{}' FROM system.numbers LIMIT 400000", std::string(200, 'x')));
  auto holding = holdings::open_clickhouse(Databases::url(http), "many").value();
  bool killed = false;
  const auto read = holding->read({{"n"}, {"filler"}}, [&](const holdings::RecordBatch&, const std::vector<std::vector<std::string>>&) {
    if (!std::exchange(killed, true)) server.kill();
    return base::Result<base::Done>(base::Done{});
  });
  EXPECT_TRUE(killed);
  ASSERT_FALSE(read.has_value());
  EXPECT_EQ(read.error().code, "holding.connection_lost");
  EXPECT_EQ(base::exit_status(read.error().cause), 4);
  EXPECT_EQ(base::to_text(read.error()).find("secret"), std::string::npos);
}

TEST(Clickhouse, GroupsBrokenOffHalfWayAreOneClearError) {
  const int http = free_port(), tcp = free_port();
  const Server server{"clickhouse_server", fmt::format("{} {}", http, tcp)};
  ASSERT_TRUE(server.started());
  sql(http, "CREATE TABLE many (n String) ENGINE = MergeTree PARTITION BY tuple() ORDER BY n");
  sql(http, fmt::format("INSERT INTO many SELECT concat(toString(number), '{}') FROM system.numbers LIMIT 400000", std::string(200, 'x')));
  auto holding = holdings::open_clickhouse(Databases::url(http), "many").value();
  holdings::GroupedRequest request;
  request.columns = {{"n"}};
  request.as_written = {0};
  std::uint64_t taken = 0;
  const auto counted = holding->count(request, [&](const holdings::GroupedBatch& groups, const std::vector<std::vector<std::string>>&) {
    if (taken == 0) server.kill();
    taken += groups.batch.row_count;
    return base::Result<base::Done>(base::Done{});
  });
  EXPECT_GT(taken, 0U) << "rows come before the answer is whole";
  ASSERT_FALSE(counted.has_value());
  EXPECT_EQ(counted.error().code, "holding.connection_lost");
  EXPECT_EQ(base::exit_status(counted.error().cause), 4);
}

TEST(Clickhouse, SettingsAreNeverEchoed) {
  const auto wrong = holdings::open_clickhouse(fmt::format("clickhouse://default:wrong@127.0.0.1:{}/default", databases().http), "events");
  ASSERT_FALSE(wrong.has_value());
  EXPECT_EQ(base::exit_status(wrong.error().cause), 4);
  EXPECT_EQ(base::to_text(wrong.error()).find("wrong@"), std::string::npos);
  const auto nobody = holdings::open_clickhouse(fmt::format("clickhouse://default:a%20secret@127.0.0.1:{}/default", free_port()), "events");
  ASSERT_FALSE(nobody.has_value());
  EXPECT_EQ(nobody.error().code, "holding.unreachable");
  EXPECT_EQ(base::to_text(nobody.error()).find("secret"), std::string::npos);
}

}  // namespace

INSTANTIATE_TEST_SUITE_P(Clickhouse, Conformance,
                         ::testing::Values(Kind{"clickhouse", [] { return std::unique_ptr<Maker>(std::make_unique<ClickhouseMaker>()); }}), kind_name);

}  // namespace candour::holdings_tests
