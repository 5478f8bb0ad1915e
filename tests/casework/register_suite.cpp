// The register of releases: one suite, over SQLite and over PostgreSQL.

#include "killed_writers.hpp"
#include "places.hpp"

#include <candour/casework/register/release_register.hpp>
#include <candour/casework/register/release_text.hpp>
#include <candour/table/noise_spent.hpp>

#include <gtest/gtest.h>

#include <sys/wait.h>
#include <unistd.h>

#include <limits>

namespace candour::casework {
namespace {

using casework_tests::fresh_place;
using table::noise_spent;
using table::Release;

base::Date day(const char* iso) { return base::parse_iso_date(iso).value(); }

Release release(const std::string& id, std::int64_t count = 57) {
  table::ReleasedTable table{"t",
                             "Stops by age",
                             "stopped",
                             "",
                             {{"age", {{"All ages", "", {"18-24", "25+"}}, {"18 to 24", "18-24", {"18-24"}}, {"25 and over", "25+", {"25+"}}}}},
                             {{"month", {{"2024", "2024", {"2024"}}}}},
                             {{count + 40, count + 40, false}, {count, count, false}, {1, std::numeric_limits<std::int64_t>::max(), true}},
                             0};
  table::ReleasedTable share{"s", "", "arrested", "stopped", {}, {{"month", {{"2024", "2024", {"2024"}}}}}, {{0, -1, false}}, 0};
  return {id,
          "Stops",
          "stops",
          day("2024-05-03"),
          day("2024-04-12"),
          "",
          "import",
          "",
          "",
          {table, share},
          {{table::ReleasedRatio::Kind::per_cent, {1, 0}, {0, 0}, 1, 379}}};
}

ReleaseRegister opened(const std::string& place) {
  auto registered = ReleaseRegister::open(place);
  EXPECT_TRUE(registered.has_value()) << (registered ? "" : base::to_text(registered.error()));
  return *std::move(registered);
}

TEST(ReleaseRegister, GivesBackEveryReleaseAsItWasAdded) {
  ReleaseRegister registered = opened(fresh_place());
  Release other = release("B-2", 30);
  other.population = "arrests";
  ASSERT_TRUE(registered.add({release("A-1"), other}));
  const auto all = registered.list();
  ASSERT_TRUE(all);
  ASSERT_EQ(all->size(), 2U);
  EXPECT_EQ(all->at(0).release, release("A-1"));
  EXPECT_EQ(all->at(1).release, other);
  EXPECT_EQ(registered.list("arrests")->size(), 1U);
  const auto verdict = registered.verify();
  EXPECT_FALSE(verdict->fault);
  EXPECT_EQ(verdict->entries, 2);
  EXPECT_EQ(verdict->head.digest, all->at(1).digest);
}

TEST(ReleaseRegister, TakesTheSameReleaseOnceAndAnotherOfItsNameNever) {
  ReleaseRegister registered = opened(fresh_place());
  ASSERT_TRUE(registered.add({release("A-1")}));
  ASSERT_TRUE(registered.add({release("A-1")}));
  EXPECT_EQ(registered.list()->size(), 1U);
  const auto other = registered.add({release("C-1"), release("A-1", 58)});
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().code, "register.already_there");
  EXPECT_EQ(registered.list()->size(), 1U) << "all or none";
}

TEST(ReleaseRegister, RefusesWhatCannotStandBesideTheOthers) {
  ReleaseRegister registered = opened(fresh_place());
  Release correction = release("A-2");
  correction.corrects = "A-1";
  EXPECT_EQ(registered.add({correction}).error().code, "register.no_release");
  ASSERT_TRUE(registered.add({release("A-1"), correction}));
  Release circle = release("A-3");
  circle.tables[0].counted_among = "arrested";
  EXPECT_EQ(registered.add({circle}).error().code, "releases.counted");
  Release torn = release("A-4");
  torn.tables[0].cells.pop_back();
  EXPECT_EQ(registered.add({torn}).error().code, "releases.shape");
}

TEST(ReleaseRegister, CountsTablesWithNoiseAndRefusesTheOneTooMany) {
  ReleaseRegister registered = opened(fresh_place());
  for (int i = 1; i <= 11; ++i) {
    Release noisy = release("N-" + std::to_string(i));
    noisy.tables[0].noise_thousandths = 3000;  // variance 3: ten of them are the most
    noisy.tables[0].cells = {{}, {}, {}};
    noisy.ratios.clear();
    const auto added = registered.add({noisy});
    if (i <= 10) ASSERT_TRUE(added.has_value()) << i;
    else EXPECT_EQ(added.error().code, "register.averaging");
  }
  ASSERT_TRUE(registered.add({release("A-1")})) << "a table without noise has no part in it";
}

Release noisy(const std::string& id, std::int64_t variance, const std::string& key = {}) {
  Release noisy = release(id);
  noisy.tables[0].noise_thousandths = 1000 * variance;
  noisy.tables[0].noise_key = key;
  noisy.tables[0].cells = {{}, {}, {}};
  noisy.tables.pop_back();
  noisy.ratios.clear();
  return noisy;
}

TEST(ReleaseRegister, ANoiseBudgetIsSpentToTheLastAndNeverOverdrawn) {
  ReleaseRegister registered = opened(fresh_place());
  const NoiseBudget half{500'000};
  for (const char* id : {"N-1", "N-2", "N-3"}) ASSERT_TRUE(registered.add({noisy(id, 3)}, half)) << "a sixth each";
  const auto refused = registered.add({noisy("N-4", 1000)}, half);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "register.budget");
  EXPECT_EQ(refused.error().sentence,
            "'N-4' would spend 0.0005 of the noise budget of population 'stops', which is 0.5 and of which 0.5 is spent (3 tables with noise)");
  EXPECT_TRUE(registered.add({noisy("N-3", 3)}, half)) << "what stands there already spends nothing";
  EXPECT_TRUE(registered.add({release("A-1")}, half));
  Release elsewhere = noisy("N-5", 3);
  elsewhere.population = "arrests";
  EXPECT_TRUE(registered.add({elsewhere}, half)) << "each population has its own";
  EXPECT_EQ(noise_spent(releases_of(*registered.list(), "stops")).rho_millionths, 500'000);
  EXPECT_EQ(registered.add({noisy("N-6", 3)}, NoiseBudget{600'000}).error().sentence.find("'N-6' would spend 0.166667"), 0U);
  EXPECT_TRUE(registered.add({noisy("N-6", 5)}, NoiseBudget{600'000})) << "the variance that the hint names";
}

TEST(ReleaseRegister, TheSameTableUnderTheSameKeyOfNoiseIsToldOnce) {
  ReleaseRegister registered = opened(fresh_place());
  const NoiseBudget sixth{166'667};
  ASSERT_TRUE(registered.add({noisy("K-1", 3, "key a")}, sixth));
  EXPECT_TRUE(registered.add({noisy("K-2", 3, "key a")}, sixth));
  EXPECT_EQ(registered.add({noisy("K-3", 3, "key b")}, sixth).error().code, "register.budget");
  Release other = noisy("K-4", 3, "key a");
  other.tables[0].by[0].name = "area";
  EXPECT_EQ(registered.add({other}, sixth).error().code, "register.budget") << "other cells under the same key have noise of their own";
  EXPECT_EQ(registered.add({noisy("K-5", 3)}, sixth).error().code, "register.budget");
}

// Each of four writers, all at once, draws as often as it is let.
TEST(ReleaseRegister, WritersAtOnceNeverOverdrawABudgetTogether) {
  const std::string place = fresh_place();
  { ReleaseRegister made = opened(place); }
  constexpr int writers = 4, tries = 5, most = 7;
  std::vector<pid_t> children;
  for (int writer = 0; writer < writers; ++writer) {
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child != 0) {
      children.push_back(child);
      continue;
    }
    ReleaseRegister own = opened(place);
    int taken = 0;
    for (int i = 0; i < tries; ++i)
      taken += own.add({noisy("N-" + std::to_string(writer) + "-" + std::to_string(i), 50)}, NoiseBudget{most * 10'000}).has_value() ? 1 : 0;
    _exit(taken);
  }
  int taken = 0;
  for (const pid_t child : children) {
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFEXITED(status));
    taken += WEXITSTATUS(status);
  }
  EXPECT_EQ(taken, most) << "as many as the budget has room for, and no more";
  ReleaseRegister registered = opened(place);
  EXPECT_EQ(registered.list()->size(), static_cast<std::size_t>(most));
  EXPECT_EQ(noise_spent(releases_of(*registered.list(), "stops")).rho_millionths, most * 10'000);
  EXPECT_FALSE(registered.verify()->fault);
}

TEST(ReleaseRegister, AChangedByteIsFoundAndLocated) {
  const std::string place = fresh_place();
  ReleaseRegister registered = opened(place);
  ASSERT_TRUE(registered.add({release("A-1"), release("A-2"), release("A-3")}));
  const store::Head noted = registered.verify()->head;
  auto database = store::open_database(place);
  ASSERT_TRUE(database);
  const auto changed = store::in_transaction(**database, store::Access::writing, [](store::Transaction& transaction) {
    return transaction.run("UPDATE release_register SET body = REPLACE(body, '97', '98') WHERE sequence = 2");
  });
  ASSERT_TRUE(changed);
  const auto verdict = registered.verify(noted);
  ASSERT_TRUE(verdict->fault);
  EXPECT_EQ(verdict->fault->sequence, 2);
  EXPECT_EQ(registered.list().error().code, "log.damaged");
  EXPECT_FALSE(registered.add({release("A-4")})) << "nothing is added to a damaged register";
}

TEST(ReleaseRegister, WritersKilledAtAnyInstantLoseNothingAndLeaveItWhole) {
  const std::string place = fresh_place();
  { ReleaseRegister made = opened(place); }
  constexpr int rounds = 3;
  const std::string said = casework_tests::said_by_killed_writers(rounds, [&]() -> casework_tests::WriteOne {
    auto own = std::make_shared<ReleaseRegister>(opened(place));
    return [own](const std::string& body) { return own->add({release(body)}).has_value(); };
  });
  ReleaseRegister registered = opened(place);
  EXPECT_FALSE(registered.verify()->fault);
  std::vector<std::string> ids;
  const auto listed = registered.list();
  ASSERT_TRUE(listed);
  for (const RegisteredRelease& one : *listed) ids.push_back(one.release.id);
  casework_tests::expect_nothing_lost_or_doubled(ids, said, rounds);
}

TEST(ReleaseText, ComesBackAsItWas) {
  EXPECT_EQ(release_from(to_text(release("A-1"))).value(), release("A-1"));
  EXPECT_EQ(release_from(to_text(noisy("N-1", 3, "key a"))).value(), noisy("N-1", 3, "key a"));
  EXPECT_EQ(release_from("{\"id\": 3}").error().code, "register.malformed");
  EXPECT_EQ(release_from("no json").error().code, "register.malformed");
}

}  // namespace
}  // namespace candour::casework
