#include <candour/casework/intake/sentence_roles.hpp>

#include <candour/casework/intake/breakdowns.hpp>
#include <candour/casework/intake/pattern.hpp>

#include <algorithm>
#include <array>

namespace candour::casework::intake {
namespace {

const Pattern& figures() {
  static const Pattern pattern(
      "\\bhow many\\b|\\bhow much\\b|\\bhow often\\b|^(?:the )?(?:total )?(?:numbers?|totals?) |\\btotal (?:spent|paid|received|owed|raised)\\b|\\b(?:the "
      "|total |a )?(?:numbers?|counts?|totals?|sums?|amounts?|volumes?|quantit(?:y|ies)) of\\b|\\b(?:figures|statistics|stats|"
      "percentages?|proportions?|averages?|mean|median|rates?) "
      "(?:for|of|on|about|paid|charged|per|showing|relating|in|to)\\b|\\b(?:total|overall|average|mean|median|highest|lowest|"
      "longest|annual|monthly|quarterly|hourly|daily) (?:[a-z]+ "
      ")?(?:numbers?|costs?|amounts?|income|values?|spend(?:ing)?|spent|paid|received|owed|raised|rates?|length|time|wait|figures?|expenditure|"
      "revenue|salary|pay|budget)\\b|\\b(?:cost|value|spend(?:ing)?|expenditure|budget) (?:of|on|for)\\b|\\ba breakdown\\b|\\b(?:broken|break)(?: [a-z]+){0,3} "
      "down\\b|"
      "\\bwhat (?:percentage|proportion|number)\\b");
  return pattern;
}

const Pattern& documents() {
  static const Pattern pattern(
      "\\bcop(?:y|ies) of\\b|\\b(?:(?:[a-z]+ "
      ")?(?:polic(?:y|ies)|procedures?|protocols?|guidance|guidelines|strateg(?:y|ies)|contracts?|minutes|agendas?|reports?|assessments?|"
      "correspondence|e-?mails|letters|business cases?|terms of reference|organi[sz]ation(?:al)? charts?|structure "
      "charts?|organograms?|specifications?|manuals?|permits?|schemes?|"
      "memorand(?:um|a)|agreements?|training "
      "materials?|presentations?|surveys?|files?|registers?|maps?|plans?|documents?|documentation|notes?|certificates?|(?:traffic|court|enforcement) "
      "orders?))\\b|"
      "\\b(?:a|the|any) (?:full |complete |up-to-date )?lists? of\\b|\\bresults of\\b|\\ball (?:the )?information\\b");
  return pattern;
}

const Pattern& explanations() {
  static const Pattern pattern(
      "^(?:and |also[:,]? |please (?:tell me|explain|advise|state|confirm|say|let me know|describe),? |(?:can|could) you (?:please )?(?:tell "
      "me|explain|advise|confirm|say),? |i would like to know )*"
      "(?:why|explain|whether|if "
      "|who\\b|when\\b|where\\b|how\\b|which\\b|what\\b|does\\b|do\\b|did\\b|is\\b|are\\b|was\\b|were\\b|has\\b|have\\b|had\\b|will\\b|under what\\b|on "
      "what\\b|"
      "the (?:reasons?|process|basis|name|date)\\b|describe\\b|confirm\\b|in what\\b|at what\\b|by what\\b|for what\\b)");
  return pattern;
}

bool asks(std::string_view sentence) {
  static const Pattern request(
      "\\b(?:please|kindly)\\b.{0,30}\\b(?:provide|send|supply|tell|give|state|list|confirm|advise|let me "
      "(?:have|know)|disclose|release|explain|share|forward|furnish|detail|include)\\b|"
      "\\bi (?:also |now |only |just |therefore |further )?(?:would like|'d like|want|wish|request|am requesting|am seeking|seek|ask|am asking|should "
      "like)\\b|\\b(?:can|could|would|will) (?:you|i)\\b.{0,30}"
      "\\b(?:provide|send|supply|tell|give|state|list|confirm|advise|have|get|obtain|receive|know|disclose|release|explain|share|see)\\b|\\bunder the "
      "(?:act|freedom|foi)\\b|\\bi "
      "am writing to (?:request|ask)\\b|\\b(?:send|give|tell) me\\b");
  static const Pattern noun("^(?:a |any |all |the |full )*(?:cop(?:y|ies)|lists?|details|names?|minutes|records?|dates?) of\\b");
  return sentence.find('?') != std::string_view::npos || request.in(sentence) || noun.in(sentence) || figures().in(sentence);
}

bool is_handling(std::string_view text) {
  static const Pattern pattern(
      "\\backnowledge\\b|\\bconfirm (?:the )?(?:safe )?receipt\\b|\\blook(?:ing)? forward\\b|\\b(?:20|twenty) working days\\b|\\b(?:any|need|require|further) "
      "clarification\\b|\\bcontact me\\b|"
      "\\bget in touch\\b|\\bhesitate\\b|\\bthank(?:s| you)\\b.{0,60}$|\\bwhen (?:can|will|may) (?:i|we) expect\\b|\\binternal "
      "review\\b|\\b(?:sections?|s\\.?) ?16\\b|\\badvice and assistance\\b|"
      "\\breply (?:to this|by return)\\b|\\b(?:any|some) questions\\b|\\bplease (?:do not|don't) (?:redirect|ignore)\\b|\\bis being sent to\\b|\\bhas been "
      "sent to\\b|"
      "\\bif you (?:do not|don't|are not)\\b.{0,30}\\b(?:hold|right|correct)\\b.{0,80}\\b(?:who|pass|forward|transfer|redirect)|\\bif any (?:of this "
      ")?information is (?:withheld|exempt)|\\bexemption\\b");
  return pattern.in(text);
}

bool is_remark(std::string_view text) {
  static const Pattern pattern(
      "^(?:and |but |so )?(?:is it any wonder|is it not|isn't it|do you not|don't you|do you really|do you honestly|do you think|do you care|do you even|would "
      "you like it|how dare|how would you feel|aren't you|are you not|"
      "are you (?:proud|happy|ashamed)|have you no|haven't you|why oh why|why should (?:we|i)|why do (?:we|i) (?:bother|pay)|who do you think|what do you "
      "think|what is the point|"
      "when will you (?:learn|people)|can you (?:honestly|really|seriously)|how can you (?:sleep|justify|live)|can you imagine|wouldn't you agree|what "
      "(?:kind|sort) of (?:people|country|council))");
  return pattern.in(text);
}

bool is_lead_in(std::string_view text) {
  static const Pattern follows(
      "\\bthe following\\b.{0,140}:?$|\\b(?:questions?|information) (?:about|on|regarding|relating to|concerning|under)\\b[^?]{0,150}$|^my (?:first |second "
      "|third |other |last )?(?:questions?|request)s? (?:is|are|concerns?)\\b");
  return text.ends_with(':') || follows.in(text);
}

bool speaks_of_limits(std::string_view text) {
  static const Pattern pattern(
      "\\b(?:cost|time|appropriate|18.hours?|24.hours?)(?: and fees)? limits?\\b|\\bover the limit\\b|\\bexceed|\\bmanual(?:ly)?\\b|\\bby hand\\b|\\btoo "
      "(?:much|long|costly|expensive|onerous)\\b|\\bnot (?:be )?(?:possible|held|available|"
      "recorded)\\b|\\b(?:can ?not|can't|unable to|isn't|is not possible)\\b|\\beasily (?:retrievable|accessible|available)\\b|\\bsection 12\\b|\\bone by "
      "one\\b|\\bengage cost|\\bwould take\\b|\\bheld electronically\\b|\\bwould cost\\b");
  return pattern.in(text);
}

}  // namespace

SentenceRole role_of(std::string_view sentence) {
  static const Pattern conditional("\\b(?:if|where|should|in case|unless|alternatively|failing that|otherwise|as a fallback)\\b");
  static const Pattern starts_instead("^(?:alternatively|failing that|otherwise|as a fallback|if not,|if possible)");
  static const Pattern anything(
      "\\b(?:anything|any part|any question|any of (?:this|these|the)|a question|a part|parts? of (?:this|my|the) request|only "
      "(?:want|asking|requesting|ask)|am only)\\b");
  static const Pattern leave(
      "\\b(?:leave (?:it|that|this|them)(?: part)? out|do not want|don't want|not wanting|please (?:leave|omit|exclude|ignore|skip)|move on|only "
      "(?:want|asking for|requesting|ask for))\\b");
  static const Pattern detail(
      "^(?:please |kindly |i would (?:like|prefer)|i'd (?:like|prefer)|could you|can you|if possible|for each|in each|where possible|the "
      "(?:data|figures?|answer|information)|ideally|electronic|preferably|this (?:data|information))");
  if (is_remark(sentence)) return SentenceRole::remark;
  if (speaks_of_limits(sentence) && anything.in(sentence) && leave.in(sentence)) return SentenceRole::cost_scope;
  static const Pattern talk("\\b(?:contact me|let me know|get in touch|refine|tell me so)\\b");
  if (conditional.in(sentence) && talk.in(sentence) && sentence.find('?') == std::string_view::npos) return SentenceRole::handling;
  if ((conditional.in(sentence) && speaks_of_limits(sentence)) || starts_instead.in(sentence)) {
    const auto at = conditional.find(sentence);
    if (!at || at->at < 60 || sentence.find('?') == std::string_view::npos) return SentenceRole::fallback;
  }
  const bool wants_form = !formats_in(sentence).empty() && !figures().in(sentence);
  if (is_handling(sentence) && !figures().in(sentence)) return SentenceRole::handling;
  if (is_lead_in(sentence) && !figures().in(sentence) && sentence.find('?') == std::string_view::npos) return SentenceRole::lead_in;
  const bool breaks_down = !variables_in(sentence).empty();
  static const Pattern about_form("\\b(?:break|broken|breakdown|split|disaggregat|categori[sz]|group|separated|divided|sorted|itemised)");
  static const Pattern new_figures("\\ba breakdown of (?:[a-pr-su-z]|the number|t[a-gi-z])|\\bhow (?:many|much)\\b|\\b(?:number|amount|total|cost) of\\b");
  if ((about_form.in(sentence) && breaks_down && !new_figures.in(sentence)) || (wants_form && detail.in(sentence))) return SentenceRole::detail;
  if (wants_form && !documents().in(sentence) && sentence.find('?') == std::string_view::npos) return SentenceRole::detail;
  if (asks(sentence)) return SentenceRole::question;
  return SentenceRole::other;
}

std::optional<KindFound> kind_of(std::string_view text) {
  using enum request::QuestionKind;
  static const Pattern of_each(
      "^(?:for each,? )?(?:and )?(?:please )?(?:give|state|provide|list|include|tell me)(?: me)? the [a-z ]{2,40} (?:of|for) each\\b|^for each\\b|^what "
      "(?:is|are|was|were) the(?:ir)? (?:age|sex|gender|ethnicity|nationality)");
  static const Pattern explains(
      "^(?:and |also,? )?(?:(?:i (?:also |would also )?(?:want|would like|wish|need)|i'd like) to know |please (?:also )?(?:tell me|explain|confirm|state) "
      "|(?:could|can) you (?:please |also )?(?:tell me|explain|confirm|say) )?(?:why|how (?:do|does|did|is|are|was|were|will|has|have)\\b|when\\b|who\\b|what "
      "(?:is|are|was|were) (?:the|your) "
      "(?:process|reasons?|purpose|basis|criteria|definition)|what (?:steps|reasons|measures|action))");
  const auto words_of = [&](const Found& found) { return std::string(text.substr(found.at, found.length)); };
  if (const auto found = explains.find(text)) return KindFound{explanation, words_of(*found)};
  const auto numbers = figures().find(text);
  const auto papers = documents().find(text);
  if (papers && (!numbers || papers->at <= numbers->at)) {
    // "How many reports" and "the number of contracts" were found as figures first; "reports of stolen dogs by month" are counted.
    static const Pattern counted("\\b(?:number|count)");
    if (!(papers->at > 0 && counted.in(text.substr(0, papers->at)))) return KindFound{document, words_of(*papers)};
  }
  if (numbers) return KindFound{statistics, words_of(*numbers)};
  if (const auto found = of_each.find(text)) return KindFound{statistics, words_of(*found)};
  if (!variables_in(text).empty()) return KindFound{statistics, variables_in(text).front().words};
  static const Pattern same("\\bsame (?:as|information|figures|data|again)\\b");
  if (const auto found = same.find(text)) return KindFound{statistics, words_of(*found)};
  if (const auto found = explanations().find(text)) return KindFound{explanation, words_of(*found)};
  return std::nullopt;
}

std::vector<std::string> formats_in(std::string_view text) {
  struct Wish {
    const char* name;
    Pattern pattern;
  };
  static const std::array wishes{
      Wish{"spreadsheet", Pattern("\\b(?:excel|xlsx?|spreadsheets?|ods)\\b")},
      Wish{"csv", Pattern("\\b(?:csv|comma.separated)\\b")},
      Wish{"pdf", Pattern("\\b(?:in|as|by|or) (?:a )?pdf\\b|\\bpdfs? (?:format|file|copy|document|or)\\b|\\bhappy with (?:a )?pdf")},
      Wish{"word", Pattern("\\b(?:microsoft )?word (?:document|format|file)\\b|\\b(?:in|as) word\\b")},
      Wish{"machine-readable", Pattern("\\bmachine.readable\\b|\\bre-?usable (?:form|format)\\b|\\bopen (?:data )?format\\b")},
      Wish{"electronic", Pattern("\\belectronic (?:form|format|copy|copies|version)\\b|\\b(?:sent|provided|answer(?:ed)?|reply|supplied) electronically\\b")},
      Wish{"paper", Pattern("\\b(?:on paper|paper cop(?:y|ies)|hard cop(?:y|ies)|printed)\\b")},
      Wish{"post", Pattern("\\b(?:answer|reply|reply to me|response|send (?:it|them|this))\\b.{0,30}\\bby post\\b")},
      Wish{"large-print", Pattern("\\blarge print\\b|\\bbraille\\b")},
      Wish{"welsh", Pattern("\\bin welsh\\b|\\byn gymraeg\\b")},
  };
  std::vector<std::string> found;
  for (const Wish& wish : wishes)
    if (wish.pattern.in(text)) found.emplace_back(wish.name);
  return found;
}

bool is_preference(std::string_view sentence) {
  static const Pattern pattern(
      "\\b(?:if|where) possible\\b.{0,60}\\b(?:only|just)\\b|\\b(?:only|just)\\b.{0,40}\\bif possible\\b|\\bi would (?:like|prefer) only\\b");
  return pattern.in(sentence);
}

}  // namespace candour::casework::intake
