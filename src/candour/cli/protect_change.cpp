#include <candour/cli/protect_methods.hpp>

#include <candour/cli/console.hpp>
#include <candour/cli/protect_output.hpp>
#include <candour/protect/perturb/cell_key.hpp>
#include <candour/protect/perturb/discrete_noise.hpp>
#include <candour/protect/round/rounding.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace candour::cli {
namespace {

using base::Result;
using nlohmann::ordered_json;
using table::SystemCell;

// Noise on the finest cells, zeros included; totals are their sums, and nothing is cut off at zero.
void add_private_noise(const table::AdditiveSystem& cube, protect::Fraction variance, protect::RandomBits& bits, std::vector<std::int64_t>& values) {
  const table::ProductShape& shape = *cube.product();
  std::vector<std::int64_t> noise(values.size(), 0);
  for (SystemCell c = 0; c < values.size(); ++c) {
    bool finest = true;
    for (std::size_t k = 0; k < shape.axes.size(); ++k) finest = finest && shape.axes[k].is_leaf(shape.node(c, k));
    if (finest) noise[c] = protect::discrete_gaussian(variance, bits);
  }
  for (std::size_t k = 0; k < shape.axes.size(); ++k)
    for (SystemCell c = cube.cell_count(); c-- > 0;)
      if (const std::uint32_t node = shape.node(c, k); node != 0) noise[c - (node - shape.axes[k].parent[node]) * shape.stride[k]] += noise[c];
  for (std::size_t c = 0; c < values.size(); ++c) values[c] += noise[c];
}

Result<base::Done> round(const ProtectOrder& order, const ProtectTable& table, protect::RandomBits& bits, std::vector<std::int64_t>& values, ordered_json& summary) {
  CANDOUR_TRY(rounded, protect::round_controlled(table.system, values, order.base, bits));
  summary["cells_beyond_one_base"] = rounded.cells_beyond_one_base;
  summary["largest_change"] = rounded.largest_change;
  values = std::move(rounded.counts);
  return base::Done{};
}

}  // namespace

Result<ExitStatus> protect_by_change(const ProtectOrder& order, Started started, Console& console) {
  const auto wrong = [&](std::string sentence, std::string hint) { return base::fail(base::Error{base::Cause::wrong_input, "protect.method", {}, std::move(sentence), std::move(hint)}); };
  if (order.sum) return wrong(fmt::format("the method {} is for counts", order.method), "leave out --sum");
  CANDOUR_TRY(table, read_protect_table(order));
  if (!table.is_one_cube()) return wrong(fmt::format("the method {} is for one table", order.method), "give one --by, and no --sensitive");
  if (order.method == "cell-key" && table.key.empty()) return wrong("the cell key method needs records", "give --records");
  protect::SystemRandomBits bits;
  std::vector<std::int64_t> values = table.facts.value;
  ordered_json summary{{"cells", values.size()}, {"method", order.method}, {"proved", false}, {"vetting", "unvetted"}};
  if (order.method == "round") {
    CANDOUR_TRY_DONE(round(order, table, bits, values, summary));
  } else if (order.method == "cell-key") {
    CANDOUR_TRY(noise, protect::PerturbationTable::build({order.most_noise, static_cast<double>(order.variance), order.forbidden}));
    for (std::size_t c = 0; c < values.size(); ++c) values[c] += noise.noise(values[c], table.key[c]);
  } else {
    CANDOUR_TRY(variance, protect::Fraction::of(order.variance, 1));
    add_private_noise(table.system, variance, bits, values);
    summary["rho"] = protect::rho_of_gaussian(1, static_cast<double>(order.variance));
    summary["epsilon_at_1e-6"] = protect::epsilon_of_rho(protect::rho_of_gaussian(1, static_cast<double>(order.variance)), 1e-6);
  }
  add_measurements(summary, started);
  Protected made;
  made.values = std::move(values);
  made.standing.assign(table.published_count, table::CellStanding::shown);
  made.exactness = Protected::Exactness::changed;
  CANDOUR_TRY_DONE(write_protected(order, table, made, summary));
  console.print(fmt::format("{} cells by {}: drawn once, kept in the folder, not to be drawn again\n", made.values.size(), order.method));
  console.print_json(summary);
  return ExitStatus::done;
}

}  // namespace candour::cli
