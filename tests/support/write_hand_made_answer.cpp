// Writes the answer made by hand into a folder, to look at: write_hand_made_answer FOLDER [approved] [wide]

#include "hand_made_answer.hpp"

#include <cstdio>
#include <set>
#include <string>

int main(int argument_count, char** arguments) {
  using namespace candour;
  if (argument_count < 2) return 2;
  const std::filesystem::path folder = arguments[1];
  const std::set<std::string> words(arguments + 2, arguments + argument_count);
  support::HandMadeAnswer answer;
  if (words.contains("wide")) answer.add_wide_table();
  auto files = release::release(answer.order(words.contains("approved") ? release::ApprovalState::approved : release::ApprovalState::draft));
  if (!files) {
    for (const base::Error& error : files.error()) std::fprintf(stderr, "%s\n", base::to_text(error).c_str());
    return 1;
  }
  const auto written = base::replace_folders_whole(
      {{folder / "reply", base::FolderAccess::everyone, files->reply}, {folder / "public", base::FolderAccess::everyone, files->log}});
  return written ? 0 : 1;
}
