#include "places.hpp"

#include <scratch_folder.hpp>

namespace candour::casework_tests {

std::string fresh_place() {
  static const support::ScratchFolder folder;
  static int made = 0;
  return (folder.path() / ("base" + std::to_string(++made) + ".sqlite")).string();
}

std::string dead_place() { return "/nowhere/at/all/base.sqlite"; }

}  // namespace candour::casework_tests
