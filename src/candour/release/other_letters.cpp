#include <candour/release/other_letters.hpp>

#include <candour/base/text.hpp>
#include <candour/law/clock.hpp>
#include <candour/notice/other_notices.hpp>
#include <candour/release/declared_facts.hpp>
#include <candour/release/paragraphs.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace candour::release {
namespace {

constexpr std::array<std::pair<std::string_view, LetterKind>, 6> kinds{{{"acknowledgement", LetterKind::acknowledgement},
                                                                        {"clarification", LetterKind::clarification},
                                                                        {"extension", LetterKind::extension},
                                                                        {"fees", LetterKind::fees},
                                                                        {"interim", LetterKind::interim},
                                                                        {"review", LetterKind::review}}};

// One letter being written, and what is found wrong.
class OtherLetter {
 public:
  OtherLetter(const request::Case& the_case, const request::Requester& requester, base::Date written_on)
      : case_(the_case), written_on_(written_on), regime_(law::regime_of(the_case.authority.regime)), letter_(letter_frame(the_case, requester, written_on)) {}

  base::ResultOrErrors<Letter> write(LetterKind kind) {
    write_body(kind);
    if (!errors_.empty()) return tl::make_unexpected(std::move(errors_));
    const request::AuthorityWording& wording = case_.authority.wording;
    for (const std::string* text : {&wording.opening, &wording.closing, &wording.contact, &wording.footer})
      texts_.push_back({"the authority's wording", text, {}});
    errors_ = notice::faults_of(case_, texts_);
    const base::Errors untraced = untraced_numerals(case_, texts_, declared_facts(case_, written_on_));
    errors_.insert(errors_.end(), untraced.begin(), untraced.end());
    if (!errors_.empty()) return tl::make_unexpected(std::move(errors_));
    return std::move(letter_);
  }

 private:
  void write_body(LetterKind kind) {
    switch (kind) {
      case LetterKind::acknowledgement: return acknowledge();
      case LetterKind::clarification: return ask_for_clarification();
      case LetterKind::extension: return extend();
      case LetterKind::fees: return ask_for_fees();
      case LetterKind::interim: return tell_of_delay();
      case LetterKind::review: return reply_to_review();
    }
  }

  void say(std::string text) { letter_.blocks.emplace_back(LetterParagraph{std::move(text)}); }
  void head(std::string text) { letter_.blocks.emplace_back(LetterHeading{2, std::move(text)}); }
  void list(std::vector<std::string> items) { letter_.blocks.emplace_back(LetterList{std::move(items)}); }
  void title(std::string_view what) { letter_.title = fmt::format("{}: {}", what, case_.subject); }
  void sign(const std::string& name) { letter_.signer = name + "\n" + case_.authority.name; }
  // A person's sentence: it is held against the case afterwards.
  void say_of(std::string_view place, const std::string& text) {
    texts_.push_back({std::string(place), &text, {}});
    const std::string_view sentence = base::trimmed(text);
    say(std::string(sentence) + (sentence.ends_with('.') || sentence.ends_with('?') || sentence.ends_with('!') ? "" : "."));
  }

  void lacks(std::string_view part, std::string_view meaning) {
    errors_.push_back({base::Cause::wrong_input,
                       "letter.not_in_case",
                       {(case_.folder / "case.toml").string()},
                       fmt::format("the case has no [{}], expected {}", part, meaning),
                       "a named person writes it, with a date; docs/reference/case-file.md shows the keys"});
  }

  // Fees of the other laws are not what this letter says: their rules are named in what refuses it.
  bool has_fees_of_foia() {
    if (regime_ == law::Regime::foia) return true;
    errors_.push_back(
        {base::Cause::wrong_input,
         "notice.regime",
         {(case_.folder / "case.toml").string()},
         fmt::format("the regime is {}, expected FOIA: no fees notice is written under the {}", case_.authority.regime, law::name_of(regime_)),
         regime_ == law::Regime::foisa
             ? "section 9 and SSI 2004/467 ask for the projected costs, the first 100 pounds free and a tenth of the rest; the case has no such ledger"
             : "regulation 8 allows a reasonable charge from a published schedule; the case has no such schedule"});
    return false;
  }

