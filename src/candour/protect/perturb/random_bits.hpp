#pragma once
// Where noise comes from: the operating system's generator, the authority's secret key, or a seeded stream in tests.

#include <candour/base/digest.hpp>
#include <candour/base/wide.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

namespace candour::protect {

/// A source of independent uniform 64-bit words.
class RandomBits {
 public:
  RandomBits() = default;
  RandomBits(const RandomBits&) = delete;
  RandomBits& operator=(const RandomBits&) = delete;
  virtual ~RandomBits() = default;
  [[nodiscard]] virtual std::uint64_t next() = 0;

  /// Exactly uniform on 0 .. end - 1, by rejection. Takes 0 < end <= 2^126.
  [[nodiscard]] base::Wide below(base::Wide end);
};

/// The operating system's generator (getrandom), read in blocks.
class SystemRandomBits final : public RandomBits {
 public:
  [[nodiscard]] std::uint64_t next() override;

 private:
  std::array<std::uint64_t, 512> words_{};
  std::size_t left_ = 0;
};

/// A stream that the authority's key and a purpose repeat, and nobody else can: keyed hashes of the purpose and a counter. For what must come out the same when
/// it is drawn again; the purpose names all that it depends on, so that two tables share no stream.
class KeyedBits final : public RandomBits {
 public:
  KeyedBits(const base::SecretKey& key, std::string purpose) : key_(key), purpose_(std::move(purpose)) {}
  [[nodiscard]] std::uint64_t next() override;

 private:
  base::SecretKey key_;
  std::string purpose_;
  std::uint64_t drawn_ = 0;
};

/// A stream that a seed repeats (splitmix64). For tests and published test vectors only, never for noise that is released.
class SeededBits final : public RandomBits {
 public:
  explicit SeededBits(std::uint64_t state) : state_(state) {}
  [[nodiscard]] std::uint64_t next() override;

 private:
  std::uint64_t state_;
};

}  // namespace candour::protect
