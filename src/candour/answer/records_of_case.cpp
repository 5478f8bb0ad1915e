#include <candour/answer/records_of_case.hpp>

#include <candour/answer/holding_feeds.hpp>
#include <candour/answer/prepare.hpp>
#include <candour/answer/records_beside.hpp>
#include <candour/attack/record_attack.hpp>
#include <candour/base/text.hpp>
#include <candour/protect/recode/optimal_recoding.hpp>
#include <candour/protect/recode/publish_records.hpp>
#include <candour/tabulate/question_records.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <iterator>
#include <optional>

namespace candour::answer {
namespace {

using request::Case;
using request::Question;
using table::PublishedRecords;

base::Error in_case(const Case& the_case, base::Cause cause, std::string code, std::string sentence, std::string hint) {
  return {cause, std::move(code), {(the_case.folder / "case.toml").string()}, std::move(sentence), std::move(hint)};
}

base::Result<base::Done> check_wish(const Case& the_case, Microdata microdata) {
  if (microdata == Microdata::as_the_case_asks) return base::Done{};
  const auto asks =
      std::find_if(the_case.questions.begin(), the_case.questions.end(), [](const Question& question) { return request::gives_records(question); });
  const bool any = asks != the_case.questions.end();
  if (any && microdata == Microdata::not_asked_for)
    return base::fail(in_case(the_case, base::Cause::wrong_input, "answer.microdata",
                              fmt::format("question {} asks for records one by one, expected --microdata", asks->number),
                              "records go out only where somebody says so: candour answer CASE --microdata; or record a decision not to give them"));
  if (!any && microdata == Microdata::asked_for)
    return base::fail(in_case(the_case, base::Cause::wrong_input, "answer.microdata", "--microdata is given and no question asks for records",
                              "asks_for = \"records\" in the question, or leave --microdata out"));
  return base::Done{};
}

// ---- what must hold ------------------------------------------------------------------------------------------------------------------------

base::Result<protect::PrivacyModel> model_of(const Case& the_case, const Question& question, const policy::Policy& policy) {
  const request::RecordsWish& wish = question.records;
  protect::PrivacyModel model;
  model.smallest_class = wish.smallest_class.value_or(std::max<std::int64_t>(policy.minimum_frequency.minimum, 2));
  model.coalition = wish.coalition.value_or(policy.largest_coalition());
  model.distinct_values = wish.distinct_values.value_or(2);
  if (wish.largest_distance) {
    CANDOUR_TRY(thousandths, wish.largest_distance->rescaled(3));
    model.largest_distance = static_cast<double>(thousandths.units()) / 1000;
  }
  model.suppression_limit_percent = wish.suppress_at_most;
  const auto below = [&](std::string_view what, std::int64_t asked, std::int64_t policy_asks) {
    return base::fail(in_case(the_case, base::Cause::wrong_input, "records.below_policy",
                              fmt::format("question {} asks for a {} of {}, expected at least {}, which the policy '{}' asks for", question.number, what, asked,
                                          policy_asks, policy.name),
                              "a case may ask for more than its policy, never for less"));
  };
  if (model.smallest_class < std::max<std::int64_t>(policy.minimum_frequency.minimum, 2))
    return below("smallest_class", model.smallest_class, std::max<std::int64_t>(policy.minimum_frequency.minimum, 2));
  if (model.coalition < policy.largest_coalition()) return below("coalition", model.coalition, policy.largest_coalition());
  return model;
}

// ---- the records ---------------------------------------------------------------------------------------------------------------------------

struct ReadRecords {
  std::shared_ptr<const table::AtomSpace> space;
  std::vector<table::AskedColumn> columns;
  truth::CodedRecords records;
  bool people_are_known = false;
  std::vector<std::string> quality;
};

base::Result<ReadRecords> read_records(const Case& the_case, const Question& question, OpenHoldings& open) {
  const auto population =
      std::find_if(the_case.populations.begin(), the_case.populations.end(), [&](const auto& one) { return one.id == question.population; });
  const auto holding = std::find_if(the_case.holdings.begin(), the_case.holdings.end(), [&](const auto& one) { return one.id == question.source.holding; });
  ReadRecords read;
  read.space = request::space_of_records(the_case, question);
  for (const auto& [name, level] : question.by) {
    const table::VariableIndex variable = *read.space->find_variable(name);
    read.columns.push_back({variable, *read.space->variables[variable].hierarchy.find_level(level)});
  }
  tabulate::RecordFeed feed;
  CANDOUR_TRY(opened, open.open(*holding));
  CANDOUR_TRY(sources, sources_of(the_case, *population, *holding));
  feed.holding = opened;
  feed.variables = std::move(sources);
  feed.of_population = terms_of(population->conditions);
  if (!holding->person_column.empty()) feed.person_column = holding->person_column;
  read.people_are_known = feed.person_column.has_value();
  feed.questions.emplace(0, terms_of(question.source.conditions));
  CANDOUR_TRY(records, tabulate::records_of_question(*read.space, feed, read.columns));
  read.records = std::move(records.records);
  const tabulate::FeedQuality& quality = records.quality;
  read.quality.push_back(fmt::format("records of question {}, holding '{}': {} rows read, {} in the population, {} identical to an earlier row",
                                     question.number, holding->id, quality.rows_read, quality.rows_in_population, quality.identical_rows));
  for (const std::string& note : quality.notes)
    read.quality.push_back(fmt::format("records of question {}, holding '{}': {}", question.number, holding->id, note));
  return read;
}

// ---- beside what was published before ------------------------------------------------------------------------------------------------------

EarlierOfPopulation about(const std::vector<EarlierRelease>& earlier, const std::string& population, base::Date extracted_on) {
  EarlierOfPopulation beside;
  beside.extracted_on = extracted_on;
  for (const EarlierRelease& one : earlier)
    if (one.release.population == population) beside.releases.push_back(one.release);
  return beside;
}

// ---- one question --------------------------------------------------------------------------------------------------------------------------

constexpr std::size_t most_reasons_told = 5;

std::vector<std::string> ids_of(const EarlierOfPopulation& earlier) {
  std::vector<std::string> ids;
  for (const table::Release& release : earlier.releases) ids.push_back(release.id);
  return ids;
}

class Recoder {
 public:
  Recoder(const Case& the_case, const Question& question, const policy::Policy& policy, EarlierOfPopulation earlier)
      : case_(the_case), question_(question), policy_(policy), earlier_(std::move(earlier)) {}

