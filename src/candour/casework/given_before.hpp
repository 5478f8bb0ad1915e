#pragma once
// What an answer of this case gave before and is not what it gives now: reviewed, or recalled. It stays in the attack on whatever is answered anew.

#include <candour/base/files.hpp>
#include <candour/base/result.hpp>
#include <candour/table/releases.hpp>

#include <filesystem>
#include <string_view>
#include <vector>

namespace candour::casework {

/// The folders of private/casework/ in which it is kept.
inline constexpr std::string_view reviewed_folder = "reviewed";
inline constexpr std::string_view recalled_folder = "recall";

/// The releases kept in one of them, one a population and answer; none where there is none. Error refused "casework.given_unreadable" where the file was
/// changed.
[[nodiscard]] base::Result<std::vector<table::Release>> given_before(const std::filesystem::path& output, std::string_view folder);

/// The file that keeps them, with those that are in the folder already: for keep_folder. The same figures stand in it once.
[[nodiscard]] base::Result<base::FileToWrite> file_of_given(const std::filesystem::path& output, std::string_view folder,
                                                            const std::vector<table::Release>& releases);

}  // namespace candour::casework
