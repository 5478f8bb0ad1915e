// A database's answer is read ahead on another thread: nothing is lost, nothing comes twice, and either side can stop.

#include <candour/holdings/answer_ahead.hpp>
#include <candour/holdings/groups_with_totals.hpp>
#include <candour/holdings/tab_separated.hpp>

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

namespace candour::holdings {
namespace {

base::Result<base::Done> give_numbers(int count, const GiveBytes& give) {
  for (int i = 0; i < count; ++i)
    if (!give(std::to_string(i) + "\n")) return base::Done{};
  return base::Done{};
}

base::Error fault(const std::string& code) { return {base::Cause::holding_unreachable, code, {}, "it failed", {}}; }

TEST(AnswerAhead, HandsOnEveryByteInOrder) {
  std::string expected, taken;
  for (int i = 0; i < 2'000'000; ++i) expected += std::to_string(i) + "\n";
  std::chrono::nanoseconds waited{0};
  const auto done = read_ahead([](const GiveBytes& give) { return give_numbers(2'000'000, give); },
                               [&](std::string_view bytes) {
                                 taken += bytes;
                                 return base::Result<base::Done>(base::Done{});
                               },
                               waited);
  ASSERT_TRUE(done.has_value());
  EXPECT_TRUE(taken == expected);
  EXPECT_GT(waited.count(), 0);
}

TEST(AnswerAhead, TheTakersFaultStopsTheReader) {
  int given = 0;
  std::chrono::nanoseconds waited{0};
  const auto done = read_ahead(
      [&](const GiveBytes& give) -> base::Result<base::Done> {
        const std::string block(1U << 18U, 'x');
        while (give(block)) ++given;
        return base::fail(fault("reader"));
      },
      [](std::string_view) { return base::Result<base::Done>(base::fail(fault("taker"))); }, waited);
  ASSERT_FALSE(done.has_value());
  EXPECT_EQ(done.error().code, "taker");
  EXPECT_LT(given, 64) << "the reader must not run far ahead of a taker that has stopped";
}

TEST(AnswerAhead, TheReadersFaultComesAfterWhatItHasGiven) {
  std::size_t taken = 0;
  std::chrono::nanoseconds waited{0};
  const auto done = read_ahead(
      [](const GiveBytes& give) -> base::Result<base::Done> {
        static_cast<void>(give(std::string(1U << 18U, 'x')));
        return base::fail(fault("reader"));
      },
      [&](std::string_view bytes) {
        taken += bytes.size();
        return base::Result<base::Done>(base::Done{});
      },
      waited);
  ASSERT_FALSE(done.has_value());
  EXPECT_EQ(done.error().code, "reader");
  EXPECT_EQ(taken, 1U << 18U);
}

TEST(AnswerAhead, AnExceptionOnEitherSideEndsBoth) {
  std::chrono::nanoseconds waited{0};
  const AnswerTaker take_all = [](std::string_view) { return base::Result<base::Done>(base::Done{}); };
  const AnswerTaker throwing = [](std::string_view) -> base::Result<base::Done> { throw std::runtime_error("taker"); };
  const AnswerReader broken = [](const GiveBytes&) -> base::Result<base::Done> { throw std::runtime_error("reader"); };
  EXPECT_THROW(static_cast<void>(read_ahead(broken, take_all, waited)), std::runtime_error);
  EXPECT_THROW(static_cast<void>(read_ahead([](const GiveBytes& give) { return give_numbers(5'000'000, give); }, throwing, waited)), std::runtime_error);
}

TEST(TabSeparated, AFieldIsTakenApartAsItWasPutTogether) {
  const std::vector<std::optional<std::string>> fields = {"plain", std::nullopt, "", "tab\there", "line\nend", "back\\slash", "\\N"};
  std::string row;
  for (std::size_t f = 0; f < fields.size(); ++f) {
    append_field(row, fields[f]);
    row += f + 1 == fields.size() ? '\n' : '\t';
  }
  for (std::size_t cut = 1; cut < row.size(); ++cut) {
    std::vector<std::optional<std::string>> read;
    TabSeparatedRows rows([&](SqlRow got) {
      read.assign(got.begin(), got.end());
      return base::Result<base::Done>(base::Done{});
    });
    ASSERT_TRUE(rows.take(std::string_view(row).substr(0, cut)).has_value());
    ASSERT_TRUE(rows.take(std::string_view(row).substr(cut)).has_value());
    EXPECT_EQ(read, fields) << "cut at " << cut;
    EXPECT_TRUE(rows.ended_whole());
  }
}

/// What becomes of an answer of groups, and how many rows reach the sink.
bool is_whole(const std::string& answer, int& rows) {
  rows = 0;
  const SqlRowSink sink = [&](SqlRow) {
    ++rows;
    return base::Result<base::Done>(base::Done{});
  };
  GroupsWithTotals groups(2, 1, sink);
  TabSeparatedRows lines([&](SqlRow row) { return groups.take(row); });
  return lines.take(answer).has_value() && lines.ended_whole() && groups.is_whole();
}

TEST(GroupsWithTotals, OnlyAnAnswerWhoseTotalsAgreeIsWhole) {
  int rows = 0;
  EXPECT_TRUE(is_whole("a\t2\nb\t3\n\n\t5\n", rows));
  EXPECT_EQ(rows, 2);
  EXPECT_TRUE(is_whole("", rows)) << "no record at all";
  EXPECT_TRUE(is_whole("\t4\n\n\t4\n", rows)) << "a group of empty texts is no empty line";
  EXPECT_FALSE(is_whole("a\t2\nb\t3\n", rows)) << "broken off at the end of a row";
  EXPECT_FALSE(is_whole("a\t2\n\n\t5\n", rows)) << "a row is missing";
  EXPECT_FALSE(is_whole("a\t2\nCode: 241, e.displayText() = DB::Exception\n", rows));
  EXPECT_FALSE(is_whole("a\t2\n\n\t2\nmore\t1\n", rows));
}

}  // namespace
}  // namespace candour::holdings
