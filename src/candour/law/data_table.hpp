#pragma once
// The rule base's files as they are built in. Inside of law only.

#include <string>
#include <string_view>
#include <vector>

namespace candour::law {

extern const std::string_view provisions_text;
extern const std::string_view notice_parts_text;
extern const std::string_view notice_roles_text;
extern const std::string_view cost_limits_text;
extern const std::string_view refusal_advice_text;
extern const std::string_view regulators_text;
extern const std::string_view bank_holidays_text;
extern const std::string_view bank_holiday_years_text;

/// The rows of a built-in file below its first line, each with the given columns; a file that is not so is our own mistake.
[[nodiscard]] std::vector<std::vector<std::string>> rows_of(std::string_view text, std::string_view columns);

}  // namespace candour::law
