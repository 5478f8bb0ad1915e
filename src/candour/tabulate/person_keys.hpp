#pragma once
// Persons (and contributors) as 64-bit numbers: equal texts give equal numbers, different texts different ones. Exact, not a hash.

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace candour::tabulate {

using PersonKey = std::uint64_t;

/// Texts of up to seven bytes and whole numbers of up to 17 digits are their own keys; only other texts are remembered. Safe for several threads.
class PersonKeys {
 public:
  /// Which list of names a text belongs to: a contributor and a group of the same name are two.
  enum class Namespace : std::uint64_t { person = 0, group = 1 };

  /// Takes a text of which up to 16 bytes beyond its end may be read.
  [[nodiscard]] PersonKey key_of(const char* data, std::uint32_t size, Namespace names) {
    if (size <= 7) {
      std::uint64_t bytes = 0;
      std::memcpy(&bytes, data, sizeof bytes);
      bytes &= (std::uint64_t{1} << (8U * size)) - 1;
      return tagged(names, size, bytes);
    }
    if (size <= 17 && data[0] >= '1' && data[0] <= '9') {
      std::uint64_t number = 0;
      std::uint32_t i = 0;
      for (; i < size && data[i] >= '0' && data[i] <= '9'; ++i) number = number * 10 + static_cast<std::uint64_t>(data[i] - '0');
      if (i == size) return tagged(names, tag_number, number);
    }
    return tagged(names, tag_remembered, remembered(std::string_view(data, size)));
  }
  [[nodiscard]] PersonKey key_of(std::string_view text, Namespace names) {
    std::string padded(text);
    padded.resize(text.size() + 16);
    return key_of(padded.data(), static_cast<std::uint32_t>(text.size()), names);
  }
  /// A key that no text has, for a record whose contributor nobody knows.
  [[nodiscard]] static PersonKey key_of_unknown(std::uint64_t number) { return tagged(Namespace::person, tag_unknown, number); }

 private:
  static constexpr std::uint64_t tag_number = 8, tag_remembered = 9, tag_unknown = 10;
  static PersonKey tagged(Namespace names, std::uint64_t tag, std::uint64_t value) { return static_cast<std::uint64_t>(names) << 63U | tag << 58U | value; }

  struct Shard {
    std::mutex guard;
    std::unordered_map<std::string, std::uint64_t> numbers;
  };
  std::uint64_t remembered(std::string_view text) {
    const std::size_t shard = std::hash<std::string_view>{}(text) % shards_.size();
    const std::lock_guard lock(shards_[shard].guard);
    auto& numbers = shards_[shard].numbers;
    const std::uint64_t next = numbers.size() * shards_.size() + shard;
    return numbers.emplace(std::string(text), next).first->second;
  }
  std::array<Shard, 64> shards_;
};

/// A one-to-one mixing of 64 bits: spreads keys over partitions without ever joining two.
[[nodiscard]] inline std::uint64_t mixed(std::uint64_t key) {
  key ^= key >> 33U;
  key *= 0xFF51AFD7ED558CCDULL;
  key ^= key >> 33U;
  key *= 0xC4CEB9FE1A85EC53ULL;
  key ^= key >> 33U;
  return key;
}

}  // namespace candour::tabulate
