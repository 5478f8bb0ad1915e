#pragma once
// Reads a zip archive, entry by entry, as a stream, within limits.

#include <candour/formats/zip_survey.hpp>

#include <memory>

namespace candour::formats {

/// An open archive:
///
///     CANDOUR_TRY(archive, ZipReader::open(source, limits));
///     for (std::size_t i = 0; i < archive.survey().entries.size(); ++i) CANDOUR_TRY_DONE(archive.stream(i, sink));
///
/// Entries are reached by index, so that two of one name are two. Not for several threads at once.
class ZipReader {
 public:
  /// Fails as survey_zip, and "zip.damaged" where libzip reads the directory differently.
  [[nodiscard]] static base::Result<ZipReader> open(ByteSource source, const ArchiveLimits& limits);

  [[nodiscard]] const ZipSurvey& survey() const { return survey_; }

  /// Expands one entry into the sink, in pieces of 64 KiB. Fails: could_not_finish "zip.encrypted", "zip.over_limit" (entry size, expansion ratio),
  /// "zip.damaged" (checksum, a size other than declared, an unknown method), or the sink's own error.
  [[nodiscard]] base::Result<base::Done> stream(std::size_t index, const ChunkSink& sink) const;
  /// Expands one entry into memory; "zip.over_limit" above `most_bytes`.
  [[nodiscard]] base::Result<std::string> read(std::size_t index, std::uint64_t most_bytes) const;

 private:
  struct Closer {
    void operator()(void* archive) const;
  };
  ZipReader(ByteSource source, ArchiveLimits limits, ZipSurvey survey) : source_(std::move(source)), limits_(limits), survey_(std::move(survey)) {}

  ByteSource source_;
  ArchiveLimits limits_;
  ZipSurvey survey_;
  std::unique_ptr<void, Closer> archive_;
};

}  // namespace candour::formats
