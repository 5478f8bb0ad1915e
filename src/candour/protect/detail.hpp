#pragma once
// How much a draft tells its reader, measured against the truth and what was asked: the aim of the search. Private, since it is computed from the truth.

#include <candour/table/draft.hpp>
#include <candour/truth/population.hpp>

#include <compare>
#include <cstdint>
#include <vector>

namespace candour::protect {

/// The detail of a draft (design.md section 7). Compared by share, then by figures.
struct Detail {
  static constexpr std::int64_t whole = 1'000'000'000;
  std::int64_t divergence_share = 0;  ///< of Kullback-Leibler divergence explained, in units of 10^-9
  std::int64_t rank = 0;              ///< independent published figures
  std::int64_t rank_asked = 0;        ///< of the finest tables asked for
  std::int64_t figures = 0;           ///< published figures, dependent ones too
  std::int64_t weights = 0;           ///< the officer's, together; the whole counts 100
  std::int64_t of_weights = 0;        ///< each weight times the share of what it speaks of

  /// Half the divergence share plus half the share of independent figures, in units of 10^-9; with weights, the weighted mean of that and of their shares.
  [[nodiscard]] std::int64_t share() const {
    const std::int64_t of_all = (divergence_share + (rank_asked == 0 ? whole : whole / rank_asked * rank)) / 2;
    return weights == 0 ? of_all : (100 * of_all + of_weights) / (100 + weights);
  }
  friend std::strong_ordering operator<=>(const Detail& a, const Detail& b) {
    if (const auto by_share = a.share() <=> b.share(); by_share != 0) return by_share;
    return a.figures <=> b.figures;
  }
  friend bool operator==(const Detail& a, const Detail& b) { return a.share() == b.share() && a.figures == b.figures; }
};

/// What the officer says matters more: a weight of 100 lets a variable, or a stretch of periods, count as much as all figures together.
struct DetailWeights {
  struct OfVariable {
    table::VariableIndex variable = 0;
    std::int64_t weight = 0;
  };
  struct OfPeriods {
    table::LeafRange periods;
    std::int64_t weight = 0;
  };
  std::vector<OfVariable> variables;
  std::vector<OfPeriods> periods;
};

/// Measures a draft of one population. `asked`: the finest design of each question. Earlier tables do not count.
/// What is measured, why, and where the measure ends: docs/methods/detail.md.
/// Cost: atoms times tables, and the rounds of solve::explained_share over the classes of atoms that no table tells apart.
[[nodiscard]] Detail detail_of(const truth::Population& truth, const table::PublishedPopulation& published, const std::vector<table::TableDesign>& asked,
                               const DetailWeights& weights = {});

/// The share of what could be told of one variable alone (its one-way table at the level asked) that a question's tables tell, in units of 10^-9.
[[nodiscard]] std::int64_t share_of_variable(const truth::Population& truth, const table::PublishedPopulation& published, const table::TableDesign& asked,
                                             table::VariableIndex variable);

/// Independent figures among the exact cells of a question's tables, by elimination modulo a prime over the classes of atoms that they tell apart.
[[nodiscard]] std::int64_t rank_of(const table::PublishedPopulation& published, table::QuestionIndex question);

}  // namespace candour::protect
