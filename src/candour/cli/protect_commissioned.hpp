#pragma once
// candour protect ORDER: the data unit's desk.

#include <candour/cli/command.hpp>
#include <candour/cli/key_options.hpp>

#include <filesystem>
#include <optional>
#include <string>

namespace candour::cli {

struct CommissionedOrder {
  std::filesystem::path order;
  std::optional<std::filesystem::path> holdings;  ///< holdings.toml, or the folder in which it lies
  std::optional<std::filesystem::path> keyring;
  SigningOptions signing;
  std::string releases;  ///< the register of releases beside which it is protected; empty: CANDOUR_REGISTER, or none
  std::filesystem::path out;
};

/// Opens the order, lays the releases of the unit's register beside it, counts the holdings that the unit's own settings name, searches, certifies, and writes
/// into the folder `out`: handover.zip, and private/ with certificate and true cells, which stays. Both appear whole or not at all. `refused` where nothing but
/// withholding all certifies.
[[nodiscard]] base::ResultOrErrors<ExitStatus> protect_commissioned(const CommissionedOrder& order, Console& console);

}  // namespace candour::cli
