// SPDX-License-Identifier: Apache-2.0
#pragma once
/// The analyses that go on where the exact diagram is out of reach, with a say in where that is.

#include "setup.hpp"
#include "steelyard/space/frontier.hpp"
#include "steelyard/space/improve.hpp"
#include "steelyard/space/score.hpp"
#include "steelyard/space/solutions.hpp"
#include "steelyard/space/trades.hpp"

namespace steelyard::space {

FrontierResult frontier_within(const Case& subject, const FrontierOptions& options, const Context& context,
                               const Reach& reach);
SolutionsResult solutions_within(const Case& subject, const SolutionsOptions& options, const Context& context,
                                 const Reach& reach);
ScoreResult score_within(const Case& subject, const ScoreOptions& options, const Context& context,
                         const Reach& reach);
ImproveResult improve_within(const Case& subject, const ImproveOptions& options, const Context& context,
                             const Reach& reach);
TradesResult trades_within(const Case& subject, const TradesOptions& options, const Context& context,
                           const Reach& reach);

}  // namespace steelyard::space
