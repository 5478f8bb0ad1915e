#include <candour/holdings/byte_stream.hpp>

#include <candour/holdings/file_state.hpp>

#include <fcntl.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <optional>
#include <system_error>
#include <vector>

namespace candour::holdings {
namespace {

base::Error unreadable(const std::string& path, std::string_view code, std::string sentence) {
  return {base::Cause::holding_unreachable, std::string(code), {path, 0, 0}, std::move(sentence), "read the file again from its source"};
}

/// A file descriptor, with a few bytes in hand to look at what it is.
class PlainStream final : public ByteStream {
 public:
  PlainStream(std::string path, int descriptor, std::optional<FileState> state) : path_(std::move(path)), descriptor_(descriptor), state_(std::move(state)) {}
  ~PlainStream() override {
    if (descriptor_ != STDIN_FILENO) ::close(descriptor_);
  }
  PlainStream(const PlainStream&) = delete;
  PlainStream& operator=(const PlainStream&) = delete;

  base::Result<std::size_t> read(char* into, std::size_t size) override {
    std::size_t got = std::min(size, in_hand_.size());
    std::memcpy(into, in_hand_.data(), got);
    in_hand_.erase(0, got);
    while (got < size) {
      const ssize_t more = ::read(descriptor_, into + got, size - got);
      if (more == 0) break;
      if (more < 0 && errno == EINTR) continue;
      if (more < 0) return base::fail(unreadable(path_, "holding.unreachable", "reading failed: " + std::generic_category().message(errno)));
      got += static_cast<std::size_t>(more);
    }
    return got;
  }
  base::Result<base::Done> still_same() override { return state_ ? state_->still_same() : base::Result<base::Done>(base::Done{}); }

  base::Result<bool> starts_as_gzip() {
    std::string start(2, '\0');
    CANDOUR_TRY(got, read(start.data(), start.size()));
    in_hand_ = start.substr(0, got);
    return in_hand_ == "\x1F\x8B";
  }

 private:
  std::string path_;
  int descriptor_;
  std::optional<FileState> state_;
  std::string in_hand_;
};

class GzipStream final : public ByteStream {
 public:
  GzipStream(std::string path, std::unique_ptr<ByteStream> packed) : path_(std::move(path)), packed_(std::move(packed)), input_(std::size_t{1} << 17U) {
    inflateInit2(&state_, 16 + MAX_WBITS);
  }
  ~GzipStream() override { inflateEnd(&state_); }
  GzipStream(const GzipStream&) = delete;
  GzipStream& operator=(const GzipStream&) = delete;

  base::Result<std::size_t> read(char* into, std::size_t size) override {
    state_.next_out = reinterpret_cast<Bytef*>(into);
    state_.avail_out = static_cast<uInt>(size);
    while (state_.avail_out != 0 && !ended_) {
      if (state_.avail_in == 0) CANDOUR_TRY_DONE(refill());
      if (ended_) break;
      const int outcome = inflate(&state_, Z_NO_FLUSH);
      if (outcome == Z_STREAM_END) {  // another member may follow
        inflateReset(&state_);
        between_members_ = true;
      } else if (outcome == Z_OK || outcome == Z_BUF_ERROR) {
        between_members_ = false;
      } else {
        return base::fail(unreadable(path_, "holding.damaged", "the packed data is damaged"));
      }
    }
    return size - state_.avail_out;
  }
  base::Result<base::Done> still_same() override { return packed_->still_same(); }

 private:
  base::Result<base::Done> refill() {
    CANDOUR_TRY(got, packed_->read(input_.data(), input_.size()));
    state_.next_in = reinterpret_cast<Bytef*>(input_.data());
    state_.avail_in = static_cast<uInt>(got);
    if (got != 0) return base::Done{};
    ended_ = true;
    if (!between_members_) return base::fail(unreadable(path_, "holding.truncated", "the packed data ends too early"));
    return base::Done{};
  }

  std::string path_;
  std::unique_ptr<ByteStream> packed_;
  std::vector<char> input_;
  z_stream state_{};
  bool ended_ = false;
  bool between_members_ = false;
};

}  // namespace

base::Result<std::unique_ptr<ByteStream>> open_byte_stream(const std::string& path) {
  std::optional<FileState> state;
  int descriptor = STDIN_FILENO;
  if (path != "-") {
    CANDOUR_TRY(found, FileState::of(path));
    state = found;
    descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return base::fail(unreadable(path, "holding.unreachable", "the file cannot be read: " + std::generic_category().message(errno)));
  }
  auto plain = std::make_unique<PlainStream>(path, descriptor, std::move(state));
  CANDOUR_TRY(packed, plain->starts_as_gzip());
  if (packed) return std::unique_ptr<ByteStream>(std::make_unique<GzipStream>(path, std::move(plain)));
  return std::unique_ptr<ByteStream>(std::move(plain));
}

}  // namespace candour::holdings