  base::Result<RecodedQuestion> recode(ReadRecords read) {
    CANDOUR_TRY(model, model_of(case_, question_, policy_));
    asked_ = {read.space.get(), question_.number, question_.counted_label, read.columns};
    CANDOUR_TRY(recoding, recoding_of(read, model));
    RecodedQuestion recoded{question_.number, std::move(read.records), model, std::move(recoding), {}, {}, read.people_are_known};
    recoded.published = protect::published_records(asked_, recoded.truth, model, recoded.recoding.levels);
    CANDOUR_TRY(release, table::released(recoded.published));
    recoded.release = std::move(release);
    recoded.release.id = fmt::format("the records of question {}", question_.number);
    recoded.release.extracted_on = earlier_.extracted_on;
    recoded.beside_earlier = std::move(beside_);
    return recoded;
  }

 private:
  base::Result<protect::Recoding> recoding_of(const ReadRecords& read, const protect::PrivacyModel& model) {
    auto alone = protect::optimal_recoding(read.records, model);
    if (!alone) {
      base::Error error = std::move(alone).error();
      error.sentence = fmt::format("question {}: {}", question_.number, error.sentence);
      return base::fail(std::move(error));
    }
    if (earlier_.releases.empty()) return alone;
    beside_.push_back(fmt::format("question {}: the records were attacked beside {} earlier release{} about '{}'", question_.number, earlier_.releases.size(),
                                  earlier_.releases.size() == 1 ? "" : "s", question_.population));
    const auto published = [&](const std::vector<std::size_t>& levels) {
      return table::released(protect::published_records(asked_, read.records, model, levels));
    };
    CANDOUR_TRY(release, published(alone->levels));
    const EarlierOfPopulation rest = saying_more(earlier_, release);
    if (rest.releases.empty()) return alone;
    std::vector<std::string> not_to_be_learnt;
    for (const truth::SensitiveColumn& column : read.records.sensitive) not_to_be_learnt.push_back(column.name);
    if (const auto told = tells_of_the_same(rest, not_to_be_learnt)) return base::fail(undecided_beside(told->first, told->second));
    const std::vector<knowledge::Finding> found = found_beside(rest, release, policy_);
    if (found.empty()) return alone;
    auto beside = protect::optimal_recoding(read.records, model, {}, [&](const std::vector<std::size_t>& levels) {
      const auto other = published(levels);
      return other && found_beside(rest, *other, policy_).empty();
    });
    if (!beside) return base::fail(nothing_beside(rest));
    const std::vector<std::string> named = releases_named_in(found, rest);
    beside_.push_back(fmt::format("question {}: a finer recoding could be given if it were not for {}", question_.number,
                                  base::listed(named.empty() ? ids_of(rest) : named)));
    for (std::size_t f = 0; f < found.size() && f < most_reasons_told; ++f)
      for (const knowledge::Derivation& derivation : found[f].derivations)
        if (const std::string line = "  " + derivation.text; std::find(beside_.begin(), beside_.end(), line) == beside_.end()) beside_.push_back(line);
    return beside;
  }

