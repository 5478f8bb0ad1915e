#pragma once
// Hierarchies that need no file: months of a period, bands of whole numbers.

#include <candour/base/result.hpp>
#include <candour/table/hierarchy.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace candour::request {

/// A month as the number of months since January of year 0.
using MonthNumber = std::int32_t;

/// Takes "2020-06". Gives nothing if it is not a month of the years 1800 to 2999.
[[nodiscard]] std::optional<MonthNumber> parse_month(std::string_view text);

enum class YearKind { calendar, financial };  ///< from January, or from April

/// Rows of total > year > quarter > month for first..last, both included. Codes: "2020", "2020-Q2", "2020-06"; for financial years "FY2020-21" and
/// "FY2020-21-Q1". The label of a year or quarter that the period cuts says which months are in it.
[[nodiscard]] std::vector<table::CategoryRow> month_rows(MonthNumber first, MonthNumber last, YearKind years, const std::string& total_label);

/// Bands of whole numbers: the rows of their hierarchy and the lowest number of each band.
struct Bands {
  std::vector<table::CategoryRow> rows;
  std::vector<std::pair<std::int64_t, std::string>> lowest_and_code;  ///< ascending; the first is 0, the last is open above
};

/// One band for each start, the last open above; numbers below the first start are a band "under".
[[nodiscard]] Bands listed_bands(std::vector<std::int64_t> starts, const std::string& total_label);
/// Bands of five years with bands of ten years above them, from `from` up to the open band that begins at `to`.
[[nodiscard]] Bands five_year_bands(std::int64_t from, std::int64_t to, const std::string& total_label);

}  // namespace candour::request
