#include <candour/formats/zip_survey.hpp>

#include <candour/base/text.hpp>
#include <candour/formats/little_endian.hpp>

#include <algorithm>
#include <string_view>

namespace candour::formats {
namespace {

using base::Cause;
using base::Done;
using base::Error;
using base::fail;
using base::Result;

constexpr std::string_view local_mark = "PK\x03\x04";
constexpr std::string_view central_mark = "PK\x01\x02";
constexpr std::string_view end_mark = "PK\x05\x06";
constexpr std::string_view end_mark_64 = "PK\x06\x06";
constexpr std::string_view locator_mark_64 = "PK\x06\x07";
constexpr std::string_view descriptor_mark = "PK\x07\x08";
constexpr std::size_t end_record_bytes = 22;
constexpr std::uint64_t searched_tail_bytes = 1 << 20;

Error damaged(std::string sentence) { return {Cause::could_not_finish, "zip.damaged", {}, std::move(sentence), {}}; }
Error over_limit(std::string sentence) { return {Cause::could_not_finish, "zip.over_limit", {}, std::move(sentence), {}}; }

struct Directory {
  std::uint64_t entry_count = 0;
  std::uint64_t offset = 0;
  std::uint64_t size = 0;
  std::uint64_t end_record_at = 0;  ///< of the first of the closing records
  std::uint64_t archive_end = 0;
  std::string comment;
};

/// Takes the bytes from an end record on; gives whether it can be one that closes a directory before it.
bool is_end_record(std::string_view tail, std::uint64_t at) {
  if (tail.size() < end_record_bytes || tail.substr(0, 4) != end_mark) return false;
  const auto size = little_endian_or_zero<std::uint32_t>(tail, 12);
  const auto comment_length = little_endian_or_zero<std::uint16_t>(tail, 20);
  return (size == 0xFFFFFFFF || size <= at) && comment_length <= tail.size() - end_record_bytes;
}

Result<Done> widen_to_64(const ByteSource& source, Directory& directory, std::uint64_t end_at) {
  if (end_at < 20) return Done{};
  CANDOUR_TRY(locator, source.read({end_at - 20, end_at}));
  if (std::string_view(locator).substr(0, 4) != locator_mark_64) return Done{};
  const auto record_at = little_endian_or_zero<std::uint64_t>(locator, 8);
  if (record_at > end_at - 20 || end_at - 20 - record_at < 56) return fail(damaged("the 64-bit end record lies outside the archive"));
  CANDOUR_TRY(record, source.read({record_at, record_at + 56}));
  if (std::string_view(record).substr(0, 4) != end_mark_64) return fail(damaged("the 64-bit end record is not where its locator says"));
  directory.entry_count = little_endian_or_zero<std::uint64_t>(record, 32);
  directory.size = little_endian_or_zero<std::uint64_t>(record, 40);
  directory.offset = little_endian_or_zero<std::uint64_t>(record, 48);
  directory.end_record_at = record_at;
  return Done{};
}

Result<Directory> find_directory(const ByteSource& source) {
  const std::uint64_t tail_at = source.size() > searched_tail_bytes ? source.size() - searched_tail_bytes : 0;
  CANDOUR_TRY(tail, source.read({tail_at, source.size()}));
  const std::string_view view = tail;
  for (std::size_t at = view.rfind(end_mark); at != std::string_view::npos; at = at == 0 ? std::string_view::npos : view.rfind(end_mark, at - 1)) {
    if (!is_end_record(view.substr(at), tail_at + at)) continue;
    Directory directory;
    directory.entry_count = little_endian_or_zero<std::uint16_t>(view, at + 10);
    directory.size = little_endian_or_zero<std::uint32_t>(view, at + 12);
    directory.offset = little_endian_or_zero<std::uint32_t>(view, at + 16);
    directory.comment = view.substr(at + end_record_bytes, little_endian_or_zero<std::uint16_t>(view, at + 20));
    directory.end_record_at = tail_at + at;
    directory.archive_end = tail_at + at + end_record_bytes + directory.comment.size();
    CANDOUR_TRY_DONE(widen_to_64(source, directory, tail_at + at));
    return directory;
  }
  return fail(damaged("the archive has no end record"));
}

/// The padding that office programs leave so that a part can grow in place: a mark, a length, and zeros.
bool is_room_to_grow(std::uint16_t id, std::string_view content) {
  return id == 0xA220 && content.size() >= 4 && little_endian_or_zero<std::uint16_t>(content, 0) == 0xA028 &&
         content.find_first_not_of('\0', 4) == std::string_view::npos;
}

void note_extra_fields(std::string_view extra, ZipEntry& entry, std::vector<std::uint64_t>& wide_numbers) {
  for (std::size_t at = 0; at + 4 <= extra.size();) {
    const auto id = little_endian_or_zero<std::uint16_t>(extra, at);
    const auto length = little_endian_or_zero<std::uint16_t>(extra, at + 2);
    if (id == 0x0001) {
      for (std::size_t i = 0; i + 8 <= length; i += 8) wide_numbers.push_back(little_endian_or_zero<std::uint64_t>(extra, at + 4 + i));
    } else if (!is_room_to_grow(id, extra.substr(at + 4, length))) {
      entry.extra_fields.push_back(id);
    }
    at += 4 + std::size_t{length};
  }
}

/// A central header read so far: the entry, and where its local header stands relative to the archive's begin.
struct Header {
  ZipEntry entry;
  std::uint64_t local_offset = 0;
  std::uint16_t flags = 0;
  std::uint32_t checksum = 0;
};

bool leaves_the_archive(std::string_view name) {
  if (name.empty() || name.front() == '/' || name.find('\\') != std::string_view::npos || name.find('\0') != std::string_view::npos) return true;
  const auto parts = base::split(name, '/');
  return std::find(parts.begin(), parts.end(), "..") != parts.end();
}

Result<Header> read_central_header(std::string_view directory, std::size_t& at, const ArchiveLimits& limits) {
  if (directory.size() - at < 46 || directory.substr(at, 4) != central_mark)
    return fail(damaged("the central directory holds fewer entries than it announces"));
  const auto number16 = [&](std::size_t offset) { return little_endian_or_zero<std::uint16_t>(directory, at + offset); };
  const auto number32 = [&](std::size_t offset) { return little_endian_or_zero<std::uint32_t>(directory, at + offset); };
  const std::size_t name_length = number16(28), extra_length = number16(30), comment_length = number16(32);
  if (directory.size() - at - 46 < name_length + extra_length + comment_length) return fail(damaged("an entry of the central directory is cut short"));
  Header header;
  header.flags = number16(8);
  header.checksum = number32(16);
  header.entry.encrypted = (header.flags & 1) != 0;
  header.entry.method = number16(10);
  header.entry.packed_size = number32(20);
  header.entry.size = number32(24);
  header.local_offset = number32(42);
  header.entry.name = directory.substr(at + 46, name_length);
  header.entry.comment = directory.substr(at + 46 + name_length + extra_length, comment_length);
  std::vector<std::uint64_t> wide;
  note_extra_fields(directory.substr(at + 46 + name_length, extra_length), header.entry, wide);
  std::size_t next_wide = 0;
  for (std::uint64_t* field : {&header.entry.size, &header.entry.packed_size, &header.local_offset}) {
    if (*field == 0xFFFFFFFF && next_wide < wide.size()) *field = wide[next_wide++];
  }
  at += 46 + name_length + extra_length + comment_length;
  if (name_length > limits.longest_name_bytes)
    return fail(over_limit("an entry's name is longer than the limit of " + std::to_string(limits.longest_name_bytes) + " bytes"));
  if (leaves_the_archive(header.entry.name)) return fail(damaged("an entry's name points outside the archive"));
  return header;
}

/// Gives the length of the record that follows streamed data: with or without its mark, 32- or 64-bit.
std::uint64_t descriptor_length(const ByteSource& source, std::uint64_t at, const Header& header) {
  const std::uint64_t available = std::min<std::uint64_t>(24, source.size() - at);
  const auto bytes = source.read({at, at + available});
  if (!bytes) return 0;
  const std::string_view view = *bytes;
  const std::size_t mark = view.substr(0, 4) == descriptor_mark ? 4 : 0;
  if (little_endian_or_zero<std::uint32_t>(view, mark) != header.checksum) return 0;
  if (little_endian_or_zero<std::uint32_t>(view, mark + 4) == header.entry.packed_size &&
      little_endian_or_zero<std::uint32_t>(view, mark + 8) == header.entry.size) {
    return mark + 12;
  }
  return little_endian_or_zero<std::uint64_t>(view, mark + 4) == header.entry.packed_size ? mark + 20 : 0;
}

/// Reads the header before the data; gives all bytes that belong to the entry.
Result<ByteRange> read_local_header(const ByteSource& source, std::uint64_t base, std::uint64_t end, Header& header) {
  const std::uint64_t at = base + header.local_offset;
  if (at < base || at > end || end - at < 30) return fail(damaged("an entry lies outside the archive"));
  CANDOUR_TRY(fixed, source.read({at, at + 30}));
  if (std::string_view(fixed).substr(0, 4) != local_mark) return fail(damaged("an entry's header is not where the directory says"));
  const std::uint64_t name_length = little_endian_or_zero<std::uint16_t>(fixed, 26), extra_length = little_endian_or_zero<std::uint16_t>(fixed, 28);
  const std::uint64_t data_at = at + 30 + name_length + extra_length;
  if (data_at > end || header.entry.packed_size > end - data_at) return fail(damaged("an entry reaches beyond the archive"));
  CANDOUR_TRY(variable, source.read({at + 30, data_at}));
  header.entry.local_name = variable.substr(0, static_cast<std::size_t>(name_length));
  std::vector<std::uint64_t> wide;
  note_extra_fields(std::string_view(variable).substr(static_cast<std::size_t>(name_length)), header.entry, wide);
  header.entry.packed = {data_at, data_at + header.entry.packed_size};
  std::uint64_t stop = header.entry.packed.end;
  if ((header.flags & 8) != 0) stop += descriptor_length(source, stop, header);
  return ByteRange{at, stop};
}

Result<std::vector<ByteRange>> unclaimed_ranges(std::vector<ByteRange> claimed, std::uint64_t size) {
  std::sort(claimed.begin(), claimed.end(), [](ByteRange a, ByteRange b) { return a.begin < b.begin; });
  std::vector<ByteRange> unclaimed;
  std::uint64_t at = 0;
  for (const ByteRange range : claimed) {
    if (range.begin < at) return fail(damaged("entries of the archive overlap"));
    if (range.begin > at) unclaimed.push_back({at, range.begin});
    at = range.end;
  }
  if (at < size) unclaimed.push_back({at, size});
  return unclaimed;
}

}  // namespace

Result<ZipSurvey> survey_zip(const ByteSource& source, const ArchiveLimits& limits) {
  CANDOUR_TRY(directory, find_directory(source));
  if (directory.entry_count > limits.most_entries)
    return fail(over_limit("the archive has more entries than the limit of " + std::to_string(limits.most_entries)));
  if (directory.size > directory.end_record_at || directory.offset > directory.end_record_at - directory.size)
    return fail(damaged("the central directory lies outside the archive"));
  const std::uint64_t base = directory.end_record_at - directory.size - directory.offset;
  const ByteRange directory_range{base + directory.offset, base + directory.offset + directory.size};
  if (directory.size > limits.most_entries * (limits.longest_name_bytes + 46))
    return fail(over_limit("the central directory is larger than its entries can be"));
  CANDOUR_TRY(bytes, source.read(directory_range));

  ZipSurvey survey;
  survey.comment = directory.comment;
  survey.archive = {base, directory.archive_end};
  std::vector<ByteRange> claimed{directory_range, {directory.end_record_at, directory.archive_end}};
  std::uint64_t total = 0;
  std::size_t at = 0;
  for (std::uint64_t i = 0; i < directory.entry_count; ++i) {
    CANDOUR_TRY(header, read_central_header(bytes, at, limits));
    CANDOUR_TRY(range, read_local_header(source, base, directory_range.begin, header));
    claimed.push_back(range);
    if (header.entry.size > limits.most_total_bytes - total) {
      return fail(over_limit("the archive expands to more than the limit of " + std::to_string(limits.most_total_bytes) + " bytes"));
    }
    total += header.entry.size;
    survey.entries.push_back(std::move(header.entry));
  }
  if (at != bytes.size()) claimed[0].end = directory_range.begin + at;
  CANDOUR_TRY(unclaimed, unclaimed_ranges(std::move(claimed), source.size()));
  survey.unclaimed = std::move(unclaimed);
  return survey;
}

bool looks_like_zip(const ByteSource& source) {
  const auto head = source.read({0, std::min<std::uint64_t>(4, source.size())});
  if (head && *head == local_mark) return true;
  return source.size() >= end_record_bytes && find_directory(source).has_value();
}

}  // namespace candour::formats
