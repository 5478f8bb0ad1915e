// What case new proposes for invented requests of many shapes, against what a careful officer would propose.

#include "request_texts.hpp"

#include <gtest/gtest.h>

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace candour::casework_tests {
namespace {

using casework::intake::propose;
using Names = std::set<std::string>;

const base::Date received{std::chrono::year{2024}, std::chrono::month{4}, std::chrono::day{24}};

Names parts_of(const std::string& list) {
  Names parts;
  for (std::size_t start = 0; start < list.size();) {
    const std::size_t end = std::min(list.find(',', start), list.size());
    parts.insert(list.substr(start, end - start));
    start = end + 1;
  }
  return parts;
}

void count(Tally& tally, const Names& expected, const Names& proposed) {
  tally.expected += static_cast<int>(expected.size());
  tally.proposed += static_cast<int>(proposed.size());
  for (const std::string& each : proposed) tally.right += expected.contains(each) ? 1 : 0;
}

/// Compares one text; gives what is wrong with it in words.
std::string compared(const RequestText& text, std::map<std::string, Tally>& tallies) {
  const auto proposal = propose(text.letter, received);
  std::string faults;
  Names matched;
  for (const ExpectedQuestion& expected : text.questions) {
    ExpectedQuestion found;
    for (const auto& each : proposal.questions)
      if (each.number == expected.number && each.text.find(expected.words) != std::string::npos) found = as_expected(each);
    const bool there = !found.number.empty();
    if (there) matched.insert(found.number);
    tallies["questions"].right += there ? 1 : 0;
    count(tallies["kinds"], {expected.kind}, there ? Names{found.kind} : Names{});
    count(tallies["breakdowns"], parts_of(expected.by), parts_of(found.by));
    count(tallies["periods"], expected.period.empty() ? Names{} : Names{expected.period}, found.period.empty() ? Names{} : Names{found.period});
    Tally& alternatives = tallies["alternatives"];
    alternatives.expected += expected.alternatives;
    alternatives.proposed += found.alternatives;
    alternatives.right += std::min(expected.alternatives, found.alternatives);
    if (!there || found.kind != expected.kind || parts_of(found.by) != parts_of(expected.by) || found.period != expected.period ||
        found.alternatives != expected.alternatives)
      faults += "question " + expected.number + "; ";
  }
  tallies["questions"].expected += static_cast<int>(text.questions.size());
  tallies["questions"].proposed += static_cast<int>(proposal.questions.size());
  if (proposal.questions.size() != text.questions.size()) faults += "number of questions; ";
  const Names formats(proposal.formats.begin(), proposal.formats.end());
  Names prompts;
  for (const auto& each : proposal.prompts) prompts.insert(each.code);
  count(tallies["formats"], text.formats, formats);
  count(tallies["prompts"], text.prompts, prompts);
  if (formats != text.formats) faults += "formats; ";
  if (prompts != text.prompts) faults += "prompts; ";
  return faults.empty() ? faults : fmt::format("{}: {}\n{}", text.name, faults, described(proposal));
}

/// Prints precision and recall of a folder and gives those of all fields together.
Tally all_of(const std::string& folder, std::size_t at_least, std::string& faults) {
  const auto texts = request_texts(std::string(CANDOUR_SOURCE_DIR) + "/tests/casework/" + folder);
  EXPECT_GE(texts.size(), at_least);
  std::map<std::string, Tally> tallies;
  for (const RequestText& text : texts) faults += compared(text, tallies);
  Tally all;
  for (const auto& [name, tally] : tallies) {
    all.expected += tally.expected;
    all.proposed += tally.proposed;
    all.right += tally.right;
  }
  tallies["together"] = all;
  fmt::print("{}: {} texts\n{:<14}{:>10}{:>10}{:>11}{:>9}\n", folder, texts.size(), "", "expected", "proposed", "precision", "recall");
  for (const auto& [name, tally] : tallies)
    fmt::print("{:<14}{:>10}{:>10}{:>11.3f}{:>9.3f}\n", name, tally.expected, tally.proposed, tally.precision(), tally.recall());
  fmt::print("Not as a careful officer would:\n{}", faults);
  return all;
}

TEST(IntakeTexts, RequestsOfManyShapesAreProposedAsExpected) {
  std::string faults;
  const Tally all = all_of("requests", 54, faults);
  EXPECT_GE(all.precision(), 0.95);
  EXPECT_GE(all.recall(), 0.95);
}

/// Written after the rules: what a letter that nobody has seen before comes to. At the first run precision was 0.917 and recall 0.846; two plain faults that it
/// showed were mended since ("between 1 January and 31 December 2023", "made by schools").
TEST(IntakeTexts, UnseenRequestsAreMostlyProposedAsExpected) {
  std::string faults;
  const Tally all = all_of("requests-unseen", 6, faults);
  EXPECT_GE(all.precision(), 0.6);
  EXPECT_GE(all.recall(), 0.6);
}

}  // namespace
}  // namespace candour::casework_tests
