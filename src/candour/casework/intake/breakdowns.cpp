#include <candour/casework/intake/breakdowns.hpp>

#include <candour/base/text.hpp>
#include <candour/casework/intake/pattern.hpp>

#include <algorithm>
#include <array>
#include <cctype>
#include <deque>
#include <optional>

namespace candour::casework::intake {
namespace {

/// A word of requests and the variable that it means. The longest that fits is taken; the last two columns are what a draft proposes.
struct KnownVariable {
  std::string_view words;
  std::string_view name;
  std::string_view role;
  std::string_view data_class;
};

constexpr std::string_view who = "identifying", what = "sensitive", both = "both", ordinary = "ordinary", special = "special-category",
                           offence = "criminal-offence";

constexpr std::array known{
    KnownVariable{"(?:calendar )?months?(?: and year)?", "month", who, ordinary},
    KnownVariable{"(?:calendar )?quarters?(?: and year)?", "quarter", who, ordinary},
    KnownVariable{"(?:financial|fiscal|tax) years?|fy", "financial-year", who, ordinary},
    KnownVariable{"(?:academic|school) years?", "academic-year", who, ordinary},
    KnownVariable{"(?:calendar )?years?", "year", who, ordinary},
    KnownVariable{"weeks?", "week", who, ordinary},
    KnownVariable{"days?|dates?", "day", who, ordinary},
    KnownVariable{"nights?", "night", who, ordinary},
    KnownVariable{"days? of the week|weekdays?", "day-of-week", who, ordinary},
    KnownVariable{"(?:time|hour)s? of (?:the )?day", "time-of-day", who, ordinary},
    KnownVariable{"ages?(?: (?:groups?|bands?|ranges?|brackets?|categor(?:y|ies)))?(?: of (?:the "
                  ")?(?:child|children|persons?|people|victims?|offenders?|suspects?|patients?))?|age-(?:group|band)s?",
                  "age", who, ordinary},
    KnownVariable{"sex(?:es)?|genders?(?: identity)?", "sex", who, ordinary},
    KnownVariable{"(?:self-defined |officer-defined |broad )?(?:ethnicit(?:y|ies)|ethnic (?:groups?|origins?|backgrounds?|categor(?:y|ies))|race)", "ethnicity",
                  both, special},
    KnownVariable{"nationalit(?:y|ies)|countr(?:y|ies) of (?:origin|birth)", "nationality", both, ordinary},
    KnownVariable{"religions?(?: or belief)?|faiths?", "religion", both, special},
    KnownVariable{"disabilit(?:y|ies)(?: status)?", "disability", both, special},
    KnownVariable{"sexual orientations?", "sexual-orientation", both, special},
    KnownVariable{"(?:london )?boroughs?", "borough", who, ordinary},
    KnownVariable{"(?:electoral |council )?wards?", "ward", who, ordinary},
    KnownVariable{"(?:local authority )?districts?", "district", who, ordinary},
    KnownVariable{"postcodes?(?: (?:districts?|areas?|sectors?))?", "postcode", who, ordinary},
    KnownVariable{"regions?", "region", who, ordinary},
    KnownVariable{"(?:geographical )?areas?|localit(?:y|ies)|neighbourhoods?|towns?", "area", who, ordinary},
    KnownVariable{"counties|county", "county", who, ordinary},
    KnownVariable{"constituenc(?:y|ies)", "constituency", who, ordinary},
    KnownVariable{"(?:local )?(?:authority|authorities|councils?)", "authority", who, ordinary},
    KnownVariable{"locations?|sites?", "location", who, ordinary},
    KnownVariable{"streets?|roads?", "street", who, ordinary},
    KnownVariable{"hospitals?(?: sites?)?", "hospital", who, ordinary},
    KnownVariable{"wards? or units?", "ward", who, ordinary},
    KnownVariable{"schools?", "school", who, ordinary},
    KnownVariable{"prisons?|establishments?", "prison", who, ordinary},
    KnownVariable{"librar(?:y|ies)", "library", who, ordinary},
    KnownVariable{"(?:police |fire )?stations?", "station", who, ordinary},
    KnownVariable{"departments?|directorates?", "department", who, ordinary},
    KnownVariable{"teams?|units?", "team", who, ordinary},
    KnownVariable{"specialt(?:y|ies)|specialit(?:y|ies)", "specialty", who, ordinary},
    KnownVariable{"ranks?", "rank", who, ordinary},
    KnownVariable{"(?:pay )?(?:grades?|bands?)", "grade", who, ordinary},
    KnownVariable{"job (?:roles?|titles?)|occupations?|professions?", "occupation", who, ordinary},
    KnownVariable{"tenures?", "tenure", who, ordinary},
    KnownVariable{"suppliers?|providers?|compan(?:y|ies)|contractors?", "supplier", who, ordinary},
    KnownVariable{"breeds?", "breed", what, ordinary},
    KnownVariable{"outcomes?|disposals?|results?", "outcome", what, ordinary},
    KnownVariable{"(?:types? of )?(?:offence|crime)s?(?: (?:types?|categor(?:y|ies)|groups?))?", "offence", both, offence},
    KnownVariable{"reasons?(?: for [a-z]+)?", "reason", what, ordinary},
    KnownVariable{"causes?", "cause", what, ordinary},
    KnownVariable{"distance(?: bands?)?", "distance", what, ordinary},
    KnownVariable{"diagnos(?:is|es)|conditions?", "diagnosis", both, special},
    KnownVariable{"status(?:es)?", "status", what, ordinary},
    KnownVariable{"severit(?:y|ies)|priorit(?:y|ies)", "severity", what, ordinary},
    KnownVariable{"methods?", "method", what, ordinary},
    KnownVariable{"(?:length|duration)s?(?: of (?:stay|time|wait))?", "duration", what, ordinary},
    KnownVariable{"makes?(?: and models?)?|models?", "make", what, ordinary},
};

const std::deque<Pattern>& patterns() {
  static const auto made = [] {
    std::deque<Pattern> list;
    for (const KnownVariable& each : known) list.emplace_back("^(?:" + std::string(each.words) + ")\\b");
    return list;
  }();
  return made;
}

std::string as_name(std::string_view words) {
  std::string name;
  for (const char c : words) {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0) name += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    else if (!name.empty() && name.back() != '-') name += '-';
  }
  while (name.ends_with('-')) name.pop_back();
  return name;
}

/// A variable at the beginning of the text, and how long its words are.
std::optional<std::pair<AskedVariable, std::size_t>> variable_at(std::string_view text) {
  static const Pattern kind("^(?:types?|kinds?|categor(?:y|ies)) of ((?:[a-z-]+ )?[a-z-]+)\\b|^([a-z-]+) (?:types?|categor(?:y|ies))\\b");
  static const Pattern type("^(?:types?|categor(?:y|ies))\\b");
  std::optional<std::pair<AskedVariable, std::size_t>> best;
  for (std::size_t i = 0; i < known.size(); ++i) {
    const auto found = patterns()[i].find(text);
    if (found && (!best || found->length > best->second))
      best = {{std::string(known[i].name), std::string(text.substr(0, found->length)), true}, found->length};
  }
  if (const auto found = kind.find(text); found && (!best || found->length > best->second)) {
    std::string_view noun = found->groups[0].empty() ? found->groups[1] : found->groups[0];
    std::size_t length = found->length;
    static const Pattern ends(" (and|or|for|in|from|by|per|with|involved|between|over|since|to|of|each|at|was|were|is|are|used|recorded)$");
    if (const auto tail = ends.find(noun)) {
      length -= tail->length;
      noun = noun.substr(0, tail->at);
    }
    return {{{"type-of-" + as_name(noun), std::string(text.substr(0, length)), true}, length}};
  }
  if (const auto found = type.find(text); found && !best) return {{{"type", std::string(text.substr(0, found->length)), true}, found->length}};
  return best;
}

/// Words between two variables of a list: "and", ", by the", "and/or".
std::size_t separator_at(std::string_view text) {
  static const Pattern separator(
      "^(?:(?: |,|;|/|&|\\+|-|:)+|and\\b|or\\b|also\\b|then\\b|by\\b|per\\b|the\\b|their\\b|its\\b|each\\b|both\\b|for\\b each\\b|separately\\b|as well "
      "as\\b|including\\b|with\\b|a\\b|\\([^()]{0,80}\\))+");
  const auto found = separator.find(text);
  return found ? found->length : 0;
}

enum class Trigger { plain, explicit_list };

/// "Made by schools", "by council tenants": who did something, and no breakdown.
bool is_agent(std::string_view text, const AskedVariable& variable) {
  static constexpr std::array agents{"authority", "school", "hospital", "prison", "department", "team", "supplier", "station", "library"};
  static const Pattern doers("^(?:[a-z]+ )?[a-z]*[^s ]s(?: |[.,;?]|$)|^(?:local )?(?:council|authority) [a-z]");
  return std::ranges::find(agents, variable.name) != agents.end() && doers.in(text);
}

/// Reads a list of variables from a place on. After "broken down by" words that are in no list are taken as variables of their own.
void read_list(std::string_view text, Trigger trigger, std::vector<AskedVariable>& into) {
  constexpr std::size_t longest_list = 400;
  text = text.substr(0, longest_list);
  static const Pattern word("^[a-z][a-z'-]*(?: (?:of|at|in) [a-z'-]+| [a-z'-]+)?");
  static const Pattern stop(
      "^(?:if|please|for|from|between|since|in|over|during|where|which|that|who|as|i|using|so|but|on|under|until|to|was|were|is|are|how|what|when|officers?|"
      "police|post|e-?mail|return|it|law|hand|you|your|them|this|these|those|any|all|us|me|more|less|section|age of [0-9])\\b");
  bool with_separator = true;
  for (std::size_t at = separator_at(text); at < text.size();) {
    const std::string_view rest = text.substr(at);
    std::size_t taken = 0;
    if (auto variable = variable_at(rest); variable && !(trigger == Trigger::plain && is_agent(rest, variable->first))) {
      taken = variable->second;
      static const Pattern whose(
          "^ of (?:the |each |any "
          ")?(?:victim|offender|offence|suspect|person|people|child|children|patient|subject|driver|officer|staff|complainant|defendant|applicant|"
          "tenant|student|pupil|requester|complaint|incident|event|arrest|death|birth)s?\\b");
      if (const auto found = whose.find(rest.substr(taken))) taken += found->length;
      into.push_back(std::move(variable->first));
    } else if (trigger == Trigger::explicit_list && with_separator && !stop.in(rest)) {
      const auto found = word.find(rest);
      if (!found) return;
      std::string_view words = rest.substr(0, found->length);
      static const Pattern tail(" (and|or|for|in|from|by|per|with|between|over|since|to|each|at|if|please|during|where)( [a-z'-]+)?$");
      if (const auto cut = tail.find(words)) words = words.substr(0, cut->at);
      taken = words.size();
      into.push_back({as_name(words), std::string(words), false});
    }
    if (taken == 0) return;
    const std::size_t between = separator_at(rest.substr(taken));
    if (between == 0) return;
    static const Pattern blank_only("^ +$");
    with_separator = !blank_only.in(rest.substr(taken, between));
    at += taken + between;
    if (!with_separator) return;
  }
}

/// Where a list begins, and how much the words before it promise.
struct Start {
  std::size_t at;
  Trigger trigger;
};

std::vector<Start> starts_in(std::string_view text) {
  static const Pattern explicit_words(
      "\\b(?:br(?:eak|oke|oken|eaking)(?: [a-z]+){0,4} "
      "down|breakdown|split(?:ting)?|disaggregated?|grouped?|categori[sz]ed|separated|sorted|analysed|divided|itemised)"
      "(?: of (?:this|these|them|it|each|the [a-z]+))?(?: (?:out|up|further|again))?(?: by| into| per| according to| in terms of|:| for)+");
  static const Pattern plain_words("\\b(?:by|per|for (?:each|every)(?: of the)?|(?:in|of|at|during) (?:each|every)|each|every)\\b");
  std::vector<Start> starts;
  for (std::size_t from = 0;;) {
    const auto found = explicit_words.find(text, from);
    if (!found) break;
    starts.push_back({found->end(), Trigger::explicit_list});
    from = found->end();
  }
  static const Pattern showing("\\bshowing\\b");
  if (const auto found = showing.find(text)) starts.push_back({found->end(), Trigger::explicit_list});
  // "A breakdown of assaults, by seriousness of injury": what follows "by" is a variable, whatever it is called.
  static const Pattern promise("\\b(?:breakdown|broken down|break(?: [a-z]+){0,4} down|split|disaggregated)\\b");
  const auto promised = promise.find(text);
  for (std::size_t from = 0;;) {
    const auto found = plain_words.find(text, from);
    if (!found) break;
    // "Issued by the council" says who, not by what.
    static const Pattern somebody("^ (?:the|your|our|my|his|her|their|its|an?) ");
    from = found->end();
    if (found->length == 2 && somebody.in(text.substr(found->end()))) continue;
    const bool is_by = found->length == 2 && promised && promised->end() <= found->at;
    if (std::ranges::none_of(starts, [&](const Start& start) { return start.at == found->end(); }))
      starts.push_back({found->end(), is_by ? Trigger::explicit_list : Trigger::plain});
  }
  std::ranges::sort(starts, {}, &Start::at);
  return starts;
}

/// "monthly", "month by month", "the age and gender of": variables without a word before them.
void add_direct(std::string_view text, std::vector<AskedVariable>& into) {
  static const Pattern monthly("\\b(?:monthly|month(?: |-)by(?: |-)month)\\b");
  static const Pattern quarterly("\\bquarterly\\b");
  static const Pattern yearly("\\b(?:annual(?:ly)? (?:figures?|totals?|numbers?|data|basis)|yearly|year(?: |-)(?:on|by)(?: |-)year|annually)\\b");
  static const Pattern weekly("\\bweekly (?:figures?|totals?|numbers?|data|basis)\\b");
  static const Pattern the(
      "\\b(?:what (?:is|are|was|were)|(?:give|state|provide|list|include|including|indicate|specify|with|and))(?: me)? (?:the|their|his or her) ");
  for (const auto& [pattern, name] : {std::pair{&monthly, "month"}, std::pair{&quarterly, "quarter"}, std::pair{&yearly, "year"}, std::pair{&weekly, "week"}})
    if (const auto found = pattern->find(text)) into.push_back({name, std::string(text.substr(found->at, found->length)), true});
  static const Pattern each_of(
      "\\b(?:each|every) of (?:the|these|those) (?:(?:last|past|previous|following) )?(?:(?:[0-9]+|two|three|four|five|six|seven|eight|nine|ten) "
      ")?((?:calendar |financial |academic |fiscal )?(?:year|month|quarter))s?\\b");
  if (const auto found = each_of.find(text))
    if (auto variable = variable_at(found->groups[0])) into.push_back(std::move(variable->first));
  static const Pattern of_people("^[^,.;?]{0,60}?\\b(?:of|for) (?:the |each |those |these |them|all )");
  static const std::array personal{"age", "sex", "ethnicity", "nationality", "religion", "breed", "reason", "offence", "outcome", "rank", "disability"};
  for (std::size_t from = 0;;) {
    const auto found = the.find(text, from);
    if (!found) break;
    from = found->end();
    std::vector<AskedVariable> named;
    read_list(text.substr(found->end()), Trigger::plain, named);
    const bool about_people = std::ranges::all_of(named, [](const AskedVariable& each) { return std::ranges::find(personal, each.name) != personal.end(); });
    static const Pattern each_before("\\b(?:for|of) each\\b|^what (?:is|are|was|were) their\\b|\\btheir $");
    if (!named.empty() && about_people && (of_people.in(text.substr(found->end())) || each_before.in(text.substr(0, found->end()))))
      into.insert(into.end(), named.begin(), named.end());
  }
  static const Pattern their("\\btheir ");
  for (std::size_t from = 0;;) {
    const auto found = their.find(text, from);
    if (!found) break;
    from = found->end();
    if (const auto variable = variable_at(text.substr(from));
        variable && std::ranges::find(personal, variable->first.name) != personal.end() && variable->first.name != "reason")
      into.push_back(variable->first);
  }
}

bool has(const std::vector<AskedVariable>& list, std::string_view name) { return std::ranges::find(list, name, &AskedVariable::name) != list.end(); }

}  // namespace

