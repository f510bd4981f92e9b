// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "steelyard/model/case.hpp"

namespace steelyard::test {

/// A small case made by hand, without a reader: three actors, two issues, one preference of each form.
/// port: points, no_deal 35; carrier: weights, no_deal 30 +- 10; union: positions, no_deal 50.
Case harbour_lease();

}  // namespace steelyard::test
