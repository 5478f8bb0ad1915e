#include <candour/base/text.hpp>
#include <candour/holdings/answer_ahead.hpp>
#include <candour/holdings/databases.hpp>
#include <candour/holdings/groups_with_totals.hpp>
#include <candour/holdings/sql_holding.hpp>
#include <candour/holdings/tab_separated.hpp>

#include <curl/curl.h>
#include <fmt/format.h>

#include <cstdlib>

namespace candour::holdings {
namespace {

struct CleanHandle {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct FreeUrl {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};

std::string escaped(std::string_view text, char quote) {
  std::string out(1, quote);
  for (const char c : text) {
    if (c == quote || c == '\\') out += '\\';
    out += c;
  }
  return out + quote;
}

class ClickhouseDialect final : public SqlDialect {
 public:
  std::string identifier(std::string_view name) const override { return escaped(name, '`'); }
  std::string literal(std::string_view text) const override { return escaped(text, '\''); }
  std::string text_of(const std::string& column) const override { return fmt::format("toString({})", column); }
  SqlKey day_of(const std::string& column, SqlType type, std::string_view time_zone, Grain grain) const override {
    const std::string day = type == SqlType::zoned_time ? fmt::format("toDate({}, {})", column, literal(time_zone)) : column;
    const std::string key = grain == Grain::month ? fmt::format("toStartOfMonth({})", day) : day;
    return {key, fmt::format("toString({})", key)};
  }
  std::string month_of_text(const std::string& column) const override {
    return fmt::format("if(match({0}, '^[1-9][0-9]{{3}}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])$'), concat(substring({0}, 1, 8), '01'), {0})", text_of(column));
  }
  std::optional<SqlKey> band_of(const std::string& column, SqlType type, std::int64_t width) const override {
    if (!is_whole(type)) return std::nullopt;
    const std::string key = fmt::format("if({0} >= 0, toInt64(intDiv({0}, {1}) * {1}), toInt64({0}))", column, width);
    return SqlKey{key, fmt::format("toString({})", key)};
  }
  /// Whole numbers of up to 32 bits cannot pass 64 bits together; wider ones would wrap without a word.
  std::optional<ExactSum> exact_sum(const SqlColumn& amount, const SqlColumn* weight) const override {
    if (weight != nullptr || amount.type != SqlType::whole_number) return std::nullopt;
    return ExactSum{fmt::format("sum(toInt64({}))", identifier(amount.name)), {}};
  }
};

SqlType type_of(std::string_view type) {
  if (type.starts_with("Nullable(")) type = type.substr(9, type.size() - 10);
  if (type == "Date") return SqlType::day;
  if (type.starts_with("DateTime")) return SqlType::zoned_time;
  if (type == "String") return SqlType::text;
  if (type == "UInt64") return SqlType::other;
  if (type == "Int64") return SqlType::large_whole_number;
  if (type.starts_with("UInt") || type.starts_with("Int")) return SqlType::whole_number;
  return SqlType::other;
}

/// Where the server is; kept apart from everything that is shown.
struct Server {
  std::string url, user, password, database, shown;
};

std::string part_of(CURLU* url, CURLUPart part) {
  char* text = nullptr;
  if (curl_url_get(url, part, &text, CURLU_URLDECODE) != CURLUE_OK || text == nullptr) return {};
  std::string copy(text);
  curl_free(text);
  return copy;
}

base::Result<Server> server_of(std::string connection) {
  const char* usual = std::getenv("CLICKHOUSE_URL");
  if (connection.empty() && usual != nullptr) connection = usual;
  if (connection.empty()) connection = "clickhouse://127.0.0.1:8123/default";
  if (connection.starts_with("clickhouse://")) connection.replace(0, 13, "http://");
  const std::unique_ptr<CURLU, FreeUrl> url(curl_url());
  if (curl_url_set(url.get(), CURLUPART_URL, connection.c_str(), 0) != CURLUE_OK)
    return base::fail(
        {base::Cause::wrong_input, "holding.bad_url", {}, "the URL of the database cannot be read", "write it as clickhouse://name@host:8123/base"});
  Server server;
  server.user = part_of(url.get(), CURLUPART_USER);
  server.password = part_of(url.get(), CURLUPART_PASSWORD);
  if (const char* password = std::getenv("CLICKHOUSE_PASSWORD"); server.password.empty() && password != nullptr) server.password = password;
  const std::string path = part_of(url.get(), CURLUPART_PATH), port = part_of(url.get(), CURLUPART_PORT);
  server.database = path.size() > 1 ? path.substr(1) : "default";
  server.shown = fmt::format("clickhouse:{}/{}", part_of(url.get(), CURLUPART_HOST), server.database);
  server.url = fmt::format("{}://{}:{}/?database={}", part_of(url.get(), CURLUPART_SCHEME), part_of(url.get(), CURLUPART_HOST), port.empty() ? "8123" : port,
                           server.database);
  return server;
}

/// One answer on its way.
struct Transfer {
  CURL* handle = nullptr;
  const GiveBytes* give = nullptr;
};

std::size_t take_bytes(char* bytes, std::size_t size, std::size_t count, void* into) {
  const auto& transfer = *static_cast<const Transfer*>(into);
  long status = 0;
  curl_easy_getinfo(transfer.handle, CURLINFO_RESPONSE_CODE, &status);
  if (status != 200) return size * count;  // an error text of the server: it may repeat values, so nobody reads it
  return (*transfer.give)(std::string_view(bytes, size * count)) ? size * count : 0;
}

class ClickhouseHolding final : public SqlHolding {
 public:
  ClickhouseHolding(Server server, const std::string& table_name, const std::string& quoted_table)
      : SqlHolding(server.shown + "#" + table_name, quoted_table), server_(std::move(server)), handle_(curl_easy_init()) {}

