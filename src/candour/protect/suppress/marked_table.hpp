#pragma once
// A finer table beside the tables of a draft: whatever no witness changes is shown in it, the rest is hidden.

#include <candour/protect/draft.hpp>
#include <candour/protect/evidence.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <vector>

namespace candour::protect {

/// Asked about tables: the published cells of each sum that follows from them and does not pass.
using CellsOfFailingSums = std::function<std::vector<std::vector<table::CellReference>>(const table::PublishedPopulation&)>;

/// Asked about tables and witnesses that fit them: the atoms outside the category, for each group of which a reader sees that all its members share one, if it
/// has any. Groups without a member are no secret, yet a reader cannot know that they have none.
using GroupsSeenToShare = std::function<std::vector<std::vector<table::AtomIndex>>(const table::PublishedPopulation&, const table::Evidence&)>;

struct MarkedTableTask {
  const truth::Population* truth = nullptr;
  const policy::Policy* policy = nullptr;
  const std::vector<truth::Secret>* secrets = nullptr;
  table::PublishedPopulation tables;                          ///< of the draft, and a finer one, none of whose cells is hidden; it says whether noughts may be
  std::uint32_t number = 0;                                   ///< of the finer table among these
  std::uint64_t seed = 0;                                     ///< a secret of the authority: which witnesses are looked for decides what is hidden
  std::set<std::vector<table::AtomIndex>> stays_hidden = {};  ///< sums that an earlier answer hid
  CellsOfFailingSums failing_sums = {};
  GroupsSeenToShare groups_seen_to_share = {};
};

/// Hides cells of the finer table until every secret has its witnesses, and of those that hold something shows again what no witness changes. Figures that
/// another table shows stay shown, what another table hides stays hidden. Nothing where no pattern was found. `experience` is added to.
/// Cost: some searches for evidence. Source: docs/methods/marked-tables.md.
[[nodiscard]] std::optional<HiddenPattern> mark_what_changes(const MarkedTableTask& task, Experience& experience);

}  // namespace candour::protect
