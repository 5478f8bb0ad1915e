#include <candour/request/reading.hpp>

#include <candour/base/text.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace candour::request {
namespace {

using base::Setting;

// The officer's record of a finding on people: who could be in the figures, and what was considered.
void check_people_record(const Setting& table, const OfficerFinding& finding, Mistakes& mistakes) {
  const bool of_people = finding.kind == "identifiability" || finding.kind == "no-route";
  const auto need = [&](std::string_view key, const std::string& value, std::string_view meaning) {
    if (of_people && base::trimmed(value).empty())
      mistakes.add(table.line, "finding_incomplete", fmt::format("the finding '{}' has no '{}', expected {}", finding.kind, key, meaning));
    if (!of_people && !value.empty())
      mistakes.add(table.line_of(key), "finding_key", fmt::format("the finding '{}' has '{}', expected it only on people", finding.kind, key));
  };
  need("population", finding.population, "who could be in the figures, and how many they are");
  need("means", finding.means, "what a determined person could use, and was considered");
  const bool named = finding.kind == "no-route" || finding.kind == "provision-read";
  if (named != !finding.id.empty())
    mistakes.add(table.line, "finding_id",
                 fmt::format("the finding '{}' {} 'id', expected an id for 'no-route' and 'provision-read' and for nothing else", finding.kind,
                             finding.id.empty() ? "has no" : "has an"),
                 "a policy names it as rests_on_finding; of a provision it is the code, such as \"FOISA/39(1)\"");
}

// Which of the two tests of section 40 applies follows from what is counted and broken down.
bool needs_stricter_test(const Case& the_case) {
  const auto stricter = [](DataClass data_class) { return data_class != DataClass::ordinary; };
  return std::ranges::any_of(the_case.variables, stricter, &CaseVariable::data_class) ||
         std::ranges::any_of(the_case.populations, stricter, &CasePopulation::data_class);
}

void check_reasons(const Setting& table, const Case& the_case, Mistakes& mistakes) {
  const auto need = [&](std::string_view key, std::string_view why) {
    if (base::trimmed(table.text_of(key)).empty())
      mistakes.add(table.line, "personal_information", fmt::format("[personal_information] has no '{}', expected it: {}", key, why));
  };
  if (needs_stricter_test(the_case)) {
    need("consent_or_public", "special category or criminal offence data may go out only with consent, or where people made it public themselves");
    return;
  }
  for (const std::string_view key : {"legitimate_interest", "necessity", "balance"})
    need(key, "ordinary personal data is weighed in three steps (Article 6(1)(f))");
}

}  // namespace

void check_question_named(const Setting& table, const Case& the_case, const std::string& number, Mistakes& mistakes) {
  if (number.empty()) return;
  std::vector<std::string> numbers;
  for (const Question& question : the_case.questions) numbers.push_back(question.number);
  const Question* question = find_question(the_case, number);
  if (question == nullptr) return mistakes.add_unknown(table.line_of("question"), "unknown_question", "question", number, numbers);
  if (question->decision.decision == Decision::neither_confirmed_nor_denied)
    mistakes.add(table.line_of("question"), "hint_of_holding",
                 fmt::format("question {} is neither confirmed nor denied, expected no finding and no cost about it", number));
}

void read_findings(const Setting& top, Case& the_case, Mistakes& mistakes) {
  for (const Setting* table : top.tables_of("finding")) {
    the_case.findings.push_back({table->text_of("kind"), table->text_of("text"), table->text_of("by"), *table->date_of("on"), table->text_of("question"),
                                 table->text_of("id"), table->text_of("population"), table->text_of("means")});
    check_question_named(*table, the_case, the_case.findings.back().question, mistakes);
    check_people_record(*table, the_case.findings.back(), mistakes);
  }
  if (const Setting* table = top.find("personal_information")) {
    const auto said = [&](std::string_view key) { return table->text_of(key); };
    the_case.personal_information = PersonalInformationReasons{said("route"),  said("legitimate_interest"), said("necessity"), said("balance"),
                                                               said("living"), said("consent_or_public"),   said("by"),        *table->date_of("on")};
    check_reasons(*table, the_case, mistakes);
  }
}

}  // namespace candour::request
