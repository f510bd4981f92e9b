// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Where one decision maker can go from each state, in a form that makes whole-graph questions linear.

#include "steelyard/model/case.hpp"

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace steelyard::stability {

/// A state's place among the feasible states, counting from 0 in increasing code.
using StateIndex = std::uint32_t;

/// How much a decision maker likes a state; only the order counts, more is better.
using Payoff = std::int32_t;

/// Looks states up by code.
class StateSet {
public:
    StateSet() = default;
    /// Every code below 2^moves.
    static StateSet all(std::size_t moves);
    /// The given codes, in increasing order.
    static StateSet of(std::vector<StateCode> codes);

    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] StateCode code(StateIndex s) const { return codes_.empty() ? s : codes_[s]; }
    /// The state with that code, or nothing.  O(log states), O(1) where every code is feasible.
    [[nodiscard]] std::optional<StateIndex> find(StateCode code) const;

private:
    std::vector<StateCode> codes_;  // empty: code = index
    std::size_t size_ = 0;
};

/// The unilateral moves of one decision maker.
///
/// Option form: states that differ only in own options that may go both ways form a *block*, inside which
/// every move is possible; options with a direction lead from block to block.  Within a block the states
/// stand in rising order of the decision maker's own payoff, so "all improvements from s" is the end of a
/// few sorted lists.  Memory: 8 bytes a state.
///
/// Graph form: arcs, state by state.
class Moves {
public:
    /// `own`: the bits of the decision maker's options; `forward` and `back`: those that may only be taken
    /// up, or only be dropped.  O(states), plus a sort of the block keys where few codes are feasible.
    static Moves of_options(const StateSet& states, std::span<const Payoff> payoff, StateCode own,
                            StateCode forward, StateCode back);
    /// Arcs from state to state; loops and duplicates are dropped.
    static Moves of_arcs(std::size_t states, std::vector<std::pair<StateIndex, StateIndex>> arcs);

    /// Two moves in a row are one move (or lead back): true of the option form.
    [[nodiscard]] bool transitive() const { return arc_start_.empty(); }

    /// Calls `visit(t)` for every state that one move leads to from `s`; never `s` itself.
    template <class F>
    void for_each(StateIndex s, F&& visit) const {
        if (!transitive()) {
            for (std::size_t k = arc_start_[s]; k < arc_start_[s + 1]; ++k) {
                visit(arc_to_[k]);
            }
            return;
        }
        for_each_block(block_of_[s], [&](std::uint32_t block) {
            for (std::size_t k = start_[block]; k < start_[block + 1]; ++k) {
                if (order_[k] != s) {
                    visit(order_[k]);
                }
            }
        });
    }

    /// best[s] becomes the best of `best` over s and every state one move leads to.  Returns whether any
    /// changed.  `Better` is std::less (minimum) or std::greater (maximum).
    template <class Better>
    bool fold_moves(std::vector<Payoff>& best) const;

    /// best[s] becomes the best of best[s] and of `from` over every improvement of s, as judged by `payoff`,
    /// which must be the one the moves were made with.  `best` and `from` may be the same.
    /// Returns whether any changed.
    template <class Better>
    bool fold_improvements(std::span<const Payoff> payoff, const std::vector<Payoff>& from,
                           std::vector<Payoff>& best) const;

private:
    template <class F>
    void for_each_block(std::uint32_t block, F&& visit) const {
        visit(block);
        if (forward_ == 0 && back_ == 0) {
            return;
        }
        const StateCode key = keys_[block];
        const StateCode open = (~key & forward_) | (key & back_);
        for (StateCode part = open; part != 0; part = (part - 1) & open) {
            if (const auto other = find_block(key ^ part)) {
                visit(*other);
            }
        }
    }
    [[nodiscard]] std::optional<std::uint32_t> find_block(StateCode key) const;

    // option form
    StateCode forward_ = 0, back_ = 0;
    std::vector<StateIndex> order_;        // states by block, then by rising payoff
    std::vector<std::uint32_t> start_;     // of each block in order_
    std::vector<std::uint32_t> block_of_;  // of each state
    std::vector<StateCode> keys_;          // of each block, increasing: the code without own two-way bits
    // graph form
    std::vector<std::size_t> arc_start_;
    std::vector<StateIndex> arc_to_;
};

}  // namespace steelyard::stability
