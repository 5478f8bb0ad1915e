// The least costly recoding equals the best of all combinations of levels, and what it shows holds against an attack and a second count.

#include <candour/attack/record_attack.hpp>
#include <candour/certify/recoded_records.hpp>
#include <candour/protect/recode/optimal_recoding.hpp>
#include <candour/protect/recode/shown_records.hpp>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <random>

namespace candour::protect {
namespace {

using Random = std::mt19937_64;

std::size_t between(Random& random, std::size_t lowest, std::size_t highest) { return lowest + random() % (highest - lowest + 1); }

/// Leaves joined at random from level to level, until one category is left.
truth::QuasiIdentifier random_identifier(Random& random, std::size_t number) {
  truth::QuasiIdentifier identifier;
  identifier.name = fmt::format("column {}", number);
  std::vector<std::uint32_t> category;
  for (std::uint32_t leaf = 0; leaf < between(random, 1, 6); ++leaf) category.push_back(leaf);
  std::size_t categories = category.size();
  while (true) {
    identifier.category_of_leaf.push_back(category);
    std::vector<std::string> labels;
    for (std::size_t c = 0; c < categories; ++c) labels.push_back(fmt::format("{}.{}", identifier.category_of_leaf.size(), c));
    identifier.labels.push_back(std::move(labels));
    if (categories == 1) return identifier;
    const std::size_t fewer = between(random, 1, categories - 1);
    std::vector<std::uint32_t> joined(categories);
    for (std::size_t c = 0; c < categories; ++c) joined[c] = static_cast<std::uint32_t>(c < fewer ? c : random() % fewer);
    for (std::uint32_t& c : category) c = joined[c];
    categories = fewer;
  }
}

truth::CodedRecords random_records(Random& random) {
  truth::CodedRecords records;
  records.count = between(random, 1, 60);
  for (std::size_t i = 0; i < between(random, 1, 4); ++i) records.identifiers.push_back(random_identifier(random, i));
  if (random() % 2 == 0) records.sensitive.push_back({"outcome", {"A", "B", "C"}});
  for (const auto& identifier : records.identifiers) {
    records.leaves.emplace_back();
    const std::size_t common = random() % identifier.leaf_count();
    for (std::size_t r = 0; r < records.count; ++r)
      records.leaves.back().push_back(static_cast<std::uint32_t>(random() % 3 == 0 ? random() % identifier.leaf_count() : common));
  }
  for (std::size_t s = 0; s < records.sensitive.size(); ++s) {
    records.values.emplace_back();
    for (std::size_t r = 0; r < records.count; ++r) records.values.back().push_back(random() % 4 == 0 ? static_cast<std::uint32_t>(random() % 3) : 0);
  }
  return records;
}

PrivacyModel random_model(Random& random) {
  PrivacyModel model;
  model.smallest_class = static_cast<std::int64_t>(between(random, 2, 5));
  model.distinct_values = static_cast<std::int64_t>(between(random, 2, 3));
  model.coalition = static_cast<std::int64_t>(between(random, 0, 2));
  if (random() % 3 == 0) model.largest_distance = 0.05 * static_cast<double>(between(random, 1, 12));
  model.suppression_limit_percent = static_cast<std::int64_t>(random() % 2 == 0 ? 0 : between(random, 0, 60));
  return model;
}

std::vector<std::vector<std::string>> rows_of(const truth::CodedRecords& records, const PrivacyModel& model, const std::vector<std::size_t>& levels) {
  const auto shown = shown_records(records, model, levels);
  std::vector<std::vector<std::string>> rows;
  for (std::size_t r = 0; r < records.count; ++r) {
    if (!shown[r]) continue;
    std::vector<std::string> row;
    for (std::size_t i = 0; i < levels.size(); ++i)
      row.push_back(records.identifiers[i].labels[levels[i]][records.identifiers[i].category_of_leaf[levels[i]][records.leaves[i][r]]]);
    for (std::size_t s = 0; s < records.sensitive.size(); ++s) row.push_back(records.sensitive[s].labels[records.values[s][r]]);
    rows.push_back(std::move(row));
  }
  return rows;
}

/// The definition, record by record: the mean over the identifiers of the share of the leaves that the record's category covers, a suppressed record covering
/// all.
double loss_of(const truth::CodedRecords& records, const PrivacyModel& model, const std::vector<std::size_t>& levels) {
  const auto shown = shown_records(records, model, levels);
  double loss = 0;
  for (std::size_t i = 0; i < levels.size(); ++i) {
    const auto& identifier = records.identifiers[i];
    const auto leaves = static_cast<double>(identifier.leaf_count());
    if (leaves == 1) continue;
    const auto& category = identifier.category_of_leaf[levels[i]];
    for (std::size_t r = 0; r < records.count; ++r) {
      const auto covered = static_cast<double>(std::count(category.begin(), category.end(), category[records.leaves[i][r]]));
      const double share = shown[r] ? covered / leaves : 1;
      loss += (share - 1 / leaves) / (1 - 1 / leaves) / static_cast<double>(records.count) / static_cast<double>(levels.size());
    }
  }
  return loss;
}

attack::PublishedRecords published(const truth::CodedRecords& records, std::vector<std::vector<std::string>> rows) {
  attack::PublishedRecords all;
  for (const auto& identifier : records.identifiers) all.identifiers.push_back(identifier.name);
  for (const auto& column : records.sensitive) all.sensitive.push_back(column.name);
  all.rows = std::move(rows);
  return all;
}

TEST(Recoding, IsTheBestOfAllCombinationsAndHolds) {
  Random random(20260101);
  int found = 0, none = 0;
  std::int64_t counted = 0, all = 0;
  for (int trial = 0; trial < 3000; ++trial) {
    SCOPED_TRACE(trial);
    const truth::CodedRecords records = random_records(random);
    const PrivacyModel model = random_model(random);
    const auto best = optimal_recoding(records, model), brute = exhaustive_recoding(records, model);
    ASSERT_EQ(best.has_value(), brute.has_value());
    if (!best) {
      EXPECT_EQ(best.error().code, "recoding.none");
      ++none;
      continue;
    }
    ++found;
    counted += best->evaluated, all += brute->evaluated;
    EXPECT_TRUE(best->is_optimal);
    EXPECT_NEAR(best->loss, brute->loss, 1e-9);
    EXPECT_NEAR(best->loss, loss_of(records, model, best->levels), 1e-9);
    const auto rows = rows_of(records, model, best->levels);
    EXPECT_EQ(static_cast<std::int64_t>(records.count - rows.size()), best->suppressed);
    const certify::RecodingPromise promise{best->levels,    model.smallest_class,   model.distinct_values,
                                           model.coalition, model.largest_distance, model.suppression_limit_percent};
    EXPECT_TRUE(certify::faults_of_recoding(records, promise, rows).empty());
    EXPECT_TRUE(attack::attack_records(published(records, rows), model.smallest_class, model.coalition).empty());
  }
  fmt::print("{} recodings found, {} not possible; {} combinations counted in place of {}\n", found, none, counted, all);
  EXPECT_GT(found, 500);
  EXPECT_GT(none, 100);
}

TEST(Recoding, TakesTheBestOfThoseThatAreAccepted) {
  Random random(31);
  int refused = 0, none = 0;
  for (int trial = 0; trial < 600; ++trial) {
    SCOPED_TRACE(trial);
    const truth::CodedRecords records = random_records(random);
    const PrivacyModel model = random_model(random);
    const auto alone = optimal_recoding(records, model);
    if (!alone) continue;
    // Any rule will do, as long as it is one.
    const std::uint64_t salt = random();
    const auto accepts = [&](const std::vector<std::size_t>& levels) {
      std::uint64_t hash = salt;
      for (const std::size_t level : levels) hash = (hash ^ level) * 0x9E3779B97F4A7C15ULL;
      return hash >> 62U != 0;
    };
    const auto best = optimal_recoding(records, model, {}, accepts);
    std::optional<double> least;
    std::vector<std::size_t> levels(records.identifiers.size());
    for (bool more = true; more;) {
      const auto shown = shown_records(records, model, levels);
      const auto kept = static_cast<std::int64_t>(std::count(shown.begin(), shown.end(), true)), count = static_cast<std::int64_t>(records.count);
      const std::int64_t left_out = count - kept;
      if (kept > 0 && left_out * 100 <= count * model.suppression_limit_percent && (left_out == 0 || left_out >= model.smallest_class) && accepts(levels))
        least = std::min(least.value_or(2), loss_of(records, model, levels));
      more = false;
      for (std::size_t i = 0; i < levels.size() && !more; ++i) {
        more = ++levels[i] < records.identifiers[i].level_count();
        if (!more) levels[i] = 0;
      }
    }
    ASSERT_EQ(best.has_value(), least.has_value());
    if (!best) {
      ++none;
      continue;
    }
    EXPECT_TRUE(accepts(best->levels));
    EXPECT_TRUE(best->is_optimal);
    EXPECT_NEAR(best->loss, *least, 1e-9);
    if (best->levels != alone->levels) ++refused;
  }
  EXPECT_GT(refused, 30);
  EXPECT_GT(none, 10);
}

TEST(Recoding, ALimitLeavesABoundThatHolds) {
  Random random(7);
  int unfinished = 0;
  for (int trial = 0; trial < 1000; ++trial) {
    const truth::CodedRecords records = random_records(random);
    const PrivacyModel model = random_model(random);
    RecodingLimits limits;
    limits.most_evaluations = 3;
    const auto stopped = optimal_recoding(records, model, limits), best = optimal_recoding(records, model);
    if (!stopped) continue;
    ASSERT_TRUE(best.has_value());
    EXPECT_GE(stopped->loss, best->loss - 1e-9);
    EXPECT_LE(stopped->lowest_loss, best->loss + 1e-9);
    if (!stopped->is_optimal) ++unfinished;
  }
  EXPECT_GT(unfinished, 20);
}

TEST(Recoding, IsTheSameForAnyNumberOfThreads) {
  Random random(17);
  int with_several = 0;
  for (int trial = 0; trial < 150; ++trial) {
    SCOPED_TRACE(trial);
    truth::CodedRecords records = random_records(random);
    // Four more columns: enough combinations for many blocks.
    for (std::size_t i = 0; i < 4; ++i) {
      records.identifiers.push_back(random_identifier(random, 10 + i));
      records.leaves.emplace_back();
      for (std::size_t r = 0; r < records.count; ++r)
        records.leaves.back().push_back(static_cast<std::uint32_t>(random() % 3 == 0 ? random() % records.identifiers.back().leaf_count() : 0));
    }
    const PrivacyModel model = random_model(random);
    RecodingLimits limits;
    limits.most_evaluations = random() % 4 == 0 ? 20 : 2'000'000;
    limits.threads = 1;
    const auto alone = optimal_recoding(records, model, limits);
    for (const unsigned threads : {2U, 5U}) {
      limits.threads = threads;
      const auto together = optimal_recoding(records, model, limits);
      ASSERT_EQ(alone.has_value(), together.has_value());
      if (!alone) continue;
      ++with_several;
      EXPECT_EQ(alone->levels, together->levels);
      EXPECT_EQ(alone->loss, together->loss);
      EXPECT_EQ(alone->lowest_loss, together->lowest_loss);
      EXPECT_EQ(alone->evaluated, together->evaluated);
      EXPECT_EQ(alone->suppressed, together->suppressed);
    }
  }
  EXPECT_GT(with_several, 50);
}

TEST(Recoding, DoesNotDependOnTheOrderOfRecords) {
  Random random(11);
  for (int trial = 0; trial < 200; ++trial) {
    const truth::CodedRecords records = random_records(random);
    const PrivacyModel model = random_model(random);
    truth::CodedRecords reversed = records;
    for (auto& column : reversed.leaves) std::reverse(column.begin(), column.end());
    for (auto& column : reversed.values) std::reverse(column.begin(), column.end());
    const auto a = optimal_recoding(records, model), b = optimal_recoding(reversed, model);
    ASSERT_EQ(a.has_value(), b.has_value());
    if (!a) continue;
    EXPECT_EQ(a->levels, b->levels);
    auto rows = rows_of(records, model, a->levels), others = rows_of(reversed, model, b->levels);
    std::sort(rows.begin(), rows.end());
    std::sort(others.begin(), others.end());
    EXPECT_EQ(rows, others);
  }
}

// ---- the alarms ring ----

/// Six alike of which one has another outcome, and one who is alone.
truth::CodedRecords seven() {
  truth::CodedRecords records;
  records.identifiers = {{"area", {{0, 1}, {0, 0}}, {{"north", "south"}, {"*"}}}};
  records.sensitive = {{"outcome", {"A", "B"}}};
  records.leaves = {{0, 0, 0, 0, 0, 0, 1}};
  records.values = {{0, 0, 0, 0, 0, 1, 1}};
  records.count = 7;
  return records;
}

std::vector<std::vector<std::string>> all_in_full() {
  return {{"north", "A"}, {"north", "A"}, {"north", "A"}, {"north", "A"}, {"north", "A"}, {"north", "B"}, {"south", "B"}};
}

TEST(Recoding, ARecodingThatSuppressesNobodyIsFoundOut) {
  const auto findings = attack::attack_records(published(seven(), all_in_full()), 5, 0);
  ASSERT_EQ(findings.size(), 2U);
  EXPECT_EQ(findings[0].kind, attack::RecordFinding::Kind::small_class);
  EXPECT_EQ(findings[0].who, std::vector<std::string>{"south"});
  EXPECT_EQ(findings[1].kind, attack::RecordFinding::Kind::shared_value);
  const auto faults = certify::faults_of_recoding(seven(), {{0}, 5, 2, 0, std::nullopt, 0}, all_in_full());
  EXPECT_EQ(faults.size(), 3U) << "one small class, of one value, that everybody knows";
}

TEST(Recoding, TheOnlyOneWithAnotherValueLearnsThatOfAllOthers) {
  auto rows = all_in_full();
  rows.pop_back();
  EXPECT_TRUE(attack::attack_records(published(seven(), rows), 5, 0).empty());
  const auto findings = attack::attack_records(published(seven(), rows), 5, 1);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].learnt, "outcome: A");
  EXPECT_EQ(findings[0].arithmetic, "6 records look alike; 5 of them have the value; 1 insiders leave nobody without it");
}

TEST(Recoding, TheSecondCountFindsWhatWasChanged) {
  const certify::RecodingPromise promise{{1}, 5, 2, 1, std::nullopt, 0};
  auto rows = all_in_full();
  for (auto& row : rows) row[0] = "*";
  EXPECT_TRUE(certify::faults_of_recoding(seven(), promise, rows).empty());
  auto changed = rows;
  changed[0][1] = "B";
  EXPECT_EQ(certify::faults_of_recoding(seven(), promise, changed).size(), 1U);
  auto shorter = rows;
  shorter.pop_back();
  EXPECT_EQ(certify::faults_of_recoding(seven(), promise, shorter).size(), 4U)
      << "not the true records, one value too common, more than 0 % left out, and a small number of them";
  auto invented = rows;
  invented[0][0] = "north";
  EXPECT_FALSE(certify::faults_of_recoding(seven(), promise, invented).empty());
}

}  // namespace
}  // namespace candour::protect
