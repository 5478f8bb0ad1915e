#include <candour/cli/protect_methods.hpp>

#include <candour/attack/changed_table.hpp>
#include <candour/certify/changed_check.hpp>
#include <candour/cli/change_words.hpp>
#include <candour/cli/console.hpp>
#include <candour/cli/noise_register.hpp>
#include <candour/cli/protect_output.hpp>
#include <candour/cli/witness_file.hpp>
#include <candour/protect/evidence_of_change.hpp>
#include <candour/protect/perturb/cell_key.hpp>
#include <candour/protect/perturb/discrete_noise.hpp>
#include <candour/protect/round/rounding.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdlib>
#include <thread>

namespace candour::cli {
namespace {

using base::Result;
using nlohmann::ordered_json;
using table::SystemCell;

// Totals are the sums of the finest cells.
void add_up(const table::AdditiveSystem& cube, std::vector<std::int64_t>& values) {
  const table::ProductShape& shape = *cube.product();
  for (SystemCell c = 0; c < values.size(); ++c)
    if (!shape.is_finest(c)) values[c] = 0;
  for (std::size_t k = 0; k < shape.axes.size(); ++k)
    for (SystemCell c = cube.cell_count(); c-- > 0;)
      if (const std::uint32_t node = shape.node(c, k); node != 0) values[c - (node - shape.axes[k].parent[node]) * shape.stride[k]] += values[c];
}

// The same table rounded again by the same key comes out the same: a reader of two drawings would average them.
std::string purpose_of_rounding(const ProtectOrder& order, const ProtectTable& table) {
  std::string text = fmt::format("rounding {} {}\n", order.rounding, order.base);
  for (const PublishedCube& cube : table.cubes)
    for (const table::Hierarchy& variable : cube.variables)
      for (table::NodeIndex node = 0; node < variable.size(); ++node)
        text += fmt::format("{} {} {}\n", base::digest_of(variable.name()).to_hex(), base::digest_of(variable.code(node)).to_hex(), variable.parent(node));
  for (const std::int64_t count : table.facts.value) text += fmt::format("{} ", count);
  return base::digest_of(text).to_hex();
}

class Changing {
 public:
  Changing(const ProtectOrder& order, const ProtectTable& table)
      : order_(order), table_(table), values_(table.facts.value), rounding_bits_(order.key, purpose_of_rounding(order, table)) {}

  Result<base::Done> run() {
    if (order_.method == "round") return round();
    return order_.method == "cell-key" ? add_keyed_noise() : add_private_noise();
  }

  std::vector<std::int64_t>& values() { return values_; }
  [[nodiscard]] const table::Change& change() const { return change_; }
  ordered_json& summary() { return summary_; }

 private:
  Result<base::Done> round() {
    change_.base = order_.base;
    if (order_.rounding == "nearest") {
      change_.kind = table::Change::Kind::nearest;
      values_ = protect::round_to_nearest(values_, order_.base);
      return base::Done{};
    }
    if (order_.rounding == "random") {
      change_.kind = table::Change::Kind::random;
      values_ = protect::round_at_random(values_, order_.base, rounding_bits_);
      return base::Done{};
    }
    const bool all = order_.rounding == "controlled";
    CANDOUR_TRY(rounded, all ? protect::round_controlled(table_.system, values_, order_.base, rounding_bits_)
                             : protect::round_small_counts(table_.system, values_, order_.base, rounding_bits_));
    change_.kind = all ? table::Change::Kind::controlled : table::Change::Kind::small;
    // What a reader is told is a promise that holds: within one base, or how far beyond.
    change_.totals_within = std::max(order_.base - 1, rounded.largest_change);
    summary_["cells_beyond_one_base"] = rounded.cells_beyond_one_base;
    values_ = std::move(rounded.counts);
    return base::Done{};
  }

  Result<base::Done> add_keyed_noise() {
    change_.kind = table::Change::Kind::cell_key;
    change_.most_noise = order_.most_noise, change_.forbidden = order_.forbidden, change_.variance = static_cast<double>(order_.variance);
    CANDOUR_TRY(noise, protect::PerturbationTable::build({order_.most_noise, static_cast<double>(order_.variance), order_.forbidden}));
    for (std::size_t c = 0; c < values_.size(); ++c) values_[c] += noise.noise(values_[c], table_.key[c]);
    if (const auto average = attack::best_average(table_.system, change_.variance)) {
      summary_["best_average_deviation"] = average->deviation;
      summary_["best_average_exact_probability"] = average->exact_probability;
    }
    return base::Done{};
  }

