#pragma once
// Which register a verb speaks of.

#include <candour/answer/answer.hpp>
#include <candour/base/result.hpp>
#include <candour/casework/register/release_register.hpp>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace candour::cli {

/// What --register means, the same for every verb.
inline constexpr const char* register_option = "The register of releases: a SQLite file or a PostgreSQL URL (default: CANDOUR_REGISTER, then CANDOUR_DATABASE)";

/// "1 table", "2 tables".
[[nodiscard]] std::string how_many(std::size_t number, std::string_view what);

/// What --register means for a verb that takes a case.
inline constexpr const char* register_option_of_case =
    "The register of releases: a SQLite file or a PostgreSQL URL (default: CANDOUR_REGISTER, then [register] of the case file)";

/// Opens the register that `option` or the environment names. Error wrong_input "register.no_place" where neither does.
[[nodiscard]] base::Result<casework::ReleaseRegister> open_register(const std::string& option);

/// The same with the register that the case file may name, before CANDOUR_DATABASE.
[[nodiscard]] base::ResultOrErrors<casework::ReleaseRegister> open_register(const std::string& option, const std::filesystem::path& case_folder);

/// All that the register holds, in its order; nothing where neither `option` nor CANDOUR_REGISTER names one. Refused "log.damaged" where its chain does not
/// hold.
[[nodiscard]] base::Result<std::vector<answer::EarlierRelease>> earlier_releases(const std::string& option);

/// The same with the register that the case file may name (casework::register_of_case).
[[nodiscard]] base::ResultOrErrors<std::vector<answer::EarlierRelease>> earlier_releases(const std::string& option, const std::filesystem::path& case_folder);

/// The same with what this very case gave before and somebody reviewed or recalled (casework::given_before), where the register does not hold it already.
[[nodiscard]] base::ResultOrErrors<std::vector<answer::EarlierRelease>> earlier_releases_of_case(const std::string& option,
                                                                                                 const std::filesystem::path& case_folder,
                                                                                                 const std::filesystem::path& output);

}  // namespace candour::cli
