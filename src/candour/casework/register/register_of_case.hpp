#pragma once
// Which register of releases a case stands beside.

#include <candour/base/result.hpp>

#include <filesystem>
#include <optional>
#include <string>

namespace candour::casework {

/// Gives the place, the first of these that says one: `option`, CANDOUR_REGISTER, `[register]` of the case file. A file of the case's is seen from the folder
/// of the case. Nothing where none does: then nothing earlier is known.
///
/// Takes the folder of a case or its case.toml; where there is no such file, the case says nothing. Errors: those of the file's form; its other parts are not
/// looked at.
[[nodiscard]] base::ResultOrErrors<std::optional<std::string>> register_of_case(const std::string& option, const std::filesystem::path& case_folder);

/// Error wrong_input "register.not_there" for a place that is a file and is not there: a register that was never made holds nothing, and a slip of the pen
/// would look like it.
[[nodiscard]] base::Result<base::Done> check_register_is_there(const std::string& place);

}  // namespace candour::casework
