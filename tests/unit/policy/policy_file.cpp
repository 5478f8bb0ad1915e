// The policy file: what ships is what the file says, and every mistake is told.
#include <candour/base/files.hpp>
#include <candour/policy/policy.hpp>
#include <candour/policy/read_policy.hpp>

#include <gtest/gtest.h>

#include <fstream>

namespace candour::policy {
namespace {

const std::filesystem::path source = CANDOUR_SOURCE_DIR;

// Gives "line code: sentence / hint" of each mistake after one change to the shipped policy.
std::string mistakes_after(const std::string& from, const std::string& to) {
  std::string text(shipped_policy_text);
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  text.replace(at, from.size(), to);
  const auto policy = read_policy(text, "own.toml");
  std::string found;
  if (!policy)
    for (const base::Error& error : policy.error()) found += base::to_text(error) + "\n";
  return found;
}

TEST(TheShippedPolicy, IsTheFileThatStandsInTheRepository) {
  EXPECT_EQ(shipped_policy_text, base::read_file(source / "policies/default.toml").value());
  EXPECT_EQ(shipped_policy().digest, base::digest_of_file(source / "policies/default.toml").value());
  EXPECT_EQ(shipped_policy().digest, load_policy(source / "policies/default.toml").value().digest);
}

TEST(TheShippedPolicy, ProtectsCountsOfOneToFourAgainstFourIntruders) {
  const Policy policy = shipped_policy();
  EXPECT_EQ(policy.minimum_frequency.minimum, 5);
  EXPECT_EQ(policy.p_percent, 10);
  EXPECT_TRUE(policy.group_disclosure);
  EXPECT_EQ(policy.convention, table::ZeroConvention::hidden_at_least_one);
  EXPECT_EQ(policy.people_unknown, PeopleUnknown::accepted_with_mark);
  EXPECT_EQ(policy.vetting, table::VettingState::unvetted);
  ASSERT_EQ(policy.intruders.size(), 4U);
  EXPECT_EQ(policy.intruders[0].kind, IntruderKind::the_public);
  EXPECT_EQ(policy.intruders[1].kind, IntruderKind::knows_presence);
  EXPECT_EQ(policy.intruders[2].coalition_size, 1);
  EXPECT_EQ(policy.intruders[3].coalition_size, 2);
  EXPECT_EQ(policy.largest_coalition(), 2);
}

TEST(APolicyFile, MayChangeEveryFigure) {
  std::string text(shipped_policy_text);
  for (const auto& [from, to] : std::vector<std::pair<std::string, std::string>>{{"minimum_frequency = 5", "minimum_frequency = 10"},
                                                                                 {"zeros = \"always-shown\"", "zeros = \"may-be-hidden\""},
                                                                                 {"people_unknown = \"accepted-with-mark\"", "people_unknown = \"forbidden\""},
                                                                                 {"group_disclosure = true", "group_disclosure = false"},
                                                                                 {"coalition_size = 2", "coalition_size = 3"}})
    text.replace(text.find(from), from.size(), to);
  const auto policy = read_policy(text, "own.toml");
  ASSERT_TRUE(policy.has_value());
  EXPECT_EQ(policy->minimum_frequency.minimum, 10);
  EXPECT_EQ(policy->convention, table::ZeroConvention::hidden_may_be_zero);
  EXPECT_EQ(policy->people_unknown, PeopleUnknown::forbidden);
  EXPECT_FALSE(policy->group_disclosure);
  EXPECT_EQ(policy->largest_coalition(), 3);
  EXPECT_NE(policy->digest, shipped_policy().digest);
}

TEST(APolicyFile, MayLetFiguresCarryNoise) {
  std::string text(shipped_policy_text);
  text.insert(text.find("most_plans"), "treatments = [\"suppress\", \"cell-key\"]\n");
  text += "\n[cell_key]\nmost_noise = 9\nvariance = 6\nforbidden = 2\n";
  const auto policy = read_policy(text, "own.toml");
  ASSERT_TRUE(policy.has_value()) << base::to_text(policy.error()[0]);
  ASSERT_TRUE(policy->cell_key && policy->hides_cells && policy->changes_figures());
  EXPECT_EQ(policy->cell_key->most_noise, 9);
  EXPECT_EQ(policy->cell_key->variance, 6);
  EXPECT_EQ(policy->cell_key->forbidden, 2);
  EXPECT_EQ(policy->protected_below(), 7);
}

TEST(APolicyFile, ThatChangesFiguresSaysHowAndInOneWay) {
  const auto after = [](const std::string& lines) { return mistakes_after("most_plans", lines + "most_plans"); };
  EXPECT_EQ(after("treatments = [\"cell-key\"]\n"),
            "own.toml:11: treatments has \"cell-key\", expected [cell_key] in the policy\n"
            "hint: treatments = [\"suppress\", \"cell-key\"] with [cell_key], most_noise = 7 and variance = 5\n");
  EXPECT_EQ(after("treatments = [\"cell-key\"]\ncell_key = { most_noise = 6, variance = 5 }\n"),
            "own.toml:12: most_noise is 6, expected at least 7: minimum_frequency and the largest coalition together\n"
            "hint: a 0 stands for 0 to most_noise, and has to leave open that as many people are behind it as anywhere else\n");
  EXPECT_EQ(after("treatments = [\"round\", \"cell-key\"]\nrounding_base = 5\ncell_key = { most_noise = 7, variance = 5 }\n"),
            "own.toml:11: treatments has \"round\" and \"cell-key\", expected one of them\n"
            "hint: figures that are rounded in one place and carry noise in another tell more together than either\n");
}

TEST(APolicyFile, WithAMistakeIsRefusedInOneLine) {
  EXPECT_EQ(mistakes_after("p_percent = 10", "p_percent = 0"), "own.toml:7: p_percent is 0, expected 1 to 100\n");
  EXPECT_EQ(mistakes_after("p_percent = 10", "p_percent = -5"),
            "own.toml:7: 'p_percent' of the top of the file is a whole number below 0, expected a whole number, 0 or more\n"
            "hint: Where fewer people than the minimum stand behind enough records: how close, in per cent, anybody may come to the largest one's share.\n");
  EXPECT_EQ(mistakes_after("minimum_frequency = 5", "minimum_frequency = 0"), "own.toml:6: minimum_frequency is 0, expected 1 to 1000\n");
  EXPECT_EQ(mistakes_after("minimum_frequency =", "minimum_frequenzy ="),
            "own.toml:6: 'minimum_frequenzy' is not a key of the top of the file\nhint: did you mean 'minimum_frequency'?\n");
  EXPECT_EQ(mistakes_after("most_plans = 100000", "most_plans = 0"), "own.toml:11: most_plans is 0, expected 1 to 1000000000\n");
  EXPECT_EQ(mistakes_after("kind = \"public\"", "kind = \"knows-presence\""),
            "own.toml:13: no intruder is of the kind \"public\", expected one: what is disclosed is disclosed to the world\nhint: add [[intruder]] with kind = "
            "\"public\"\n");
  EXPECT_EQ(mistakes_after("kind = \"person-in-the-data\"", "kind = \"person-in-the-data\"\ncoalition_size = 2"),
            "own.toml:24: 'a person in the data' has a coalition_size, expected one only for the kind \"people-in-the-data\"\n");
  EXPECT_EQ(mistakes_after("coalition_size = 2", "coalition_size = 1"), "own.toml:28: coalition_size is 1, expected 2 to 5\n");
  EXPECT_EQ(mistakes_after("name = \"a person in the data\"", "name = \"the public\""),
            "own.toml:22: the intruder 'the public' stands twice, expected each name once\n");
}

TEST(APolicyFile, ThatIsNotThereIsNamed) {
  const auto policy = load_policy("/nowhere/policy.toml");
  ASSERT_FALSE(policy.has_value());
  EXPECT_EQ(base::to_text(policy.error()[0]), "/nowhere/policy.toml: the file cannot be read, expected a policy\nhint: check the path and the permissions");
}

TEST(TheManual, ListsEveryKeyOfThePolicy) {
  const std::filesystem::path file = source / "docs/reference/policy.md";
  std::string manual = base::read_file(file).value();
  const std::string begin = "<!-- keys: written from the reader's own list -->\n\n";
  const std::string end = "<!-- end of keys -->";
  const std::string keys = base::describe_keys(policy_keys()) + end;
  if (std::getenv("CANDOUR_WRITE_GOLDEN") != nullptr) {
    manual.replace(manual.find(begin) + begin.size(), manual.find(end) + end.size() - manual.find(begin) - begin.size(), keys);
    std::ofstream(file, std::ios::binary) << manual;
  }
  EXPECT_NE(manual.find(begin + keys), std::string::npos) << "CANDOUR_WRITE_GOLDEN=1 writes the list anew";
  EXPECT_NE(manual.find("```toml\n" + std::string(shipped_policy_text) + "```"), std::string::npos);
}

}  // namespace
}  // namespace candour::policy
