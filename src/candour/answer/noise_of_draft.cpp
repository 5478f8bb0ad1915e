#include <candour/answer/noise_of_draft.hpp>

#include <candour/table/noise_spent.hpp>
#include <candour/table/released.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <variant>
#include <vector>

namespace candour::answer {

std::optional<NoiseOfDraft> noise_of_draft(const PreparedCase& prepared, std::size_t population, const table::PublishedPopulation& draft) {
  NoiseOfDraft noise;
  noise.tables =
      static_cast<std::size_t>(std::count_if(draft.tables.begin(), draft.tables.end(), [](const table::PublishedTable& one) { return one.noise.has_value(); }));
  const auto* drawn = prepared.change ? std::get_if<protect::FigureNoise>(&*prepared.change) : nullptr;
  if (noise.tables == 0 || drawn == nullptr) return std::nullopt;
  std::vector<table::Release> releases = prepared.earlier[population].releases;
  const std::int64_t before = table::noise_spent(releases).rho_millionths;
  releases.push_back(table::released(draft));
  noise.rho_with_earlier_millionths = table::noise_spent(releases).rho_millionths;
  noise.rho_millionths = noise.rho_with_earlier_millionths - before;
  noise.budget_millionths = prepared.policy.noise_budget_millionths;
  noise.protected_below = prepared.policy.protected_below();
  noise.most_telling = drawn->rows().most_telling(noise.protected_below);
  return noise;
}

std::string words_of(const NoiseOfDraft& noise) {
  return fmt::format(
      "{} {} noise: rho {}, with earlier releases {}{}. One figure changes the odds between two counts from 1 to {} by a factor of at most {:.1f}.",
      noise.tables, noise.tables == 1 ? "table with" : "tables with", table::rho_in_words(noise.rho_millionths),
      table::rho_in_words(noise.rho_with_earlier_millionths),
      noise.budget_millionths ? fmt::format(" of {}", table::rho_in_words(*noise.budget_millionths)) : std::string(), noise.protected_below,
      noise.most_telling);
}

}  // namespace candour::answer
