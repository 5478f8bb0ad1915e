#pragma once
// Files that go from one desk to the other: a zip archive with a signed list of its members. One changed byte, anywhere, and it does not open.

#include <candour/base/digest.hpp>
#include <candour/base/files.hpp>
#include <candour/base/result.hpp>
#include <candour/casework/keyring.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace candour::casework {

/// What a package is; part of what is signed, so that one kind is never taken for another.
enum class PackageKind { order, handover };
[[nodiscard]] std::string_view word_of(PackageKind kind);
/// Whose signature a package of this kind needs.
[[nodiscard]] KeyUse signer_of(PackageKind kind);

/// Gives the archive: manifest.json (kind, day, members with digests), signature.json, then the members, stored. Same members, key and day: same bytes.
[[nodiscard]] base::Result<std::string> write_package(PackageKind kind, const std::vector<base::FileToWrite>& members, const base::SigningKey& key,
                                                      base::Date on);

struct OpenedPackage {
  std::vector<base::FileToWrite> members;
  base::Digest digest;  ///< of the whole archive: what names it
  std::string signer;   ///< name of the key in the keyring
  base::Date on = {};   ///< as signed

  /// The bytes of a member. Error refused "package.incomplete".
  [[nodiscard]] base::Result<std::string> member(std::string_view path) const;
};

/// Opens a package whose signer the keyring trusts for it. `name` stands in the errors.
///
/// Errors: wrong_input "package.not_one" if it is no package of this kind; refused "package.unknown_key", "package.signature", and "package.changed" if a byte
/// is not as it was signed: a member, the list, or anything of the archive itself.
[[nodiscard]] base::Result<OpenedPackage> open_package(PackageKind kind, std::string_view bytes, const Keyring& keyring, const std::string& name);

}  // namespace candour::casework
