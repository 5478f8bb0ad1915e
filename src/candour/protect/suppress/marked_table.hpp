#pragma once
// A finer table beside the tables of a draft: whatever no witness changes is shown in it, the rest is marked as hidden.

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

struct MarkedTableTask {
  const truth::Population* truth = nullptr;
  const policy::Policy* policy = nullptr;
  const std::vector<truth::Secret>* secrets = nullptr;
  table::PublishedPopulation draft;                           ///< with the finer table in it, none of whose cells is hidden yet; its convention says whether noughts may be
  std::uint32_t number = 0;                                   ///< of the finer table
  const table::Evidence* evidence = nullptr;                  ///< of the draft without it
  std::set<std::vector<table::AtomIndex>> stays_hidden = {};  ///< sums that an earlier answer hid
  CellsOfFailingSums failing_sums;
};

/// Hides cells of the finer table until every secret has its witnesses, and of those that hold something shows again what no witness changes. Nothing where no
/// pattern was found. Figures that another table of the draft shows stay shown; what the other tables show and hide is untouched.
/// Cost: some searches for evidence. Source: docs/methods/marked-tables.md.
[[nodiscard]] std::optional<HiddenPattern> mark_what_changes(const MarkedTableTask& task, Experience& experience);

}  // namespace candour::protect
