// Two lists of real titles of requests: as a letter, as the subject of an e-mail, and as a numbered list. None may stop the program or make a draft that is no
// settings file.

#include "../fuzz/intake/entries.hpp"

#include <candour/base/files.hpp>
#include <candour/base/text.hpp>

#include <gtest/gtest.h>

#include <fmt/format.h>

#include <filesystem>

namespace candour::casework_tests {
namespace {

void read(const std::string& bytes) { fuzz::read_as_request(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()); }

TEST(IntakeTitles, RealTitlesNeverStopIt) {
  int titles = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator(std::filesystem::path(CANDOUR_SOURCE_DIR).parent_path() / "shared" / "bench" / "real" / "foi-requests")) {
    if (entry.path().extension() != ".csv") continue;
    std::string list;
    for (const std::string& line : base::split(*base::read_file(entry.path()), '\n')) {
      const auto fields = base::split_quoted(line);
      if (!fields || fields->size() < 4) continue;
      const std::string& title = (*fields)[3];
      ++titles;
      list += fmt::format("{}. {}\n", titles, title);
      if (titles % 10 == 0) {
        read(std::string(1, '\0') + list);
        list.clear();
      }
      if (titles % 4 == 0) read(std::string(1, '\0') + "Dear team,\n\nHow many " + title + " by month?\n");
      if (titles % 16 == 0) read("\1From: a@letters.example\nSubject: " + title + "\n\n" + title + "\n");
    }
    read(std::string(1, '\0') + list);
  }
  fmt::print("{} titles\n", titles);
  EXPECT_GT(titles, 100);
}

}  // namespace
}  // namespace candour::casework_tests
