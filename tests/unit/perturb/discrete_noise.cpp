// The samplers are exact and the accounting agrees with the reference figures of methods.md section 2.2.
#include <candour/protect/perturb/discrete_noise.hpp>

#include <gtest/gtest.h>

#include <cmath>
#include <map>

namespace candour::protect {
namespace {

TEST(Accounting, TurnsRhoIntoTheReferenceEpsilons) {
  struct Row {
    double rho, at_1e5, at_1e6, at_1e10;
  };
  for (const Row& row : {Row{0.005, 0.375261, 0.429941, 0.603536}, Row{0.05, 1.308118, 1.471595, 2.000276}, Row{0.1, 1.914239, 2.141939, 2.881828},
                         Row{0.5, 4.728387, 5.221534, 6.839329}, Row{1, 7.077197, 7.766217, 10.034344}, Row{2.56, 12.481335, 13.567773, 17.158309}}) {
    EXPECT_NEAR(epsilon_of_rho(row.rho, 1e-5), row.at_1e5, 2e-6) << row.rho;
    EXPECT_NEAR(epsilon_of_rho(row.rho, 1e-6), row.at_1e6, 2e-6) << row.rho;
    EXPECT_NEAR(epsilon_of_rho(row.rho, 1e-10), row.at_1e10, 2e-6) << row.rho;
  }
}

TEST(Accounting, GivesTheExactDeltaOfOneDiscreteGaussian) {
  EXPECT_NEAR(delta_of_discrete_gaussian(1, 1), 0.14135133940562192, 1e-12);
  EXPECT_NEAR(delta_of_discrete_gaussian(4, 1), 0.0072487768459525825, 1e-12);
  EXPECT_NEAR(delta_of_discrete_gaussian(25, 0.5), 0.0004977630312883075, 1e-12);
  EXPECT_NEAR(delta_of_discrete_gaussian(100, 0.25), 0.00022768519256330903, 1e-12);
}

TEST(Accounting, KnowsTheProbabilitiesOfBothDistributions) {
  EXPECT_NEAR(probability_of_gaussian(0.25, 0), 0.7865707070419479, 1e-12);
  EXPECT_NEAR(probability_of_gaussian(0.25, 1), 0.10645076942314473, 1e-12);
  EXPECT_NEAR(probability_of_gaussian(4, 1), 0.17603266338214973, 1e-12);
  EXPECT_NEAR(probability_of_gaussian(100, 0), 0.03989422804014327, 1e-12);
  EXPECT_NEAR(probability_of_laplace(0.5, 0), 0.7615941559557649, 1e-12);
  EXPECT_NEAR(probability_of_laplace(10, 0), 0.049958374957880004, 1e-12);
}

// Binned chi-square; the critical value df + 6 sqrt(2 df) has a false-alarm rate far below one in a million, and the seed is fixed.
template <class Draw, class Probability>
double chi_square_excess(Draw&& draw, Probability&& probability) {
  constexpr int draws = 60000;
  std::map<std::int64_t, double> seen;
  for (int i = 0; i < draws; ++i) ++seen[draw()];
  double chi = 0, df = -1, rest_expected = draws, rest_seen = draws;
  for (std::int64_t x = -60; x <= 60; ++x) {
    const double expected = draws * probability(x);
    if (expected < 5) continue;
    chi += (seen[x] - expected) * (seen[x] - expected) / expected;
    rest_expected -= expected, rest_seen -= seen[x];
    ++df;
  }
  if (rest_expected > 5) chi += (rest_seen - rest_expected) * (rest_seen - rest_expected) / rest_expected, ++df;
  return chi - (df + 6 * std::sqrt(2 * df));
}

TEST(Samplers, DrawTheDiscreteGaussian) {
  for (const Fraction variance : {Fraction{1, 4}, Fraction{1, 1}, Fraction{4, 1}, Fraction{100, 1}}) {
    SeededBits bits(20240301);
    const double v = static_cast<double>(variance.numerator) / static_cast<double>(variance.denominator);
    EXPECT_LT(chi_square_excess([&] { return discrete_gaussian(variance, bits); }, [&](std::int64_t x) { return probability_of_gaussian(v, x); }), 0) << v;
  }
}

TEST(Samplers, DrawTheDiscreteLaplace) {
  for (const Fraction scale : {Fraction{1, 2}, Fraction{2, 1}, Fraction{5, 3}}) {
    SeededBits bits(7);
    const double t = static_cast<double>(scale.numerator) / static_cast<double>(scale.denominator);
    EXPECT_LT(chi_square_excess([&] { return discrete_laplace(scale, bits); }, [&](std::int64_t x) { return probability_of_laplace(t, x); }), 0) << t;
  }
}

TEST(Samplers, AreToldFromARoundedNormalByTheSameTest) {
  // The planted flaw: variance 4 drawn with standard deviation 1.9. The alarm must ring.
  SeededBits bits(11);
  EXPECT_GT(chi_square_excess([&] { return discrete_gaussian({361, 100}, bits); }, [](std::int64_t x) { return probability_of_gaussian(4, x); }), 0);
}

TEST(Fraction, RefusesScalesThatCouldOverflow) {
  EXPECT_FALSE(Fraction::of(0, 1).has_value());
  EXPECT_FALSE(Fraction::of(1, 1'000'001).has_value());
}

TEST(SystemRandomBits, DrawUniformlyBelowABoundThatIsNoPowerOfTwo) {
  SystemRandomBits bits;
  std::array<int, 5> seen{};
  for (int i = 0; i < 50000; ++i) ++seen[static_cast<std::size_t>(bits.below(5))];
  for (const int n : seen) EXPECT_NEAR(n, 10000, 700);  // seven standard deviations
}

}  // namespace
}  // namespace candour::protect
