#pragma once
// A release as the register writes it down: JSON, the same bytes for the same release.

#include <candour/base/digest.hpp>
#include <candour/base/result.hpp>
#include <candour/table/releases.hpp>

#include <string>
#include <string_view>

namespace candour::casework {

[[nodiscard]] std::string to_text(const table::Release& release);
/// Error refused "register.malformed" where the text is no release.
[[nodiscard]] base::Result<table::Release> release_from(std::string_view text);
/// Names what a release says about which records: two registers, or a register and a review, that hold the same figures under other names and days agree in it.
[[nodiscard]] base::Digest digest_of_figures(table::Release release);

}  // namespace candour::casework
