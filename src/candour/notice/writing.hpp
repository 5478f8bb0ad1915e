#pragma once
// Inside of build_notice: sections being written and what is found missing. Not for other folders.

#include <candour/law/provisions.hpp>
#include <candour/notice/notice.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace candour::notice {

/// What every part of the notice is written from and into.
struct Writing {
  const request::Case& the_case;
  const std::vector<QuestionFacts>& facts;
  base::Date answered_on;
  Notice notice;
  base::Errors errors;

  /// Notes that a mandatory part is missing: "section 17(3)", and what the case must say.
  void missing(std::string_view part, std::string sentence, std::string hint);
  /// Looks a provision up; notes the error where there is none.
  [[nodiscard]] std::optional<law::Provision> provision(std::string_view code);
  /// A provision that the program itself cites; its absence is our own mistake.
  [[nodiscard]] static law::Provision known(std::string_view code);
  [[nodiscard]] law::Regime regime() const;
  /// The code of what plays a part under the law of the case, or the name of the part; empty: that law knows none.
  [[nodiscard]] std::string in_role(law::NoticeRole role) const;
  /// The provision that plays a part; the law of the case must know one.
  [[nodiscard]] law::Provision role(law::NoticeRole role) const;
  NoticeSection& section(std::string heading);
};

/// Whether a provision is that on other people's personal information, by any of its conditions.
[[nodiscard]] bool is_personal_information(std::string_view code);

/// "question 2" or "questions 2, 3 and 5".
[[nodiscard]] std::string questions_in_words(const std::vector<std::string>& numbers);
/// The numbers of the questions of which something has the fate.
[[nodiscard]] std::vector<std::string> questions_with(const std::vector<QuestionFacts>& facts, Fate fate);
[[nodiscard]] std::string capitalised(std::string text);
/// The text with a full stop, unless it ends in one.
[[nodiscard]] std::string as_sentence(std::string_view text);

void write_opening(Writing& writing);
void write_personal_information(Writing& writing);
void write_decisions(Writing& writing);
void write_cost(Writing& writing);
void write_absence(Writing& writing);
void write_remedies(Writing& writing);
/// The form or format that was asked for, and why it is not given.
void write_form(Writing& writing);

/// What people wrote, held against the case: an Act that does not have the subsection, a provision that the notice does not name, a month that did not run and
/// is said to have been staffed, a draft that is said not to be held, a number's smallness or a program's refusal in place of a reason.
void check_texts(Writing& writing);
/// Nobody can promise that no person will ever be found in figures.
[[nodiscard]] bool is_promise(std::string_view words);
void check_promises(Writing& writing);
/// The questions that somebody who advises requesters would ask (law/refusal_advice.csv); each that the case leaves open is an error.
void check_advice(Writing& writing);

}  // namespace candour::notice
