#pragma once
// The attack on a whole register: all releases about a population together.

#include <candour/cli/command.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace candour::cli {

struct RegisterAttackOrder {
  std::string place;                      ///< of the register
  std::optional<std::string> population;  ///< none: each of them
  std::int64_t minimum = 5;
};

/// Prints each small count that the releases give away together, with the releases and the arithmetic; `refused` if there is one.
[[nodiscard]] base::ResultOrErrors<ExitStatus> attack_register(const RegisterAttackOrder& order, Console& console);

}  // namespace candour::cli
