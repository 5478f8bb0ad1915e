#include <candour/cli/register_place.hpp>

#include <candour/casework/given_before.hpp>
#include <candour/casework/register/register_of_case.hpp>
#include <candour/casework/register/release_text.hpp>
#include <candour/cli/command.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace candour::cli {

std::string how_many(std::size_t number, std::string_view what) { return fmt::format("{} {}{}", number, what, number == 1 ? "" : "s"); }

base::Result<casework::ReleaseRegister> open_register(const std::string& option) {
  const auto place = casework::configured_register(option);
  if (!place)
    return base::fail(base::Error{base::Cause::wrong_input,
                                  "register.no_place",
                                  {},
                                  "no register is named",
                                  "say --register register.sqlite, or set CANDOUR_REGISTER to a file or a PostgreSQL URL, or [register] in the case file"});
  return casework::ReleaseRegister::open(*place);
}

base::ResultOrErrors<casework::ReleaseRegister> open_register(const std::string& option, const std::filesystem::path& case_folder) {
  CANDOUR_TRY(place, casework::register_of_case(option, case_folder));
  return with_errors(open_register(place.value_or("")));
}

namespace {

base::Result<std::vector<answer::EarlierRelease>> all_releases_at(const std::string& place) {
  CANDOUR_TRY_DONE(casework::check_register_is_there(place));
  CANDOUR_TRY(opened, casework::ReleaseRegister::open(place));
  CANDOUR_TRY(all, opened.list());
  std::vector<answer::EarlierRelease> earlier;
  for (casework::RegisteredRelease& registered : all) earlier.push_back({std::move(registered.release), registered.digest});
  return earlier;
}

}  // namespace

base::Result<std::vector<answer::EarlierRelease>> earlier_releases(const std::string& option) {
  const char* configured = std::getenv("CANDOUR_REGISTER");
  if (!option.empty()) return all_releases_at(option);
  if (configured != nullptr && *configured != '\0') return all_releases_at(configured);
  return std::vector<answer::EarlierRelease>();
}

base::ResultOrErrors<std::vector<answer::EarlierRelease>> earlier_releases(const std::string& option, const std::filesystem::path& case_folder) {
  CANDOUR_TRY(place, casework::register_of_case(option, case_folder));
  if (!place) return std::vector<answer::EarlierRelease>();
  return with_errors(all_releases_at(*place));
}

base::ResultOrErrors<std::vector<answer::EarlierRelease>> earlier_releases_of_case(const std::string& option, const std::filesystem::path& case_folder,
                                                                                   const std::filesystem::path& output) {
  CANDOUR_TRY(earlier, earlier_releases(option, case_folder));
  const auto figures_of = [](const answer::EarlierRelease& one) { return casework::digest_of_figures(one.release); };
  for (const auto& [folder, standing] :
       {std::pair(casework::reviewed_folder, answer::EarlierStanding::stands), std::pair(casework::recalled_folder, answer::EarlierStanding::recalled)}) {
    CANDOUR_TRY(given, with_errors(casework::given_before(output, folder)));
    for (table::Release& release : given) {
      const base::Digest figures = casework::digest_of_figures(release);
      if (std::ranges::find(earlier, figures, figures_of) == earlier.end()) earlier.push_back({std::move(release), figures, standing});
    }
  }
  return earlier;
}

}  // namespace candour::cli