  // Noise on the finest cells, zeros included; totals are their sums.
  Result<base::Done> add_private_noise() {
    change_.kind = table::Change::Kind::noise;
    change_.variance = static_cast<double>(order_.variance);
    CANDOUR_TRY(variance, protect::Fraction::of(order_.variance, 1));
    const table::ProductShape& shape = *table_.system.product();
    std::vector<SystemCell> finest;
    std::vector<std::int64_t> noisy;
    for (SystemCell c = 0; c < values_.size(); ++c)
      if (shape.is_finest(c)) finest.push_back(c), noisy.push_back(values_[c] + protect::discrete_gaussian(variance, bits_));
    if (order_.consistency == "nonnegative") noisy = protect::nonnegative_with_total(noisy);
    for (std::size_t i = 0; i < finest.size(); ++i) values_[finest[i]] = noisy[i];
    add_up(table_.system, values_);
    const double rho = protect::rho_of_gaussian(1, change_.variance);
    summary_["rho"] = rho;
    summary_["epsilon_at_1e-6"] = protect::epsilon_of_rho(rho, 1e-6);
    summary_["guarantee_is_for"] = order_.people ? "one record; a person with several records has less" : "one record";
    summary_["consistency"] = order_.consistency;
    return base::Done{};
  }

  const ProtectOrder& order_;
  const ProtectTable& table_;
  std::vector<std::int64_t> values_;
  protect::SystemRandomBits bits_;
  protect::KeyedBits rounding_bits_;
  table::Change change_;
  ordered_json summary_ = ordered_json::object();
};

// How much of the information the change took.
void add_loss(ordered_json& summary, const std::vector<std::int64_t>& truth, const std::vector<std::int64_t>& values) {
  double sum = 0;
  std::int64_t largest = 0;
  std::uint64_t changed = 0;
  for (std::size_t c = 0; c < truth.size(); ++c) {
    const std::int64_t away = std::abs(values[c] - truth[c]);
    sum += static_cast<double>(away), largest = std::max(largest, away), changed += away != 0;
  }
  summary["cells_changed"] = changed;
  summary["largest_change"] = largest;
  summary["mean_absolute_change"] = sum / static_cast<double>(truth.size());
}

// The draft is attacked before it is written: the starting table is the truth, which fits; what is found does not depend on it.
Result<base::Done> attack_draft(const ProtectOrder& order, const ProtectTable& table, const std::vector<std::int64_t>& values, const table::Change& change,
                                ordered_json& summary) {
  attack::AuditOptions options;
  options.starting_table = table.facts.value;
  options.seconds = order.seconds > 0 ? static_cast<double>(order.seconds) : 120;
  options.threads = std::max(1u, std::thread::hardware_concurrency());
  CANDOUR_TRY(report, attack::attack_changed_table(table.system, values, change, order.minimum, options));
  summary["attacked"] = {
      {"asked", report.asked}, {"shown_small", report.shown_small.size()}, {"undecided", report.undecided.size()}, {"linear_programs", report.linear_programs}};
  if (report.shown_small.empty() && report.undecided.empty()) return base::Done{};
  return base::fail(base::Error{base::Cause::refused,
                                "protect.leak",
                                {},
                                fmt::format("{} cells of the changed table are shown to hold a count from 1 to {}, {} are undecided: nothing is written",
                                            report.shown_small.size(), order.minimum - 1, report.undecided.size()),
                                "a larger base or more noise, coarser categories, or --rounding controlled, whose totals add nothing"});
}

// For each small count another table that gives the same figures; the checker, which shares nothing with the method, re-adds it.
Result<WitnessFile> prove(const ProtectOrder& order, const ProtectTable& table, const std::vector<std::int64_t>& figures, const table::Change& change) {
  const std::vector<std::int64_t>& counts = table.facts.value;
  WitnessFile file;
  file.minimum = order.minimum, file.published_count = table.published_count, file.axes = table.system.product()->axes;
  certify::ChangedEvidence evidence;
  if (change.kind != table::Change::Kind::noise) {
    std::vector<std::int64_t> lowest, highest;
    for (SystemCell c = 0; c < counts.size(); ++c) {
      const bool finest = table.system.product()->is_finest(c);
      const attack::PossibleCounts possible = attack::possible_counts(change, figures[c], finest ? table::Place::finest : table::Place::total);
      lowest.push_back(possible.lowest), highest.push_back(possible.highest);
    }
    CANDOUR_TRY(found, protect::find_evidence_of_change(table.system, counts, lowest, highest, order.minimum));
    for (const auto& witness : found.witnesses) {
      file.secrets.push_back({witness.cell, counts[witness.cell], counts[witness.cell], 0});
      file.moves_of.push_back({witness.move});
      evidence.witnesses.push_back({witness.cell, witness.move});
    }
    evidence.moves = file.moves = std::move(found.moves);
  }
  const certify::ChangedCheck check = certify::check_changed(table.system, counts, figures, change, order.minimum, evidence);
  if (check.faults.empty()) return file;
  return base::fail(base::Error{base::Cause::refused,
                                "protect.unproved",
                                {},
                                fmt::format("the changed table is not proved (faults: {}, the first of the kind {}): nothing is written", check.faults.size(),
                                            certify::word_of(check.faults.front().kind)),
                                "a larger base or more noise, or coarser categories"});
}

// Rounding and noise hide how many records there are, not how few people stand behind many.
Result<base::Done> check_people(const ProtectOrder& order, const ProtectTable& table) {
  const auto few = std::count_if(table.truth.secrets.begin(), table.truth.secrets.end(),
                                 [&](const truth::SystemSecret& secret) { return table.facts.value[secret.cell] >= order.minimum; });
  if (few == 0) return base::Done{};
  return base::fail(
      base::Error{base::Cause::refused,
                  "protect.few_people",
                  {},
                  fmt::format("{} cells hold records enough but fewer than {} people, or are sensitive by another rule, which the method {} does not "
                              "protect: nothing is written",
                              few, order.minimum, order.method),
                  "--method suppress, or coarser categories"});
}

}  // namespace

Result<ExitStatus> protect_by_change(const ProtectOrder& order, Started started, Console& console) {
  const auto wrong = [&](std::string sentence, std::string hint) {
    return base::fail(base::Error{base::Cause::wrong_input, "protect.method", {}, std::move(sentence), std::move(hint)});
  };
  if (order.sum) return wrong(fmt::format("the method {} is for counts", order.method), "leave out --sum");
  CANDOUR_TRY(place, register_of_noise(order));
  CANDOUR_TRY(table, read_protect_table(order));
  if (!table.is_one_cube()) return wrong(fmt::format("the method {} is for one table", order.method), "give one --by, and no --sensitive");
  if (table.unit != ProtectTable::Unit::records)
    return wrong(fmt::format("the method {} is for counts", order.method), "--values counts, if the table holds counts");
  if (order.method == "cell-key" && table.key.empty()) return wrong("the cell key method needs records", "give --records");
  CANDOUR_TRY_DONE(check_people(order, table));
  Changing changing(order, table);
  CANDOUR_TRY_DONE(changing.run());
  ordered_json summary{{"cells", table.published_count}, {"method", order.method}};
  if (order.method == "round") summary["rounding"] = order.rounding;
  summary.update(changing.summary());
  summary["primary"] = table.truth.secrets.size();
  summary["secondary"] = 0;
  add_loss(summary, table.facts.value, changing.values());
  CANDOUR_TRY_DONE(attack_draft(order, table, changing.values(), changing.change(), summary));
  CANDOUR_TRY(witnesses, prove(order, table, changing.values(), changing.change()));
  summary["witnesses"] = witnesses.moves.size();
  summary["proved"] = true;
  summary["vetting"] = "unvetted";
  add_measurements(summary, started);
  Protected made;
  made.values = std::move(changing.values());
  made.standing.assign(table.published_count, table::CellStanding::shown);
  made.exactness = Protected::Exactness::changed;
  made.evidence = text_of_witnesses(witnesses);
  made.perturbation = text_of_change(changing.change());
  if (place) {
    CANDOUR_TRY(registered, register_noise(order, *place, table, made.values));
    console.print(words_of(registered));
    summary["registered"] = json_of(registered);
  }
  CANDOUR_TRY_DONE(write_protected(order, table, made, summary));
  console.print(fmt::format("{} cells by {}: drawn once, kept in the folder, not to be drawn again; no cell is shown to hold a count from 1 to {}\n",
                            made.values.size(), order.method, order.minimum - 1));
  if (summary.contains("cells_beyond_one_base"))
    console.print(fmt::format("{} totals lie a base or more from the truth, the furthest {}\n", summary["cells_beyond_one_base"].get<std::uint64_t>(),
                              summary["largest_change"].get<std::int64_t>()));
  console.print_json(summary);
  return ExitStatus::done;
}

}  // namespace candour::cli
