// SPDX-License-Identifier: Apache-2.0
#pragma once
/// The standard normal distribution.

namespace steelyard {

/// The probability of at most `z`.
double normal_probability(double z);

/// The inverse: the z that the probability `u`, in (0, 1), belongs to.
double normal_quantile(double u);

}  // namespace steelyard