VariableProposal proposal_for(const std::string& name) {
  VariableProposal proposal{VariableProposal::Form::categories, {}, {}, std::string(who), std::string(ordinary)};
  if (name.starts_with("type")) proposal.role = what;
  for (const KnownVariable& each : known) {
    if (each.name != name) continue;
    proposal.role = each.role;
    proposal.data_class = each.data_class;
    break;
  }
  if (name == "month" || name == "quarter" || name == "year" || name == "financial-year" || name == "academic-year") {
    proposal.form = VariableProposal::Form::months;
    proposal.level = name == "month" || name == "quarter" ? name : "year";
  }
  if (name == "age") proposal.form = VariableProposal::Form::ages;
  proposal.label = name;
  std::ranges::replace(proposal.label, '-', ' ');
  if (!proposal.label.empty()) proposal.label[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(proposal.label[0])));
  return proposal;
}

void add_variables(std::vector<AskedVariable>& to, const std::vector<AskedVariable>& more) {
  for (const AskedVariable& each : more)
    if (!each.name.empty() && !has(to, each.name)) to.push_back(each);
  // A figure for each month is one for each quarter and year too.
  static constexpr std::array finest{"month", "quarter", "year"};
  for (std::size_t i = 0; i < finest.size(); ++i)
    if (has(to, finest[i]))
      for (std::size_t coarser = i + 1; coarser < finest.size(); ++coarser)
        std::erase_if(to, [&](const AskedVariable& each) { return each.name == finest[coarser]; });
}

std::vector<AskedVariable> variables_in(std::string_view sentence) {
  std::vector<AskedVariable> found;
  for (const Start& start : starts_in(sentence)) read_list(sentence.substr(start.at), start.trigger, found);
  add_direct(sentence, found);
  std::vector<AskedVariable> each_once;
  add_variables(each_once, found);
  return each_once;
}

std::vector<AskedVariable> only_variables(std::string_view text) {
  static const Pattern tail("^[ .;,]*$");
  std::vector<AskedVariable> found;
  std::size_t at = separator_at(text);
  while (at < text.size()) {
    const auto variable = variable_at(text.substr(at));
    static const Pattern whose("^of (?:the |each |any )?[a-z]+[ .;,]*$");
    if (!variable && !found.empty() && whose.in(text.substr(at))) return found;
    if (!variable) return tail.in(text.substr(at)) ? found : std::vector<AskedVariable>{};
    found.push_back(variable->first);
    at += variable->second;
    const std::size_t between = separator_at(text.substr(at));
    if (between == 0 && !tail.in(text.substr(at))) return {};
    at += between;
    if (between == 0) break;
  }
  return found;
}

}  // namespace candour::casework::intake
