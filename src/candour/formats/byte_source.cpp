#include <candour/formats/byte_source.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

namespace candour::formats {

using base::Cause;
using base::Done;
using base::Error;
using base::fail;
using base::Result;

struct ByteSource::State {
  std::optional<std::filesystem::path> path;
  std::string bytes;
  int descriptor = -1;
  std::uint64_t size = 0;

  State() = default;
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    if (descriptor >= 0) ::close(descriptor);
  }
};

Result<ByteSource> ByteSource::of_file(const std::filesystem::path& file) {
  auto state = std::make_shared<State>();
  state->path = file;
  const Error unreadable{
      Cause::could_not_finish, "file.unreadable", {file.string()}, "the file cannot be opened for reading", "check the path and its permissions"};
  // Not blocking, so that a pipe without a writer is refused instead of waited for.
  state->descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  struct stat facts {};
  if (state->descriptor < 0 || ::fstat(state->descriptor, &facts) != 0 || !S_ISREG(facts.st_mode)) return fail(unreadable);
  state->size = static_cast<std::uint64_t>(facts.st_size);
  return ByteSource(std::move(state));
}

ByteSource ByteSource::of_bytes(std::string bytes) {
  auto state = std::make_shared<State>();
  state->bytes = std::move(bytes);
  state->size = state->bytes.size();
  return ByteSource(std::move(state));
}

std::uint64_t ByteSource::size() const { return state_->size; }
const std::optional<std::filesystem::path>& ByteSource::path() const { return state_->path; }
std::string_view ByteSource::bytes_in_memory() const { return state_->bytes; }

Result<std::string> ByteSource::read(ByteRange range) const {
  const Error cut_short{
      Cause::could_not_finish, "file.cut_short", {state_->path ? state_->path->string() : ""}, "the file ends before a part that it announces", {}};
  if (range.begin > range.end || range.end > state_->size) return fail(cut_short);
  if (!state_->path) return state_->bytes.substr(static_cast<std::size_t>(range.begin), static_cast<std::size_t>(range.size()));
  std::string out(static_cast<std::size_t>(range.size()), '\0');
  std::size_t done = 0;
  while (done < out.size()) {
    const ssize_t got = ::pread(state_->descriptor, out.data() + done, out.size() - done, static_cast<off_t>(range.begin + done));
    if (got <= 0) return fail(cut_short);
    done += static_cast<std::size_t>(got);
  }
  return out;
}

Result<Done> ByteSource::stream(const ChunkSink& sink) const {
  constexpr std::uint64_t piece = 256 * 1024;
  for (std::uint64_t at = 0; at < size(); at += piece) {
    CANDOUR_TRY(chunk, read({at, std::min(at + piece, size())}));
    CANDOUR_TRY_DONE(sink(chunk));
  }
  return Done{};
}

}  // namespace candour::formats
