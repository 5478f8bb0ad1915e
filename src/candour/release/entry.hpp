#pragma once
// The entry of the disclosure log, for programs.

#include <candour/base/files.hpp>
#include <candour/release/readable_answer.hpp>

#include <span>
#include <string>

namespace candour::release {

/// Gives entry.json: reference, title, summary, dates, outcome, provisions relied on, periods covered, the seal, and the other public files with their digests.
/// No requester: the order's requester is not read.
[[nodiscard]] std::string entry_json(const ReadableAnswer& answer, std::span<const base::FileToWrite> other_files);

}  // namespace candour::release
