// candour_manual pages SECTIONS_FOLDER OUT_FOLDER   writes a manual page per verb
// candour_manual check SECTIONS_FOLDER              says what the manual lacks; exit status 1 if anything
// candour_manual reference                          prints docs/reference/commands.md

#include <candour/base/files.hpp>
#include <candour/cli/manual.hpp>

#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

namespace {

using candour::base::write_file_whole;

int write_pages(const std::filesystem::path& sections_folder, const std::filesystem::path& out) {
  const auto verbs = candour::cli::describe_verbs();
  std::filesystem::create_directories(out);
  auto written = write_file_whole(out / "candour.1", candour::cli::manual_page_of_program(verbs));
  for (const auto& verb : verbs) {
    const std::string name = candour::cli::page_name(verb);
    const auto sections = candour::base::read_file(sections_folder / (name + ".md"));
    if (written) written = write_file_whole(out / ("candour-" + name + ".1"), candour::cli::manual_page(verb, sections.value_or("")));
  }
  if (!written) std::fprintf(stderr, "candour_manual: %s\n", candour::base::to_text(written.error()).c_str());
  return written ? 0 : 1;
}

int check(const std::filesystem::path& sections_folder) {
  const auto missing = candour::cli::missing_from_manual(candour::cli::describe_verbs(), sections_folder);
  for (const auto& line : missing) std::fprintf(stderr, "candour_manual: %s\n", line.c_str());
  return missing.empty() ? 0 : 1;
}

}  // namespace

int main(int argument_count, char** arguments) {
  const std::vector<std::string> words(arguments + 1, arguments + argument_count);
  if (words.size() == 3 && words[0] == "pages") return write_pages(words[1], words[2]);
  if (words.size() == 2 && words[0] == "check") return check(words[1]);
  if (words.size() == 1 && words[0] == "reference") return std::fputs(candour::cli::reference_page(candour::cli::describe_verbs()).c_str(), stdout) < 0 ? 1 : 0;
  std::fputs("candour_manual: say pages SECTIONS OUT, check SECTIONS or reference\n", stderr);
  return 2;
}
