#include <candour/casework/intake/draft.hpp>

#include <candour/base/text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

namespace candour::casework::intake {
namespace {

/// A text of very many sentences stands on several lines: on one, its dots would look like those of an endless key (base/settings.hpp).
std::string in_quotes(std::string_view text) {
  constexpr int most_dots = 60;
  const bool several_lines = std::ranges::count(text, '.') > most_dots;
  const std::string_view quotes = several_lines ? "\"\"\"" : "\"";
  std::string out(quotes);
  int dots = 0;
  bool begins_line = false;
  for (const char c : text) {
    if (begins_line && c == ' ') {
      out += "\\u0020";  // a plain blank would go with the line end
      continue;
    }
    begins_line = several_lines && c == '.' && ++dots % most_dots == 0;
    if (c == '"' || c == '\\') out += '\\';
    if (c == '\n') {
      out += "\\n";
    } else {
      out += static_cast<unsigned char>(c) < 32 || c == 127 ? ' ' : c;
    }
    if (begins_line) out += "\\\n";
  }
  return out + std::string(quotes);
}

std::string list_of(const std::vector<std::string>& texts) {
  std::string out;
  for (const std::string& each : texts) out += (out.empty() ? "" : ", ") + in_quotes(each);
  return "[" + out + "]";
}

/// A comment of one line, cut where it is long.
std::string comment(std::string_view text) {
  std::string line;
  for (const char c : text) line += static_cast<unsigned char>(c) < 32 || c == 127 ? ' ' : c;
  if (line.size() > 150) {
    std::size_t end = 150;
    while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xC0) == 0x80) --end;
    line = line.substr(0, end) + " ...";
  }
  return "# " + line + "\n";
}

std::string heading(std::string_view words) { return fmt::format("\n# ---- {} {}\n", words, std::string(words.size() < 120 ? 130 - words.size() : 10, '-')); }

std::string request_part(const Proposal& proposal, const DraftHead& head) {
  std::vector<std::string> unconfirmed;
  if (!head.received_is_given) unconfirmed.emplace_back("received");
  if (!proposal.subject.empty()) unconfirmed.emplace_back("subject");
  if (!proposal.cost_scope_quote.empty()) unconfirmed.emplace_back("cost_scope_quote");
  std::string out = "[request]\n";
  out += "reference = " + in_quotes(head.reference) + "\n";
  out += "received = " + base::to_iso(head.received) + "\n";
  if (!proposal.subject.empty()) out += "subject = " + in_quotes(proposal.subject) + "\n";
  else out += "# subject = \"\"       what the request is about, in a few words: the letter has no subject\n";
  out += "text_file = \"request.txt\"\n";
  out += "# answered_by = \"\"   the disclosure officer who answers\n";
  if (!proposal.cost_scope_quote.empty()) out += "cost_scope_quote = " + in_quotes(proposal.cost_scope_quote) + "\n";
  if (!unconfirmed.empty()) out += "unconfirmed = " + list_of(unconfirmed) + "\n";
  return out;
}

std::string authority_part(const std::optional<Office>& office) {
  if (!office)
    return "\n# [authority]        name, address, review_address and part, as docs/reference/case-file.md says; or name an office file to case new\n";
  const request::Authority& authority = office->authority;
  std::string out = "\n[authority]\n";
  for (const auto& [key, value] : {std::pair{"name", authority.name},
                                   {"address", authority.address},
                                   {"review_address", authority.review_address},
                                   {"part", authority.part},
                                   {"regime", authority.regime},
                                   {"publisher_url", authority.publisher_url},
                                   {"licence", authority.licence}})
    if (!value.empty()) out += fmt::format("{} = {}\n", key, in_quotes(value));
  return out;
}

