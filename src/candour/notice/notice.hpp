#pragma once
// The notice: what is not given, by which provision and why; built from decisions and facts, or refused with a list of what is missing.

#include <candour/notice/facts.hpp>

#include <candour/base/date.hpp>

#include <map>
#include <string>
#include <vector>

namespace candour::notice {

enum class ParagraphKind {
  confirmation,       ///< whether information is held: section 1(1)(a)
  refusal,            ///< the fact: section 17(1)(a) or 17(5)
  provision,          ///< the exact provision: section 17(1)(b)
  reason,             ///< why it applies: section 17(1)(c)
  ground,             ///< what this exemption has to show beside a reason: interest and link, opinion, intention, place
  public_interest,    ///< section 17(3), or that none is weighed
  expected_date,      ///< section 17(2)
  what_is_not_given,  ///< computed: at which level, and what [c] means
  personal_data,      ///< why the finer figures are personal data
  route,              ///< how somebody would be identified
  means,              ///< what somebody could use, and was considered
  limb,               ///< which condition of section 40(2)
  principle,          ///< which data protection principle
  data_class,         ///< which test the kind of data asks for
  legitimate_interest,
  necessity,
  balance,
  why_coarser_is_given,  ///< what was done with the figures that are given
  cost_limit,
  cost_sum,         ///< the Regulations by name, and the sum
  cost_evidence,    ///< how, by whom and when it was measured; what was not counted
  cost_aggregated,  ///< which requests were added up
  scope,            ///< what the requester left out, in the requester's words
  advice,           ///< section 16
  not_held,
  no_record,
  not_run,
  narrower,             ///< a narrower answer and why
  supplied_by_officer,  ///< a provision that the rule base knows by name only
  review,
  complaint,  ///< section 17(7)
};

struct Paragraph {
  ParagraphKind kind = ParagraphKind::reason;
  std::string question;   ///< number; empty: several or all, named in the text
  std::string provision;  ///< code of the rule base, where the paragraph rests on one
  std::string text;
};

struct NoticeSection {
  std::string heading;
  std::vector<Paragraph> paragraphs;
};

struct Notice {
  bool refuses = false;                                       ///< something is refused: the letter is a refusal notice
  std::vector<NoticeSection> sections;                        ///< in the order of the letter
  std::vector<QuestionFacts> facts;                           ///< the account: what became of everything asked for
  std::map<std::string, std::vector<std::string>> relied_on;  ///< by question: the provisions that its refusals rest on, as codes
  std::vector<std::string> to_confirm;  ///< what the rule base has from settled knowledge and nobody has read for this case: sentences for the officer
};

/// Builds the notice.
///
/// Refuses an incomplete one and lists all that is missing (code "notice.incomplete", the part of section 17 named in the sentence), provisions that do not
/// exist or do not fit the decision ("law.unknown_provision", "notice.wrong_provision"), a promise that nobody may make ("notice.promise") and what the
/// law of the case does not know ("law.no_extension", "law.no_cost_limit"). Says nothing of a question that is neither confirmed nor denied but that.
/// `answered_on` decides which regulator is named.
[[nodiscard]] base::ResultOrErrors<Notice> build_notice(const request::Case& the_case, std::vector<QuestionFacts> facts, base::Date answered_on);

}  // namespace candour::notice
