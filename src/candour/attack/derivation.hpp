#pragma once
// Derivations in words: which published figures give a bound away, and how to re-add them.

#include <candour/attack/system.hpp>
#include <candour/attack/targets.hpp>

#include <candour/knowledge/knowledge.hpp>

#include <optional>
#include <string>
#include <vector>

namespace candour::attack {

/// What an insider adds to the figures, as a row of the system and in words.
struct InsiderRow {
  Row row;
  std::string words;  ///< "own records in August, 18-24"
};

class DerivationWriter {
 public:
  DerivationWriter(const table::PublishedPopulation& published, const System& system) : published_(published), system_(system) {}

  /// Gives one derivation where the figures give the value itself, else those of the bounds. `atoms` is the sum, `subject` its name in words.
  [[nodiscard]] std::vector<knowledge::Derivation> derive(const std::vector<table::AtomIndex>& atoms, knowledge::FeasibilityInterval interval,
                                                          const std::string& subject, const std::optional<InsiderRow>& insider) const;
  /// Gives figures that cannot all be true.
  [[nodiscard]] knowledge::Derivation contradiction() const;

 private:
  [[nodiscard]] knowledge::DerivationTerm term_of(const Row& row, std::int64_t multiplier, std::int64_t figure, const std::optional<InsiderRow>& insider) const;
  [[nodiscard]] std::string words_of(const Row& row, std::int64_t figure) const;
  [[nodiscard]] std::uint32_t table_count() const;

  const table::PublishedPopulation& published_;
  const System& system_;
};

}  // namespace candour::attack
