// Titles of requests that really went to many authorities: each is found again when somebody sends it anew with small changes.

#include <candour/similar/likeness.hpp>
#include <candour/similar/round_robin.hpp>
#include <candour/similar/title_list.hpp>
#include <candour/similar/words.hpp>

#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace candour::similar {
namespace {

std::vector<ListedTitle> real_titles() {
  const char* given = std::getenv("CANDOUR_SHARED");
  const std::filesystem::path shared = given != nullptr ? std::filesystem::path(given) : std::filesystem::path(CANDOUR_SOURCE_DIR) / "../shared";
  const auto titles = read_titles(shared / "bench/real/foi-requests/round-robin-requests.csv");
  EXPECT_TRUE(titles.has_value()) << base::to_text(titles.error());
  return titles ? *titles : std::vector<ListedTitle>{};
}

// The wording as somebody sends it a year later.
std::string a_year_later(std::string title) {
  for (char& letter : title) {
    if (letter >= '0' && letter < '9') letter = static_cast<char>(letter + 1);
    else if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 32);
  }
  return "FOI request - " + title;
}

std::string wording(const std::string& title) {
  std::string text;
  for (const std::string& word : words_of(title))
    if (!says_little(word) && word.find_first_not_of("0123456789") != std::string::npos) text += without_plural(word) + ' ';
  return text;
}

TEST(TitlesOfRoundRobins, AreFoundAgainAYearLater) {
  const auto rows = real_titles();
  ASSERT_GT(rows.size(), 4000U);
  std::map<std::string, std::size_t> times;
  for (const ListedTitle& row : rows) ++times[row.title];
  std::vector<KnownText> known;
  for (const auto& [title, count] : times) known.push_back({title, {}});
  const Comparison comparison(known);
  std::size_t asked = 0, first = 0;
  for (const KnownText& one : known) {
    if (wording(one.title).empty()) continue;  // "FOI request 2019" says nothing that could be found
    ++asked;
    const auto found = comparison.closest(a_year_later(one.title), {}, 3);
    if (!found.empty() && wording(known[found[0].place].title) == wording(one.title)) ++first;
  }
  RecordProperty("titles", static_cast<int>(asked));
  RecordProperty("found_first", static_cast<int>(first));
  std::printf("%zu titles, %zu found first a year later\n", asked, first);
  EXPECT_GE(100 * first, 97 * asked);
}

TEST(TitlesOfRoundRobins, AreCountedWhateverTheirYear) {
  std::vector<std::string> titles;
  for (const ListedTitle& row : real_titles()) titles.push_back(row.title);
  EXPECT_GE(times_sent("CHILD PROTECTION STATISTICS (2031)", titles), 5U);
  EXPECT_EQ(times_sent("Operation Alder", titles), 0U);
}

}  // namespace
}  // namespace candour::similar
