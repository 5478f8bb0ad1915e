#include <candour/holdings/row_coder.hpp>

#include <candour/base/text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <bit>

namespace candour::holdings {
namespace {

constexpr std::uint64_t rows_in_a_batch = 8192;

// One step of a multiply-and-fold hash; both halves use their own constants.
std::uint64_t folded(std::uint64_t state, std::uint64_t word, std::uint64_t factor) {
  state ^= word;
  state *= factor;
  return std::rotl(state, 29) ^ (state >> 32U);
}

}  // namespace

base::Error unknown_column(const std::string& holding, const std::string& column, const std::vector<std::string>& known) {
  base::Error error{base::Cause::wrong_input, "holding.unknown_column", {holding, 0, 0}, fmt::format("there is no column '{}'", column), {}};
  if (const auto nearest = base::nearest_word(column, known)) error.hint = fmt::format("did you mean '{}'?", *nearest);
  else error.hint = fmt::format("the columns are: {}", base::joined(known, ", "));
  return error;
}

base::Result<RowCoder> RowCoder::make(std::string name, const std::vector<std::string>& header, const std::vector<ColumnRequest>& columns, BatchSink sink) {
  RowCoder coder;
  for (const ColumnRequest& column : columns) {
    const auto at = std::find(header.begin(), header.end(), column.name);
    if (at == header.end()) return base::fail(unknown_column(name, column.name, header));
    coder.places_.push_back(static_cast<std::size_t>(at - header.begin()));
    coder.dictionaries_.emplace_back(column);
  }
  coder.name_ = std::move(name);
  coder.sink_ = std::move(sink);
  coder.texts_.resize(columns.size());
  coder.batch_.columns.resize(columns.size());
  coder.written_.resize(columns.size());
  return coder;
}

void RowCoder::begin_row(std::uint64_t line) {
  if (line != 0) batch_.lines.push_back(line);
}

base::Result<base::Done> RowCoder::value(std::size_t column, std::string_view text, Presence presence) {
  if (written_[column]) {
    ColumnBatch& written = batch_.columns[column];
    written.codes.push_back(presence == Presence::missing ? ColumnBatch::missing : 0);
    if (presence == Presence::present) written.bytes += text;
    written.ends.push_back(static_cast<std::uint32_t>(written.bytes.size()));
    return base::Done{};
  }
  if (presence == Presence::missing) {
    batch_.columns[column].codes.push_back(ColumnBatch::missing);
    return base::Done{};
  }
  auto code = dictionaries_[column].code_of(text, texts_[column]);
  if (!code) {
    base::Error error = std::move(code).error();
    error.place = {name_, batch_.lines.empty() ? rows_ + 1 : batch_.lines.back(), 0};
    return base::fail(std::move(error));
  }
  batch_.columns[column].codes.push_back(*code);
  return base::Done{};
}

base::Result<base::Done> RowCoder::end_row() {
  ++rows_;
  if (++batch_.row_count == rows_in_a_batch) return hand_on();
  return base::Done{};
}

base::Result<base::Done> RowCoder::hand_on() {
  for (ColumnBatch& column : batch_.columns)
    if (!column.ends.empty()) column.bytes.append(16, '\0');
  CANDOUR_TRY_DONE(sink_(batch_, texts_));
  batch_.first_row += batch_.row_count;
  batch_.row_count = 0;
  batch_.lines.clear();
  for (ColumnBatch& column : batch_.columns) {
    column.codes.clear();
    column.bytes.clear();
    column.ends.clear();
  }
  return base::Done{};
}

base::Result<base::Done> RowCoder::finish() {
  if (batch_.row_count == 0) return base::Done{};
  return hand_on();
}

void RowFingerprint::field(std::string_view text, Presence presence) {
  std::uint64_t word = presence == Presence::missing ? 0xFFU : text.size() << 8U;
  for (std::size_t i = 0;; ++i) {
    if (i % 8 == 0 || i == text.size()) {
      state_ = {folded(state_[0], word, 0x9E3779B97F4A7C15ULL), folded(state_[1], word, 0xC2B2AE3D27D4EB4FULL)};
      word = 0;
    }
    if (i == text.size()) return;
    word = word << 8U | static_cast<unsigned char>(text[i]);
  }
}

}  // namespace candour::holdings
