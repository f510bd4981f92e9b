// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Cooke's classical model: experts' quantiles weighted by how well they did on questions whose answers are
/// known (Cooke 1991, Experts in Uncertainty, chapter 12; Cooke & Goossens 2008, Reliab. Eng. Syst. Saf. 93,
/// 657-674).

#include <array>
#include <optional>
#include <span>
#include <vector>

namespace steelyard::evidence {

/// The 5, 50 and 95 % quantiles of one expert for one item; ordered, low < high.
using Quantiles = std::array<double, 3>;

/// A three-point estimate stretched linearly from the stated confidence to 90 %, as 5, 50 and 95 % quantiles
/// (Hemming et al. 2018, Methods Ecol. Evol. 9, 169-180).
Quantiles standardise(double low, double best, double high, double confidence);

/// What one expert said on one item: `answers[item][expert]`.
using Answers = std::vector<std::vector<Quantiles>>;

/// Where the experts' densities live: the span of all quantiles (and the truth), 10 % longer at both ends.
struct IntrinsicRange {
    double low = 0;
    double high = 0;
};
IntrinsicRange intrinsic_range(std::span<const Quantiles> experts, std::optional<double> truth);

/// The chance that a perfectly calibrated expert would look at least as bad as this one: one minus the
/// chi-square distribution (3 degrees of freedom) at 2 N times the relative information of the truths' shares
/// among the four bins with respect to (.05, .45, .45, .05).  A truth on a quantile belongs to the bin below.
double calibration(std::span<const Quantiles> answers, std::span<const double> truths);

/// Relative information of the piecewise uniform density through the quantiles with respect to the uniform
/// one on the range.
double information(const Quantiles& answer, const IntrinsicRange& range);

/// The quantiles of the weighted mixture of the experts' piecewise uniform densities.
Quantiles mixture(std::span<const Quantiles> experts, std::span<const double> weights,
                  const IntrinsicRange& range);

struct ExpertScore {
    double calibration = 0;
    double information = 0;  ///< mean over the seed items
    double weight = 0;       ///< normalised
};

struct CookeWeights {
    std::vector<ExpertScore> experts;
    double cutoff = 0;          ///< experts less calibrated than this have weight 0
    ExpertScore pool;           ///< the weighted mixture, scored on the same items (weight 0)
    ExpertScore equal_weights;  ///< the mixture with equal weights, for comparison
};

/// Weights proportional to calibration x information for experts at or above the cut-off; without a stated
/// one, the cut-off that gives the best mixture on the seed items.  Every expert answers every item.  When no
/// expert reaches a stated cut-off, or all products are 0, the weights are equal.
/// O(experts^2 x items).  `seeds` and `truths` have one entry for each item, at least one.
CookeWeights cooke_weights(const Answers& seeds, std::span<const double> truths,
                           std::optional<double> cutoff = {});

}  // namespace steelyard::evidence
