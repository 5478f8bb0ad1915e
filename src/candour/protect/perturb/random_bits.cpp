#include <candour/protect/perturb/random_bits.hpp>

#include <candour/base/check.hpp>

#include <sys/random.h>

namespace candour::protect {

base::Wide RandomBits::below(base::Wide end) {
  CANDOUR_CHECK(end > 0 && end <= (static_cast<base::Wide>(1) << 126), "the end of a uniform draw lies outside 1 to 2^126");
  if (end == 1) return 0;
  int bits = 0;
  for (base::Wide rest = end - 1; rest > 0; rest >>= 1) ++bits;
  for (;;) {
    base::Wide draw = static_cast<base::Wide>(next() >> (bits < 64 ? 64 - bits : 0));
    if (bits > 64) draw |= static_cast<base::Wide>(next() >> (128 - bits)) << 64;
    if (draw < end) return draw;
  }
}

std::uint64_t SystemRandomBits::next() {
  if (left_ == 0) {
    auto* bytes = reinterpret_cast<unsigned char*>(words_.data());
    for (std::size_t done = 0; done < sizeof(words_);) {
      const ssize_t got = getrandom(bytes + done, sizeof(words_) - done, 0);
      if (got > 0) done += static_cast<std::size_t>(got);
    }
    left_ = words_.size();
  }
  return words_[--left_];
}

std::uint64_t KeyedBits::next() { return base::keyed_hash(key_, purpose_ + "\n" + std::to_string(drawn_++)); }

std::uint64_t SeededBits::next() {
  std::uint64_t z = (state_ += 0x9e3779b97f4a7c15ULL);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
  return z ^ (z >> 31);
}

}  // namespace candour::protect
