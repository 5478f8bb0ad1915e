#include <candour/law/provisions.hpp>

#include <candour/base/check.hpp>
#include <candour/base/text.hpp>
#include <candour/law/data_table.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace candour::law {
namespace {

ProvisionKind kind_of(std::string_view word) {
  static constexpr std::array<std::pair<std::string_view, ProvisionKind>, 14> words{{{"right", ProvisionKind::right},
                                                                                     {"clock", ProvisionKind::clock},
                                                                                     {"cost", ProvisionKind::cost},
                                                                                     {"vexatious", ProvisionKind::vexatious},
                                                                                     {"advice", ProvisionKind::advice},
                                                                                     {"notice", ProvisionKind::notice},
                                                                                     {"complaint", ProvisionKind::complaint},
                                                                                     {"data-protection", ProvisionKind::data_protection},
                                                                                     {"exemption-class", ProvisionKind::exemption_class},
                                                                                     {"exemption-prejudice", ProvisionKind::exemption_prejudice},
                                                                                     {"exemption-opinion", ProvisionKind::exemption_opinion},
                                                                                     {"exemption-uncovered", ProvisionKind::exemption_uncovered},
                                                                                     {"not-held", ProvisionKind::not_held},
                                                                                     {"neither", ProvisionKind::neither}}};
  const auto found = std::ranges::find(words, word, &std::pair<std::string_view, ProvisionKind>::first);
  CANDOUR_CHECK(found != words.end(), "every provision has a known kind");
  return found->second;
}

Standing standing_of(std::string_view word) {
  if (word == "absolute") return Standing::absolute;
  if (word == "qualified") return Standing::qualified;
  CANDOUR_CHECK(word.empty(), "a standing is absolute, qualified or empty");
  return Standing::none;
}

std::vector<Provision> read_provisions() {
  std::vector<Provision> provisions;
  for (auto& row : rows_of(provisions_text, "code,act,citation,title,kind,standing,confirm_or_deny,checked,source"))
    provisions.push_back({row[0], row[1], row[2], row[3], kind_of(row[4]), standing_of(row[5]), row[6], row[7], row[8]});
  return provisions;
}

}  // namespace

Regime regime_of(std::string_view word) { return word == "FOISA" ? Regime::foisa : word == "EIR" ? Regime::eir : Regime::foia; }
std::string_view word_of(Regime regime) { return regime == Regime::foisa ? "FOISA" : regime == Regime::eir ? "EIR" : "FOIA"; }

std::string_view name_of(Regime regime) {
  return regime == Regime::foisa ? "Freedom of Information (Scotland) Act 2002"
         : regime == Regime::eir ? "Environmental Information Regulations 2004"
                                 : "Freedom of Information Act 2000";
}

bool Provision::is_exemption() const {
  return kind == ProvisionKind::exemption_class || kind == ProvisionKind::exemption_prejudice || kind == ProvisionKind::exemption_opinion ||
         kind == ProvisionKind::exemption_uncovered;
}

std::span<const Provision> provisions() {
  static const std::vector<Provision> all = read_provisions();
  return all;
}

base::Result<Provision> find_provision(std::string_view code) {
  const auto all = provisions();
  if (const auto found = std::ranges::find(all, code, &Provision::code); found != all.end()) return *found;
  const std::string_view section = code.substr(0, code.find('('));
  if (const auto found = std::ranges::find(all, section, &Provision::code); found != all.end() && found->kind == ProvisionKind::exemption_uncovered) {
    Provision typed = *found;
    typed.code = code;
    typed.citation += code.substr(section.size());
    return typed;
  }
  std::vector<std::string> codes;
  std::vector<std::string> subsections;
  for (const Provision& provision : all) {
    codes.push_back(provision.code);
    if (provision.code.starts_with(fmt::format("{}(", code))) subsections.push_back(provision.code);
  }
  const auto nearest = subsections.empty() ? base::nearest_word(code, codes) : subsections.front();
  return base::fail({base::Cause::wrong_input,
                     "law.unknown_provision",
                     {},
                     fmt::format("'{}' is not a provision of the rule base, expected one such as FOIA/22(1)", code),
                     nearest ? fmt::format("did you mean '{}'?", *nearest) : "docs/reference/law.md lists them; a section is cited with its subsection"});
}

std::string cited(const Provision& provision) { return fmt::format("{} of the {}", provision.citation, provision.act); }

std::span<const NoticePart> notice_parts() {
  static const std::vector<NoticePart> parts = [] {
    std::vector<NoticePart> all;
    for (auto& row : rows_of(notice_parts_text, "code,when,what,source")) all.push_back({row[0], row[1], row[2], row[3]});
    return all;
  }();
  return parts;
}

std::span<const AdviceQuestion> advice_questions() {
  static const std::vector<AdviceQuestion> questions = [] {
    std::vector<AdviceQuestion> all;
    for (auto& row : rows_of(refusal_advice_text, "code,asked_of,question,answer_in,source")) all.push_back({row[0], row[1], row[2], row[3], row[4]});
    return all;
  }();
  return questions;
}

std::string_view in_role(Regime regime, NoticeRole role) {
  static constexpr std::array<std::string_view, 25> words{"hold",
                                                          "refuse",
                                                          "refuse-cost",
                                                          "refuse-vexatious",
                                                          "not-held",
                                                          "personal-information",
                                                          "cost-limit",
                                                          "cost-limit-regulation",
                                                          "cost-sum-regulation",
                                                          "aggregation-regulation",
                                                          "aggregation",
                                                          "advice",
                                                          "accessible-elsewhere",
                                                          "future-publication",
                                                          "research",
                                                          "danger",
                                                          "pending",
                                                          "review",
                                                          "complaint",
                                                          "appeal",
                                                          "part-account",
                                                          "part-provision",
                                                          "part-reason",
                                                          "part-public-interest",
                                                          "part-review"};
  static_assert(words.size() == static_cast<std::size_t>(NoticeRole::part_review) + 1);
  static const std::vector<std::array<std::string, 3>> roles = [] {
    std::vector<std::array<std::string, 3>> all;
    for (auto& row : rows_of(notice_roles_text, "role,FOIA,FOISA,EIR")) {
      CANDOUR_CHECK(all.size() < words.size() && row[0] == words[all.size()], "every role of a notice has its line, in the order of the type");
      all.push_back({row[1], row[2], row[3]});
    }
    CANDOUR_CHECK(all.size() == words.size(), "every role of a notice has its line");
    return all;
  }();
  return roles[static_cast<std::size_t>(role)][static_cast<std::size_t>(regime)];
}

base::Result<Regulator> regulator_on(Regime regime, base::Date day) {
  if (regime == Regime::eir) regime = Regime::foia;  // one regulator for both
  std::optional<Regulator> last;
  for (auto& row : rows_of(regulators_text, "regime,from,name,address,source")) {
    const auto from = base::parse_iso_date(row[1]);
    CANDOUR_CHECK(from.has_value(), "a regulator begins on a day");
    if (regime_of(row[0]) == regime && *from <= day && (!last || last->from < *from)) last = Regulator{regime, *from, row[2], row[3], row[4]};
  }
  if (last) return *last;
  return base::fail(
      {base::Cause::wrong_input, "law.no_regulator", {}, fmt::format("no regulator is known for {}, expected a later day", base::to_iso(day)), {}});
}

}  // namespace candour::law
