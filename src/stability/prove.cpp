// SPDX-License-Identifier: Apache-2.0
#include "simultaneous.hpp"
#include "steelyard/stability/cells.hpp"

#include <algorithm>
#include <deque>
#include <functional>
#include <map>

namespace steelyard::stability {

namespace {

/// Whether the decision maker, brought to `at`, has no way to anything it prefers to `s`.
bool is_sanction(const DecisionMaker& maker, StateIndex s, StateIndex at, bool symmetric) {
    if (maker.prefers(at, s)) {
        return false;
    }
    bool held = true;
    if (symmetric) {
        maker.moves.for_each(at,
                             [&](StateIndex t) { held = held && !(maker.sees(t) && maker.prefers(t, s)); });
    }
    return held;
}

/// The shortest legal sequence of the others from `start` to a state that `found` accepts.
std::optional<std::vector<Step>> shortest_sequence(const Graph& graph, std::size_t focal, StateIndex start,
                                                   bool improvements,
                                                   const std::function<bool(StateIndex)>& found) {
    using Node = std::pair<StateIndex, std::size_t>;  // state, who moved last
    std::map<Node, Node> came_from;
    std::deque<Node> queue;
    const Node root{start, focal};
    came_from.emplace(root, root);
    queue.push_back(root);
    while (!queue.empty()) {
        const Node node = queue.front();
        queue.pop_front();
        for (std::size_t j = 0; j < graph.makers.size(); ++j) {
            if (j == focal || j == node.second) {
                continue;
            }
            const DecisionMaker& mover = graph.makers[j];
            std::optional<Node> goal;
            mover.moves.for_each(node.first, [&](StateIndex t) {
                const Node next{t, j};
                if (goal || !graph.makers[focal].sees(t) || (improvements && !mover.prefers(t, node.first)) ||
                    !came_from.emplace(next, node).second) {
                    return;
                }
                if (found(t)) {
                    goal = next;
                } else {
                    queue.push_back(next);
                }
            });
            if (goal) {
                std::vector<Step> steps;
                for (Node at = *goal; at != root; at = came_from.at(at)) {
                    steps.push_back({at.second, at.first});
                }
                std::ranges::reverse(steps);
                return steps;
            }
        }
    }
    return std::nullopt;
}

}  // namespace

Proof prove(const Graph& graph, Concept which, std::size_t maker, StateIndex s) {
    const DecisionMaker& focal = graph.makers[maker];
    Proof proof;
    if (!focal.sees(s)) {
        proof.stable = true;
        return proof;
    }
    const auto all_improvements = improvements_at(graph, maker, s);
    std::vector<StateIndex> improvements = all_improvements[maker];
    std::ranges::sort(improvements, [&](StateIndex a, StateIndex b) {
        return focal.payoff[a] != focal.payoff[b] ? focal.payoff[a] > focal.payoff[b] : a < b;
    });
    const bool symmetric = which == Concept::smr || which == Concept::sseq;
    const bool credible = which == Concept::seq || which == Concept::sseq;
    for (const StateIndex to : improvements) {
        std::optional<Answer> answer;
        if (which == Concept::sim) {
            answer = simultaneous_sanction(graph, maker, s, to, all_improvements);
        } else if (which != Concept::nash) {
            auto steps = shortest_sequence(graph, maker, to, credible,
                                           [&](StateIndex t) { return is_sanction(focal, s, t, symmetric); });
            if (steps) {
                const StateIndex end = steps->back().to;
                answer = Answer{to, std::move(*steps), end};
            }
        }
        if (!answer) {
            return {false, {}, to};
        }
        proof.answers.push_back(std::move(*answer));
    }
    proof.stable = true;
    return proof;
}

}  // namespace steelyard::stability
