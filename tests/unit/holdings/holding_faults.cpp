// What happens when the world fails while records are read: one clear error, the right exit status, no partial output.

#include <candour/base/files.hpp>
#include <candour/holdings/mapped_file.hpp>
#include <candour/holdings/open_holding.hpp>
#include <candour/holdings/parallel_csv.hpp>
#include <candour/holdings/workbook_holding.hpp>

#include <gtest/gtest.h>
#include <scratch_folder.hpp>

#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <atomic>
#include <fstream>
#include <thread>

namespace candour::holdings {
namespace {

class HoldingFaults : public ::testing::Test {
 protected:
  std::string write(const std::string& name, const std::string& text) const {
    const std::string path = (folder_.path() / name).string();
    std::ofstream(path, std::ios::binary | std::ios::trunc) << text;
    return path;
  }
  static std::string many_rows(std::size_t rows) {
    std::string text = "a,b\n";
    for (std::size_t r = 0; r < rows; ++r) text += "value" + std::to_string(r) + ",x\n";
    return text;
  }
  static CsvSettings settings(const std::string& path) {
    CsvSettings made;
    made.path = path;
    return made;
  }
  support::ScratchFolder folder_;
};

base::Result<base::Done> nothing(const FieldBlock&) { return base::Done{}; }

TEST_F(HoldingFaults, AFileThatShrinksWhileMappedIsOneErrorAndNoCrash) {
  const std::string path = write("records.csv", many_rows(400'000));
  auto csv = ParallelCsv::open(settings(path)).value();
  std::atomic<bool> cut{false};
  const FieldSink sink = [&](const FieldBlock&) -> base::Result<base::Done> {
    if (!cut.exchange(true)) {
      EXPECT_EQ(::truncate(path.c_str(), 100), 0);
    }
    return base::Done{};
  };
  const auto read = csv.read({0}, {sink, sink});
  ASSERT_FALSE(read.has_value());
  EXPECT_EQ(read.error().code, "holding.changed");
  EXPECT_EQ(base::exit_status(read.error().cause), 4);
  EXPECT_EQ(read.error().place.file, path);
}

TEST_F(HoldingFaults, PagesThatAreGoneReadAsZerosAndAreReported) {
  const std::string path = write("bytes", std::string(100'000, 'x'));
  const auto file = MappedFile::open(path).value();
  ASSERT_EQ(::truncate(path.c_str(), 10), 0);
  EXPECT_FALSE(file->shrank());
  EXPECT_EQ(file->bytes()[90'000], '\0');
  EXPECT_TRUE(file->shrank());
}

TEST_F(HoldingFaults, AFileThatGrowsWhileItIsReadIsReported) {
  const std::string path = write("records.csv", many_rows(50'000));
  auto csv = ParallelCsv::open(settings(path)).value();
  std::ofstream(path, std::ios::app) << "late,y\n";
  EXPECT_EQ(csv.read({0}, {nothing}).error().code, "holding.changed");
}

TEST_F(HoldingFaults, PackedDataThatEndsTooEarlyOrIsDamagedIsReported) {
  const std::string path = (folder_.path() / "records.csv.gz").string();
  const std::string text = many_rows(50'000);
  gzFile file = gzopen(path.c_str(), "wb");
  gzwrite(file, text.data(), static_cast<unsigned>(text.size()));
  gzclose(file);
  std::string packed = base::read_file(path).value();
  write("records.csv.gz", packed.substr(0, packed.size() / 2));
  auto cut = ParallelCsv::open(settings(path)).value();
  const auto truncated = cut.read({0}, {nothing});
  ASSERT_FALSE(truncated.has_value());
  EXPECT_EQ(truncated.error().code, "holding.truncated");
  EXPECT_EQ(base::exit_status(truncated.error().cause), 4);
  packed[packed.size() / 2] = static_cast<char>(packed[packed.size() / 2] ^ 0x55);
  write("records.csv.gz", packed);
  auto damaged = ParallelCsv::open(settings(path));
  const bool noticed = !damaged || !damaged->read({0}, {nothing});
  EXPECT_TRUE(noticed);
}

TEST_F(HoldingFaults, APipeIsReadOnceAndAllOfIt) {
  const std::string path = (folder_.path() / "pipe").string();
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  std::thread writer([&] { std::ofstream(path) << many_rows(100'000); });
  auto csv = ParallelCsv::open(settings(path)).value();
  EXPECT_EQ(csv.read({0, 1}, {nothing, nothing}).value().rows, 100'000U);
  writer.join();
  EXPECT_EQ(csv.read({0}, {nothing}).error().code, "holding.read_once");
}

TEST_F(HoldingFaults, TheFaultThatStandsFirstIsNamedWhateverTheThreads) {
  std::string text = many_rows(200'000);
  text += "x,y,z\n" + many_rows(200'000).substr(4) + "\"open,1\n";
  const std::string path = write("records.csv", text);
  for (int run = 0; run < 5; ++run) {
    auto csv = ParallelCsv::open(settings(path), 4096).value();
    const auto read = csv.read({0}, {nothing, nothing, nothing});
    ASSERT_FALSE(read.has_value());
    EXPECT_EQ(read.error().code, "csv.field_count");
    EXPECT_EQ(read.error().place.line, 200'002U);
  }
}

TEST_F(HoldingFaults, AWorkbookWhoseTableIsNotInItsPlaceIsRefused) {
  EXPECT_FALSE(open_workbook(write("x.xlsx", "no archive"), "").has_value());
  EXPECT_EQ(open_workbook((folder_.path() / "none.xlsx").string(), "").error().code, "holding.unreachable");
}

TEST_F(HoldingFaults, LocationsAreReadAsOfficersWriteThem) {
  EXPECT_EQ(locate_holding("a.sqlite#t").value().form, HoldingForm::sqlite);
  EXPECT_EQ(locate_holding("postgresql://host/base#s.t").value().table, "s.t");
  EXPECT_EQ(locate_holding("postgresql:#t").value().location, "");
  EXPECT_EQ(locate_holding("odd#name.csv").value().location, "odd#name.csv");
  EXPECT_EQ(locate_holding("book.xlsx").value().form, HoldingForm::workbook);
  EXPECT_EQ(locate_holding("clickhouse://h/b").error().code, "holding.no_table");
}

}  // namespace
}  // namespace candour::holdings
