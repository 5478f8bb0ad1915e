#pragma once
// What the fuzzers call. Each stops the program if the reader under test breaks its word.

#include <cstddef>
#include <cstdint>

namespace candour::fuzz {

/// The parallel CSV reader gives what the plain one gives, on any bytes. The first two bytes choose block size and threads.
void fuzz_csv(const std::uint8_t* bytes, std::size_t size);
/// The workbook readers end with rows or an error, on any bytes. The first byte chooses: a whole .xlsx, a whole .ods, the sheet inside an .xlsx, the content
/// inside an .ods.
void fuzz_workbook(const std::uint8_t* bytes, std::size_t size);

}  // namespace candour::fuzz
