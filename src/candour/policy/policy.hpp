#pragma once
// The policy: what must not be learnt, by whom, and who answers for it. Read from a TOML file; its digest stands in seal and certificate.

#include <candour/base/digest.hpp>
#include <candour/base/result.hpp>
#include <candour/table/published_table.hpp>
#include <candour/table/seal.hpp>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace candour::policy {

struct MinimumFrequencyRule {
  std::int64_t minimum = 5;
};  ///< T: counts 1 to T-1 of people or records are protected

/// What a policy says where a holding does not tell people apart.
enum class PeopleUnknown { forbidden, accepted_with_mark };

/// An intruder as the policy names it (knowledge::Intruder is made from it).
enum class IntruderKind { the_public, knows_presence, person_in_the_data, people_in_the_data };
struct NamedIntruder {
  std::string name;
  IntruderKind kind = IntruderKind::the_public;
  std::int64_t coalition_size = 0;
};

/// How noise is drawn where finer figures may carry it.
struct CellKeyNoise {
  std::int64_t most_noise = 0;  ///< at least the minimum and the largest coalition together, so that a nought can stand for as many
  std::int64_t variance = 0;
  std::int64_t forbidden = 0;  ///< no figure from 1 to this
};

struct Policy {
  std::string name;
  std::string version;
  MinimumFrequencyRule minimum_frequency;
  std::int64_t p_percent = 10;  ///< for cells of T records or more by fewer than T people
  bool group_disclosure = true;
  table::ZeroConvention convention = table::ZeroConvention::hidden_at_least_one;
  PeopleUnknown people_unknown = PeopleUnknown::accepted_with_mark;
  std::vector<NamedIntruder> intruders;       ///< at least one
  std::string rests_on_finding;               ///< id of an officer's finding "no-route" that the case has to record; empty: none
  bool hides_cells = true;                    ///< whether finer tables may be given with cells hidden
  bool marks_tables = false;                  ///< whether a finer table may stand beside the others with cells hidden wherever need be, noughts among them
  std::optional<std::int64_t> rounding_base;  ///< whether finer figures may be given rounded beside exact ones, and to which multiple
  std::optional<CellKeyNoise> cell_key;       ///< whether finer figures may be given with noise instead
  /// How much rho the tables with noise of one population may spend together, in millionths; nothing: as much as averaging allows (register).
  std::optional<std::int64_t> noise_budget_millionths;
  std::int64_t most_plans = 100000;  ///< limit of the search, in plans tried: counted in nodes, so that results can be reproduced
  table::VettingState vetting = table::VettingState::unvetted;
  base::Digest digest;  ///< of the file's bytes

  /// The largest coalition among the intruders.
  [[nodiscard]] std::int64_t largest_coalition() const;
  [[nodiscard]] bool changes_figures() const { return rounding_base || cell_key; }
  /// Counts from 1 to below this are protected, whoever compares notes: what is left of them without the notes may be below the minimum.
  [[nodiscard]] std::int64_t protected_below() const { return minimum_frequency.minimum + largest_coalition(); }
};

/// The policy that ships with the program (policies/default.toml, built in).
[[nodiscard]] Policy shipped_policy();
/// Reads a policy file; all mistakes are reported together, unknown keys with the nearest known one.
[[nodiscard]] base::ResultOrErrors<Policy> load_policy(const std::filesystem::path& file);

}  // namespace candour::policy
