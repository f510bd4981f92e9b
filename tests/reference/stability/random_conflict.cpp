// SPDX-License-Identifier: Apache-2.0
#include "random_conflict.hpp"

#include "steelyard/format/case_file.hpp"

#include <algorithm>
#include <array>

namespace steelyard::test {

TwinConflict random_conflict(RandomStream& draw) {
    constexpr std::array kDirections = {"both", "forward", "back"};
    const std::size_t makers = 2 + draw.below(2);
    const std::size_t options = makers + draw.below(6 - makers);
    std::string text =
        "steelyard: 1\ncase: c\nactors: {d0: {}, d1: {}, d2: {}}\nissues: {i: {options: [x]}}\nconflict:\n  "
        "options:\n";
    std::vector<std::size_t> owner;
    std::vector<std::size_t> direction;
    for (std::size_t k = 0; k < options; ++k) {
        owner.push_back(k < makers ? k : draw.below(makers));
        direction.push_back(draw.below(2) == 0 ? 0 : draw.below(3));
        text += "    o" + std::to_string(k) + ": {by: d" + std::to_string(owner[k]) +
                ", direction: " + kDirections[direction[k]] + "}\n";
    }
    const bool exclusive = draw.below(2) == 0;
    const bool blind = draw.below(3) == 0;  // d0 does not see that the last option is taken
    text += blind ? "  misperceptions: {d0: [o" + std::to_string(options - 1) + "]}\n" : "";
    text += exclusive ? "  infeasible: [{mutually_exclusive: [o0, o1]}]\n" : "";

    TwinConflict twin;
    std::vector<std::string> labels;
    for (std::uint64_t code = 0; code < std::uint64_t{1} << options; ++code) {
        if (exclusive && (code & 3U) == 3U) {
            continue;
        }
        std::string label;
        for (std::size_t k = 0; k < options; ++k) {
            if ((code >> k & 1U) != 0) {
                label += (label.empty() ? "o" : "+o") + std::to_string(k);
            }
        }
        labels.push_back(label.empty() ? "none" : label);
        twin.number[labels.back()] = twin.plain.codes.size();
        twin.plain.codes.push_back(code);
    }
    const std::size_t states = labels.size();
    twin.plain.unseen.resize(makers);
    for (std::size_t s = 0; s < states; ++s) {
        if (blind && (twin.plain.codes[s] >> (options - 1) & 1U) != 0) {
            twin.plain.unseen[0].insert(s);
        }
    }
    text += "  preferences:\n";
    for (std::size_t i = 0; i < makers; ++i) {
        const std::uint64_t levels = draw.below(2) == 0 ? 1000 : 1 + states / 2;
        std::map<std::int64_t, std::string, std::greater<>> ranks;
        twin.plain.payoff.emplace_back();
        for (std::size_t s = 0; s < states; ++s) {
            const auto payoff = static_cast<std::int64_t>(draw.below(levels));
            twin.plain.payoff[i].push_back(payoff);
            ranks[payoff] += (ranks[payoff].empty() ? "" : ", ") + labels[s];
        }
        text += "    d" + std::to_string(i) + ": {ranking: [";
        for (const auto& [payoff, tied] : ranks) {
            text += (payoff == ranks.begin()->first ? "[" : ", [") + tied + "]";
        }
        text += "]}\n";
        twin.plain.arcs.emplace_back(states);
        for (std::size_t s = 0; s < states; ++s) {
            for (std::size_t t = 0; t < states; ++t) {
                bool possible = s != t;
                for (std::size_t k = 0; k < options; ++k) {
                    const bool before = (twin.plain.codes[s] >> k & 1U) != 0;
                    const bool after = (twin.plain.codes[t] >> k & 1U) != 0;
                    possible =
                        possible && (before == after || (owner[k] == i && direction[k] != (after ? 2U : 1U)));
                }
                if (possible) {
                    twin.plain.arcs[i][s].push_back(t);
                }
            }
        }
    }
    twin.status_quo = draw.below(states);
    text += "  status_quo: {";
    for (std::size_t k = 0; k < options; ++k) {
        const bool taken = (twin.plain.codes[twin.status_quo] >> k & 1U) != 0;
        text += (k == 0 ? "o" : ", o") + std::to_string(k) + (taken ? ": yes" : ": no");
    }
    twin.subject = read_case(text + "}\n", "random.yaml").value;
    return twin;
}

std::vector<std::size_t> seen_moves(const PlainModel& model, std::size_t i, std::size_t s) {
    std::vector<std::size_t> moves;
    for (const std::size_t t : model.arcs[i][s]) {
        if (!model.unseen[i].contains(s) && !model.unseen[i].contains(t)) {
            moves.push_back(t);
        }
    }
    return moves;
}

}  // namespace steelyard::test
