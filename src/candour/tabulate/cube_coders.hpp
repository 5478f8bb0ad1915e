#pragma once
// From blocks of fields, or batches of records, to coded rows for one cube. One coder a thread and a cube.

#include <candour/tabulate/cube_collector.hpp>
#include <candour/holdings/field_dictionary.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace candour::tabulate {

/// The columns that all cubes of one reading ask for, each way of reading once.
class ColumnPlan {
 public:
  std::size_t add(const holdings::ColumnRequest& request);
  [[nodiscard]] const std::vector<holdings::ColumnRequest>& requests() const { return requests_; }

 private:
  std::vector<holdings::ColumnRequest> requests_;
};

/// Who applies the filter and adds up amounts: then their columns are needed here, or not.
enum class Worker { here, database };

/// Where a cube's columns stand in the plan.
struct CubeColumns {
  std::vector<std::size_t> variables, terms;
  std::optional<std::size_t> person, amount, weight, contributor, group;
  CubeColumns(const CubeCollector& collector, ColumnPlan& plan, Worker worker);
};

/// What one distinct text of a variable's column means, and how many rows had it.
struct LeafEntry {
  std::uint32_t leaf = 0;
  enum class Note { none, mapped, left_over } note = Note::none;
  std::uint64_t rows = 0;
};
/// Reads one canonical text.
[[nodiscard]] base::Result<LeafEntry> leaf_entry_of(std::string_view canonical, DimensionReader& reader);

/// Codes the fields of a CSV.
class FieldCoder {
 public:
  FieldCoder(CubeCollector& collector, ColumnPlan& plan, const holdings::CsvSettings& settings);
  /// Gives the rows of a block; valid until the next call. The fault is the one in the first faulty row.
  [[nodiscard]] tl::expected<const CodedRows*, RowFault> code(const holdings::FieldBlock& block);
  /// Hands the notes on to the readers.
  ~FieldCoder();
  FieldCoder(const FieldCoder&) = delete;
  FieldCoder& operator=(const FieldCoder&) = delete;

 private:
  struct Column {
    std::size_t place = 0;
    holdings::FieldDictionary dictionary;
    std::vector<LeafEntry> entries;
    std::optional<std::uint32_t> missing_leaf;
    std::uint64_t missing_rows = 0;
  };
  struct Term {
    std::size_t place = 0;
    const FilterTerm* term = nullptr;
    holdings::FieldDictionary dictionary;
  };
  void code_variable(std::size_t v, const std::vector<holdings::FieldBytes>& fields);
  void code_terms(const holdings::FieldBlock& block);
  void code_decimals(const std::vector<holdings::FieldBytes>& fields, const std::string& column, std::vector<std::optional<base::Decimal>>& out);
  void code_people(const std::vector<holdings::FieldBytes>& fields, PersonKeys::Namespace names, std::vector<std::optional<PersonKey>>& out);
  void code_contributors(const holdings::FieldBlock& block);
  [[nodiscard]] base::Result<std::string> canonical(std::string_view bytes, const holdings::ColumnRequest& request) const;
  void note_fault(std::size_t row, base::Error error);

  CubeCollector& collector_;
  const ColumnPlan& plan_;
  const holdings::CsvSettings& settings_;
  CubeColumns columns_;
  std::vector<Column> variables_;
  std::vector<Term> terms_;
  CodedRows rows_;
  std::optional<RowFault> fault_;
};

/// Codes the batches of one holding.
class BatchCoder {
 public:
  BatchCoder(CubeCollector& collector, ColumnPlan& plan, Worker worker);
  [[nodiscard]] const CubeColumns& columns() const { return columns_; }
  [[nodiscard]] tl::expected<const CodedRows*, RowFault> code(const holdings::RecordBatch& batch, const std::vector<std::vector<std::string>>& texts);
  /// The same where each row of the batch stands for several records.
  [[nodiscard]] tl::expected<const CodedRows*, RowFault> code_groups(const holdings::GroupedBatch& groups, const std::vector<std::vector<std::string>>& texts);
  ~BatchCoder();
  BatchCoder(const BatchCoder&) = delete;
  BatchCoder& operator=(const BatchCoder&) = delete;

 private:
  [[nodiscard]] tl::expected<const CodedRows*, RowFault> code_columns(const holdings::RecordBatch& batch, const std::vector<std::vector<std::string>>& texts);
  void code_variable(std::size_t v, const holdings::ColumnBatch& column, const std::vector<std::string>& texts);
  void code_terms(const holdings::RecordBatch& batch, const std::vector<std::vector<std::string>>& texts);
  void code_decimals(const holdings::ColumnBatch& column, const std::vector<std::string>& texts, const std::string& name,
                     std::vector<std::optional<base::Decimal>>& out);
  void code_people(const holdings::ColumnBatch& column, const std::vector<std::string>& texts, PersonKeys::Namespace names,
                   std::vector<std::optional<PersonKey>>& out);
  void note_fault(std::size_t row, base::Error error);

  CubeCollector& collector_;
  CubeColumns columns_;
  std::vector<std::vector<LeafEntry>> entries_;  ///< [variable][code]
  std::vector<std::uint64_t> missing_rows_;
  CodedRows rows_;
  std::optional<RowFault> fault_;
};

}  // namespace candour::tabulate
