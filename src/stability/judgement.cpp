// SPDX-License-Identifier: Apache-2.0
// Stability under any way to compare states, and rankings drawn around one.
#include "steelyard/stability/preference_uncertainty.hpp"

#include <algorithm>
#include <numeric>

namespace steelyard::stability {

namespace {

/// Whether the others can bring the decision maker from `start` to a state that `sanctions` accepts.
bool answered(const Graph& graph, std::size_t focal, StateIndex start, bool credible,
              const Judgement& judgement, const std::function<bool(StateIndex)>& sanctions) {
    const std::size_t makers = graph.makers.size();
    std::vector<bool> seen(graph.states.size() * makers);
    std::vector<std::pair<StateIndex, std::size_t>> open = {{start, focal}};
    bool found = false;
    for (std::size_t at = 0; at < open.size() && !found; ++at) {
        const auto [from, last] = open[at];
        for (std::size_t j = 0; j < makers; ++j) {
            if (j == focal || j == last) {
                continue;
            }
            graph.makers[j].moves.for_each(from, [&](StateIndex t) {
                if (found || !graph.makers[focal].sees(t) || seen[t * makers + j] ||
                    (credible && !judgement.improves(j, from, t))) {
                    return;
                }
                seen[t * makers + j] = true;
                open.emplace_back(t, j);
                found = sanctions(t);
            });
        }
    }
    return found;
}

}  // namespace

bool stable_under(const Graph& graph, Concept which, std::size_t maker, StateIndex s,
                  const Judgement& judgement) {
    const DecisionMaker& me = graph.makers[maker];
    if (!me.sees(s)) {
        return true;
    }
    const bool credible = which == Concept::seq || which == Concept::sseq;
    const bool symmetric = which == Concept::smr || which == Concept::sseq;
    const auto sanctions = [&](StateIndex t) {
        bool held = judgement.deters(maker, s, t);
        if (held && symmetric) {
            me.moves.for_each(t, [&](StateIndex escape) {
                held = held && (!me.sees(escape) || judgement.deters(maker, s, escape));
            });
        }
        return held;
    };
    bool stable = true;
    me.moves.for_each(s, [&](StateIndex t) {
        if (stable && me.sees(t) && judgement.leaves(maker, s, t)) {
            stable = which != Concept::nash && answered(graph, maker, t, credible, judgement, sanctions);
        }
    });
    return stable;
}

std::vector<Payoff> doubtful_payoffs(const std::vector<Payoff>& payoff, double doubt, RandomStream& draw) {
    if (doubt == 0) {
        return payoff;
    }
    std::vector<StateIndex> order(payoff.size());
    std::iota(order.begin(), order.end(), StateIndex{0});
    for (std::size_t k = order.size(); k > 1; --k) {
        std::swap(order[k - 1], order[draw.below(k)]);
    }
    std::ranges::stable_sort(order, std::ranges::greater{}, [&](StateIndex s) { return payoff[s]; });
    // The k-th best goes below all better ones, or each place higher with the next power of the factor.
    const double factor = doubt / (1 - doubt);
    std::vector<StateIndex> ranking;
    for (const StateIndex s : order) {
        double weights = 0;
        double power = 1;
        for (std::size_t k = 0; k <= ranking.size(); ++k, power *= factor) {
            weights += power;
        }
        double left = draw.uniform() * weights;
        std::size_t higher = 0;
        for (power = 1; higher < ranking.size() && left >= power; ++higher, power *= factor) {
            left -= power;
        }
        ranking.insert(ranking.end() - static_cast<std::ptrdiff_t>(higher), s);
    }
    std::vector<Payoff> drawn(payoff.size());
    for (std::size_t k = 0; k < ranking.size(); ++k) {
        drawn[ranking[k]] = static_cast<Payoff>(ranking.size() - 1 - k);
    }
    return drawn;
}

}  // namespace steelyard::stability
