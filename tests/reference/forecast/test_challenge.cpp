// SPDX-License-Identifier: Apache-2.0
// The challenge model against the printed emission-standards forecast, and against its formulas taken one by
// one.
#include "steelyard/forecast/challenge.hpp"
#include "steelyard/format/case_file.hpp"
#include "support/read_file.hpp"
#include "support/reference_data.hpp"
#include "unit/forecast/random_input.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <cmath>

namespace steelyard::forecast {
namespace {

TEST(ChallengeReference, TheScholzPresetGivesTheMediansOfAnIndependentReimplementation) {
    // Weighted medians and means in years, rounds 0 to 8, from an independent re-implementation of the same
    // conventions; Scholz et al. (2011), table 2, print 8.4 9.9 9.9 9.9 9.9 7.4 8.8 9.6 for rounds 1 to 8.
    const std::vector<double> medians = {7, 8.416, 9.611, 9.962, 9.962, 9.962, 7.472, 8.825, 9.671};
    const std::vector<double> means = {7.390, 7.461, 7.553, 7.590, 7.358, 7.349, 7.415, 7.510, 7.572};
    const auto path = test::source_path("cases/forecast/emission-standards-1994.yaml");
    const Case subject = read_case(test::read_file(path), path.string()).value;
    const ChallengeResult result = challenge(subject, {}, {});
    ASSERT_EQ(result.issues.size(), 1U);
    const auto& rounds = result.issues[0].rounds;
    ASSERT_EQ(rounds.size(), medians.size());
    for (std::size_t t = 0; t < rounds.size(); ++t) {
        EXPECT_NEAR(4 + 0.06 * rounds[t].median, medians[t], 0.0005) << "round " << t;
        EXPECT_NEAR(4 + 0.06 * rounds[t].mean, means[t], 0.0005) << "round " << t;
    }
}

/// One actor of one issue.
struct Player {
    double x, c, s;
};

/// The printed formulas, each evaluated from scratch wherever it is needed.
struct Plain {
    std::vector<Player> players;
    std::vector<double> r;
    double range = 1;
    double median = 0;
    bool all_pairs = true;
    double q = 1;
    bool own_risk = true;