/// The time that a variable of months should cover: all that questions with it ask for.
std::optional<std::pair<Month, Month>> time_of(const Proposal& proposal, const std::string& name) {
  std::optional<std::pair<Month, Month>> time;
  for (const ProposedQuestion& question : proposal.questions) {
    if (!question.period || question.period->form == AskedPeriod::Form::unbounded) continue;
    if (std::ranges::find(question.by, name, &AskedVariable::name) == question.by.end()) continue;
    if (!time) time = {question.period->first, question.period->last};
    time = {std::min(time->first, question.period->first), std::max(time->second, question.period->last)};
  }
  return time;
}

/// Month, quarter and year are levels of one variable.
std::string variable_name(const std::string& asked) { return proposal_for(asked).form == VariableProposal::Form::months ? "month" : asked; }

std::string variable_part(const Proposal& proposal, const AskedVariable& asked) {
  const VariableProposal proposed = proposal_for(asked.name);
  const std::string name = variable_name(asked.name);
  std::vector<std::string> unconfirmed{"role"};
  std::string out = "\n" + comment(fmt::format("the letter says: {}", asked.words)) + "[[variable]]\n";
  out += "name = " + in_quotes(name) + "\nlabel = " + in_quotes(proposed.form == VariableProposal::Form::months ? "Month" : proposed.label) +
         "\nrole = " + in_quotes(proposed.role) + "\n";
  if (proposed.data_class != "ordinary") {
    out += "data_class = " + in_quotes(proposed.data_class) + "\n";
    unconfirmed.emplace_back("data_class");
  }
  if (proposed.form == VariableProposal::Form::months) {
    const auto time = time_of(proposal, asked.name);
    const bool financial = asked.name == "financial-year";
    if (time) {
      out += fmt::format("months = {{ first = \"{}\", last = \"{}\"{} }}\n", to_text(time->first), to_text(time->second),
                         financial ? ", years = \"financial\"" : "");
      unconfirmed.emplace_back("months");
    } else {
      out += "# months = { first = \"\", last = \"\" }   the letter does not say when it begins and ends\n";
    }
  } else if (proposed.form == VariableProposal::Form::ages) {
    out += "# ages = { starts = [] }   the letter does not say which bands: enter the finest that the holding has\n";
  } else {
    out += "# categories = []          or categories_file: as the holding writes them (candour holdings shows them)\n";
  }
  return out + "unconfirmed = " + list_of(unconfirmed) + "\n";
}

std::string question_part(const ProposedQuestion& question) {
  std::vector<std::string> unconfirmed;
  std::string out = "\n";
  if (!question.before.empty()) out += comment("stands below: " + question.before);
  out += "[[question]]\nnumber = " + in_quotes(question.number) + "\n";
  if (!question.number_is_given) unconfirmed.emplace_back("number");
  out += "text = " + in_quotes(question.text) + "\n";
  unconfirmed.emplace_back("text");
  if (question.kind) {
    out += fmt::format("asks_for = {}{}\n", in_quotes(word_of(*question.kind)),
                       question.kind_words.empty() ? "" : "   " + comment("the letter says: " + question.kind_words));
    if (!question.kind_words.empty()) out.pop_back();
    unconfirmed.emplace_back("asks_for");
  } else {
    out += "# asks_for = \"\"        statistics, document or explanation: the words do not say\n";
  }
  if (!question.by.empty()) {
    std::vector<std::string> by, words;
    for (const AskedVariable& each : question.by) {
      const VariableProposal proposed = proposal_for(each.name);
      const bool finest = proposed.form != VariableProposal::Form::months || proposed.level == "month";
      const std::string name = variable_name(each.name) + (finest ? "" : " at " + proposed.level);
      if (std::ranges::find(by, name) == by.end()) by.push_back(name);
      words.push_back(each.words);
    }
    out += comment("breakdown: " + base::joined(words, "; ")) + "by = " + list_of(by) + "\n";
    unconfirmed.emplace_back("by");
  }
  if (question.period) {
    const bool known = question.period->form != AskedPeriod::Form::unbounded;
    out += comment(fmt::format("period: {}{}", question.period->words,
                               known ? fmt::format(" ({} to {})", to_text(question.period->first), to_text(question.period->last)) : ""));
  }
  if (question.kind == request::QuestionKind::statistics)
    out += "# population, counted and holding say which events are counted, and where they are recorded\n";
  if (!question.alternatives.empty()) unconfirmed.emplace_back("alternative");
  out += "unconfirmed = " + list_of(unconfirmed) + "\n";
  std::vector<std::string> alternatives = question.alternatives;
  if (alternatives.size() == 1) alternatives.insert(alternatives.begin(), question.text);
  for (std::size_t i = 0; i < alternatives.size(); ++i)
    out += fmt::format("\n  [[question.alternative]]\n  id = \"{}\"\n  text = {}\n", i == 0 ? "as-asked" : fmt::format("instead-{}", i),
                       in_quotes(alternatives[i]));
  return out;
}

}  // namespace

