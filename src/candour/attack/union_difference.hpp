#pragma once
// Two partitions of the same records laid over each other: the smallest difference of unions that covers a piece, by one minimum cut.

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace candour::attack {

/// A zone of a partition: lowest <= its count <= highest.
struct Zone {
  std::int64_t lowest = 0;
  std::int64_t highest = 0;
};

/// Which zones overlap in somebody: overlaps[i] lists the zones of the second partition that share records (or may) with zone i of the first, ascending.
/// `sticks_out[j]`: zone j of the second partition may hold records outside every zone of the first; then it can be taken off nothing.
struct Overlay {
  std::vector<Zone> first;
  std::vector<Zone> second;
  std::vector<std::vector<std::uint32_t>> overlaps;
  std::vector<bool> sticks_out;
};

/// A union of zones of the first partition less a union, inside it, of zones of the second.
struct UnionDifference {
  std::vector<std::uint32_t> added;  ///< zones of the first, ascending
  std::vector<std::uint32_t> taken;  ///< zones of the second, ascending
  std::int64_t highest = 0;          ///< of the difference: the highest of those added less the lowest of those taken
  std::int64_t lowest = 0;           ///< the lowest of those added less the highest of those taken
};

/// Gives the difference with the smallest `highest` among all that hold the piece (zone `in_first`, outside zone `not_in_second`; none: outside all of the
/// second). A closure problem: choosing zone j of the second needs every zone of the first that it overlaps. Exact: a minimum cut. Among equals it takes the
/// one with the fewest zones of the first. Source: methods of differencing across geographies (Costemalle 2019 for the problem; the cut is our own).
/// Cost: one maximum flow over the zones.
[[nodiscard]] UnionDifference smallest_difference(const Overlay& overlay, std::uint32_t in_first, std::optional<std::uint32_t> not_in_second);

}  // namespace candour::attack
