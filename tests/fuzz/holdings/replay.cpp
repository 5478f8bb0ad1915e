// The fuzzers' entries on seeds changed at random, always the same: what runs on each push. libFuzzer itself runs at night (CANDOUR_BUILD_FUZZERS).

#include "entries.hpp"

#include <candour/base/check.hpp>

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace candour::fuzz {
namespace {

std::string changed(std::string text, const std::string& alphabet, std::mt19937_64& random) {
  for (std::uint64_t changes = random() % 8; changes > 0 && !text.empty(); --changes) {
    const std::size_t at = random() % text.size();
    const char letter = alphabet[random() % alphabet.size()];
    switch (random() % 4) {
      case 0: text[at] = letter; break;
      case 1: text.insert(at, 1, letter); break;
      case 2: text.erase(at, 1 + random() % 4); break;
      default: text += text.substr(at, random() % 20); break;
    }
  }
  return text;
}

template <class Entry>
void replay(const std::vector<std::string>& seeds, const std::string& alphabet, int rounds, const Entry& entry) {
  std::mt19937_64 random(20260101);
  for (int round = 0; round < rounds; ++round) {
    const std::string text = changed(seeds[random() % seeds.size()], alphabet, random);
    try {
      entry(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
    } catch (const base::InternalFault& fault) {
      ADD_FAILURE() << fault.sentence << " on " << ::testing::PrintToString(text);
      return;
    }
  }
}

TEST(HoldingFuzzers, BothCsvReadersAgreeOnChangedTexts) {
  replay({"\x05\x01"
          "a,b\n1,2\n\"x\",\"y\"\"z\"\n",
          "\x40\x02"
          "a,b,c\r\n,\"\",x\r\n\r\n\"line\nend\",2,3",
          std::string("\x01\x00", 2) + "a\n\n\"\"\nz\r\n",
          "\x20\x01"
          "\xEF\xBB\xBF"
          "a,b\n\"q,\",\xE9\n"},
         "ab,\"\n\r\xE9\xEF ", 6000, fuzz_csv);
}

// Once read bytes that had moved: found by libFuzzer; the address sanitizer is what notices.
TEST(HoldingFuzzers, APackedTextWhoseRowsAreLongerThanABlockIsReadWhereItStands) {
  const std::string text("\x00\x00\x1F\x8B\x08\x00\x0A\x63\x20\x00\x00\x20\x0A\x20\x0A\x00\x0A\x00\x00\x00\x00\x00\x20\x0A\x28\x0A\x00\x0A\x20\x01\x0A", 31);
  EXPECT_NO_THROW(fuzz_csv(reinterpret_cast<const std::uint8_t*>(text.data()), text.size()));
}

TEST(HoldingFuzzers, WorkbookReadersEndOnChangedSheets) {
  const std::string sheet =
      "\x02<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" "
      "t=\"s\"><v>1</v></c></row>"
      "<row r=\"2\"><c r=\"A2\"><v>45000</v></c><c r=\"B2\" t=\"inlineStr\"><is><t>x</t></is></c></row></sheetData></worksheet>";
  const std::string content =
      "\x03<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" "
      "xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\">"
      "<office:body><office:spreadsheet><table:table table:name=\"S\"><table:table-row><table:table-cell "
      "office:value-type=\"string\"><text:p>a</text:p></table:table-cell><table:table-cell "
      "office:value-type=\"string\"><text:p>b</text:p></table:table-cell></table:table-row><table:table-row table:number-rows-repeated=\"3\"><table:table-cell "
      "table:number-columns-repeated=\"2\" office:value-type=\"float\" "
      "office:value=\"1\"/></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>";
  replay({sheet, content}, "<>/=\"'09azAZ&;:- ", 3000, fuzz_workbook);
}

}  // namespace
}  // namespace candour::fuzz
