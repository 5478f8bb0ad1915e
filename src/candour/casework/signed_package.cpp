#include <candour/casework/signed_package.hpp>

#include <candour/formats/zip_reader.hpp>
#include <candour/formats/zip_writer.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace candour::casework {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view manifest_name = "manifest.json";
constexpr std::string_view signature_name = "signature.json";
constexpr std::uint64_t most_member_bytes = 1ULL << 30U;

std::string purpose_of(PackageKind kind) { return fmt::format("candour {} 1", word_of(kind)); }

std::string manifest_of(PackageKind kind, const std::vector<base::FileToWrite>& members, base::Date on) {
  Json files = Json::array();
  for (const base::FileToWrite& member : members)
    files.push_back({{"path", member.path.generic_string()}, {"bytes", member.bytes.size()}, {"sha256", base::digest_of(member.bytes).to_hex()}});
  return Json{{"candour_package", 1}, {"kind", word_of(kind)}, {"on", base::to_iso(on)}, {"files", files}}.dump(2) + "\n";
}

std::string signature_text(const base::PublicKey& key, const base::Signature& signature) {
  return Json{{"key", key.fingerprint()}, {"signature", signature.to_hex()}}.dump(2) + "\n";
}

base::Result<std::string> archive_of(const std::string& manifest, const std::string& signature, const std::vector<base::FileToWrite>& members) {
  std::vector<formats::ZipEntryToWrite> entries{{std::string(manifest_name), manifest, formats::Compression::stored},
                                                {std::string(signature_name), signature, formats::Compression::stored}};
  for (const base::FileToWrite& member : members) entries.push_back({member.path.generic_string(), member.bytes, formats::Compression::stored});
  return formats::write_zip(entries);
}

class Opener {
 public:
  Opener(PackageKind kind, std::string_view bytes, const Keyring& keyring, const std::string& name)
      : kind_(kind), bytes_(bytes), keyring_(keyring), name_(name) {}

  base::Result<OpenedPackage> open() {
    CANDOUR_TRY_DONE(read_entries());
    CANDOUR_TRY_DONE(read_manifest());
    CANDOUR_TRY_DONE(check_signature());
    // Written again from what was signed, it must be the same archive: no byte between the members escapes.
    if (manifest_of(kind_, package_.members, package_.on) != manifest_) return base::fail(changed());
    CANDOUR_TRY(again, archive_of(manifest_, signature_, package_.members));
    if (again != bytes_) return base::fail(changed());
    package_.digest = base::digest_of(bytes_);
    return std::move(package_);
  }

 private:
  [[nodiscard]] base::Error not_one() const {
    return {base::Cause::wrong_input,
            "package.not_one",
            {name_},
            fmt::format("this is no {} that candour wrote", word_of(kind_)),
            kind_ == PackageKind::order ? "candour commission writes one" : "candour protect ORDER writes one"};
  }
  [[nodiscard]] base::Error changed() const {
    return {base::Cause::refused, "package.changed", {name_}, fmt::format("the {} was changed after it was signed", word_of(kind_)), "have it sent again"};
  }

  base::Result<base::Done> read_entries() {
    formats::ArchiveLimits limits;
    limits.most_entry_bytes = most_member_bytes;
    const auto archive = formats::ZipReader::open(formats::ByteSource::of_bytes(std::string(bytes_)), limits);
    if (!archive) return base::fail(not_one());
    const auto& entries = archive->survey().entries;
    if (entries.size() < 2 || entries[0].name != manifest_name || entries[1].name != signature_name) return base::fail(not_one());
    for (std::size_t i = 0; i < entries.size(); ++i) {
      auto bytes = archive->read(i, most_member_bytes);
      if (!bytes) return base::fail(changed());
      if (i == 0) manifest_ = *std::move(bytes);
      else if (i == 1) signature_ = *std::move(bytes);
      else package_.members.push_back({entries[i].name, *std::move(bytes)});
    }
    return base::Done{};
  }

  base::Result<base::Done> read_manifest() {
    const Json manifest = Json::parse(manifest_, nullptr, false);
    if (manifest.is_discarded() || !manifest.is_object() || manifest.value("candour_package", 0) != 1 || !manifest.contains("kind") ||
        !manifest["kind"].is_string())
      return base::fail(not_one());
    if (manifest["kind"] != word_of(kind_)) return base::fail(not_one());
    if (!manifest.contains("on") || !manifest["on"].is_string()) return base::fail(not_one());
    const auto on = base::parse_iso_date(manifest["on"].get<std::string>());
    if (!on) return base::fail(not_one());
    package_.on = *on;
    return base::Done{};
  }

  base::Result<base::Done> check_signature() {
    const Json json = Json::parse(signature_, nullptr, false);
    if (json.is_discarded() || !json.is_object() || !json.contains("key") || !json["key"].is_string() || !json.contains("signature") ||
        !json["signature"].is_string())
      return base::fail(changed());
    const std::string fingerprint = json["key"];
    const TrustedKey* trusted = keyring_.find(fingerprint, signer_of(kind_), package_.on);
    if (trusted == nullptr)
      return base::fail(
          {base::Cause::refused,
           "package.unknown_key",
           {name_},
           fmt::format("the {} is signed with a key that {} does not trust for a {}", word_of(kind_), keyring_.file.string(), word_of(signer_of(kind_))),
           "ask the other unit for its public key, compare the fingerprint, then candour keys trust"});
    const auto signature = base::signature_from_hex(json["signature"].get<std::string>());
    if (!signature || !base::is_signed_by(trusted->key, purpose_of(kind_), manifest_, *signature))
      return base::fail({base::Cause::refused,
                         "package.signature",
                         {name_},
                         fmt::format("the signature of the {} is wrong", word_of(kind_)),
                         "it was changed, or somebody else signed it; have it sent again"});
    if (signature_text(trusted->key, *signature) != signature_) return base::fail(changed());
    package_.signer = trusted->name;
    return base::Done{};
  }

  PackageKind kind_;
  std::string_view bytes_;
  const Keyring& keyring_;
  const std::string& name_;
  std::string manifest_, signature_;
  OpenedPackage package_;
};

}  // namespace

std::string_view word_of(PackageKind kind) { return kind == PackageKind::order ? "order" : "handover"; }
KeyUse signer_of(PackageKind kind) { return kind == PackageKind::order ? KeyUse::disclosure_unit : KeyUse::data_unit; }

base::Result<std::string> write_package(PackageKind kind, const std::vector<base::FileToWrite>& members, const base::SigningKey& key, base::Date on) {
  const std::string manifest = manifest_of(kind, members, on);
  return archive_of(manifest, signature_text(key.public_key(), key.sign(purpose_of(kind), manifest)), members);
}

base::Result<std::string> OpenedPackage::member(std::string_view path) const {
  const auto found = std::find_if(members.begin(), members.end(), [&](const base::FileToWrite& each) { return each.path == path; });
  if (found != members.end()) return found->bytes;
  return base::fail({base::Cause::refused, "package.incomplete", {}, fmt::format("the package has no '{}'", path), "have it sent again"});
}

base::Result<OpenedPackage> open_package(PackageKind kind, std::string_view bytes, const Keyring& keyring, const std::string& name) {
  return Opener(kind, bytes, keyring, name).open();
}

}  // namespace candour::casework
