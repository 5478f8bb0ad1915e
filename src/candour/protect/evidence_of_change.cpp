#include <candour/protect/evidence_of_change.hpp>

#include <candour/protect/suppress/suppress.hpp>

#include <algorithm>
#include <utility>

namespace candour::protect {
namespace {

using table::SystemCell;

class EvidenceSearch {
 public:
  EvidenceSearch(const table::AdditiveSystem& cube, truth::SystemTruth truth, std::int64_t minimum)
      : cube_(cube), truth_(std::move(truth)), minimum_(minimum) {}

  base::Result<EvidenceOfChange> run() {
    std::vector<SystemCell> small;
    for (SystemCell c = 0; c < truth_.value.size(); ++c)
      if (truth_.value[c] >= 1 && truth_.value[c] < minimum_) small.push_back(c);
    CANDOUR_TRY(not_up, look_for(small, minimum_));
    CANDOUR_TRY(open, look_for(not_up, 0));
    result_.open = std::move(open);
    return std::move(result_);
  }

 private:
  // Those cells for which no move reaches the count.
  base::Result<std::vector<SystemCell>> look_for(const std::vector<SystemCell>& cells, std::int64_t count) {
    std::vector<SystemCell> open, asked;
    for (const SystemCell c : cells) (truth_.lowest[c] <= count && count <= truth_.highest[c] ? asked : open).push_back(c);
    if (asked.empty()) return open;
    truth_.secrets.clear();
    for (const SystemCell c : asked) truth_.secrets.push_back({c, std::min(count, truth_.value[c]), std::max(count, truth_.value[c]), 0});
    CANDOUR_TRY(found, suppress(cube_, truth_, {}));
    const auto first = static_cast<std::uint32_t>(result_.moves.size());
    std::move(found.moves.begin(), found.moves.end(), std::back_inserter(result_.moves));
    for (std::size_t s = 0; s < asked.size(); ++s) {
      if (found.moves_of[s].empty()) open.push_back(asked[s]);
      for (const std::uint32_t m : found.moves_of[s]) result_.witnesses.push_back({asked[s], first + m});
    }
    std::sort(open.begin(), open.end());
    return open;
  }

  const table::AdditiveSystem& cube_;
  truth::SystemTruth truth_;
  std::int64_t minimum_;
  EvidenceOfChange result_;
};

}  // namespace

base::Result<EvidenceOfChange> find_evidence_of_change(const table::AdditiveSystem& cube, const std::vector<std::int64_t>& counts,
                                                       const std::vector<std::int64_t>& lowest, const std::vector<std::int64_t>& highest,
                                                       std::int64_t minimum) {
  truth::SystemTruth truth;
  truth.value = counts, truth.lowest = lowest, truth.highest = highest;
  truth.loss.assign(counts.size(), 1);
  truth.standing.assign(counts.size(), table::CellStanding::primary);
  return EvidenceSearch(cube, std::move(truth), minimum).run();
}

}  // namespace candour::protect
