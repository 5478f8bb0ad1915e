#pragma once
// Manual pages and the reference of all verbs, made from the description of the verbs and the sections written by hand in docs/man.

#include <candour/base/result.hpp>
#include <candour/cli/verb_description.hpp>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace candour::cli {

/// Gives "case-new" for "case new": the name of a verb's file in docs/man and of its page.
[[nodiscard]] std::string page_name(const VerbDescription& verb);

/// Gives what is missing for full manual pages: a verb without a file, a file without a section, an option without a sentence, a file without a verb.
[[nodiscard]] std::vector<std::string> missing_from_manual(const std::vector<VerbDescription>& verbs, const std::filesystem::path& sections_folder);

/// Gives the page of one verb in the format of man. `sections` is the text of its file in docs/man.
[[nodiscard]] std::string manual_page(const VerbDescription& verb, std::string_view sections);
/// Gives the page of the program itself, candour(1).
[[nodiscard]] std::string manual_page_of_program(const std::vector<VerbDescription>& verbs);

/// Gives docs/reference/commands.md.
[[nodiscard]] std::string reference_page(const std::vector<VerbDescription>& verbs);

/// Gives the help of one verb for a terminal.
[[nodiscard]] std::string help_text(const VerbDescription& verb);

}  // namespace candour::cli
