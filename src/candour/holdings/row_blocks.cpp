#include <candour/holdings/row_blocks.hpp>

#include <candour/holdings/byte_stream.hpp>
#include <candour/holdings/csv_kernel.hpp>
#include <candour/holdings/file_state.hpp>
#include <candour/holdings/mapped_file.hpp>

#include <algorithm>
#include <cstring>

namespace candour::holdings {
namespace {

constexpr std::size_t readable_beyond = 64;
constexpr std::size_t longest_row_of_a_stream = std::size_t{1} << 28U;
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// Gives the place after the last line end that stands outside quotes, where `bytes` starts outside quotes; 0 if there is none.
std::size_t end_of_last_row(std::string_view bytes, std::size_t quotes) {
  bool inside = quotes % 2 != 0;  // at the end of the bytes
  for (std::size_t at = bytes.size(); at-- > 0;) {
    if (bytes[at] == '"') inside = !inside;
    else if (bytes[at] == '\n' && !inside) return at + 1;
  }
  return 0;
}

class MappedBlocks final : public RowBlocks {
 public:
  MappedBlocks(std::unique_ptr<MappedFile> file, FileState state, std::size_t block_bytes)
      : file_(std::move(file)), state_(std::move(state)), block_bytes_(block_bytes) {
    if (file_->bytes().starts_with(byte_order_mark)) at_ = byte_order_mark.size();
  }

  base::Result<std::optional<RowBlock>> next() override {
    const std::lock_guard lock(guard_);
    const std::string_view all = file_->bytes();
    if (at_ >= all.size()) return std::nullopt;
    std::size_t size = 0, end = 0, quotes = 0;
    std::uint64_t lines = 0;
    while (end == 0) {  // a row longer than a block makes the block grow
      const std::size_t more = std::min(std::max(block_bytes_, size), all.size() - at_ - size);
      if (more == 0) {
        end = size;
        break;
      }
      const ByteCounts counts = csv_kernel().count(padded(all, at_ + size, more), more);
      quotes += counts.quotes;
      lines += counts.line_ends;
      size += more;
      end = at_ + size == all.size() ? size : end_of_last_row(all.substr(at_, size), quotes);
    }
    const std::string_view bytes = all.substr(at_, end);
    lines -= csv_kernel().count(padded(all, at_ + end, size - end), size - end).line_ends;
    RowBlock block{bytes, number_++, line_, nullptr, at_};
    line_ += lines;
    at_ += end;
    if (at_ + readable_beyond > all.size()) {  // the bytes after the end of the file may not be readable
      block.buffer = std::make_shared<std::string>(bytes);
      block.buffer->resize(bytes.size() + readable_beyond);
      block.bytes = std::string_view(*block.buffer).substr(0, bytes.size());
    }
    return block;
  }

  void done_with(const RowBlock& block) override { file_->release(block.offset, block.offset + block.bytes.size()); }

  base::Result<base::Done> still_same() override {
    CANDOUR_TRY_DONE(state_.still_same());
    if (file_->shrank())
      return base::fail(
          {base::Cause::holding_unreachable, "holding.changed", {}, "the file shrank while it was read", "run again on a copy that nobody writes to"});
    return base::Done{};
  }

 private:
  /// Bytes that the kernel may read beyond: the last ones of the file are copied.
  const char* padded(std::string_view all, std::size_t first, std::size_t size) {
    if (first + size + readable_beyond <= all.size()) return all.data() + first;
    tail_.assign(all.substr(first, size));
    tail_.resize(size + readable_beyond);
    return tail_.data();
  }

  std::mutex guard_;
  std::unique_ptr<MappedFile> file_;
  FileState state_;
  std::size_t block_bytes_;
  std::string tail_;
  std::size_t at_ = 0;
  std::uint64_t number_ = 0;
  std::uint64_t line_ = 1;
};

class StreamBlocks final : public RowBlocks {
 public:
  StreamBlocks(std::string path, std::unique_ptr<ByteStream> stream, std::size_t block_bytes)
      : path_(std::move(path)), stream_(std::move(stream)), block_bytes_(block_bytes) {}

  base::Result<std::optional<RowBlock>> next() override {
    const std::lock_guard lock(guard_);
    auto buffer = std::make_shared<std::string>(std::move(rest_));
    rest_.clear();
    std::size_t end = 0;
    while (end == 0 && !ended_) {
      CANDOUR_TRY_DONE(fill(*buffer));
      if (ended_) break;
      if (buffer->size() > longest_row_of_a_stream)
        return base::fail({base::Cause::could_not_finish,
                           "csv.row_too_long",
                           {path_, line_, 0},
                           "a row is longer than 256 MiB",
                           "a quote that is never closed can be the cause"});
      const std::size_t quotes = counts_of(*buffer, buffer->size()).quotes;  // moves the bytes, so it comes first
      end = end_of_last_row(*buffer, quotes);
    }
    if (ended_) end = buffer->size();
    if (end == 0) return std::nullopt;
    rest_.assign(*buffer, end, std::string::npos);
    const std::size_t lines = counts_of(*buffer, end).line_ends;
    buffer->resize(end + readable_beyond);
    RowBlock block{std::string_view(*buffer).substr(0, end), number_++, line_, buffer, 0};
    line_ += lines;
    return block;
  }

  void done_with(const RowBlock&) override {}
  base::Result<base::Done> still_same() override { return stream_->still_same(); }

 private:
  base::Result<base::Done> fill(std::string& buffer) {
    const std::size_t before = buffer.size();
    const std::size_t wanted = std::max(block_bytes_, before);  // a row longer than a block makes the block grow
    buffer.resize(before + wanted);
    CANDOUR_TRY(got, stream_->read(buffer.data() + before, wanted));
    buffer.resize(before + got);
    ended_ = got == 0;
    if (std::exchange(first_, false) && buffer.starts_with(byte_order_mark)) buffer.erase(0, byte_order_mark.size());
    return base::Done{};
  }

  static ByteCounts counts_of(std::string& buffer, std::size_t size) {
    const std::size_t whole = buffer.size();
    buffer.resize(whole + readable_beyond);
    const ByteCounts counts = csv_kernel().count(buffer.data(), size);
    buffer.resize(whole);
    return counts;
  }

  std::mutex guard_;
  std::string path_;
  std::unique_ptr<ByteStream> stream_;
  std::size_t block_bytes_;
  std::string rest_;
  bool ended_ = false, first_ = true;
  std::uint64_t number_ = 0;
  std::uint64_t line_ = 1;
};

}  // namespace

base::Result<std::unique_ptr<RowBlocks>> open_row_blocks(const std::string& path, std::size_t block_bytes) {
  if (path != "-") {
    CANDOUR_TRY(state, FileState::of(path));
    if (state.is_regular()) {
      CANDOUR_TRY(file, MappedFile::open(path));
      if (!file->bytes().starts_with("\x1F\x8B"))
        return std::unique_ptr<RowBlocks>(std::make_unique<MappedBlocks>(std::move(file), std::move(state), block_bytes));
    }
  }
  CANDOUR_TRY(stream, open_byte_stream(path));
  return std::unique_ptr<RowBlocks>(std::make_unique<StreamBlocks>(path, std::move(stream), block_bytes));
}

}  // namespace candour::holdings
