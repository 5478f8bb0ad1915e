#pragma once
// The folder that `candour microdata` writes: public/records.csv and recoding.json, private/recoding.json; and the check of one.

#include <candour/cli/command.hpp>
#include <candour/protect/recode/privacy_model.hpp>
#include <candour/truth/coded_records.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace candour::cli {

/// Where records came from, so that they can be read again.
struct RecodingSource {
  std::string records;
  std::string delimiter;
  std::vector<std::pair<std::string, std::string>> levels;  ///< column and file
  std::vector<std::string> sensitive;
};

/// Reads the columns. Errors: those of holding and levels.
[[nodiscard]] base::Result<truth::CodedRecords> read_source(const RecodingSource& source);
/// The records that are shown, recoded: identifiers, then sensitive values; in order of their texts, so that the order of the records is lost.
[[nodiscard]] std::vector<std::vector<std::string>> shown_rows(const truth::CodedRecords& records, const protect::PrivacyModel& model,
                                                               const std::vector<std::size_t>& levels);
/// Writes both folders whole or not at all.
[[nodiscard]] base::Result<base::Done> write_recoded(const std::filesystem::path& folder, const RecodingSource& source, const truth::CodedRecords& records,
                                                     const protect::PrivacyModel& model, const protect::Recoding& recoding,
                                                     const std::vector<std::vector<std::string>>& rows);

/// True for a folder with private/recoding.json.
[[nodiscard]] bool is_recoded(const std::filesystem::path& folder);
/// Reads the records again and re-adds what was published; prints a line a fault, `refused` if there is one. Errors: those of the files.
[[nodiscard]] base::Result<ExitStatus> verify_recoded(const std::filesystem::path& folder, Console& console);

}  // namespace candour::cli
