#include <candour/certify/certificate_text.hpp>
#include <candour/certify/true_cells.hpp>
#include <candour/certify/verify.hpp>

#include "square_case.hpp"

#include <gtest/gtest.h>

#include <random>

namespace {

using namespace candour;
using test_support::SquareCase;

struct Published {
  SquareCase square;
  std::string certificate;
  std::string true_cells;
  std::vector<certify::PublicTableFile> files;

  Published() {
    certificate = std::get<certify::Sealed>(square.certified()).certificate.json;
    true_cells = certify::to_text(square.truth);
    const auto& table = square.draft.published[0].tables[0];
    const table::TableLayout layout(*square.truth[0].space, table.design);
    certify::PublicTableFile file{"q1", "q1.csv", {"x_code", "x", "x_level", "y_code", "y", "y_level", "value", "status"}, {}};
    for (table::CellIndex cell = 0; cell < layout.cell_count(); ++cell) {
      certify::PublicRow row{{}, cell + 2};
      for (std::size_t v = 0; v < 2; ++v) {
        const table::Hierarchy& hierarchy = square.truth[0].space->variables[v].hierarchy;
        const table::NodeIndex node = layout.nodes(cell)[v];
        row.fields.insert(row.fields.end(), {hierarchy.code(node), hierarchy.label(node), hierarchy.level_name(hierarchy.level(node))});
      }
      const auto value = exact_value(table.cells[cell]);
      row.fields.push_back(value ? std::to_string(*value) : "");
      row.fields.push_back(value ? "value" : "confidential");
      file.rows.push_back(row);
    }
    files = {file};
  }
  [[nodiscard]] certify::VerifyReport report() const { return certify::verify({certificate, true_cells, &square.policy, files}); }
};

TEST(Verify, finds_nothing_wrong_with_what_was_sealed) {
  const Published published;
  const auto report = published.report();
  EXPECT_TRUE(report.reasons.empty()) << report.reasons[0].code << ' ' << report.reasons[0].subject;
  EXPECT_EQ(report.cells, 9U);
  EXPECT_EQ(report.secrets, 1U);
}

TEST(Verify, refuses_every_public_figure_that_is_changed_by_one) {
  const Published published;
  for (std::size_t i = 0; i < published.files[0].rows.size(); ++i) {
    Published changed = published;
    auto& value = changed.files[0].rows[i].fields[6];
    value = value.empty() ? "1" : std::to_string(std::stoll(value) + 1);
    EXPECT_FALSE(changed.report().reasons.empty()) << "row " << i;
  }
}

TEST(Verify, refuses_a_missing_a_repeated_and_a_strange_row) {
  Published changed;
  changed.files[0].rows.pop_back();
  EXPECT_EQ(changed.report().reasons.at(0).code, "verify.public_row_missing");
  changed = Published();
  changed.files[0].rows.push_back(changed.files[0].rows.back());
  EXPECT_EQ(changed.report().reasons.at(0).code, "verify.public_row_twice");
  changed = Published();
  changed.files[0].rows[0].fields[0] = "nowhere";
  EXPECT_EQ(changed.report().reasons.at(0).code, "verify.public_category_unknown");
  changed = Published();
  changed.files.push_back({"q9", "q9.csv", {}, {}});
  EXPECT_EQ(changed.report().reasons.at(0).code, "verify.public_table_unknown");
}

TEST(Verify, refuses_every_digit_of_certificate_and_true_cells_that_is_changed_by_one) {
  const Published published;
  std::mt19937 random(1);
  const auto change_a_digit = [&](std::string& text) {
    std::size_t at = random() % text.size();
    while (text[at] < '0' || text[at] > '9') at = (at + 1) % text.size();
    text[at] = text[at] == '9' ? '8' : static_cast<char>(text[at] + 1);
  };
  for (int i = 0; i < 400; ++i) {
    Published changed = published;
    change_a_digit(i % 2 == 0 ? changed.certificate : changed.true_cells);
    EXPECT_FALSE(changed.report().reasons.empty()) << "change " << i;
  }
}

TEST(Verify, refuses_another_policy) {
  Published changed;
  changed.square.policy.digest = base::digest_of("another policy");
  EXPECT_EQ(changed.report().reasons.at(0).code, "verify.policy_differs");
}

TEST(Verify, does_not_rest_on_the_digests_alone) {
  // A certificate made anew around a changed witness is refused by re-adding.
  const Published published;
  auto content = certify::certificate_from(published.certificate).value();
  content.populations[0].evidence.moves[1][0].change += 1;
  Published changed = published;
  changed.certificate = certify::to_text(content);
  EXPECT_EQ(changed.report().reasons.at(0).code, "certify.not_a_world");
}

TEST(Verify, with_the_records_refuses_a_recount_that_differs) {
  const Published published;
  auto recount = published.square.truth;
  const certify::VerifyInput input{published.certificate, published.true_cells, &published.square.policy, published.files};
  EXPECT_TRUE(certify::verify_with_records(input, recount, {}).reasons.empty());
  EXPECT_EQ(certify::verify_with_records(input, recount, base::digest_of("other records")).reasons.at(0).code, "verify.records_differ");
  recount[0].counts[0] += 1;
  EXPECT_EQ(certify::verify_with_records(input, recount, {}).reasons.at(0).code, "verify.recount_differs");
}

TEST(TrueCells, come_back_as_they_were_written) {
  auto truth = test_support::population_of(test_support::space_over({{test_support::flat_hierarchy("x", 3), table::Role::identifying}}), {5, 0, 2});
  truth.people = truth::PeopleKnown::partly;
  truth.person_count = 2;
  truth.contributions = {{0, 0, 1}, {0, 1, 3}};
  const auto back = certify::true_cells_from(certify::to_text({truth}), {truth.space});
  ASSERT_TRUE(back);
  EXPECT_TRUE(certify::agree(*back, {truth}));
}

}  // namespace
