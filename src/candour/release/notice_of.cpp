#include <candour/release/notice_of.hpp>

#include <candour/base/text.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace candour::release {
namespace {

bool keeps_something_back(Outcome outcome) { return outcome != Outcome::given && outcome != Outcome::not_run; }

base::Error incomplete(const std::string& what, const std::string& hint) {
  return {base::Cause::wrong_input, "release.incomplete_notice", {"case.toml"}, what, hint};
}

// "Question 2: given in part" with provisions and the officer's reasons.
NoticeSection section_of(const ReadableQuestion& question) {
  const request::DecisionRecord& decision = question.question->decision;
  NoticeSection section;
  section.heading = fmt::format("Question {}: {}", question.question->number, inside_a_sentence(label_of(question.outcome)));
  if (!decision.provisions.empty()) section.paragraphs.push_back(fmt::format("Provisions relied on: {}.", base::listed(decision.provisions)));
  if (!decision.reason.empty()) section.paragraphs.push_back(decision.reason);
  if (!decision.public_interest.empty()) section.paragraphs.push_back(decision.public_interest);
  if (decision.publication_date) section.paragraphs.push_back(fmt::format("Publication is intended on {}.", base::to_words(*decision.publication_date)));
  return section;
}

}  // namespace

base::ResultOrErrors<NoticeText> notice_of(const ReadableAnswer& answer) {
  NoticeText notice;
  base::Errors errors;
  for (const ReadableQuestion& question : answer.questions) {
    if (!keeps_something_back(question.outcome)) continue;
    const bool is_refused = question.question->decision.decision != request::Decision::given;
    if (is_refused && base::trimmed(question.question->decision.reason).empty()) {
      errors.push_back(incomplete(fmt::format("question {} is not answered and the case file gives no reason", question.question->number), "add decision.reason"));
    }
    NoticeSection section = section_of(question);
    if (!section.paragraphs.empty()) notice.sections.push_back(std::move(section));
  }
  const request::Authority& authority = answer.the_case().authority;
  if (base::trimmed(authority.review_address).empty()) {
    errors.push_back(incomplete("the case file does not say where to ask for an internal review", "add authority.review_address; section 17(7) asks for it"));
  }
  if (!errors.empty()) return tl::make_unexpected(std::move(errors));
  notice.sections.push_back({"If you are not content with this answer",
                             {fmt::format("You can ask for an internal review: {}.", authority.review_address),
                              "If you are still not content after that, you can apply to the Information Commissioner for a decision under section 50 of the "
                              "Freedom of Information Act 2000."}});
  return notice;
}

}  // namespace candour::release
