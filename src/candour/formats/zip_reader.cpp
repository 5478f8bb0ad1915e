#include <candour/formats/zip_reader.hpp>

#include <zip.h>

#include <array>
#include <string_view>

namespace candour::formats {
namespace {

using base::Cause;
using base::Done;
using base::Error;
using base::fail;
using base::Result;

Error damaged(std::string sentence) { return {Cause::could_not_finish, "zip.damaged", {}, std::move(sentence), {}}; }
Error over_limit(std::string sentence) { return {Cause::could_not_finish, "zip.over_limit", {}, std::move(sentence), {}}; }

zip_t* as_archive(void* archive) { return static_cast<zip_t*>(archive); }

zip_source_t* source_of(const ByteSource& source, ByteRange range, zip_error_t* error) {
  if (source.path()) return zip_source_file_create(source.path()->c_str(), range.begin, static_cast<zip_int64_t>(range.size()), error);
  const std::string_view bytes = source.bytes_in_memory().substr(static_cast<std::size_t>(range.begin), static_cast<std::size_t>(range.size()));
  return zip_source_buffer_create(bytes.data(), bytes.size(), 0, error);
}

struct CloseFile {
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};

Result<Done> check_entry(const ZipEntry& entry, const ArchiveLimits& limits) {
  if (entry.encrypted) return fail({Cause::could_not_finish, "zip.encrypted", {}, "the entry is encrypted", {}});
  if (entry.size > limits.most_entry_bytes)
    return fail(over_limit("the entry expands to more than the limit of " + std::to_string(limits.most_entry_bytes) + " bytes"));
  if (entry.size > limits.ratio_free_bytes && entry.size / limits.highest_expansion_ratio >= entry.packed_size) {
    return fail(over_limit("the entry expands more than the limit of " + std::to_string(limits.highest_expansion_ratio) + " times"));
  }
  return Done{};
}

}  // namespace

void ZipReader::Closer::operator()(void* archive) const { zip_discard(as_archive(archive)); }

Result<ZipReader> ZipReader::open(ByteSource source, const ArchiveLimits& limits) {
  CANDOUR_TRY(survey, survey_zip(source, limits));
  ZipReader reader(std::move(source), limits, std::move(survey));
  if (reader.survey_.entries.empty()) return reader;
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* bytes = source_of(reader.source_, reader.survey_.archive, &error);
  if (bytes == nullptr) return fail(damaged("the archive cannot be opened"));
  zip_t* archive = zip_open_from_source(bytes, ZIP_RDONLY, &error);
  if (archive == nullptr) {
    zip_source_free(bytes);
    return fail(damaged("the archive's directory cannot be read"));
  }
  reader.archive_.reset(archive);
  const auto& entries = reader.survey_.entries;
  if (zip_get_num_entries(archive, 0) != static_cast<zip_int64_t>(entries.size())) return fail(damaged("the archive can be read in two ways"));
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const char* name = zip_get_name(archive, i, ZIP_FL_ENC_RAW);
    if (name == nullptr || entries[i].name != name) return fail(damaged("the archive can be read in two ways"));
  }
  return reader;
}

Result<Done> ZipReader::stream(std::size_t index, const ChunkSink& sink) const {
  const ZipEntry& entry = survey_.entries.at(index);
  CANDOUR_TRY_DONE(check_entry(entry, limits_));
  const std::unique_ptr<zip_file_t, CloseFile> file(zip_fopen_index(as_archive(archive_.get()), index, 0));
  if (!file) return fail(damaged("an entry cannot be expanded"));
  std::array<char, 64 * 1024> piece;
  std::uint64_t done = 0;
  for (;;) {
    const zip_int64_t got = zip_fread(file.get(), piece.data(), piece.size());
    if (got < 0) return fail(damaged("an entry's content does not match its checksum or is cut short"));
    if (got == 0) break;
    done += static_cast<std::uint64_t>(got);
    if (done > entry.size) return fail(damaged("an entry expands to more than it declares"));
    CANDOUR_TRY_DONE(sink(std::string_view(piece.data(), static_cast<std::size_t>(got))));
  }
  if (done != entry.size) return fail(damaged("an entry expands to less than it declares"));
  return Done{};
}

Result<std::string> ZipReader::read(std::size_t index, std::uint64_t most_bytes) const {
  if (survey_.entries.at(index).size > most_bytes)
    return fail(over_limit("a part is larger than the limit of " + std::to_string(most_bytes) + " bytes for its kind"));
  std::string out;
  CANDOUR_TRY_DONE(stream(index, [&](std::string_view piece) -> Result<Done> {
    out += piece;
    return Done{};
  }));
  return out;
}

}  // namespace candour::formats
