// The last look: a file of ours passes, a file that hides something or that no writer of ours made is refused by name.

#include <candour/answer/way_out.hpp>
#include <candour/formats/csv_writer.hpp>
#include <candour/formats/workbook.hpp>

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace candour::answer {
namespace {

using namespace std::chrono_literals;

std::string workbook() {
  formats::Workbook book{"Answer", "en", "GB", 2026y / std::chrono::March / 1, {}};
  book.sheets.push_back({"Cover", {"Answer to request 12"}, std::nullopt, 40});
  return formats::write_ods(book).value();
}

std::string table() { return formats::CsvWriter().text("month").text("count").end_row().text("January").number("12").end_row().finish(); }

std::vector<base::FileToWrite> files_of_ours() {
  return {{"csv/q1.csv", table()},
          {"tables.ods", workbook()},
          {"entry.json", "{\n  \"reference\": \"FOI/12\"\n}\n"},
          {"answer.html", "<!DOCTYPE html>\n<html lang=\"en-GB\"><body><p>x</p></body></html>\n"}};
}

struct Fault {
  std::string name;
  base::FileToWrite file;
  std::string words;  ///< in the message
};

class PlantedFault : public testing::TestWithParam<Fault> {};

TEST(WayOut, LetsOurOwnFilesPass) { EXPECT_TRUE(look_before_writing("public", files_of_ours()).has_value()); }

TEST_P(PlantedFault, IsRefusedByNameWithoutItsContent) {
  auto files = files_of_ours();
  files.push_back(GetParam().file);
  const auto looked = look_before_writing("public", files);
  ASSERT_FALSE(looked.has_value());
  EXPECT_EQ(looked.error().code, "answer.hides_something");
  EXPECT_EQ(base::exit_status(looked.error().cause), 3);
  const std::string said = base::to_text(looked.error());
  EXPECT_NE(said.find("public/" + GetParam().file.path.generic_string()), std::string::npos) << said;
  EXPECT_NE(said.find(GetParam().words), std::string::npos) << said;
  EXPECT_EQ(said.find("Alder"), std::string::npos) << said;
}

std::string with_a_trailer(std::string bytes) { return bytes + "Alder,under 18,1\n"; }

INSTANTIATE_TEST_SUITE_P(
    Writers, PlantedFault,
    testing::Values(Fault{"ColumnBeyondTheHeader", {"csv/bad.csv", "month,count\r\nJanuary,12,Alder\r\nMarch,7,Alder\r\n"}, "column beyond the header"},
                    Fault{"BytesBehindAWorkbook", {"bad.ods", with_a_trailer(workbook())}, "bytes that belong to no entry"},
                    Fault{"UnknownMemberOfAnEntry", {"bad.json", "{\n  \"author\": \"Alder\"\n}\n"}, "not from our own writers"},
                    Fault{"RemarkInAPage", {"bad.html", "<!DOCTYPE html>\n<html><body><!-- Alder --></body></html>\n"}, "hidden markup"},
                    Fault{"PageThatIsATable", {"bad.html", table()}, "its name says HTML and its bytes say CSV"},
                    Fault{"TableThatIsAPage",
                          {"bad.csv", "<!DOCTYPE html>\n<html lang=\"en-GB\"><body><p>Alder</p></body></html>\n"},
                          "its name says CSV and its bytes say HTML"},
                    Fault{"FileOfAnotherName", {"bad.txt", "{\n  \"reference\": \"Alder\"\n}\n"}, "no writer of ours gives files of this name"},
                    Fault{"BrokenWorkbook", {"bad.xlsx", "PK\x03\x04 Alder"}, "archive"}),
    [](const auto& fault) { return fault.param.name; });

}  // namespace
}  // namespace candour::answer
