#pragma once
// The disclosure log: a folder of approved answers with all the pages that lead to them, ready for any web server.

#include <candour/publish/log_entry.hpp>
#include <candour/publish/publish.hpp>

#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace candour::publish {

/// Looks at files just before they are written where everybody can read them; an error stops the writing. This folder does not reach the inspection itself.
using LastLook = std::function<base::Result<base::Done>(std::span<const base::FileToWrite>)>;

/// What a log is built with, beside the answers in it. A file that is given is kept in the log (authority.toml, statistics.json) and used from then on.
struct LogFiles {
  std::optional<std::filesystem::path> authority;   ///< release::read_page_look
  std::optional<std::filesystem::path> statistics;  ///< read_statistics
};

/// A log as it was built.
struct BuiltLog {
  LogContents contents;
  std::size_t page_count = 0;      ///< HTML pages, answers included
  std::vector<std::string> notes;  ///< sentences about what was left out, such as feeds without an address
};

/// Copies the public files of an approved answer into the site, into a folder named after its reference, and builds the log anew. Refused
/// "publish.not_approved" unless the final files stand in place (PublicationStanding::final), and as `look` refuses; wrong_input "log.reserved_name" for a
/// reference whose folder has the name of a part of the log; else as build_log. Gives the folder's name.
[[nodiscard]] base::ResultOrErrors<std::string> add_to_log(const std::filesystem::path& site, const StandingFiles& files,
                                                           std::span<const release::Approval> approvals, const LastLook& look);

/// Builds all pages, lists, feeds and the search anew from the entries in the site. Nothing is written unless `look` passes the pages and the JSON files for
/// programs. Each of the folders browse/, words/, find/ and assets/ appears whole. Errors: wrong_input "log.bad_entry" names an entry that cannot be read; as
/// read_page_look and read_statistics say.
[[nodiscard]] base::ResultOrErrors<BuiltLog> build_log(const std::filesystem::path& site, const LogFiles& files, const LastLook& look);

/// Takes an answer out of the site. Its address stays, with the day and the reason, which everybody can read. Errors: wrong_input "log.unknown_reference",
/// "log.no_reason".
[[nodiscard]] base::ResultOrErrors<base::Done> remove_from_log(const std::filesystem::path& site, const std::string& reference, const std::string& reason,
                                                               const LastLook& look);

}  // namespace candour::publish
