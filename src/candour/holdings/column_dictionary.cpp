#include <candour/holdings/column_dictionary.hpp>

#include <candour/base/decimal.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace candour::holdings {
namespace {

base::Error bad_value(const ColumnRequest& request, std::string_view expected, std::string hint = {}) {
  return {base::Cause::wrong_input, "holding.bad_value", {}, fmt::format("column '{}': expected {}", request.name, expected), std::move(hint)};
}

bool is_whole_number(std::string_view text) {
  std::int64_t value = 0;
  if (!text.empty() && text[0] == '+') text.remove_prefix(1);
  const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), value);
  return !text.empty() && status == std::errc{} && end == text.data() + text.size();
}

std::optional<bool> truth_value(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  for (const std::string_view yes : std::array<std::string_view, 5>{"true", "yes", "t", "y", "1"})
    if (lower == yes) return true;
  for (const std::string_view no : std::array<std::string_view, 5>{"false", "no", "f", "n", "0"})
    if (lower == no) return false;
  return std::nullopt;
}

}  // namespace

base::Result<std::string> read_value(std::string_view written, const ColumnRequest& request) {
  switch (request.kind) {
    case ColumnKind::text: return std::string(written);
    case ColumnKind::integer:
      if (!is_whole_number(written)) return base::fail(bad_value(request, "a whole number"));
      return std::string(written);
    case ColumnKind::decimal:
      if (!base::Decimal::parse(written)) return base::fail(bad_value(request, "a decimal number such as -12.50"));
      return std::string(written);
    case ColumnKind::truth_value: {
      const auto value = truth_value(written);
      if (!value) return base::fail(bad_value(request, "a truth value such as true, no or 1"));
      return std::string(*value ? "true" : "false");
    }
    case ColumnKind::date: {
      const auto date = base::parse_date(written, request.date_form, request.time_zone);
      if (!date) {
        base::Error error = date.error();
        error.sentence = fmt::format("column '{}': {}", request.name, error.sentence);
        if (error.code == "date.malformed") error.code = "holding.bad_value";
        return base::fail(std::move(error));
      }
      return base::to_iso(*date);
    }
  }
  return base::fail(bad_value(request, "a known kind"));
}

base::Result<std::uint32_t> ColumnDictionary::code_of(std::string_view written, std::vector<std::string>& texts) {
  if (written.size() > 16) {
    if (const auto found = by_written_.find(written); found != by_written_.end()) return found->second;
    CANDOUR_TRY(code, code_of_new(written, texts));
    by_written_.emplace(written, code);
    return code;
  }
  std::array<char, 32> padded{};
  written.copy(padded.data(), written.size());
  base::Result<std::uint32_t> of_new = 0;
  const std::uint32_t* known = by_short_.find_or_add(padded.data(), static_cast<std::uint32_t>(written.size()), [&](std::string_view text) {
    of_new = code_of_new(text, texts);
    return of_new ? std::optional(*of_new) : std::nullopt;
  });
  if (known == nullptr) return of_new;
  return *known;
}

base::Result<std::uint32_t> ColumnDictionary::code_of_new(std::string_view written, std::vector<std::string>& texts) {
  CANDOUR_TRY(canonical, read_value(written, request_));
  const auto next = static_cast<std::uint32_t>(texts.size());
  const auto [place, is_new] = by_canonical_.emplace(canonical, next);
  if (is_new) texts.push_back(std::move(canonical));
  return place->second;
}

}  // namespace candour::holdings
