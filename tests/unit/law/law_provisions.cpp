// The rule base: citations come from it and from nowhere else.
#include <candour/law/provisions.hpp>

#include <candour/base/files.hpp>
#include <candour/law/clock.hpp>
#include <candour/law/cost.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>

namespace candour::law {
namespace {

TEST(TheRuleBase, HasEachProvisionOnceWithItsSource) {
  std::set<std::string> codes;
  for (const Provision& provision : provisions()) {
    EXPECT_TRUE(codes.insert(provision.code).second) << provision.code;
    EXPECT_FALSE(provision.act.empty() || provision.citation.empty() || provision.title.empty() || provision.source.empty()) << provision.code;
    EXPECT_TRUE(provision.checked == "text" || provision.checked == "knowledge" || provision.checked == "uncovered") << provision.code;
    EXPECT_EQ(provision.is_exemption() || provision.kind == ProvisionKind::neither, provision.standing != Standing::none) << provision.code;
  }
  for (const Provision& provision : provisions()) EXPECT_TRUE(provision.confirm_or_deny.empty() || codes.contains(provision.confirm_or_deny)) << provision.code;
  for (const NoticePart& part : notice_parts()) EXPECT_TRUE(codes.contains(part.code)) << part.code;
}

TEST(TheRuleBase, CitesSubsectionsOfTheFreedomOfInformationActAsOfThatAct) {
  EXPECT_EQ(cited(find_provision("FOIA/40(2)-40(3A)(a)").value()), "section 40(2) by virtue of section 40(3A)(a) of the Freedom of Information Act 2000");
  for (const Provision& provision : provisions()) {
    const bool limb = provision.citation.find("40(3A)") != std::string::npos || provision.citation.find("40(3B)") != std::string::npos ||
                      provision.citation.find("40(4A)") != std::string::npos;
    EXPECT_TRUE(!limb || provision.act == "Freedom of Information Act 2000") << provision.code;
  }
}

TEST(TheRuleBase, KnowsTheAbsoluteExemptions) {
  const std::set<std::string> absolute{"FOIA/21(1)", "FOIA/23(1)", "FOIA/32", "FOIA/34", "FOIA/40(1)", "FOIA/40(2)-40(3A)(a)", "FOIA/40(2)-40(3A)(b)",
                                       "FOIA/41(1)", "FOIA/44(1)(a)", "FOIA/44(1)(b)", "FOIA/44(1)(c)",
                                       // FOISA s.2(2); EIR reg.13(1)(a)
                                       "FOISA/25(1)", "FOISA/26(a)", "FOISA/26(b)", "FOISA/26(c)", "FOISA/36(2)", "FOISA/37", "FOISA/38(1)(a)",
                                       "FOISA/38(1)(b)-38(2A)(a)", "FOISA/38(1)(c)", "FOISA/38(1)(d)", "EIR/13(1)-13(2A)(a)"};
  for (const Provision& provision : provisions()) {
    const bool is_absolute = provision.is_exemption() && provision.standing == Standing::absolute;
    EXPECT_EQ(is_absolute, absolute.contains(provision.code)) << provision.code;
  }
}

TEST(TheRuleBase, HasAProvisionForEachPartOfANoticeOrSaysThatTheLawKnowsNone) {
  for (const Regime regime : {Regime::foia, Regime::foisa, Regime::eir})
    for (int i = 0; i <= static_cast<int>(NoticeRole::appeal); ++i) {
      const std::string_view code = in_role(regime, static_cast<NoticeRole>(i));
      EXPECT_TRUE(code.empty() || find_provision(code).has_value()) << code;
    }
  EXPECT_EQ(in_role(Regime::foisa, NoticeRole::refuse), "FOISA/16(1)");
  EXPECT_EQ(in_role(Regime::eir, NoticeRole::part_public_interest), "regulation 14(3)(b)");
  EXPECT_EQ(in_role(Regime::eir, NoticeRole::cost_limit), "");
  EXPECT_EQ(in_role(Regime::foisa, NoticeRole::pending), "");
}

TEST(TheRuleBase, NamesTheNearestProvision) {
  const auto found = find_provision("FOIA/22");
  ASSERT_FALSE(found.has_value());
  EXPECT_EQ(base::to_text(found.error()), "'FOIA/22' is not a provision of the rule base, expected one such as FOIA/22(1)\nhint: did you mean 'FOIA/22(1)'?");
}

TEST(TheRuleBase, TakesSubsectionsOfSectionsItKnowsByNameOnlyAsTyped) {
  const auto found = find_provision("FOIA/27(1)(a)");
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->citation, "section 27(1)(a)");
  EXPECT_EQ(found->kind, ProvisionKind::exemption_uncovered);
  EXPECT_FALSE(find_provision("FOIA/31(9)").has_value());  // a covered section has only the subsections of the table
}

// The manual's tables, from the same data that the program cites.
std::string manual_tables() {
  std::string text = "## Provisions\n\n| code | cited as | about | public interest | checked | source |\n|---|---|---|---|---|---|\n";
  for (const Provision& provision : provisions()) {
    const std::string standing = provision.standing == Standing::qualified ? "weighed" : provision.standing == Standing::absolute ? "not weighed" : "";
    text += "| `" + provision.code + "` | " + cited(provision) + " | " + provision.title + " | " + standing + " | " + provision.checked + " | " +
            provision.source + " |\n";
  }
  text += "\n## What a refusal notice must say\n\n| provision | when | what | source |\n|---|---|---|---|\n";
  for (const NoticePart& part : notice_parts()) text += "| `" + part.code + "` | " + part.when + " | " + part.what + " | " + part.source + " |\n";
  text += "\n## Cost limits\n\n| Act | authority | limit | rate an hour | activities that count | source |\n|---|---|---|---|---|---|\n";
  for (const Regime regime : {Regime::foia, Regime::foisa})
    for (const char* part : {"central", "other"}) {
      const CostLimit limit = cost_limit(regime, part).value();
      std::string activities;
      for (const CostActivity activity : limit.counting) activities += (activities.empty() ? "" : ", ") + std::string(word_of(activity));
      text += "| " + std::string(word_of(regime)) + " | " + part + " | £" + std::to_string(limit.limit_pounds) + " | £" + std::to_string(limit.rate_pounds) +
              " | " + activities + " | " + limit.source + " |\n";
    }
  text += "\n## Bank holidays\n\n| day | name | parts of the United Kingdom |\n|---|---|---|\n";
  for (const BankHoliday& holiday : bank_holidays()) {
    std::string parts;
    for (const std::string& part : holiday.parts) parts += (parts.empty() ? "" : ", ") + part;
    text += "| " + base::to_iso(holiday.day) + " | " + holiday.name + " | " + parts + " |\n";
  }
  return text + "\n";
}

TEST(TheManual, ShowsTheDataThatTheProgramCites) {
  const std::filesystem::path file = std::filesystem::path(CANDOUR_SOURCE_DIR) / "docs/reference/law.md";
  std::string manual = base::read_file(file).value();
  const std::string begin = "<!-- law: written from the files in law/ -->\n\n";
  const std::string end = "<!-- end of law -->";
  const std::string tables = manual_tables() + end;
  if (std::getenv("CANDOUR_WRITE_GOLDEN") != nullptr) {
    manual.replace(manual.find(begin) + begin.size(), manual.find(end) + end.size() - manual.find(begin) - begin.size(), tables);
    std::ofstream(file, std::ios::binary) << manual;
  }
  EXPECT_TRUE(manual.find(begin + tables) != std::string::npos) << "CANDOUR_WRITE_GOLDEN=1 writes the tables anew";
}

TEST(TheRegulator, IsDatedData) {
  const auto day = base::parse_iso_date("2024-07-01").value();
  EXPECT_EQ(regulator_on(Regime::foia, day)->name, "Information Commissioner");
  EXPECT_EQ(regulator_on(Regime::foisa, day)->name, "Scottish Information Commissioner");
  EXPECT_EQ(regulator_on(Regime::foia, base::parse_iso_date("1990-01-01").value()).error().code, "law.no_regulator");
}

}  // namespace
}  // namespace candour::law
