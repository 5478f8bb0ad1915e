#include <candour/cli/case_words.hpp>

#include <fmt/format.h>

namespace candour::cli {

base::Result<std::optional<base::Date>> day_given(const std::optional<std::string>& text, std::string_view option) {
  if (!text) return std::optional<base::Date>();
  const auto day = base::parse_iso_date(*text);
  if (!day)
    return base::fail({base::Cause::wrong_input, "command_line.wrong", {}, fmt::format("{} is '{}', expected a day such as 2026-03-02", option, *text), {}});
  return std::optional<base::Date>(*day);
}

}  // namespace candour::cli
