// SPDX-License-Identifier: Apache-2.0
#include "plain_games.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <functional>
#include <numeric>

namespace steelyard::test {

namespace {

using power::Coalition;

constexpr double kTiny = 1e-9;

double worth(const power::Game& game, Coalition s) {
    return game.worth[s].to_double();
}

/// Solves the square-or-tall system by elimination; nothing when it has no unique solution.
std::vector<double> solve(std::vector<std::vector<double>> rows, std::size_t unknowns) {
    std::size_t rank = 0;
    for (std::size_t column = 0; column < unknowns; ++column) {
        std::size_t pivot = rank;
        for (std::size_t r = rank; r < rows.size(); ++r) {
            if (std::abs(rows[r][column]) > std::abs(rows[pivot][column])) {
                pivot = r;
            }
        }
        if (pivot >= rows.size() || std::abs(rows[pivot][column]) < kTiny) {
            return {};
        }
        std::swap(rows[rank], rows[pivot]);
        for (std::size_t r = 0; r < rows.size(); ++r) {
            const double by = r == rank ? 0 : rows[r][column] / rows[rank][column];
            for (std::size_t k = column; by != 0 && k <= unknowns; ++k) {
                rows[r][k] -= by * rows[rank][k];
            }
        }
        ++rank;
    }
    for (std::size_t r = rank; r < rows.size(); ++r) {
        if (std::abs(rows[r][unknowns]) > 1e-7) {
            return {};
        }
    }
    std::vector<double> x;
    for (std::size_t column = 0; column < unknowns; ++column) {
        x.push_back(rows[column][unknowns] / rows[column][column]);
    }
    return x;
}

/// All minimal balanced collections of proper coalitions, with their weights.
void for_each_balanced(
    std::size_t n,
    const std::function<void(const std::vector<Coalition>&, const std::vector<double>&)>& visit) {
    const Coalition all = (Coalition{1} << n) - 1;
    std::vector<Coalition> chosen;
    const std::function<void(Coalition)> choose = [&](Coalition from) {
        if (!chosen.empty()) {
            std::vector<std::vector<double>> rows;
            for (std::size_t i = 0; i < n; ++i) {
                std::vector<double> row;
                for (const Coalition s : chosen) {
                    row.push_back((s >> i & 1U) != 0 ? 1 : 0);
                }
                row.push_back(1);
                rows.push_back(row);
            }
            const auto weights = solve(rows, chosen.size());
            if (!weights.empty() && std::ranges::all_of(weights, [](double w) { return w > kTiny; })) {
                visit(chosen, weights);
            }
        }
        if (chosen.size() == n) {
            return;
        }
        for (Coalition s = from; s < all; ++s) {
            chosen.push_back(s);
            choose(s + 1);
            chosen.pop_back();
        }
    };
    choose(1);
}

}  // namespace

std::vector<double> plain_values(const power::Game& game, const std::vector<Coalition>& unions) {
    const std::size_t n = game.players.size();
    std::vector<std::size_t> order(n);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::vector<double> sum(n, 0);
    double orders = 0;
    do {
        // The members of a union stand together when the unions change least often.
        std::size_t changes = 0;
        for (std::size_t k = 1; k < n; ++k) {
            const auto both = Coalition{1} << order[k] | Coalition{1} << order[k - 1];
            changes +=
                std::ranges::none_of(unions, [&](Coalition u) { return (u & both) == both; }) ? 1U : 0U;
        }
        if (changes + 1 != unions.size()) {
            continue;
        }
        orders += 1;
        Coalition joined = 0;
        for (const std::size_t i : order) {
            sum[i] += worth(game, joined | Coalition{1} << i) - worth(game, joined);
            joined |= Coalition{1} << i;
        }
    } while (std::next_permutation(order.begin(), order.end()));
    for (double& value : sum) {
        value /= orders;
    }
    return sum;
}

bool plain_prenucleolus(const power::Game& game, const std::vector<double>& payoff) {
    const std::size_t n = game.players.size();
    std::vector<std::pair<double, Coalition>> complaints;
    for (Coalition s = 1; s + 1 < game.worth.size(); ++s) {
        double complaint = worth(game, s);
        for (std::size_t i = 0; i < n; ++i) {
            complaint -= (s >> i & 1U) != 0 ? payoff[i] : 0;
        }
        complaints.emplace_back(complaint, s);
    }
    // A collection is balanced when it is the union of the minimal balanced collections inside it.
    const auto balanced = [&](const std::vector<Coalition>& collection) {
        std::vector<bool> covered(game.worth.size(), false);
        for_each_balanced(n, [&](const std::vector<Coalition>& sets, const std::vector<double>&) {
            if (std::ranges::all_of(sets, [&](Coalition s) {
                    return std::ranges::find(collection, s) != collection.end();
                })) {
                for (const Coalition s : sets) {
                    covered[s] = true;
                }
            }
        });
        return std::ranges::all_of(collection, [&](Coalition s) { return covered[s]; });
    };
    for (const auto& [level, ignored] : complaints) {
        std::vector<Coalition> collection;
        for (const auto& [complaint, s] : complaints) {
            if (complaint >= level - 1e-7) {
                collection.push_back(s);
            }
        }
        if (!balanced(collection)) {
            return false;
        }
    }
    return true;
}

double plain_least_core(const power::Game& game) {
    double least = -1e300;
    for_each_balanced(game.players.size(),
                      [&](const std::vector<Coalition>& sets, const std::vector<double>& weights) {
                          double value = -worth(game, game.worth.size() - 1);
                          double total = 0;
                          for (std::size_t k = 0; k < sets.size(); ++k) {
                              value += weights[k] * worth(game, sets[k]);
                              total += weights[k];
                          }
                          least = std::max(least, value / total);
                      });
    return least;
}

}  // namespace steelyard::test
