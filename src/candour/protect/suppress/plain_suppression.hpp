#pragma once
// Plain suppression over all tables of a population together: the cells that need hiding, then the cheapest others until every secret has its witnesses.

#include <candour/base/digest.hpp>
#include <candour/protect/draft.hpp>
#include <candour/protect/evidence.hpp>
#include <candour/protect/suppress/marked_table.hpp>

#include <cstdint>
#include <functional>
#include <set>
#include <vector>

namespace candour::protect {

/// Asked about a growing pattern: whether the draft would still be worth having.
using StillWorthHaving = std::function<bool(const table::PublishedPopulation&)>;

struct PlainSuppressionTask {
  const truth::Population* truth = nullptr;
  std::vector<table::TableDesign> designs;  ///< all tables of the population
  std::vector<Treatment> treatments;        ///< one a design: only those that suppress may hide cells
  const CoverageOfQuestions* coverage = nullptr;
  const policy::Policy* policy = nullptr;
  const std::vector<truth::Secret>* secrets = nullptr;
  base::SecretKey key;                                         ///< multiplies each cell's loss by a secret factor from 1 to 2
  std::int64_t most_searches = 2000;                           ///< searches for evidence; then it gives up: counted, so that results can be reproduced
  Experience* experience = nullptr;                            ///< what earlier searches learnt; added to
  std::set<std::vector<table::AtomIndex>> hidden_before = {};  ///< sums that begin hidden, beside those that need it: a pattern of a coarser plan
  std::set<std::vector<table::AtomIndex>> stays_hidden = {};   ///< sums that need hiding whatever they are: an earlier answer hid them
  CellsOfFailingSums failing_sums = {};                        ///< may be empty: then a pattern with such a sum is given up
  std::function<std::vector<table::PublishedStatement>(const table::PublishedPopulation&)> statements_beside = {};  ///< what goes out beside these tables
  StillWorthHaving worth_having = {};  ///< may be empty; asked each round, so that a pattern that hides too much is given up early
};

enum class SuppressionStanding {
  is_protected,        ///< the pattern has its evidence
  recoding_is_honest,  ///< more than half of the cells that hold anything would be hidden: a coarser table says more
  not_found,           ///< no pattern found
};

struct PlainSuppression {
  SuppressionStanding standing = SuppressionStanding::not_found;
  HiddenPattern hidden;
  std::set<std::vector<table::AtomIndex>> hidden_sums;  ///< the same, as sums of atoms
  std::int64_t primary_count = 0;
  std::int64_t loss = 0;      ///< of the secondary cells: thousandths of (1 + log2 of the count), times the secret factor
  bool is_optimal = false;    ///< proved: no pattern of less loss protects (small tables)
  std::int64_t searches = 0;  ///< for evidence, used up
};

/// Asked about a pattern that has its evidence: sums that follow from the published figures must pass too.
using DerivedSumsPass = std::function<bool(const table::PublishedPopulation&)>;

/// The cells that need hiding for themselves, or nothing where one of them stands in a table that may not hide or where recoding is the honest answer.
/// Whatever protects them hides these at least, so no finished pattern tells more.
[[nodiscard]] std::optional<HiddenPattern> primary_pattern(const PlainSuppressionTask& task);

/// Hides cells with 1 to T-1 records, or as many people, and whatever else is needed. The zero convention is the policy's; zeros are always shown.
///
/// Up to `exact_up_to` cells that may be hidden the pattern is the cheapest there is (integer programs over cuts: some cell outside every pattern that was
/// seen to fail must be hidden); beyond, it grows round by round from the cells next to the secrets that local searches leave open, and is then cleaned:
/// whatever no secret needs is shown again. Cost: a search for evidence a round, and one a cell that is tried again.
[[nodiscard]] PlainSuppression suppress_plainly(const PlainSuppressionTask& task, const DerivedSumsPass& pass, std::size_t exact_up_to = 24);

/// Of the pattern `hidden_before`: shows again what everybody can work out from the other figures, which protects nothing and looks as if it did: cells that
/// are all that is hidden of a published sum. Gives the smaller pattern, which has its evidence like the one taken, or nothing where no such cell can be shown.
/// Cost: a search for evidence for each of these cells.
[[nodiscard]] std::optional<HiddenPattern> without_what_follows(const PlainSuppressionTask& task, const DerivedSumsPass& pass);

}  // namespace candour::protect
