#include <candour/holdings/column_dictionary.hpp>
#include <candour/holdings/csv_rules.hpp>
#include <candour/tabulate/cube_coders.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace candour::tabulate {
namespace {

bool is_plain_ascii(std::string_view bytes) {
  return std::none_of(bytes.begin(), bytes.end(), [](char c) { return (static_cast<unsigned char>(c) & 0x80U) != 0; });
}

}  // namespace

FieldCoder::FieldCoder(CubeCollector& collector, ColumnPlan& plan, const holdings::CsvSettings& settings)
    : collector_(collector), plan_(plan), settings_(settings), columns_(collector, plan, Worker::here) {
  for (const std::size_t place : columns_.variables) variables_.emplace_back().place = place;
  for (std::size_t t = 0; t < columns_.terms.size(); ++t) {
    terms_.emplace_back().place = columns_.terms[t];
    terms_.back().term = &collector.request().where[t];
  }
  rows_.leaves.resize(variables_.size());
}

FieldCoder::~FieldCoder() {
  for (std::size_t v = 0; v < variables_.size(); ++v) {
    std::uint64_t mapped = 0, left_over = 0;
    for (const LeafEntry& entry : variables_[v].entries)
      (entry.note == LeafEntry::Note::mapped ? mapped : left_over) += entry.note == LeafEntry::Note::none ? 0 : entry.rows;
    collector_.readers()[v]->count_rows(mapped, variables_[v].missing_rows, left_over);
  }
}

void FieldCoder::note_fault(std::size_t row, base::Error error) {
  if (!fault_ || row < fault_->row) fault_ = RowFault{row, std::move(error)};
}

base::Result<std::string> FieldCoder::canonical(std::string_view bytes, const holdings::ColumnRequest& request) const {
  CANDOUR_TRY(text, holdings::csv_text(bytes, settings_, 0));
  return holdings::read_value(text, request);
}

tl::expected<const CodedRows*, RowFault> FieldCoder::code(const holdings::FieldBlock& block) {
  fault_.reset();
  rows_.count = block.row_count;
  for (std::size_t v = 0; v < variables_.size(); ++v) code_variable(v, block.columns[variables_[v].place]);
  code_terms(block);
  if (columns_.person) code_people(block.columns[*columns_.person], PersonKeys::Namespace::person, rows_.persons);
  if (columns_.amount) code_decimals(block.columns[*columns_.amount], collector_.request().sum->column, rows_.amounts);
  if (columns_.weight) code_decimals(block.columns[*columns_.weight], *collector_.request().sum->weight_column, rows_.weights);
  code_contributors(block);
  if (fault_) return tl::make_unexpected(std::move(*fault_));
  return &rows_;
}

void FieldCoder::code_variable(std::size_t v, const std::vector<holdings::FieldBytes>& fields) {
  Column& column = variables_[v];
  DimensionReader& reader = *collector_.readers()[v];
  std::vector<std::uint32_t>& leaves = rows_.leaves[v];
  leaves.resize(fields.size());
  std::size_t row = 0;
  const auto make = [&](std::string_view bytes) -> std::optional<std::uint32_t> {
    auto text = canonical(bytes, plan_.requests()[column.place]);
    auto entry = text ? leaf_entry_of(*text, reader) : base::Result<LeafEntry>(base::fail(text.error()));
    if (!entry) {
      note_fault(row, std::move(entry).error());
      return std::nullopt;
    }
    column.entries.push_back(*entry);
    return static_cast<std::uint32_t>(column.entries.size() - 1);
  };
  for (row = 0; row < fields.size(); ++row) {
    const holdings::FieldBytes& field = fields[row];
    if (field.is_missing()) {
      if (!column.missing_leaf) column.missing_leaf = reader.leaf_of_missing().value_or(leaf_outside);
      leaves[row] = *column.missing_leaf;
      ++column.missing_rows;
    } else if (const std::uint32_t* entry = column.dictionary.find_or_add(field.data, field.size, make)) {
      leaves[row] = column.entries[*entry].leaf;
      ++column.entries[*entry].rows;
    }
  }
}

void FieldCoder::code_terms(const holdings::FieldBlock& block) {
  if (terms_.empty()) return;
  rows_.kept.assign(block.row_count, 1);
  for (Term& term : terms_) {
    const std::vector<holdings::FieldBytes>& fields = block.columns[term.place];
    std::size_t row = 0;
    const auto make = [&](std::string_view bytes) -> std::optional<std::uint32_t> {
      auto text = holdings::csv_text(bytes, settings_, 0);
      if (!text) {
        note_fault(row, std::move(text).error());
        return std::nullopt;
      }
      const bool among = std::find(term.term->any_of.begin(), term.term->any_of.end(), *text) != term.term->any_of.end();
      return among ? 1U : 0U;
    };
    const std::uint32_t wanted = term.term->sense == FilterTerm::Sense::is_one_of ? 1U : 0U;
    for (row = 0; row < fields.size(); ++row) {
      const std::uint32_t* among = fields[row].is_missing() ? nullptr : term.dictionary.find_or_add(fields[row].data, fields[row].size, make);
      if ((among == nullptr ? 0U : *among) != wanted) rows_.kept[row] = 0;
    }
  }
}

void FieldCoder::code_decimals(const std::vector<holdings::FieldBytes>& fields, const std::string& column, std::vector<std::optional<base::Decimal>>& out) {
  out.assign(fields.size(), std::nullopt);
  for (std::size_t row = 0; row < fields.size(); ++row) {
    if (fields[row].is_missing()) continue;
    if (const auto decimal = base::Decimal::parse(fields[row].text())) out[row] = *decimal;
    else note_fault(row, {base::Cause::wrong_input, "holding.bad_value", {}, fmt::format("column '{}': expected a decimal number such as -12.50", column), {}});
  }
}

void FieldCoder::code_people(const std::vector<holdings::FieldBytes>& fields, PersonKeys::Namespace names, std::vector<std::optional<PersonKey>>& out) {
  out.resize(fields.size());
  for (std::size_t row = 0; row < fields.size(); ++row) {
    const holdings::FieldBytes& field = fields[row];
    if (field.is_missing()) {
      out[row].reset();
      continue;
    }
    if (!is_plain_ascii(field.text()))
      if (auto text = holdings::csv_text(field.text(), settings_, 0); !text) note_fault(row, std::move(text).error());
    out[row] = collector_.person_keys().key_of(field.data, field.size, names);
  }
}

void FieldCoder::code_contributors(const holdings::FieldBlock& block) {
  if (columns_.contributor) code_people(block.columns[*columns_.contributor], PersonKeys::Namespace::person, rows_.contributors);
  if (!columns_.group) return;
  std::vector<std::optional<PersonKey>> groups;
  code_people(block.columns[*columns_.group], PersonKeys::Namespace::group, groups);
  rows_.contributors.resize(block.row_count);
  for (std::size_t row = 0; row < block.row_count; ++row)
    if (groups[row]) rows_.contributors[row] = groups[row];
    else if (!columns_.contributor) rows_.contributors[row].reset();
}

}  // namespace candour::tabulate
