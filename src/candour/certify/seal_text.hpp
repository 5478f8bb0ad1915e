#pragma once
// Seals and published tables as text, for the way from the data unit to the disclosure officer. Nothing private has a form here.

#include <candour/base/digest.hpp>
#include <candour/base/result.hpp>
#include <candour/table/draft.hpp>
#include <candour/table/seal.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace candour::certify {

/// Equal seals give equal bytes.
[[nodiscard]] std::string seal_text(const table::Seal& seal);
/// Reads it back. Whoever calls this has checked the data unit's signature over the text: a seal is only as good as the gate that made it.
/// Errors: refused "certify.seal" if it is not the seal of these published tables, or of this policy, or cannot be read.
[[nodiscard]] base::Result<table::Seal> seal_from(std::string_view text, const std::vector<table::PublishedPopulation>& published,
                                                  const base::Digest& policy_digest);

/// Only what is published, without evidence, asked designs or digests: what may leave the unit that holds the records.
[[nodiscard]] std::string published_text(const std::vector<table::PublishedPopulation>& published);
/// Reads it back. Error refused "certify.published" if the text holds anything else.
[[nodiscard]] base::Result<std::vector<table::PublishedPopulation>> published_from(std::string_view text);

}  // namespace candour::certify
