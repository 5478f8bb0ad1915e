#include <candour/formats/zip_writer.hpp>

#include <candour/base/text.hpp>

#include <zip.h>

#include <algorithm>
#include <cctype>
#include <memory>
#include <set>

namespace candour::formats {
namespace {

using base::Cause;
using base::Done;
using base::Error;
using base::fail;
using base::Result;

constexpr zip_uint16_t first_dos_day = 0x0021;  // 1980-01-01

Error not_written(const char* what) {
  return Error{Cause::could_not_finish, "zip.not_written", {}, std::string("the archive could not be written: ") + what, {}};
}

bool is_plain_path(const std::string& path) {
  if (path.empty() || path.front() == '/' || path.find('\\') != std::string::npos || path.find('\0') != std::string::npos) return false;
  const auto parts = base::split(path, '/');
  return std::none_of(parts.begin(), parts.end(), [](const std::string& part) { return part.empty() || part == "." || part == ".."; });
}

Result<Done> check_paths(std::span<const ZipEntryToWrite> entries) {
  if (entries.empty()) return fail({Cause::wrong_input, "zip.no_entries", {}, "an archive needs at least one entry, got none", {}});
  std::set<std::string> seen;
  for (const auto& entry : entries) {
    if (!is_plain_path(entry.path)) {
      return fail({Cause::wrong_input, "zip.bad_path", {entry.path}, "expected a relative path without '.', '..' or '\\'", {}});
    }
    std::string folded = entry.path;
    std::transform(folded.begin(), folded.end(), folded.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    if (!seen.insert(folded).second) {
      return fail({Cause::wrong_input, "zip.duplicate_path", {entry.path}, "two entries have this path (case is not told apart)", {}});
    }
  }
  return Done{};
}

struct Discard {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};
struct Release {
  void operator()(zip_source_t* source) const { zip_source_free(source); }
};
using Archive = std::unique_ptr<zip_t, Discard>;
using Source = std::unique_ptr<zip_source_t, Release>;

Result<Done> add_entry(zip_t* archive, const ZipEntryToWrite& entry) {
  Source source(zip_source_buffer(archive, entry.bytes.data(), entry.bytes.size(), 0));
  if (!source) return fail(not_written(zip_strerror(archive)));
  const zip_int64_t added = zip_file_add(archive, entry.path.c_str(), source.get(), ZIP_FL_ENC_UTF_8);
  if (added < 0) return fail(not_written(zip_strerror(archive)));
  source.release();  // the archive owns it now
  const auto index = static_cast<zip_uint64_t>(added);
  const zip_int32_t method = entry.compression == Compression::stored ? ZIP_CM_STORE : ZIP_CM_DEFLATE;
  if (zip_set_file_compression(archive, index, method, 9) != 0) return fail(not_written(zip_strerror(archive)));
  if (zip_file_set_dostime(archive, index, 0, first_dos_day, 0) != 0) return fail(not_written(zip_strerror(archive)));
  return Done{};
}

Result<std::string> bytes_of(zip_source_t* source) {
  if (zip_source_open(source) != 0) return fail(not_written("the finished archive cannot be read back"));
  zip_stat_t facts;
  zip_stat_init(&facts);
  if (zip_source_stat(source, &facts) != 0) return fail(not_written("the finished archive has no size"));
  std::string bytes(static_cast<std::size_t>(facts.size), '\0');
  const zip_int64_t got = zip_source_read(source, bytes.data(), bytes.size());
  zip_source_close(source);
  if (got < 0 || static_cast<std::size_t>(got) != bytes.size()) return fail(not_written("the finished archive is cut short"));
  return bytes;
}

}  // namespace

Result<std::string> write_zip(std::span<const ZipEntryToWrite> entries) {
  CANDOUR_TRY_DONE(check_paths(entries));
  zip_error_t error;
  zip_error_init(&error);
  Source buffer(zip_source_buffer_create(nullptr, 0, 0, &error));
  if (!buffer) return fail(not_written(zip_error_strerror(&error)));
  Archive archive(zip_open_from_source(buffer.get(), ZIP_TRUNCATE, &error));
  if (!archive) return fail(not_written(zip_error_strerror(&error)));
  zip_source_keep(buffer.get());  // one reference for the archive, one to read the result
  for (const auto& entry : entries) CANDOUR_TRY_DONE(add_entry(archive.get(), entry));
  if (zip_close(archive.get()) != 0) return fail(not_written(zip_strerror(archive.get())));
  archive.release();
  return bytes_of(buffer.get());
}

}  // namespace candour::formats
