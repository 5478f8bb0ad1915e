// What the officer settles about detail before the search, as the case file says it.
#include <candour/base/files.hpp>
#include <candour/request/detail_wishes.hpp>

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace candour {
namespace {

// The sample of the manual with a part more.
class DetailWishes : public ::testing::Test {
 protected:
  void SetUp() override {
    folder = std::filesystem::temp_directory_path() / ("candour-wishes-" + std::to_string(::testing::UnitTest::GetInstance()->random_seed()) +
                                                       ::testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::remove_all(folder);
    std::filesystem::copy(std::filesystem::path(CANDOUR_SOURCE_DIR) / "docs/reference/case-sample", folder, std::filesystem::copy_options::recursive);
  }
  void TearDown() override { std::filesystem::remove_all(folder); }

  base::ResultOrErrors<std::vector<request::DetailWishes>> wishes(const std::string& part) {
    std::ofstream(folder / "case.toml", std::ios::app) << "\n" << part;
    auto loaded = request::load_case(folder);
    if (!loaded) return tl::make_unexpected(std::move(loaded).error());
    return request::load_detail_wishes(*loaded);
  }

  std::filesystem::path folder;
};

TEST_F(DetailWishes, AreNoneWhereTheCaseSaysNothing) {
  const auto none = wishes("");
  ASSERT_TRUE(none.has_value());
  EXPECT_TRUE(none->empty());
}

TEST_F(DetailWishes, NameWhatIsNeverCrossedKeptAndWeighted) {
  const auto all = wishes(
      "[[detail]]\npopulation = \"seen\"\nnever_cross = [\"age\", \"ethnicity\"]\nkeep = [\"month\"]\nmay_join = [\"ethnicity\"]\n"
      "[[detail.weight]]\nvariable = \"month\"\nweight = 50\n[[detail.weight]]\nfirst = \"2023-04\"\nlast = \"2023-06\"\nweight = 100\n");
  ASSERT_TRUE(all.has_value()) << base::to_text(all.error().front());
  ASSERT_EQ(all->size(), 1U);
  EXPECT_EQ(all->front().never_cross, (std::vector<std::pair<std::string, std::string>>{{"age", "ethnicity"}}));
  EXPECT_EQ(all->front().keep, (std::vector<std::string>{"month"}));
  EXPECT_EQ(all->front().may_join, (std::vector<std::string>{"ethnicity"}));
  ASSERT_EQ(all->front().weights.size(), 2U);
  EXPECT_EQ(all->front().weights[0].variable, "month");
  EXPECT_EQ(all->front().weights[1].periods.second - all->front().weights[1].periods.first, 3U);
}

TEST_F(DetailWishes, WithAMistakeAreRefusedWithItsLine) {
  const std::pair<std::string, std::string> mistakes[] = {
      {"[[detail]]\npopulation = \"nowhere\"\n", "case.unknown_population"},
      {"[[detail]]\npopulation = \"seen\"\nkeep = [\"shoe size\"]\n", "case.unknown_variable"},
      {"[[detail]]\npopulation = \"seen\"\n[[detail.weight]]\nvariable = \"month\"\nweight = 0\n", "case.weight"},
      {"[[detail]]\npopulation = \"seen\"\n[[detail.weight]]\nweight = 5\n", "case.weight"},
      {"[[detail]]\npopulation = \"seen\"\n[[detail.weight]]\nfirst = \"1999-01\"\nlast = \"1999-02\"\nweight = 5\n", "case.unknown_period"}};
  for (const auto& [part, code] : mistakes) {
    TearDown();
    SetUp();
    const auto refused = wishes(part);
    ASSERT_FALSE(refused.has_value()) << code;
    EXPECT_EQ(refused.error().front().code, code);
    EXPECT_GT(refused.error().front().place.line, 1U) << code;
  }
}

}  // namespace
}  // namespace candour
