#pragma once
// What an answer withholds, as needles that inspect can search for and nobody can read.

#include <candour/base/result.hpp>
#include <candour/inspect/needles.hpp>

#include <filesystem>
#include <memory>

namespace candour::cli {

/// Takes a certificate; the true cells are read from beside it. Gives a needle for every suppressed cell: addressed by the labels of its categories, and as a
/// distinctive number where it has three digits or more. A value that the answer publishes under the same labels, or anywhere as an exact figure, is no needle.
/// Fails as reading the two files, and refused "certify.certificate", "certify.true_cells".
[[nodiscard]] base::Result<std::shared_ptr<const inspect::Needles>> withheld_needles(const std::filesystem::path& certificate);

}  // namespace candour::cli
