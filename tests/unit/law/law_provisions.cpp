// The rule base: citations come from it and from nowhere else.
#include <candour/law/provisions.hpp>

#include <gtest/gtest.h>

#include <algorithm>
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
  for (const Provision& provision : provisions())
    EXPECT_TRUE(provision.confirm_or_deny.empty() || codes.contains(provision.confirm_or_deny)) << provision.code;
  for (const NoticePart& part : notice_parts()) EXPECT_TRUE(codes.contains(part.code)) << part.code;
}

TEST(TheRuleBase, CitesSubsectionsOfTheFreedomOfInformationActAsOfThatAct) {
  EXPECT_EQ(cited(find_provision("FOIA/40(2)-40(3A)(a)").value()), "section 40(2) by virtue of section 40(3A)(a) of the Freedom of Information Act 2000");
  for (const Provision& provision : provisions()) {
    const bool limb = provision.citation.find("40(3A)") != std::string::npos || provision.citation.find("40(3B)") != std::string::npos || provision.citation.find("40(4A)") != std::string::npos;
    EXPECT_TRUE(!limb || provision.act == "Freedom of Information Act 2000") << provision.code;
  }
}

TEST(TheRuleBase, KnowsTheAbsoluteExemptions) {
  const std::set<std::string> absolute{"FOIA/21(1)", "FOIA/23(1)", "FOIA/32", "FOIA/34", "FOIA/40(1)", "FOIA/40(2)-40(3A)(a)", "FOIA/40(2)-40(3A)(b)", "FOIA/41(1)", "FOIA/44(1)(a)"};
  for (const Provision& provision : provisions()) {
    const bool is_absolute = provision.is_exemption() && provision.standing == Standing::absolute;
    EXPECT_EQ(is_absolute, absolute.contains(provision.code)) << provision.code;
  }
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

TEST(TheRegulator, IsDatedData) {
  const auto day = base::parse_iso_date("2024-07-01").value();
  EXPECT_EQ(regulator_on(Regime::foia, day)->name, "Information Commissioner");
  EXPECT_EQ(regulator_on(Regime::foisa, day)->name, "Scottish Information Commissioner");
  EXPECT_EQ(regulator_on(Regime::foia, base::parse_iso_date("1990-01-01").value()).error().code, "law.no_regulator");
}

}  // namespace
}  // namespace candour::law
