// Real input, unedited: every text of the raw file that the case asks about has its place in the case.
#include <candour/holdings/holding.hpp>
#include <candour/request/case.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

namespace candour {
namespace {

const request::CaseVariable& variable_of(const request::Case& the_case, std::string_view name) {
  return *std::ranges::find(the_case.variables, name, [](const request::CaseVariable& v) -> std::string_view { return v.variable.name; });
}

class RealStops : public ::testing::Test {
 protected:
  void SetUp() override {
    auto loaded = request::load_case(std::filesystem::path(CANDOUR_SOURCE_DIR) / "tests/spec/real-stops");
    ASSERT_TRUE(loaded.has_value()) << base::to_text(loaded.error().front());
    the_case = std::move(*loaded);
  }

  // The leaf code of a text, or the text itself where the mapping does not name it.
  static std::string code_of(const request::CaseVariable& variable, const std::string& text) {
    const auto& mapping = variable.readings[0].mapping;
    const auto mapped = mapping.find(text);
    return mapped == mapping.end() ? text : mapped->second;
  }

  request::Case the_case;
};

TEST_F(RealStops, AskForThreeVariablesTogether) {
  const auto space = request::atom_space_of(the_case, the_case.populations[0]);
  EXPECT_EQ(space->count(), 36U * 6U * 20U);
  const auto designs = request::asked_designs(the_case, the_case.populations[0], *space);
  ASSERT_EQ(designs.size(), 1U);
  EXPECT_EQ(designs[0].id, "q1-month-age-ethnicity");
}

TEST_F(RealStops, FindAPlaceForEveryRowOfTheRawFile) {
  auto holding = holdings::open_csv({the_case.holdings[0].path, ',', holdings::CsvSettings::Encoding::utf_8, {}});
  ASSERT_TRUE(holding.has_value()) << base::to_text(holding.error());
  const auto& month = variable_of(the_case, "month");
  const auto& age = variable_of(the_case, "age");
  const auto& ethnicity = variable_of(the_case, "ethnicity");
  const std::vector<holdings::ColumnRequest> columns = {
      {the_case.populations[0].conditions[0].column, holdings::ColumnKind::text, {}, {}},
      {month.readings[0].column, holdings::ColumnKind::date, base::DateForm::rfc3339, month.readings[0].time_zone},
      {age.readings[0].column, holdings::ColumnKind::text, {}, {}},
      {ethnicity.readings[0].column, holdings::ColumnKind::text, {}, {}}};
  const std::vector<std::string>& flags = the_case.populations[0].conditions[0].any_of;
  std::uint64_t rows = 0;
  std::map<std::string, std::uint64_t> blanks;
  std::set<std::string> months;
  const auto is_leaf = [](const request::CaseVariable& variable, const std::string& code) {
    const auto node = variable.variable.hierarchy.find(code);
    return node && variable.variable.hierarchy.is_leaf(*node);
  };
  const auto read =
      (*holding)->read(columns, [&](const holdings::RecordBatch& batch, const std::vector<std::vector<std::string>>& texts) -> base::Result<base::Done> {
        const auto text = [&](std::size_t column, std::uint64_t row) {
          const std::uint32_t code = batch.columns[column].codes[row];
          return code == holdings::ColumnBatch::missing ? std::string() : texts[column][code];
        };
        for (std::uint64_t row = 0; row < batch.row_count; ++row) {
          if (std::ranges::find(flags, text(0, row)) == flags.end()) continue;
          ++rows;
          months.insert(text(1, row).substr(0, 7));
          EXPECT_TRUE(is_leaf(month, text(1, row).substr(0, 7)));
          for (const auto& [column, variable] : {std::pair{std::size_t{2}, &age}, std::pair{std::size_t{3}, &ethnicity}}) {
            if (text(column, row).empty()) ++blanks[variable->variable.name];
            else EXPECT_TRUE(is_leaf(*variable, code_of(*variable, text(column, row)))) << "a text of column " << columns[column].name << " has no place";
          }
        }
        return base::Done{};
      });
  ASSERT_TRUE(read.has_value()) << base::to_text(read.error());
  EXPECT_EQ(rows, 1377U);
  EXPECT_EQ(months.size(), 36U);
  EXPECT_EQ(blanks["age"], 451U);
  EXPECT_EQ(blanks["ethnicity"], 44U);
}

// None of the rows of policing operations lies so near to midnight; in the whole file ten do, counted by another program too.
TEST_F(RealStops, PutStampsOfTheLastHourOfASummerMonthIntoTheNextOne) {
  auto holding = holdings::open_csv({the_case.holdings[0].path, ',', holdings::CsvSettings::Encoding::utf_8, {}});
  ASSERT_TRUE(holding.has_value());
  const auto& reading = variable_of(the_case, "month").readings[0];
  std::uint64_t moved = 0;
  const auto months = [&](const std::string& time_zone) {
    std::vector<std::string> found;
    const auto read = (*holding)->read({{reading.column, holdings::ColumnKind::date, reading.date_form, time_zone}},
                                       [&](const holdings::RecordBatch& batch, const std::vector<std::vector<std::string>>& texts) -> base::Result<base::Done> {
                                         for (const std::uint32_t code : batch.columns[0].codes) found.push_back(texts[0][code].substr(0, 7));
                                         return base::Done{};
                                       });
    EXPECT_TRUE(read.has_value());
    return found;
  };
  const auto local = months(reading.time_zone);
  const auto universal = months("UTC");
  ASSERT_EQ(local.size(), universal.size());
  for (std::size_t row = 0; row < local.size(); ++row) moved += local[row] != universal[row] ? 1U : 0U;
  EXPECT_EQ(moved, 10U);
}

}  // namespace
}  // namespace candour
