#include <candour/cli/attack_register.hpp>

#include <candour/attack/region_attack.hpp>
#include <candour/attack/region_words.hpp>
#include <candour/cli/console.hpp>
#include <candour/cli/register_place.hpp>
#include <candour/table/release_regions.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <map>

namespace candour::cli {

base::ResultOrErrors<ExitStatus> attack_register(const RegisterAttackOrder& order, Console& console) {
  CANDOUR_TRY(opened, with_errors(open_register(order.place)));
  CANDOUR_TRY(all, with_errors(opened.list(order.population)));
  std::map<std::string, std::vector<table::Release>> populations;
  for (casework::RegisteredRelease& registered : all) populations[registered.release.population].push_back(std::move(registered.release));
  nlohmann::ordered_json listed = nlohmann::ordered_json::array();
  std::size_t found = 0, undecided = 0;
  for (const auto& [population, releases] : populations) {
    CANDOUR_TRY(ground, with_errors(attack::ground_of(releases)));
    attack::RegionAttackLimits limits;
    limits.differencing.minimum = order.minimum;
    const attack::RegionAttack attack = attack::attack_regions(ground, limits);
    undecided += attack.undecided;
    for (const attack::RegionFinding& finding : attack.findings) {
      const attack::RegionFindingWords words = words_of(finding, ground, releases);
      console.print(fmt::format("{}: {}\n  {}\n", population, words.subject, words.derivation));
      listed.push_back(
          {{"population", population}, {"kind", words.kind}, {"subject", words.subject}, {"releases", words.releases}, {"derivation", words.derivation}});
      ++found;
    }
    console.print(fmt::format("{}: {}, {}; {}.\n", population, how_many(releases.size(), "release"), how_many(ground.figures.size(), "figure"),
                              attack.is_exact ? "every count decided over all tables that fit" : "scanned for differences (too many for an exact attack)"));
  }
  if (undecided > 0) console.print(fmt::format("{} counts stayed open at a limit; they count as unsafe.\n", undecided));
  console.print(how_many(found, "finding") + ".\n");
  console.print_json({{"populations", populations.size()}, {"releases", all.size()}, {"undecided", undecided}, {"findings", listed}});
  return found + undecided == 0 ? ExitStatus::done : ExitStatus::refused;
}

}  // namespace candour::cli
