#pragma once
// Titles of other requests, from a file: an export of a register, or a list of what other authorities were asked.

#include <candour/base/result.hpp>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace candour::similar {

struct ListedTitle {
  std::string title;
  std::string reference;  ///< empty where the file has none
  std::uint64_t line = 0;
};

/// Reads comma-separated values with a header: the titles stand in a column named title, request_title or subject, references in one named reference, id or
/// case. Other columns are not looked at. Errors: wrong_input "titles.no_column" naming what is there, "titles.malformed" with the line; could_not_finish
/// "file.unreadable".
[[nodiscard]] base::Result<std::vector<ListedTitle>> read_titles(const std::filesystem::path& file);

}  // namespace candour::similar
