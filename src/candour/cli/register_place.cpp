#include <candour/cli/register_place.hpp>

#include <candour/casework/given_before.hpp>
#include <candour/casework/register/release_text.hpp>

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
                                  "say --register register.sqlite, or set CANDOUR_REGISTER to a file or a PostgreSQL URL"});
  return casework::ReleaseRegister::open(*place);
}

base::Result<std::vector<answer::EarlierRelease>> earlier_releases(const std::string& option) {
  std::vector<answer::EarlierRelease> earlier;
  const char* configured = std::getenv("CANDOUR_REGISTER");
  if (option.empty() && (configured == nullptr || *configured == '\0')) return earlier;
  CANDOUR_TRY(opened, open_register(option));
  CANDOUR_TRY(all, opened.list());
  for (casework::RegisteredRelease& registered : all) earlier.push_back({std::move(registered.release), registered.digest});
  return earlier;
}

base::Result<std::vector<answer::EarlierRelease>> earlier_releases_of_case(const std::string& option, const std::filesystem::path& output) {
  CANDOUR_TRY(earlier, earlier_releases(option));
  const auto figures_of = [](const answer::EarlierRelease& one) { return casework::digest_of_figures(one.release); };
  for (const auto& [folder, standing] :
       {std::pair(casework::reviewed_folder, answer::EarlierStanding::stands), std::pair(casework::recalled_folder, answer::EarlierStanding::recalled)}) {
    CANDOUR_TRY(given, casework::given_before(output, folder));
    for (table::Release& release : given) {
      const base::Digest figures = casework::digest_of_figures(release);
      if (std::ranges::find(earlier, figures, figures_of) == earlier.end()) earlier.push_back({std::move(release), figures, standing});
    }
  }
  return earlier;
}

}  // namespace candour::cli
