// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "steelyard/core/random.hpp"
#include "steelyard/model/case.hpp"

#include <functional>

namespace steelyard::test {

/// 2-4 actors with whole points, 2-4 issues with a status quo, one to three tables with different acceptance rules, a
/// few bundles, rules, priced and hard obligations.
Case random_talks(RandomStream& draw);

/// Every deal of the case.
void for_each_deal(const Case& subject, const std::function<void(const Deal&)>& visit);

}  // namespace steelyard::test
