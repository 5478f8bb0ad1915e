#include <candour/protect/uncouple/uncouple.hpp>

namespace candour::protect {

std::vector<std::vector<std::size_t>> tables_of_crossing(Crossing crossing, const std::vector<std::size_t>& shown) {
  std::vector<std::vector<std::size_t>> tables;
  switch (crossing) {
    case Crossing::withheld: break;
    case Crossing::total_only: tables.emplace_back(); break;
    case Crossing::one_way:
      for (const std::size_t variable : shown) tables.push_back({variable});
      break;
    case Crossing::pairs:
      for (std::size_t i = 0; i < shown.size(); ++i)
        for (std::size_t j = i + 1; j < shown.size(); ++j) tables.push_back({shown[i], shown[j]});
      break;
    case Crossing::full_cross: tables.push_back(shown); break;
  }
  return tables;
}

}  // namespace candour::protect
