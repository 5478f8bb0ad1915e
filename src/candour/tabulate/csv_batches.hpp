#pragma once
// Blocks of fields as record batches, coded by a dictionary a column: one thread.

#include <candour/holdings/holding.hpp>
#include <candour/holdings/parallel_csv.hpp>
#include <candour/holdings/field_dictionary.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace candour::tabulate {

/// Codes the columns of one reading. Its batches have no lines: the block knows them.
class CsvBatches {
 public:
  /// `places`: where each request's column stands in the blocks.
  CsvBatches(std::vector<holdings::ColumnRequest> requests, std::vector<std::size_t> places, const holdings::CsvSettings& settings);

  struct Fault {
    std::size_t row = 0;
    base::Error error;
  };
  /// Fills the batch; gives the first row with a value that cannot be read, which then stands as missing.
  [[nodiscard]] std::optional<Fault> code(const holdings::FieldBlock& block);
  [[nodiscard]] const holdings::RecordBatch& batch() const { return batch_; }
  [[nodiscard]] const std::vector<std::vector<std::string>>& texts() const { return texts_; }

 private:
  void code_column(std::size_t column, const std::vector<holdings::FieldBytes>& fields, std::optional<Fault>& fault);

  std::vector<holdings::ColumnRequest> requests_;
  std::vector<std::size_t> places_;
  const holdings::CsvSettings& settings_;
  std::vector<holdings::FieldDictionary> dictionaries_;
  std::vector<std::vector<std::string>> texts_;
  holdings::RecordBatch batch_;
};

}  // namespace candour::tabulate
