#pragma once
// The register of releases: everything that the authority has published about its populations. Only ever added to; every entry is chained to the one before.

#include <candour/base/result.hpp>
#include <candour/casework/store/chained_log.hpp>
#include <candour/table/releases.hpp>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace candour::casework {

/// A line of `candour register list`.
struct RegisteredRelease {
  std::int64_t sequence = 0;
  std::string registered_at;  ///< UTC
  table::Release release;
  base::Digest digest;  ///< of the entry, which holds the digest of all before it
};

/// How much rho all tables with noise about one population may spend together, in millionths; nothing: as much as averaging allows.
struct NoiseBudget {
  std::optional<std::int64_t> most_rho_millionths = std::nullopt;
};

class ReleaseRegister {
 public:
  /// Opens the register at `place`: a SQLite file (made where there is none) or a PostgreSQL URL, as store::open_database reads it.
  [[nodiscard]] static base::Result<ReleaseRegister> open(const std::string& place);

  /// Adds releases, all or none, and gives their entries. One that stands there already, word for word, is left as it is.
  /// Tables with noise are counted: each tells the same records once more with noise of its own, and the mean of t of them is off by the square root of 2V/t.
  /// The one with which a count would more likely than not be pinned down (t = 3.64 V, V the smallest variance) is refused: "register.averaging".
  /// The same table under the same key of noise is told once. With a budget, the one with which all that is told of its population would spend more rho than
  /// that is refused: "register.budget" (table/noise_spent.hpp). Writers wait for each other, so none can spend what another has spent.
  /// Errors: refused "register.already_there" where a release of that name says something else; wrong_input "register.no_release" where `corrects` names none;
  /// "register.circle", and those of table::regions_of, where a table cannot be laid beside those of its population; could_not_finish of the store.
  [[nodiscard]] base::Result<std::vector<RegisteredRelease>> add(const std::vector<table::Release>& releases, const NoiseBudget& budget = {});
  /// In the order in which they were added: all, or those about one population. Refused "log.damaged" where the chain does not hold.
  [[nodiscard]] base::Result<std::vector<RegisteredRelease>> list(const std::optional<std::string>& population = {});
  /// Follows the chain through every byte of every entry. `noted`: the head that was kept elsewhere (a certificate, a letter).
  [[nodiscard]] base::Result<store::ChainVerdict> verify(const std::optional<store::Head>& noted = {});
  [[nodiscard]] std::string name() const { return database_->name(); }

 private:
  explicit ReleaseRegister(std::unique_ptr<store::Database> database) : database_(std::move(database)), log_("release_register") {}
  [[nodiscard]] base::Result<std::vector<RegisteredRelease>> read(store::Transaction& transaction);
  [[nodiscard]] base::Result<std::vector<RegisteredRelease>> append(store::Transaction& transaction, std::vector<RegisteredRelease> standing,
                                                                    const std::vector<table::Release>& releases);

  std::unique_ptr<store::Database> database_;
  store::ChainedLog log_;
};

/// Gives the place that is configured: `option` where it is not empty, else CANDOUR_REGISTER, else CANDOUR_DATABASE; nothing where none is set.
[[nodiscard]] std::optional<std::string> configured_register(const std::string& option);

/// Those of one population.
[[nodiscard]] std::vector<table::Release> releases_of(const std::vector<RegisteredRelease>& all, const std::string& population);

}  // namespace candour::casework
