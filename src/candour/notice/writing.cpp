#include <candour/notice/writing.hpp>

#include <candour/base/check.hpp>
#include <candour/base/text.hpp>

#include <fmt/format.h>

namespace candour::notice {

void Writing::missing(std::string_view part, std::string sentence, std::string hint) {
  errors.push_back({base::Cause::wrong_input,
                    "notice.incomplete",
                    {(the_case.folder / "case.toml").string()},
                    fmt::format("the notice lacks what {} asks for: {}", part, sentence),
                    std::move(hint)});
}

std::optional<law::Provision> Writing::provision(std::string_view code) {
  auto found = law::find_provision(code);
  if (found) return std::move(*found);
  base::Error error = std::move(found).error();
  error.place.file = (the_case.folder / "case.toml").string();
  errors.push_back(std::move(error));
  return std::nullopt;
}

law::Provision Writing::known(std::string_view code) {
  auto found = law::find_provision(code);
  CANDOUR_CHECK(found.has_value(), "the rule base has the provisions that every notice cites");
  return std::move(*found);
}

law::Regime Writing::regime() const { return law::regime_of(the_case.authority.regime); }

std::string Writing::in_role(law::NoticeRole role) const { return std::string(law::in_role(regime(), role)); }

law::Provision Writing::role(law::NoticeRole role) const { return known(in_role(role)); }

bool is_personal_information(std::string_view code) {
  return code.starts_with("FOIA/40(2)") || code.starts_with("FOISA/38(1)(b)") || code.starts_with("EIR/13(1)");
}

NoticeSection& Writing::section(std::string heading) {
  notice.sections.push_back({std::move(heading), {}});
  return notice.sections.back();
}

std::string questions_in_words(const std::vector<std::string>& numbers) { return (numbers.size() == 1 ? "question " : "questions ") + base::listed(numbers); }

std::vector<std::string> questions_with(const std::vector<QuestionFacts>& facts, Fate fate) {
  std::vector<std::string> numbers;
  for (const QuestionFacts& each : facts)
    if (each.has(fate)) numbers.push_back(each.question);
  return numbers;
}

std::string capitalised(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

std::string as_sentence(std::string_view text) {
  std::string sentence(base::trimmed(text));
  if (!sentence.empty() && std::string_view(".!?").find(sentence.back()) == std::string_view::npos) sentence += '.';
  return sentence;
}

}  // namespace candour::notice
