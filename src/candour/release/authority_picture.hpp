#pragma once
// The authority's crest and signature: read from its files, checked, and known by their bytes.

#include <candour/base/digest.hpp>
#include <candour/base/result.hpp>
#include <candour/request/case.hpp>

#include <optional>
#include <string>
#include <vector>

namespace candour::release {

struct LetterPicture {
  std::string bytes;  ///< a JPEG that holds nothing but a picture
  int width = 0;      ///< pixels
  int height = 0;
  std::string text;  ///< for who cannot see it; empty: decoration
};

struct AuthorityPictures {
  std::optional<LetterPicture> crest;
  std::optional<LetterPicture> signature;
};

/// Reads the pictures that the authority's file of wording names; none where it names none. Errors: wrong_input "picture.unreadable"; those of
/// formats::read_plain_jpeg, with the file.
[[nodiscard]] base::Result<AuthorityPictures> authority_pictures(const request::Case& the_case);

/// The digests by which an inspection knows them.
[[nodiscard]] std::vector<base::Digest> digests_of(const AuthorityPictures& pictures);

}  // namespace candour::release
