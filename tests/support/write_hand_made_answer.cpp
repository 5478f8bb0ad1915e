// Writes the answer made by hand into a folder, to look at: write_hand_made_answer FOLDER [approved]

#include "hand_made_answer.hpp"

#include <cstdio>
#include <string_view>

int main(int argument_count, char** arguments) {
  using namespace candour;
  if (argument_count < 2) return 2;
  const std::filesystem::path folder = arguments[1];
  const bool approved = argument_count > 2 && std::string_view(arguments[2]) == "approved";
  const support::HandMadeAnswer answer;
  auto files = release::release(answer.order(approved ? release::ApprovalState::approved : release::ApprovalState::draft));
  if (!files) {
    for (const base::Error& error : files.error()) std::fprintf(stderr, "%s\n", base::to_text(error).c_str());
    return 1;
  }
  const auto written = base::replace_folders_whole({{folder / "reply", base::FolderAccess::everyone, files->reply}, {folder / "public", base::FolderAccess::everyone, files->log}});
  return written ? 0 : 1;
}
