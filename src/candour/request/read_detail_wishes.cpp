#include <candour/request/detail_wishes.hpp>

#include <candour/request/case_keys.hpp>
#include <candour/request/reading.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace candour::request {
namespace {

constexpr std::int64_t most_weight = 10000;

class WishReader {
 public:
  WishReader(const Case& the_case, Mistakes& mistakes) : case_(the_case), mistakes_(mistakes) {}

  DetailWishes read(const base::Setting& part) {
    DetailWishes wishes;
    wishes.population = part.text_of("population");
    const CasePopulation* population = find_population(case_, wishes.population);
    if (population == nullptr) {
      std::vector<std::string> ids;
      for (const CasePopulation& each : case_.populations) ids.push_back(each.id);
      mistakes_.add_unknown(part.line_of("population"), "unknown_population", "population", wishes.population, ids);
      return wishes;
    }
    const std::vector<std::string> apart = names(part, "never_cross", *population);
    for (std::size_t i = 0; i < apart.size(); ++i)
      for (std::size_t j = i + 1; j < apart.size(); ++j) wishes.never_cross.emplace_back(apart[i], apart[j]);
    wishes.keep = names(part, "keep", *population);
    wishes.may_join = names(part, "may_join", *population);
    for (const base::Setting* weight : part.tables_of("weight")) read_weight(*weight, *population, wishes);
    return wishes;
  }

 private:
  std::vector<std::string> names(const base::Setting& part, std::string_view key, const CasePopulation& population) {
    std::vector<std::string> known;
    for (const std::string& name : part.texts_of(key))
      if (is_known(name, part.line_of(key), population)) known.push_back(name);
    return known;
  }

  bool is_known(const std::string& name, std::uint64_t line, const CasePopulation& population) {
    if (std::find(population.variables.begin(), population.variables.end(), name) != population.variables.end()) return true;
    mistakes_.add_unknown(line, "unknown_variable", "variable of the population", name, population.variables);
    return false;
  }

  void read_weight(const base::Setting& part, const CasePopulation& population, DetailWishes& wishes) {
    DetailWeight weight;
    weight.weight = part.whole_number_of("weight").value_or(0);
    if (weight.weight < 1 || weight.weight > most_weight)
      mistakes_.add(part.line_of("weight"), "weight", fmt::format("the weight is {}, expected 1 to {}", weight.weight, most_weight),
                    "100 lets it count as much as all figures together");
    weight.variable = part.text_of("variable");
    const bool has_periods = part.find("first") != nullptr && part.find("last") != nullptr;
    if (weight.variable.empty() != has_periods) {
      mistakes_.add(part.line, "weight", "a weight names neither a variable nor a stretch of periods, or both; expected one of the two",
                    "variable = \"month\", or first = \"2021-04\" with last = \"2021-06\"");
      return;
    }
    if (has_periods && !read_periods(part, population, weight)) return;
    if (!has_periods && !is_known(weight.variable, part.line_of("variable"), population)) return;
    wishes.weights.push_back(std::move(weight));
  }

  bool read_periods(const base::Setting& part, const CasePopulation& population, DetailWeight& weight) {
    const CaseVariable* period = period_of(case_, population);
    if (period == nullptr) {
      mistakes_.add(part.line, "unknown_period", fmt::format("population '{}' has no period variable", population.id));
      return false;
    }
    const table::Hierarchy& periods = period->variable.hierarchy;
    const auto first = periods.find(part.text_of("first"));
    const auto last = periods.find(part.text_of("last"));
    if (!first || !last || periods.leaves(*first).first >= periods.leaves(*last).end) {
      mistakes_.add(part.line_of("first"), "unknown_period",
                    fmt::format("'{}' to '{}' is no stretch of periods of '{}'", part.text_of("first"), part.text_of("last"), period->variable.name));
      return false;
    }
    weight.periods = {periods.leaves(*first).first, periods.leaves(*last).end};
    return true;
  }

  const Case& case_;
  Mistakes& mistakes_;
};

}  // namespace

std::vector<DetailWishes> read_detail_wishes(const base::Setting& top, const Case& the_case, Mistakes& mistakes) {
  WishReader reader(the_case, mistakes);
  std::vector<DetailWishes> wishes;
  for (const base::Setting* part : top.tables_of("detail")) wishes.push_back(reader.read(*part));
  return wishes;
}

base::ResultOrErrors<std::vector<DetailWishes>> load_detail_wishes(const Case& the_case) {
  const std::string file = (the_case.folder / "case.toml").string();
  auto settings = base::read_settings(file);
  if (!settings) return tl::make_unexpected(base::Errors{std::move(settings).error()});
  Mistakes mistakes(file);
  std::vector<DetailWishes> wishes = read_detail_wishes(*settings, the_case, mistakes);
  if (!mistakes.errors().empty()) return tl::make_unexpected(mistakes.take());
  return wishes;
}

}  // namespace candour::request
