#include <candour/request/built_in_hierarchies.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace candour::request {
namespace {

constexpr std::array<std::string_view, 12> month_names = {"January", "February", "March",     "April",   "May",      "June",
                                                          "July",    "August",   "September", "October", "November", "December"};
constexpr const char* total_code = "total";

std::string_view month_name(MonthNumber month) { return month_names[static_cast<std::size_t>(month % 12)]; }
std::string month_code(MonthNumber month) { return fmt::format("{:04}-{:02}", month / 12, month % 12 + 1); }

// A year or quarter of months, and what of it lies in the period.
struct Span {
  MonthNumber first;
  MonthNumber end;
};

std::string with_cut(std::string whole, Span span, MonthNumber first, MonthNumber last) {
  const MonthNumber from = std::max(span.first, first);
  const MonthNumber to = std::min(span.end - 1, last);
  if (from == span.first && to == span.end - 1) return whole;
  if (from == to) return fmt::format("{} ({} only)", whole, month_name(from));
  return fmt::format("{} ({} to {} only)", whole, month_name(from), month_name(to));
}

Span year_of(MonthNumber month, YearKind years) {
  const MonthNumber shift = years == YearKind::financial ? 3 : 0;
  const MonthNumber start = (month - shift) / 12 * 12 + shift;
  return {start, start + 12};
}

std::string year_code(Span year, YearKind years) {
  if (years == YearKind::calendar) return fmt::format("{:04}", year.first / 12);
  return fmt::format("FY{:04}-{:02}", year.first / 12, (year.first / 12 + 1) % 100);
}

std::string year_label(Span year, YearKind years) {
  if (years == YearKind::calendar) return fmt::format("{:04}", year.first / 12);
  return fmt::format("{:04}/{:02}", year.first / 12, (year.first / 12 + 1) % 100);
}

std::string band_code(std::int64_t lowest, std::int64_t highest) {
  return lowest == highest ? fmt::format("{}", lowest) : fmt::format("{}-{}", lowest, highest);
}
std::string band_label(std::int64_t lowest, std::int64_t highest) {
  return lowest == highest ? fmt::format("{}", lowest) : fmt::format("{} to {}", lowest, highest);
}

void add_band(Bands& bands, std::int64_t lowest, const std::string& code, const std::string& label, const std::string& parent) {
  bands.rows.push_back({code, parent, label});
  bands.lowest_and_code.emplace_back(lowest, code);
}

void add_band_below(Bands& bands, std::int64_t start) {
  if (start > 0) add_band(bands, 0, fmt::format("under-{}", start), fmt::format("Under {}", start), total_code);
}

void add_open_band(Bands& bands, std::int64_t start) {
  add_band(bands, start, fmt::format("{}-and-over", start), fmt::format("{} and over", start), total_code);
}

}  // namespace

std::optional<MonthNumber> parse_month(std::string_view text) {
  if (text.size() != 7 || text[4] != '-') return std::nullopt;
  MonthNumber digits = 0;
  for (const std::size_t i : {0U, 1U, 2U, 3U, 5U, 6U}) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    digits = digits * 10 + (text[i] - '0');
  }
  const MonthNumber year = digits / 100;
  const MonthNumber month = digits % 100;
  if (year < 1800 || year > 2999 || month < 1 || month > 12) return std::nullopt;
  return year * 12 + month - 1;
}

std::vector<table::CategoryRow> month_rows(MonthNumber first, MonthNumber last, YearKind years, const std::string& total_label) {
  std::vector<table::CategoryRow> rows{{total_code, "", total_label}};
  std::string year;
  std::string quarter;
  for (MonthNumber month = first; month <= last; ++month) {
    const Span of_year = year_of(month, years);
    if (month == first || month == of_year.first) {
      year = year_code(of_year, years);
      rows.push_back({year, total_code, with_cut(year_label(of_year, years), of_year, first, last)});
    }
    const MonthNumber quarter_start = month / 3 * 3;
    if (month == first || month == quarter_start) {
      quarter = fmt::format("{}-Q{}", year, (quarter_start - of_year.first) / 3 + 1);
      const std::string whole = fmt::format("{} to {} {}", month_name(quarter_start), month_name(quarter_start + 2), quarter_start / 12);
      rows.push_back({quarter, year, with_cut(whole, {quarter_start, quarter_start + 3}, first, last)});
    }
    rows.push_back({month_code(month), quarter, fmt::format("{} {}", month_name(month), month / 12)});
  }
  return rows;
}

Bands listed_bands(std::vector<std::int64_t> starts, const std::string& total_label) {
  Bands bands{{{total_code, "", total_label}}, {}};
  add_band_below(bands, starts.front());
  for (std::size_t i = 0; i + 1 < starts.size(); ++i)
    add_band(bands, starts[i], band_code(starts[i], starts[i + 1] - 1), band_label(starts[i], starts[i + 1] - 1), total_code);
  add_open_band(bands, starts.back());
  return bands;
}

Bands five_year_bands(std::int64_t from, std::int64_t to, const std::string& total_label) {
  Bands bands{{{total_code, "", total_label}}, {}};
  add_band_below(bands, from);
  for (std::int64_t start = from; start < to; start += 10) {
    const bool whole = start + 10 <= to;  // a last band of five years stands for itself, below the total
    const std::string parent = whole ? band_code(start, start + 9) : total_code;
    if (whole) bands.rows.push_back({parent, total_code, band_label(start, start + 9)});
    for (std::int64_t five = start; five < std::min(start + 10, to); five += 5)
      add_band(bands, five, band_code(five, five + 4), band_label(five, five + 4), parent);
  }
  add_open_band(bands, to);
  return bands;
}

}  // namespace candour::request
