#include <candour/notice/account.hpp>

#include <candour/notice/writing.hpp>

#include <candour/base/text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace candour::notice {
namespace {

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&') out += "&amp;";
    else if (c == '<') out += "&lt;";
    else if (c == '>') out += "&gt;";
    else out += c;
  }
  return out;
}

// The fates that occur, in the order of the type: columns of the table.
std::vector<Fate> columns_of(const std::vector<QuestionFacts>& facts) {
  std::map<Fate, bool> seen;
  for (const QuestionFacts& each : facts)
    for (const auto& [fate, count] : each.fates)
      if (count > 0) seen[fate] = true;
  std::vector<Fate> columns;
  for (const auto& [fate, unused] : seen) columns.push_back(fate);
  return columns;
}

std::string in_words(Fate fate) {
  std::string words(word_of(fate));
  std::ranges::replace(words, '-', ' ');
  return words;
}

std::int64_t sum_of(const std::map<Fate, std::int64_t>& fates) {
  return std::accumulate(fates.begin(), fates.end(), std::int64_t{0}, [](std::int64_t sum, const auto& entry) { return sum + entry.second; });
}

std::string row(std::string_view heading, std::string_view kind, std::int64_t asked, const std::map<Fate, std::int64_t>& fates,
                const std::vector<Fate>& columns) {
  std::string html = fmt::format("<tr class=\"{}\"><th scope=\"row\">{}</th><td>{}</td>", kind, escaped(heading), asked);
  for (const Fate fate : columns) {
    const auto found = fates.find(fate);
    html += fmt::format("<td>{}</td>", found == fates.end() ? 0 : found->second);
  }
  const std::int64_t rest = asked - sum_of(fates);
  return html + fmt::format("<td>{}</td></tr>\n", rest == 0 ? "adds up" : fmt::format("{} unaccounted for", rest));
}

std::string account_table(const std::vector<QuestionFacts>& facts) {
  const std::vector<Fate> columns = columns_of(facts);
  std::string html =
      "<table>\n<caption>Cells asked for, and what became of each</caption>\n<thead><tr><th scope=\"col\">Question and period</th><th scope=\"col\">asked</th>";
  for (const Fate fate : columns) html += fmt::format("<th scope=\"col\">{}</th>", in_words(fate));
  html += "<th scope=\"col\">identity</th></tr></thead>\n<tbody>\n";
  std::map<Fate, std::int64_t> all;
  std::int64_t asked = 0;
  for (const QuestionFacts& each : facts) {
    html += row("Question " + each.question, "question", each.asked, each.fates, columns);
    for (const PeriodFacts& period : each.periods)
      if (!period.period.empty()) html += row(period.period, "period", sum_of(period.fates), period.fates, columns);
    for (const auto& [fate, count] : each.fates) all[fate] += count;
    asked += each.asked;
  }
  return html + row("All questions", "total", asked, all, columns) + "</tbody>\n</table>\n";
}

std::string population_table(const request::Case& the_case) {
  std::string html =
      "<table>\n<caption>Asked of whom, answered of whom</caption>\n<thead><tr><th scope=\"col\">Question</th><th scope=\"col\">asked</th><th "
      "scope=\"col\">answered</th><th scope=\"col\">why</th></tr></thead>\n<tbody>\n";
  for (const request::Question& question : the_case.questions) {
    if (question.kind != request::QuestionKind::statistics && question.kind != request::QuestionKind::records) continue;
    const auto taken = std::ranges::find(question.alternatives, question.branch, &request::Alternative::id);
    const bool narrower = !question.answered_only_for.empty();
    const std::string asked = question.alternatives.empty() ? "as in the text of the question" : question.alternatives.front().text;
    const std::string answered = narrower ? question.answered_only_for : taken == question.alternatives.end() ? "as asked" : taken->text;
    const std::string why = narrower                               ? question.answered_only_because
                            : taken == question.alternatives.end() ? ""
                                                                   : question.branch_reason + " (" + question.branch_by + ")";
    html += fmt::format("<tr><th scope=\"row\">Question {}</th><td>{}</td><td>{}</td><td>{}</td></tr>\n", escaped(question.number), escaped(asked),
                        escaped(answered), escaped(why));
  }
  return html + "</tbody>\n</table>\n";
}

std::string document_table(const request::Case& the_case) {
  std::string rows;
  for (const request::Question& question : the_case.questions) {
    for (const request::HeldDocument& document : question.documents)
      rows += fmt::format("<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n", escaped(question.number),
                          escaped(document.title), escaped(document.version), escaped(document.status), word_of(fate_of(question.decision.decision)),
                          document.file.empty() ? "nothing goes out" : escaped(document.file.filename().string()) + ", inspected");
  }
  if (rows.empty()) return {};
  return "<h2>Documents</h2>\n<table>\n<caption>Documents asked for and held</caption>\n<thead><tr><th scope=\"col\">Question</th><th "
         "scope=\"col\">title</th><th "
         "scope=\"col\">version</th><th scope=\"col\">status</th><th scope=\"col\">decision</th><th scope=\"col\">file</th></tr></thead>\n<tbody>\n" +
         rows + "</tbody>\n</table>\n";
}

