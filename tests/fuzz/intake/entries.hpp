#pragma once
// What the fuzzer of the intake calls, and what its replay calls on the corpus.

#include <cstddef>
#include <cstdint>

namespace candour::fuzz {

/// Reads bytes as a letter (the first byte even) or as an e-mail (odd), proposes, drafts, and reads the draft back. Stops the program where the draft is no
/// sound settings file, or where a question has no number.
void read_as_request(const std::uint8_t* bytes, std::size_t size);

}  // namespace candour::fuzz
