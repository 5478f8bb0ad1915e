#include <candour/casework/store/chain.hpp>

#include <candour/base/text.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace candour::casework::store {
namespace {

/// The body stands last: all before it is of one line, so no two entries are written alike.
base::Digest digest_after(const base::Digest& before, const Entry& entry) {
  return base::digest_of(fmt::format("{}\n{}\n{}\n{}\n{}\n{}", before.to_hex(), entry.sequence, entry.at, entry.subject, entry.kind, entry.body));
}

bool is_one_line(const std::string& text) { return text.find_first_of(std::string_view("\n\r\0", 3)) == std::string::npos && base::is_valid_utf8(text); }

}  // namespace

base::Result<Entry> following(const Head& head, NewEntry entry, std::string at) {
  const auto body = nlohmann::ordered_json::parse(entry.body, nullptr, false);
  if (entry.kind.empty() || !is_one_line(entry.kind) || !is_one_line(entry.subject) || !body.is_object())
    return base::fail({base::Cause::wrong_input, "log.malformed", {}, "an entry needs a kind and a subject of one line each, and a JSON object", {}});
  Entry made{head.sequence + 1, std::move(at), std::move(entry.subject), std::move(entry.kind), body.dump(), {}};
  made.digest = digest_after(head.digest, made);
  return made;
}

void ChainCheck::take(const Entry& entry) {
  if (verdict_.fault) return;
  const std::int64_t expected = verdict_.entries + 1;
  if (entry.sequence != expected) return note_fault(fmt::format("entry {} stands where entry {} was written", entry.sequence, expected));
  if (entry.digest != digest_after(verdict_.head.digest, entry))
    return note_fault(fmt::format("entry {} is not what was written there, or the digest before it is not", expected));
  verdict_.entries = expected;
  verdict_.head = {expected, entry.digest};
  digests_.push_back(entry.digest);
}

void ChainCheck::note_fault(std::string what) {
  if (!verdict_.fault) verdict_.fault = ChainFault{verdict_.entries + 1, std::move(what)};
}

void ChainCheck::end(const std::optional<Head>& own_end, const std::optional<Head>& noted) {
  if (verdict_.fault) return;
  if (own_end && *own_end != verdict_.head) return note_fault(fmt::format("{} entries were written, {} are there", own_end->sequence, verdict_.entries));
  if (!noted || noted->sequence == 0) return;
  if (noted->sequence > verdict_.entries) return note_fault(fmt::format("there was an entry {} when the head was noted", noted->sequence));
  if (digests_[static_cast<std::size_t>(noted->sequence - 1)] != noted->digest)
    verdict_.fault = ChainFault{noted->sequence, fmt::format("up to entry {} the log is another one than when its head was noted", noted->sequence)};
}

std::optional<base::Digest> digest_from_hex(const std::string& hex) {
  base::Digest digest;
  if (hex.size() != 2 * digest.bytes.size() || hex.find_first_not_of("0123456789abcdef") != std::string::npos) return std::nullopt;
  for (std::size_t i = 0; i < digest.bytes.size(); ++i) digest.bytes[i] = static_cast<unsigned char>(std::stoi(hex.substr(2 * i, 2), nullptr, 16));
  return digest;
}

}  // namespace candour::casework::store
