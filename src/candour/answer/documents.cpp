#include <candour/answer/documents.hpp>

#include <candour/answer/way_out.hpp>
#include <candour/release/file_names.hpp>

#include <fmt/format.h>

namespace candour::answer {

base::ResultOrErrors<std::vector<base::FileToWrite>> documents_of(const request::Case& the_case, release::ApprovalState state) {
  std::vector<base::FileToWrite> files;
  base::Errors errors;
  for (const request::Question& question : the_case.questions) {
    if (question.decision.decision != request::Decision::given) continue;
    for (const request::HeldDocument& document : question.documents) {
      if (document.file.empty()) continue;
      auto bytes = base::read_file(document.file);
      if (!bytes) {
        errors.push_back({base::Cause::wrong_input,
                          "answer.document_unreadable",
                          {document.file.string()},
                          fmt::format("the document that question {} gives cannot be read, expected a file", question.number),
                          {}});
        continue;
      }
      files.push_back({std::filesystem::path("documents") / release::file_name(state, document.file.filename().string()), std::move(*bytes)});
    }
  }
  if (errors.empty())
    if (auto looked = look_before_writing("reply", files); !looked) errors.push_back(std::move(looked).error());
  if (!errors.empty()) return tl::make_unexpected(std::move(errors));
  return files;
}

}  // namespace candour::answer
