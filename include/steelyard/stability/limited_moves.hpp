// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Stability for decision makers who look a few moves ahead (limited-move and non-myopic stability: Zagare
/// 1984; Kilgour 1984, 1985; Fang, Hipel & Kilgour 1993).

#include "steelyard/core/context.hpp"
#include "steelyard/core/described.hpp"
#include "steelyard/model/case.hpp"
#include "steelyard/stability/graph.hpp"

#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace steelyard::stability {

struct LimitedMovesOptions {
    int horizon = 12;
    std::vector<std::string> order;
    int search = 10000;

    static constexpr auto fields() {
        return std::tuple{
            field("horizon", &LimitedMovesOptions::horizon, "The longest look ahead that the strips show.",
                  "moves", {1, 1000}),
            field("order", &LimitedMovesOptions::order,
                  "Who moves after whom, round and round; needed for more than two decision makers."),
            field("search", &LimitedMovesOptions::search,
                  "The longest look ahead tried to find what happens in the long run (less where many states "
                  "would take more than 200 MB).",
                  "moves", {1, 1000000}),
        };
    }
};

/// What one decision maker does at one state.
struct Strip {
    std::string decision_maker;
    std::string stable;
    std::string anticipated;
    std::string non_myopic;

    static constexpr auto fields() {
        return std::tuple{
            field("decision_maker", &Strip::decision_maker, "Who decides."),
            field("stable", &Strip::stable,
                  "A digit for each look ahead from 1 to the horizon: 1 stays, 0 moves away."),
            field("anticipated", &Strip::anticipated,
                  "Where things end at the longest look ahead, if it has the first move."),
            field("non_myopic", &Strip::non_myopic,
                  "In the long run: always (stays), never, alternating, or unknown when `search` was too "
                  "short."),
        };
    }
};

struct LimitedState {
    StateCode code = 0;
    std::string label;
    std::vector<Strip> strips;
    std::string equilibrium;
    bool non_myopic = false;

    static constexpr auto fields() {
        return std::tuple{
            field("code", &LimitedState::code, "The sum of 2^k over the options k that are taken."),
            field("label", &LimitedState::label, "The options that are taken."),
            field("strips", &LimitedState::strips, "For each decision maker: stays or moves, by look ahead."),
            field("equilibrium", &LimitedState::equilibrium,
                  "A digit for each look ahead: 1 where everybody stays."),
            field("non_myopic", &LimitedState::non_myopic,
                  "Whether everybody stays at every look ahead from some length on."),
        };
    }
};

struct LimitedMovesResult {
    std::vector<std::string> order;
    std::vector<LimitedState> states;
    std::optional<int> settled_from;
    std::optional<int> period;

    static constexpr auto fields() {
        return std::tuple{
            field("order", &LimitedMovesResult::order, "Who moves after whom, round and round."),
            field("states", &LimitedMovesResult::states, "Every state, by rising code."),
            field("settled_from", &LimitedMovesResult::settled_from,
                  "From this look ahead on, the pattern repeats; nothing when `search` was too short.",
                  "moves"),
            field("period", &LimitedMovesResult::period,
                  "The length of the repeated pattern; 1 means that nothing changes any more.", "moves"),
        };
    }
};

/// The outcome that a decision maker with look-ahead h anticipates at each state, by backward induction:
/// G_0(i, s) = s; G_h(i, s) = G_{h-1}(next(i), m) for the move m of i that is best for it at the end, if it
/// strictly prefers that end to s, otherwise s (staying ends the play).  Ties: stay, else the smallest code.
/// Nobody moves from or to a state that it does not see.
/// `next[i]` follows i.  Returns one table a decision maker from the tables of h - 1.  O(moves).
std::vector<std::vector<StateIndex>> look_further(const Graph& graph, const std::vector<std::size_t>& next,
                                                  const std::vector<std::vector<StateIndex>>& shorter);

/// Strips over the look-ahead, and the long run.  Throws `Error`: as `make_graph`; invalid_option (no
/// complete `order` for three or more); cancelled.
LimitedMovesResult limited_moves(const Case& subject, const LimitedMovesOptions& options,
                                 const Context& context);

}  // namespace steelyard::stability
