#include <candour/casework/given_before.hpp>

#include <candour/base/text.hpp>
#include <candour/casework/register/release_text.hpp>

#include <algorithm>
#include <string>
#include <system_error>
#include <utility>

namespace candour::casework {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view file_name = "releases.jsonl";

}  // namespace

base::Result<std::vector<table::Release>> given_before(const fs::path& output, std::string_view folder) {
  std::vector<table::Release> releases;
  const fs::path file = output / "private" / "casework" / folder / file_name;
  std::error_code status;
  if (!fs::exists(file, status)) return releases;
  CANDOUR_TRY(text, base::read_file(file));
  for (const std::string& line : base::split(text, '\n')) {
    if (line.empty()) continue;
    auto release = release_from(line);
    if (!release)
      return base::fail({base::Cause::refused,
                         "casework.given_unreadable",
                         {file.string()},
                         "what was given before cannot be read, expected the file as it was written",
                         "take it from a copy: what is answered anew is attacked beside it"});
    releases.push_back(*std::move(release));
  }
  return releases;
}

base::Result<base::FileToWrite> file_of_given(const fs::path& output, std::string_view folder, const std::vector<table::Release>& releases) {
  CANDOUR_TRY(all, given_before(output, folder));
  for (const table::Release& release : releases)
    if (std::ranges::find(all, digest_of_figures(release), digest_of_figures) == all.end()) all.push_back(release);
  std::string text;
  for (const table::Release& release : all) text += to_text(release) + "\n";
  return base::FileToWrite{std::string(file_name), std::move(text)};
}

}  // namespace candour::casework
