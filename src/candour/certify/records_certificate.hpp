#pragma once
// The gate for records that go out one by one, their certificate, and its being added up again.

#include <candour/certify/certify.hpp>
#include <candour/table/published_records.hpp>
#include <candour/truth/coded_records.hpp>

#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace candour::certify {

/// The records of one question: true ones, those that would go out, and at which level of each identifier.
struct SubmittedRecords {
  const truth::CodedRecords* truth = nullptr;
  const table::PublishedRecords* published = nullptr;
  std::vector<std::size_t> levels;
  std::vector<std::string> findings;  ///< what the attack found against them
  bool people_are_known = false;
};

struct RecordsSubmission {
  std::vector<SubmittedRecords> questions;
  base::Digest records_digest;  ///< of the holdings
  std::vector<base::Digest> earlier_releases;
};

/// Private, like the certificate of tables: `certificate` says what was promised and published, `true_records` from what. Both are JSON, stable byte for byte.
struct SealedRecords {
  table::Seal seal;
  std::string certificate;
  std::string true_records;
};

/// Counts again (faults_of_recoding), holds the promise against the policy (no class below its minimum frequency, no coalition below its largest), takes the
/// attack's findings, then seals records and tables together. `has_tables`: the seal so far is of a draft with tables.
/// Refusals: "records.fault", "records.leak", "records.below_policy".
[[nodiscard]] std::variant<SealedRecords, Refusal> certify_records(const RecordsSubmission& submission, const policy::Policy& policy, table::Seal of_tables,
                                                                   bool has_tables);

/// What a certificate of records says of one question.
struct CertifiedRecords {
  table::PublishedRecords published;  ///< without rows: these stand in the public file
  std::vector<std::size_t> levels;
};
struct RecordsCertificate {
  base::Digest records, policy, published, true_records;
  std::vector<base::Digest> earlier_releases;
  std::vector<CertifiedRecords> questions;
};
/// Error wrong_input "certify.certificate" if it is none.
[[nodiscard]] base::Result<RecordsCertificate> records_certificate_from(std::string_view text);

/// The true records as text: each different combination with how often it occurs, so that the order of the records is nowhere.
[[nodiscard]] std::string true_records_text(const std::vector<std::pair<std::string, const truth::CodedRecords*>>& by_question);

/// What is verified. `rows`: of each question, the categories of the columns shown, as the public file has them.
struct RecordsToVerify {
  std::string_view certificate;
  std::string_view true_records;
  const policy::Policy* policy = nullptr;
  std::map<std::string, std::vector<std::vector<std::uint32_t>>> rows;
  std::string_view read_again;  ///< the true records read once more from the holdings, as text; empty: not asked for
};
struct RecordsReport {
  std::vector<RefusalReason> reasons;  ///< empty: it holds
  std::uint64_t questions = 0, records = 0, shown = 0;
};
/// Digests, promise against policy, and every class counted again from the true records. Cost: sorting the records.
[[nodiscard]] RecordsReport verify_records(const RecordsToVerify& input);

}  // namespace candour::certify