  base::Result<base::Done> describe(const std::string& table_name) {
    CANDOUR_TRY_DONE(run("SELECT 1", [](SqlRow) { return base::Result<base::Done>(base::Done{}); }));
    const auto take = [&](SqlRow row) {
      columns_.push_back({std::string(row[0].value_or("")), type_of(row[1].value_or(""))});
      return base::Result<base::Done>(base::Done{});
    };
    if (auto described = run(fmt::format("DESCRIBE TABLE {}", table()), take); !described && columns_.empty())
      return base::fail(
          {base::Cause::wrong_input, "holding.unknown_table", {name(), 0, 0}, fmt::format("there is no table '{}' that may be read", table_name), {}});
    return base::Done{};
  }

 protected:
  base::Result<base::Done> run(const std::string& sql, const SqlRowSink& sink) override {
    // The answer is held back until it is whole, so that its status can be trusted.
    return ask(sql, server_.url + "&wait_end_of_query=1", sink);
  }
  base::Result<base::Done> run_groups(const std::string& sql, std::size_t fields, std::size_t count_field, const SqlRowSink& sink) override {
    GroupsWithTotals groups(fields, count_field, sink);
    CANDOUR_TRY_DONE(ask(sql + " WITH TOTALS", server_.url, [&](SqlRow row) { return groups.take(row); }));
    if (!groups.is_whole()) return base::fail(connection_lost(name(), "the database could not answer a question"));
    return base::Done{};
  }
  const SqlDialect& dialect() const override { return dialect_; }

 private:
  base::Result<base::Done> ask(const std::string& sql, const std::string& url, const SqlRowSink& sink) {
    time_in_database_ = {};
    TabSeparatedRows rows(sink);
    CANDOUR_TRY_DONE(read_ahead([&](const GiveBytes& give) { return transfer(sql + " FORMAT TabSeparated", url, give); },
                                [&](std::string_view bytes) { return rows.take(bytes); }, time_in_database_));
    if (!rows.ended_whole()) return base::fail(connection_lost(name(), "the connection was lost"));
    return base::Done{};
  }
  base::Result<base::Done> transfer(const std::string& body, const std::string& url, const GiveBytes& give) {
    const Transfer transfer{handle_.get(), &give};
    curl_easy_reset(handle_.get());
    curl_easy_setopt(handle_.get(), CURLOPT_URL, url.c_str());
    curl_easy_setopt(handle_.get(), CURLOPT_POSTFIELDS, body.c_str());
    curl_easy_setopt(handle_.get(), CURLOPT_POSTFIELDSIZE, static_cast<long>(body.size()));
    curl_easy_setopt(handle_.get(), CURLOPT_WRITEFUNCTION, take_bytes);
    curl_easy_setopt(handle_.get(), CURLOPT_WRITEDATA, &transfer);
    curl_easy_setopt(handle_.get(), CURLOPT_CONNECTTIMEOUT, 10L);
    curl_easy_setopt(handle_.get(), CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle_.get(), CURLOPT_BUFFERSIZE, 1L << 19U);
    if (!server_.user.empty()) curl_easy_setopt(handle_.get(), CURLOPT_USERNAME, server_.user.c_str());
    if (!server_.password.empty()) curl_easy_setopt(handle_.get(), CURLOPT_PASSWORD, server_.password.c_str());
    const CURLcode done = curl_easy_perform(handle_.get());
    long status = 0;
    curl_easy_getinfo(handle_.get(), CURLINFO_RESPONSE_CODE, &status);
    if (done == CURLE_COULDNT_CONNECT || done == CURLE_COULDNT_RESOLVE_HOST)
      return base::fail({base::Cause::holding_unreachable,
                         "holding.unreachable",
                         {name(), 0, 0},
                         "no connection to the database",
                         "check host and port in the URL or in CLICKHOUSE_URL"});
    if (done != CURLE_OK) return base::fail(connection_lost(name(), "the connection was lost"));
    if (status != 200) return base::fail(connection_lost(name(), "the database could not answer a question"));
    return base::Done{};
  }
  ClickhouseDialect dialect_;
  Server server_;
  std::unique_ptr<CURL, CleanHandle> handle_;
};

}  // namespace

base::Result<std::unique_ptr<CountingHolding>> open_clickhouse(const std::string& connection, const std::string& table) {
  CANDOUR_TRY(server, server_of(connection));
  auto holding = std::make_unique<ClickhouseHolding>(std::move(server), table, ClickhouseDialect().identifier(table));
  CANDOUR_TRY_DONE(holding->describe(table));
  return std::unique_ptr<CountingHolding>(std::move(holding));
}

}  // namespace candour::holdings
