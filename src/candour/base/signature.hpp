#pragma once
// Signatures (Ed25519, libsodium): who stands for some bytes. No domain words.

#include <candour/base/result.hpp>

#include <array>
#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace candour::base {

/// What others check a signature with. No secret.
struct PublicKey {
  std::array<unsigned char, 32> bytes{};
  auto operator<=>(const PublicKey&) const = default;
  [[nodiscard]] std::string to_hex() const;
  /// Sixteen hexadecimal digits of its digest: what people compare and files name it by.
  [[nodiscard]] std::string fingerprint() const;
};
/// Takes 64 hexadecimal digits; nothing where it is anything else.
[[nodiscard]] std::optional<PublicKey> public_key_from_hex(std::string_view hex);

struct Signature {
  std::array<unsigned char, 64> bytes{};
  [[nodiscard]] std::string to_hex() const;
};
[[nodiscard]] std::optional<Signature> signature_from_hex(std::string_view hex);

/// The secret half. Never printed; its memory is wiped when it goes.
class SigningKey {
 public:
  /// Drawn from the operating system's generator.
  [[nodiscard]] static SigningKey draw();

  SigningKey(const SigningKey&) = default;
  SigningKey& operator=(const SigningKey&) = default;
  ~SigningKey();

  [[nodiscard]] PublicKey public_key() const;
  /// The same bytes always give the same signature. `purpose` keeps a signature for one kind of thing from counting for another.
  [[nodiscard]] Signature sign(std::string_view purpose, std::string_view bytes) const;

  /// The text of a key file. With a passphrase the key is sealed by it (crypto_pwhash, then secretbox); it takes about half a second to open.
  [[nodiscard]] Result<std::string> to_text(std::string_view passphrase) const;
  /// Errors: wrong_input "key.malformed", "key.passphrase_missing" and "key.passphrase_wrong".
  [[nodiscard]] static Result<SigningKey> from_text(std::string_view text, std::string_view passphrase);

 private:
  SigningKey() = default;
  std::array<unsigned char, 32> seed_{};
};

[[nodiscard]] bool is_signed_by(const PublicKey& key, std::string_view purpose, std::string_view bytes, const Signature& signature);

}  // namespace candour::base
