#pragma once
// The last look at files before they are written where others can read them.

#include <candour/base/digest.hpp>
#include <candour/base/files.hpp>
#include <candour/base/result.hpp>

#include <span>
#include <string_view>
#include <vector>

namespace candour::answer {

/// Takes the files that are about to be written to `folder` ("reply", "public", the log). Every one is inspected as candour inspect --ours does it: it must be
/// of the kind that its name says, hold nothing that a reader of the page does not see, and nothing that our own writers do not produce. A picture passes only
/// if its bytes are one of `pictures`: the authority's crest and signature.
///
/// Errors: refused "answer.hides_something" naming the file, what was found and where, without a sample. Cost: one reading of each file.
[[nodiscard]] base::Result<base::Done> look_before_writing(std::string_view folder, std::span<const base::FileToWrite> files,
                                                           const std::vector<base::Digest>& pictures = {});

}  // namespace candour::answer
