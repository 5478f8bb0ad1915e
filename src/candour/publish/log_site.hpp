#pragma once
// The disclosure log: a folder of approved answers with an index, ready for any web server.

#include <candour/publish/publish.hpp>

#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace candour::publish {

/// Looks at files just before they are written where everybody can read them; an error stops the writing. This folder does not reach the inspection itself.
using LastLook = std::function<base::Result<base::Done>(std::span<const base::FileToWrite>)>;

/// One answer of the log, read from its entry.json.
struct LogEntry {
  std::string folder;  ///< inside the site
  std::string reference;
  std::string title;
  std::string publisher;
  std::string answered;  ///< ISO date
  std::string outcome;   ///< stable word, such as "given-in-part"
};

/// Copies the public files of an approved answer into the site, into a folder named after its reference, and builds the index.
/// Refused "publish.not_approved" unless the final files stand in place (PublicationStanding::final), and as `look` refuses. Gives the folder's name.
[[nodiscard]] base::Result<std::string> add_to_log(const std::filesystem::path& site, const StandingFiles& files, std::span<const release::Approval> approvals,
                                                   const LastLook& look);

/// Builds index.html and index.json anew from the entries in the site; neither is written unless `look` passes both. Error wrong_input "log.bad_entry" names an
/// entry that cannot be read.
[[nodiscard]] base::Result<std::vector<LogEntry>> build_log(const std::filesystem::path& site, const LastLook& look);

/// Takes an answer out of the site. Error wrong_input "log.unknown_reference".
[[nodiscard]] base::Result<base::Done> remove_from_log(const std::filesystem::path& site, const std::string& reference, const LastLook& look);

/// The folder of a reference: "FOI/24/0117" gives "foi-24-0117".
[[nodiscard]] std::string folder_of_reference(std::string_view reference);

}  // namespace candour::publish
