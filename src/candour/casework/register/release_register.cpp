#include <candour/casework/register/release_register.hpp>

#include <candour/casework/register/release_text.hpp>
#include <candour/table/noise_spent.hpp>
#include <candour/table/release_regions.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

namespace candour::casework {
namespace {

using store::Access;
using store::Transaction;
using table::noise_spent;
using table::NoiseSpent;
using table::Release;
using table::rho_in_words;

base::Error fault(base::Cause cause, std::string code, std::string sentence, std::string hint) {
  return {cause, std::move(code), {}, std::move(sentence), std::move(hint)};
}

base::Result<base::Done> check_averaging(const std::vector<Release>& together, const Release& added) {
  for (const table::ReleasedTable& own : added.tables) {
    if (own.noise_thousandths == 0) continue;
    const auto [tellings, smallest] = table::tellings_of(together, own.counted);
    const std::int64_t most = table::most_tellings(smallest);
    if (tellings > most)
      return base::fail(
          fault(base::Cause::refused, "register.averaging",
                fmt::format("with '{}' there would be {} tables with noise that count '{}'; averaging {} of them would more likely than not give a count away",
                            added.id, tellings, own.counted, most),
                "give a table that was given before, or one with more noise"));
  }
  return base::Done{};
}

base::Result<base::Done> check_budget(const std::vector<Release>& before, const std::vector<Release>& together, const Release& added,
                                      const NoiseBudget& budget) {
  if (!budget.most_rho_millionths) return base::Done{};
  const std::int64_t most = *budget.most_rho_millionths;
  const NoiseSpent spent = noise_spent(before), with = noise_spent(together);
  if (with.rho_millionths <= most || with.rho_millionths == spent.rho_millionths) return base::Done{};
  const auto variance = table::smallest_variance_within(most - spent.rho_millionths);
  return base::fail(fault(base::Cause::refused, "register.budget",
                          fmt::format("'{}' would spend {} of the noise budget of population '{}', which is {} and of which {} is spent ({} with noise)",
                                      added.id, rho_in_words(with.rho_millionths - spent.rho_millionths), added.population, rho_in_words(most),
                                      rho_in_words(spent.rho_millionths), spent.tellings == 1 ? "1 table" : fmt::format("{} tables", spent.tellings)),
                          variance ? fmt::format("{} is left: a table with a variance of {} or more fits", rho_in_words(most - spent.rho_millionths), *variance)
                                   : std::string("nothing is left: give again a table that was given before, as it was")));
}

// Whether a release can stand beside those of its population: what it corrects is there, and all of them lie on one ground.
base::Result<base::Done> check_beside(const std::vector<RegisteredRelease>& standing, const Release& release, const NoiseBudget& budget) {
  std::vector<Release> together = releases_of(standing, release.population);
  if (!release.corrects.empty() && std::none_of(together.begin(), together.end(), [&](const Release& r) { return r.id == release.corrects; }))
    return base::fail(
        fault(base::Cause::wrong_input, "register.no_release",
              fmt::format("release '{}' corrects '{}', which is not in the register for population '{}'", release.id, release.corrects, release.population),
              "candour register list says which releases there are"));
  const std::vector<Release> before = together;
  together.push_back(release);
  CANDOUR_TRY_DONE(check_budget(before, together, release, budget));
  CANDOUR_TRY_DONE(check_averaging(together, release));
  CANDOUR_TRY(ground, table::regions_of(together, table::Extracts::only_grow));
  (void)ground;
  return base::Done{};
}

// Each release beside those that stand there and those before it in the list; one that is there word for word is no matter.
base::Result<base::Done> check_all(std::vector<RegisteredRelease> standing, const std::vector<Release>& releases, const NoiseBudget& budget) {
  for (const Release& release : releases) {
    const auto same = std::find_if(standing.begin(), standing.end(), [&](const RegisteredRelease& r) { return r.release.id == release.id; });
    if (same != standing.end() && same->release == release) continue;
    if (same != standing.end())
      return base::fail(fault(base::Cause::refused, "register.already_there",
                              fmt::format("the register already holds a release '{}', which says something else", release.id),
                              "a corrected answer is a release of its own, which names the one it corrects"));
    CANDOUR_TRY_DONE(check_beside(standing, release, budget));
    standing.push_back({0, "", release, {}});
  }
  return base::Done{};
}

}  // namespace

base::Result<ReleaseRegister> ReleaseRegister::open(const std::string& place) {
  CANDOUR_TRY(database, store::open_database(place));
  ReleaseRegister opened(std::move(database));
  CANDOUR_TRY_DONE(store::bring_up_to_date(*opened.database_, opened.log_.schema()));
  return opened;
}

base::Result<std::vector<RegisteredRelease>> ReleaseRegister::read(Transaction& transaction) {
  CANDOUR_TRY(verdict, log_.verify(transaction));
  if (verdict.fault) return base::fail(store::damaged_log(transaction.database_name() + "#" + log_.table(), *verdict.fault));
  CANDOUR_TRY(entries, log_.read(transaction));
  std::vector<RegisteredRelease> releases;
  for (const store::Entry& entry : entries) {
    CANDOUR_TRY(release, release_from(entry.body));
    releases.push_back({entry.sequence, entry.at, std::move(release), entry.digest});
  }
  return releases;
}

// Reads, follows the chain and lays the releases beside each other before others are kept waiting; inside the writing transaction all that is left is to see
// that nothing was added meanwhile. Where something was, it is done again, the last time inside.
base::Result<std::vector<RegisteredRelease>> ReleaseRegister::add(const std::vector<Release>& releases, const NoiseBudget& budget) {
  constexpr int tries_outside = 3;
  for (int tried = 0;; ++tried) {
    std::vector<RegisteredRelease> standing;
    if (tried < tries_outside) {
      CANDOUR_TRY(before, store::in_transaction(*database_, Access::reading, [&](Transaction& transaction) { return read(transaction); }));
      standing = std::move(before);
      CANDOUR_TRY_DONE(check_all(standing, releases, budget));
    }
    bool is_overtaken = false;
    auto added = store::in_transaction(*database_, Access::writing, [&](Transaction& transaction) -> base::Result<std::vector<RegisteredRelease>> {
      CANDOUR_TRY(head, log_.head(transaction));
      if (tried < tries_outside) {
        is_overtaken = head.sequence != (standing.empty() ? 0 : standing.back().sequence);
        if (is_overtaken) return std::vector<RegisteredRelease>{};
      } else {
        CANDOUR_TRY(inside, read(transaction));
        standing = std::move(inside);
        CANDOUR_TRY_DONE(check_all(standing, releases, budget));
      }
      return append(transaction, standing, releases);
    });
    if (!added || !is_overtaken) return added;
  }
}

base::Result<std::vector<RegisteredRelease>> ReleaseRegister::append(Transaction& transaction, std::vector<RegisteredRelease> standing,
                                                                     const std::vector<Release>& releases) {
  std::vector<RegisteredRelease> added;
  for (const Release& release : releases) {
    const auto same = std::find_if(standing.begin(), standing.end(), [&](const RegisteredRelease& r) { return r.release.id == release.id; });
    if (same != standing.end()) {
      added.push_back(*same);
      continue;
    }
    CANDOUR_TRY(entry, log_.append(transaction, {release.id, release.origin == "import" ? "imported" : "released", to_text(release)}));
    standing.push_back({entry.sequence, entry.at, release, entry.digest});
    added.push_back(standing.back());
  }
  return added;
}

base::Result<std::vector<RegisteredRelease>> ReleaseRegister::list(const std::optional<std::string>& population) {
  CANDOUR_TRY(all, store::in_transaction(*database_, Access::reading, [&](Transaction& transaction) { return read(transaction); }));
  if (population) std::erase_if(all, [&](const RegisteredRelease& r) { return r.release.population != *population; });
  return all;
}

base::Result<store::ChainVerdict> ReleaseRegister::verify(const std::optional<store::Head>& noted) {
  return store::in_transaction(*database_, Access::reading, [&](Transaction& transaction) { return log_.verify(transaction, noted); });
}

std::optional<std::string> configured_register(const std::string& option) {
  if (!option.empty()) return option;
  if (const char* place = std::getenv("CANDOUR_REGISTER"); place != nullptr && *place != '\0') return std::string(place);
  return store::configured_database("");
}

std::vector<Release> releases_of(const std::vector<RegisteredRelease>& all, const std::string& population) {
  std::vector<Release> releases;
  for (const RegisteredRelease& registered : all)
    if (registered.release.population == population) releases.push_back(registered.release);
  return releases;
}

}  // namespace candour::casework
