// What libFuzzer calls; CANDOUR_FUZZED_READER names the reader.

#include "readers.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto reader =
      std::ranges::find(candour::inspect::fuzz::readers(), std::string_view(CANDOUR_FUZZED_READER), &candour::inspect::fuzz::Reader::name);
  if (reader == candour::inspect::fuzz::readers().end()) std::abort();
  reader->read({reinterpret_cast<const char*>(data), size});
  return 0;
}
