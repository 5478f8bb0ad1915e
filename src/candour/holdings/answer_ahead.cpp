#include <candour/holdings/answer_ahead.hpp>

#include <condition_variable>
#include <deque>
#include <future>
#include <mutex>
#include <string>
#include <utility>

namespace candour::holdings {
namespace {

constexpr std::size_t block_bytes = std::size_t{1} << 18U;
constexpr std::size_t most_blocks = 16;

/// Blocks of bytes between two threads; closed by either of them.
class BlockQueue {
 public:
  /// Waits for room. False if nobody wants more.
  [[nodiscard]] bool push(std::string block) {
    std::unique_lock lock(guard_);
    room_.wait(lock, [this] { return blocks_.size() < most_blocks || closed_; });
    if (closed_) return false;
    blocks_.push_back(std::move(block));
    filled_.notify_one();
    return true;
  }
  /// Waits for a block; empty at the end.
  [[nodiscard]] std::string pop() {
    std::unique_lock lock(guard_);
    filled_.wait(lock, [this] { return !blocks_.empty() || closed_; });
    if (blocks_.empty()) return {};
    std::string block = std::move(blocks_.front());
    blocks_.pop_front();
    room_.notify_one();
    return block;
  }
  void close() {
    const std::lock_guard lock(guard_);
    closed_ = true;
    filled_.notify_one();
    room_.notify_one();
  }

 private:
  std::mutex guard_;
  std::condition_variable room_, filled_;
  std::deque<std::string> blocks_;
  bool closed_ = false;
};

struct CloseAtEnd {
  BlockQueue& queue;
  ~CloseAtEnd() { queue.close(); }
};

/// The reader's side: fills blocks and notes how long it had to wait for room.
base::Result<base::Done> fill(const AnswerReader& read, BlockQueue& queue, std::chrono::nanoseconds& waited) {
  using Clock = std::chrono::steady_clock;
  const CloseAtEnd closing{queue};
  std::chrono::nanoseconds held_up{0};
  std::string block;
  const auto hand_over = [&] {
    const auto started = Clock::now();
    const bool wanted = queue.push(std::exchange(block, std::string()));
    block.reserve(block_bytes);
    held_up += Clock::now() - started;
    return wanted;
  };
  const auto started = Clock::now();
  auto outcome = read([&](std::string_view bytes) {
    block += bytes;
    return block.size() < block_bytes || hand_over();
  });
  const auto reading = Clock::now() - started - held_up;
  if (outcome && !block.empty()) static_cast<void>(hand_over());
  waited += reading;
  return outcome;
}

}  // namespace

base::Result<base::Done> read_ahead(const AnswerReader& read, const AnswerTaker& take, std::chrono::nanoseconds& waited) {
  BlockQueue queue;
  auto reader = std::async(std::launch::async, [&] { return fill(read, queue, waited); });
  base::Result<base::Done> taken = base::Done{};
  {
    const CloseAtEnd closing{queue};  // also if the taker throws: the reader must not wait for it
    while (taken) {
      const std::string block = queue.pop();
      if (block.empty()) break;
      taken = take(block);
    }
  }
  auto outcome = reader.get();
  return taken ? outcome : taken;
}

}  // namespace candour::holdings
