#include <candour/tabulate/feed_reader.hpp>

#include <candour/tabulate/leaf_reader.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

namespace candour::tabulate {
namespace {

using holdings::ColumnBatch;
using holdings::RecordBatch;
using Texts = std::vector<std::vector<std::string>>;

/// The columns that a feed asks its holding for, each way of reading once.
class Columns {
 public:
  std::size_t add(const holdings::ColumnRequest& request) {
    for (std::size_t i = 0; i < requests_.size(); ++i)
      if (requests_[i].name == request.name && requests_[i].kind == request.kind && requests_[i].date_form == request.date_form && requests_[i].time_zone == request.time_zone) return i;
    requests_.push_back(request);
    return requests_.size() - 1;
  }
  std::size_t add_text(const std::string& name) { return add({name, holdings::ColumnKind::text, base::DateForm::iso, "Europe/London"}); }
  [[nodiscard]] const std::vector<holdings::ColumnRequest>& requests() const { return requests_; }

 private:
  std::vector<holdings::ColumnRequest> requests_;
};

/// Says of each row whether it meets a list of terms. A missing value is none of the texts.
class Terms {
 public:
  Terms(const std::vector<FilterTerm>& terms, Columns& columns) {
    for (const FilterTerm& term : terms) terms_.push_back({&term, columns.add_text(term.column)});
  }
  [[nodiscard]] bool met(const RecordBatch& batch, const Texts& texts, std::size_t row) const {
    return std::all_of(terms_.begin(), terms_.end(), [&](const auto& entry) {
      const auto& [term, column] = entry;
      const std::uint32_t code = batch.columns[column].codes[row];
      const bool among = code != ColumnBatch::missing && std::find(term->any_of.begin(), term->any_of.end(), texts[column][code]) != term->any_of.end();
      return among == (term->sense == FilterTerm::Sense::is_one_of);
    });
  }

 private:
  std::vector<std::pair<const FilterTerm*, std::size_t>> terms_;
};

enum class RowStanding { inside, outside_period };

/// One variable's leaves, remembered for each text of its column.
class VariableReader {
 public:
  VariableReader(const table::AtomSpace& space, table::VariableIndex variable, const VariableSource& source, Columns& columns)
      : variable_(&space.variables[variable]), source_(&source), column_(columns.add(column_request_of(source))), is_period_(space.period == variable) {}

  base::Result<RowStanding> read(const RecordBatch& batch, const Texts& texts, std::size_t row, const std::string& file, table::LeafIndex& leaf) {
    const std::uint32_t code = batch.columns[column_].codes[row];
    const bool missing = code == ColumnBatch::missing;
    if (!missing && code >= known_.size()) remember(texts[column_]);
    const LeafReading reading = missing ? leaf_of_missing(*source_, variable_->hierarchy) : known_[code];
    if (const auto* read = std::get_if<ReadLeaf>(&reading)) {
      leaf = read->leaf;
      ++routes_[static_cast<std::size_t>(read->route)];
      return RowStanding::inside;
    }
    if (std::holds_alternative<OutsideCodeList>(reading) && is_period_ && !missing) {
      ++outside_period_;
      return RowStanding::outside_period;
    }
    return base::fail(wrong_value(reading, missing, file, batch.line_of(row)));
  }

  void append_notes(std::vector<std::string>& notes) const {
    const auto say = [&](LeafRoute route, std::string_view what) {
      if (const std::uint64_t rows = routes_[static_cast<std::size_t>(route)]; rows != 0) notes.push_back(fmt::format("{}: {} rows {}", variable_->name, rows, what));
    };
    say(LeafRoute::mapped, "read through the mapping");
    say(LeafRoute::missing_to_unknown, fmt::format("without a value, counted as '{}'", source_->unknown_code));
    say(LeafRoute::unmapped_to_unknown, fmt::format("with a value that is neither mapped nor in the code list, counted as '{}'", source_->unknown_code));
    if (outside_period_ != 0) notes.push_back(fmt::format("{}: {} rows outside the periods of the population, left out", variable_->name, outside_period_));
  }

 private:
  void remember(const std::vector<std::string>& texts) {
    while (known_.size() < texts.size()) known_.push_back(leaf_of_text(texts[known_.size()], *source_, variable_->hierarchy));
  }

  base::Error wrong_value(const LeafReading& reading, bool missing, const std::string& file, std::uint64_t line) const {
    const auto* not_readable = std::get_if<NotReadable>(&reading);
    const std::string sentence = not_readable != nullptr ? fmt::format("column '{}': expected {}", source_->column, not_readable->expected)
                                 : missing               ? fmt::format("column '{}': no value, and no category for unknown values is named", source_->column)
                                                         : fmt::format("column '{}': a value that is neither mapped nor in the code list of '{}'", source_->column, variable_->name);
    return {base::Cause::wrong_input, not_readable != nullptr ? "holding.bad_value" : "tabulate.outside_code_list", {file, line, 0}, sentence,
            "map the value to a code, or name a code for unknown values"};
  }

