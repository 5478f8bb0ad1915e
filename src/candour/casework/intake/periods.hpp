#pragma once
// The time that a sentence speaks of, as whole months.

#include <candour/base/date.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace candour::casework::intake {

using Month = std::chrono::year_month;

/// A stretch of time that somebody asks about.
struct AskedPeriod {
  enum class Form {
    stated,    ///< both ends are in the letter
    open,      ///< it begins in the letter and goes on until it was received
    relative,  ///< "the last three years": reckoned back from the day of receipt
    unbounded  ///< "since the start of the operation": no month is said
  };
  Form form = Form::stated;
  Month first{}, last{};          ///< not set where it is unbounded
  std::string words;              ///< the words it was read from
  bool is_list_of_years = false;  ///< "2021, 2022 and 2023": a figure for each is wanted
};

/// Finds what a sentence says of time; nothing where it says nothing. Years are calendar years unless the words say financial (from April) or academic
/// (from September), or write them as 2022/23. The year of an Act, a reference number and the day of an earlier letter are no period.
[[nodiscard]] std::optional<AskedPeriod> period_in(std::string_view sentence, base::Date received);

[[nodiscard]] std::string to_text(Month month);  ///< "2024-03"

}  // namespace candour::casework::intake