  static std::string cited(std::string_view code) {
    const auto provision = law::find_provision(code);
    return provision ? law::cited(*provision) : std::string(code);
  }

  std::string request_received() const {
    return fmt::format("your request under the {}, received on {}", law::name_of(regime_), base::to_words(case_.received));
  }

  void append(const base::ResultOrErrors<std::vector<notice::NoticeSection>>& sections) {
    if (!sections) {
      errors_.insert(errors_.end(), sections.error().begin(), sections.error().end());
      return;
    }
    for (const notice::NoticeSection& section : *sections) {
      head(section.heading);
      for (const notice::Paragraph& paragraph : section.paragraphs) say(paragraph.text);
    }
  }

  std::optional<law::ClockReading> clock() {
    auto reading = law::read_clock(case_.clock, regime_);
    if (reading) return std::move(*reading);
    errors_.push_back(std::move(reading).error());
    return std::nullopt;
  }

  void acknowledge() {
    title("We have received your request");
    const auto reading = clock();
    if (!reading) return;
    say(fmt::format("On {} we received your request under the {}. Thank you for it. You wrote:", base::to_words(case_.received), law::name_of(regime_)));
    letter_.blocks.emplace_back(LetterQuote{paragraphs_of(case_.request_text)});
    head("When you will hear from us");
    say(fmt::format(
        "We will answer as soon as we can, and by {} at the latest. That is the twentieth working day after your request; weekends and bank holidays do not "
        "count, nor does the day on which your request came in.",
        base::to_words(reading->answer_due)));
    say("If we need to know more to find what you ask for, or if something stands in the way of an answer in that time, we will write to you before.");
    head("Who deals with it");
    say(fmt::format("{} deals with your request. Please give the reference {} whenever you write to us.", case_.answered_by, case_.reference));
    if (!case_.authority.publisher_url.empty())
      say(fmt::format("Answers of wider interest are also published, without the name of the person who asked: {}", case_.authority.publisher_url));
  }

  void ask_for_clarification() {
    title("A question about your request");
    if (!case_.clarification) return lacks("clarification", "details, by and on");
    sign(case_.clarification->by);
    say(fmt::format("Thank you for {}. To find the information that you ask for we need to know more{}.", request_received(),
                    regime_ == law::Regime::eir ? std::string() : fmt::format(" ({})", cited(regime_ == law::Regime::foia ? "FOIA/1(3)" : "FOISA/1(3)"))));
    head("What we need to know");
    for (const std::string& detail : case_.clarification->details) texts_.push_back({"clarification, details", &detail, {}});
    list(case_.clarification->details);
    head("What happens next");
    say("The time for an answer begins on the day on which your reply reaches us. Until then the clock stands still.");
    say("If you are not sure what we could hold or how to ask for it, tell us what you want to find out, and we will help.");
  }

  void extend() {
    title("More time to answer");
    say(fmt::format("Thank you for {}.", request_received()));
    append(notice::extension_notice(case_, written_on_));
  }

  void ask_for_fees() {
    title("Fees notice");
    if (!has_fees_of_foia()) return;
    if (!case_.fees) return lacks("fees", "items with pounds, how_to_pay, by and on");
    sign(case_.fees->by);
    say(fmt::format("Thank you for {}. We can send what you ask for once a fee is paid. This letter is a fees notice under {}.", request_received(),
                    cited("FOIA/9(1)")));
    base::Decimal sum;
    std::vector<std::string> items;
    for (const request::FeeItem& item : case_.fees->items) {
      texts_.push_back({"fees, item", &item.what, {}});
      items.push_back(fmt::format("{}: {}", item.what, pounds(item.pounds)));
      if (const auto next = base::Decimal::sum(sum, item.pounds)) sum = *next;
    }
    head("What it costs");
    list(std::move(items));
    say(fmt::format("Together {}. These are costs of copying and sending; nothing is charged for anybody's time ({}).", pounds(sum), cited("FEES/6")));
    head("How to pay");
    say_of("fees, how_to_pay", case_.fees->how_to_pay);
    say(fmt::format(
        "The days from this letter until your payment reaches us are not counted towards the time for an answer ({}). If nothing is paid within three months "
        "beginning with the day of this letter, the request need not be answered ({}).",
        cited("FOIA/10(2)"), cited("FOIA/9(2)")));
    append(notice::remedies(case_, written_on_, notice::RemediesLeft::review_and_complaint));
  }

