#include <candour/holdings/csv_kernel.hpp>

#include <cstring>

namespace {

/// 64 bytes, eight at a time in a general register.
class Bytes64 {
 public:
  explicit Bytes64(const char* bytes) { std::memcpy(words_, bytes, sizeof words_); }
  [[nodiscard]] std::uint64_t equal(char wanted) const {
    constexpr std::uint64_t ones = 0x0101010101010101ULL, low_bits = 0x7F7F7F7F7F7F7F7FULL;
    const std::uint64_t pattern = ones * static_cast<unsigned char>(wanted);
    std::uint64_t mask = 0;
    for (unsigned i = 0; i < 8; ++i) {
      const std::uint64_t difference = words_[i] ^ pattern;
      // The high bit of each byte that is zero, exactly; then gathered into the low eight bits.
      const std::uint64_t zero = ~(((difference & low_bits) + low_bits) | difference | low_bits);
      mask |= ((zero >> 7U) * 0x0102040810204080ULL >> 56U) << (8U * i);
    }
    return mask;
  }

 private:
  std::uint64_t words_[8];
};

std::uint64_t prefix_xor(std::uint64_t mask) {
  for (unsigned shift = 1; shift < 64; shift *= 2) mask ^= mask << shift;
  return mask;
}

}  // namespace

#include <candour/holdings/csv_kernel.inl>

namespace candour::holdings {

#if defined(__x86_64__)
extern const CsvKernel csv_kernel_avx2;  // csv_kernel_avx2.cpp
#endif

const CsvKernel& portable_csv_kernel() {
  static const CsvKernel kernel{find_structure, count};
  return kernel;
}

const CsvKernel& csv_kernel() {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("pclmul") && __builtin_cpu_supports("popcnt"))
    return csv_kernel_avx2;
#endif
  return portable_csv_kernel();
}

}  // namespace candour::holdings
