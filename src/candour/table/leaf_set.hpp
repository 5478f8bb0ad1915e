#pragma once
// A set of the finest pieces of one variable.

#include <bit>
#include <compare>
#include <cstdint>
#include <vector>

namespace candour::table {

/// Pieces 0 to size-1, in or out. Sets of one variable have one size.
class LeafSet {
 public:
  LeafSet() = default;
  explicit LeafSet(std::uint32_t size) : size_(size), words_((size + 63) / 64) {}
  [[nodiscard]] static LeafSet all(std::uint32_t size) {
    LeafSet set(size);
    for (std::uint32_t i = 0; i < size; ++i) set.insert(i);
    return set;
  }

  void insert(std::uint32_t piece) { words_[piece / 64] |= std::uint64_t{1} << piece % 64; }
  [[nodiscard]] bool contains(std::uint32_t piece) const { return (words_[piece / 64] >> piece % 64 & 1U) != 0; }
  [[nodiscard]] std::uint32_t size() const { return size_; }
  [[nodiscard]] std::uint32_t count() const {
    std::uint32_t count = 0;
    for (const std::uint64_t word : words_) count += static_cast<std::uint32_t>(std::popcount(word));
    return count;
  }
  [[nodiscard]] bool is_empty() const { return count() == 0; }
  [[nodiscard]] bool is_inside(const LeafSet& other) const {
    for (std::size_t i = 0; i < words_.size(); ++i)
      if ((words_[i] & ~other.words_[i]) != 0) return false;
    return true;
  }
  [[nodiscard]] bool meets(const LeafSet& other) const {
    for (std::size_t i = 0; i < words_.size(); ++i)
      if ((words_[i] & other.words_[i]) != 0) return true;
    return false;
  }
  LeafSet& operator|=(const LeafSet& other) {
    for (std::size_t i = 0; i < words_.size(); ++i) words_[i] |= other.words_[i];
    return *this;
  }
  LeafSet& operator&=(const LeafSet& other) {
    for (std::size_t i = 0; i < words_.size(); ++i) words_[i] &= other.words_[i];
    return *this;
  }
  LeafSet& operator-=(const LeafSet& other) {
    for (std::size_t i = 0; i < words_.size(); ++i) words_[i] &= ~other.words_[i];
    return *this;
  }
  auto operator<=>(const LeafSet&) const = default;

 private:
  std::uint32_t size_ = 0;
  std::vector<std::uint64_t> words_;
};

}  // namespace candour::table