  void tell_of_delay() {
    title("Your request");
    if (!case_.interim) return lacks("interim", "reason, expected_on, by and on");
    const auto reading = clock();
    if (!reading) return;
    sign(case_.interim->by);
    say(fmt::format("Thank you for {}. The answer is due by {}, and we cannot send it by then. We are sorry.", request_received(),
                    base::to_words(reading->due_after_extension.value_or(reading->answer_due))));
    head("Why");
    say_of("interim, reason", case_.interim->reason);
    head("When");
    say(fmt::format("We expect to answer by {}. What is ready before goes out before.", base::to_words(case_.interim->expected_on)));
    append(notice::remedies(case_, written_on_, notice::RemediesLeft::review_and_complaint));
  }

  void reply_to_review() {
    title("Outcome of the internal review");
    if (!case_.review) return lacks("review", "outcome, reason, by and on, and changes unless the answer stands");
    if (!case_.clock.review_asked) return lacks("clock", "review_asked: the day on which the review was asked for");
    const request::ReviewOutcome& review = *case_.review;
    sign(review.by);
    say(fmt::format("On {} you asked us to review our answer to {}. I have done so{}. I did not take part in the answer.",
                    base::to_words(*case_.clock.review_asked), request_received(),
                    regime_ == law::Regime::foia ? std::string() : fmt::format(" ({})", cited(law::in_role(regime_, law::NoticeRole::review)))));
    head("Outcome");
    say(review.outcome == "upheld"          ? "The answer stands."
        : review.outcome == "partly-upheld" ? "The answer stands in part, and in part it does not."
                                            : "The answer does not stand.");
    head("Why");
    say_of("review, reason", review.reason);
    if (!review.changes.empty()) {
      head("What we do now");
      say_of("review, changes", review.changes);
    }
    append(notice::remedies(case_, written_on_, notice::RemediesLeft::complaint));
  }

  static std::string pounds(base::Decimal amount) {
    const auto pence = amount.rescaled(2);
    return "£" + (pence && amount.scale() <= 2 ? pence->to_text() : amount.to_text());
  }

  const request::Case& case_;
  base::Date written_on_;
  law::Regime regime_;
  Letter letter_;
  std::vector<notice::FreeText> texts_;
  base::Errors errors_;
};

}  // namespace

std::string_view word_of(LetterKind kind) {
  const auto found = std::find_if(kinds.begin(), kinds.end(), [&](const auto& one) { return one.second == kind; });
  return found == kinds.end() ? std::string_view("letter") : found->first;
}

base::Result<LetterKind> letter_kind_of(std::string_view word) {
  for (const auto& [name, kind] : kinds)
    if (name == word) return kind;
  return base::fail({base::Cause::wrong_input,
                     "letter.unknown_kind",
                     {},
                     fmt::format("'{}' is not a kind of letter, expected acknowledgement, clarification, extension, fees, "
                                 "interim or review",
                                 word),
                     {}});
}

base::ResultOrErrors<Letter> other_letter(LetterKind kind, const request::Case& the_case, const request::Requester& requester, base::Date written_on) {
  return OtherLetter(the_case, requester, written_on).write(kind);
}

base::ResultOrErrors<std::vector<base::FileToWrite>> letter_files(LetterKind kind, const request::Case& the_case, const request::Requester& requester,
                                                                  base::Date written_on) {
  CANDOUR_TRY(letter, other_letter(kind, the_case, requester, written_on));
  auto pictures = authority_pictures(the_case);
  if (!pictures) return tl::make_unexpected(base::Errors{std::move(pictures).error()});
  letter.pictures = std::move(*pictures);
  auto pdf = letter_pdf(letter);
  if (!pdf) return tl::make_unexpected(base::Errors{std::move(pdf).error()});
  const std::string name(word_of(kind));
  std::vector<base::FileToWrite> files;
  files.push_back({name + ".html", letter_html(letter)});
  files.push_back({name + ".pdf", std::move(*pdf)});
  return files;
}

}  // namespace candour::release
