// SPDX-License-Identifier: Apache-2.0
#pragma once
/// The analyses that go on where the exact diagram is out of reach, with a say in where that is.

#include "setup.hpp"
#include "steelyard/space/frontier.hpp"
#include "steelyard/space/solutions.hpp"

namespace steelyard::space {

FrontierResult frontier_within(const Case& subject, const FrontierOptions& options, const Context& context,
                               const Reach& reach);
SolutionsResult solutions_within(const Case& subject, const SolutionsOptions& options, const Context& context,
                                 const Reach& reach);

}  // namespace steelyard::space
