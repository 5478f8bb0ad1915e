#pragma once
// What the attack on releases found, in words that a person can follow with the old answers in hand.

#include <candour/attack/region_attack.hpp>
#include <candour/base/result.hpp>
#include <candour/table/releases.hpp>

#include <span>
#include <string>
#include <vector>

namespace candour::attack {

struct RegionFindingWords {
  std::string kind;                   ///< "difference", "published", ...
  std::string subject;                ///< "stopped, 18: 3"
  std::string derivation;             ///< "stopped, 0-18 (FOI-2) 43 less stopped, 0-17 (FOI-1) 40 leaves 3"
  std::vector<std::string> releases;  ///< those named in it, in the order of the register
};

/// Takes a finding and the releases that the ground was made of.
[[nodiscard]] RegionFindingWords words_of(const RegionFinding& finding, const table::RegionSystem& ground, std::span<const table::Release> releases);

/// The ground of some releases: as the strongest reader takes it, for whom records only come in; where figures fell from one extract to the next, records must
/// also have gone. Errors of table::regions_of.
[[nodiscard]] base::Result<table::RegionSystem> ground_of(std::span<const table::Release> releases);

}  // namespace candour::attack
