#pragma once
// Every reader of foreign bytes as a function of bytes: what libFuzzer calls, and what the replay of the kept corpus calls.

#include <cstddef>
#include <span>
#include <string_view>

namespace candour::inspect::fuzz {

/// One reader under its name; takes any bytes and must come back.
struct Reader {
  std::string_view name;
  void (*read)(std::string_view bytes);
};

[[nodiscard]] std::span<const Reader> readers();

}  // namespace candour::inspect::fuzz
