#include <candour/casework/register/register_of_case.hpp>

#include <candour/base/settings.hpp>

#include <fmt/format.h>

#include <cstdlib>
#include <system_error>
#include <utility>

namespace candour::casework {

namespace fs = std::filesystem;

namespace {

bool is_url(const std::string& place) { return place.starts_with("postgresql:") || place.starts_with("postgres:"); }

}  // namespace

base::ResultOrErrors<std::optional<std::string>> register_of_case(const std::string& option, const fs::path& case_folder) {
  if (!option.empty()) return std::optional(option);
  if (const char* everywhere = std::getenv("CANDOUR_REGISTER"); everywhere != nullptr && *everywhere != '\0') return std::optional<std::string>(everywhere);
  const fs::path file = case_folder.extension() == ".toml" ? case_folder : case_folder / "case.toml";
  std::error_code status;
  if (!fs::exists(file, status)) return std::optional<std::string>();
  auto top = base::read_settings(file.string());
  if (!top) return tl::make_unexpected(base::Errors{std::move(top).error()});
  const base::Setting* part = top->find("register");
  const base::Setting* place = part == nullptr ? nullptr : part->find("place");
  if (place == nullptr || place->text.empty()) return std::optional<std::string>();
  return std::optional<std::string>(is_url(place->text) ? place->text : (file.parent_path() / place->text).lexically_normal().string());
}

base::Result<base::Done> check_register_is_there(const std::string& place) {
  std::error_code status;
  if (is_url(place) || fs::exists(place, status)) return base::Done{};
  return base::fail({base::Cause::wrong_input,
                     "register.not_there",
                     {place},
                     "there is no such register, expected a SQLite file or a PostgreSQL URL",
                     fmt::format("where nothing was ever registered: candour register verify --register {} makes an empty one", place)});
}

}  // namespace candour::casework
