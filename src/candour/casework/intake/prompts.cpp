#include <candour/casework/intake/prompts.hpp>

#include <candour/casework/intake/pattern.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace candour::casework::intake {
namespace {

/// Words of a letter that ask for a look.
struct Cue {
  const char* code;
  Pattern pattern;
  const char* sentence;
};

const auto& cues() {
  static const std::array list{
      Cue{"environmental",
          Pattern("\\benvironmental information\\b|\\bEIR\\b|\\b(?:water|air|soil) quality\\b|\\bemissions?\\b|\\bpollut|\\bsewage\\b|\\bdischarge "
                  "permits?\\b|\\bflood(?:s|ing)?\\b|\\blandfill\\b|\\bnoise levels?\\b|"
                  "\\bradiation\\b|\\bbiodiversity\\b|\\bplanning applications?\\b|\\btrees?\\b|\\bgreenhouse\\b|\\bpesticides?\\b|\\bclimate\\b"),
          "This may be environmental information: consider the Environmental Information Regulations 2004, whose clock, exceptions and costs are their own."},
      Cue{"subject-access",
          Pattern("\\b(?:hold|held|have|kept|recorded) (?:about|on|regarding|relating to) (?:me|myself|my)\\b|\\bmy (?:own )?(?:personal "
                  "data|records|file|medical notes|case notes)\\b|\\bsubject access\\b|\\bSAR\\b|\\barticle 15\\b"),
          "This may be a request for the requester's own personal data: consider a subject access request (section 40(1))."},
      Cue{"scotland", Pattern("\\(Scotland\\) Act\\b|\\bFOISA\\b|\\bscottish information commissioner\\b"),
          "The letter names the Freedom of Information (Scotland) Act 2002: see which Act your authority is under."},
      Cue{"earlier-request",
          Pattern("\\bsame (?:as|information as|figures as|data as) (?:last|the (?:previous|last|earlier)|before|my|in)|\\bthe same "
                  "(?:(?:information|figures|data) (?:for|as|again|but|in|from|covering)|again)\\b|\\bi wrote (?:to you )?on\\b|\\bhave had no "
                  "(?:answer|reply|response)\\b|\\bmy (?:earlier|previous|last|recent) (?:request|foi)\\b|\\b(?:an )?update (?:of|to|on)\\b|"
                  "\\b(?:your|previous|earlier|my) ref(?:erence)?\\b|\\bearlier request\\b|\\bfollow(?:ing)?[- ]up\\b|\\bone more question\\b|\\bthank you for "
                  "your (?:letter|reply|response|e-?mail|answer)\\b|\\bmy request was too\\b|\\bnow narrow\\b|\\byou (?:have )?(?:already )?answered\\b"),
          "The letter leans on an earlier request: find that answer, as it says what is meant and is part of what readers already know."},
      Cue{"many-authorities",
          Pattern("\\b(?:sent to|asking|writing to) (?:all|every|each|several|other|a number of|multiple)\\b|\\ball (?:the )?(?:police "
                  ")?(?:forces|councils|local authorities|nhs trusts|trusts|universities|health boards)\\b"),
          "The same letter goes to several authorities: consider a national referral, so that the answers of one do not undo those of another."},
      Cue{"sensitive-policing",
          Pattern("\\bcounter.?terror|\\bundercover\\b|\\bcovert\\b|\\binformants?\\b|\\bsurveillance\\b|\\bfirearms officers?\\b|\\broyal(?:ty| family)?\\b "
                  "protection|\\bprotection officers?\\b"),
          "The subject is one that forces refer nationally: consider the national referral unit before anything else."},
  };
  return list;
}

std::string whole_text(const Letter& letter) {
  std::string text = letter.subject + "\n" + letter.body;
  std::ranges::replace(text, '\n', ' ');
  return text;
}

void add(std::vector<Prompt>& prompts, const char* code, const char* sentence, std::string words = {}) {
  if (std::ranges::find(prompts, code, &Prompt::code) == prompts.end()) prompts.push_back({code, sentence, std::move(words)});
}

void add_validity(std::vector<Prompt>& prompts, const Letter& letter, const Proposal& proposal) {
  if (letter.sender.name.empty())
    add(prompts, "no-name", "No name of the requester was found: section 8(1)(b) asks for one. A person who gives none can be asked for it.");
  if (letter.sender.address.empty())
    add(prompts, "no-address", "No address for correspondence was found: section 8(1)(b) asks for one; an e-mail address is enough.");
  if (proposal.questions.empty())
    add(prompts, "no-question",
        "No question was found: section 8(1)(c) asks for a description of the information. Read the letter; if it is unclear, ask (section 1(3)).");
  if (letter.masked)
    add(prompts, "masked", "The requester's name or address stood in the text and was replaced by a mask: see whether the request still says what was meant.");
  if (letter.attachments > 0) add(prompts, "attachments", "The message has attachments, which were not read: look whether the request goes on there.");
}

std::string first_words(const std::vector<std::string>& sentences) { return sentences.empty() ? std::string() : sentences.front(); }

void add_scope(std::vector<Prompt>& prompts, const Proposal& proposal, const RolesFound& roles) {
  using Form = AskedPeriod::Form;
  const AskedPeriod* relative = nullptr;
  const AskedPeriod* unbounded = nullptr;
  bool any_period = false, any_figures = false;
  for (const ProposedQuestion& question : proposal.questions) {
    any_figures = any_figures || question.kind == request::QuestionKind::statistics;
    if (!question.period) continue;
    any_period = true;
    if (question.period->form == Form::relative) relative = &*question.period;
    if (question.period->form == Form::unbounded) unbounded = &*question.period;
  }
  if (relative != nullptr)
    add(prompts, "relative-period", "A period was reckoned back from the day of receipt: see whether whole years are meant.", relative->words);
  if (unbounded != nullptr) add(prompts, "open-period", "The letter does not say in which month the period begins: enter it.", unbounded->words);
  const bool leans = std::ranges::find(prompts, "earlier-request", &Prompt::code) != prompts.end();
  if (any_figures && !any_period && !leans)
    add(prompts, "no-period", "Figures are asked for without a period: ask, or say in the answer which one was taken (section 16).");
  for (const ProposedQuestion& question : proposal.questions)
    for (const AskedVariable& each : question.by)
      if (!each.known)
        add(prompts, "unknown-breakdown", "A breakdown is asked for by a word that is in no list: see what it means in your systems.", each.words);
  for (const ProposedQuestion& question : proposal.questions)
    if (!question.kind) add(prompts, "unsure-kind", "Of a question it is not clear what kind of answer it wants: say it in the case.", question.number);
  if (!proposal.cost_scope_quote.empty())
    add(prompts, "cost-scope", "The requester leaves out what would cost too much: refuse no part for cost before reading these words (section 12).",
        proposal.cost_scope_quote);
  if (const auto found = roles.find(SentenceRole::fallback); found != roles.end())
    add(prompts, "cost-fallback", "The requester says what would do instead: section 16 asks you to use it.", first_words(found->second));
}

void add_rest(std::vector<Prompt>& prompts, const Letter& letter, const RolesFound& roles) {
  static const Pattern plain_thanks("^(?:thank|many thanks|thanks|i look forward|looking forward)");
  if (const auto found = roles.find(SentenceRole::handling); found != roles.end())
    for (const std::string& each : found->second)
      if (each.find('?') != std::string::npos && !plain_thanks.in(each))
        add(prompts, "handling", "This asks for something in the handling, not for information.", each);
  if (const auto found = roles.find(SentenceRole::remark); found != roles.end())
    add(prompts, "remark", "This was taken as a remark and not as a question: put it in if it asks for recorded information.", first_words(found->second));
  static const Pattern columns("[|].*[|].*[|]");
  if (columns.in(letter.body)) add(prompts, "table-to-fill", "The letter has a table to be filled in: take its columns into the designs.");
  if (letter.answers_our_letter) add(prompts, "earlier-request", "The letter quotes an earlier one: read both together.");
  if (letter.published_platform)
    add(prompts, "published-platform", "The address belongs to a site that publishes every reply at once: to send there is to publish.");
}

}  // namespace

std::vector<Prompt> prompts_for(const Letter& letter, const Proposal& proposal, const RolesFound& roles) {
  std::vector<Prompt> prompts;
  add_validity(prompts, letter, proposal);
  const std::string text = whole_text(letter);
  for (const Cue& cue : cues())
    if (const auto found = cue.pattern.find(text)) add(prompts, cue.code, cue.sentence, text.substr(found->at, found->length));
  add_scope(prompts, proposal, roles);
  add_rest(prompts, letter, roles);
  return prompts;
}

}  // namespace candour::casework::intake
