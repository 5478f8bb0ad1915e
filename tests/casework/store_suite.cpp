// The database of a unit and the chained log in it: one suite, over SQLite and over PostgreSQL.

#include "killed_writers.hpp"
#include "places.hpp"

#include <candour/casework/store/chained_log.hpp>
#include <candour/casework/store/database.hpp>

#include <gtest/gtest.h>

#include <fmt/format.h>

namespace candour::casework::store {
namespace {

using casework_tests::dead_place;
using casework_tests::fresh_place;
using Rows = base::Result<std::vector<Row>>;

std::unique_ptr<Database> opened(const std::string& place) {
  auto database = open_database(place);
  EXPECT_TRUE(database.has_value()) << (database ? "" : base::to_text(database.error()));
  return database ? std::move(*database) : nullptr;
}

Rows run(Database& database, const std::string& statement, const std::vector<Value>& values = {}) {
  return in_transaction(database, Access::writing, [&](Transaction& transaction) { return transaction.run(statement, values); });
}

Schema people_schema() { return {"desk", {"CREATE TABLE desk (code TEXT PRIMARY KEY, minutes BIGINT, said TEXT)"}}; }

TEST(Store, GivesBackWhatWasPutIn) {
  const auto database = opened(fresh_place());
  ASSERT_TRUE(bring_up_to_date(*database, people_schema()).has_value());
  const std::string text = "It's \"quoted\"; \xC3\xA9 -- $1 'x' \n next line";
  ASSERT_TRUE(run(*database, "INSERT INTO desk (code, minutes, said) VALUES ($1, $2, $3)", {std::string("a"), std::int64_t{-9'007'199'254'740'993}, text}));
  ASSERT_TRUE(run(*database, "INSERT INTO desk (code, minutes, said) VALUES ($1, $2, $3)", {std::string("b"), std::monostate{}, std::string()}));
  const auto rows = run(*database, "SELECT code, minutes, said FROM desk ORDER BY code");
  ASSERT_TRUE(rows.has_value());
  EXPECT_EQ(*rows, (std::vector<Row>{{"a", "-9007199254740993", text}, {"b", std::nullopt, ""}}));
}

TEST(Store, AFailureInsideATransactionKeepsNothing) {
  const auto database = opened(fresh_place());
  ASSERT_TRUE(bring_up_to_date(*database, people_schema()).has_value());
  const auto failed = in_transaction(*database, Access::writing, [&](Transaction& transaction) -> Rows {
    CANDOUR_TRY_DONE(transaction.run("INSERT INTO desk (code) VALUES ('a')"));
    return transaction.run("INSERT INTO desk (code) VALUES ('a')");
  });
  ASSERT_FALSE(failed.has_value());
  EXPECT_EQ(failed.error().code, "store.already_there");
  EXPECT_TRUE(run(*database, "SELECT * FROM desk")->empty());
}

TEST(Store, AValueThatIsNoTextIsRefusedByBothEngines) {
  const auto database = opened(fresh_place());
  ASSERT_TRUE(bring_up_to_date(*database, people_schema()).has_value());
  for (const std::string& bad : {std::string("a\0b", 3), std::string("\xFF")}) {
    const auto refused = run(*database, "INSERT INTO desk (code) VALUES ($1)", {bad});
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, "store.not_text");
  }
}

TEST(Store, AStatementThatIsWrongIsOurOwnFaultAndRepeatsNothing) {
  const auto database = opened(fresh_place());
  const auto fault = run(*database, "SELECT whispered FROM nothing");
  ASSERT_FALSE(fault.has_value());
  EXPECT_EQ(fault.error().cause, base::Cause::internal_fault);
  EXPECT_EQ(base::to_text(fault.error()).find("whispered"), std::string::npos);
  EXPECT_TRUE(run(*database, "SELECT 1").has_value());  // the connection goes on
}

TEST(Store, ADeadPlaceIsOneErrorWithoutThePassword) {
  const auto nothing = open_database(dead_place());
  ASSERT_FALSE(nothing.has_value());
  EXPECT_EQ(nothing.error().code, "store.unreachable");
  EXPECT_EQ(base::exit_status(nothing.error().cause), 1);
  EXPECT_EQ(base::to_text(nothing.error()).find("secret"), std::string::npos);
}

TEST(Store, NameShowsNoPassword) { EXPECT_EQ(opened(fresh_place())->name().find("secret"), std::string::npos); }

TEST(Store, SchemaGrowsStepByStepAndANewerOneIsRefused) {
  const std::string place = fresh_place();
  const auto database = opened(place);
  Schema schema = people_schema();
  ASSERT_TRUE(bring_up_to_date(*database, schema).has_value());
  ASSERT_TRUE(bring_up_to_date(*database, schema).has_value());
  schema.statements.emplace_back("ALTER TABLE desk ADD COLUMN floor BIGINT");
  ASSERT_TRUE(bring_up_to_date(*opened(place), schema).has_value());
  EXPECT_TRUE(run(*database, "SELECT floor FROM desk").has_value());
  const auto older = bring_up_to_date(*database, people_schema());
  ASSERT_FALSE(older.has_value());
  EXPECT_EQ(older.error().code, "store.newer");
}

TEST(Store, ASchemaStepThatFailsLeavesNothingOfTheOthers) {
  const auto database = opened(fresh_place());
  Schema schema = people_schema();
  schema.statements.emplace_back("CREATE NONSENSE");
  EXPECT_FALSE(bring_up_to_date(*database, schema).has_value());
  EXPECT_TRUE(bring_up_to_date(*database, people_schema()).has_value());
}

/// A log of a few entries in a fresh database.
class Log : public ::testing::Test {
 protected:
  void SetUp() override {
    database = opened(place);
    ASSERT_TRUE(bring_up_to_date(*database, log.schema()).has_value());
  }
  base::Result<Entry> append(const std::string& subject, const std::string& kind, const std::string& body) {
    return in_transaction(*database, Access::writing, [&](Transaction& transaction) { return log.append(transaction, {subject, kind, body}); });
  }
  ChainVerdict verified(const std::optional<Head>& noted = {}) {
    auto verdict = in_transaction(*database, Access::reading, [&](Transaction& transaction) { return log.verify(transaction, noted); });
    EXPECT_TRUE(verdict.has_value()) << (verdict ? "" : base::to_text(verdict.error()));
    return verdict.value_or(ChainVerdict{});
  }
  void fill(int entries) {
    for (int i = 1; i <= entries; ++i) ASSERT_TRUE(append(i % 2 == 0 ? "even" : "odd", "noted", fmt::format("{{\"n\": {}}}", i)).has_value());
  }
  std::string place = fresh_place();
  ChainedLog log{"trial_log"};
  std::unique_ptr<Database> database;
};

TEST_F(Log, EntriesComeBackInOrderAndBySubject) {
  fill(5);
  const auto all = in_transaction(*database, Access::reading, [&](Transaction& transaction) { return log.read(transaction); });
  ASSERT_EQ(all->size(), 5U);
  EXPECT_EQ(all->at(2).body, "{\"n\":3}");
  EXPECT_EQ(all->at(2).sequence, 3);
  const auto even = in_transaction(*database, Access::reading, [&](Transaction& transaction) { return log.read(transaction, "even"); });
  EXPECT_EQ(even->size(), 2U);
  const ChainVerdict verdict = verified();
  EXPECT_FALSE(verdict.fault.has_value());
  EXPECT_EQ(verdict.entries, 5);
  EXPECT_EQ(verdict.head.digest, all->at(4).digest);
}

TEST_F(Log, AnEmptyLogIsSound) { EXPECT_FALSE(verified().fault.has_value()); }

TEST_F(Log, TwoPagesOfEntriesVerify) {
  const auto done = in_transaction(*database, Access::writing, [&](Transaction& transaction) -> base::Result<Entry> {
    for (int i = 0; i < 1000; ++i) CANDOUR_TRY_DONE(log.append(transaction, {"x", "noted", "{}"}));
    return log.append(transaction, {"x", "noted", "{}"});
  });
  ASSERT_TRUE(done.has_value());
  EXPECT_EQ(verified().entries, 1001);
  ASSERT_TRUE(run(*database, "DELETE FROM trial_log WHERE sequence BETWEEN 501 AND 1000"));
  EXPECT_EQ(verified().fault.value().sequence, 501);
}

TEST_F(Log, WhatIsNoEntryIsNotWritten) {
  EXPECT_FALSE(append("a", "", "{}").has_value());
  EXPECT_FALSE(append("a\nb", "noted", "{}").has_value());
  EXPECT_FALSE(append("a", "noted", "[]").has_value());
  EXPECT_FALSE(append("a", "noted", "{").has_value());
  EXPECT_EQ(verified().entries, 0);
}

TEST_F(Log, AnyChangeIsFoundAndLocated) {
  const std::vector<std::pair<std::string, std::int64_t>> changes = {
      {"UPDATE trial_log SET body = '{\"n\":30}' WHERE sequence = 3", 3},
      {"UPDATE trial_log SET kind = 'Noted' WHERE sequence = 2", 2},
      {"UPDATE trial_log SET subject = 'even' WHERE sequence = 5", 5},
      {"UPDATE trial_log SET at = '2020-01-01T00:00:00Z' WHERE sequence = 1", 1},
      {"UPDATE trial_log SET digest = 'not a digest' WHERE sequence = 4", 4},
      {"UPDATE trial_log SET digest = (SELECT digest FROM trial_log WHERE sequence = 1) WHERE sequence = 4", 4},
      {"UPDATE trial_log SET sequence = 40 WHERE sequence = 4", 4},
      {"DELETE FROM trial_log WHERE sequence = 2", 2},
      {"DELETE FROM trial_log WHERE sequence = 6", 6},
      {"DELETE FROM trial_log", 1},
      {"INSERT INTO trial_log SELECT 7, at, subject, kind, body, digest FROM trial_log WHERE sequence = 6", 7},
      {"INSERT INTO trial_log SELECT 7000, at, subject, kind, body, digest FROM trial_log WHERE sequence = 6", 7},
      {"INSERT INTO trial_log SELECT 0, at, subject, kind, body, digest FROM trial_log WHERE sequence = 6", 7},
      {"UPDATE trial_log_end SET sequence = 5", 7},
      {"DELETE FROM trial_log_end", 7},
  };
  for (const auto& [change, expected] : changes) {
    place = fresh_place();
    SetUp();
    fill(6);
    ASSERT_TRUE(run(*database, change).has_value()) << change;
    const ChainVerdict verdict = verified();
    ASSERT_TRUE(verdict.fault.has_value()) << change;
    EXPECT_EQ(verdict.fault->sequence, expected) << change << ": " << verdict.fault->what;
  }
}

/// Whoever writes all later entries anew makes a sound chain; only the head that was noted before shows it.
TEST_F(Log, ANotedHeadShowsALogThatWasWrittenAnew) {
  fill(4);
  const Head noted = verified().head;
  ASSERT_TRUE(append("a", "noted", "{}").has_value());
  EXPECT_FALSE(verified(noted).fault.has_value());
  const auto written_anew = in_transaction(*database, Access::writing, [&](Transaction& transaction) -> base::Result<Entry> {
    CANDOUR_TRY_DONE(transaction.run("DELETE FROM trial_log"));
    CANDOUR_TRY_DONE(transaction.run("UPDATE trial_log_end SET sequence = 0, digest = $1", {base::Digest{}.to_hex()}));
    for (int i = 0; i < 4; ++i) CANDOUR_TRY_DONE(log.append(transaction, {"a", "other", "{}"}));
    return log.append(transaction, {"a", "other", "{}"});
  });
  ASSERT_TRUE(written_anew.has_value());
  EXPECT_FALSE(verified().fault.has_value());
  EXPECT_EQ(verified(noted).fault.value().sequence, 4);
}

TEST_F(Log, AnEntryGoesWithItsTransaction) {
  const auto given_up = in_transaction(*database, Access::writing, [&](Transaction& transaction) -> base::Result<Entry> {
    CANDOUR_TRY_DONE(log.append(transaction, {"a", "noted", "{}"}));
    return base::fail({base::Cause::refused, "trial.given_up", {}, "given up", {}});
  });
  EXPECT_FALSE(given_up.has_value());
  EXPECT_EQ(verified().entries, 0);
}

TEST_F(Log, TwoWritersKilledAtAnyInstantLoseAndDoubleNothing) {
  database.reset();
  constexpr int rounds = 20;
  const std::string said = casework_tests::said_by_killed_writers(rounds, [&]() -> casework_tests::WriteOne {
    std::shared_ptr<Database> own = std::move(*open_database(place));
    return [this, own](const std::string& body) {
      return in_transaction(*own, Access::writing, [&](Transaction& transaction) { return log.append(transaction, {"race", "noted", body}); }).has_value();
    };
  });
  database = opened(place);
  const ChainVerdict verdict = verified();
  EXPECT_FALSE(verdict.fault.has_value()) << verdict.fault->what;
  std::vector<std::string> bodies;
  const auto entries = in_transaction(*database, Access::reading, [&](Transaction& transaction) { return log.read(transaction); });
  ASSERT_TRUE(entries.has_value());
  for (const Entry& entry : *entries) bodies.push_back(entry.body);
  casework_tests::expect_nothing_lost_or_doubled(bodies, said, rounds);
}

}  // namespace
}  // namespace candour::casework::store
