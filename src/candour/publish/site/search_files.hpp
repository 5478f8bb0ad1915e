#pragma once
// The index of the search by typing, cut into small files: a reader loads what the typed words need and nothing else.

#include <candour/base/files.hpp>
#include <candour/publish/log_entry.hpp>
#include <candour/publish/site/site_index.hpp>

#include <vector>

namespace candour::publish {

inline constexpr std::size_t entries_in_a_block = 50;

/// Gives
///   find/entries.json      for each answer the lengths of its texts and places in the lists of years, outcomes and sections, as arrays side by side;
///   find/block-0.json ...  what a result shows, for fifty answers each;
///   find/words-ab.json ... the words that begin with "ab" and where they stand, in the form in which MiniSearch 7 takes its index back (serializationVersion
///   2).
/// templates/search.js reads them. Only titles, questions and what the lists show are in them. Cost: linear in the words.
[[nodiscard]] std::vector<base::FileToWrite> search_files(const std::vector<LogEntry>& entries);

}  // namespace candour::publish
