// A thousand releases over one population, with leaks planted among them: how many are found, what is called a leak that is none, and what a new answer costs.
#include <candour/attack/region_attack.hpp>
#include <candour/table/release_regions.hpp>

#include "synthetic_register.hpp"

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <set>

using namespace candour;

namespace {

double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_utime.tv_sec) + static_cast<double>(usage.ru_utime.tv_usec) / 1e6;
}
long peak_mebibytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss / 1024;
}

std::set<std::string> releases_in(const attack::RegionFinding& finding, const table::RegionSystem& system) {
  std::set<std::string> ids;
  for (const attack::SignedFigure& term : finding.terms) {
    const bool is_figure = term.figure < system.figures.size();
    ids.insert(system.releases[is_figure ? system.figures[term.figure].source.release : system.ratios[term.figure - system.figures.size()].source.release]);
  }
  return ids;
}

}  // namespace

int main(int count, char** arguments) {
  test_support::SyntheticOrder order;
  if (count > 1) order.certified = std::strtoul(arguments[1], nullptr, 10);
  if (count > 2) order.leaks = std::strtoul(arguments[2], nullptr, 10);
  if (count > 3) order.records = std::strtoul(arguments[3], nullptr, 10);
  const test_support::SyntheticPopulation population(order);
  const test_support::SyntheticRegister made = population.make_register();
  fmt::print("{} releases, {} leaks planted, {} records; made in {:.1f} s of CPU\n", made.releases.size(), made.leaks.size(), order.records, cpu_seconds());

  const double before = cpu_seconds();
  const auto system = table::regions_of(made.releases, table::Extracts::only_grow);
  if (!system) return fmt::print("{}\n", system.error().sentence), 1;
  attack::RegionAttackLimits limits;
  const attack::RegionAttack attack = attack::attack_regions(*system, limits);
  std::size_t found = 0, false_alarms = 0;
  for (const test_support::PlantedLeak& leak : made.leaks) {
    const bool is_found = std::any_of(attack.findings.begin(), attack.findings.end(), [&](const attack::RegionFinding& finding) {
      const std::set<std::string> ids = releases_in(finding, *system);
      return finding.lowest == leak.lowest && finding.highest == leak.highest &&
             std::all_of(leak.releases.begin(), leak.releases.end(), [&](const std::string& id) { return ids.contains(id); });
    });
    if (is_found) ++found;
    else fmt::print("not found: {} ({})\n", leak.releases.front(), leak.kind);
  }
  for (const attack::RegionFinding& finding : attack.findings) {
    const std::set<std::string> ids = releases_in(finding, *system);
    if (std::any_of(ids.begin(), ids.end(), [](const std::string& id) { return id.starts_with("P-"); })) continue;
    if (++false_alarms <= 5) {
      fmt::print("among the certified: {} to {}: {}\n", finding.lowest, finding.highest, finding.region ? words_of(*finding.region, *system) : "");
      for (const attack::SignedFigure& term : finding.terms)
        if (term.figure < system->figures.size())
          fmt::print("  {} times {} {}\n", term.times, words_of(system->figures[term.figure].source, made.releases), system->figures[term.figure].lowest);
    }
  }
  fmt::print("the whole register: {} figures, {} findings, {} of {} planted leaks found, {} false alarms, {:.1f} s of CPU, {} MiB at most\n",
             system->figures.size(), attack.findings.size(), found, made.leaks.size(), false_alarms, cpu_seconds() - before, peak_mebibytes());

  bool is_right = found == made.leaks.size() && false_alarms == 0;
  for (const bool is_leaking : {false, true}) {
    const double start = cpu_seconds();
    std::vector<table::Release> with_new = made.releases;
    with_new.push_back(is_leaking ? population.leaking_answer() : population.fitting_answer());
    const double counted = cpu_seconds();
    const auto together = table::regions_of(with_new, table::Extracts::only_grow);
    limits.differencing.about = static_cast<std::uint32_t>(with_new.size() - 1);
    const attack::RegionAttack check = attack::attack_regions(*together, limits);
    is_right = is_right && check.findings.empty() == !is_leaking;
    fmt::print("a new answer that {}: {} findings, {:.1f} s of CPU (and {:.1f} s to count it), {} MiB at most\n", is_leaking ? "leaks" : "fits",
               check.findings.size(), cpu_seconds() - counted, counted - start, peak_mebibytes());
  }
  return is_right ? 0 : 1;
}
