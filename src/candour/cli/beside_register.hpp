#pragma once
// An answer held against the register of releases: what its proof names must stand there unchanged, and whatever else was there must be named.

#include <candour/casework/register/release_register.hpp>
#include <candour/certify/certificate_text.hpp>
#include <candour/cli/command.hpp>
#include <candour/table/releases.hpp>

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace candour::cli {

/// An answer as its proof speaks of it: the certificate, or what a data unit's handover brought.
struct ProvedAnswer {
  std::vector<std::string> populations;  ///< ids of those with figures
  base::Digest draft;
  std::vector<base::Digest> beside;  ///< of each earlier release: of its entry in the register, or of its figures
  std::optional<base::Digest> records = std::nullopt;  ///< of those that it gives one by one
};

/// How it stands to a register.
struct BesideRegister {
  std::size_t named = 0;                ///< earlier releases that the proof names and that stand there unchanged
  std::vector<std::string> gone;        ///< digests that the proof names and that stand nowhere: taken out, or changed
  std::vector<std::string> not_beside;  ///< ids of releases about the same populations that the proof does not name
  bool is_registered = false;           ///< the answer itself stands there; what was registered after it had to stand beside it
  [[nodiscard]] bool holds() const { return gone.empty() && not_beside.empty(); }
};

[[nodiscard]] ProvedAnswer proved_by(const certify::CertificateContent& certificate);

/// The proof in the private folder of an answer. Errors: wrong_input "register.no_proof" where there is none, and those of reading it.
[[nodiscard]] base::ResultOrErrors<ProvedAnswer> proved_answer_in(const std::filesystem::path& output);

/// Takes all entries of the register in their order, and what this very case gave before (reviewed or recalled: it may be named, and is no entry).
[[nodiscard]] BesideRegister held_against(const ProvedAnswer& answer, std::span<const casework::RegisteredRelease> entries,
                                          std::span<const table::Release> given_before);

/// The same with the register at a place and the case's own folder of an answer. Refused "log.damaged" where the register's chain does not hold.
[[nodiscard]] base::ResultOrErrors<BesideRegister> held_against(const ProvedAnswer& answer, const std::string& place, const std::filesystem::path& output);

/// Before an answer goes out: where a register is named (casework::register_of_case), it must hold. Refused "approve.not_beside", with the releases.
[[nodiscard]] base::ResultOrErrors<base::Done> check_beside_register(const std::filesystem::path& case_folder, const std::filesystem::path& output,
                                                                     const std::string& option);

/// Before an answer is published: where a register is named it must hold the answer's figures, so that the next answer knows of them. Refused
/// "log.not_registered".
[[nodiscard]] base::ResultOrErrors<base::Done> check_is_registered(const std::filesystem::path& case_folder, const std::filesystem::path& output,
                                                                   const std::string& option);

}  // namespace candour::cli
