#pragma once
// From the bytes of a field to a small number in a few nanoseconds: the inner loop of reading.

#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

namespace candour::holdings {

/// A hash table from short byte strings to numbers given by the caller. Bytes may be read up to 16 beyond a key's end. One thread.
class FieldDictionary {
 public:
  FieldDictionary() { slots_.resize(64); }

  /// Gives the value of a key; where it is new, `make(key)` gives it (and may refuse by giving nothing, which is handed on).
  template <class Make>
  [[nodiscard]] const std::uint32_t* find_or_add(const char* data, std::uint32_t size, Make&& make) {
    const Key key = key_of(data, size);
    std::size_t at = place_of(key);
    while (slots_[at].used != 0) {
      if (slots_[at].key.low == key.low && slots_[at].key.high == key.high && slots_[at].key.size == size && same_long(slots_[at], data, size))
        return &slots_[at].value;
      at = (at + 1) & (slots_.size() - 1);
    }
    const auto value = make(std::string_view(data, size));
    if (!value) return nullptr;
    return add(key, *value, data, size);
  }

 private:
  struct Key {
    std::uint64_t low = 0, high = 0;  ///< the bytes themselves up to 16; else two hashes
    std::uint32_t size = 0;
  };
  struct Slot {
    Key key;
    std::uint32_t value = 0;
    std::uint32_t used = 0;
    std::uint64_t text_at = 0;  ///< of keys longer than 16: in texts_
  };

  static std::uint64_t word(const char* data) {
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, data, sizeof bytes);
    return bytes;
  }
  static std::uint64_t first_bytes(std::uint64_t bytes, std::uint32_t count) { return count >= 8 ? bytes : bytes & ((std::uint64_t{1} << (8U * count)) - 1); }

  static Key key_of(const char* data, std::uint32_t size) {
    if (size <= 8) return {first_bytes(word(data), size), 0, size};
    if (size <= 16) return {word(data), first_bytes(word(data + 8), size - 8), size};
    Key key{0x9E3779B97F4A7C15ULL, 0xC2B2AE3D27D4EB4FULL, size};
    for (std::uint32_t i = 0; i < size; i += 8) {
      const std::uint64_t bytes = first_bytes(word(data + i), size - i);
      key.low = (key.low ^ bytes) * 0xFF51AFD7ED558CCDULL;
      key.low ^= key.low >> 32U;
      key.high = (key.high + bytes) * 0xC4CEB9FE1A85EC53ULL;
      key.high ^= key.high >> 29U;
    }
    return key;
  }
  [[nodiscard]] std::size_t place_of(const Key& key) const {
    const std::uint64_t mixed = (key.low ^ (key.high * 0x9FB21C651E98DF25ULL) ^ key.size) * 0x9E3779B97F4A7C15ULL;
    return static_cast<std::size_t>(mixed >> 32U) & (slots_.size() - 1);
  }
  [[nodiscard]] bool same_long(const Slot& slot, const char* data, std::uint32_t size) const {
    return size <= 16 || std::memcmp(texts_.data() + slot.text_at, data, size) == 0;
  }

  const std::uint32_t* add(const Key& key, std::uint32_t value, const char* data, std::uint32_t size) {
    if ((used_ + 1) * 2 > slots_.size()) grow();
    Slot slot{key, value, 1, 0};
    if (size > 16) {
      slot.text_at = texts_.size();
      texts_.insert(texts_.end(), data, data + size);
    }
    ++used_;
    return &insert(slot)->value;
  }
  Slot* insert(const Slot& slot) {
    std::size_t at = place_of(slot.key);
    while (slots_[at].used != 0) at = (at + 1) & (slots_.size() - 1);
    slots_[at] = slot;
    return &slots_[at];
  }
  void grow() {
    std::vector<Slot> old(slots_.size() * 2);
    old.swap(slots_);
    for (const Slot& slot : old)
      if (slot.used != 0) insert(slot);
  }

  std::vector<Slot> slots_;
  std::size_t used_ = 0;
  std::vector<char> texts_;
};

}  // namespace candour::holdings