  [[nodiscard]] base::Error undecided_beside(const std::string& release, const std::string& column) const {
    return {base::Cause::refused,
            "records.beside",
            {},
            fmt::format("question {}: the earlier release {} tells of '{}' too; what it and these records give away together is not decided, which counts as "
                        "unsafe",
                        question_.number, release, column),
            "leave the column out, or answer the question with tables, which are searched beside earlier releases"};
  }

  [[nodiscard]] base::Error nothing_beside(const EarlierOfPopulation& earlier) const {
    return {base::Cause::refused,
            "records.beside",
            {},
            fmt::format("question {}: no recoding of the records holds beside what is published already: {}", question_.number, base::listed(ids_of(earlier))),
            "answer the question with tables, which are searched beside earlier releases; or a named person decides what follows"};
  }

  const Case& case_;
  const Question& question_;
  const policy::Policy& policy_;
  EarlierOfPopulation earlier_;
  protect::RecordsQuestion asked_;
  std::vector<std::string> beside_;
};

std::vector<std::string> findings_in(const PublishedRecords& records, std::int64_t coalition) {
  std::vector<std::string> texts;
  for (const attack::RecordFinding& finding : attack::attack_records(records, coalition))
    texts.push_back(fmt::format("{}{}", finding.learnt.empty() ? "" : finding.learnt + ": ", finding.arithmetic));
  return texts;
}

template <class T>
base::ResultOrErrors<T> with_errors(base::Result<T> result) {
  if (!result) return tl::make_unexpected(base::Errors{std::move(result).error()});
  return std::move(result).value();
}

}  // namespace

std::vector<PublishedRecords> RecordsOfCase::published() const {
  std::vector<PublishedRecords> all;
  for (const RecodedQuestion& one : questions) all.push_back(one.published);
  return all;
}

std::vector<EarlierRelease> RecordsOfCase::as_earlier() const {
  std::vector<EarlierRelease> all;
  for (const RecodedQuestion& one : questions) all.push_back({one.release, table::digest_of_records({one.published}), EarlierStanding::goes_out_with_it});
  return all;
}

base::ResultOrErrors<RecordsOfCase> records_of_case(const AnswerOptions& options) {
  CANDOUR_TRY(the_case, request::load_case(options.case_folder));
  CANDOUR_TRY_DONE(with_errors(check_wish(the_case, options.microdata)));
  RecordsOfCase all;
  if (options.microdata == Microdata::not_asked_for) return all;
  CANDOUR_TRY_DONE(check_before_records(the_case));
  CANDOUR_TRY(policy, policy_of(the_case));
  all.policy = std::move(policy);
  OpenHoldings open(the_case);
  std::vector<EarlierRelease> earlier = options.earlier;
  for (const Question& question : the_case.questions) {
    if (!request::gives_records(question)) continue;
    CANDOUR_TRY(read, with_errors(read_records(the_case, question, open)));
    all.quality.insert(all.quality.end(), read.quality.begin(), read.quality.end());
    const EarlierOfPopulation beside = about(earlier, question.population, extracted_on(the_case, question.population));
    CANDOUR_TRY(recoded, with_errors(Recoder(the_case, question, all.policy, beside).recode(std::move(read))));
    all.beside_earlier.insert(all.beside_earlier.end(), recoded.beside_earlier.begin(), recoded.beside_earlier.end());
    for (const EarlierRelease& one : options.earlier)
      if (one.release.population == question.population) all.earlier_digests.push_back(one.digest);
    all.questions.push_back(std::move(recoded));
    earlier.push_back(all.as_earlier().back());
  }
  CANDOUR_TRY(digest, with_errors(open.digest()));
  all.records_digest = digest;
  return all;
}

base::ResultOrErrors<std::string> true_records_again(const Case& the_case) {
  OpenHoldings open(the_case);
  std::vector<std::pair<std::string, truth::CodedRecords>> read;
  for (const Question& question : the_case.questions) {
    if (!request::gives_records(question)) continue;
    CANDOUR_TRY(records, with_errors(read_records(the_case, question, open)));
    read.emplace_back(question.number, std::move(records.records));
  }
  std::vector<std::pair<std::string, const truth::CodedRecords*>> by_question;
  for (const auto& [question, records] : read) by_question.emplace_back(question, &records);
  return certify::true_records_text(by_question);
}

base::Result<certify::SealedRecords> seal_records(const RecordsOfCase& records, table::Seal of_tables, bool has_tables) {
  certify::RecordsSubmission submission{{}, records.records_digest, records.earlier_digests};
  for (const RecodedQuestion& one : records.questions)
    submission.questions.push_back({&one.truth, &one.published, one.recoding.levels, findings_in(one.published, one.model.coalition), one.people_are_known});
  auto decision = certify::certify_records(submission, records.policy, std::move(of_tables), has_tables);
  if (auto* sealed = std::get_if<certify::SealedRecords>(&decision)) return std::move(*sealed);
  const auto& reasons = std::get<certify::Refusal>(decision).reasons;
  return base::fail(
      {base::Cause::refused,
       "answer.not_certified",
       {},
       fmt::format("the recoded records do not certify ({}); nothing is written", reasons.empty() ? std::string("no reason") : reasons.front().subject),
       {}});
}

void report_records(const RecordsOfCase& records, AnsweredCase& answered) {
  for (const RecodedQuestion& one : records.questions) {
    const protect::Recoding& recoding = one.recoding;
    QuestionReport report{one.question, one.published.statements.front(), {}, {}};
    for (std::size_t c = 0; c < one.published.columns.size(); ++c) {
      const table::RecordColumn& column = one.published.columns[c];
      report.kept.push_back(fmt::format("{}: {}", column.label,
                                        !column.is_shown()     ? "left out"
                                        : column.is_as_asked() ? "as asked"
                                                               : fmt::format("at {} instead of {}", column.level, column.asked_level)));
    }
    answered.lines.push_back(fmt::format("question {}: {}", one.question, report.given));
    answered.lines.push_back(
        recoding.is_optimal
            ? fmt::format("question {}: of {} recodings none that is allowed loses less; private/records.json says how much this one loses", one.question,
                          recoding.recodings)
            : fmt::format("question {}: the best recoding so far; how much less another one could lose stands in private/records.json", one.question));
    answered.questions.push_back(std::move(report));
  }
  answered.beside_earlier.insert(answered.beside_earlier.end(), records.beside_earlier.begin(), records.beside_earlier.end());
}

std::vector<base::FileToWrite> private_record_files(const RecordsOfCase& records, const certify::SealedRecords& sealed) {
  nlohmann::ordered_json questions = nlohmann::ordered_json::array();
  for (const RecodedQuestion& one : records.questions) {
    const protect::Recoding& recoding = one.recoding;
    questions.push_back({{"question", one.question},
                         {"records", one.truth.count},
                         {"shown", one.published.rows.size()},
                         {"left_out", recoding.suppressed},
                         {"classes", recoding.classes},
                         {"levels", recoding.levels},
                         {"loss", recoding.loss},
                         {"no_recoding_loses_less_than", recoding.lowest_loss},
                         {"proved_the_least", recoding.is_optimal},
                         {"recodings", recoding.recodings},
                         {"counted", recoding.evaluated}});
  }
  return {{"records-certificate.json", sealed.certificate},
          {"true-records.json", sealed.true_records},
          {"records.json", nlohmann::ordered_json{{"questions", std::move(questions)}}.dump(2) + "\n"}};
}

}  // namespace candour::answer
