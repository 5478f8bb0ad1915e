#include <candour/casework/store/chained_log.hpp>

#include <candour/base/check.hpp>
#include <candour/base/moment.hpp>

#include <fmt/format.h>

#include <charconv>

namespace candour::casework::store {
namespace {

constexpr std::int64_t block = 500;

std::optional<std::int64_t> whole_number(const std::optional<std::string>& text) {
  std::int64_t number = 0;
  if (!text || text->empty()) return std::nullopt;
  const auto [end, status] = std::from_chars(text->data(), text->data() + text->size(), number);
  if (status != std::errc{} || end != text->data() + text->size()) return std::nullopt;
  return number;
}

/// Nothing where a column does not hold what was once written there.
std::optional<Entry> entry_of(const Row& row) {
  const auto sequence = whole_number(row.at(0));
  const auto digest = digest_from_hex(row.at(5).value_or(""));
  if (!sequence || !digest || !row[1] || !row[2] || !row[3] || !row[4]) return std::nullopt;
  return Entry{*sequence, *row[1], *row[2], *row[3], *row[4], *digest};
}

constexpr const char* columns = "sequence, at, subject, kind, body, digest";

}  // namespace

ChainedLog::ChainedLog(std::string table) : table_(std::move(table)) {
  CANDOUR_CHECK(!table_.empty() && table_.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == std::string::npos,
                "a log's name is small letters and underscores");
}

Schema ChainedLog::schema() const {
  return {table_,
          {fmt::format("CREATE TABLE {} (sequence BIGINT PRIMARY KEY, at TEXT NOT NULL, subject TEXT NOT NULL, kind TEXT NOT NULL, body TEXT NOT NULL, "
                       "digest TEXT NOT NULL)",
                       table_),
           fmt::format("CREATE INDEX {0}_subject ON {0} (subject, sequence)", table_),
           fmt::format("CREATE TABLE {}_end (only_row BIGINT PRIMARY KEY, sequence BIGINT NOT NULL, digest TEXT NOT NULL)", table_),
           fmt::format("INSERT INTO {}_end (only_row, sequence, digest) VALUES (1, 0, '{}')", table_, base::Digest{}.to_hex())}};
}

base::Result<Head> ChainedLog::head(Transaction& transaction) const {
  CANDOUR_TRY(rows, transaction.run(fmt::format("SELECT sequence, digest FROM {}_end WHERE only_row = 1", table_)));
  const auto sequence = rows.empty() ? std::nullopt : whole_number(rows[0].at(0));
  const auto digest = rows.empty() ? std::nullopt : digest_from_hex(rows[0].at(1).value_or(""));
  if (!sequence || !digest) return base::fail(damaged_log(transaction.database_name() + "#" + table_, {0, "its end is not marked"}));
  return Head{*sequence, *digest};
}

base::Result<Entry> ChainedLog::append(Transaction& transaction, NewEntry entry) const {
  CANDOUR_TRY(before, head(transaction));
  CANDOUR_TRY(made, following(before, std::move(entry), base::now_in_utc()));
  CANDOUR_TRY_DONE(transaction.run(fmt::format("INSERT INTO {} ({}) VALUES ($1, $2, $3, $4, $5, $6)", table_, columns),
                                   {made.sequence, made.at, made.subject, made.kind, made.body, made.digest.to_hex()}));
  CANDOUR_TRY_DONE(
      transaction.run(fmt::format("UPDATE {}_end SET sequence = $1, digest = $2 WHERE only_row = 1", table_), {made.sequence, made.digest.to_hex()}));
  return made;
}

base::Result<std::vector<Entry>> ChainedLog::read(Transaction& transaction, const std::optional<std::string>& subject) const {
  const std::vector<Value> values = subject ? std::vector<Value>{*subject} : std::vector<Value>{};
  CANDOUR_TRY(rows, transaction.run(fmt::format("SELECT {} FROM {} {} ORDER BY sequence", columns, table_, subject ? "WHERE subject = $1" : ""), values));
  std::vector<Entry> entries;
  for (const Row& row : rows) {
    auto entry = entry_of(row);
    if (!entry)
      return base::fail(
          damaged_log(transaction.database_name() + "#" + table_, {whole_number(row.at(0)).value_or(0), "an entry is not what was written there"}));
    entries.push_back(*std::move(entry));
  }
  return entries;
}

base::Result<ChainVerdict> ChainedLog::verify(Transaction& transaction, const std::optional<Head>& noted) const {
  ChainCheck check;
  for (std::int64_t from = 0; !check.verdict().fault; from += block) {
    CANDOUR_TRY(rows, transaction.run(fmt::format("SELECT {} FROM {} WHERE sequence > $1 AND sequence <= $2 ORDER BY sequence", columns, table_),
                                      {from, from + block}));
    for (const Row& row : rows) {
      if (const auto entry = entry_of(row)) check.take(*entry);
      else check.note_fault("the entry is not what was written there");
    }
    if (check.verdict().entries < from + block) break;
  }
  // Entries beyond a gap of a whole block, or with a number below one, have been put in or moved.
  CANDOUR_TRY(count, transaction.run(fmt::format("SELECT count(*) FROM {}", table_)));
  if (whole_number(count.at(0).at(0)) != check.verdict().entries) check.note_fault("the entries do not follow one another");
  auto end = head(transaction);
  if (!end) check.note_fault("the log's end is not marked");
  check.end(end ? std::optional<Head>(*end) : std::nullopt, noted);
  return check.verdict();
}

base::Error damaged_log(const std::string& name, const ChainFault& fault) {
  return {base::Cause::refused,
          "log.damaged",
          {name},
          fmt::format("not as it was written, first at entry {}: {}", fault.sequence, fault.what),
          "restore it from a copy that verifies; keep the damaged one as evidence"};
}

}  // namespace candour::casework::store
