#include <candour/attack/audit_work.hpp>

#include <algorithm>

namespace candour::attack::inside {

std::size_t Components::largest() const {
  std::size_t most = 0;
  for (const std::vector<std::uint32_t>& own : members) most = std::max(most, own.size());
  return most;
}

Components components_of(const Reduced& system) {
  Components components;
  const std::vector<std::uint32_t> sizes = find_components(system, components.of);
  components.members.resize(sizes.size());
  for (std::size_t i = 0; i < sizes.size(); ++i) components.members[i].reserve(sizes[i]);
  for (std::uint32_t c = 0; c < system.columns(); ++c) components.members[components.of[c]].push_back(c);
  return components;
}

AuditWork::AuditWork(const Reduced& system, const AuditOptions& options)
    : system_(system), options_(options), started_(std::chrono::steady_clock::now()), components_(components_of(system)) {}

double AuditWork::seconds_left() const {
  if (options_.seconds <= 0) return 1e9;
  return options_.seconds - std::chrono::duration<double>(std::chrono::steady_clock::now() - started_).count();
}

}  // namespace candour::attack::inside