    [[nodiscard]] double v(std::size_t k, double place_a, double place_b) const {
        const double e = all_pairs ? r[k] : 1;
        return players[k].c * players[k].s *
               (std::pow(std::abs(players[k].x - place_b) / range, e) -
                std::pow(std::abs(players[k].x - place_a) / range, e));
    }
    [[nodiscard]] double p(std::size_t i, std::size_t j) const {
        double up = 0;
        double down = 0;
        for (std::size_t k = 0; k < players.size(); ++k) {
            const double here = v(k, players[i].x, players[j].x);
            up += std::max(0.0, here);
            down += all_pairs ? 0 : std::abs(here);
            for (std::size_t a = 0; all_pairs && a < players.size(); ++a) {
                for (std::size_t b = 0; b < players.size(); ++b) {
                    down += std::abs(v(k, players[a].x, players[b].x));
                }
            }
        }
        return down > 0 ? up / down : (all_pairs ? 0 : 0.5);
    }
    [[nodiscard]] double expected(std::size_t i, std::size_t j, double e) const {
        const double d = std::abs(players[i].x - players[j].x);
        const double to_median = std::abs(players[i].x - median);
        const double us = 2 - 4 * std::pow(0.5 - d / (2 * range), e);
        const double uf = 2 - 4 * std::pow(0.5 + d / (2 * range), e);
        const double usq = 2 - 4 * std::pow(0.5, e);
        const double ub = 2 - 4 * std::pow(0.5 - (to_median + d) / (4 * range), e);
        const double uw = 2 - 4 * std::pow(0.5 + (to_median + d) / (4 * range), e);
        const double t = to_median < d ? 1 : 0;
        const double stake = players[j].s;
        return stake * (p(i, j) * us + (1 - p(i, j)) * uf) + (1 - stake) * us - q * usq -
               (1 - q) * (t * ub + (1 - t) * uw);
    }
    void infer_risk() {
        const std::size_t n = players.size();
        std::vector<double> danger(n, 0.0);
        for (std::size_t i = 0; i < n; ++i) {
            for (std::size_t j = 0; j < n; ++j) {
                danger[i] += j == i ? 0 : expected(j, i, 1);
            }
        }
        const auto [low, high] = std::ranges::minmax(danger);
        for (std::size_t i = 0; i < n && high - low > 1e-12 * (1 + std::abs(high)); ++i) {
            const double big = (2 * danger[i] - high - low) / (high - low);
            r[i] = (1 - big / 3) / (1 + big / 3);
        }
    }
};

RC_GTEST_PROP(ChallengeReference, OneRoundFollowsTheFormulas, (std::uint32_t seed)) {
    ForecastInput input = random_input(seed, false, 6, 1);
    RandomStream draw(seed, 3, 0);
    ChallengeOptions options;
    options.preset = draw.below(2) == 0 ? ChallengePreset::scholz_2011 : ChallengePreset::classic;
    options.rounds = 1;
    options.status_quo_chance = draw.below(2) == 0 ? 1 : 0.5;
    const bool classic = options.preset == ChallengePreset::classic;
    Plain plain;
    std::vector<std::string> names;
    for (std::size_t a = 0; a < input.actor_count(); ++a) {
        if (input.has(a, 0)) {
            plain.players.push_back({input.position[a], input.capability[a], input.salience[a]});
            names.push_back(input.actors[a]);
        }
    }
    const auto values = challenge_values(input, options, {});
    if (plain.players.empty()) {
        RC_ASSERT(!values[0].has_value());
        return;
    }
    const auto& players = plain.players;
    const std::size_t n = players.size();
    const auto median = [&](const std::vector<double>& x) {
        // The middle of all places that leave at most half the weight on either side.
        std::vector<double> fit;
        for (const double place : x) {
            double below = 0;
            double above = 0;
            double total = 0;
            for (std::size_t i = 0; i < n; ++i) {
                const double w = players[i].c * players[i].s;
                total += w;
                below += x[i] < place ? w : 0;
                above += x[i] > place ? w : 0;
            }
            if (below <= total / 2 + 1e-12 * total && above <= total / 2 + 1e-12 * total) {
                fit.push_back(place);
            }
        }
        const auto [low, high] = std::ranges::minmax(fit);
        return (low + high) / 2;
    };
    std::vector<double> x;
    for (const Player& player : players) {
        x.push_back(player.x);
    }
    const auto [low, high] = std::ranges::minmax(x);
    plain.range = high - low;
    plain.median = median(x);
    plain.r.assign(n, 1.0);
    plain.all_pairs = !classic;
    plain.q = *options.status_quo_chance;
    std::vector<double> to = x;
    if (plain.range > 0) {
        plain.infer_risk();
        for (std::size_t i = 0; i < n; ++i) {
            std::vector<std::array<double, 3>> offers;  // class, rank, place
            for (std::size_t j = 0; j < n; ++j) {
                if (std::abs(x[i] - x[j]) < 1e-12) {
                    continue;
                }
                const double a = plain.expected(i, j, plain.r[i]);
                const double b = plain.expected(j, i, classic ? plain.r[j] : plain.r[i]);
                // Differences of rounding decide nothing that a test could tell.
                RC_PRE(std::abs(a) > 1e-9 && std::abs(b) > 1e-9 &&
                       std::abs(std::abs(a) - std::abs(b)) > 1e-9);
                if (b > 0 && a > 0 && b > a) {
                    offers.push_back({0, std::abs(x[j] - x[i]), x[j]});
                } else if (b > 0 && a < 0 && b > -a) {
                    const double place = x[i] + (x[j] - x[i]) * std::abs(a / b);
                    const double point = (std::abs(a) * x[i] + b * x[j]) / (std::abs(a) + b);
                    offers.push_back({1, classic ? std::abs(place - x[i]) : point, place});
                } else if (b > 0 && a < 0 && classic) {
                    offers.push_back({2, std::abs(x[j] - x[i]), x[j]});
                }
            }
            if (!offers.empty()) {
                std::ranges::sort(offers);
                for (const auto& other : offers) {
                    RC_PRE(other[0] > offers[0][0] || std::abs(other[1] - offers[0][1]) > 1e-9 ||
                           std::abs(other[2] - offers[0][2]) < 1e-9);
                }
                to[i] = offers[0][2];
            }
        }
    }
    RC_ASSERT(values[0].has_value());
    RC_ASSERT(std::abs(*values[0] - median(to)) < 1e-7);
}

RC_GTEST_PROP(ChallengeProperties, StaysOnTheScaleAndRepeatsItself, (std::uint32_t seed)) {
    const ForecastInput input = random_input(seed, seed % 4 != 0);
    for (const auto& preset : choices_of(ChallengePreset{})) {
        for (const auto& offers : choices_of(OfferChoice{})) {
            ChallengeOptions options;
            options.preset = preset.value;
            options.offers = offers.value;
            options.rounds = 20;
            options.reverse_risk = seed % 2 == 0 ? ReverseRisk::own : ReverseRisk::other;
            options.status_quo_chance = seed % 3 == 0 ? 1 : 0.5;
            const auto values = challenge_values(input, options, {});
            RC_ASSERT(on_scale(values));
            RC_ASSERT(values == challenge_values(input, options, {}));
        }
    }
}

}  // namespace
}  // namespace steelyard::forecast
