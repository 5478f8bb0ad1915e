#pragma once
// Changing figures as a treatment of a plan: finer figures rounded, or with noise drawn by a key, beside coarser ones that stay exact.

#include <candour/base/digest.hpp>
#include <candour/protect/draft.hpp>
#include <candour/protect/perturb/cell_key.hpp>

#include <cstdint>
#include <set>
#include <string>
#include <variant>
#include <vector>

namespace candour::protect {

/// Figures are rounded (docs/methods/rounded-margins.md): noughts stay, a count below the base goes up to it, a multiple stays, any other count goes to one of
/// its two nearest multiples, drawn by the key with the count as mean.
struct FigureRounding {
  std::int64_t base = 0;  ///< at least 2
  base::SecretKey key;    ///< of the authority: draws each direction, so the same count of the same cell is rounded the same way whenever it is asked for
};

/// Figures carry noise (docs/methods/keyed-margins.md): of a row of the perturbation table, drawn by the key from what the cell counts and the count.
class FigureNoise {
 public:
  /// Takes the parameters with `protected_below`. Errors: wrong_input "cell_key.parameters", "cell_key.variance" (PerturbationTable::build);
  /// "cell_key.rare_noise" where fewer than one key in a thousand gives some noise that a reader is told to reckon with.
  [[nodiscard]] static base::Result<FigureNoise> of(const PerturbationParameters& parameters, const base::SecretKey& key);

  /// The figure for a count of 1 or more; 0 stays 0.
  [[nodiscard]] table::Perturbed figure(std::int64_t count, const std::string& name_of_count) const;
  /// What the register is told of a table that carries it.
  [[nodiscard]] const table::NoiseOfTable& of_table() const { return of_table_; }
  [[nodiscard]] const PerturbationTable& rows() const { return rows_; }
  [[nodiscard]] const PerturbationParameters& parameters() const { return parameters_; }

 private:
  FigureNoise(const PerturbationParameters& parameters, PerturbationTable rows, const base::SecretKey& key);
  PerturbationParameters parameters_;
  PerturbationTable rows_;
  base::SecretKey key_;
  table::NoiseOfTable of_table_;
};

/// How the figures of a plan are changed where it says so: one way a plan.
using FigureChange = std::variant<FigureRounding, FigureNoise>;

/// Names (name_of_count) of the counts that earlier releases of the same extract show exactly.
using KnownCounts = std::set<std::string>;
[[nodiscard]] KnownCounts known_counts(const table::AtomSpace& space, const std::vector<table::EarlierFigure>& earlier);

/// Changes the exact figures of the plan's changed margins. A sum that a margin of the plan which is not changed shows too, or an earlier release, stays as it
/// stands there; under noise a nought is shown as a figure that may be one, unless an exact nought around it says that it is. Takes the published tables of
/// that plan. Cost: the atoms of all cells.
void change_figures(const std::vector<table::TableDesign>& asked, const Plan& plan, const FigureChange& change, table::PublishedPopulation& published,
                    const KnownCounts& known = {});

}  // namespace candour::protect
