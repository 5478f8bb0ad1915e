#pragma once
// Digests and keyed hashes (libsodium): what names bytes without repeating them.

#include <candour/base/result.hpp>

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace candour::base {

/// A SHA-256 digest.
struct Digest {
  std::array<unsigned char, 32> bytes{};
  [[nodiscard]] std::string to_hex() const;
  auto operator<=>(const Digest&) const = default;
};

[[nodiscard]] Digest digest_of(std::string_view bytes);
/// Reads the file once, in blocks. Error could_not_finish "file.unreadable".
[[nodiscard]] Result<Digest> digest_of_file(const std::filesystem::path& file);

/// A secret of 32 bytes, kept with the case; never printed.
struct SecretKey {
  std::array<unsigned char, 32> bytes{};
};
/// Drawn from the operating system's generator.
[[nodiscard]] SecretKey draw_secret_key();
/// BLAKE2b keyed hash of a text, as 64 bits: the same key and text give the same number on every machine.
[[nodiscard]] std::uint64_t keyed_hash(const SecretKey& key, std::string_view text);

}  // namespace candour::base
