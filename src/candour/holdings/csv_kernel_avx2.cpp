#include <candour/holdings/csv_kernel.hpp>

#if defined(__x86_64__)
#include <immintrin.h>

namespace {

/// 64 bytes in two vector registers.
class Bytes64 {
 public:
  explicit Bytes64(const char* bytes)
      : low_(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(bytes))), high_(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(bytes + 32))) {}
  [[nodiscard]] std::uint64_t equal(char wanted) const {
    const __m256i pattern = _mm256_set1_epi8(wanted);
    const auto low = static_cast<std::uint32_t>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(low_, pattern)));
    const auto high = static_cast<std::uint32_t>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(high_, pattern)));
    return static_cast<std::uint64_t>(high) << 32U | low;
  }

 private:
  __m256i low_;
  __m256i high_;
};

// A carry-less product with all ones gives each bit the parity of the bits below it and itself.
std::uint64_t prefix_xor(std::uint64_t mask) {
  return static_cast<std::uint64_t>(
      _mm_cvtsi128_si64(_mm_clmulepi64_si128(_mm_set_epi64x(0, static_cast<long long>(mask)), _mm_set1_epi8(static_cast<char>(0xFF)), 0)));
}

}  // namespace

#include <candour/holdings/csv_kernel.inl>

namespace candour::holdings {

extern const CsvKernel csv_kernel_avx2;
const CsvKernel csv_kernel_avx2{find_structure, count};

}  // namespace candour::holdings
#endif
