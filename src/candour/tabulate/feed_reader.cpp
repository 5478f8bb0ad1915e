#include <candour/tabulate/feed_reader.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace candour::tabulate {
namespace {

using holdings::ColumnBatch;
using holdings::RecordBatch;
using Texts = std::vector<std::vector<std::string>>;

std::vector<VariableReader> readers_of(const table::AtomSpace& space, const std::vector<VariableSource>& sources, FeedColumns& columns) {
  std::vector<VariableReader> readers;
  for (table::VariableIndex v = 0; v < sources.size(); ++v) readers.emplace_back(space, v, sources[v], columns);
  return readers;
}

/// Reads the leaves of a row; stops at the first variable for which the row is outside the population.
base::Result<RowStanding> read_leaves(std::vector<VariableReader>& readers, const RecordBatch& batch, const Texts& texts, std::size_t row,
                                      std::uint64_t records, const std::string& file, std::vector<table::LeafIndex>& leaves) {
  for (std::size_t v = 0; v < readers.size(); ++v) {
    CANDOUR_TRY(standing, readers[v].read(batch, texts, row, records, file, leaves[v]));
    if (standing == RowStanding::outside) return standing;
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

}  // namespace

// ---- columns and terms ----

std::size_t FeedColumns::add(const holdings::ColumnRequest& request) {
  for (std::size_t i = 0; i < requests_.size(); ++i)
    if (requests_[i].name == request.name && requests_[i].kind == request.kind && requests_[i].date_form == request.date_form &&
        requests_[i].time_zone == request.time_zone)
      return i;
  requests_.push_back(request);
  return requests_.size() - 1;
}

TermsReader::TermsReader(const std::vector<FilterTerm>& terms, FeedColumns& columns) {
  for (const FilterTerm& term : terms) terms_.push_back({&term, columns.add_text(term.column), {}});
}

bool TermsReader::met(const RecordBatch& batch, const Texts& texts, std::size_t row) {
  return std::all_of(terms_.begin(), terms_.end(), [&](Term& entry) {
    const std::uint32_t code = batch.columns[entry.column].codes[row];
    const std::vector<std::string>& own = texts[entry.column];
    if (code != ColumnBatch::missing && code >= entry.among.size())
      for (std::size_t t = entry.among.size(); t < own.size(); ++t)
        entry.among.push_back(std::find(entry.term->any_of.begin(), entry.term->any_of.end(), own[t]) != entry.term->any_of.end());
    const bool among = code != ColumnBatch::missing && entry.among[code];
    return among == (entry.term->sense == FilterTerm::Sense::is_one_of);
  });
}

void TermsReader::append_columns(std::vector<std::size_t>& columns) const {
  for (const Term& term : terms_) columns.push_back(term.column);
}

// ---- variables ----

VariableReader::VariableReader(const table::AtomSpace& space, table::VariableIndex variable, const VariableSource& source, FeedColumns& columns)
    : variable_(&space.variables[variable]), source_(&source), column_(columns.add(column_request_of(source))), is_period_(space.period == variable) {
  if (const auto missing = tabulate::leaf_of_missing(source, variable_->hierarchy); const auto* read = std::get_if<ReadLeaf>(&missing))
    unknown_leaf_ = read->leaf;
}

base::Result<RowStanding> VariableReader::read(const RecordBatch& batch, const Texts& texts, std::size_t row, std::uint64_t records, const std::string& file,
                                               table::LeafIndex& leaf) {
  const std::uint32_t code = batch.columns[column_].codes[row];
  const bool missing = code == ColumnBatch::missing;
  if (!missing && code >= known_.size()) remember(texts[column_]);
  if (missing && !of_missing_) of_missing_ = leaf_of_missing(*source_, variable_->hierarchy);
  const LeafReading& reading = missing ? *of_missing_ : known_[code];
  if (const auto* read = std::get_if<ReadLeaf>(&reading)) {
    leaf = read->leaf;
    routes_[static_cast<std::size_t>(read->route)] += records;
    if (leaf == unknown_leaf_ && (read->route == LeafRoute::direct || read->route == LeafRoute::mapped)) says_unknown_ += records;
    return RowStanding::inside;
  }
  if (std::holds_alternative<OutsideCodeList>(reading) && is_period_ && !missing) {
    outside_period_ += records;
    return RowStanding::outside;
  }
  return base::fail(wrong_value(reading, missing, file, batch.line_of(row)));
}

void VariableReader::add_notes_of(const VariableReader& other) {
  for (std::size_t r = 0; r < routes_.size(); ++r) routes_[r] += other.routes_[r];
  says_unknown_ += other.says_unknown_;
  outside_period_ += other.outside_period_;
}

void VariableReader::append_notes(std::vector<std::string>& notes) const {
  const auto say = [&](LeafRoute route, std::string_view what) {
    if (const std::uint64_t rows = routes_[static_cast<std::size_t>(route)]; rows != 0)
      notes.push_back(fmt::format("{}: {} rows {}", variable_->name, rows, what));
  };
  say(LeafRoute::mapped, "read through the mapping");
  say(LeafRoute::missing_to_unknown, fmt::format("without a value, counted as '{}'", source_->unknown_code));
  say(LeafRoute::unmapped_to_unknown, fmt::format("with a value that is neither mapped nor in the code list, counted as '{}'", source_->unknown_code));
  if (says_unknown_ != 0) notes.push_back(fmt::format("{}: {} rows whose value itself says '{}'", variable_->name, says_unknown_, source_->unknown_code));
  if (outside_period_ != 0) notes.push_back(fmt::format("{}: {} rows outside the periods of the population, left out", variable_->name, outside_period_));
}

void VariableReader::remember(const std::vector<std::string>& texts) {
  while (known_.size() < texts.size()) known_.push_back(leaf_of_text(texts[known_.size()], *source_, variable_->hierarchy));
}

base::Error VariableReader::wrong_value(const LeafReading& reading, bool missing, const std::string& file, std::uint64_t line) const {
  const auto* not_readable = std::get_if<NotReadable>(&reading);
  const std::string sentence = not_readable != nullptr ? fmt::format("column '{}': expected {}", source_->column, not_readable->expected)
                               : missing
                                   ? fmt::format("column '{}': no value, and no category for unknown values is named", source_->column)
                                   : fmt::format("column '{}': a value that is neither mapped nor in the code list of '{}'", source_->column, variable_->name);
  return {base::Cause::wrong_input,
          not_readable != nullptr ? "holding.bad_value" : "tabulate.outside_code_list",
          {file, line, 0},
          sentence,
          "map the value to a code, or name a code for unknown values"};
}

// ---- feeds ----

RecordFeedReader::RecordFeedReader(const table::AtomSpace& space, const RecordFeed& feed, FeedColumns& columns)
    : feed_(&feed), of_population_(feed.of_population, columns) {
  for (const auto& [question, terms] : feed.questions) questions_.emplace_back(question, TermsReader(terms, columns));
  variables_ = readers_of(space, feed.variables, columns);
}

base::Result<RowStanding> RecordFeedReader::read(const RecordBatch& batch, const Texts& texts, std::size_t row, std::uint64_t records, FeedRow& into) {
  if (!of_population_.met(batch, texts, row)) return RowStanding::outside;
  into.leaves.resize(variables_.size());
  CANDOUR_TRY(standing, read_leaves(variables_, batch, texts, row, records, feed_->holding->name(), into.leaves));
  if (standing == RowStanding::outside) return standing;
  rows_in_population_ += records;
  into.line = batch.line_of(row);
  into.questions = 0;
  for (auto& [question, terms] : questions_)
    if (terms.met(batch, texts, row)) into.questions |= 1U << question;
  return RowStanding::inside;
}

void RecordFeedReader::add_notes_of(const RecordFeedReader& other) {
  for (std::size_t v = 0; v < variables_.size(); ++v) variables_[v].add_notes_of(other.variables_[v]);
  rows_in_population_ += other.rows_in_population_;
  without_person_ += other.without_person_;
}

FeedQuality RecordFeedReader::quality(const holdings::DataQuality& read) const {
  FeedQuality quality{read.rows, rows_in_population_, read.identical_rows, read.notes};
  for (const VariableReader& variable : variables_) variable.append_notes(quality.notes);
  if (without_person_ != 0) quality.notes.push_back(fmt::format("{}: {} rows without a person", feed_->person_column.value_or(""), without_person_));
  return quality;
}

std::vector<std::size_t> RecordFeedReader::term_columns() const {
  std::vector<std::size_t> columns;
  of_population_.append_columns(columns);
  for (const auto& [question, terms] : questions_) terms.append_columns(columns);
  return columns;
}

base::Result<FeedQuality> read_record_feed(const table::AtomSpace& space, const RecordFeed& feed,
                                           const std::function<base::Result<base::Done>(const FeedRow&)>& take) {
  FeedColumns columns;
  RecordFeedReader reader(space, feed, columns);
  std::optional<std::size_t> person;
  if (feed.person_column) person = columns.add_text(*feed.person_column);
  FeedRow row;
  const auto take_batch = [&](const RecordBatch& batch, const Texts& texts) -> base::Result<base::Done> {
    for (std::size_t r = 0; r < batch.row_count; ++r) {
      CANDOUR_TRY(standing, reader.read(batch, texts, r, 1, row));
      if (standing == RowStanding::outside) continue;
      row.person.reset();
      if (person)
        if (const std::uint32_t code = batch.columns[*person].codes[r]; code != ColumnBatch::missing) row.person = texts[*person][code];
      if (person && !row.person) reader.note_without_person(1);
      CANDOUR_TRY_DONE(take(row));
    }
    return base::Done{};
  };
  CANDOUR_TRY(read, feed.holding->read(columns.requests(), take_batch));
  return reader.quality(read);
}

base::Result<FeedQuality> read_count_feed(const table::AtomSpace& space, const CountFeed& feed,
                                          const std::function<base::Result<base::Done>(const CountRow&)>& take) {
  FeedColumns columns;
  std::vector<VariableReader> readers = readers_of(space, feed.variables, columns);
  const std::size_t count_column = columns.add_text(feed.count_column);
  CountRow row;
  row.leaves.resize(space.variables.size());
  std::uint64_t rows_in_population = 0;
  const auto take_batch = [&](const RecordBatch& batch, const Texts& texts) -> base::Result<base::Done> {
    for (std::size_t r = 0; r < batch.row_count; ++r) {
      CANDOUR_TRY(standing, read_leaves(readers, batch, texts, r, 1, feed.holding->name(), row.leaves));
      if (standing == RowStanding::outside) continue;
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
  FeedQuality quality{read.rows, rows_in_population, read.identical_rows, read.notes};
  for (const VariableReader& reader : readers) reader.append_notes(quality.notes);
  return quality;
}

}  // namespace candour::tabulate
