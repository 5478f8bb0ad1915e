#include <candour/cli/attack_register.hpp>

#include <candour/attack/region_attack.hpp>
#include <candour/attack/region_words.hpp>
#include <candour/cli/console.hpp>
#include <candour/cli/register_place.hpp>
#include <candour/table/published_records.hpp>
#include <candour/table/release_regions.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>

namespace candour::cli {
namespace {

// What records that went out one by one say by themselves stands under their own promise: few of those alike have one value.
bool is_of_records_alone(const std::vector<std::string>& named, const std::vector<table::Release>& releases) {
  return named.size() == 1 && std::any_of(releases.begin(), releases.end(),
                                          [&](const table::Release& one) { return one.id == named.front() && one.origin == table::origin_of_records; });
}

}  // namespace

base::ResultOrErrors<ExitStatus> attack_register(const RegisterAttackOrder& order, Console& console) {
  CANDOUR_TRY(opened, with_errors(open_register(order.place)));
  CANDOUR_TRY(all, with_errors(opened.list(order.population)));
  std::map<std::string, std::vector<table::Release>> populations;
  for (casework::RegisteredRelease& registered : all) populations[registered.release.population].push_back(std::move(registered.release));
  nlohmann::ordered_json listed = nlohmann::ordered_json::array();
  std::size_t found = 0, undecided = 0, promised = 0;
  for (const auto& [population, releases] : populations) {
    CANDOUR_TRY(ground, with_errors(attack::ground_of(releases)));
    attack::RegionAttackLimits limits;
    limits.differencing.minimum = order.minimum;
    const attack::RegionAttack attack = attack::attack_regions(ground, limits);
    undecided += attack.undecided;
    for (const attack::RegionFinding& finding : attack.findings) {
      const attack::RegionFindingWords words = words_of(finding, ground, releases);
      if (is_of_records_alone(words.releases, releases)) {
        ++promised;
        continue;
      }
      console.print(fmt::format("{}: {}\n  {}\n", population, words.subject, words.derivation));
      listed.push_back(
          {{"population", population}, {"kind", words.kind}, {"subject", words.subject}, {"releases", words.releases}, {"derivation", words.derivation}});
      ++found;
    }
    console.print(fmt::format("{}: {}, {}; {}.\n", population, how_many(releases.size(), "release"), how_many(ground.figures.size(), "figure"),
                              attack.is_exact ? "every count decided over all tables that fit" : "scanned for differences (too many for an exact attack)"));
  }
  if (undecided > 0) console.print(fmt::format("{} counts stayed open at a limit; they count as unsafe.\n", undecided));
  if (promised > 0)
    console.print(fmt::format("{} of records that went out one by one, which their own promise covers, {} left aside.\n", how_many(promised, "small count"),
                              promised == 1 ? "is" : "are"));
  console.print(how_many(found, "finding") + ".\n");
  console.print_json({{"populations", populations.size()}, {"releases", all.size()}, {"undecided", undecided}, {"findings", listed}});
  return found + undecided == 0 ? ExitStatus::done : ExitStatus::refused;
}

}  // namespace candour::cli
