#pragma once
// What an approved answer published, as releases: for the register, and for a review.

#include <candour/base/result.hpp>
#include <candour/table/releases.hpp>

#include <filesystem>
#include <vector>

namespace candour::cli {

/// Reads what an answer published from its certificate, or, where the certificate stayed with the data unit, from what the handover brought; either is held
/// against the public files. `case_file` is the case's folder or its case.toml, `folder` the answer's. One release a population with figures.
///
/// Errors: refused "register.draft" while two people have not approved it, "register.differs" where the public files say something else, "certify.seal" where
/// what the handover brought was changed; wrong_input "register.no_proof" where neither certificate nor handover is left.
[[nodiscard]] base::ResultOrErrors<std::vector<table::Release>> releases_of_answer(const std::filesystem::path& case_file, const std::filesystem::path& folder);

}  // namespace candour::cli
