#include <candour/base/text.hpp>
#include <candour/notice/bare_reason.hpp>
#include <candour/notice/writing.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace candour::notice {
namespace {

using request::DataClass;

// A question or a period that was withheld as a whole: by this provision, or by none of its own.
bool rests_on_this(const request::Question& question, const std::string& limb_code) {
  const auto& codes = question.decision.provisions;
  return codes.empty() ? question.decision.decision == request::Decision::given : std::ranges::find(codes, limb_code) != codes.end();
}

// Which kinds of data the questions concern: their population's, and that of what they are broken down by.
std::vector<DataClass> classes_of(const request::Case& the_case, const std::vector<std::string>& numbers) {
  std::vector<DataClass> classes;
  for (const request::Question& question : the_case.questions) {
    if (std::ranges::find(numbers, question.number) == numbers.end()) continue;
    for (const request::CasePopulation& population : the_case.populations) {
      if (population.id != question.population) continue;
      classes.push_back(population.data_class);
      for (const request::CaseVariable& variable : the_case.variables)
        if (std::ranges::find(question.by, variable.variable.name, &std::pair<std::string, std::string>::first) != question.by.end())
          classes.push_back(variable.data_class);
    }
  }
  return classes;
}

std::string together(const std::vector<std::string>& by) {
  if (by.empty()) return "as a total";
  return "by " + base::listed(by) + (by.size() > 1 ? " together" : "");
}

// What was asked and what is given instead, question by question, in words of the code lists.
std::string what_is_not_given(const QuestionFacts& facts) {
  if (!facts.of_records.empty()) return fmt::format("Question {} asked for records. {}", facts.question, base::joined(facts.of_records, " "));
  std::vector<std::string> given;
  for (const GivenBreakdown& each : facts.given)
    if (const std::string words = together(each.by); std::ranges::find(given, words) == given.end()) given.push_back(words);
  std::string text = fmt::format("Question {} asked for figures {}. ", facts.question, together(facts.asked_by));
  text += given.empty() ? "No figures are given." : fmt::format("They are given {}.", base::joined(given, "; "));
  if (facts.some_changed) text += " Some of them are changed, as said beside the tables; the exact ones in their place are withheld.";
  if (facts.some_marked) text += " Figures marked [c] are withheld.";
  return text;
}

// The officer's finding on a question's figures: their own, else that of all.
const request::OfficerFinding* finding_on(const request::Case& the_case, std::string_view kind, const std::string& question) {
  const request::OfficerFinding* of_all = nullptr;
  for (const request::OfficerFinding& finding : the_case.findings) {
    if (finding.kind != kind) continue;
    if (finding.question == question) return &finding;
    if (finding.question.empty()) of_all = &finding;
  }
  return of_all;
}

// Each table that is withheld in detail rests on a finding, and not on the opposite one.
void write_findings(Writing& writing, const std::vector<std::string>& numbers, NoticeSection& section) {
  std::vector<std::string> means;
  for (const std::string& number : numbers) {
    const request::OfficerFinding* finding = finding_on(writing.the_case, "identifiability", number);
    if (const auto* none = finding_on(writing.the_case, "no-route", number); none != nullptr && (finding == nullptr || finding->question != number))
      writing.errors.push_back(
          {base::Cause::wrong_input,
           "notice.contradiction",
           {(writing.the_case.folder / "case.toml").string()},
           fmt::format("question {} withholds figures as personal information, and the finding '{}' says that there is no route to a person", number, none->id),
           "a policy that rests on the finding (rests_on_finding) releases the figures"});
    if (finding == nullptr)
      writing.missing(writing.in_role(law::NoticeRole::part_reason),
                      fmt::format("a named person's finding that the finer figures of question {} would identify people", number),
                      "add [[finding]] with kind = \"identifiability\", population, means, text, by and on");
    else if (std::ranges::find(means, finding->means) == means.end()) means.push_back(finding->means);
  }
  for (const std::string& one : means)
    section.paragraphs.push_back(
        {ParagraphKind::means, {}, "DPA/3(2)", fmt::format("What was considered that somebody could use to find a person: {}", as_sentence(one))});
}

void write_test(Writing& writing, const request::PersonalInformationReasons& reasons, const std::vector<std::string>& numbers, NoticeSection& section) {
  const auto classes = classes_of(writing.the_case, numbers);
  const bool offence = std::ranges::find(classes, DataClass::criminal_offence) != classes.end();
  const bool special = std::ranges::find(classes, DataClass::special_category) != classes.end();
  const auto add = [&](ParagraphKind kind, std::string_view provision, std::string text) {
    section.paragraphs.push_back({kind, {}, std::string(provision), std::move(text)});
  };
  if (offence || special) {
    std::vector<std::string> kinds;
    if (special) kinds.push_back(fmt::format("special category data ({})", law::cited(Writing::known("UKGDPR/9"))));
    if (offence)
      kinds.push_back(fmt::format("personal data relating to criminal offences, which includes alleged offences and what became of them ({} and {})",
                                  law::cited(Writing::known("UKGDPR/10")), law::cited(Writing::known("DPA/11(2)"))));
    add(ParagraphKind::data_class, offence ? "UKGDPR/10" : "UKGDPR/9",
        fmt::format("The information is {}. Such data may be disclosed to the world only with the consent of the people concerned, or where they have clearly "
                    "made it public themselves; it is not weighed against other interests. {}",
                    base::listed(kinds), as_sentence(reasons.consent_or_public)));
    if (base::trimmed(reasons.consent_or_public).empty())
      writing.missing(writing.in_role(law::NoticeRole::part_reason), "whether people consented or made the information public themselves",
                      "add consent_or_public to [personal_information]");
    return;
  }
  add(ParagraphKind::data_class, "UKGDPR/6(1)(f)",
      fmt::format("The only basis in question is {}, which is tested in three steps.", law::cited(Writing::known("UKGDPR/6(1)(f)"))));
  const auto step = [&](ParagraphKind kind, const std::string& text, std::string_view heading, std::string_view key) {
    if (base::trimmed(text).empty())
      writing.missing(writing.in_role(law::NoticeRole::part_reason), fmt::format("the step '{}' of the test", key),
                      fmt::format("add {} to [personal_information]", key));
    add(kind, "UKGDPR/6(1)(f)", fmt::format("{}: {}", heading, as_sentence(text)));
  };
  step(ParagraphKind::legitimate_interest, reasons.legitimate_interest, "Legitimate interest", "legitimate_interest");
  step(ParagraphKind::necessity, reasons.necessity, "Necessity", "necessity");
  step(ParagraphKind::balance, reasons.balance, "Balance", "balance");
}

}  // namespace

