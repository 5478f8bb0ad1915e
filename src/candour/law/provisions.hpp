#pragma once
// What the law says, as data with its source: the only place that citations come from (law/*.csv, built in).

#include <candour/base/date.hpp>
#include <candour/base/result.hpp>

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace candour::law {

/// The law that a request is made under: the Acts of 2000 and 2002, and the Environmental Information Regulations 2004.
enum class Regime { foia, foisa, eir };
[[nodiscard]] Regime regime_of(std::string_view word);  ///< "FOISA", "EIR", else FOIA
[[nodiscard]] std::string_view word_of(Regime regime);

/// "Freedom of Information Act 2000".
[[nodiscard]] std::string_view name_of(Regime regime);

enum class ProvisionKind {
  right,
  clock,
  cost,
  vexatious,
  advice,
  notice,
  complaint,
  data_protection,
  exemption_class,      ///< falls within the description: that is enough
  exemption_prejudice,  ///< harm has to be shown: interest, causal link, likelihood
  exemption_opinion,    ///< a qualified person's opinion
  exemption_uncovered,  ///< known by name only; the officer supplies the rest, and the notice is marked
  not_held,             ///< an exception of its own where information is not held (EIR)
  neither,              ///< neither confirming nor denying
};

/// Whether the public interest is weighed.
enum class Standing { none, absolute, qualified };

struct Provision {
  std::string code;      ///< "FOIA/40(2)-40(3A)(a)"
  std::string act;       ///< "Freedom of Information Act 2000"
  std::string citation;  ///< "section 40(2) by virtue of section 40(3A)(a)"
  std::string title;
  ProvisionKind kind = ProvisionKind::right;
  Standing standing = Standing::none;
  std::string confirm_or_deny;  ///< code of the provision for neither confirming nor denying; empty: none
  std::string checked;          ///< "text": against the text; "knowledge": settled, to be re-read; "uncovered"
  std::string source;

  [[nodiscard]] bool is_exemption() const;
};

[[nodiscard]] std::span<const Provision> provisions();

/// Finds a provision. A subsection of a section that is known by name only ("FOIA/27(1)(a)") gives that section with the citation as typed.
/// Error wrong_input "law.unknown_provision" with the nearest code.
[[nodiscard]] base::Result<Provision> find_provision(std::string_view code);

/// Gives "section 22(1) of the Freedom of Information Act 2000".
[[nodiscard]] std::string cited(const Provision& provision);

/// A part that section 17 (or 16) asks of a refusal notice.
struct NoticePart {
  std::string code;  ///< "FOIA/17(5)"
  std::string when;
  std::string what;
  std::string source;
};
[[nodiscard]] std::span<const NoticePart> notice_parts();

/// What a provision does in a notice. Which one does it, law by law, stands in law/notice_roles.csv.
enum class NoticeRole {
  hold,
  refuse,
  refuse_cost,
  refuse_vexatious,
  not_held,
  personal_information,
  cost_limit,
  cost_limit_regulation,
  cost_sum_regulation,
  aggregation_regulation,
  aggregation,
  advice,
  accessible_elsewhere,
  future_publication,
  research,
  danger,
  pending,
  review,
  complaint,
  appeal,
  part_account,  ///< this and what follows: how the law calls the part, "section 17(1)(b)"
  part_provision,
  part_reason,
  part_public_interest,
  part_review,
};
/// Gives the code of the provision that does it ("FOIA/17(1)"), or the name of the part; empty where the law knows no such thing.
[[nodiscard]] std::string_view in_role(Regime regime, NoticeRole role);

/// A question that somebody who advises requesters would ask of a refusal.
struct AdviceQuestion {
  std::string code;      ///< "22/before"
  std::string asked_of;  ///< how the codes begin of which it is asked ("FOIA/12( FOISA/12("), or a kind: "prejudice", "opinion", "weighed", "form"
  std::string question;
  std::string answer_in;  ///< where a case answers it
  std::string source;
};
[[nodiscard]] std::span<const AdviceQuestion> advice_questions();

/// The body that a complaint goes to after the internal review. Its name is dated data.
struct Regulator {
  Regime regime = Regime::foia;
  base::Date from{};
  std::string name;
  std::string address;
  std::string source;
};
/// Gives the regulator of a day. Error wrong_input "law.no_regulator" for days before the first.
[[nodiscard]] base::Result<Regulator> regulator_on(Regime regime, base::Date day);

}  // namespace candour::law
