#include <candour/table/canonical.hpp>

#include "tiny_population.hpp"

#include <gtest/gtest.h>

namespace {

using namespace candour;

table::PublishedPopulation small_draft() {
  const auto truth = test_support::population_of(test_support::space_over({{test_support::flat_hierarchy("x", 2), table::Role::identifying}}), {8, 9});
  return {truth.space,
          {test_support::exact_table(truth, test_support::full_design(*truth.space))},
          {{"n", "1", table::StatementPlace::note, "A note.", table::NoClaim{}}},
          {}};
}

TEST(DraftDigest, changes_with_every_public_part) {
  const auto digest = table::digest_of_draft({small_draft()});
  EXPECT_EQ(table::digest_of_draft({small_draft()}), digest);
  auto other = small_draft();
  other.tables[0].cells[1] = table::Value{9};
  EXPECT_NE(table::digest_of_draft({other}), digest);
  other = small_draft();
  other.tables[0].cells[1] = table::Suppressed{};
  EXPECT_NE(table::digest_of_draft({other}), digest);
  other = small_draft();
  other.statements[0].text = "Another note.";
  EXPECT_NE(table::digest_of_draft({other}), digest);
  other = small_draft();
  other.tables[0].convention = table::ZeroConvention::hidden_may_be_zero;
  EXPECT_NE(table::digest_of_draft({other}), digest);
}

}  // namespace
