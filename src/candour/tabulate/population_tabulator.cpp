#include <candour/tabulate/population_tabulator.hpp>

#include <candour/holdings/csv_rules.hpp>
#include <candour/holdings/parallel_csv.hpp>
#include <candour/holdings/row_coder.hpp>
#include <candour/tabulate/csv_batches.hpp>
#include <candour/tabulate/population_collector.hpp>
#include <candour/tabulate/question_sets.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <thread>

namespace candour::tabulate {
namespace {

using holdings::ColumnBatch;
using Texts = std::vector<std::vector<std::string>>;

/// A feed of the holding that is being read: its place among the feeds of its population, and where what it collects goes.
struct FeedPlace {
  const PopulationFeeds* population = nullptr;
  std::size_t feed = 0;
  PopulationCollector* collector = nullptr;
  FeedQuality* quality = nullptr;
  [[nodiscard]] const RecordFeed& of() const { return population->records[feed]; }
};

/// Where a row stands among all rows of a population: feed, then block, then row.
std::uint64_t order_of(std::size_t feed, std::uint64_t block, std::size_t row) { return static_cast<std::uint64_t>(feed) << 56U | block << 20U | row; }

std::vector<RecordFeedReader> readers_of(const std::vector<FeedPlace>& feeds, FeedColumns& columns) {
  std::vector<RecordFeedReader> readers;
  readers.reserve(feeds.size());
  for (const FeedPlace& place : feeds) readers.emplace_back(*place.population->space, place.of(), columns);
  return readers;
}

// ---- a CSV, by several threads ----

/// One thread's part of the reading of a CSV.
class CsvFeedThread {
 public:
  CsvFeedThread(const std::vector<FeedPlace>& feeds, const holdings::ParallelCsv& csv, PersonKeys& keys, unsigned thread)
      : feeds_(feeds), csv_(csv), keys_(keys), thread_(thread), readers_(readers_of(feeds, columns_)) {}

  /// Finds the columns; their names are known to be right where this gives no error.
  base::Result<base::Done> open() {
    std::vector<std::size_t> places;
    for (const holdings::ColumnRequest& request : columns_.requests()) {
      CANDOUR_TRY(place, place_of(request.name));
      places.push_back(place);
    }
    for (const FeedPlace& feed : feeds_) {
      persons_.emplace_back();
      if (!feed.of().person_column) continue;
      CANDOUR_TRY(place, place_of(*feed.of().person_column));
      persons_.back() = place;
    }
    batches_.emplace(columns_.requests(), std::move(places), csv_.settings());
    return base::Done{};
  }

  base::Result<base::Done> take(const holdings::FieldBlock& block) {
    const auto fault = batches_->code(block);
    for (std::size_t row = 0; row < block.row_count; ++row) {
      if (fault && fault->row == row) return base::fail(placed(fault->error, block, row));
      note_fingerprint(block, row);
      for (std::size_t f = 0; f < feeds_.size(); ++f)
        if (auto taken = take_row(f, block, row); !taken) return base::fail(placed(std::move(taken).error(), block, row));
    }
    return base::Done{};
  }

  [[nodiscard]] std::vector<RecordFeedReader>& readers() { return readers_; }
  [[nodiscard]] std::vector<holdings::RowFingerprint::Value>& fingerprints() { return fingerprints_; }

 private:
  base::Result<std::size_t> place_of(const std::string& name) const {
    const auto at = std::find(csv_.header().begin(), csv_.header().end(), name);
    if (at == csv_.header().end()) return base::fail(holdings::unknown_column(csv_.settings().path, name, csv_.header()));
    return static_cast<std::size_t>(at - csv_.header().begin());
  }

  base::Error placed(base::Error error, const holdings::FieldBlock& block, std::size_t row) const {
    error.place.file = csv_.settings().path;
    error.place.line = block.line_of(row);
    return error;
  }

  void note_fingerprint(const holdings::FieldBlock& block, std::size_t row) {
    holdings::RowFingerprint fingerprint;
    for (const auto& column : block.columns)
      fingerprint.field(column[row].text(), column[row].is_missing() ? holdings::Presence::missing : holdings::Presence::present);
    fingerprints_.push_back(fingerprint.value());
  }

