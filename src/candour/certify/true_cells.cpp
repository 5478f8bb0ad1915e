#include <candour/certify/true_cells.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <iterator>

namespace candour::certify {
namespace {

using nlohmann::json;

constexpr std::string_view words[] = {"known", "partly", "unknown"};

void append_population(std::string& out, const truth::Population& population) {
  auto to = std::back_inserter(out);
  fmt::format_to(to, "{{\"id\": {}, \"people\": \"{}\", \"person_count\": {}, \"atoms\": [", json(population.space->id).dump(),
                 words[static_cast<std::size_t>(population.people)], population.person_count);
  bool first = true;
  for (table::AtomIndex atom = 0; atom < population.counts.size(); ++atom) {
    if (population.counts[atom] == 0) continue;
    fmt::format_to(to, "{}\n[{}, {}", first ? "" : ",", atom, population.counts[atom]);
    first = false;
    for (const truth::Contribution& c : contributions_of(population, atom)) fmt::format_to(to, ", {}, {}", c.person, c.records);
    out += ']';
  }
  out += "]}";
}

base::Error unfit(std::string sentence) {
  return {base::Cause::refused, "certify.true_cells", {"true-cells.json"}, std::move(sentence), "the file was changed after the certificate was made"};
}

base::Result<truth::Population> population_from(const json& from, std::shared_ptr<const table::AtomSpace> space) {
  truth::Population population;
  population.space = std::move(space);
  population.counts.assign(population.space->count(), 0);
  population.person_count = from.at("person_count").get<truth::PersonIndex>();
  const auto word = std::find(std::begin(words), std::end(words), from.at("people").get<std::string>());
  if (word == std::end(words) || from.at("id").get<std::string>() != population.space->id)
    return base::fail(unfit("the true cells are those of another population"));
  population.people = static_cast<truth::PeopleKnown>(word - std::begin(words));
  for (const json& entry : from.at("atoms")) {
    const auto atom = entry.at(0).get<table::AtomIndex>();
    if (atom >= population.counts.size() || entry.size() % 2 != 0) return base::fail(unfit("an atom lies outside its population"));
    population.counts[atom] = entry.at(1).get<std::int64_t>();
    for (std::size_t i = 2; i < entry.size(); i += 2)
      population.contributions.push_back({atom, entry.at(i).get<truth::PersonIndex>(), entry.at(i + 1).get<std::int64_t>()});
  }
  return population;
}

}  // namespace

std::string to_text(const std::vector<truth::Population>& populations) {
  std::string out = "{\"candour_true_cells\": 1, \"populations\": [\n";
  for (std::size_t i = 0; i < populations.size(); ++i) {
    if (i != 0) out += ",\n";
    append_population(out, populations[i]);
  }
  return out + "\n]}\n";
}

base::Result<std::vector<truth::Population>> true_cells_from(std::string_view text, const std::vector<std::shared_ptr<const table::AtomSpace>>& spaces) {
  try {
    const json document = json::parse(text);
    const json& list = document.at("populations");
    if (document.at("candour_true_cells") != 1 || list.size() != spaces.size()) return base::fail(unfit("the true cells are not those of this certificate"));
    std::vector<truth::Population> populations;
    for (std::size_t i = 0; i < spaces.size(); ++i) {
      CANDOUR_TRY(population, population_from(list[i], spaces[i]));
      populations.push_back(std::move(population));
    }
    return populations;
  } catch (const json::exception&) {  // its text may repeat values, so it is not passed on
    return base::fail(unfit("the true cells cannot be read"));
  }
}

bool agree(const std::vector<truth::Population>& a, const std::vector<truth::Population>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const truth::Population& left, const truth::Population& right) {
    return left.counts == right.counts && left.people == right.people && left.person_count == right.person_count && left.contributions == right.contributions;
  });
}

}  // namespace candour::certify
