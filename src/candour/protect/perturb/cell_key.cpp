#include <candour/protect/perturb/cell_key.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <utility>

namespace candour::protect {
namespace {

std::vector<std::int64_t> allowed_noise(std::int64_t count, const PerturbationParameters& p) {
  std::vector<std::int64_t> noises;
  for (std::int64_t v = std::max(-p.most_noise, -count); v <= p.most_noise; ++v)
    if ((count + v == 0 || count + v > p.forbidden_up_to) && (count >= p.protected_below || count + v <= p.most_noise + 1)) noises.push_back(v);
  return noises;
}

struct Moments {
  double m1 = 0, m2 = 0, m3 = 0, m4 = 0;
  std::vector<double> p;
};

Moments moments_of(const std::vector<std::int64_t>& noises, double b, double c) {
  Moments m;
  double highest = -std::numeric_limits<double>::infinity(), sum = 0;
  for (const std::int64_t v : noises) highest = std::max(highest, b * static_cast<double>(v) + c * static_cast<double>(v * v));
  for (const std::int64_t v : noises) m.p.push_back(std::exp(b * static_cast<double>(v) + c * static_cast<double>(v * v) - highest));
  for (const double p : m.p) sum += p;
  for (std::size_t i = 0; i < noises.size(); ++i) {
    m.p[i] /= sum;
    const auto v = static_cast<double>(noises[i]);
    m.m1 += m.p[i] * v, m.m2 += m.p[i] * v * v, m.m3 += m.p[i] * v * v * v, m.m4 += m.p[i] * v * v * v * v;
  }
  return m;
}

// Newton on (mean, second moment) of p ~ exp(b v + c v^2), with halved steps while the distance grows. The potential is convex, so this ends.
std::optional<std::vector<double>> largest_entropy(const std::vector<std::int64_t>& noises, double variance) {
  double b = 0, c = -0.5 / std::max(variance, 1e-3);
  const auto distance = [&](const Moments& m) { return std::hypot(m.m1, m.m2 - variance); };
  Moments now = moments_of(noises, b, c);
  for (int i = 0; i < 500 && distance(now) > 1e-13; ++i) {
    const double h11 = now.m2 - now.m1 * now.m1, h12 = now.m3 - now.m1 * now.m2, h22 = now.m4 - now.m2 * now.m2;
    const double determinant = h11 * h22 - h12 * h12;
    if (!(determinant > 1e-300)) break;
    const double g1 = -now.m1, g2 = variance - now.m2;
    const double db = (h22 * g1 - h12 * g2) / determinant, dc = (h11 * g2 - h12 * g1) / determinant;
    double step = 1;
    Moments next = moments_of(noises, b + db, c + dc);
    while (step > 1e-10 && !(distance(next) < distance(now))) {
      step /= 2;
      next = moments_of(noises, b + step * db, c + step * dc);
    }
    if (step <= 1e-10) break;
    b += step * db, c += step * dc;
    now = std::move(next);
  }
  if (distance(now) > 1e-8) return std::nullopt;
  return now.p;
}

// At an end of the feasible interval only the two noises that make it can be used.
std::vector<double> two_point_row(const std::vector<std::int64_t>& noises, double variance) {
  std::vector<double> p(noises.size(), 0.0);
  for (std::size_t i = 0; i < noises.size(); ++i)
    for (std::size_t j = 0; j < noises.size(); ++j) {
      const auto low = static_cast<double>(noises[i]), high = static_cast<double>(noises[j]);
      if (!(low < 0 && high > 0) || std::abs(-low * high - variance) > 1e-12) continue;
      std::fill(p.begin(), p.end(), 0.0);
      p[i] = high / (high - low), p[j] = -low / (high - low);
      return p;
    }
  return {};
}

NoiseRow row_of(const std::vector<std::int64_t>& noises, const std::vector<double>& probabilities) {
  NoiseRow row;
  double sum = 0;
  for (std::size_t i = 0; i < noises.size(); ++i) {
    sum += probabilities[i];
    row.steps.push_back({noises[i], probabilities[i], sum});
  }
  row.steps.back().below = 1;
  return row;
}

}  // namespace

std::uint64_t record_key(const base::SecretKey& key, std::string_view stable_identifier) { return base::keyed_hash(key, stable_identifier) % key_range; }

std::uint64_t cell_key(std::span<const std::uint64_t> record_keys) {
  std::uint64_t sum = 0;
  for (const std::uint64_t key : record_keys) sum = (sum + key) % key_range;
  return sum;
}

std::optional<VarianceInterval> feasible_variance(std::int64_t count, const PerturbationParameters& parameters) {
  // With mean 0 every distribution mixes pairs (a < 0 < b), of variance -a b, and the noise 0.
  const std::vector<std::int64_t> noises = allowed_noise(count, parameters);
  std::optional<VarianceInterval> interval;
  const auto widen = [&](double variance) {
    if (!interval) interval = VarianceInterval{variance, variance};
    interval->lowest = std::min(interval->lowest, variance), interval->highest = std::max(interval->highest, variance);
  };
  for (const std::int64_t a : noises) {
    if (a == 0) widen(0);
    for (const std::int64_t b : noises)
      if (a < 0 && b > 0) widen(static_cast<double>(-a * b));
  }
  return interval;
}

base::Result<PerturbationTable> PerturbationTable::build(const PerturbationParameters& parameters) {
  const auto wrong = [](std::string code, std::string sentence, std::string hint) {
    return base::fail(base::Error{base::Cause::wrong_input, std::move(code), {}, std::move(sentence), std::move(hint)});
  };
  if (parameters.most_noise < 1 || parameters.most_noise > 1000 || parameters.forbidden_up_to < 0 || parameters.forbidden_up_to > 1000 ||
      parameters.protected_below < 0 || parameters.protected_below > 2000 || !(parameters.variance > 0))
    return wrong("cell_key.parameters", "the perturbation needs a largest noise from 1 to 1000, a positive variance and a forbidden range from 0 to 1000", "");
  std::vector<NoiseRow> rows{row_of({0}, {1.0})};
  const std::int64_t unbounded = parameters.forbidden_up_to == 0 ? parameters.most_noise : parameters.most_noise + parameters.forbidden_up_to + 1;
  const std::int64_t last = std::max(unbounded, parameters.protected_below);
  for (std::int64_t count = 1; count <= last; ++count) {
    const auto interval = feasible_variance(count, parameters);
    if (!interval)
      return wrong("cell_key.variance", fmt::format("no noise for a count of {} has mean 0", count), "allow more noise, or forbid fewer small results");
    const std::vector<std::int64_t> noises = allowed_noise(count, parameters);
    const bool at_end = std::abs(parameters.variance - interval->lowest) < 1e-12 || std::abs(parameters.variance - interval->highest) < 1e-12;
    std::vector<double> probabilities;
    if (at_end) probabilities = two_point_row(noises, parameters.variance);
    else if (parameters.variance > interval->lowest && parameters.variance < interval->highest)
      probabilities = largest_entropy(noises, parameters.variance).value_or(std::vector<double>{});
    if (probabilities.empty())
      return wrong(
          "cell_key.variance",
          fmt::format("a count of {} cannot have variance {}: its noise allows {} to {}", count, parameters.variance, interval->lowest, interval->highest),
          "choose a variance inside the interval of every row");
    rows.push_back(row_of(noises, probabilities));
  }
  return PerturbationTable(std::move(rows));
}

std::int64_t PerturbationTable::noise(std::int64_t count, std::uint64_t key) const {
  if (count <= 0) return 0;
  const NoiseRow& row = rows_[std::min(static_cast<std::size_t>(count), rows_.size() - 1)];
  const double share = static_cast<double>(key) / static_cast<double>(key_range);
  for (const NoiseStep& step : row.steps)
    if (step.below > share) return step.noise;
  return row.steps.back().noise;
}

PerturbationTable::Rarest PerturbationTable::rarest() const {
  Rarest rarest;
  for (std::size_t count = 1; count < rows_.size(); ++count)
    for (const NoiseStep& step : rows_[count].steps)
      if (step.probability < rarest.share) rarest = {static_cast<std::int64_t>(count), step.noise, step.probability};
  return rarest;
}

double PerturbationTable::most_telling(std::int64_t highest) const {
  std::map<std::int64_t, std::pair<double, double>> of_figure;  // least and greatest share of keys
  for (std::int64_t count = 1; count <= highest; ++count)
    for (const NoiseStep& step : rows_[std::min(static_cast<std::size_t>(count), rows_.size() - 1)].steps) {
      if (step.probability <= 0) continue;
      const auto [at, is_new] = of_figure.try_emplace(count + step.noise, step.probability, step.probability);
      at->second = {std::min(at->second.first, step.probability), std::max(at->second.second, step.probability)};
    }
  double most = 1;
  for (const auto& [figure, shares] : of_figure) most = std::max(most, shares.second / shares.first);
  return most;
}

std::int64_t repeating_row(std::int64_t count) { return count <= 750 ? count : (count - 1) % 250 + 501; }

}  // namespace candour::protect
