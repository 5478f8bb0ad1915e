#pragma once
// What programs read of the log: feeds, the list of all answers, the map of all pages, digests.

#include <candour/base/files.hpp>
#include <candour/publish/site/site_pages.hpp>

#include <span>
#include <string>
#include <utility>
#include <vector>

namespace candour::publish {

inline constexpr std::size_t entries_in_a_feed = 100;

/// Atom (RFC 4287) of the newest answers, with an at:deleted-entry (RFC 6721) for each that was taken out. Needs the log's address.
[[nodiscard]] std::string atom_feed(const SiteContents& site);
/// JSON Feed 1.1 of the newest answers. Needs the log's address.
[[nodiscard]] std::string json_feed(const SiteContents& site);
/// All answers and all that were taken out.
[[nodiscard]] std::string index_json(const SiteContents& site);
/// The publisher and the address of the log that an index.json names; empty where it names none.
[[nodiscard]] std::pair<std::string, std::string> identity_of(const std::string& index);
/// "DIGEST  FOLDER/entry.json" a line, as sha256sum reads it.
[[nodiscard]] std::string checksums(const std::vector<LogEntry>& entries);
/// sitemap.xml, or several of them with an index where there are more than fifty thousand pages. Needs the log's address.
[[nodiscard]] std::vector<base::FileToWrite> sitemaps(const SiteContents& site, std::span<const base::FileToWrite> pages);

}  // namespace candour::publish
