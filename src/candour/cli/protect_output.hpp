#pragma once
// What `protect` writes: the public table and what is private, in our own form and in those of the field.

#include <candour/cli/protect_order.hpp>

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace candour::cli {

/// What was made of a table. `values` are those published; of hidden cells they are not read.
struct Protected {
  std::vector<std::int64_t> values;                                      ///< one a published cell of the system
  std::vector<table::CellStanding> standing;                             ///< likewise
  enum class Exactness { exact, changed } exactness = Exactness::exact;  ///< changed: rounded or with noise
  std::string evidence;                                                  ///< text of the witnesses; empty where there are none
  std::string perturbation;                                              ///< public: how a changed value came about, as data; empty where nothing was changed
};

/// Writes public/ and private/ of the folder, whole or not at all. `summary` stands in private/ too.
///
/// public/: cells.csv (cells-1.csv, cells-2.csv where tables are linked), table.json (title, variables, unit, what the symbol means), and by --export table.jj,
/// table.tab with .rda and .hrc. These say of hidden cells only that they are hidden. private/: table.jj with the true values, and by --export table.tab, .rda,
/// .hst with protection levels and costs.
[[nodiscard]] base::Result<base::Done> write_protected(const ProtectOrder& order, const ProtectTable& table, const Protected& result,
                                                       const nlohmann::ordered_json& summary);

/// The title of the table: --title, or what is counted by what.
[[nodiscard]] std::string title_of(const ProtectOrder& order, const ProtectTable& table);

/// Checks --export before anything is read. Error wrong_input "protect.export".
[[nodiscard]] base::Result<base::Done> check_exports(const ProtectOrder& order);

}  // namespace candour::cli
