// SPDX-License-Identifier: Apache-2.0
#include "plain_voting.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace steelyard::test {

namespace {

using Members = std::vector<std::size_t>;

bool passes(const power::VotingGame& game, const Members& yes) {
    for (const power::Threshold& threshold : game.thresholds) {
        std::int64_t votes = 0;
        for (const std::size_t i : yes) {
            votes += threshold.weights[i];
        }
        if (votes < threshold.quota) {
            return false;
        }
    }
    return true;
}

Members without(Members members, std::size_t i) {
    std::erase(members, i);
    return members;
}

std::vector<double> shares(std::vector<double> values) {
    const double total = std::accumulate(values.begin(), values.end(), 0.0);
    for (double& value : values) {
        value = total > 0 ? value / total : 0;
    }
    return values;
}

std::vector<double> pivots(const power::VotingGame& game) {
    const std::size_t n = game.members.size();
    Members order(n);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::vector<double> count(n, 0);
    do {
        Members joined;
        for (const std::size_t i : order) {
            joined.push_back(i);
            if (passes(game, joined)) {
                count[i] += 1;
                break;
            }
        }
    } while (std::next_permutation(order.begin(), order.end()));
    return shares(count);
}

}  // namespace

std::map<std::string, std::vector<double>> plain_power(const power::VotingGame& game) {
    const std::size_t n = game.members.size();
    std::vector<double> swings(n, 0), pivot(n, 0), johnston(n, 0), deegan(n, 0), holler(n, 0);
    double winning = 0;
    for (unsigned mask = 0; mask < 1U << n; ++mask) {
        Members yes;
        for (std::size_t i = 0; i < n; ++i) {
            if ((mask >> i & 1U) != 0) {
                yes.push_back(i);
            }
        }
        if (!passes(game, yes)) {
            continue;
        }
        winning += 1;
        Members critical;
        for (const std::size_t i : yes) {
            if (!passes(game, without(yes, i))) {
                critical.push_back(i);
                swings[i] += 1;
                pivot[i] += std::tgamma(static_cast<double>(yes.size())) *
                            std::tgamma(static_cast<double>(n - yes.size() + 1));
            }
        }
        for (const std::size_t i : critical) {
            johnston[i] += 1.0 / static_cast<double>(critical.size());
            if (critical.size() == yes.size()) {
                deegan[i] += 1.0 / static_cast<double>(yes.size());
                holler[i] += 1;
            }
        }
    }
    std::map<std::string, std::vector<double>> result;
    result["swings"] = swings;
    result["banzhaf"] = shares(swings);
    result["shapley_shubik"] = n <= 7 ? pivots(game) : shares(pivot);
    result["johnston"] = shares(johnston);
    result["deegan_packel"] = shares(deegan);
    result["holler"] = shares(holler);
    const double all = std::exp2(static_cast<double>(n));
    for (const double count : swings) {
        result["prevent"].push_back(count / winning);
        result["initiate"].push_back(count / (all - winning));
        result["banzhaf_absolute"].push_back(2 * count / all);
    }
    return result;
}

}  // namespace steelyard::test
