// SPDX-License-Identifier: Apache-2.0
#pragma once
/// The arithmetic of sensitivity and of the value of information, on plain lists of numbers.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace steelyard::uncertainty {

/// A number with a bootstrap interval.
struct Interval {
    double value = 0;
    double low = 0;
    double high = 0;
};

/// One factor's share of the variance: alone, and with all its interactions.
struct SobolIndex {
    Interval first;
    Interval total;
};

struct SobolIndices {
    double mean = 0;
    double variance = 0;
    std::vector<SobolIndex> factors;
};

/// Variance-based sensitivity from Saltelli's design: `a`, `b` the function at two independent samples, `mixed[i]` at
/// the first with factor i taken from the second; all of the same length N.
/// First order: mean of b (mixed - a) / V (Saltelli et al. 2010, table 2 b); total: mean of (a - mixed)^2 / 2 V (Jansen
/// 1999, table 2 f).  Intervals: 95 %, from `resamples` bootstrap samples of the N rows.  Indices are 0 where nothing
/// varies.  O(resamples x factors x N).
SobolIndices sobol_indices(std::span<const double> a, std::span<const double> b,
                           const std::vector<std::vector<double>>& mixed, int resamples, std::uint64_t seed);

/// Elementary effects of one factor (Morris 1991; mu* of Campolongo, Cariboni & Saltelli 2007).
struct MorrisEffect {
    double mu = 0;
    double mu_star = 0;
    double sigma = 0;
};

/// One way through the unit cube on which every factor moves once by half its range, up or down: `dimensions` + 1
/// points of four levels each (1/8, 3/8, 5/8, 7/8).  `order[k]` is the factor moved before point k + 1.
struct MorrisPath {
    std::vector<std::vector<double>> points;
    std::vector<std::size_t> order;
};
MorrisPath morris_path(std::uint64_t seed, std::uint64_t number, std::size_t dimensions);

/// Effects from the values along each path, per whole range of the factor.  A path with a NaN is left out of the
/// factors it touches.
std::vector<MorrisEffect> morris_effects(const std::vector<MorrisPath>& paths,
                                         const std::vector<std::vector<double>>& values,
                                         std::size_t dimensions);

/// The expectation of `y` given some factors, at each draw: of several fits (constant, Hermite polynomials up to degree
/// five, means of 2 to 32 equal parts; one part for each value of a factor with few) the one with the smallest
/// generalised cross-validation error (Craven & Wahba 1979).  `z[k]` are the normal scores of factor k; with several
/// factors, additive polynomials up to degree three.  O(draws x terms^2).
std::vector<double> conditional_mean(const std::vector<std::span<const double>>& z,
                                     std::span<const double> y);

/// What knowing would be worth to somebody who must choose one of several acts.
struct InformationValue {
    double value = 0;
    double error = 0;  ///< standard error over the draws, the fit taken as given
};

/// Perfect information about everything: mean of the best act's payoff in each draw, less the best mean payoff.
/// `payoffs[d]`: the payoff of act d in each draw.
InformationValue evpi(const std::vector<std::vector<double>>& payoffs);

/// Perfect information about some factors only (Strong, Oakley & Brennan, Medical Decision Making 34, 2014: regress the
/// payoffs on what would be known, and choose by the fit).
InformationValue evppi(const std::vector<std::vector<double>>& payoffs,
                       const std::vector<std::span<const double>>& z);

}  // namespace steelyard::uncertainty
