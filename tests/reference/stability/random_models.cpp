// SPDX-License-Identifier: Apache-2.0
#include "random_models.hpp"

namespace steelyard::test {

using namespace stability;

std::string name_of(Concept which) {
    return std::string(choices_of(which)[static_cast<std::size_t>(which)].name);
}

TwinModel option_model(std::vector<std::uint64_t> codes, const std::vector<std::size_t>& owner,
                       const std::vector<int>& direction,
                       const std::vector<std::vector<std::int64_t>>& payoff,
                       const std::vector<std::set<std::size_t>>& unseen) {
    TwinModel twin;
    const std::size_t makers = payoff.size();
    twin.graph.states = StateSet::of(codes);
    twin.plain.codes = codes;
    twin.plain.payoff = payoff;
    twin.plain.unseen = unseen;
    twin.plain.unseen.resize(makers);
    for (std::size_t i = 0; i < makers; ++i) {
        StateCode own = 0;
        StateCode forward = 0;
        StateCode back = 0;
        for (std::size_t k = 0; k < owner.size(); ++k) {
            if (owner[k] == i) {
                own |= StateCode{1} << k;
                forward |= direction[k] == 1 ? StateCode{1} << k : 0;
                back |= direction[k] == 2 ? StateCode{1} << k : 0;
            }
        }
        DecisionMaker maker;
        maker.id = "d" + std::to_string(i);
        maker.payoff = dense_payoffs(payoff[i]);
        maker.moves = Moves::of_options(twin.graph.states, maker.payoff, own, forward, back);
        if (!twin.plain.unseen[i].empty()) {
            maker.unseen.resize(codes.size());
            for (const std::size_t s : twin.plain.unseen[i]) {
                maker.unseen[s] = true;
            }
        }
        twin.graph.makers.push_back(std::move(maker));
        std::vector<std::vector<std::size_t>> arcs(codes.size());
        for (std::size_t s = 0; s < codes.size(); ++s) {
            for (std::size_t t = 0; t < codes.size(); ++t) {
                const bool own_only = ((codes[s] ^ codes[t]) & ~own) == 0;
                const bool permitted =
                    (codes[s] & ~codes[t] & forward) == 0 && (~codes[s] & codes[t] & back) == 0;
                if (s != t && own_only && permitted) {
                    arcs[s].push_back(t);
                }
            }
        }
        twin.plain.arcs.push_back(arcs);
    }
    return twin;
}

TwinModel arc_model(const std::vector<std::vector<std::vector<std::size_t>>>& arcs,
                    const std::vector<std::vector<std::int64_t>>& payoff) {
    TwinModel twin;
    const std::size_t states = payoff.front().size();
    std::vector<StateCode> codes(states);
    for (std::size_t s = 0; s < states; ++s) {
        codes[s] = s;
    }
    twin.graph.states = StateSet::of(codes);
    twin.plain.arcs = arcs;
    twin.plain.payoff = payoff;
    twin.plain.unseen.resize(payoff.size());
    for (std::size_t i = 0; i < payoff.size(); ++i) {
        std::vector<std::pair<StateIndex, StateIndex>> list;
        for (std::size_t s = 0; s < states; ++s) {
            for (const std::size_t t : arcs[i][s]) {
                list.emplace_back(s, t);
            }
        }
        DecisionMaker maker;
        maker.id = "d" + std::to_string(i);
        maker.payoff = dense_payoffs(payoff[i]);
        maker.moves = Moves::of_arcs(states, std::move(list));
        twin.graph.makers.push_back(std::move(maker));
    }
    return twin;
}

TwinModel random_option_model(RandomStream& draw, bool misperceptions) {
    const std::size_t makers = 2 + draw.below(4);
    const std::size_t options = makers + draw.below(7 - makers);
    std::vector<std::size_t> owner;
    std::vector<int> direction;
    for (std::size_t k = 0; k < options; ++k) {
        owner.push_back(k < makers ? k : draw.below(makers));
        direction.push_back(draw.below(2) == 0 ? 0 : static_cast<int>(draw.below(3)));
    }
    const std::uint64_t drop = draw.below(4);  // none, or a share of the states
    std::vector<std::uint64_t> codes;
    for (std::uint64_t code = 0; code < std::uint64_t{1} << options; ++code) {
        if (drop == 0 || draw.below(6) >= drop) {
            codes.push_back(code);
        }
    }
    if (codes.empty()) {
        codes.push_back(0);
    }
    const std::uint64_t levels = draw.below(2) == 0 ? 1000 : 1 + codes.size() / 2;
    std::vector<std::vector<std::int64_t>> payoff(makers);
    std::vector<std::set<std::size_t>> unseen(makers);
    for (std::size_t i = 0; i < makers; ++i) {
        for (std::size_t s = 0; s < codes.size(); ++s) {
            payoff[i].push_back(static_cast<std::int64_t>(draw.below(levels)));
            if (misperceptions && draw.below(8) == 0) {
                unseen[i].insert(s);
            }
        }
    }
    return option_model(codes, owner, direction, payoff, unseen);
}

TwinModel random_arc_model(RandomStream& draw) {
    const std::size_t makers = 2 + draw.below(4);
    const std::size_t states = 2 + draw.below(11);
    const std::uint64_t density = 1 + draw.below(4);
    std::vector<std::vector<std::vector<std::size_t>>> arcs(makers);
    std::vector<std::vector<std::int64_t>> payoff(makers);
    const std::uint64_t levels = 2 + draw.below(2 * states);
    for (std::size_t i = 0; i < makers; ++i) {
        arcs[i].resize(states);
        for (std::size_t s = 0; s < states; ++s) {
            payoff[i].push_back(static_cast<std::int64_t>(draw.below(levels)));
            for (std::size_t t = 0; t < states; ++t) {
                if (s != t && draw.below(8) < density) {
                    arcs[i][s].push_back(t);
                }
            }
        }
    }
    return arc_model(arcs, payoff);
}

}  // namespace steelyard::test
