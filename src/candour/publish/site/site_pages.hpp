#pragma once
// The pages of the disclosure log: lists that need no script, an index of words, and what a reader should know.

#include <candour/base/files.hpp>
#include <candour/publish/log_entry.hpp>
#include <candour/publish/site/site_index.hpp>
#include <candour/publish/site/site_statistics.hpp>
#include <candour/release/page_look.hpp>

#include <optional>
#include <string>
#include <vector>

namespace candour::publish {

/// All that the pages are made of.
struct SiteContents {
  const std::vector<LogEntry>& entries;
  const std::vector<Tombstone>& tombstones;
  const SiteIndex& index;
  const release::PageLook& look;  ///< with the authority's name
  const std::optional<Statistics>& statistics;
  std::string publisher_url;
  std::string licence;
};

/// Gives index.html and its further pages, the lists by year, outcome and section (browse/), the words (words/), search.html, about.html, accessibility.html,
/// leaving.html and, where there are statistics, statistics.html. Paths are relative to the site. Cost: linear in entries and their words.
[[nodiscard]] std::vector<base::FileToWrite> site_pages(const SiteContents& site);

/// The page that stands at the address of an answer that was taken out. It needs nothing beside it.
[[nodiscard]] std::string tombstone_page(const Tombstone& tombstone, const release::PageLook& look, const std::string& licence);

/// The files that the pages load: style, scripts, and the notices of what they carry of others.
[[nodiscard]] std::vector<base::FileToWrite> site_assets(const release::PageLook& look);

inline constexpr std::size_t entries_on_a_page = 50;

}  // namespace candour::publish