std::string_view word_of(request::QuestionKind kind) {
  switch (kind) {
    case request::QuestionKind::statistics: return "statistics";
    case request::QuestionKind::document: return "document";
    case request::QuestionKind::explanation: return "explanation";
    case request::QuestionKind::records: return "records";
  }
  return "statistics";
}

std::string draft_of(const Proposal& proposal, const DraftHead& head) {
  std::string out =
      "# A draft. The program read the letter and proposes; nothing is decided. What it proposed stands in the list `unconfirmed` of each part: hold it "
      "against the\n"
      "# letter, put it right, and take it out of the list (or: candour case confirm). `candour answer` refuses the case until no such list is left.\n\n";
  if (!proposal.prompts.empty() || !proposal.formats.empty()) {
    out += "# To look at first:\n";
    for (const Prompt& prompt : proposal.prompts) out += comment("- " + prompt.sentence + (prompt.words.empty() ? "" : " \"" + prompt.words + "\""));
    if (!proposal.formats.empty()) out += comment("- Wishes for a form (section 11): " + base::listed(proposal.formats));
    out += "\n";
  }
  out += request_part(proposal, head) + authority_part(head.office);
  out += heading("What is held: holdings are entered by whoever knows the systems");
  out += "# [[holding]]          id, label, kind, file, extracted_on\n";
  std::vector<AskedVariable> variables;
  for (const ProposedQuestion& question : proposal.questions)
    for (const AskedVariable& each : question.by)
      if (std::ranges::none_of(variables, [&](const AskedVariable& other) { return variable_name(other.name) == variable_name(each.name); }))
        variables.push_back(each);
  if (!variables.empty()) out += heading("What the figures are broken down by");
  for (const AskedVariable& each : variables) out += variable_part(proposal, each);
  out += heading("The questions");
  for (const ProposedQuestion& question : proposal.questions) out += question_part(question);
  return out;
}

std::string shown_beside(const Proposal& proposal) {
  std::string out;
  for (const ProposedQuestion& question : proposal.questions) {
    if (!question.before.empty()) out += fmt::format("      | {}\n", question.before);
    out += fmt::format("{:>5} | {}\n", question.number, question.text);
    std::string line = question.kind ? std::string(word_of(*question.kind)) : std::string("kind of answer: not clear");
    if (!question.by.empty()) {
      std::vector<std::string> names;
      for (const AskedVariable& each : question.by) names.push_back(each.name + (each.known ? "" : " (?)"));
      line += ", by " + base::listed(names);
    }
    if (question.period && question.period->form != AskedPeriod::Form::unbounded)
      line += fmt::format(", {} to {}", to_text(question.period->first), to_text(question.period->last));
    if (question.period && question.period->form == AskedPeriod::Form::unbounded) line += ", period to be entered";
    out += fmt::format("      > {}\n", line);
    for (const std::string& each : question.alternatives) out += fmt::format("      > instead: {}\n", each);
    out += "\n";
  }
  if (!proposal.formats.empty()) out += "Form wished: " + base::listed(proposal.formats) + "\n";
  for (const Prompt& prompt : proposal.prompts) out += "Look at: " + prompt.sentence + (prompt.words.empty() ? "" : " \"" + prompt.words + "\"") + "\n";
  return out;
}

}  // namespace candour::casework::intake
