#pragma once
// The bytes that a draft is digested as: one text form, the same on every machine, read by people too.

#include <candour/table/draft.hpp>

#include <candour/base/digest.hpp>

#include <string>

namespace candour::table {

/// Gives the canonical text of everything public in a draft (populations, designs, cells, statements with their claims), without the evidence.
[[nodiscard]] std::string canonical_text(const std::vector<PublishedPopulation>& published);
[[nodiscard]] base::Digest digest_of_draft(const std::vector<PublishedPopulation>& published);

}  // namespace candour::table
