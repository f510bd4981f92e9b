// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace steelyard::forecast {

/// Sums of weights closer than this share of all weight are level: typed weights such as 0.1 + 0.2 and 0.3.
inline constexpr double level = 1e-12;

}  // namespace steelyard::forecast
