#include <candour/policy/policy.hpp>

#include <algorithm>

namespace candour::policy {

std::int64_t Policy::largest_coalition() const {
  std::int64_t largest = 0;
  for (const NamedIntruder& intruder : intruders) largest = std::max(largest, intruder.coalition_size);
  return largest;
}

}  // namespace candour::policy
