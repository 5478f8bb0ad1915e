#include <candour/certify/records_certificate.hpp>

#include <candour/certify/recoded_records.hpp>
#include <candour/certify/seal_with_records.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <optional>

namespace candour::certify {
namespace {

using Json = nlohmann::ordered_json;
using table::PublishedRecords;
using table::RecordColumn;
using table::RecordUse;

// ---- what is promised --------------------------------------------------------------------------------------------------------------------

RecodingPromise promise_of(const table::RecordPromise& promise, const std::vector<std::size_t>& levels) {
  RecodingPromise of_recoding{levels, promise.smallest_class, promise.distinct_values, promise.coalition, {}, promise.suppression_limit_percent};
  if (promise.largest_distance_thousandths) of_recoding.largest_distance = static_cast<double>(*promise.largest_distance_thousandths) / 1000;
  return of_recoding;
}

void add_below_policy(const PublishedRecords& records, const policy::Policy& policy, std::vector<RefusalReason>& reasons) {
  const std::string subject = fmt::format("records of question {}", records.question);
  if (records.promise.smallest_class < policy.minimum_frequency.minimum)
    reasons.push_back({"records.below_policy", subject,
                       fmt::format("classes of {} are promised, the policy asks for {}", records.promise.smallest_class, policy.minimum_frequency.minimum)});
  if (records.promise.coalition < policy.largest_coalition())
    reasons.push_back({"records.below_policy", subject,
                       fmt::format("a coalition of {} is promised, the policy names {}", records.promise.coalition, policy.largest_coalition())});
}

/// The rows as faults_of_recoding takes them: every identifier, also one that is left out, then the sensitive values.
std::vector<std::vector<std::string>> texts_of(const PublishedRecords& records, const std::vector<std::vector<std::uint32_t>>& rows,
                                               const truth::CodedRecords& truth, const std::vector<std::size_t>& levels) {
  std::vector<std::vector<std::string>> texts;
  for (const auto& row : rows) {
    std::vector<std::string> matched, learnt;
    std::size_t place = 0;
    for (const RecordColumn& column : records.columns) {
      const std::size_t i = matched.size();
      if (column.is_shown()) (column.use == RecordUse::matched_on ? matched : learnt).push_back(column.categories[row[place++]].text);
      else matched.push_back(truth.identifiers[i].labels[levels[i]].front());
    }
    matched.insert(matched.end(), std::make_move_iterator(learnt.begin()), std::make_move_iterator(learnt.end()));
    texts.push_back(std::move(matched));
  }
  return texts;
}

/// That columns, levels and truth speak of the same things; else what does not.
std::optional<std::string> misfit(const PublishedRecords& records, const std::vector<std::size_t>& levels, const truth::CodedRecords& truth) {
  std::size_t i = 0, s = 0;
  for (const RecordColumn& column : records.columns) {
    const bool matched = column.use == RecordUse::matched_on;
    if (matched && (i >= truth.identifiers.size() || i >= levels.size() || truth.identifiers[i].name != column.name)) return column.name;
    if (!matched && (s >= truth.sensitive.size() || truth.sensitive[s].name != column.name || !column.is_shown())) return column.name;
    if (matched && levels[i] >= truth.identifiers[i].level_count()) return column.name;
    const std::vector<std::string>& labels = matched ? truth.identifiers[i].labels[levels[i]] : truth.sensitive[s].labels;
    if (!column.is_shown() && labels.size() != 1) return column.name;
    const auto same = [](const std::string& label, const table::RecordCategory& category) { return label == category.text; };
    if (column.is_shown() && !std::equal(labels.begin(), labels.end(), column.categories.begin(), column.categories.end(), same)) return column.name;
    ++(matched ? i : s);
  }
  return i == truth.identifiers.size() && s == truth.sensitive.size() ? std::nullopt : std::optional(std::string("the number of columns"));
}

std::vector<RefusalReason> faults_of(const PublishedRecords& records, const std::vector<std::vector<std::uint32_t>>& rows,
                                     const std::vector<std::size_t>& levels, const truth::CodedRecords& truth) {
  const std::string subject = fmt::format("records of question {}", records.question);
  if (const auto column = misfit(records, levels, truth))
    return {{"records.fault", subject, fmt::format("the columns published are not those of the true records: {}", *column)}};
  std::vector<RefusalReason> reasons;
  for (std::string& fault : faults_of_recoding(truth, promise_of(records.promise, levels), texts_of(records, rows, truth, levels)))
    reasons.push_back({"records.fault", subject, std::move(fault)});
  return reasons;
}

std::vector<table::IntruderClaim> claims_of(const RecordsSubmission& submission, const policy::Policy& policy) {
  std::vector<table::IntruderClaim> claims;
  for (const policy::NamedIntruder& intruder : policy.intruders)
    for (const SubmittedRecords& one : submission.questions) {
      const bool learns = !one.truth->sensitive.empty();
      claims.push_back({intruder.name, fmt::format("each record of question {} looks like at least {} others in all that a person could be recognised by{}",
                                                   one.published->question, one.published->promise.smallest_class - 1,
                                                   learns ? ", and what must not be learnt differs among them" : "")});
    }
  return claims;
}

// ---- as text -------------------------------------------------------------------------------------------------------------------------------

Json json_of(const PublishedRecords& records, const std::vector<std::size_t>& levels) {
  Json columns = Json::array(), limits = Json::array();
  for (const RecordColumn& column : records.columns) {
    Json categories = Json::array();
    for (const table::RecordCategory& category : column.categories)
      categories.push_back({{"text", category.text}, {"code", category.code}, {"codes", category.codes}});
    columns.push_back({{"name", column.name},
                       {"label", column.label},
                       {"matched_on", column.use == RecordUse::matched_on},
                       {"asked_level", column.asked_level},
                       {"level", column.level},
                       {"categories", std::move(categories)}});
  }
  for (const table::ReleasedVariable& limit : records.limited_to)
    limits.push_back({{"name", limit.name}, {"words", limit.categories.front().words}, {"codes", limit.categories.front().codes}});
  const table::RecordPromise& promise = records.promise;
  return {{"population", records.population},
          {"population_label", records.population_label},
          {"question", records.question},
          {"counted", records.counted},
          {"columns", std::move(columns)},
          {"limited_to", std::move(limits)},
          {"levels", levels},
          {"promise",
           {{"smallest_class", promise.smallest_class},
            {"distinct_values", promise.distinct_values},
            {"coalition", promise.coalition},
            {"largest_distance_thousandths", promise.largest_distance_thousandths ? Json(*promise.largest_distance_thousandths) : Json(nullptr)},
            {"suppression_limit_percent", promise.suppression_limit_percent}}},
          {"statements", records.statements}};
}

CertifiedRecords certified_from(const Json& json) {
  CertifiedRecords certified;
  PublishedRecords& records = certified.published;
  records.population = json.at("population");
  records.population_label = json.at("population_label");
  records.question = json.at("question");
  records.counted = json.at("counted");
  for (const Json& one : json.at("columns")) {
    RecordColumn column{one.at("name"),        one.at("label"), one.at("matched_on").get<bool>() ? RecordUse::matched_on : RecordUse::not_to_be_learnt,
                        one.at("asked_level"), one.at("level"), {}};
    for (const Json& category : one.at("categories")) column.categories.push_back({category.at("text"), category.at("code"), category.at("codes")});
    records.columns.push_back(std::move(column));
  }
  for (const Json& limit : json.at("limited_to")) records.limited_to.push_back({limit.at("name"), {{limit.at("words"), {}, limit.at("codes")}}});
  certified.levels = json.at("levels").get<std::vector<std::size_t>>();
  const Json& promise = json.at("promise");
  records.promise = {promise.at("smallest_class"), promise.at("distinct_values"), promise.at("coalition"), {}, promise.at("suppression_limit_percent")};
  if (!promise.at("largest_distance_thousandths").is_null())
    records.promise.largest_distance_thousandths = promise.at("largest_distance_thousandths").get<std::int64_t>();
  records.statements = json.at("statements").get<std::vector<std::string>>();
  return certified;
}

Json json_of(const std::string& question, const truth::CodedRecords& records) {
  Json identifiers = Json::array(), sensitive = Json::array(), rows = Json::array();
  for (const truth::QuasiIdentifier& identifier : records.identifiers) {
    Json levels = Json::array();
    for (std::size_t level = 0; level < identifier.level_count(); ++level)
      levels.push_back({{"labels", identifier.labels[level]}, {"of_leaf", identifier.category_of_leaf[level]}});
    identifiers.push_back({{"name", identifier.name}, {"levels", std::move(levels)}});
  }
  for (const truth::SensitiveColumn& column : records.sensitive) sensitive.push_back({{"name", column.name}, {"labels", column.labels}});
  std::map<std::vector<std::uint32_t>, std::uint64_t> counts;
  for (std::size_t r = 0; r < records.count; ++r) {
    std::vector<std::uint32_t> row;
    for (const auto& column : records.leaves) row.push_back(column[r]);
    for (const auto& column : records.values) row.push_back(column[r]);
    ++counts[std::move(row)];
  }
  for (const auto& [row, count] : counts) {
    Json one = row;
    one.push_back(count);
    rows.push_back(std::move(one));
  }
  return {{"question", question}, {"identifiers", std::move(identifiers)}, {"sensitive", std::move(sensitive)}, {"rows", std::move(rows)}};
}

truth::CodedRecords coded_from(const Json& json) {
  truth::CodedRecords records;
  for (const Json& one : json.at("identifiers")) {
    truth::QuasiIdentifier identifier{one.at("name"), {}, {}};
    for (const Json& level : one.at("levels")) {
      identifier.labels.push_back(level.at("labels"));
      identifier.category_of_leaf.push_back(level.at("of_leaf"));
    }
    records.identifiers.push_back(std::move(identifier));
  }
  for (const Json& one : json.at("sensitive")) records.sensitive.push_back({one.at("name"), one.at("labels")});
  records.leaves.resize(records.identifiers.size());
  records.values.resize(records.sensitive.size());
  for (const Json& row : json.at("rows")) {
    const auto times = row.at(records.leaves.size() + records.values.size()).get<std::size_t>();
    for (std::size_t c = 0; c < records.leaves.size(); ++c) records.leaves[c].insert(records.leaves[c].end(), times, row.at(c).get<std::uint32_t>());
    for (std::size_t c = 0; c < records.values.size(); ++c)
      records.values[c].insert(records.values[c].end(), times, row.at(records.leaves.size() + c).get<std::uint32_t>());
    records.count += times;
  }
  return records;
}

/// Everything that the arithmetic looks up is there.
bool is_whole(const truth::CodedRecords& records) {
  for (std::size_t i = 0; i < records.identifiers.size(); ++i) {
    const truth::QuasiIdentifier& identifier = records.identifiers[i];
    if (identifier.labels.empty()) return false;
    for (std::size_t level = 0; level < identifier.level_count(); ++level) {
      if (identifier.category_of_leaf[level].size() != identifier.category_of_leaf.front().size()) return false;
      for (const std::uint32_t category : identifier.category_of_leaf[level])
        if (category >= identifier.labels[level].size()) return false;
    }
    for (const std::uint32_t leaf : records.leaves[i])
      if (leaf >= identifier.category_of_leaf.front().size()) return false;
  }
  for (std::size_t s = 0; s < records.sensitive.size(); ++s)
    for (const std::uint32_t value : records.values[s])
      if (value >= records.sensitive[s].labels.size()) return false;
  return true;
}

std::optional<std::map<std::string, truth::CodedRecords>> true_records_from(std::string_view text) {
  const Json json = Json::parse(text, nullptr, false);
  if (json.is_discarded()) return std::nullopt;
  try {
    std::map<std::string, truth::CodedRecords> all;
    for (const Json& one : json.at("questions")) {
      truth::CodedRecords records = coded_from(one);
      if (!is_whole(records)) return std::nullopt;
      all.emplace(one.at("question").get<std::string>(), std::move(records));
    }
    return all;
  } catch (const Json::exception&) {
    return std::nullopt;
  }
}

std::optional<base::Digest> digest_from(const std::string& hex) {
  base::Digest digest;
  if (hex.size() != digest.bytes.size() * 2 || hex.find_first_not_of("0123456789abcdef") != std::string::npos) return std::nullopt;
  for (std::size_t i = 0; i < digest.bytes.size(); ++i) digest.bytes[i] = static_cast<unsigned char>(std::stoul(hex.substr(2 * i, 2), nullptr, 16));
  return digest;
}

bool fits(const std::vector<std::vector<std::uint32_t>>& rows, const PublishedRecords& records) {
  std::vector<std::size_t> sizes;
  for (const RecordColumn& column : records.columns)
    if (column.is_shown()) sizes.push_back(column.categories.size());
  return std::all_of(rows.begin(), rows.end(), [&](const auto& row) {
    if (row.size() != sizes.size()) return false;
    for (std::size_t c = 0; c < sizes.size(); ++c)
      if (row[c] >= sizes[c]) return false;
    return true;
  });
}

}  // namespace

std::string true_records_text(const std::vector<std::pair<std::string, const truth::CodedRecords*>>& by_question) {
  Json questions = Json::array();
  for (const auto& [question, records] : by_question) questions.push_back(json_of(question, *records));
  return Json{{"candour_true_records", 1}, {"questions", std::move(questions)}}.dump(1) + "\n";
}

std::variant<SealedRecords, Refusal> certify_records(const RecordsSubmission& submission, const policy::Policy& policy, table::Seal of_tables,
                                                     bool has_tables) {
  Refusal refusal;
  std::vector<PublishedRecords> published;
  std::vector<std::pair<std::string, const truth::CodedRecords*>> truth;
  Json questions = Json::array();
  std::vector<std::string> marks;
  for (const SubmittedRecords& one : submission.questions) {
    const std::string subject = fmt::format("records of question {}", one.published->question);
    for (const std::string& finding : one.findings) refusal.reasons.push_back({"records.leak", subject, finding});
    add_below_policy(*one.published, policy, refusal.reasons);
    for (RefusalReason& reason : faults_of(*one.published, one.published->rows, one.levels, *one.truth)) refusal.reasons.push_back(std::move(reason));
    published.push_back(*one.published);
    truth.emplace_back(one.published->question, one.truth);
    questions.push_back(json_of(*one.published, one.levels));
    if (!one.people_are_known) marks.emplace_back("people unproved");
  }
  if (!refusal.reasons.empty()) return refusal;
  std::string true_records = true_records_text(truth);
  const base::Digest digest = table::digest_of_records(published);
  Json earlier = Json::array();
  for (const base::Digest& release : submission.earlier_releases) earlier.push_back(release.to_hex());
  const Json certificate{{"candour_records_certificate", 1},
                         {"records", submission.records_digest.to_hex()},
                         {"policy", policy.digest.to_hex()},
                         {"published", digest.to_hex()},
                         {"true_records", base::digest_of(true_records).to_hex()},
                         {"earlier_releases", std::move(earlier)},
                         {"vetting", policy.vetting == table::VettingState::vetted ? "vetted" : "unvetted"},
                         {"questions", std::move(questions)}};
  return SealedRecords{seal_with_records(std::move(of_tables), digest, claims_of(submission, policy), has_tables, marks), certificate.dump(1) + "\n",
                       std::move(true_records)};
}

base::Result<RecordsCertificate> records_certificate_from(std::string_view text) {
  const auto wrong = [] {
    return base::fail({base::Cause::wrong_input, "certify.certificate", {}, "this is no certificate of records", "answer the case again"});
  };
  const Json json = Json::parse(text, nullptr, false);
  if (json.is_discarded()) return wrong();
  try {
    if (json.at("candour_records_certificate") != 1) return wrong();
    RecordsCertificate certificate;
    for (const auto& [name, into] : {std::pair("records", &certificate.records), std::pair("policy", &certificate.policy),
                                     std::pair("published", &certificate.published), std::pair("true_records", &certificate.true_records)}) {
      const auto digest = digest_from(json.at(name).get<std::string>());
      if (!digest) return wrong();
      *into = *digest;
    }
    for (const Json& earlier : json.at("earlier_releases")) {
      const auto digest = digest_from(earlier.get<std::string>());
      if (!digest) return wrong();
      certificate.earlier_releases.push_back(*digest);
    }
    for (const Json& question : json.at("questions")) certificate.questions.push_back(certified_from(question));
    return certificate;
  } catch (const Json::exception&) {
    return wrong();
  }
}

RecordsReport verify_records(const RecordsToVerify& input) {
  RecordsReport report;
  const auto fault = [&](std::string subject, std::string sentence) { report.reasons.push_back({"records.fault", std::move(subject), std::move(sentence)}); };
  const auto certificate = records_certificate_from(input.certificate);
  const auto truth = true_records_from(input.true_records);
  if (!certificate) return fault("certificate of records", certificate.error().sentence), report;
  if (!truth) return fault("true records", "the file was damaged"), report;
  if (base::digest_of(input.true_records) != certificate->true_records) fault("true records", "not those that the certificate speaks of");
  if (input.policy->digest != certificate->policy) fault("policy", "not the one under which the certificate was made");
  if (!input.read_again.empty() && input.read_again != input.true_records) fault("true records", "the holdings give other ones now");
  std::vector<PublishedRecords> published;
  for (const CertifiedRecords& one : certificate->questions) {
    const std::string subject = fmt::format("records of question {}", one.published.question);
    published.push_back(one.published);
    const auto rows = input.rows.find(one.published.question);
    const auto records = truth->find(one.published.question);
    if (rows == input.rows.end() || !fits(rows->second, one.published)) {
      fault(subject, "the public file is not there, or not of these columns");
      continue;
    }
    if (records == truth->end()) {
      fault(subject, "the true records are not there");
      continue;
    }
    published.back().rows = rows->second;
    add_below_policy(one.published, *input.policy, report.reasons);
    for (RefusalReason& reason : faults_of(one.published, rows->second, one.levels, records->second)) report.reasons.push_back(std::move(reason));
    ++report.questions;
    report.records += records->second.count;
    report.shown += rows->second.size();
  }
  if (report.reasons.empty() && table::digest_of_records(published) != certificate->published)
    fault("public records", "not those that the certificate speaks of");
  return report;
}

}  // namespace candour::certify
