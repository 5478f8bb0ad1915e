#pragma once
// The records that an answer gives one by one, read back from its files: added up again, attacked, and as releases for the register.

#include <candour/answer/answer.hpp>
#include <candour/certify/records_certificate.hpp>
#include <candour/cli/command.hpp>
#include <candour/request/case.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace candour::cli {

/// True for the folder of an answer that gives records.
[[nodiscard]] bool gives_records_in(const std::filesystem::path& output);

/// The records as published, by certificate and public files. Errors: those of the files; refused "register.differs" where the two do not agree.
[[nodiscard]] base::Result<std::vector<table::PublishedRecords>> published_records_in(const std::filesystem::path& output);

enum class RecordsRead { not_again, again };
/// Counts every class again, from the private true records or from the holdings. Errors: those of the files and holdings.
[[nodiscard]] base::ResultOrErrors<certify::RecordsReport> verify_answered_records(const request::Case& the_case, const std::filesystem::path& output,
                                                                                   const policy::Policy& policy, RecordsRead read);

/// The records as releases, one a question; id, title, dates and digests filled in.
[[nodiscard]] base::Result<std::vector<table::Release>> releases_of_records(const request::Case& the_case, const std::filesystem::path& output);

/// A line for each finding of an attack on the records as published, by themselves and beside earlier releases.
[[nodiscard]] base::Result<std::vector<std::string>> findings_in_records(const request::Case& the_case, const std::filesystem::path& output,
                                                                         const policy::Policy& policy, const std::vector<answer::EarlierRelease>& earlier);

}  // namespace candour::cli
