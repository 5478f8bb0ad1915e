#pragma once
// The example's case with records of another seed, in a throw-away folder.

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include <unistd.h>

namespace candour::test {

class ExampleCase {
 public:
  explicit ExampleCase(int seed)
      : folder_(std::filesystem::temp_directory_path() / ("candour-alder-" + std::to_string(getpid()) + "-" + std::to_string(seed))) {
    const std::filesystem::path example = std::filesystem::path(CANDOUR_SOURCE_DIR) / "examples" / "operation-alder";
    std::filesystem::create_directories(folder_);
    for (const char* file : {"case.toml", "request.txt", "requester.toml", "authority.toml"})
      std::filesystem::copy_file(example / file, folder_ / file, std::filesystem::copy_options::overwrite_existing);
    const std::string command =
        std::string(CANDOUR_GENERATOR) + " --seed " + std::to_string(seed) + " --out '" + (folder_ / "records").string() + "' > /dev/null";
    made_ = std::system(command.c_str()) == 0;
  }
  ExampleCase(const ExampleCase&) = delete;
  ExampleCase& operator=(const ExampleCase&) = delete;
  ~ExampleCase() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  [[nodiscard]] bool made() const { return made_; }
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }

 private:
  std::filesystem::path folder_;
  bool made_ = false;
};

}  // namespace candour::test
