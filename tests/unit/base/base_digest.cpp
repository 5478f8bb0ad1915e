#include <candour/base/digest.hpp>
#include <candour/base/files.hpp>

#include <gtest/gtest.h>

#include <unistd.h>

#include <filesystem>

namespace candour::base {
namespace {

TEST(Digest, IsSha256) {
  EXPECT_EQ(digest_of("abc").to_hex(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(digest_of("").to_hex(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Digest, OfAFileIsThatOfItsBytesAlsoAcrossBlocks) {
  const auto file = std::filesystem::temp_directory_path() / ("candour-digest-" + std::to_string(::getpid()));
  const std::string bytes(2'500'000, 'x');
  ASSERT_TRUE(write_file_whole(file, bytes));
  EXPECT_EQ(digest_of_file(file).value(), digest_of(bytes));
  std::filesystem::remove(file);
  EXPECT_EQ(digest_of_file(file).error().code, "file.unreadable");
}

TEST(KeyedHash, DependsOnKeyAndTextAlone) {
  const SecretKey one = draw_secret_key();
  const SecretKey other = draw_secret_key();
  EXPECT_EQ(keyed_hash(one, "a"), keyed_hash(one, "a"));
  EXPECT_NE(keyed_hash(one, "a"), keyed_hash(one, "b"));
  EXPECT_NE(keyed_hash(one, "a"), keyed_hash(other, "a"));
}

TEST(KeyedHash, IsTheSameNumberOnEveryMachine) {
  SecretKey key;
  for (std::size_t i = 0; i < key.bytes.size(); ++i) key.bytes[i] = static_cast<unsigned char>(i);
  EXPECT_EQ(keyed_hash(key, "month=2023-04"), 13443471933218272412ULL);
}

}  // namespace
}  // namespace candour::base
