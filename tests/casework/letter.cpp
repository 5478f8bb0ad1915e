// What is cut from a letter, and what is not.

#include <candour/casework/intake/letter.hpp>

#include <gtest/gtest.h>

namespace candour::casework::intake {
namespace {

TEST(Letter, WhoAskedIsMaskedInTheBodyToo) {
  const Letter letter = cut_letter(
      "I, Jonquil Canary-Whistler, ask:\n\n1. How many letters did you send to 14 Larkspur Row, or to jcw@letters.example, in 2023? Ms Canary-Whistler had "
      "none.\n\nYours\n"
      "Jonquil Canary-Whistler\n14 Larkspur Row, Fenmarch FM1 2ZZ\njcw@letters.example\n");
  EXPECT_EQ(letter.sender.name, "Jonquil Canary-Whistler");
  EXPECT_EQ(letter.sender.address, "jcw@letters.example");
  EXPECT_TRUE(letter.masked);
  for (const char* canary : {"Canary", "Larkspur", "letters.example"}) EXPECT_EQ(letter.body.find(canary), std::string::npos) << letter.body;
}

TEST(Letter, ASurnameThatIsAWordOfTheRequestStays) {
  const Letter letter = cut_letter("1. How many potholes by ward and street in West Yorkshire?\n\nRegards\nMary Ward\n3 Corn Hill\nWest Yorkshire\n");
  EXPECT_EQ(letter.sender.name, "Mary Ward");
  EXPECT_EQ(letter.body, "1. How many potholes by ward and street in West Yorkshire?\n");
  EXPECT_FALSE(letter.masked);
}

TEST(Letter, WhatIsStillSaidBelowTheThanksStays) {
  const Letter letter =
      cut_letter("1. How many swans in 2023?\n\nThank you.\n\nPlease note that I want the figures by month.\n\nP.S. A map would do too.\n\nA. Tester\n");
  EXPECT_NE(letter.body.find("by month."), std::string::npos) << letter.body;
  EXPECT_NE(letter.body.find("A map"), std::string::npos) << letter.body;
  EXPECT_EQ(letter.body.find("Tester"), std::string::npos) << letter.body;
}

TEST(Letter, AQuestionBelowAClosingWordStays) {
  const Letter letter = cut_letter("1. How many swans in 2023?\n\nThanks\n\n2. How many geese?\n\nA. Tester\na@letters.example\n");
  EXPECT_NE(letter.body.find("geese"), std::string::npos) << letter.body;
}

TEST(Letter, QuotedLettersOfAllMannersAreCut) {
  for (const char* quoted : {"> How many ducks?\n> Yours\n", "On Monday, 4 March 2024 at 10:02, FOI Team <foi@fenmarch.example>\nwrote:\nHow many ducks?\n",
                             "-----Original Message-----\nHow many ducks?\n", "From: FOI\nSent: 4 March 2024\nTo: A\nHow many ducks?\n",
                             "________________________________\nHow many ducks?\n"}) {
    const Letter letter = cut_letter(std::string("1. How many swans in 2023?\n\nA. Tester\na@letters.example\n\n") + quoted);
    EXPECT_EQ(letter.body.find("ducks"), std::string::npos) << quoted << letter.body;
    EXPECT_NE(letter.body.find("swans"), std::string::npos) << quoted;
    EXPECT_TRUE(letter.answers_our_letter) << quoted;
  }
}

TEST(Letter, WhatIsNoLetterIsOneClearError) {
  EXPECT_EQ(read_letter("  \n", false).error().code, "intake.empty");
  EXPECT_EQ(read_letter("no headers at all", true).error().code, "mail.malformed");
  EXPECT_EQ(read_letter(std::string(1'000'001, 'a'), false).error().code, "intake.too_large");
}

}  // namespace
}  // namespace candour::casework::intake
