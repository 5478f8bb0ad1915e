#pragma once
// Entries that only follow one another: each carries a digest over itself and the digest before it, so that a changed byte shows, and where.
//
// What the chain shows: any entry changed, taken out, put in or moved, unless every later entry was written anew as well. Whoever can rewrite all of it can
// make a new chain; a Head that was noted elsewhere (printed, mailed, in a certificate) shows that too.

#include <candour/base/digest.hpp>
#include <candour/base/result.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace candour::casework::store {

/// What a caller writes down.
struct NewEntry {
  std::string subject;  ///< what it is about, such as a case's reference; one line, may be empty
  std::string kind;     ///< what happened, such as "approved"; one line, not empty
  std::string body;     ///< a JSON object
};

/// What stands in a log.
struct Entry {
  std::int64_t sequence = 0;  ///< 1, 2, 3, ... without a gap
  std::string at;             ///< UTC, "2024-03-01T09:30:05Z"
  std::string subject;
  std::string kind;
  std::string body;  ///< JSON, exactly these bytes
  base::Digest digest;
};

/// The last entry of a log; nothing was written yet where `sequence` is 0.
struct Head {
  std::int64_t sequence = 0;
  base::Digest digest;
  bool operator==(const Head&) const = default;
};

/// The first entry that is not as it was written.
struct ChainFault {
  std::int64_t sequence = 0;  ///< the place in the chain; with a file also its line
  std::string what;           ///< a sentence
};

/// What verify found.
struct ChainVerdict {
  std::int64_t entries = 0;  ///< sound ones, from the first
  Head head;                 ///< the last sound one
  std::optional<ChainFault> fault;
};

/// Makes the entry that follows `head`. Its body is written in one form: no blanks, keys in the order given.
/// Errors: wrong_input "log.malformed" for a kind or subject of several lines, or a body that is no JSON object.
[[nodiscard]] base::Result<Entry> following(const Head& head, NewEntry entry, std::string at);

/// Follows a chain entry by entry.
class ChainCheck {
 public:
  /// Takes the next entry. After a fault nothing more is looked at.
  void take(const Entry& entry);
  /// Notes a fault that the reader of the entries saw, at the place after the last sound one.
  void note_fault(std::string what);
  /// Compares with what the log says of its own end, and with a head that was noted elsewhere.
  void end(const std::optional<Head>& own_end, const std::optional<Head>& noted);
  [[nodiscard]] const ChainVerdict& verdict() const { return verdict_; }

 private:
  ChainVerdict verdict_;
  std::vector<base::Digest> digests_;
};

/// 64 hexadecimal digits in small letters; nothing for any other text.
[[nodiscard]] std::optional<base::Digest> digest_from_hex(const std::string& hex);

}  // namespace candour::casework::store