  base::Result<base::Done> take_row(std::size_t f, const holdings::FieldBlock& block, std::size_t row) {
    CANDOUR_TRY(standing, readers_[f].read(batches_->batch(), batches_->texts(), row, 1, row_));
    if (standing == RowStanding::outside) return base::Done{};
    std::optional<PersonKey> person;
    if (persons_[f]) {
      const holdings::FieldBytes& field = block.columns[*persons_[f]][row];
      if (field.is_missing()) readers_[f].note_without_person(1);
      else CANDOUR_TRY_DONE(key_of(field, person));
    }
    return feeds_[f].collector->add(thread_, row_, person, order_of(feeds_[f].feed, block.number, row), 1, csv_.settings().path);
  }

  base::Result<base::Done> key_of(const holdings::FieldBytes& field, std::optional<PersonKey>& person) {
    const bool ascii = std::none_of(field.data, field.data + field.size, [](char c) { return (static_cast<unsigned char>(c) & 0x80U) != 0; });
    if (ascii) {
      person = keys_.key_of(field.data, field.size, PersonKeys::Namespace::person);
      return base::Done{};
    }
    CANDOUR_TRY(text, holdings::csv_text(field.text(), csv_.settings(), 0));
    person = keys_.key_of(text, PersonKeys::Namespace::person);
    return base::Done{};
  }

