#include <candour/cli/noise_register.hpp>

#include <candour/casework/register/register_of_case.hpp>
#include <candour/casework/register/release_register.hpp>
#include <candour/cli/protect_output.hpp>
#include <candour/policy/policy.hpp>
#include <candour/table/noise_spent.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cstdlib>
#include <utility>

namespace candour::cli {
namespace {

using base::Result;

constexpr std::int64_t thousandths = 1000;

table::ReleasedVariable released(const table::Hierarchy& hierarchy) {
  table::ReleasedVariable variable{hierarchy.name(), {}};
  for (table::NodeIndex node = 0; node < hierarchy.size(); ++node) {
    table::ReleasedCategory category{hierarchy.label(node), node == 0 ? "" : hierarchy.code(node), {}};
    const table::LeafRange leaves = hierarchy.leaves(node);
    for (table::LeafIndex leaf = leaves.first; node != 0 && leaf < leaves.end; ++leaf) category.codes.push_back(hierarchy.code(hierarchy.node_of_leaf(leaf)));
    variable.categories.push_back(std::move(category));
  }
  return variable;
}

// The same key, and the same ways of drawing from it, give the same noise; the name tells nothing of the key.
std::string key_of_noise(const ProtectOrder& order) {
  if (order.method != "cell-key") return {};
  return fmt::format("{:016x}", base::keyed_hash(order.key, fmt::format("noise {} {} {}", order.most_noise, order.variance, order.forbidden)));
}

table::Release release_of(const ProtectOrder& order, const ProtectTable& table, const std::vector<std::int64_t>& values) {
  table::ReleasedTable released_table{"cells",
                                      title_of(order, table),
                                      order.counted,
                                      "",
                                      {},
                                      {},
                                      std::vector<table::ReleasedCell>(table.published_count),
                                      thousandths * order.variance,
                                      key_of_noise(order)};
  for (const table::Hierarchy& variable : table.cubes[0].variables) released_table.by.push_back(released(variable));
  std::string drawn;
  for (const std::int64_t value : values) drawn += fmt::format("{} ", value);
  return {*order.release,
          title_of(order, table),
          *order.population,
          base::today(),
          base::today(),
          "",
          "protect",
          "",
          base::digest_of(drawn).to_hex(),
          {released_table},
          {}};
}

Result<std::optional<std::int64_t>> budget_of(const ProtectOrder& order) {
  if (!order.policy) return policy::shipped_policy().noise_budget_millionths;
  auto policy = policy::load_policy(*order.policy);
  if (!policy) return base::fail(std::move(policy).error().front());
  return policy->noise_budget_millionths;
}

}  // namespace

Result<std::optional<std::string>> register_of_noise(const ProtectOrder& order) {
  const char* everywhere = std::getenv("CANDOUR_REGISTER");
  const std::string place = !order.place_of_register.empty() ? order.place_of_register : everywhere != nullptr ? everywhere : "";
  if (place.empty() || (order.method != "dp" && order.method != "cell-key")) return std::optional<std::string>();
  if (!order.population || !order.release)
    return base::fail({base::Cause::wrong_input,
                       "protect.noise_register",
                       {},
                       fmt::format("noise is told beside a register, expected {} too", order.population ? "--release ID" : "--population NAME"),
                       "the register counts what noise about a population has been told, draw by draw"});
  CANDOUR_TRY_DONE(casework::check_register_is_there(place));
  return std::optional(place);
}

Result<NoiseRegistered> register_noise(const ProtectOrder& order, const std::string& place, const ProtectTable& table,
                                       const std::vector<std::int64_t>& values) {
  CANDOUR_TRY(budget, budget_of(order));
  CANDOUR_TRY(opened, casework::ReleaseRegister::open(place));
  CANDOUR_TRY_DONE(opened.add({release_of(order, table, values)}, {budget}));
  CANDOUR_TRY(entries, opened.list(*order.population));
  std::vector<table::Release> told = casework::releases_of(entries, *order.population);
  const std::int64_t spent = table::noise_spent(told).rho_millionths;
  std::erase_if(told, [&](const table::Release& release) { return release.id == *order.release; });
  return NoiseRegistered{opened.name(), *order.release, *order.population, spent - table::noise_spent(told).rho_millionths, spent, budget};
}

std::string words_of(const NoiseRegistered& registered) {
  return fmt::format("Registered as {}: rho {}; of population '{}' {} is spent{}\n", registered.release, table::rho_in_words(registered.rho_millionths),
                     registered.population, table::rho_in_words(registered.spent_millionths),
                     registered.budget_millionths ? fmt::format(" of {}", table::rho_in_words(*registered.budget_millionths))
                                                  : std::string(", and its policy names no noise_budget"));
}

nlohmann::ordered_json json_of(const NoiseRegistered& registered) {
  return {
      {"register", registered.place},
      {"release", registered.release},
      {"population", registered.population},
      {"rho", table::rho_in_words(registered.rho_millionths)},
      {"spent", table::rho_in_words(registered.spent_millionths)},
      {"budget", registered.budget_millionths ? nlohmann::ordered_json(table::rho_in_words(*registered.budget_millionths)) : nlohmann::ordered_json(nullptr)}};
}

}  // namespace candour::cli
