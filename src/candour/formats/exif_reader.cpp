#include <candour/formats/exif_reader.hpp>

#include <libexif/exif-data.h>

#include <array>
#include <memory>

namespace candour::formats {
namespace {

struct Unref {
  void operator()(ExifData* data) const { exif_data_unref(data); }
};

struct Gathering {
  ExifFacts* facts;
  const char* group;
};

void gather_tag(ExifEntry* entry, void* user) {
  const auto& gathering = *static_cast<Gathering*>(user);
  std::array<char, 256> value{};
  exif_entry_get_value(entry, value.data(), value.size() - 1);
  const char* name = exif_tag_get_name_in_ifd(entry->tag, exif_entry_get_ifd(entry));
  gathering.facts->tags.push_back({gathering.group, name != nullptr ? name : "tag " + std::to_string(static_cast<int>(entry->tag)), value.data()});
}

}  // namespace

ExifFacts read_exif(std::string_view block) {
  ExifFacts facts;
  if (block.size() > 0xFFFFFFF) return facts;
  const std::unique_ptr<ExifData, Unref> data(
      exif_data_new_from_data(reinterpret_cast<const unsigned char*>(block.data()), static_cast<unsigned>(block.size())));
  if (!data) return facts;
  for (int group = 0; group < EXIF_IFD_COUNT; ++group) {
    Gathering gathering{&facts, exif_ifd_get_name(static_cast<ExifIfd>(group))};
    if (data->ifd[group] != nullptr) exif_content_foreach_entry(data->ifd[group], gather_tag, &gathering);
  }
  facts.thumbnail_bytes = data->data != nullptr ? data->size : 0;
  return facts;
}

}  // namespace candour::formats
