// SPDX-License-Identifier: Apache-2.0
// The static models against their definitions, computed the long way.
#include "steelyard/forecast/compromise.hpp"
#include "steelyard/forecast/election.hpp"
#include "steelyard/forecast/median.hpp"
#include "steelyard/forecast/nash_bargaining.hpp"
#include "steelyard/forecast/procedural.hpp"
#include "steelyard/forecast/static_models.hpp"
#include "unit/forecast/random_input.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

namespace steelyard::forecast {
namespace {

RC_GTEST_PROP(CompromiseReference, IsTheMeanWeightedByCapabilityTimesSalience, (std::uint32_t seed)) {
    const ForecastInput input = random_input(seed, false);
    const auto values = compromise_values(input);
    for (std::size_t k = 0; k < input.issue_count(); ++k) {
        long double top = 0;
        long double bottom = 0;
        for (std::size_t a = 0; a < input.actor_count(); ++a) {
            const long double weight =
                static_cast<long double>(input.capability[a]) * input.salience[input.at(a, k)];
            top += weight * input.position[input.at(a, k)];
            bottom += weight;
        }
        RC_ASSERT(values[k].has_value() == (bottom > 0));
        if (values[k]) {
            RC_ASSERT(std::abs(*values[k] - static_cast<double>(top / bottom)) < 1e-10);
        }
    }
}

/// The weight that prefers place x to place y, less the weight that prefers y.
double margin(const ForecastInput& input, std::size_t k, Weighting weights, double x, double y) {
    double sum = 0;
    for (std::size_t a = 0; a < input.actor_count(); ++a) {
        const double p = input.position[input.at(a, k)];
        const double gap = std::abs(p - y) - std::abs(p - x);
        sum += weight_of(input, weights, a, k) * (gap > 1e-12 ? 1 : (gap < -1e-12 ? -1 : 0));
    }
    return sum;
}

RC_GTEST_PROP(MedianReference, NoPlaceBeatsItAndItBeatsEveryPositionOutside, (std::uint32_t seed)) {
    const ForecastInput input = random_input(seed, false);
    for (std::size_t k = 0; k < input.issue_count(); ++k) {
        const auto interval = weighted_median(input, k);
        double total = 0;
        for (std::size_t a = 0; a < input.actor_count(); ++a) {
            total += input.weight(a, k);
        }
        RC_ASSERT(interval.has_value() == (total > 0));
        if (!interval) {
            continue;
        }
        for (double place = 0; place <= 100; place += 0.5) {
            for (const double median : {interval->low, interval->high}) {
                RC_ASSERT(margin(input, k, Weighting::both, place, median) <= 1e-9 * total);
            }
            if (place < interval->low - 1e-9 || place > interval->high + 1e-9) {
                const double nearer = place < interval->low ? interval->low : interval->high;
                RC_ASSERT(margin(input, k, Weighting::both, nearer, place) > -1e-9 * total);
            }
        }
    }
}

/// sum of weight x log gain at places `y` (0-100), or nothing when somebody does not gain.
std::optional<double> nash_objective(const ForecastInput& input, Disagreement no_deal,
                                     const std::vector<double>& y) {
    double sum = 0;
    double total = 0;
    for (std::size_t a = 0; a < input.actor_count(); ++a) {
        double salience = 0;
        double loss = 0;
        double without = 0;
        for (std::size_t k = 0; k < input.issue_count(); ++k) {
            const double s = input.salience[input.at(a, k)];
            const double x = input.position[input.at(a, k)];
            const double lost = no_deal == Disagreement::status_quo && input.status_quo[k]
                                    ? (x - *input.status_quo[k]) / 100
                                    : 1;
            salience += s;
            loss += s * (x - y[k]) * (x - y[k]) / 10000;
            without += s * lost * lost;
        }
        if (!(salience > 0)) {
            continue;
        }
        const double gain = (without - loss) / salience;
        if (!(gain > 0)) {
            return std::nullopt;
        }
        sum += input.capability[a] * std::log(gain);
        total += input.capability[a];
    }
    return sum / total;
}

void check_nash(std::uint64_t seed, Disagreement no_deal) {
    const ForecastInput input = random_input(seed, false, 6, 2);
    const ScaleBargain bargain = bargain_on_scale(input, no_deal);
    RC_ASSERT(on_scale(bargain.values));
    // Every point of a grid: none may lie higher than the answer by more than its stated gap, and none may be
    // an agreement when the answer says that there is none (by a margin).
    std::vector<double> y(input.issue_count());
    for (std::size_t k = 0; k < y.size(); ++k) {
        y[k] = bargain.values[k].value_or(0);
    }
    const auto found = nash_objective(input, no_deal, y);
    if (bargain.agreement) {
        RC_ASSERT(found.has_value());
    }
    double best = -1e300;
    for (int i = 0; i <= 100; ++i) {
        for (int j = 0; j <= (y.size() > 1 ? 100 : 0); ++j) {
            std::vector<double> trial{static_cast<double>(i)};
            if (y.size() > 1) {
                trial.push_back(static_cast<double>(j));
            }
            for (std::size_t k = 0; k < trial.size(); ++k) {
                trial[k] = bargain.agreement && !bargain.values[k] ? 0 : trial[k];
            }
            if (const auto value = nash_objective(input, no_deal, trial)) {
                best = std::max(best, *value);
            }
        }
    }
    if (bargain.agreement) {
        RC_ASSERT(best <= *found + bargain.gap + 1e-9);
        RC_ASSERT(bargain.gap < 1e-6 || *found < -12);  // in a zone of next to no width the numbers end first
    } else {
        RC_ASSERT(best < -12);  // at best a point of the grid where somebody's gain is next to nothing
    }
}

RC_GTEST_PROP(NashReference, NoPlaceIsBetterThanTheBargainAtAnImpasse, (std::uint32_t seed)) {
    check_nash(seed, Disagreement::impasse);
}

RC_GTEST_PROP(NashReference, NoPlaceIsBetterThanTheBargainAgainstTheStatusQuo, (std::uint32_t seed)) {
    check_nash(seed, Disagreement::status_quo);
}

/// The votes for a change from x to y.
double votes_for(const ForecastInput& input, std::size_t k, double x, double y) {
    double sum = 0;
    for (std::size_t a = 0; a < input.actor_count(); ++a) {
        const double p = input.position[input.at(a, k)];
        sum += std::abs(p - y) <= std::abs(p - x) + 1e-9 ? weight_of(input, Weighting::capability, a, k) : 0;
    }
    return sum;
}

RC_GTEST_PROP(ProceduralReference, TheSettersProposalIsItsBestAmongThoseThatPass, (std::uint32_t seed)) {
    const ForecastInput input = random_input(seed, false);
    RandomStream draw(seed, 1, 0);
    ProceduralOptions options;
    const std::size_t setter = draw.below(input.actor_count());
    options.setter = input.actors[setter];
    options.quota = 0.55 + 0.45 * draw.uniform();
    const auto values = procedural_values(input, options);
    for (std::size_t k = 0; k < input.issue_count(); ++k) {
        if (!input.status_quo[k] || !input.has(setter, k)) {
            continue;
        }
        const double status_quo = *input.status_quo[k];
        const double ideal = input.position[input.at(setter, k)];
        double total = 0;
        for (std::size_t a = 0; a < input.actor_count(); ++a) {
            total += weight_of(input, Weighting::capability, a, k);
        }
        double best = std::abs(status_quo - ideal);
        for (double y = 0; y <= 100; y += 0.01) {
            if (votes_for(input, k, status_quo, y) >= options.quota * total - 1e-9 * total) {
                best = std::min(best, std::abs(y - ideal));
            }
        }
        RC_ASSERT(values[k].has_value());
        RC_ASSERT(std::abs(std::abs(*values[k] - ideal) - best) < 0.011);
    }
}

RC_GTEST_PROP(ProceduralReference, UnderTheOpenRuleNothingBeatsTheOutcome, (std::uint32_t seed)) {
    const ForecastInput input = random_input(seed, false);
    RandomStream draw(seed, 1, 0);
    ProceduralOptions options;
    options.quota = 0.5 + 0.5 * draw.uniform();
    const auto values = procedural_values(input, options);
    for (std::size_t k = 0; k < input.issue_count(); ++k) {
        if (!values[k]) {
            continue;
        }
        double total = 0;
        for (std::size_t a = 0; a < input.actor_count(); ++a) {
            total += weight_of(input, Weighting::capability, a, k);
        }
        for (double y = 0; y <= 100; y += 0.25) {
            double for_it = 0;
            for (std::size_t a = 0; a < input.actor_count(); ++a) {
                const double p = input.position[input.at(a, k)];
                for_it += std::abs(p - y) < std::abs(p - *values[k]) - 1e-9
                              ? weight_of(input, Weighting::capability, a, k)
                              : 0;
            }
            RC_ASSERT(for_it <= std::max(options.quota, 0.5) * total * (1 + 1e-9));
        }
    }
}

/// The election by its formulas, nothing kept or rearranged.
std::vector<double> plain_election(const ElectionRules& rules, const std::vector<double>& weights,
                                   const std::vector<double>& utility, std::size_t m) {
    const auto strength = [&](std::size_t a, std::size_t b) {
        double sum = 1e-8;
        for (std::size_t v = 0; v < weights.size(); ++v) {
            const double votes = vote(rules.voting, weights[v], utility[v * m + a] - utility[v * m + b]);
            sum += votes > 0 ? votes : 0;
        }
        return sum;
    };
    const double power = rules.victory == Victory::linear    ? 1
                         : rules.victory == Victory::square  ? 2
                         : rules.victory == Victory::quartic ? 4
                                                             : 8;
    const auto wins = [&](std::size_t a, std::size_t b) {
        return a == b ? 0.5
                      : std::pow(strength(a, b), power) /
                            (std::pow(strength(a, b), power) + std::pow(strength(b, a), power));
    };
    std::vector<double> p(m);
    double total = 0;
    for (std::size_t a = 0; a < m; ++a) {
        p[a] = 1;
        for (std::size_t b = 0; b < m; ++b) {
            p[a] *= wins(a, b);
        }
        total += p[a];
    }
    for (double& x : p) {
        x /= total;
    }
    if (rules.conversion == Conversion::conditional) {
        return p;
    }
    // The Markov forms: their fixed point, by many small steps.
    std::vector<double> q(m, 1.0 / static_cast<double>(m));
    for (int step = 0; step < 20000; ++step) {
        std::vector<double> next(m, 0.0);
        for (std::size_t a = 0; a < m; ++a) {
            for (std::size_t b = 0; b < m; ++b) {
                if (rules.conversion == Conversion::markov_uniform) {
                    next[a] += wins(a, b) * (q[a] + q[b]) / static_cast<double>(m);
                    continue;
                }
                const auto share = [&](std::size_t x, std::size_t y) {
                    double column = 0;
                    for (std::size_t c = 0; c < m; ++c) {
                        column += (c == y ? 1e-8 * 0.5 + 1e-10 : strength(c, y) * wins(c, y));
                    }
                    return (x == y ? 1e-8 * 0.5 + 1e-10 : strength(x, y) * wins(x, y)) / column;
                };
                next[a] += wins(a, b) * (q[a] * share(b, a) + q[b] * share(a, b));
            }
        }
        double change = 0;
        for (std::size_t a = 0; a < m; ++a) {
            change = std::max(change, std::abs(next[a] - q[a]));
            q[a] = (q[a] + next[a]) / 2;
        }
        if (change < 1e-9) {
            break;
        }
    }
    return q;
}

RC_GTEST_PROP(ElectionReference, FollowsItsFormulas, (std::uint32_t seed)) {
    RandomStream draw(seed, 2, 0);
    const std::size_t n = 1 + draw.below(5);
    const std::size_t m = 2 + draw.below(4);
    std::vector<double> weights;
    std::vector<double> utility;
    for (std::size_t v = 0; v < n; ++v) {
        weights.push_back(1 + draw.uniform());
        for (std::size_t c = 0; c < m; ++c) {
            utility.push_back(draw.uniform());
        }
    }
    ElectionRules rules;
    rules.voting = static_cast<VotingRule>(draw.below(5));
    rules.victory = static_cast<Victory>(draw.below(4));
    rules.conversion = static_cast<Conversion>(draw.below(3));
    Election election(rules);
    const auto p = election.run(weights, utility, m, m);
    const auto expected = plain_election(rules, weights, utility, m);
    for (std::size_t c = 0; c < m; ++c) {
        RC_ASSERT(std::abs(p[c] - expected[c]) < 2e-5);
    }
}

/// The weighted median by sorting everybody; nothing where nobody has weight.
std::optional<double> lowest_median(const ForecastInput& input, std::size_t k) {
    std::vector<std::pair<double, double>> voters;
    double total = 0;
    for (std::size_t a = 0; a < input.actor_count(); ++a) {
        if (input.weight(a, k) > 0) {
            voters.emplace_back(input.position[input.at(a, k)], input.weight(a, k));
            total += input.weight(a, k);
        }
    }
    std::ranges::sort(voters);
    double below = 0;
    for (const auto& [place, weight] : voters) {
        below += weight;
        if (below >= total / 2 * (1 - 1e-12)) {
            return place;
        }
    }
    return std::nullopt;
}

RC_GTEST_PROP(MedianReference, IsWhereHalfOfTheSortedWeightIsReached, (std::uint32_t seed)) {
    const ForecastInput input = random_input(seed, false, 60, 6);
    const auto values = median_values(input, Weighting::both, MedianTie::low);
    for (std::size_t k = 0; k < input.issue_count(); ++k) {
        RC_ASSERT(values[k] == lowest_median(input, k));
    }
}

/// One set of working space for inputs of all sizes, larger and smaller in turn.
TEST(StaticModels, GiveTheSameBitsInSpaceThatIsUsedAgain) {
    StaticModels models;
    for (std::uint32_t seed = 1; seed <= 300; ++seed) {
        const ForecastInput input = random_input(seed, seed % 3 == 0, seed % 5 == 0 ? 40 : 9, 11);
        RandomStream draw(seed, 4, 0);
        ProceduralOptions options;
        options.setter = draw.below(2) == 0 ? "" : input.actors.back();
        options.quota = draw.uniform();
        if (draw.below(2) == 0) {
            options.vetoes = {input.actors.front()};
        }
        EXPECT_EQ(models.procedural(input, procedural_rule(input, options)),
                  procedural_values(input, options));
        for (const auto& weights : choices_of(Weighting{})) {
            EXPECT_EQ(models.compromise(input, weights.value), compromise_values(input, weights.value));
            EXPECT_EQ(models.median(input, weights.value), median_values(input, weights.value));
            for (std::size_t k = 0; k < input.issue_count(); ++k) {
                EXPECT_EQ(models.compromise(input, weights.value)[k], weighted_mean(input, k, weights.value));
            }
        }
        for (const Disagreement no_deal : {Disagreement::impasse, Disagreement::status_quo}) {
            const ScaleBargain& kept = models.nash_bargaining(input, no_deal);
            const ScaleBargain fresh = bargain_on_scale(input, no_deal);
            EXPECT_EQ(kept.values, fresh.values);
            EXPECT_EQ(kept.agreement, fresh.agreement);
            EXPECT_EQ(kept.gap, fresh.gap);
            EXPECT_EQ(kept.iterations, fresh.iterations);
        }
    }
}

RC_GTEST_PROP(StaticModels, NeverLeaveTheScaleOnDegenerateInput, (std::uint32_t seed)) {
    const ForecastInput input = random_input(seed, true);
    RC_ASSERT(on_scale(compromise_values(input)));
    RC_ASSERT(on_scale(median_values(input)));
    for (const Disagreement no_deal : {Disagreement::impasse, Disagreement::status_quo}) {
        const ScaleBargain bargain = bargain_on_scale(input, no_deal);
        RC_ASSERT(on_scale(bargain.values));
        RC_ASSERT(std::isfinite(bargain.gap));
    }
    ProceduralOptions options;
    RC_ASSERT(on_scale(procedural_values(input, options)));
    options.setter = input.actors.front();
    options.vetoes = {input.actors.back()};
    options.quota = 1;
    RC_ASSERT(on_scale(procedural_values(input, options)));
    for (const auto& voting : choices_of(VotingRule{})) {
        for (const auto& victory : choices_of(Victory{})) {
            for (const auto& conversion : choices_of(Conversion{})) {
                RC_ASSERT(on_scale(election_values(input, Weighting::both,
                                                   {voting.value, victory.value, conversion.value})));
            }
        }
    }
}

}  // namespace
}  // namespace steelyard::forecast
