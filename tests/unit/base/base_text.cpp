#include <candour/base/letters.hpp>
#include <candour/base/text.hpp>

#include <gtest/gtest.h>

namespace candour::base {
namespace {

TEST(Trimmed, BlanksAtBothEndsGoAndThoseInsideStay) {
  EXPECT_EQ(trimmed("  a b\t\r\n"), "a b");
  EXPECT_EQ(trimmed(" \n "), "");
  EXPECT_EQ(trimmed(""), "");
}

TEST(Split, EmptyPartsAreKept) {
  EXPECT_EQ(split("a,,b,", ','), (std::vector<std::string>{"a", "", "b", ""}));
  EXPECT_EQ(split("", ','), (std::vector<std::string>{""}));
}

TEST(SplitQuoted, CommasInQuotesStayAndDoubledQuotesAreOne) {
  EXPECT_EQ(split_quoted("a,\"b, c\",\"say \"\"d\"\"\""), (std::vector<std::string>{"a", "b, c", "say \"d\""}));
  EXPECT_EQ(split_quoted(","), (std::vector<std::string>{"", ""}));
  EXPECT_EQ(split_quoted("a,\"b"), std::nullopt);
}

TEST(Folded, SmallLettersInEveryScriptAndOneBlank) {
  EXPECT_EQ(folded(" \u0141UKASZ \u00a0 \u017b\u00d3\u0141\u0106\n"), U"\u0142ukasz \u017c\u00f3\u0142\u0107");
  EXPECT_EQ(folded("\u041e\u043b\u044c\u0433\u0430"), folded("\u041e\u041b\u042c\u0413\u0410"));
  EXPECT_EQ(folded("\u738b\u5c0f\u660e"), U"\u738b\u5c0f\u660e");
  EXPECT_EQ(folded(""), U"");
}

TEST(CodePoints, BytesThatAreNoUtf8StandForThemselves) {
  EXPECT_EQ(code_points_of("a\xff\xc3"), U"a\u00ff\u00c3");
  EXPECT_EQ(code_points_of("\xe2\x82"), U"\u00e2\u0082");
  EXPECT_EQ(code_points_of("\xf0\x9f\x98\x80!"), U"\U0001f600!");
}

TEST(Listed, TheLastOneIsJoinedByAnd) {
  EXPECT_EQ(listed(std::vector<std::string>{}), "");
  EXPECT_EQ(listed(std::vector<std::string>{"a"}), "a");
  EXPECT_EQ(listed(std::vector<std::string>{"a", "b"}), "a and b");
  EXPECT_EQ(listed(std::vector<std::string>{"a", "b", "c"}), "a, b and c");
}

TEST(NearestWord, IsTheOneWithTheFewestChangesIfTheyAreFew) {
  const std::vector<std::string> words{"minimum", "maximum", "policy"};
  EXPECT_EQ(nearest_word("minimun", words), "minimum");
  EXPECT_EQ(nearest_word("polcy", words), "policy");
  EXPECT_EQ(nearest_word("holdings", words), std::nullopt);
}

TEST(Utf8, OverlongSurrogateAndBrokenSequencesAreInvalid) {
  EXPECT_TRUE(is_valid_utf8("plain, \xC3\xA9, \xE2\x82\xAC, \xF0\x9F\x98\x80"));
  for (const char* wrong : {"\x80", "\xC0\xAF", "\xC1\xBF", "\xE0\x80\xAF", "\xED\xA0\x80", "\xF0\x80\x80\x80", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xC3",
                            "\xE2\x82", "\xC3(", "\xFF"})
    EXPECT_FALSE(is_valid_utf8(wrong));
}

TEST(Windows1252, EveryByteBecomesValidUtf8AndTheEuroIsItself) {
  std::string all;
  for (int byte = 0; byte < 256; ++byte) all += static_cast<char>(byte);
  const std::string turned = utf8_from_windows_1252(all);
  EXPECT_TRUE(is_valid_utf8(turned));
  EXPECT_EQ(turned.substr(0, 128), all.substr(0, 128));
  EXPECT_EQ(utf8_from_windows_1252("\x80"), "\xE2\x82\xAC");
  EXPECT_EQ(utf8_from_windows_1252("\xE9"), "\xC3\xA9");
  EXPECT_EQ(utf8_from_windows_1252("\x81"), "\xEF\xBF\xBD");
}

}  // namespace
}  // namespace candour::base
