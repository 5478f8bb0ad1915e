#include <candour/tabulate/csv_batches.hpp>

#include <candour/holdings/column_dictionary.hpp>
#include <candour/holdings/csv_rules.hpp>

namespace candour::tabulate {

CsvBatches::CsvBatches(std::vector<holdings::ColumnRequest> requests, std::vector<std::size_t> places, const holdings::CsvSettings& settings)
    : requests_(std::move(requests)), places_(std::move(places)), settings_(settings), dictionaries_(requests_.size()), texts_(requests_.size()) {
  batch_.columns.resize(requests_.size());
}

std::optional<CsvBatches::Fault> CsvBatches::code(const holdings::FieldBlock& block) {
  batch_.row_count = block.row_count;
  std::optional<Fault> fault;
  for (std::size_t c = 0; c < requests_.size(); ++c) code_column(c, block.columns[places_[c]], fault);
  return fault;
}

void CsvBatches::code_column(std::size_t column, const std::vector<holdings::FieldBytes>& fields, std::optional<Fault>& fault) {
  std::vector<std::uint32_t>& codes = batch_.columns[column].codes;
  codes.assign(fields.size(), holdings::ColumnBatch::missing);
  std::size_t row = 0;
  const auto make = [&](std::string_view bytes) -> std::optional<std::uint32_t> {
    auto text = holdings::csv_text(bytes, settings_, 0);
    if (text) text = holdings::read_value(*text, requests_[column]);
    if (!text) {
      if (!fault || row < fault->row) fault = Fault{row, std::move(text).error()};
      return std::nullopt;
    }
    texts_[column].push_back(std::move(*text));  // several spellings of one value have a code each
    return static_cast<std::uint32_t>(texts_[column].size() - 1);
  };
  for (row = 0; row < fields.size(); ++row)
    if (!fields[row].is_missing())
      if (const std::uint32_t* code = dictionaries_[column].find_or_add(fields[row].data, fields[row].size, make)) codes[row] = *code;
}

}  // namespace candour::tabulate
