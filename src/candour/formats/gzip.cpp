#include <candour/formats/jj.hpp>

#include <candour/base/files.hpp>

#include <zlib.h>

namespace candour::formats {

base::Result<std::string> read_plain_or_gzip(const std::filesystem::path& file) {
  if (file.extension() != ".gz") return base::read_file(file);
  gzFile stream = gzopen(file.c_str(), "rb");
  if (stream == nullptr)
    return base::fail(
        base::Error{base::Cause::could_not_finish, "file.unreadable", {file.string(), 0, 0}, "cannot be opened for reading", "check path and rights"});
  std::string text;
  constexpr std::size_t block = 1 << 20;
  int got = 0;
  do {
    const std::size_t before = text.size();
    text.resize(before + block);
    got = gzread(stream, text.data() + before, static_cast<unsigned>(block));
    text.resize(before + static_cast<std::size_t>(got > 0 ? got : 0));
  } while (got == static_cast<int>(block));
  int fault = Z_OK;
  gzerror(stream, &fault);
  const bool whole = got >= 0 && fault == Z_OK && gzclose_r(stream) == Z_OK;
  if (!whole) return base::fail(base::Error{base::Cause::wrong_input, "gzip.malformed", {file.string(), 0, 0}, "is not a whole gzip file", ""});
  return text;
}

}  // namespace candour::formats