  const std::vector<FeedPlace>& feeds_;
  const holdings::ParallelCsv& csv_;
  PersonKeys& keys_;
  unsigned thread_;
  FeedColumns columns_;
  std::vector<RecordFeedReader> readers_;
  std::vector<std::optional<std::size_t>> persons_;  ///< of each feed, in the blocks
  std::optional<CsvBatches> batches_;
  std::vector<holdings::RowFingerprint::Value> fingerprints_;
  FeedRow row_;
};

std::uint64_t repeated(std::vector<std::unique_ptr<CsvFeedThread>>& threads) {
  std::vector<holdings::RowFingerprint::Value> all = std::move(threads[0]->fingerprints());
  for (std::size_t t = 1; t < threads.size(); ++t) {
    all.insert(all.end(), threads[t]->fingerprints().begin(), threads[t]->fingerprints().end());
    threads[t]->fingerprints() = {};
  }
  std::sort(all.begin(), all.end());
  return all.size() - static_cast<std::uint64_t>(std::unique(all.begin(), all.end()) - all.begin());
}

base::Result<base::Done> read_csv(const holdings::CsvSettings& settings, std::vector<FeedPlace>& feeds, PersonKeys& keys, unsigned thread_count) {
  CANDOUR_TRY(csv, holdings::ParallelCsv::open(settings));
  std::vector<std::unique_ptr<CsvFeedThread>> threads;
  std::vector<holdings::FieldSink> sinks;
  for (unsigned t = 0; t < thread_count; ++t) {
    threads.push_back(std::make_unique<CsvFeedThread>(feeds, csv, keys, t));
    CANDOUR_TRY_DONE(threads.back()->open());
    sinks.emplace_back([thread = threads.back().get()](const holdings::FieldBlock& block) { return thread->take(block); });
  }
  std::vector<std::size_t> all(csv.header().size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  CANDOUR_TRY(facts, csv.read(all, sinks));
  holdings::DataQuality quality{facts.rows, repeated(threads), {}};
  if (quality.identical_rows != 0) quality.notes.push_back(fmt::format("rows equal to an earlier row in every column: {}", quality.identical_rows));
  if (facts.blank_lines != 0) quality.notes.push_back(fmt::format("blank lines skipped: {}", facts.blank_lines));
  for (std::size_t f = 0; f < feeds.size(); ++f) {
    RecordFeedReader& first = threads[0]->readers()[f];
    for (std::size_t t = 1; t < threads.size(); ++t) first.add_notes_of(threads[t]->readers()[f]);
    *feeds[f].quality = first.quality(quality);
  }
  return base::Done{};
}

// ---- batches: a database's groups, or the rows of any other holding ----

/// Adds a batch to one feed; `counts` says for how many records each row stands, and is empty where each is one.
struct BatchFeed {
  FeedPlace place;
  RecordFeedReader reader;
  std::optional<std::size_t> person;
  FeedRow row = {};

  /// The columns of conditions and variables.
  [[nodiscard]] std::vector<std::size_t> judged_columns() const {
    std::vector<std::size_t> columns = reader.term_columns();
    for (const VariableReader& variable : reader.variables()) columns.push_back(variable.column());
    return columns;
  }

  base::Result<base::Done> take(const holdings::RecordBatch& batch, const Texts& texts, const std::vector<std::int64_t>& counts, PersonKeys& keys) {
    for (std::size_t r = 0; r < batch.row_count; ++r) {
      const std::int64_t records = counts.empty() ? 1 : counts[r];
      CANDOUR_TRY(standing, reader.read(batch, texts, r, static_cast<std::uint64_t>(records), row));
      if (standing == RowStanding::outside) continue;
      std::optional<PersonKey> who;
      std::uint64_t order = order_of(place.feed, 0, 0) | (batch.first_row + r);
      if (person) {
        const ColumnBatch& column = batch.columns[*person];
        if (column.codes[r] == ColumnBatch::missing) {
          reader.note_without_person(static_cast<std::uint64_t>(records));
        } else {
          const std::string_view text = column.ends.empty() ? std::string_view(texts[*person][column.codes[r]]) : column.written(r);
          who = keys.key_of(text, PersonKeys::Namespace::person);
          // Groups come in any order: persons are numbered by their texts, so that a second run gives the same numbers.
          if (!counts.empty()) order = order_of(place.feed, 0, 0) | holdings::RowFingerprint::of(text)[0] >> 8U;
        }
      }
      CANDOUR_TRY_DONE(place.collector->add(0, row, who, order, records, place.of().holding->name()));
    }
    return base::Done{};
  }
};

BatchFeed batch_feed_of(const FeedPlace& place, FeedColumns& columns) {
  BatchFeed feed{place, RecordFeedReader(*place.population->space, place.of(), columns), std::nullopt};
  if (place.of().person_column) feed.person = columns.add_text(*place.of().person_column);
  return feed;
}

base::Result<base::Done> read_rows(holdings::RecordHolding& holding, std::vector<FeedPlace>& places, PersonKeys& keys) {
  FeedColumns columns;
  std::vector<BatchFeed> feeds;
  for (const FeedPlace& place : places) feeds.push_back(batch_feed_of(place, columns));
  CANDOUR_TRY(quality, holding.read(columns.requests(), [&](const holdings::RecordBatch& batch, const Texts& texts) -> base::Result<base::Done> {
    for (BatchFeed& feed : feeds) CANDOUR_TRY_DONE(feed.take(batch, texts, {}, keys));
    return base::Done{};
  }));
  for (BatchFeed& feed : feeds) *feed.place.quality = feed.reader.quality(quality);
  return base::Done{};
}

/// Months and bands suffice where a column serves one variable and no condition.
void ask_coarsely(const BatchFeed& feed, holdings::GroupedRequest& request) {
  std::vector<std::size_t> taken = feed.judged_columns();
  if (feed.person) taken.push_back(*feed.person);
  using Derivation = VariableSource::Derivation;
  for (const VariableReader& variable : feed.reader.variables()) {
    if (std::count(taken.begin(), taken.end(), variable.column()) != 1) continue;
    const Derivation derivation = variable.source().derivation;
    if (derivation == Derivation::month) request.months.push_back(variable.column());
    if (derivation == Derivation::five_year) request.bands.push_back({variable.column(), 5});
    if (derivation == Derivation::ten_year) request.bands.push_back({variable.column(), 10});
  }
}

/// One GROUP BY a feed. The conditions are judged here, so that what was read and left out is told as of any other holding.
base::Result<base::Done> count_inside(holdings::CountingHolding& holding, std::vector<FeedPlace>& places, PersonKeys& keys) {
  CANDOUR_TRY(identical, holding.identical_rows());
  for (const FeedPlace& place : places) {
    FeedColumns columns;
    BatchFeed feed = batch_feed_of(place, columns);
    holdings::GroupedRequest request;
    request.columns = columns.requests();
    ask_coarsely(feed, request);
    const std::vector<std::size_t> judged = feed.judged_columns();
    if (feed.person && std::count(judged.begin(), judged.end(), *feed.person) == 0) request.as_written = {*feed.person};
    CANDOUR_TRY(quality, holding.count(request, [&](const holdings::GroupedBatch& groups, const Texts& texts) {
      return feed.take(groups.batch, texts, groups.counts, keys);
    }));
    quality.identical_rows = identical;
    if (identical != 0) quality.notes.push_back(fmt::format("rows equal to an earlier row in every column: {}", identical));
    *place.quality = feed.reader.quality(quality);
  }
  return base::Done{};
}

// ---- all populations ----

/// The feeds of each holding, in the order in which holdings are first named.
std::vector<std::pair<holdings::RecordHolding*, std::vector<FeedPlace>>> by_holding(const std::vector<PopulationFeeds>& populations,
                                                                                    const std::vector<std::unique_ptr<PopulationCollector>>& collectors,
                                                                                    std::vector<std::vector<FeedQuality>>& qualities) {
  std::vector<std::pair<holdings::RecordHolding*, std::vector<FeedPlace>>> all;
  for (std::size_t p = 0; p < populations.size(); ++p) {
    qualities[p].resize(populations[p].records.size());
    for (std::size_t f = 0; f < populations[p].records.size(); ++f) {
      holdings::RecordHolding* holding = populations[p].records[f].holding;
      auto at = std::find_if(all.begin(), all.end(), [&](const auto& entry) { return entry.first == holding; });
      if (at == all.end()) at = all.insert(all.end(), {holding, {}});
      at->second.push_back({&populations[p], f, collectors[p].get(), &qualities[p][f]});
    }
  }
  return all;
}

base::Result<base::Done> read_holding(holdings::RecordHolding& holding, std::vector<FeedPlace>& feeds, PersonKeys& keys, unsigned threads) {
  if (const holdings::CsvSettings* settings = holding.csv_settings()) return read_csv(*settings, feeds, keys, threads);
  if (auto* counting = dynamic_cast<holdings::CountingHolding*>(&holding)) return count_inside(*counting, feeds, keys);
  return read_rows(holding, feeds, keys);
}

}  // namespace

base::Result<std::vector<Tabulated>> tabulate_populations(const std::vector<PopulationFeeds>& populations, unsigned threads) {
  if (threads == 0) threads = std::max(1U, std::thread::hardware_concurrency());
  std::vector<std::unique_ptr<PopulationCollector>> collectors;
  for (const PopulationFeeds& feeds : populations) {
    std::set<table::QuestionIndex> counted;
    for (const CountFeed& feed : feeds.counts) counted.insert(feed.question);
    collectors.push_back(std::make_unique<PopulationCollector>(feeds.space, std::move(counted), threads));
  }
  PersonKeys keys;
  std::vector<std::vector<FeedQuality>> qualities(populations.size());
  for (auto& [holding, feeds] : by_holding(populations, collectors, qualities)) CANDOUR_TRY_DONE(read_holding(*holding, feeds, keys, threads));
  std::vector<Tabulated> all;
  for (std::size_t p = 0; p < populations.size(); ++p) {
    std::uint64_t without_person = 0;
    truth::Population population = collectors[p]->finish(without_person);
    collectors[p].reset();
    CANDOUR_TRY(of_counts, add_count_feeds(populations[p].counts, population, without_person));
    qualities[p].insert(qualities[p].end(), of_counts.begin(), of_counts.end());
    population.people = people_known(populations[p].records, populations[p].counts, without_person);
    all.push_back({std::move(population), std::move(qualities[p])});
  }
  return all;
}

}  // namespace candour::tabulate
