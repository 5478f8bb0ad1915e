#include <candour/base/signature.hpp>

#include <candour/base/check.hpp>
#include <candour/base/digest.hpp>
#include <candour/base/text.hpp>

#include <fmt/format.h>
#include <sodium.h>

#include <span>
#include <vector>

namespace candour::base {
namespace {

using Seed = std::array<unsigned char, 32>;
static_assert(sizeof(Seed) == crypto_sign_SEEDBYTES && sizeof(Seed) == crypto_secretbox_KEYBYTES);
static_assert(sizeof(PublicKey::bytes) == crypto_sign_PUBLICKEYBYTES && sizeof(Signature::bytes) == crypto_sign_BYTES);

constexpr std::string_view first_word_of_a_key_file = "candour-secret-key-1";
constexpr std::string_view plain = "plain";
constexpr std::string_view sealed = "sealed";

void start_sodium() {
  static const int status = sodium_init();
  CANDOUR_CHECK(status >= 0, "libsodium could not be started");
}

std::string hex_of(std::span<const unsigned char> bytes) {
  std::string text(2 * bytes.size() + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), bytes.data(), bytes.size());
  text.pop_back();
  return text;
}

bool bytes_from_hex(std::string_view hex, std::span<unsigned char> into) {
  std::size_t length = 0;
  if (hex.size() != 2 * into.size()) return false;
  return sodium_hex2bin(into.data(), into.size(), hex.data(), hex.size(), nullptr, &length, nullptr) == 0 && length == into.size();
}

// The length of the purpose stands before it, so that no two pairs of purpose and bytes are signed as the same text.
std::string message_of(std::string_view purpose, std::string_view bytes) { return fmt::format("{} {}\n{}", purpose.size(), purpose, bytes); }

struct KeyPair {
  std::array<unsigned char, crypto_sign_PUBLICKEYBYTES> open{};
  std::array<unsigned char, crypto_sign_SECRETKEYBYTES> secret{};
  explicit KeyPair(const Seed& seed) {
    start_sodium();
    crypto_sign_seed_keypair(open.data(), secret.data(), seed.data());
  }
  ~KeyPair() { sodium_memzero(secret.data(), secret.size()); }
  KeyPair(const KeyPair&) = delete;
  KeyPair& operator=(const KeyPair&) = delete;
};

using Salt = std::array<unsigned char, crypto_pwhash_SALTBYTES>;
using Nonce = std::array<unsigned char, crypto_secretbox_NONCEBYTES>;
using Box = std::array<unsigned char, crypto_sign_SEEDBYTES + crypto_secretbox_MACBYTES>;

Result<Seed> key_of_passphrase(std::string_view passphrase, const Salt& salt) {
  Seed key{};
  if (crypto_pwhash(key.data(), key.size(), passphrase.data(), passphrase.size(), salt.data(), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                    crypto_pwhash_MEMLIMIT_INTERACTIVE, crypto_pwhash_ALG_ARGON2ID13) != 0)
    return fail({Cause::could_not_finish, "key.no_memory", {}, "there is no memory to open the key with its passphrase", "it needs 64 MiB"});
  return key;
}

Error malformed() { return {Cause::wrong_input, "key.malformed", {}, "this is no secret key file", "candour keys new makes one"}; }

}  // namespace

std::string PublicKey::to_hex() const { return hex_of(bytes); }
std::string PublicKey::fingerprint() const {
  return digest_of(std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size())).to_hex().substr(0, 16);
}
std::string Signature::to_hex() const { return hex_of(bytes); }

std::optional<PublicKey> public_key_from_hex(std::string_view hex) {
  PublicKey key;
  if (!bytes_from_hex(hex, key.bytes)) return std::nullopt;
  return key;
}

std::optional<Signature> signature_from_hex(std::string_view hex) {
  Signature signature;
  if (!bytes_from_hex(hex, signature.bytes)) return std::nullopt;
  return signature;
}

SigningKey SigningKey::draw() {
  start_sodium();
  SigningKey key;
  randombytes_buf(key.seed_.data(), key.seed_.size());
  return key;
}

SigningKey::~SigningKey() { sodium_memzero(seed_.data(), seed_.size()); }

PublicKey SigningKey::public_key() const { return {KeyPair(seed_).open}; }

Signature SigningKey::sign(std::string_view purpose, std::string_view bytes) const {
  const KeyPair pair(seed_);
  const std::string message = message_of(purpose, bytes);
  Signature signature;
  crypto_sign_detached(signature.bytes.data(), nullptr, reinterpret_cast<const unsigned char*>(message.data()), message.size(), pair.secret.data());
  return signature;
}

Result<std::string> SigningKey::to_text(std::string_view passphrase) const {
  start_sodium();
  if (passphrase.empty()) return fmt::format("{}\n{}\n{}\n", first_word_of_a_key_file, plain, hex_of(seed_));
  Salt salt{};
  Nonce nonce{};
  Box box{};
  randombytes_buf(salt.data(), salt.size());
  randombytes_buf(nonce.data(), nonce.size());
  CANDOUR_TRY(key, key_of_passphrase(passphrase, salt));
  crypto_secretbox_easy(box.data(), seed_.data(), seed_.size(), nonce.data(), key.data());
  sodium_memzero(key.data(), key.size());
  return fmt::format("{}\n{}\n{}\n{}\n{}\n", first_word_of_a_key_file, sealed, hex_of(salt), hex_of(nonce), hex_of(box));
}

Result<SigningKey> SigningKey::from_text(std::string_view text, std::string_view passphrase) {
  start_sodium();
  const std::vector<std::string> lines = split(trimmed(text), '\n');
  SigningKey key;
  if (lines.size() < 2 || lines[0] != first_word_of_a_key_file) return fail(malformed());
  if (lines[1] == plain && lines.size() == 3) {
    if (!bytes_from_hex(lines[2], key.seed_)) return fail(malformed());
    return key;
  }
  Salt salt{};
  Nonce nonce{};
  Box box{};
  if (lines[1] != sealed || lines.size() != 5 || !bytes_from_hex(lines[2], salt) || !bytes_from_hex(lines[3], nonce) || !bytes_from_hex(lines[4], box))
    return fail(malformed());
  if (passphrase.empty())
    return fail(
        {Cause::wrong_input, "key.passphrase_missing", {}, "this key is sealed with a passphrase", "give the file that holds it with --passphrase-file"});
  CANDOUR_TRY(opening, key_of_passphrase(passphrase, salt));
  const bool opened = crypto_secretbox_open_easy(key.seed_.data(), box.data(), box.size(), nonce.data(), opening.data()) == 0;
  sodium_memzero(opening.data(), opening.size());
  if (!opened) return fail({Cause::wrong_input, "key.passphrase_wrong", {}, "the passphrase does not open this key, or the key file was changed", {}});
  return key;
}

bool is_signed_by(const PublicKey& key, std::string_view purpose, std::string_view bytes, const Signature& signature) {
  start_sodium();
  const std::string message = message_of(purpose, bytes);
  return crypto_sign_verify_detached(signature.bytes.data(), reinterpret_cast<const unsigned char*>(message.data()), message.size(), key.bytes.data()) == 0;
}

}  // namespace candour::base
