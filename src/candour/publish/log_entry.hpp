#pragma once
// One answer of the disclosure log, as its entry.json tells it; and what is left of one that was taken out.

#include <candour/base/date.hpp>
#include <candour/base/files.hpp>
#include <candour/base/result.hpp>

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace candour::publish {

/// A question as the log shows it.
struct LogQuestion {
  std::string number;
  std::string text;
  std::string outcome;  ///< stable word, such as "given-in-part"
};

/// One answer of the log. Fields of entry.json that are not named here go nowhere.
struct LogEntry {
  std::string folder;  ///< inside the site
  std::string reference;
  std::string title;
  std::string publisher;
  std::string publisher_url;
  std::string licence;
  base::Date answered{};
  std::string outcome;                  ///< stable word
  std::vector<std::string> provisions;  ///< codes, such as "FOIA/40(2)-40(3A)(a)"
  std::vector<LogQuestion> questions;
  std::string digest;  ///< SHA-256 of entry.json, which names the digests of all other files
};

/// An answer that was taken out: its address says so, and why.
struct Tombstone {
  std::string folder;
  std::string reference;
  base::Date removed{};
  std::string reason;
};

/// What stands in the folders of a log; the newest answer first.
struct LogContents {
  std::vector<LogEntry> entries;
  std::vector<Tombstone> tombstones;
};

/// Reads the bytes of an entry.json; nothing if they are none of ours.
[[nodiscard]] std::optional<LogEntry> parse_entry(const std::string& bytes);

/// Reads every folder of a site that holds an entry.json or a removed.json. Errors: could_not_finish "file.unreadable"; wrong_input "log.bad_entry" names a
/// file that cannot be read.
[[nodiscard]] base::Result<LogContents> read_log(const std::filesystem::path& site);

/// The bytes of removed.json.
[[nodiscard]] std::string tombstone_json(const Tombstone& tombstone);

/// The folder of a reference: "FOI/24/0117" gives "foi-24-0117".
[[nodiscard]] std::string folder_of_reference(std::string_view reference);

/// The words of an outcome on a page: "given-in-part" gives "Given in part".
[[nodiscard]] std::string label_of_outcome(const std::string& code);

/// Error wrong_input "log.bad_entry".
[[nodiscard]] base::Error bad_entry(const std::filesystem::path& file);

}  // namespace candour::publish
