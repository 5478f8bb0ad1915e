#pragma once
// The case: a request, what is held, what the answer covers, and who decided what. Read from case.toml; the requester stands apart.

#include <candour/base/date.hpp>
#include <candour/base/decimal.hpp>
#include <candour/base/result.hpp>
#include <candour/law/clock.hpp>
#include <candour/table/atoms.hpp>
#include <candour/table/coverage.hpp>
#include <candour/table/table_design.hpp>

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace candour::request {

/// What a question asks for.
enum class QuestionKind { statistics, document, explanation, records };

/// One of the ordered branches that the requester offered ("only of these people; if that needs a manual search, general figures").
struct Alternative {
  std::string id;
  std::string text;
};

/// What was decided about a question that is not answered by figures alone. The program never fills this in: a named person does.
enum class Decision {
  given,                         ///< figures, or the document, or the explanation
  withheld,                      ///< an exemption applies; `provisions` names it
  not_held,                      ///< nothing is held; refused by the reader if `draft_exists`
  not_searched,                  ///< over the cost limit (s.12)
  referred,                      ///< reasonably accessible elsewhere (s.21)
  intended_for_publication,      ///< s.22
  neither_confirmed_nor_denied,  ///< no table, no coverage, no count and no hint anywhere
  decision_pending,              ///< the public interest is still being weighed (s.10(3)); `expected_on` says until when (s.17(2))
  other_regime,                  ///< handled as environmental information or as a subject's own access
  outside_scope,                 ///< no recorded information is asked for, or the requester took it out
};

struct DecisionRecord {
  Decision decision = Decision::given;
  std::string decided_by;  ///< a person's name, required for everything but `given`
  std::optional<base::Date> decided_on;
  std::vector<std::string> provisions;  ///< codes of law::, such as "FOIA/40(2)-40(3A)(a)"
  std::string reason;                   ///< the officer's words
  std::string public_interest;          ///< for qualified exemptions: s.17(3)(b)
  std::optional<base::Date> publication_date;
  std::optional<base::Date> expected_on;  ///< pending decisions: the estimate of s.17(2)
  bool is_held = false;                   ///< s.12(1): the cost limit does not spare saying whether it is held
  // What single exemptions ask for beside a reason; law/refusal_advice.csv says which asks for what.
  std::string interest;                      ///< prejudice: whose interest, and which
  std::string causal_link;                   ///< prejudice: how disclosure would harm it
  std::string likelihood;                    ///< prejudice: "would" or "would be likely to"
  std::string qualified_person;              ///< s.36: whose reasonable opinion, on `opinion_on`
  std::optional<base::Date> opinion_on;      ///< s.36
  std::optional<base::Date> intended_since;  ///< s.22: the day from which publication was intended, before the request
  std::string found_at;                      ///< s.21: the exact place where it can be had
  std::string earlier_request;               ///< s.14(2): reference and day of the request that this one repeats
};

/// A document that is held and asked for. A draft is one.
struct HeldDocument {
  std::string title;
  std::string version;         ///< "2.1", "third draft"
  std::string status;          ///< "draft", "under-review", "final", "superseded"
  std::filesystem::path file;  ///< what is given; empty where nothing is
  std::optional<base::Date> last_changed;
};

/// A value of a column that a record must have (or not have) to count.
struct Condition {
  std::string column;
  std::vector<std::string> any_of;
  enum class Sense { is_one_of, is_none_of } sense = Sense::is_one_of;
};

/// Which holding feeds a question, and with which rows.
struct QuestionSource {
  std::string holding;                ///< id
  std::vector<Condition> conditions;  ///< of the question, beside the population's own
};

/// What must hold of records that go out one by one, beyond what the policy asks; what is not set is the policy's.
struct RecordsWish {
  std::optional<std::int64_t> smallest_class;   ///< k
  std::optional<std::int64_t> distinct_values;  ///< l
  std::optional<std::int64_t> coalition;
  std::optional<base::Decimal> largest_distance;  ///< t, above 0 and up to 1
  std::int64_t suppress_at_most = 0;              ///< per cent of the records
};

struct Question {
  std::string number;  ///< "1"
  std::string text;    ///< quoted in the letter, word for word
  QuestionKind kind = QuestionKind::statistics;
  std::vector<Alternative> alternatives;
  std::string branch;         ///< id of the alternative taken; empty if none was offered
  std::string branch_reason;  ///< why, and `branch_by` who
  std::string branch_by;
  DecisionRecord decision;
  bool draft_exists = false;            ///< document questions: a draft is held, so "not held" is wrong (domain.md 0.6)
  std::string document;                 ///< document questions: what it is called
  std::vector<HeldDocument> documents;  ///< document questions: what is held of it, version by version
  std::string explanation;              ///< explanation questions: the answer
  // Statistics, and most of it records:
  std::string population;             ///< id of the population
  std::string counted_label;          ///< "arrested": how tables name what is counted
  std::string part_of;                ///< number of the question that contains this one; empty if none
  std::string operation;              ///< what ran or did not run; questions of one operation must agree on when. Default: the case's subject
  std::string answered_only_for;      ///< a narrower answer than was asked ("arrests for two offences only"); empty: as asked
  std::string answered_only_because;  ///< why
  QuestionSource source;
  std::vector<std::pair<std::string, std::string>> by;  ///< variable name, finest level asked for
  std::vector<table::CoverageStretch> coverage;         ///< what is not listed is available
  std::vector<std::string> notes;                       ///< the officer's notes to the figures
  std::vector<std::string> not_asked_by;                ///< variables that the request names and that this question is not to be broken down by
  RecordsWish records;                                  ///< of a question that asks for records: these have the columns of `by`
};

/// What the law says of a variable or of being in a population (UK GDPR Articles 9 and 10): it decides which test section 40 asks for.
enum class DataClass { ordinary, special_category, criminal_offence };

/// How a variable's values are read from one holding.
struct VariableReading {
  std::string holding;
  std::string column;
  std::string derivation;  ///< "", "month", "five-year", "ten-year", "bands"
  std::map<std::string, std::string> mapping;
  std::vector<std::pair<std::int64_t, std::string>> bands;
  std::string unknown_code;
  base::DateForm date_form = base::DateForm::iso;
  std::string time_zone = "Europe/London";
};

struct CaseVariable {
  table::Variable variable;  ///< with its hierarchy built
  std::vector<VariableReading> readings;
  bool is_period = false;
  DataClass data_class = DataClass::ordinary;
  std::optional<std::int64_t> youngest = std::nullopt;  ///< of ages in bands: where the first band begins
};

enum class HoldingKind { records, counts };
struct CaseHolding {
  std::string id;
  HoldingKind kind = HoldingKind::records;
  std::string label;  ///< "custody system"
  std::string path;   ///< as holdings::locate_holding reads it: a file, made absolute, or the URL of a database
  char delimiter = ',';
  std::string encoding = "utf-8";
  std::vector<std::string> missing_texts;
  std::string person_column;  ///< empty: people are unknown
  std::string count_column;   ///< counts only
  base::Date extracted_on;
};

/// Several questions about the same kind of event.
struct CasePopulation {
  std::string id;
  std::string label;                           ///< "stops and searches"
  std::vector<std::string> variables;          ///< names, in table order
  std::vector<Condition> conditions;           ///< rows of a records holding that belong to it
  DataClass data_class = DataClass::ordinary;  ///< what being in the population tells
};

/// A picture of the authority's for its letters: a PNG file, read and checked when a letter is made.
struct AuthorityPicture {
  std::filesystem::path file;  ///< empty: none
  std::string text;            ///< what it shows, for who cannot see it; empty: decoration
};

/// An authority's own sentences, from its file of wording. They are held against the same facts as the officer's.
struct AuthorityWording {
  std::string opening;         ///< after the salutation; empty: ours
  std::string closing;         ///< before the signature
  std::string contact;         ///< how to reach the writer
  std::string footer;          ///< at the foot of every page
  AuthorityPicture crest;      ///< at the head of a letter
  AuthorityPicture signature;  ///< above the signer's name
};

struct Authority {
  std::string name;
  std::string address;
  std::string review_address;  ///< internal complaints procedure, s.17(7)
  std::string part;            ///< "central" (600 pounds) or "other" (450 pounds)
  std::string regime = "FOIA";
  std::string publisher_url;
  std::string licence = "Open Government Licence v3.0";
  AuthorityWording wording;
  std::filesystem::path pages_file;  ///< colours and links of the published pages; empty: the shipped look
};

/// A finding that the law asks of a person: identifiability, the balance, acceptance of unknown people.
struct OfficerFinding {
  std::string kind;  ///< "identifiability", "no-route", "people-unknown", "balance", "cost-estimate", "declared-figures", "children", "nothing-counted",
                     ///< "provision-read"
  std::string text;
  std::string by;
  base::Date on;
  std::string question;    ///< number; empty: all
  std::string id;          ///< no-route: the name by which a policy rests on it; provision-read: the code of the provision that was read
  std::string population;  ///< identifiability and no-route: who could be in the figures
  std::string means;       ///< identifiability and no-route: what a determined person could use, and was considered
};

/// Why figures that would identify people are personal information: the steps of section 40, in the officer's words.
struct PersonalInformationReasons {
  std::string route;                ///< how a motivated intruder would come from the finer figures to a person
  std::string legitimate_interest;  ///< ordinary data: what the public would gain
  std::string necessity;            ///< ordinary data: why the coarser figures do, or do not, serve it
  std::string balance;              ///< ordinary data: rights, reasonable expectations and harm
  std::string living;               ///< where the request speaks of deaths: that the people are alive, and how it is known
  std::string consent_or_public;    ///< special category or offence data: whether consent, or what people made public themselves, allows it
  std::string by;
  base::Date on;
};

/// One line of the cost ledger.
struct CostItem {
  std::string question;
  std::string activity;  ///< determining, locating, retrieving, extracting; or one that does not count, listed for information
  base::Decimal hours;   ///< person-hours; from units, minutes and people where those are given
  std::string method;
  std::string measured_by;
  std::optional<std::int64_t> units;            ///< how many things have to be looked at
  std::string unit;                             ///< what they are: "filed searches"
  std::optional<base::Decimal> minutes;         ///< for each unit and person
  std::int64_t people = 1;                      ///< who work on a unit together
  std::optional<std::int64_t> sample;           ///< how many units were timed
  std::optional<base::Date> measured_on;        ///< when
  std::string period;                           ///< what could be dropped to save this line: a period,
  std::string system;                           ///< a system,
  std::string breakdown;                        ///< or a breakdown
  std::optional<base::Decimal> pounds_an_hour;  ///< FOISA: what an hour of those who do the work costs
  bool shows_units = false;                     ///< the letter names the units: they become a published statement and are attacked
};

/// A request that may be added up with this one.
struct EarlierRequest {
  std::string reference;
  base::Date received;
  std::string asked_by;  ///< "same-person", "in-concert", "somebody-else"
  bool similar = false;  ///< relates to any extent to the same or similar information
  base::Decimal hours;
  std::string subject;
};

/// The requester agreed that the answer stops at the cost limit.
struct CostAgreement {
  std::string by;
  base::Date on;
  std::string quote;
};

/// A stretch in which an operation was staffed: it ran, so it cannot be said not to have run.
struct StaffedStretch {
  std::string first;
  std::string last;
  std::string operation;
  std::string text;
};

// What letters other than the answer are written from. Each is a named person's, with a date.
struct ClarificationAsked {
  std::vector<std::string> details;  ///< what is needed to find the information
  std::string by;
  base::Date on;
};
struct FeeItem {
  std::string what;
  base::Decimal pounds;
};
struct FeesAsked {
  std::vector<FeeItem> items;
  std::string how_to_pay;
  std::string by;
  base::Date on;
};
struct InterimNews {
  std::string reason;
  base::Date expected_on;
  std::string by;
  base::Date on;
};
struct ReviewOutcome {
  std::string outcome;  ///< "upheld", "partly-upheld", "overturned"
  std::string reason;
  std::string changes;  ///< what is done about it; empty where the answer stands
  std::string by;       ///< not the person who answered
  base::Date on;
};

struct Case {
  std::filesystem::path folder;
  std::string reference;
  base::Date received;
  std::string subject;
  std::string request_text;  ///< whole, as received
  std::string answered_by;   ///< name of the disclosure officer
  std::optional<base::Date> answered_on;
  std::string cost_scope_quote;  ///< the requester's own words that leave out what would cost too much; empty: none
  std::string advice;            ///< section 16: what could be asked for within the limits
  std::string form_asked;        ///< section 11: the form or format that the requester asked for, in the requester's words
  std::string form_because;      ///< why it is not given in that form; empty: it is
  Authority authority;
  std::filesystem::path policy_file;  ///< empty: the shipped policy
  std::filesystem::path key_file;     ///< private key of the secret cost factor
  std::vector<CaseHolding> holdings;
  std::vector<CaseVariable> variables;
  std::vector<CasePopulation> populations;
  std::vector<Question> questions;
  std::vector<OfficerFinding> findings;
  std::vector<CostItem> costs;
  std::vector<EarlierRequest> earlier_requests;
  std::optional<CostAgreement> cost_agreement;
  std::vector<StaffedStretch> staffed;
  std::optional<PersonalInformationReasons> personal_information;
  law::ClockEvents clock;  ///< with the day of receipt
  std::optional<ClarificationAsked> clarification;
  std::optional<FeesAsked> fees;
  std::optional<InterimNews> interim;
  std::optional<ReviewOutcome> review;
};

/// Who asked. Read only for reply/.
struct Requester {
  std::string name;
  std::string address;
};

/// Reads and checks case.toml (a folder or the file itself). All mistakes are reported together, each with file, line, what was found, what was expected and
/// a hint; an unknown key with the nearest known one. Touches no record.
[[nodiscard]] base::ResultOrErrors<Case> load_case(const std::filesystem::path& folder_or_file);
[[nodiscard]] base::ResultOrErrors<Requester> load_requester(const std::filesystem::path& file);

/// Builds the atom space of a population: its variables, its statistics questions with their covered periods, and the memberships that
/// "part of" allows: whoever an inner question counts, the outer one counts too (where it covers the period).
[[nodiscard]] std::shared_ptr<const table::AtomSpace> atom_space_of(const Case& the_case, const CasePopulation& population);
/// The same with one question alone, which asks for records.
[[nodiscard]] std::shared_ptr<const table::AtomSpace> space_of_records(const Case& the_case, const Question& question);
/// Says whether records of a question are given, one by one.
[[nodiscard]] bool gives_records(const Question& question);
/// The finest tables asked for: one design a question of the population, with all levels down to the one asked.
[[nodiscard]] std::vector<table::TableDesign> asked_designs(const Case& the_case, const CasePopulation& population, const table::AtomSpace& space);

}  // namespace candour::request
