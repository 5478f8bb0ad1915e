#include <candour/formats/compound_file.hpp>

#include <candour/formats/little_endian.hpp>

#include <algorithm>

namespace candour::formats {
namespace {

using base::Cause;
using base::Done;
using base::fail;
using base::Result;

constexpr std::string_view mark("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);
constexpr std::uint32_t last_regular_sector = 0xFFFFFFFA;
constexpr std::uint32_t end_of_chain = 0xFFFFFFFE;
constexpr std::uint32_t free_sector = 0xFFFFFFFF;
constexpr std::uint32_t small_sector_bytes = 64;
constexpr std::size_t entry_bytes = 128;
constexpr std::size_t most_entries = 100'000;
constexpr std::size_t deepest_tree = 2'000;

tl::unexpected<base::Error> damaged(std::string sentence) { return fail({Cause::could_not_finish, "compound.damaged", {}, std::move(sentence), {}}); }

std::string utf8_of(std::string_view utf16) {
  std::string out;
  for (std::size_t i = 0; i + 1 < utf16.size(); i += 2) {
    const auto unit = little_endian_or_zero<std::uint16_t>(utf16, i);
    if (unit < 0x80) out += static_cast<char>(unit);
    else if (unit < 0x800) out += static_cast<char>(0xC0 | (unit >> 6)), out += static_cast<char>(0x80 | (unit & 0x3F));
    else out += static_cast<char>(0xE0 | (unit >> 12)), out += static_cast<char>(0x80 | ((unit >> 6) & 0x3F)), out += static_cast<char>(0x80 | (unit & 0x3F));
  }
  return out;
}

}  // namespace

bool CompoundFile::looks_like_one(std::string_view first_bytes) { return first_bytes.starts_with(mark); }

std::uint32_t CompoundFile::sector_count() const {
  if (bytes_.size() <= sector_bytes_) return 0;
  return static_cast<std::uint32_t>(std::min<std::size_t>((bytes_.size() - sector_bytes_ + sector_bytes_ - 1) / sector_bytes_, last_regular_sector));
}

std::string_view CompoundFile::sector(std::uint32_t number) const {
  const std::size_t at = (static_cast<std::size_t>(number) + 1) * sector_bytes_;
  return at < bytes_.size() ? std::string_view(bytes_).substr(at, sector_bytes_) : std::string_view();
}

Result<CompoundFile> CompoundFile::open(std::string bytes) {
  if (!looks_like_one(bytes) || bytes.size() < 512) return damaged("not an OLE2 container");
  CompoundFile file(std::move(bytes));
  const auto shift = little_endian_or_zero<std::uint16_t>(file.bytes_, 30);
  if (shift != 9 && shift != 12) return damaged("the container has an unknown size of sectors");
  file.sector_bytes_ = 1U << shift;
  CANDOUR_TRY_DONE(file.read_table());
  CANDOUR_TRY_DONE(file.read_directory());
  return file;
}

Result<Done> CompoundFile::read_table() {
  std::vector<std::uint32_t> table_sectors;
  for (std::size_t i = 0; i < 109; ++i) table_sectors.push_back(little_endian_or_zero<std::uint32_t>(bytes_, 76 + 4 * i));
  std::uint32_t more = little_endian_or_zero<std::uint32_t>(bytes_, 68);
  for (std::uint32_t steps = 0; more < last_regular_sector; ++steps) {
    const auto content = sector(more);
    if (content.size() < sector_bytes_ || steps > sector_count()) return damaged("the table of sectors leaves the file");
    for (std::size_t i = 0; i + 1 < sector_bytes_ / 4; ++i) table_sectors.push_back(little_endian_or_zero<std::uint32_t>(content, 4 * i));
    more = little_endian_or_zero<std::uint32_t>(content, sector_bytes_ - 4);
  }
  for (const auto number : table_sectors) {
    if (number >= last_regular_sector) continue;
    const auto content = sector(number);
    if (content.size() < sector_bytes_) return damaged("the table of sectors leaves the file");
    for (std::size_t i = 0; i < sector_bytes_ / 4; ++i) next_.push_back(little_endian_or_zero<std::uint32_t>(content, 4 * i));
    if (next_.size() > std::size_t{sector_count()} + sector_bytes_) break;  // the rest can only name sectors that the file has not
  }
  return Done{};
}

Result<std::string> CompoundFile::chain(std::uint32_t first) const {
  std::string out;
  std::uint32_t steps = 0;
  for (std::uint32_t at = first; at != end_of_chain; at = next_[at]) {
    if (at >= next_.size() || ++steps > sector_count()) return damaged("a chain of sectors leaves the file or runs in a circle");
    out += sector(at);
  }
  return out;
}

Result<Done> CompoundFile::read_directory() {
  CANDOUR_TRY(directory, chain(little_endian_or_zero<std::uint32_t>(bytes_, 48)));
  const std::string_view view = directory;
  for (std::size_t at = 0; at + entry_bytes <= view.size() && entries_.size() < most_entries; at += entry_bytes) {
    const auto raw = view.substr(at, entry_bytes);
    const auto kind = static_cast<unsigned char>(raw[66]);
    const std::size_t name_bytes = std::min<std::size_t>(little_endian_or_zero<std::uint16_t>(raw, 64), 64);
    CompoundEntry entry;
    entry.name = utf8_of(raw.substr(0, name_bytes >= 2 ? name_bytes - 2 : 0));
    entry.path = entry.name;
    entry.is_storage = kind != 2;
    entry.first_sector = little_endian_or_zero<std::uint32_t>(raw, 116);
    entry.size = sector_bytes_ == 512 ? little_endian_or_zero<std::uint32_t>(raw, 120) : little_endian_or_zero<std::uint64_t>(raw, 120);
    nodes_.push_back(
        {little_endian_or_zero<std::uint32_t>(raw, 68), little_endian_or_zero<std::uint32_t>(raw, 72), little_endian_or_zero<std::uint32_t>(raw, 76)});
    entries_.push_back(std::move(entry));
  }
  if (entries_.empty()) return damaged("the container has no directory");
  entries_[0].is_reached = true;
  reach(nodes_[0].child, "", 0);

  small_limit_ = little_endian_or_zero<std::uint32_t>(bytes_, 56);
  const auto first_small_table = little_endian_or_zero<std::uint32_t>(bytes_, 60);
  if (first_small_table < last_regular_sector) {
    CANDOUR_TRY(table, chain(first_small_table));
    for (std::size_t i = 0; i + 4 <= table.size(); i += 4) next_small_.push_back(little_endian_or_zero<std::uint32_t>(table, i));
  }
  if (entries_[0].first_sector < last_regular_sector) {
    CANDOUR_TRY(small, chain(entries_[0].first_sector));
    small_ = std::move(small);
  }
  return Done{};
}

void CompoundFile::reach(std::uint32_t index, const std::string& folder, std::size_t depth) {
  if (index >= entries_.size() || entries_[index].is_reached || depth > deepest_tree) return;
  entries_[index].is_reached = true;
  entries_[index].path = folder + entries_[index].name;
  reach(nodes_[index].left, folder, depth + 1);
  reach(nodes_[index].right, folder, depth + 1);
  if (entries_[index].is_storage) reach(nodes_[index].child, entries_[index].path + "/", depth + 1);
}

Result<std::string> CompoundFile::read(const CompoundEntry& entry) const {
  if (entry.size == 0) return std::string();
  std::string out;
  if (entry.size >= small_limit_) {
    CANDOUR_TRY(bytes, chain(entry.first_sector));
    out = std::move(bytes);
  } else {
    std::size_t steps = 0;
    for (std::uint32_t at = entry.first_sector; at != end_of_chain && out.size() < entry.size; at = next_small_[at]) {
      const std::size_t place = std::size_t{at} * small_sector_bytes;
      if (at >= next_small_.size() || place >= small_.size() || ++steps > next_small_.size())
        return damaged("a chain of small sectors leaves its stream or runs in a circle");
      out += std::string_view(small_).substr(place, small_sector_bytes);
    }
  }
  if (out.size() < entry.size) return damaged("a stream is shorter than it says");
  out.resize(static_cast<std::size_t>(entry.size));
  return out;
}

std::vector<ByteRange> CompoundFile::unused_bytes() const {
  std::vector<ByteRange> out;
  for (std::uint32_t number = 0; number < sector_count(); ++number) {
    if (number < next_.size() && next_[number] != free_sector) continue;
    const auto content = sector(number);
    if (content.find_first_not_of('\0') == std::string_view::npos) continue;
    const std::uint64_t begin = (std::uint64_t{number} + 1) * sector_bytes_;
    if (!out.empty() && out.back().end == begin) out.back().end += content.size();
    else out.push_back({begin, begin + content.size()});
  }
  return out;
}

}  // namespace candour::formats
