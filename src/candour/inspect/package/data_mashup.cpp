#include <candour/inspect/package/data_mashup.hpp>

#include <candour/base/text.hpp>
#include <candour/formats/little_endian.hpp>
#include <candour/formats/zip_reader.hpp>

#include <string>

namespace candour::inspect {
namespace {

constexpr std::size_t frame_bytes = 8;  // version and length of the archive

int value_of(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  return c == '+' ? 62 : c == '/' ? 63 : -1;
}

/// Gives the bytes up to the first character that is neither a digit of base64 nor a blank.
std::string decoded(std::string_view base64) {
  std::string out;
  std::uint32_t bits = 0, held = 0;
  for (const char c : base64) {
    if (c == ' ' || c == '\n' || c == '\r' || c == '\t') continue;
    const int value = value_of(c);
    if (value < 0) break;
    bits = (bits << 6 | static_cast<std::uint32_t>(value)) & 0xFFFFFF;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    out += static_cast<char>((bits >> held) & 0xFF);
  }
  return out;
}

}  // namespace

void inspect_data_mashup(std::string_view base64, const InspectionPlace& place, Inspection& inspection) {
  const std::string frame = decoded(base64);
  const std::size_t length = formats::little_endian_or_zero<std::uint32_t>(frame, 4);
  if (frame.size() < frame_bytes || length == 0 || length > frame.size() - frame_bytes)
    return inspection.gap(place, "package.power_query", "the Power Query's frame cannot be opened");
  inspection.look_at_text(place, "permissions and metadata", std::string_view(frame).substr(frame_bytes + length));
  auto archive = formats::ZipReader::open(formats::ByteSource::of_bytes(frame.substr(frame_bytes, length)), inspection.limits().archive);
  if (!archive) return inspection.gap(place, archive.error());
  for (std::size_t i = 0; i < archive->survey().entries.size(); ++i) {
    const auto& entry = archive->survey().entries[i];
    InspectionPlace inside = place;
    inside.part += "!/" + entry.name;
    const auto bytes = archive->read(i, inspection.limits().most_part_bytes);
    if (!bytes) {
      inspection.gap(inside, bytes.error());
      continue;
    }
    inspection.at(FindingKind::power_query, inside).add("query", *bytes, bytes->size());
    for (const auto& line : base::split(*bytes, '\n')) inspection.look_at_text(inside, "query", line);
  }
}

}  // namespace candour::inspect
