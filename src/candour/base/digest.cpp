#include <candour/base/digest.hpp>

#include <candour/base/check.hpp>

#include <sodium.h>

#include <fstream>
#include <vector>

namespace candour::base {
namespace {

void start_sodium() {
  static const int status = sodium_init();
  CANDOUR_CHECK(status >= 0, "libsodium could not be started");
}

}  // namespace

std::string Digest::to_hex() const {
  std::string text(2 * bytes.size() + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), bytes.data(), bytes.size());
  text.pop_back();
  return text;
}

Digest digest_of(std::string_view bytes) {
  start_sodium();
  Digest digest;
  crypto_hash_sha256(digest.bytes.data(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  return digest;
}

Result<Digest> digest_of_file(const std::filesystem::path& file) {
  start_sodium();
  std::ifstream in(file, std::ios::binary);
  if (!in) return fail({Cause::could_not_finish, "file.unreadable", {file.string()}, "the file cannot be opened", {}});
  crypto_hash_sha256_state state;
  crypto_hash_sha256_init(&state);
  std::vector<char> block(1U << 20U);
  while (in) {
    in.read(block.data(), static_cast<std::streamsize>(block.size()));
    crypto_hash_sha256_update(&state, reinterpret_cast<const unsigned char*>(block.data()), static_cast<unsigned long long>(in.gcount()));
  }
  if (in.bad()) return fail({Cause::could_not_finish, "file.unreadable", {file.string()}, "the file cannot be read to its end", {}});
  Digest digest;
  crypto_hash_sha256_final(&state, digest.bytes.data());
  return digest;
}

SecretKey draw_secret_key() {
  start_sodium();
  SecretKey key;
  randombytes_buf(key.bytes.data(), key.bytes.size());
  return key;
}

std::uint64_t keyed_hash(const SecretKey& key, std::string_view text) {
  start_sodium();
  std::array<unsigned char, 16> out{};
  crypto_generichash(out.data(), out.size(), reinterpret_cast<const unsigned char*>(text.data()), text.size(), key.bytes.data(), key.bytes.size());
  std::uint64_t number = 0;
  for (int i = 7; i >= 0; --i) number = (number << 8U) | out[static_cast<std::size_t>(i)];
  return number;
}

}  // namespace candour::base
