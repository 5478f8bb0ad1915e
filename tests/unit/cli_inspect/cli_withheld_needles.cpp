// From a certificate to needles: what the answer hides is found elsewhere, what it publishes is not.

#include <candour/base/files.hpp>
#include <candour/certify/certificate_text.hpp>
#include <candour/certify/true_cells.hpp>
#include <candour/cli/withheld_needles.hpp>
#include <candour/inspect/inspect_file.hpp>
#include <candour/inspect/rendering.hpp>

#include <gtest/gtest.h>

#include <filesystem>

namespace candour::cli {
namespace {

/// Two months, two age bands, one question; 3 and 250 are withheld, 7 and 12 are published.
class WithheldNeedles : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::path(testing::TempDir()) / "candour-withheld-needles";
    std::filesystem::create_directories(folder_);
    auto space = std::make_shared<table::AtomSpace>();
    space->id = "stops";
    const auto flat = [](const std::string& name, std::vector<table::CategoryRow> rows) { return table::Hierarchy::flat(name, rows).value(); };
    space->variables.push_back({"month", "Month", table::Role::identifying, flat("month", {{"2024-01", "", "January"}, {"2024-02", "", "February"}})});
    space->variables.push_back({"age", "Age", table::Role::identifying, flat("age", {{"a", "", "under 18"}, {"b", "", "18 and over"}})});
    space->questions.push_back({"1", "counted", {}});
    space->memberships = {1};

    table::PublishedTable published;
    published.title = "Counts";
    published.design = {"q1", 0, {{0, {0, 1}}, {1, {0, 1}}}, table::Unit::records};
    const table::TableLayout layout(*space, published.design);
    truth::Population truth{space, {3, 7, 12, 250}, truth::PeopleKnown::unknown, {}, 0};
    for (table::CellIndex cell = 0; cell < layout.cell_count(); ++cell) {
      const auto atoms = layout.atoms(cell);
      const std::int64_t value = truth::records_in(truth, atoms);
      if (value == 7 || value == 12) published.cells.emplace_back(table::Value{value});
      else published.cells.emplace_back(table::Suppressed{});
    }
    certify::CertificateContent content;
    content.populations.push_back({{space, {published}, {}, {}}, {published.design}, {}});
    ASSERT_TRUE(base::write_file_whole(folder_ / "certificate.json", certify::to_text(content)));
    ASSERT_TRUE(base::write_file_whole(folder_ / "true-cells.json", certify::to_text(std::vector{truth})));
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  [[nodiscard]] inspect::InspectionReport look(const std::string& bytes) const {
    inspect::InspectionOptions options;
    options.needles = withheld_needles(folder_ / "certificate.json").value();
    return inspect::inspect_bytes("file", bytes, options);
  }

  std::filesystem::path folder_;
};

TEST_F(WithheldNeedles, FindAHiddenCellUnderItsOwnLabels) {
  const auto report = look("month,under 18,18 and over\nJanuary,3,7\nFebruary,12,[c]\n");
  ASSERT_EQ(report.findings.size(), 1u) << inspect::to_text({report});
  EXPECT_EQ(report.findings[0].kind, inspect::FindingKind::withheld_at_its_cell);
  EXPECT_EQ(report.findings[0].where, std::vector<std::string>{"B2"});
}

TEST_F(WithheldNeedles, FindALargeHiddenNumberAnywhere) {
  const auto report = look("In the meeting it was said that there were 250 of them.\n");
  ASSERT_EQ(report.findings.size(), 1u) << inspect::to_text({report});
  EXPECT_EQ(report.findings[0].kind, inspect::FindingKind::withheld_distinctive);
}

TEST_F(WithheldNeedles, LeaveThePublishedTableAlone) {
  EXPECT_EQ(look("month,under 18,18 and over\nJanuary,[c],7\nFebruary,12,[c]\n").outcome(), inspect::InspectionOutcome::clean);
}

TEST_F(WithheldNeedles, RefuseAChangedCertificate) {
  auto text = base::read_file(folder_ / "certificate.json").value();
  text[text.size() / 2] ^= 1;
  ASSERT_TRUE(base::write_file_whole(folder_ / "certificate.json", text));
  const auto needles = withheld_needles(folder_ / "certificate.json");
  ASSERT_FALSE(needles);
  EXPECT_EQ(needles.error().code, "certify.certificate");
}

}  // namespace
}  // namespace candour::cli
