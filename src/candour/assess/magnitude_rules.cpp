#include <candour/assess/magnitude_rules.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace candour::assess {
namespace {

__extension__ using Wide = __int128;

base::Error wrong(std::string_view code, std::string sentence, std::string hint) {
  return {base::Cause::wrong_input, fmt::format("rule.{}", code), {}, std::move(sentence), std::move(hint)};
}

/// A percentage as a fraction of whole numbers.
struct Fraction {
  Wide numerator = 0;
  Wide denominator = 1;
};
Fraction fraction_of(base::Decimal percent) {
  Fraction fraction{percent.units(), 100};
  for (int digit = 0; digit < percent.scale(); ++digit) fraction.denominator *= 10;
  return fraction;
}

/// A percentage above 0 and below 10 million with at most six decimals: products with any amount then fit 128 bits.
base::Result<base::Done> check_percentage(std::string_view name, base::Decimal percent) {
  if (percent > base::Decimal(0) && percent.scale() <= 6 && percent < base::Decimal(10'000'000)) return base::Done{};
  return base::fail(wrong("bad_parameter", fmt::format("{} must be above 0 with at most six decimals, got {}", name, percent.to_text()), {}));
}

/// The contributions of a cell that a rule looks at; what a cell does not have counts as 0.
base::Result<std::vector<std::int64_t>> top(const truth::MagnitudeTable& table, std::size_t cell, std::size_t how_many) {
  const std::vector<std::int64_t>& kept = table.largest_contributions[cell];
  if (kept.size() < std::min(how_many, static_cast<std::size_t>(table.contributor_counts[cell])))
    return base::fail(wrong("missing_contributions", fmt::format("the rule looks at the {} largest contributions, and fewer are kept", how_many),
                            "keep more of the largest contributors when tabulating"));
  if (table.totals[cell] < 0 || std::any_of(kept.begin(), kept.end(), [](std::int64_t amount) { return amount < 0; }))
    return base::fail(wrong("not_defined", "the rule is not defined for negative contributions",
                            "declare a lower bound for the column, or use a rule on the number of contributors"));
  std::vector<std::int64_t> largest(kept.begin(), kept.begin() + static_cast<std::ptrdiff_t>(std::min(how_many, kept.size())));
  largest.resize(how_many, 0);
  return largest;
}

/// What each cell with a positive total is short of: the least whole number of at least numerator / denominator where that is above 0, else 0.
template <class Short>
base::Result<std::vector<std::int64_t>> short_by(const truth::MagnitudeTable& table, std::size_t how_many, const Short& short_of) {
  std::vector<std::int64_t> shortfalls(table.totals.size(), 0);
  for (std::size_t cell = 0; cell < table.totals.size(); ++cell) {
    CANDOUR_TRY(largest, top(table, cell, how_many));
    if (table.totals[cell] <= 0) continue;
    const Fraction missing = short_of(Wide{table.totals[cell]}, largest);
    if (missing.numerator > 0) shortfalls[cell] = static_cast<std::int64_t>((missing.numerator + missing.denominator - 1) / missing.denominator);
  }
  return shortfalls;
}

std::vector<table::CellIndex> positive(const std::vector<std::int64_t>& shortfalls) {
  std::vector<table::CellIndex> cells;
  for (std::size_t cell = 0; cell < shortfalls.size(); ++cell)
    if (shortfalls[cell] > 0) cells.push_back(cell);
  return cells;
}

Wide sum_of(const std::vector<std::int64_t>& amounts) {
  Wide sum = 0;
  for (const std::int64_t amount : amounts) sum += amount;
  return sum;
}

base::Result<base::Done> check_coalition(std::size_t size) {
  if (size > 0 && size <= 1000) return base::Done{};
  return base::fail(wrong("bad_parameter", fmt::format("a coalition has 1 to 1000 contributors, got {}", size), {}));
}

}  // namespace

base::Result<std::vector<std::int64_t>> shortfalls(const DominanceRule& rule, const truth::MagnitudeTable& table) {
  if (rule.n == 0) return base::fail(wrong("bad_parameter", "n must be above 0, got 0", {}));
  CANDOUR_TRY_DONE(check_percentage("k_percent", rule.k_percent));
  const Fraction k = fraction_of(rule.k_percent);
  return short_by(table, rule.n, [&](Wide total, const std::vector<std::int64_t>& largest) {
    return Fraction{sum_of(largest) * k.denominator - k.numerator * total, k.numerator};
  });
}

base::Result<std::vector<std::int64_t>> shortfalls(const PPercentRule& rule, const truth::MagnitudeTable& table) {
  CANDOUR_TRY_DONE(check_percentage("p_percent", rule.p_percent));
  CANDOUR_TRY_DONE(check_coalition(rule.coalition_size));
  const Fraction p = fraction_of(rule.p_percent);
  return short_by(table, rule.coalition_size + 1, [&](Wide total, const std::vector<std::int64_t>& largest) {
    return Fraction{p.numerator * largest[0] - (total - sum_of(largest)) * p.denominator, p.denominator};
  });
}

base::Result<std::vector<std::int64_t>> shortfalls(const PriorPosteriorRule& rule, const truth::MagnitudeTable& table) {
  CANDOUR_TRY_DONE(check_percentage("p_percent", rule.p_percent));
  CANDOUR_TRY_DONE(check_percentage("q_percent", rule.q_percent));
  CANDOUR_TRY_DONE(check_coalition(rule.coalition_size));
  if (!(rule.p_percent < rule.q_percent))
    return base::fail(wrong("bad_parameter", "p_percent must be below q_percent", "a posterior that is no better than the prior gives nothing away"));
  // Both percentages at one scale, so that only whole numbers are compared.
  const int scale = std::max(rule.p_percent.scale(), rule.q_percent.scale());
  CANDOUR_TRY(p, rule.p_percent.rescaled(scale));
  CANDOUR_TRY(q, rule.q_percent.rescaled(scale));
  return short_by(table, rule.coalition_size + 1, [p = Wide{p.units()}, q = Wide{q.units()}](Wide total, const std::vector<std::int64_t>& largest) {
    return Fraction{p * largest[0] - q * (total - sum_of(largest)), q};
  });
}

base::Result<std::vector<table::CellIndex>> cells_failing(const DominanceRule& rule, const truth::MagnitudeTable& table) {
  CANDOUR_TRY(missing, shortfalls(rule, table));
  return positive(missing);
}

base::Result<std::vector<table::CellIndex>> cells_failing(const PPercentRule& rule, const truth::MagnitudeTable& table) {
  CANDOUR_TRY(missing, shortfalls(rule, table));
  return positive(missing);
}

base::Result<std::vector<table::CellIndex>> cells_failing(const PriorPosteriorRule& rule, const truth::MagnitudeTable& table) {
  CANDOUR_TRY(missing, shortfalls(rule, table));
  return positive(missing);
}

}  // namespace candour::assess
