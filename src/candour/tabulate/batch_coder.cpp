#include <candour/tabulate/cube_coders.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace candour::tabulate {
namespace {

using holdings::ColumnBatch;
using Texts = std::vector<std::vector<std::string>>;

}  // namespace

BatchCoder::BatchCoder(CubeCollector& collector, ColumnPlan& plan, Worker worker) : collector_(collector), columns_(collector, plan, worker) {
  entries_.resize(columns_.variables.size());
  missing_rows_.resize(columns_.variables.size());
  rows_.leaves.resize(columns_.variables.size());
}

BatchCoder::~BatchCoder() {
  for (std::size_t v = 0; v < entries_.size(); ++v) {
    std::uint64_t mapped = 0, left_over = 0;
    for (const LeafEntry& entry : entries_[v])
      (entry.note == LeafEntry::Note::mapped ? mapped : left_over) += entry.note == LeafEntry::Note::none ? 0 : entry.rows;
    collector_.readers()[v]->count_rows(mapped, missing_rows_[v], left_over);
  }
}

void BatchCoder::note_fault(std::size_t row, base::Error error) {
  if (!fault_ || row < fault_->row) fault_ = RowFault{row, std::move(error)};
}

tl::expected<const CodedRows*, RowFault> BatchCoder::code(const holdings::RecordBatch& batch, const Texts& texts) {
  rows_.counts.clear();
  return code_columns(batch, texts);
}

tl::expected<const CodedRows*, RowFault> BatchCoder::code_groups(const holdings::GroupedBatch& groups, const Texts& texts) {
  rows_.counts = groups.counts;
  rows_.amounts = groups.sums;
  return code_columns(groups.batch, texts);
}

tl::expected<const CodedRows*, RowFault> BatchCoder::code_columns(const holdings::RecordBatch& batch, const Texts& texts) {
  fault_.reset();
  rows_.count = batch.row_count;
  for (std::size_t v = 0; v < columns_.variables.size(); ++v) code_variable(v, batch.columns[columns_.variables[v]], texts[columns_.variables[v]]);
  code_terms(batch, texts);
  const auto column = [&](std::size_t place) -> const ColumnBatch& { return batch.columns[place]; };
  const CubeRequest& request = collector_.request();
  if (columns_.person) code_people(column(*columns_.person), texts[*columns_.person], PersonKeys::Namespace::person, rows_.persons);
  if (columns_.amount) code_decimals(column(*columns_.amount), texts[*columns_.amount], request.sum->column, rows_.amounts);
  if (columns_.weight) code_decimals(column(*columns_.weight), texts[*columns_.weight], *request.sum->weight_column, rows_.weights);
  if (columns_.contributor) code_people(column(*columns_.contributor), texts[*columns_.contributor], PersonKeys::Namespace::person, rows_.contributors);
  if (columns_.group) {
    std::vector<std::optional<PersonKey>> groups;
    code_people(column(*columns_.group), texts[*columns_.group], PersonKeys::Namespace::group, groups);
    if (!columns_.contributor) rows_.contributors.assign(batch.row_count, std::nullopt);
    for (std::size_t row = 0; row < batch.row_count; ++row)
      if (groups[row]) rows_.contributors[row] = groups[row];
  }
  if (fault_) return tl::make_unexpected(std::move(*fault_));
  return &rows_;
}

void BatchCoder::code_variable(std::size_t v, const ColumnBatch& column, const std::vector<std::string>& texts) {
  DimensionReader& reader = *collector_.readers()[v];
  std::vector<std::uint32_t>& leaves = rows_.leaves[v];
  leaves.resize(column.codes.size());
  for (std::size_t row = 0; row < column.codes.size(); ++row) {
    const std::uint32_t code = column.codes[row];
    const auto records = static_cast<std::uint64_t>(rows_.counts.empty() ? 1 : rows_.counts[row]);
    if (code == ColumnBatch::missing) {
      leaves[row] = reader.leaf_of_missing().value_or(leaf_outside);
      missing_rows_[v] += records;
      continue;
    }
    while (entries_[v].size() <= code) {
      auto entry = leaf_entry_of(texts[entries_[v].size()], reader);
      if (!entry) {
        note_fault(row, std::move(entry).error());
        return;
      }
      entries_[v].push_back(*entry);
    }
    leaves[row] = entries_[v][code].leaf;
    entries_[v][code].rows += records;
  }
}

void BatchCoder::code_terms(const holdings::RecordBatch& batch, const Texts& texts) {
  const std::vector<FilterTerm>& terms = collector_.request().where;
  if (columns_.terms.empty()) return;
  rows_.kept.assign(batch.row_count, 1);
  for (std::size_t t = 0; t < terms.size(); ++t) {
    const std::size_t place = columns_.terms[t];
    std::vector<std::uint8_t> among;
    for (const std::string& text : texts[place])
      among.push_back(std::find(terms[t].any_of.begin(), terms[t].any_of.end(), text) != terms[t].any_of.end() ? 1 : 0);
    const std::uint8_t wanted = terms[t].sense == FilterTerm::Sense::is_one_of ? 1 : 0;
    for (std::size_t row = 0; row < batch.row_count; ++row) {
      const std::uint32_t code = batch.columns[place].codes[row];
      if ((code == ColumnBatch::missing ? 0 : among[code]) != wanted) rows_.kept[row] = 0;
    }
  }
}

void BatchCoder::code_decimals(const ColumnBatch& column, const std::vector<std::string>& texts, const std::string& name,
                               std::vector<std::optional<base::Decimal>>& out) {
  out.assign(column.codes.size(), std::nullopt);
  for (std::size_t row = 0; row < column.codes.size(); ++row) {
    if (column.codes[row] == ColumnBatch::missing) continue;
    if (const auto decimal = base::Decimal::parse(texts[column.codes[row]])) out[row] = *decimal;
    else note_fault(row, {base::Cause::wrong_input, "holding.bad_value", {}, fmt::format("column '{}': expected a decimal number such as -12.50", name), {}});
  }
}

void BatchCoder::code_people(const ColumnBatch& column, const std::vector<std::string>& texts, PersonKeys::Namespace names,
                             std::vector<std::optional<PersonKey>>& out) {
  out.assign(column.codes.size(), std::nullopt);
  for (std::size_t row = 0; row < column.codes.size(); ++row) {
    if (column.codes[row] == ColumnBatch::missing) continue;
    if (column.ends.empty()) {
      out[row] = collector_.person_keys().key_of(texts[column.codes[row]], names);
      continue;
    }
    const std::string_view written = column.written(row);
    out[row] = collector_.person_keys().key_of(written.data(), static_cast<std::uint32_t>(written.size()), names);
  }
}

}  // namespace candour::tabulate