void write_personal_information(Writing& writing) {
  const std::string limb_code = writing.in_role(law::NoticeRole::personal_information);
  std::vector<std::string> numbers;
  for (const QuestionFacts& facts : writing.facts) {
    const auto question = std::ranges::find(writing.the_case.questions, facts.question, &request::Question::number);
    const bool decided = question != writing.the_case.questions.end() && facts.has(Fate::withheld) && rests_on_this(*question, limb_code);
    if (facts.has(Fate::withheld_in_detail) || decided) numbers.push_back(facts.question);
  }
  if (numbers.empty()) return;
  if (!writing.the_case.personal_information) {
    writing.missing(writing.in_role(law::NoticeRole::part_reason),
                    fmt::format("why the finer figures asked for in {} would identify people", questions_in_words(numbers)),
                    "add [personal_information] with route, by and on; a small number alone is no reason");
    return;
  }
  const request::PersonalInformationReasons& reasons = *writing.the_case.personal_information;
  if (bare_reason_in(reasons.route))
    writing.missing(writing.in_role(law::NoticeRole::part_reason), "a route by which somebody would be identified",
                    "route in [personal_information] says who could find out, from what, and what they would learn");
  NoticeSection& section = writing.section(fmt::format("Personal information: {}", questions_in_words(numbers)));
  const auto add = [&](ParagraphKind kind, std::string_view provision, std::string text) {
    section.paragraphs.push_back({kind, {}, std::string(provision), std::move(text)});
  };
  for (const QuestionFacts& facts : writing.facts)
    if (facts.has(Fate::withheld_in_detail))
      section.paragraphs.push_back({ParagraphKind::what_is_not_given, facts.question, limb_code, what_is_not_given(facts)});
  const bool of_records =
      std::ranges::none_of(writing.facts, [](const QuestionFacts& facts) { return facts.has(Fate::withheld_in_detail) && facts.of_records.empty(); });
  if (std::ranges::any_of(writing.facts, &QuestionFacts::some_marked))
    add(ParagraphKind::what_is_not_given, limb_code,
        "A figure marked [c] is withheld because it, or another one that could be worked out from it, would be personal information; which of the two is not "
        "said.");
  add(ParagraphKind::provision, limb_code,
      fmt::format("What is not given is {} under {} ({}).", writing.regime() == law::Regime::eir ? "not disclosed" : "exempt",
                  law::cited(Writing::known(limb_code)), Writing::known(limb_code).title));
  add(ParagraphKind::personal_data, "DPA/3(2)",
      fmt::format("Information is personal data if it relates to a living person who can be identified from it, directly or together with anything else that "
                  "somebody is reasonably likely to use ({}; {}). {} would be, for this reason:",
                  law::cited(Writing::known("UKGDPR/4(1)")), law::cited(Writing::known("DPA/3(2)")),
                  of_records ? "Records with more detail" : "A small number is not personal data for being small. The finer figures"));
  add(ParagraphKind::route, "DPA/3(2)", as_sentence(reasons.route));
  if (!base::trimmed(reasons.living).empty()) add(ParagraphKind::personal_data, "DPA/3(2)", as_sentence(reasons.living));
  write_findings(writing, numbers, section);
  add(ParagraphKind::limb, limb_code,
      fmt::format("The first of the three conditions applies: disclosing the information to the world, otherwise than under the {}, would contravene a data "
                  "protection principle.",
                  Writing::known(limb_code).act));
  add(ParagraphKind::principle, "UKGDPR/5(1)(a)",
      fmt::format("The principle is {} in {}.", Writing::known("UKGDPR/5(1)(a)").title, law::cited(Writing::known("UKGDPR/5(1)(a)"))));
  write_test(writing, reasons, numbers, section);
  add(ParagraphKind::public_interest, limb_code,
      writing.regime() == law::Regime::eir ? "Where this condition is met the Regulations ask for no further weighing of the public interest."
                                           : "The exemption is absolute in this respect: the law asks for no further weighing of the public interest.");
  const bool something_given =
      std::ranges::any_of(writing.facts, [](const QuestionFacts& facts) { return facts.has(Fate::withheld_in_detail) && !facts.given.empty(); });
  if (something_given)
    add(ParagraphKind::why_coarser_is_given, limb_code,
        std::string(of_records ? "The records" : "The figures") +
            " that are given were checked together for what the readers described in this answer could work out from them. "
            "No route to a person was found by that check, so they are not treated as personal data and are released.");
}

}  // namespace candour::notice
