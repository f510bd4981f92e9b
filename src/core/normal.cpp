// SPDX-License-Identifier: Apache-2.0
#include "steelyard/core/normal.hpp"

#include <boost/math/special_functions/erf.hpp>

#include <cmath>
#include <numbers>

namespace steelyard {

double normal_probability(double z) {
    return std::erfc(-z / std::numbers::sqrt2) / 2;
}

double normal_quantile(double u) {
    using boost::math::policies::policy;
    using boost::math::policies::promote_double;
    return -std::numbers::sqrt2 * boost::math::erfc_inv(2 * u, policy<promote_double<false>>());
}

}  // namespace steelyard
