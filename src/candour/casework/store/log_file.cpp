#include <candour/casework/store/log_file.hpp>

#include <candour/base/moment.hpp>
#include <candour/base/files.hpp>
#include <candour/casework/store/chained_log.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace candour::casework::store {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

/// The right to write, held until it goes. The folder itself is what is locked, so no file is left behind; a killed holder's lock goes with it.
class Turn {
 public:
  static base::Result<Turn> of(const fs::path& file) {
    const fs::path folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
    const int handle = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int locked = handle < 0 ? -1 : ::flock(handle, LOCK_EX);
    while (handle >= 0 && locked != 0 && errno == EINTR) locked = ::flock(handle, LOCK_EX);
    if (locked == 0) return Turn(handle);
    const int number = errno;
    if (handle >= 0) ::close(handle);
    return base::fail(
        {base::Cause::could_not_finish, "file.unwritable", {file.string()}, fmt::format("its folder cannot be locked: {}", std::strerror(number)), {}});
  }
  Turn(Turn&& other) noexcept : handle_(std::exchange(other.handle_, -1)) {}
  Turn& operator=(Turn&&) = delete;
  ~Turn() {
    if (handle_ >= 0) ::close(handle_);
  }

 private:
  explicit Turn(int handle) : handle_(handle) {}
  int handle_;
};

std::string line_of(const Entry& entry) {
  Json line;
  line["sequence"] = entry.sequence;
  line["at"] = entry.at;
  line["subject"] = entry.subject;
  line["kind"] = entry.kind;
  line["body"] = Json::parse(entry.body);
  line["digest"] = entry.digest.to_hex();
  return line.dump() + "\n";
}

std::string end_line(const Head& head) { return fmt::format("{{\"entries\":{},\"digest\":\"{}\"}}\n", head.sequence, head.digest.to_hex()); }

/// An entry, if the line is one, written exactly as we write it.
std::optional<Entry> entry_in(const std::string& bytes) {
  const Json line = Json::parse(bytes, nullptr, false);
  if (!line.is_object() || line.size() != 6) return std::nullopt;
  const auto text = [&](const char* name) { return line.contains(name) && line[name].is_string() ? line[name].get<std::string>() : std::string(); };
  const auto digest = digest_from_hex(text("digest"));
  if (!digest || !line.contains("sequence") || !line["sequence"].is_number_integer() || !line.contains("body") || !line["body"].is_object())
    return std::nullopt;
  Entry entry{line["sequence"].get<std::int64_t>(), text("at"), text("subject"), text("kind"), line["body"].dump(), *digest};
  if (line_of(entry) != bytes) return std::nullopt;
  return entry;
}

struct Contents {
  std::vector<Entry> entries;  ///< the sound ones
  ChainVerdict verdict;
};

base::Result<Contents> contents_of(const fs::path& file, const std::optional<Head>& noted) {
  Contents contents;
  ChainCheck check;
  std::error_code status;
  std::optional<Head> own_end = Head{};
  if (fs::exists(file, status)) {
    CANDOUR_TRY(bytes, base::read_file(file));
    own_end.reset();
    for (std::size_t start = 0; start < bytes.size() && !check.verdict().fault;) {
      const std::size_t end = std::min(bytes.find('\n', start), bytes.size() - 1) + 1;
      const std::string line = bytes.substr(start, end - start);
      start = end;
      if (start == bytes.size() && line == end_line(check.verdict().head)) {
        own_end = check.verdict().head;
      } else if (auto entry = entry_in(line)) {
        check.take(*entry);
        contents.entries.push_back(*std::move(entry));
      } else {
        check.note_fault("the line is not what was written there");
      }
    }
    if (!own_end) check.note_fault("the file's end is not marked");
  }
  check.end(own_end, noted);
  contents.verdict = check.verdict();
  return contents;
}

base::Error damaged_file(const fs::path& file, const ChainFault& fault) {
  base::Error error = damaged_log(file.string(), fault);
  error.place.line = static_cast<std::uint64_t>(fault.sequence);
  return error;
}

}  // namespace

base::Result<Entry> LogFile::append(NewEntry entry) const {
  std::vector<NewEntry> one;
  one.push_back(std::move(entry));
  CANDOUR_TRY(made, append_all(std::move(one)));
  return std::move(made.front());
}

base::Result<std::vector<Entry>> LogFile::append_all(std::vector<NewEntry> entries) const {
  CANDOUR_TRY(turn, Turn::of(file_));
  CANDOUR_TRY(before, contents_of(file_, {}));
  if (before.verdict.fault) return base::fail(damaged_file(file_, *before.verdict.fault));
  std::string bytes;
  for (const Entry& entry : before.entries) bytes += line_of(entry);
  Head head = before.verdict.head;
  std::vector<Entry> added;
  for (NewEntry& entry : entries) {
    CANDOUR_TRY(made, following(head, std::move(entry), base::now_in_utc()));
    bytes += line_of(made);
    head = {made.sequence, made.digest};
    added.push_back(std::move(made));
  }
  CANDOUR_TRY_DONE(base::write_file_whole(file_, bytes + end_line(head), base::FileAccess::owner_only));
  return added;
}

base::Result<std::vector<Entry>> LogFile::read() const {
  CANDOUR_TRY(contents, contents_of(file_, {}));
  if (contents.verdict.fault) return base::fail(damaged_file(file_, *contents.verdict.fault));
  return std::move(contents.entries);
}

base::Result<ChainVerdict> LogFile::verify(const std::optional<Head>& noted) const {
  CANDOUR_TRY(contents, contents_of(file_, noted));
  return contents.verdict;
}

}  // namespace candour::casework::store
