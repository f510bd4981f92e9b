// SPDX-License-Identifier: Apache-2.0
#include "random_models.hpp"
#include "steelyard/core/error.hpp"
#include "steelyard/format/case_file.hpp"
#include "steelyard/stability/preference_uncertainty.hpp"
#include "support/read_file.hpp"
#include "support/reference_data.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

namespace steelyard::test {
namespace {

using namespace stability;

constexpr std::array kFive = {Concept::nash, Concept::gmr, Concept::smr, Concept::seq, Concept::sseq};

std::string name_of(Concept which) {
    return std::string(choices_of(which)[static_cast<std::size_t>(which)].name);
}

Judgement certain(const Graph& graph) {
    const auto prefers = [&graph](std::size_t i, StateIndex s, StateIndex t) {
        return graph.makers[i].prefers(t, s);
    };
    const auto not_better = [&graph](std::size_t i, StateIndex s, StateIndex t) {
        return !graph.makers[i].prefers(t, s);
    };
    return {prefers, not_better, prefers};
}

TEST(PreferenceUncertainty, IsPlainStabilityWhenPreferencesAreCertain) {
    for (std::uint64_t k = 0; k < 300; ++k) {
        SCOPED_TRACE(k);
        RandomStream draw(81, k, 0);
        const TwinModel twin = k % 2 == 0 ? random_option_model(draw, true) : random_arc_model(draw);
        const Judgement judgement = certain(twin.graph);
        for (const Concept which : kFive) {
            for (std::size_t i = 0; i < twin.plain.makers(); ++i) {
                for (StateIndex s = 0; s < twin.plain.states(); ++s) {
                    ASSERT_EQ(stable_under(twin.graph, which, i, s, judgement),
                              plain_stable(twin.plain, i, s, name_of(which)));
                }
            }
        }
    }
}

/// Probability of every ranking of the states under Mallows's model, ties broken either way.
std::map<std::vector<std::size_t>, double> plain_mallows(const std::vector<Payoff>& payoff, double doubt) {
    std::vector<std::size_t> order(payoff.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::vector<std::vector<std::size_t>> all;
    do {
        all.push_back(order);
    } while (std::next_permutation(order.begin(), order.end()));
    std::map<std::vector<std::size_t>, double> probability;
    double references = 0;
    for (const auto& reference : all) {
        if (!std::ranges::is_sorted(reference, std::ranges::greater{},
                                    [&](std::size_t s) { return payoff[s]; })) {
            continue;
        }
        references += 1;
        double total = 0;
        std::map<std::vector<std::size_t>, double> weight;
        for (const auto& ranking : all) {
            int apart = 0;
            for (std::size_t a = 0; a < ranking.size(); ++a) {
                for (std::size_t b = 0; b < a; ++b) {
                    const auto place = [&](std::size_t s) { return std::ranges::find(reference, s); };
                    apart += place(ranking[b]) > place(ranking[a]) ? 1 : 0;
                }
            }
            weight[ranking] = std::pow(doubt / (1 - doubt), apart);
            total += weight[ranking];
        }
        for (const auto& [ranking, w] : weight) {
            probability[ranking] += w / total;
        }
    }
    for (auto& [ranking, p] : probability) {
        p /= references;
    }
    return probability;
}

TEST(PreferenceUncertainty, DrawsRankingsByMallowsModel) {
    const std::vector<Payoff> payoff = {2, 0, 1, 1};
    const auto expected = plain_mallows(payoff, 0.3);
    std::map<std::vector<std::size_t>, double> found;
    constexpr int kDraws = 40000;
    for (std::uint64_t k = 0; k < kDraws; ++k) {
        RandomStream draw(7, k, 0);
        const std::vector<Payoff> drawn = doubtful_payoffs(payoff, 0.3, draw);
        std::vector<std::size_t> ranking = {0, 1, 2, 3};
        std::ranges::sort(ranking, std::ranges::greater{}, [&](std::size_t s) { return drawn[s]; });
        found[ranking] += 1.0 / kDraws;
    }
    for (const auto& [ranking, p] : expected) {
        EXPECT_NEAR(found[ranking], p, 4.5 * std::sqrt(p / kDraws));
    }
    RandomStream draw(7, 0, 0);
    EXPECT_EQ(doubtful_payoffs(payoff, 0, draw), payoff);
}

Case catalogue(const std::string& name) {
    const auto path = source_path("cases/conflict/" + name + ".yaml");
    return read_case(read_file(path), name).value;
}

TEST(PreferenceUncertainty, SharesAreThoseOfAllProfiles) {
    // Chicken: two decision makers, four states, so 576 profiles of strict rankings.
    const Case subject = catalogue("chicken");
    const ConflictGraph conflict = make_graph(subject);
    constexpr double kDoubt = 0.2;
    std::vector<std::map<std::vector<std::size_t>, double>> odds;
    PlainModel model;
    for (const DecisionMaker& maker : conflict.graph.makers) {
        odds.push_back(plain_mallows(maker.payoff, kDoubt));
        model.arcs.emplace_back();
        for (StateIndex s = 0; s < 4; ++s) {
            model.arcs.back().emplace_back();
            maker.moves.for_each(s, [&](StateIndex t) { model.arcs.back().back().push_back(t); });
        }
        model.payoff.emplace_back(4);
    }
    for (StateIndex s = 0; s < 4; ++s) {
        model.codes.push_back(conflict.graph.states.code(s));
    }
    std::map<std::string, std::vector<double>> expected;
    for (const auto& [first, p] : odds[0]) {
        for (const auto& [second, q] : odds[1]) {
            for (std::size_t k = 0; k < 4; ++k) {
                model.payoff[0][first[k]] = -static_cast<std::int64_t>(k);
                model.payoff[1][second[k]] = -static_cast<std::int64_t>(k);
            }
            for (const Concept which : kFive) {
                expected[name_of(which)].resize(4);
                for (std::size_t s = 0; s < 4; ++s) {
                    const bool holds = plain_stable(model, 0, s, name_of(which)) &&
                                       plain_stable(model, 1, s, name_of(which));
                    expected[name_of(which)][s] += holds ? 100 * p * q : 0;
                }
            }
        }
    }
    PreferenceUncertaintyOptions options;
    options.doubt = kDoubt;
    options.draws = 20000;
    const PreferenceUncertaintyResult result = preference_uncertainty(subject, options, {});
    ASSERT_EQ(result.states.size(), 4U);
    for (std::size_t s = 0; s < 4; ++s) {
        for (const auto& [name, share] : result.states[s].share) {
            EXPECT_NEAR(share, expected[name][s], 1.8) << name << ' ' << s;  // five deviations at most
        }
        for (std::size_t c = 0; c < 5; ++c) {
            EXPECT_LE(result.states[s].low[c].second, result.states[s].share[c].second);
            EXPECT_GE(result.states[s].high[c].second, result.states[s].share[c].second);
        }
    }
}

TEST(PreferenceUncertainty, WithoutDoubtEverySenseIsTheSame) {
    const Case subject = catalogue("cuban-missile-crisis-1962");
    PreferenceUncertaintyOptions options;
    options.doubt = 0;
    options.draws = 3;
    const PreferenceUncertaintyResult result = preference_uncertainty(subject, options, {});
    for (const UncertainState& state : result.states) {
        for (const auto& [name, share] : state.share) {
            const bool holds = std::ranges::find(state.equilibrium, name) != state.equilibrium.end();
            EXPECT_DOUBLE_EQ(share, holds ? 100 : 0);
            const auto at =
                std::ranges::find(state.attitudes, name, [](const auto& entry) { return entry.first; });
            EXPECT_EQ(at->second, holds ? "abcd" : "") << state.label << ' ' << name;
        }
        EXPECT_EQ(state.likely, state.equilibrium);
    }
    for (const auto& [maker, share] : result.unknown_pairs) {
        EXPECT_DOUBLE_EQ(share, 0) << maker;
    }
}

TEST(PreferenceUncertainty, BolderAttitudesUpsetMore) {
    PreferenceUncertaintyOptions options;
    options.doubt = 0.3;
    options.draws = 500;
    int differ = 0;
    for (const char* name : {"cuban-missile-crisis-1962", "elmira-1991", "chicken", "prisoners-dilemma"}) {
        for (const UncertainState& state : preference_uncertainty(catalogue(name), options, {}).states) {
            for (const auto& [which, attitudes] : state.attitudes) {
                const auto has = [&, text = attitudes](char attitude) {
                    return text.find(attitude) != std::string::npos;
                };
                EXPECT_TRUE(!has('a') || (has('b') && has('c'))) << state.label << which;
                EXPECT_TRUE(!(has('b') || has('c')) || has('d')) << state.label << which;
                differ += !attitudes.empty() && attitudes != "abcd" ? 1 : 0;
            }
            for (const std::string& strong : state.strong) {
                EXPECT_THAT(state.equilibrium, testing::Contains(strong));
            }
        }
    }
    EXPECT_GT(differ, 5);
}

TEST(PreferenceUncertainty, SaysWhatIsWrongWithItsOptions) {
    const Case subject = catalogue("chicken");
    PreferenceUncertaintyOptions options;
    options.doubts = {{"row", 0.7}};
    EXPECT_THROW(preference_uncertainty(subject, options, {}), Error);
    options.doubts = {{"raw", 0.1}};
    EXPECT_THROW(preference_uncertainty(subject, options, {}), Error);
    options.doubts = {};
    options.concepts = {Concept::sim};
    EXPECT_THROW(preference_uncertainty(subject, options, {}), Error);
}

}  // namespace
}  // namespace steelyard::test