std::string finding_table(const request::Case& the_case) {
  std::string html =
      "<h2>Findings</h2>\n<table>\n<caption>What a named person found</caption>\n<thead><tr><th scope=\"col\">Kind</th><th scope=\"col\">question</th><th "
      "scope=\"col\">who could be in the figures</th><th scope=\"col\">means considered</th><th scope=\"col\">finding</th><th scope=\"col\">by, "
      "on</th></tr></thead>\n<tbody>\n";
  for (const request::OfficerFinding& finding : the_case.findings)
    html += fmt::format("<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}, {}</td></tr>\n", escaped(finding.kind),
                        finding.question.empty() ? "all" : escaped(finding.question), escaped(finding.population), escaped(finding.means),
                        escaped(finding.text), escaped(finding.by), base::to_iso(finding.on));
  return html + "</tbody>\n</table>\n";
}

// The lowest age that a band of the question begins with.
bool asks_about_children(const request::Case& the_case, const request::Question& question) {
  for (const request::CaseVariable& variable : the_case.variables) {
    if (std::ranges::find(question.by, variable.variable.name, &std::pair<std::string, std::string>::first) == question.by.end()) continue;
    if (variable.youngest && *variable.youngest < 18) return true;
  }
  return false;
}

}  // namespace

std::vector<std::string> prompts_of(const request::Case& the_case, const std::vector<QuestionFacts>& facts) {
  std::vector<std::string> prompts;
  std::vector<std::string> children;
  for (const request::Question& question : the_case.questions) {
    const bool considered = std::ranges::any_of(the_case.findings, [&](const request::OfficerFinding& finding) {
      return finding.kind == "children" && (finding.question.empty() || finding.question == question.number);
    });
    if (!considered && question.decision.decision == request::Decision::given && asks_about_children(the_case, question)) children.push_back(question.number);
  }
  if (!children.empty())
    prompts.push_back(fmt::format(
        "{}: a band holds people under 18. Was {} (danger to health or safety) considered? A [[finding]] of kind \"children\" says so.",
        capitalised(questions_in_words(children)), Writing::known(law::in_role(law::regime_of(the_case.authority.regime), law::NoticeRole::danger)).citation));
  for (const request::Question& question : the_case.questions)
    for (const std::string& code : question.decision.provisions)
      if (code.size() > 10 && code.starts_with("EIR/12(5)(") && code[10] >= 'd' && code[10] <= 'g')
        prompts.push_back(fmt::format("Question {}: is the information on emissions? Then {} does not let {} be relied on.", question.number,
                                      Writing::known("EIR/12(9)").citation, Writing::known(code).citation));
  if (auto notice = build_notice(the_case, facts, the_case.answered_on.value_or(base::today())))
    prompts.insert(prompts.end(), notice->to_confirm.begin(), notice->to_confirm.end());
  return prompts;
}

std::string account_html(const request::Case& the_case, const std::vector<QuestionFacts>& facts) {
  std::string html = fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>Account of {}</title>\n<style>body{{font:16px/1.5 "
      "Arial,sans-serif;margin:2rem;max-width:70rem}}"
      "table{{border-collapse:collapse;margin:1rem 0}}td,th{{padding:.3rem .7rem;border-bottom:1px solid #b1b4b6;text-align:left;vertical-align:top}}"
      "caption{{font-weight:bold;text-align:left}}tr.question th,tr.total th,tr.total td{{font-weight:bold}}tr.period "
      "th{{font-weight:normal;padding-left:2rem}}</style></head>\n"
      "<body>\n<h1>Account of {}</h1>\n<p>Private: not for release. Every cell asked for has one fate; the last column says whether they add up to what was "
      "asked.</p>\n",
      escaped(the_case.reference), escaped(the_case.reference));
  const std::vector<std::string> prompts = prompts_of(the_case, facts);
  if (!prompts.empty()) {
    html += "<h2>To consider</h2>\n<ul>\n";
    for (const std::string& prompt : prompts) html += fmt::format("<li>{}</li>\n", escaped(prompt));
    html += "</ul>\n";
  }
  html += "<h2>Everything asked for</h2>\n" + account_table(facts) + population_table(the_case) + document_table(the_case) + finding_table(the_case);
  return html + "</body>\n</html>\n";
}

}  // namespace candour::notice
