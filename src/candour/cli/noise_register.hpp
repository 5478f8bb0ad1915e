#pragma once
// Noise beside a register of releases: what is drawn is registered before anything of it is written, and what would overdraw the budget is not written at all.

#include <candour/cli/command.hpp>
#include <candour/cli/protect_order.hpp>

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace candour::cli {

/// What a register says of a draw that it has taken in.
struct NoiseRegistered {
  std::string place;  ///< of the register, fit for pages
  std::string release, population;
  std::int64_t rho_millionths = 0, spent_millionths = 0;  ///< of this table; of its population with it
  std::optional<std::int64_t> budget_millionths;
};

/// Checks before anything is read: a register that is there has a population and a name for the draw. Gives its place, or nothing where none is named
/// (--register, CANDOUR_REGISTER). Errors: wrong_input "protect.noise_register", "register.not_there".
[[nodiscard]] base::Result<std::optional<std::string>> register_of_noise(const ProtectOrder& order);

/// Registers the shape of the table, its variance and the digest of what was drawn. Errors: those of ReleaseRegister::add, "register.budget" and
/// "register.averaging" among them; then nothing may be written. What was registered is spent, whatever becomes of the table.
[[nodiscard]] base::Result<NoiseRegistered> register_noise(const ProtectOrder& order, const std::string& place, const ProtectTable& table,
                                                           const std::vector<std::int64_t>& values);

/// "Registered as N-1: rho 0.166667; population 'stops' has spent 0.333334 of 0.5." and the same for programs.
[[nodiscard]] std::string words_of(const NoiseRegistered& registered);
[[nodiscard]] nlohmann::ordered_json json_of(const NoiseRegistered& registered);

}  // namespace candour::cli
