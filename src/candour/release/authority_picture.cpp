#include <candour/release/authority_picture.hpp>

#include <candour/base/files.hpp>
#include <candour/formats/plain_jpeg.hpp>

namespace candour::release {
namespace {

base::Result<std::optional<LetterPicture>> read_picture(const request::AuthorityPicture& named) {
  if (named.file.empty()) return std::optional<LetterPicture>();
  auto bytes = base::read_file(named.file);
  if (!bytes)
    return base::fail({base::Cause::wrong_input,
                       "picture.unreadable",
                       {named.file.string()},
                       "the picture cannot be read, expected the file that the authority's wording names",
                       "the path is seen from the folder of the file of wording"});
  auto size = formats::read_plain_jpeg(*bytes);
  if (!size) {
    base::Error error = std::move(size).error();
    error.place.file = named.file.string();
    return base::fail(std::move(error));
  }
  return std::optional(LetterPicture{std::move(*bytes), size->width, size->height, named.text});
}

}  // namespace

base::Result<AuthorityPictures> authority_pictures(const request::Case& the_case) {
  CANDOUR_TRY(crest, read_picture(the_case.authority.wording.crest));
  CANDOUR_TRY(signature, read_picture(the_case.authority.wording.signature));
  return AuthorityPictures{std::move(crest), std::move(signature)};
}

std::vector<base::Digest> digests_of(const AuthorityPictures& pictures) {
  std::vector<base::Digest> digests;
  for (const std::optional<LetterPicture>* one : {&pictures.crest, &pictures.signature})
    if (*one) digests.push_back(base::digest_of((*one)->bytes));
  return digests;
}

}  // namespace candour::release
