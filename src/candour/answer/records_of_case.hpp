#pragma once
// Questions that ask for the records themselves: recoded as little as can be, attacked, beside what was published before, and put before the gate.

#include <candour/answer/answer.hpp>
#include <candour/certify/records_certificate.hpp>
#include <candour/policy/policy.hpp>
#include <candour/protect/recode/privacy_model.hpp>
#include <candour/request/case.hpp>
#include <candour/table/published_records.hpp>
#include <candour/truth/coded_records.hpp>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace candour::answer {

/// The records of one question, before and after.
struct RecodedQuestion {
  std::string question;
  truth::CodedRecords truth;
  protect::PrivacyModel model;
  protect::Recoding recoding;
  table::PublishedRecords published;
  table::Release release;  ///< as the tables of the same answer, and the register, know it
  bool people_are_known = false;
  std::vector<std::string> beside_earlier = {};  ///< for the officer: what it was attacked with, and what keeps it from being finer
};

struct RecordsOfCase {
  std::vector<RecodedQuestion> questions;  ///< none where the case asks for no records
  policy::Policy policy;
  base::Digest records_digest;
  std::vector<base::Digest> earlier_digests;
  std::vector<std::string> beside_earlier;  ///< for the officer
  std::vector<std::string> quality;         ///< sentences for the private data-quality page: counts and positions only

  [[nodiscard]] std::vector<table::PublishedRecords> published() const;
  /// The records as something that is published beside the tables of this answer.
  [[nodiscard]] std::vector<EarlierRelease> as_earlier() const;
};

/// Reads and recodes the records of every question that gives them. Of all allowed recodings it takes the one that loses least and that gives nothing away
/// beside the earlier releases about the population.
///
/// Errors: wrong_input "answer.microdata" where the case asks for records and nobody said --microdata, or the other way round, and "records.below_policy" where
/// it promises less than the policy; refused "recoding.none"; refused "records.beside" where no recoding holds beside what was published before, or where an
/// earlier release tells of a column that must not be learnt, which is not decided; those of the holdings. Cost: that of protect::optimal_recoding, and an
/// attack beside the earlier releases for each recoding that is better than the best so far.
[[nodiscard]] base::ResultOrErrors<RecordsOfCase> records_of_case(const AnswerOptions& options);

/// The true records of the case read once more, by question, for verify --records.
[[nodiscard]] base::ResultOrErrors<std::string> true_records_again(const request::Case& the_case);

/// Records and tables before the gate, together. Gives the seal of both.
[[nodiscard]] base::Result<certify::SealedRecords> seal_records(const RecordsOfCase& records, table::Seal of_tables, bool has_tables);

/// What is said of them to the officer, and the private files: certificate, true records, and how the recoding was found.
void report_records(const RecordsOfCase& records, AnsweredCase& answered);
[[nodiscard]] std::vector<base::FileToWrite> private_record_files(const RecordsOfCase& records, const certify::SealedRecords& sealed);

}  // namespace candour::answer
