#include <candour/attack/union_difference.hpp>

#include <algorithm>
#include <limits>

namespace candour::attack {
namespace {

constexpr std::int64_t unlimited = std::numeric_limits<std::int64_t>::max() / 4;

// A network of zones: source -> zone of the second (what choosing it would take off) -> zones of the first that it needs -> sink (what they add).
class ClosureNetwork {
 public:
  explicit ClosureNetwork(std::size_t nodes) : arcs_of_(nodes), level_(nodes), next_(nodes) {}

  void add_arc(std::uint32_t from, std::uint32_t to, std::int64_t capacity) {
    arcs_of_[from].push_back(static_cast<std::uint32_t>(arcs_.size()));
    arcs_.push_back({to, capacity});
    arcs_of_[to].push_back(static_cast<std::uint32_t>(arcs_.size()));
    arcs_.push_back({from, 0});
  }

  void saturate(std::uint32_t source, std::uint32_t sink) {
    while (find_levels(source, sink)) {
      std::fill(next_.begin(), next_.end(), 0);
      while (push(source, sink, unlimited) > 0) {
      }
    }
  }
  /// After `saturate`: whether a node can still be reached from the source.
  [[nodiscard]] bool is_reached(std::uint32_t node) const { return level_[node] >= 0; }

 private:
  struct Arc {
    std::uint32_t to;
    std::int64_t capacity;
  };

  bool find_levels(std::uint32_t source, std::uint32_t sink) {
    std::fill(level_.begin(), level_.end(), -1);
    level_[source] = 0;
    std::vector<std::uint32_t> queue{source};
    for (std::size_t head = 0; head < queue.size(); ++head)
      for (const std::uint32_t a : arcs_of_[queue[head]])
        if (arcs_[a].capacity > 0 && level_[arcs_[a].to] < 0) {
          level_[arcs_[a].to] = level_[queue[head]] + 1;
          queue.push_back(arcs_[a].to);
        }
    return level_[sink] >= 0;
  }

  std::int64_t push(std::uint32_t node, std::uint32_t sink, std::int64_t most) {
    if (node == sink) return most;
    for (; next_[node] < arcs_of_[node].size(); ++next_[node]) {
      const std::uint32_t a = arcs_of_[node][next_[node]];
      if (arcs_[a].capacity <= 0 || level_[arcs_[a].to] != level_[node] + 1) continue;
      const std::int64_t pushed = push(arcs_[a].to, sink, std::min(most, arcs_[a].capacity));
      if (pushed == 0) continue;
      arcs_[a].capacity -= pushed;
      arcs_[a ^ 1U].capacity += pushed;
      return pushed;
    }
    return 0;
  }

  std::vector<std::vector<std::uint32_t>> arcs_of_;
  std::vector<Arc> arcs_;
  std::vector<std::int32_t> level_;
  std::vector<std::size_t> next_;
};

}  // namespace

UnionDifference smallest_difference(const Overlay& overlay, std::uint32_t in_first, std::optional<std::uint32_t> not_in_second) {
  const auto firsts = static_cast<std::uint32_t>(overlay.first.size()), seconds = static_cast<std::uint32_t>(overlay.second.size());
  const std::uint32_t source = firsts + seconds, sink = source + 1;
  ClosureNetwork network(sink + 1);
  const auto may_take = [&](std::uint32_t j) { return j != not_in_second && !overlay.sticks_out[j]; };
  for (std::uint32_t j = 0; j < seconds; ++j)
    if (may_take(j)) network.add_arc(source, firsts + j, overlay.second[j].lowest);
  for (std::uint32_t i = 0; i < firsts; ++i) {
    // The piece's own zone is added whatever else is chosen: it costs nothing more.
    if (i != in_first) network.add_arc(i, sink, std::min(overlay.first[i].highest, unlimited));
    for (const std::uint32_t j : overlay.overlaps[i])
      if (may_take(j) && i != in_first) network.add_arc(firsts + j, i, unlimited);
  }
  network.saturate(source, sink);
  UnionDifference difference;
  const auto add = [&](std::uint32_t i) {
    difference.added.push_back(i);
    difference.highest = std::min(unlimited, difference.highest + std::min(overlay.first[i].highest, unlimited));
    difference.lowest += overlay.first[i].lowest;
  };
  for (std::uint32_t i = 0; i < firsts; ++i)
    if (i == in_first || network.is_reached(i)) add(i);
  // What is chosen: zones of the second still reached from the source (taking them off pays), or whose zones of the first are all there anyway.
  for (std::uint32_t j = 0; j < seconds; ++j) {
    if (!may_take(j)) continue;
    bool is_inside = true, overlaps_any = false;
    for (std::uint32_t i = 0; i < firsts; ++i)
      if (std::binary_search(overlay.overlaps[i].begin(), overlay.overlaps[i].end(), j)) {
        overlaps_any = true;
        is_inside = is_inside && std::binary_search(difference.added.begin(), difference.added.end(), i);
      }
    if (!is_inside || !overlaps_any) continue;
    difference.taken.push_back(j);
    difference.highest -= overlay.second[j].lowest;
    difference.lowest -= std::min(overlay.second[j].highest, unlimited);
  }
  return difference;
}

}  // namespace candour::attack
