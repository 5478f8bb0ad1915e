// What is a reason and what is none.
#include <candour/notice/bare_reason.hpp>

#include <gtest/gtest.h>

namespace candour::notice {
namespace {

TEST(AReason, IsNotThatANumberIsSmall) {
  for (const char* text : {"The counts are below 5.", "Fewer than five.", "Low numbers: risk of identification of individuals.",
                           "Numbers under 5 are suppressed to protect the data.",
                           "Disclosure of the small figures might lead to the identification of a person, so section 40 applies.", "<5", "",
                           "It is our policy that counts of one to four are withheld.", "The cell is disclosive."})
    EXPECT_EQ(bare_reason_in(text), BareReason::small_number) << text;
}

TEST(AReason, IsNotThatAProgramRefused) {
  for (const char* text :
       {"Candour refused to certify the finer table about the people of this road.", "No certificate could be made; the software does not release the month.",
        "The certificate was refused for neighbours, ages and months on Tanners Row.", "The tool blocks the table."})
    EXPECT_EQ(bare_reason_in(text), BareReason::refused_by_a_program) << text;
}

TEST(AReason, SaysWhoCouldFindOutFromWhat) {
  for (const char* text :
       {"Those who live on the road know who was there in a given month, and would learn what became of them.",
        "Neighbours know who was arrested in a given month.", "Colleagues of the one officer at this station would recognise the dismissal.",
        "The village has one school; parents would know which child was excluded.", "The local newspaper named the date and the street of the arrest."})
    EXPECT_FALSE(bare_reason_in(text).has_value()) << text;
}

TEST(AReason, HasASentenceForEachKindThatIsNone) { EXPECT_NE(sentence_of(BareReason::small_number), sentence_of(BareReason::refused_by_a_program)); }

}  // namespace
}  // namespace candour::notice
