#pragma once
// What the verbs about cases share: reading a day, and naming the database.

#include <candour/base/date.hpp>
#include <candour/base/result.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace candour::cli {

/// The help of --database, the same everywhere.
inline constexpr const char* database_sentence =
    "Where the journal is kept: a SQLite file, or postgresql://host/base (better: CANDOUR_DATABASE of the environment); left out: the case's own folder";

/// A day given for an option; nothing where it was not given. Error wrong_input "command_line.wrong".
[[nodiscard]] base::Result<std::optional<base::Date>> day_given(const std::optional<std::string>& text, std::string_view option);

}  // namespace candour::cli
