// SPDX-License-Identifier: Apache-2.0
#include "brute_force.hpp"

#include <algorithm>
#include <functional>

namespace steelyard::test {

namespace {

std::vector<std::size_t> improvements(const PlainModel& model, std::size_t i, std::size_t s) {
    std::vector<std::size_t> better;
    for (const std::size_t t : model.arcs[i][s]) {
        if (model.payoff[i][t] > model.payoff[i][s]) {
            better.push_back(t);
        }
    }
    return better;
}

bool sim_sanction(const PlainModel& model, std::size_t i, std::size_t s, std::size_t s1) {
    // All choices of the others, one after another.
    std::vector<std::uint64_t> results = {model.codes[s1]};
    for (std::size_t j = 0; j < model.makers(); ++j) {
        if (j == i) {
            continue;
        }
        std::vector<std::uint64_t> next = results;
        for (const std::size_t t : improvements(model, j, s)) {
            for (const std::uint64_t code : results) {
                next.push_back(code ^ (model.codes[s] ^ model.codes[t]));
            }
        }
        results = next;
    }
    for (const std::uint64_t code : results) {
        const auto at = std::find(model.codes.begin(), model.codes.end(), code);
        if (at == model.codes.end()) {
            continue;
        }
        const auto t = static_cast<std::size_t>(at - model.codes.begin());
        if (!model.unseen[i].count(t) && model.payoff[i][t] <= model.payoff[i][s]) {
            return true;
        }
    }
    return false;
}

}  // namespace

std::set<std::size_t> plain_reach(const PlainModel& model, std::size_t s, const std::set<std::size_t>& movers,
                                  bool only_improvements) {
    std::set<std::size_t> reached;
    std::set<std::pair<std::size_t, std::size_t>> seen;
    const std::function<void(std::size_t, std::size_t)> go = [&](std::size_t at, std::size_t last) {
        for (const std::size_t j : movers) {
            if (j == last) {
                continue;
            }
            const auto next = only_improvements ? improvements(model, j, at) : model.arcs[j][at];
            for (const std::size_t t : next) {
                reached.insert(t);
                if (seen.emplace(t, j).second) {
                    go(t, j);
                }
            }
        }
    };
    go(s, model.makers());
    return reached;
}

PlainModel as_seen_by(const PlainModel& model, std::size_t i) {
    PlainModel seen = model;
    if (seen.unseen.empty()) {
        seen.unseen.resize(model.makers());
    }
    for (auto& arcs : seen.arcs) {
        for (auto& targets : arcs) {
            std::erase_if(targets, [&](std::size_t t) { return seen.unseen[i].count(t) != 0; });
        }
    }
    return seen;
}

bool plain_stable(const PlainModel& given, std::size_t i, std::size_t s, const std::string& which) {
    const PlainModel model = as_seen_by(given, i);
    if (model.unseen[i].count(s)) {
        return true;
    }
    std::set<std::size_t> others;
    for (std::size_t j = 0; j < model.makers(); ++j) {
        if (j != i) {
            others.insert(j);
        }
    }
    const bool credible = which == "seq" || which == "sseq";
    const bool symmetric = which == "smr" || which == "sseq";
    for (const std::size_t s1 : improvements(model, i, s)) {
        bool sanctioned = false;
        if (which == "sim") {
            sanctioned = sim_sanction(model, i, s, s1);
        } else if (which != "nash") {
            for (const std::size_t s2 : plain_reach(model, s1, others, credible)) {
                bool holds = model.payoff[i][s2] <= model.payoff[i][s];
                if (holds && symmetric) {
                    for (const std::size_t s3 : model.arcs[i][s2]) {
                        holds = holds && model.payoff[i][s3] <= model.payoff[i][s];
                    }
                }
                sanctioned = sanctioned || holds;
            }
        }
        if (!sanctioned) {
            return false;
        }
    }
    return true;
}

}  // namespace steelyard::test
