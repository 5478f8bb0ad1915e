// Citations in running text, held against the rule base.
#include <candour/law/citations.hpp>

#include <gtest/gtest.h>

namespace candour::law {
namespace {

std::string read(std::string_view text) {
  std::string out;
  for (const Citation& one : citations_in(text)) out += one.text() + (one.act.empty() ? "" : " of " + one.act) + "; ";
  return out;
}

std::string wrong(std::string_view text) {
  std::string out;
  for (const Citation& one : citations_in(text))
    if (const std::string right = right_act_of(one); !right.empty()) out += one.text() + " -> " + right + "; ";
  return out;
}

TEST(Citations, AreReadInTheFormsThatPeopleWrite) {
  EXPECT_EQ(read("under section 40(2) we"), "section 40(2); ");
  EXPECT_EQ(read("sections 12, 14(1) and 40(3A)(a) of the Freedom of Information Act"),
            "section 12 of Freedom of Information Act 2000; section 14(1) of Freedom of Information Act 2000; section 40(3A)(a) of Freedom of Information Act "
            "2000; ");
  EXPECT_EQ(read("s.31(1)(a), s 43(2)"), "section 31(1)(a); section 43(2); ");
  EXPECT_EQ(read("Section 11(2) of the Data Protection Act 2018"), "section 11(2) of Data Protection Act 2018; ");
  EXPECT_EQ(read("subsections 3(A), 3(B) and 4(A) of the Data Protection Act 2018"),
            "subsection (3A) of Data Protection Act 2018; subsection (3B) of Data Protection Act 2018; subsection (4A) of Data Protection Act 2018; ");
}

TEST(Citations, OfRegulationsAreReadAndHaveTheirOwnLaw) {
  EXPECT_EQ(read("regulations 12(4)(b) and 12(5)(e), and section 12"), "regulation 12(4)(b); regulation 12(5)(e); section 12; ");
  EXPECT_EQ(wrong("regulation 12(5)(b) of the Freedom of Information Act 2000"), "regulation 12(5)(b) -> Environmental Information Regulations 2004; ");
  EXPECT_EQ(wrong("section 35(1)(g) of the Freedom of Information (Scotland) Act 2002"), "");
}

TEST(Citations, OfSubsectionsThatTheRuleBaseDoesNotListAreLeftAlone) {
  EXPECT_EQ(wrong("section 27(1) of the Freedom of Information Act 2000; section 36(1) of the Freedom of Information Act 2000"), "");
}

TEST(Citations, AreNotSeenWhereThereAreNone) {
  EXPECT_EQ(read("the police's 12 officers in sections of the road; it is 31 May"), "");
  EXPECT_EQ(read(""), "");
  EXPECT_EQ(read("section"), "");
  EXPECT_EQ(read("section ("), "");
}

TEST(Citations, OfAnotherActAreFound) {
  EXPECT_EQ(wrong("as defined by subsections 3(A), 3(B) or 4(A) of the Data Protection Act 2018"),
            "subsection (3A) -> Freedom of Information Act 2000; subsection (3B) -> Freedom of Information Act 2000; subsection (4A) -> Freedom of Information "
            "Act 2000; ");
  EXPECT_EQ(wrong("section 40(3A)(a) of the Data Protection Act 2018"), "section 40(3A)(a) -> Freedom of Information Act 2000; ");
  EXPECT_EQ(wrong("section 11(2) of the Freedom of Information Act 2000"), "section 11(2) -> Data Protection Act 2018; ");
  EXPECT_EQ(wrong("section 11(2) of the Data Protection Act 2018 and section 40(2) of the Freedom of Information Act 2000"), "");
  EXPECT_EQ(wrong("section 3 of the Freedom of Information Act 2000"), "");  // every Act has a section 3
}

}  // namespace
}  // namespace candour::law
