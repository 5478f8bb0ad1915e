#pragma once
// The same chained log as a file of a case folder, for units without a database: one JSON object a line, the last line marks the end.
//
//   {"sequence":1,"at":"2026-03-02T09:30:05Z","subject":"FOI-2026-0001","kind":"received","body":{...},"digest":"..."}
//   {"entries":1,"digest":"..."}

#include <candour/casework/store/chain.hpp>

#include <filesystem>

namespace candour::casework::store {

class LogFile {
 public:
  explicit LogFile(std::filesystem::path file) : file_(std::move(file)) {}

  /// Adds one entry. The file is written aside, made durable and renamed: a kill leaves it as it was or with the entry. Others who append meanwhile wait.
  /// Gives an error and adds nothing where the file is not as it was written: refused "log.damaged"; else could_not_finish "file.unwritable".
  [[nodiscard]] base::Result<Entry> append(NewEntry entry) const;
  /// Several entries together: all of them, or none.
  [[nodiscard]] base::Result<std::vector<Entry>> append_all(std::vector<NewEntry> entries) const;
  /// Gives the entries in order; none where there is no file. Refused "log.damaged", naming the line.
  [[nodiscard]] base::Result<std::vector<Entry>> read() const;
  /// Goes through the file; every byte counts. An entry's sequence is its line.
  [[nodiscard]] base::Result<ChainVerdict> verify(const std::optional<Head>& noted = {}) const;
  [[nodiscard]] const std::filesystem::path& file() const { return file_; }

 private:
  std::filesystem::path file_;
};

}  // namespace candour::casework::store
