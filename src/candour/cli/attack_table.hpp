#pragma once
// The attack on one table, whoever protected it: a published cells.csv over its hierarchies, or a constraint file with a pattern.

#include <candour/cli/command.hpp>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace candour::cli {

/// What the command line says about the table and the attack.
struct TableAttackOrder {
  std::vector<std::filesystem::path> tables;  ///< one, or several about the same records; none with `jj`
  std::optional<std::filesystem::path> metadata, history, jj, pattern, witnesses;
  std::vector<std::string> hierarchies;
  std::optional<std::string> changed;  ///< how a rounded or noisy table came about, if no table.json beside it says so
  std::int64_t minimum = 5;
  std::int64_t threads = 0;  ///< 0: all
  std::int64_t seconds = 0;  ///< 0: no limit
  std::string hidden = "at-least-one", numbers = "integers", start = "file", values = "as-named";
};

/// The tables that the argument of `attack` means: a .csv or .tab itself, or below a folder public/cells.csv or public/cells-1.csv, cells-2.csv ... None where
/// it is no table (a case, then).
[[nodiscard]] std::vector<std::filesystem::path> published_tables_at(const std::filesystem::path& given);

/// Attacks the table, prints each cell that is not protected, and gives `refused` if there is one.
/// Errors: wrong_input of the files read; "audit.inconsistent" where no table fits what is published.
[[nodiscard]] base::Result<ExitStatus> attack_table(const TableAttackOrder& order, Console& console);

}  // namespace candour::cli
