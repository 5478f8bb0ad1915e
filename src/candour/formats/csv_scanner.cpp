#include <candour/formats/csv_scanner.hpp>

#include <algorithm>
#include <map>
#include <utility>

namespace candour::formats {
namespace {

using base::Cause;
using base::Done;
using base::Error;
using base::fail;
using base::Result;

constexpr std::uint64_t records_looked_at = 20;

/// In prose a comma is followed by a blank or ends the line; between fields it is not.
bool reads_like_prose(std::string_view text) {
  std::uint64_t all = 0, prose = 0;
  for (std::size_t at = text.find(','); at != std::string_view::npos; at = text.find(',', at + 1)) {
    ++all;
    prose += at + 1 == text.size() || text[at + 1] == ' ' || text[at + 1] == '\n' || text[at + 1] == '\r' ? 1U : 0U;
  }
  return 2 * prose > all;
}

}  // namespace

bool CsvRecord::is_blank() const {
  return std::all_of(fields.begin(), fields.end(), [](const CsvField& field) { return field.text.find_first_not_of(" \t") == std::string::npos; });
}

void CsvScanner::end_field() {
  record_.fields.push_back(std::move(field_));
  field_ = {};
  field_.offset = offset_ + 1;
  at_ = At::start;
}

Result<Done> CsvScanner::end_record() {
  end_field();
  CANDOUR_TRY_DONE(sink_(record_));
  record_ = {{}, record_.number + 1, offset_ + 1};
  return Done{};
}

Result<Done> CsvScanner::feed(std::string_view piece) {
  for (const char c : piece) {
    const bool ends_pair = after_carriage_return_ && c == '\n';
    after_carriage_return_ = false;
    if (offset_ - record_.offset > longest_) {
      return fail({Cause::could_not_finish,
                   "csv.over_limit",
                   {"", record_.number + 1},
                   "a record is longer than the limit of " + std::to_string(longest_) + " bytes",
                   {}});
    }
    if (ends_pair) {
      record_.offset = field_.offset = offset_ + 1;
    } else if (at_ == At::quoted) {
      if (c == '"') at_ = At::after_quote;
      else field_.text += c;
    } else if (c == '"' && at_ == At::after_quote) {
      field_.text += c;
      at_ = At::quoted;
    } else if (c == '"' && at_ == At::start) {
      field_.is_quoted = true;
      at_ = At::quoted;
    } else if (c == delimiter_) {
      end_field();
    } else if (c == '\n' || c == '\r') {
      CANDOUR_TRY_DONE(end_record());
      after_carriage_return_ = c == '\r';
    } else {
      field_.is_broken = field_.is_broken || at_ == At::after_quote;
      if (at_ == At::start) at_ = At::plain;
      field_.text += c;
    }
    ++offset_;
  }
  return Done{};
}

Result<Done> CsvScanner::finish() {
  if (at_ == At::quoted) return fail({Cause::could_not_finish, "csv.open_quote", {"", record_.number + 1}, "the text ends inside quotes", {}});
  if (at_ == At::start && record_.fields.empty()) return Done{};
  return end_record();
}

CsvShape guess_csv_shape(std::string_view first_bytes) {
  CsvShape best;
  std::uint64_t best_agreement = 0;
  for (const char delimiter : {',', ';', '\t', '|'}) {
    if (delimiter == ',' && reads_like_prose(first_bytes)) continue;
    std::map<std::size_t, std::uint64_t> widths;
    std::uint64_t records = 0;
    const Error enough{Cause::could_not_finish, "csv.enough", {}, {}, {}};
    CsvScanner scanner(delimiter, first_bytes.size() + 1, [&](const CsvRecord& record) -> Result<Done> {
      if (record.is_blank()) return Done{};
      ++widths[record.fields.size()];
      if (++records == records_looked_at) return fail(enough);
      return Done{};
    });
    if (scanner.feed(first_bytes)) (void)scanner.finish();
    for (const auto& [width, count] : widths) {
      // One record alone, or lines that do not agree, are no table.
      if (width < 2 || count < 2 || 2 * count < records || count * width <= best_agreement) continue;
      best_agreement = count * width;
      best = {delimiter, width};
    }
  }
  return best;
}

}  // namespace candour::formats
