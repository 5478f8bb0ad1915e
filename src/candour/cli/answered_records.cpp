#include <candour/cli/answered_records.hpp>

#include <candour/answer/earlier.hpp>
#include <candour/answer/records_beside.hpp>
#include <candour/answer/records_of_case.hpp>
#include <candour/attack/record_attack.hpp>
#include <candour/base/files.hpp>
#include <candour/casework/register/release_text.hpp>
#include <candour/cli/public_tables.hpp>
#include <candour/formats/csv_writer.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <system_error>

namespace candour::cli {
namespace {

namespace fs = std::filesystem;
using table::PublishedRecords;
using table::RecordColumn;
using Rows = std::vector<std::vector<std::uint32_t>>;

fs::path certificate_file(const fs::path& output) { return output / "private" / "records-certificate.json"; }

/// Rows as numbers of categories; nothing where the file is not of these columns.
std::optional<Rows> rows_of(const certify::PublicTableFile& file, const PublishedRecords& records) {
  std::vector<std::map<std::string, std::uint32_t>> number_of;
  std::vector<std::string> header;
  for (const RecordColumn& column : records.columns) {
    if (!column.is_shown()) continue;
    header.push_back(formats::guarded_against_formulas(column.name));
    number_of.emplace_back();
    for (std::uint32_t category = 0; category < column.categories.size(); ++category)
      number_of.back().emplace(formats::guarded_against_formulas(column.categories[category].text), category);
  }
  if (file.header != header) return std::nullopt;
  Rows rows;
  for (const certify::PublicRow& row : file.rows) {
    if (row.fields.size() != header.size()) return std::nullopt;
    rows.emplace_back();
    for (std::size_t c = 0; c < header.size(); ++c) {
      const auto category = number_of[c].find(row.fields[c]);
      if (category == number_of[c].end()) return std::nullopt;
      rows.back().push_back(category->second);
    }
  }
  return rows;
}

std::string file_of(const std::string& question) {
  std::string name = fmt::format("q{}-records", question);
  std::transform(name.begin(), name.end(), name.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return name;
}

/// Of each question whose public file is there and of its columns.
base::Result<std::map<std::string, Rows>> public_rows(const fs::path& output, const certify::RecordsCertificate& certificate) {
  std::map<std::string, Rows> rows;
  for (const certify::CertifiedRecords& one : certificate.questions) {
    for (const char* begin : {"", "draft-"}) {
      const fs::path path = output / "public" / "records" / (begin + file_of(one.published.question) + ".csv");
      if (!fs::exists(path)) continue;
      CANDOUR_TRY(text, base::read_file(path));
      CANDOUR_TRY(file, public_table_from(path, text));
      if (auto read = rows_of(file, one.published)) rows[one.published.question] = *std::move(read);
    }
  }
  return rows;
}

base::Result<certify::RecordsCertificate> certificate_in(const fs::path& output) {
  CANDOUR_TRY(text, base::read_file(certificate_file(output)));
  return certify::records_certificate_from(text);
}

template <class T>
base::ResultOrErrors<T> or_errors(base::Result<T> result) {
  if (!result) return tl::make_unexpected(base::Errors{std::move(result).error()});
  return std::move(result).value();
}

}  // namespace

bool gives_records_in(const fs::path& output) {
  std::error_code status;
  return fs::exists(certificate_file(output), status);
}

base::Result<std::vector<PublishedRecords>> published_records_in(const fs::path& output) {
  CANDOUR_TRY(certificate, certificate_in(output));
  CANDOUR_TRY(rows, public_rows(output, certificate));
  std::vector<PublishedRecords> all;
  for (certify::CertifiedRecords& one : certificate.questions) {
    one.published.rows = rows[one.published.question];
    all.push_back(std::move(one.published));
  }
  if (table::digest_of_records(all) != certificate.published)
    return base::fail({base::Cause::refused,
                       "register.differs",
                       {output.string()},
                       "the public records are not those that the certificate speaks of",
                       "candour verify says where they differ"});
  return all;
}

base::ResultOrErrors<certify::RecordsReport> verify_answered_records(const request::Case& the_case, const fs::path& output, const policy::Policy& policy,
                                                                     RecordsRead read) {
  CANDOUR_TRY(certificate, or_errors(base::read_file(certificate_file(output))));
  CANDOUR_TRY(true_records, or_errors(base::read_file(output / "private" / "true-records.json")));
  certify::RecordsToVerify input{certificate, true_records, &policy, {}, {}};
  if (const auto content = certify::records_certificate_from(certificate)) {
    CANDOUR_TRY(rows, or_errors(public_rows(output, *content)));
    input.rows = std::move(rows);
  }
  std::string again;
  if (read == RecordsRead::again) {
    CANDOUR_TRY(read_again, answer::true_records_again(the_case));
    again = std::move(read_again);
  }
  input.read_again = again;
  return certify::verify_records(input);
}

base::Result<std::vector<table::Release>> releases_of_records(const request::Case& the_case, const fs::path& output) {
  CANDOUR_TRY(certificate, certificate_in(output));
  CANDOUR_TRY(records, published_records_in(output));
  std::vector<table::Release> releases;
  for (const PublishedRecords& one : records) {
    CANDOUR_TRY(release, table::released(one));
    release.id = records.size() == 1 ? fmt::format("{}/records", the_case.reference) : fmt::format("{}/records/{}", the_case.reference, one.question);
    release.title = the_case.subject;
    release.published_on = the_case.answered_on.value_or(base::today());
    release.extracted_on = answer::extracted_on(the_case, one.population);
    release.policy_digest = certificate.policy.to_hex();
    release.draft_digest = certificate.published.to_hex();
    releases.push_back(std::move(release));
  }
  return releases;
}

base::Result<std::vector<std::string>> findings_in_records(const request::Case& the_case, const fs::path& output, const policy::Policy& policy,
                                                           const std::vector<answer::EarlierRelease>& earlier) {
  CANDOUR_TRY(records, published_records_in(output));
  CANDOUR_TRY(releases, releases_of_records(the_case, output));
  std::vector<std::string> lines;
  for (std::size_t r = 0; r < records.size(); ++r) {
    PublishedRecords& one = records[r];
    one.promise.smallest_class = std::max(one.promise.smallest_class, policy.minimum_frequency.minimum);
    for (const attack::RecordFinding& finding : attack::attack_records(one, policy.largest_coalition()))
      lines.push_back(fmt::format("records of question {}: {}{}", one.question, finding.learnt.empty() ? "" : finding.learnt + ": ", finding.arithmetic));
    answer::EarlierOfPopulation beside;
    beside.extracted_on = releases[r].extracted_on;
    const base::Digest own = casework::digest_of_figures(releases[r]);
    for (const answer::EarlierRelease& other : earlier)
      if (other.release.population == one.population && casework::digest_of_figures(other.release) != own) beside.releases.push_back(other.release);
    for (const knowledge::Finding& finding : answer::findings_of_records_beside(beside, one, releases[r], policy)) {
      lines.push_back(fmt::format("records of question {}: {}", one.question, finding.subject));
      for (const knowledge::Derivation& derivation : finding.derivations) lines.push_back(fmt::format("  {}", derivation.text));
    }
  }
  return lines;
}

}  // namespace candour::cli
