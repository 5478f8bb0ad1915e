#pragma once
// A database's answer, read on a thread of its own while its rows are counted on another.

#include <candour/base/result.hpp>

#include <chrono>
#include <functional>
#include <string_view>

namespace candour::holdings {

/// Hands bytes on; false: nobody wants more, so stop.
using GiveBytes = std::function<bool(std::string_view)>;
/// Asks, and gives the whole answer. Runs on another thread than the taker.
using AnswerReader = std::function<base::Result<base::Done>(const GiveBytes&)>;
/// Takes the bytes in the order in which they were given, in pieces of any size, on the caller's thread.
using AnswerTaker = std::function<base::Result<base::Done>(std::string_view)>;

/// Reads an answer at most a few megabytes ahead of the taker.
///
/// Adds to `waited` how long the reader took, less the time that it was held up by the taker. Errors: the taker's, which stops the reader; else the reader's.
/// An exception of the reader is thrown here.
[[nodiscard]] base::Result<base::Done> read_ahead(const AnswerReader& read, const AnswerTaker& take, std::chrono::nanoseconds& waited);

}  // namespace candour::holdings