  const table::Variable* variable_;
  const VariableSource* source_;
  std::size_t column_;
  bool is_period_;
  std::vector<LeafReading> known_;
  std::array<std::uint64_t, 5> routes_{};
  std::uint64_t outside_period_ = 0;
};

std::vector<VariableReader> readers_of(const table::AtomSpace& space, const std::vector<VariableSource>& sources, Columns& columns) {
  std::vector<VariableReader> readers;
  for (table::VariableIndex v = 0; v < sources.size(); ++v) readers.emplace_back(space, v, sources[v], columns);
  return readers;
}

/// Reads the leaves of a row; stops at the first variable for which the row is outside the population.
base::Result<RowStanding> read_leaves(std::vector<VariableReader>& readers, const RecordBatch& batch, const Texts& texts, std::size_t row, const std::string& file,
                                      std::vector<table::LeafIndex>& leaves) {
  for (std::size_t v = 0; v < readers.size(); ++v) {
    CANDOUR_TRY(standing, readers[v].read(batch, texts, row, file, leaves[v]));
    if (standing == RowStanding::outside_period) return standing;
  }
  return RowStanding::inside;
}

base::Result<std::int64_t> count_in(const std::string& text) {
  std::int64_t count = 0;
  const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (text.empty() || status != std::errc{} || end != text.data() + text.size() || count < 0)
    return base::fail({base::Cause::wrong_input, "tabulate.bad_count", {}, "expected a whole number of at least 0", {}});
  return count;
}

FeedQuality quality_of(const holdings::DataQuality& read, std::uint64_t rows_in_population, const std::vector<VariableReader>& readers) {
  FeedQuality quality{read.rows, rows_in_population, read.identical_rows, read.notes};
  for (const VariableReader& reader : readers) reader.append_notes(quality.notes);
  return quality;
}

}  // namespace

base::Result<FeedQuality> read_record_feed(const table::AtomSpace& space, const RecordFeed& feed, const std::function<base::Result<base::Done>(const FeedRow&)>& take) {
  Columns columns;
  const Terms of_population(feed.of_population, columns);
  std::map<table::QuestionIndex, Terms> questions;
  for (const auto& [question, terms] : feed.questions) questions.emplace(question, Terms(terms, columns));
  std::vector<VariableReader> readers = readers_of(space, feed.variables, columns);
  std::optional<std::size_t> person;
  if (feed.person_column) person = columns.add_text(*feed.person_column);

  FeedRow row;
  row.leaves.resize(space.variables.size());
  std::uint64_t rows_in_population = 0, without_person = 0;
  const auto take_batch = [&](const RecordBatch& batch, const Texts& texts) -> base::Result<base::Done> {
    for (std::size_t r = 0; r < batch.row_count; ++r) {
      if (!of_population.met(batch, texts, r)) continue;
      CANDOUR_TRY(standing, read_leaves(readers, batch, texts, r, feed.holding->name(), row.leaves));
      if (standing == RowStanding::outside_period) continue;
      ++rows_in_population;
      row.line = batch.line_of(r);
      row.questions = 0;
      for (const auto& [question, terms] : questions)
        if (terms.met(batch, texts, r)) row.questions |= 1U << question;
      row.person.reset();
      if (person)
        if (const std::uint32_t code = batch.columns[*person].codes[r]; code != ColumnBatch::missing) row.person = texts[*person][code];
      if (person && !row.person) ++without_person;
      CANDOUR_TRY_DONE(take(row));
    }
    return base::Done{};
  };
  CANDOUR_TRY(read, feed.holding->read(columns.requests(), take_batch));
  FeedQuality quality = quality_of(read, rows_in_population, readers);
  if (without_person != 0) quality.notes.push_back(fmt::format("{}: {} rows without a person", *feed.person_column, without_person));
  return quality;
}

base::Result<FeedQuality> read_count_feed(const table::AtomSpace& space, const CountFeed& feed, const std::function<base::Result<base::Done>(const CountRow&)>& take) {
  Columns columns;
  std::vector<VariableReader> readers = readers_of(space, feed.variables, columns);
  const std::size_t count_column = columns.add_text(feed.count_column);
  CountRow row;
  row.leaves.resize(space.variables.size());
  std::uint64_t rows_in_population = 0;
  const auto take_batch = [&](const RecordBatch& batch, const Texts& texts) -> base::Result<base::Done> {
    for (std::size_t r = 0; r < batch.row_count; ++r) {
      CANDOUR_TRY(standing, read_leaves(readers, batch, texts, r, feed.holding->name(), row.leaves));
      if (standing == RowStanding::outside_period) continue;
      ++rows_in_population;
      const std::uint32_t code = batch.columns[count_column].codes[r];
      auto count = count_in(code == ColumnBatch::missing ? std::string() : texts[count_column][code]);
      if (!count) {
        base::Error error = count.error();
        error.place = {feed.holding->name(), batch.line_of(r), 0};
        error.sentence = fmt::format("column '{}': {}", feed.count_column, error.sentence);
        return base::fail(std::move(error));
      }
      row.count = *count;
      CANDOUR_TRY_DONE(take(row));
    }
    return base::Done{};
  };
  CANDOUR_TRY(read, feed.holding->read(columns.requests(), take_batch));
  return quality_of(read, rows_in_population, readers);
}

}  // namespace candour::tabulate
