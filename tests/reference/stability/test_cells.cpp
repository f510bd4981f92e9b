// SPDX-License-Identifier: Apache-2.0
#include "random_models.hpp"
#include "steelyard/core/error.hpp"
#include "steelyard/stability/cells.hpp"
#include "support/reference_data.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <rapidcheck/gtest.h>

#include <array>
#include <filesystem>
#include <fstream>

namespace steelyard::test {
namespace {

using namespace stability;
using Json = nlohmann::json;

constexpr std::array kAll = {Concept::nash, Concept::gmr,  Concept::smr,
                             Concept::seq,  Concept::sseq, Concept::sim};
constexpr std::array kGraph = {Concept::nash, Concept::gmr, Concept::smr, Concept::seq, Concept::sseq};

// Applies each step by the rules of the definitions; nothing of the search is trusted.
void expect_proof(const TwinModel& twin, Concept which, std::size_t i, StateIndex s, bool stable) {
    const Proof proof = prove(twin.graph, which, i, s);
    ASSERT_EQ(proof.stable, stable) << name_of(which) << " of " << i << " at " << s;
    const PlainModel model = as_seen_by(twin.plain, i);
    const auto& payoff = model.payoff;
    if (!stable) {
        ASSERT_TRUE(proof.upsetting_move);
        EXPECT_GT(payoff[i][*proof.upsetting_move], payoff[i][s]);
        EXPECT_THAT(model.arcs[i][s], testing::Contains(*proof.upsetting_move));
        return;
    }
    if (model.unseen[i].count(s)) {
        return;
    }
    std::set<std::size_t> answered;
    for (const Answer& answer : proof.answers) {
        answered.insert(answer.improvement);
        EXPECT_LE(payoff[i][answer.sanction], payoff[i][s]);
        if (which == Concept::sim) {
            continue;
        }
        std::size_t at = answer.improvement;
        std::size_t last = i;
        for (const Step& step : answer.sequence) {
            EXPECT_NE(step.maker, last);
            EXPECT_NE(step.maker, i);
            EXPECT_THAT(model.arcs[step.maker][at], testing::Contains(step.to));
            if (which == Concept::seq || which == Concept::sseq) {
                EXPECT_GT(payoff[step.maker][step.to], payoff[step.maker][at]);
            }
            at = step.to;
            last = step.maker;
        }
        EXPECT_EQ(at, answer.sanction);
        if (which == Concept::smr || which == Concept::sseq) {
            for (const std::size_t t : model.arcs[i][at]) {
                EXPECT_LE(payoff[i][t], payoff[i][s]);
            }
        }
    }
    for (const std::size_t t : model.arcs[i][s]) {
        EXPECT_EQ(answered.count(t), payoff[i][t] > payoff[i][s] ? 1U : 0U);
    }
}

void expect_same(const TwinModel& twin, std::span<const Concept> concepts) {
    const Cells cells = stability_cells(twin.graph, concepts);
    for (const Concept which : concepts) {
        for (std::size_t i = 0; i < twin.plain.makers(); ++i) {
            for (StateIndex s = 0; s < twin.plain.states(); ++s) {
                const bool stable = plain_stable(twin.plain, i, s, name_of(which));
                ASSERT_EQ(cells.stable(which, i, s), stable) << name_of(which) << " of " << i << " at " << s;
                expect_proof(twin, which, i, s, stable);
            }
        }
    }
}

Json read_models(const std::filesystem::path& path) {
    return Json::parse(std::ifstream(path));
}

TEST(Cells, MatchThePublishedRandomModelsInOptionForm) {
    STEELYARD_REFERENCE_OR_SKIP(path, "stability/random_models.json");
    const Json models = read_models(path);
    std::size_t compared = 0;
    for (const Json& entry : models.at("option_form")) {
        const Json& model = entry.at("model");
        const auto codes = entry.at("states_decimal").get<std::vector<std::uint64_t>>();
        std::vector<int> direction;
        for (const Json& option : model.at("options")) {
            const std::string text = option.at("permittedDirection");
            direction.push_back(text == "both" ? 0 : text == "fwd" ? 1 : 2);
        }
        std::vector<std::size_t> owner(direction.size());
        std::vector<std::vector<std::int64_t>> payoff;
        for (const Json& maker : model.at("decisionMakers")) {
            for (const std::size_t option : maker.at("options")) {
                owner[option] = payoff.size();
            }
            payoff.emplace_back(codes.size());
            const Json& ranking = maker.at("preferenceRanking");
            for (std::size_t r = 0; r < ranking.size(); ++r) {
                const Json tied = ranking[r].is_array() ? ranking[r] : Json::array({ranking[r]});
                for (const std::size_t number : tied) {
                    payoff.back()[number - 1] = -static_cast<std::int64_t>(r);
                }
            }
        }
        const TwinModel twin = option_model(codes, owner, direction, payoff);
        const Cells cells = stability_cells(twin.graph, kAll);
        for (const Concept which : {Concept::nash, Concept::gmr, Concept::smr, Concept::seq, Concept::sim}) {
            const Json& truth = entry.at("stability").at(name_of(which));
            for (std::size_t i = 0; i < payoff.size(); ++i) {
                for (StateIndex s = 0; s < codes.size(); ++s, ++compared) {
                    ASSERT_EQ(cells.stable(which, i, s), truth[i][s] == 1)
                        << name_of(which) << ' ' << i << ' ' << s;
                }
            }
        }
        expect_same(twin, kAll);
    }
    EXPECT_GT(compared, 5000U);
}

TEST(Cells, MatchThePublishedRandomModelsInGraphForm) {
    STEELYARD_REFERENCE_OR_SKIP(path, "stability/random_models.json");
    const Json models = read_models(path);
    std::size_t compared = 0;
    for (const Json& entry : models.at("graph_form")) {
        const TwinModel twin = arc_model(entry.at("arcs_by_dm_0based"), entry.at("payoffs"));
        const Cells cells = stability_cells(twin.graph, kGraph);
        for (const auto& [name, truth] : entry.at("stability").items()) {
            const auto which =
                std::ranges::find_if(kAll, [&, n = name](Concept c) { return name_of(c) == n; });
            ASSERT_NE(which, kAll.end());
            for (std::size_t i = 0; i < truth.size(); ++i) {
                for (StateIndex s = 0; s < truth[i].size(); ++s, ++compared) {
                    ASSERT_EQ(cells.stable(*which, i, s), truth[i][s] == 1) << name << ' ' << i << ' ' << s;
                }
            }
        }
        expect_same(twin, kGraph);
    }
    EXPECT_GT(compared, 500U);
}

TEST(Cells, AgreeWithBruteForceOnThousandsOfOptionModels) {
    for (std::uint64_t k = 0; k < 1200; ++k) {
        SCOPED_TRACE("model " + std::to_string(k));
        RandomStream draw(20, k, 0);
        expect_same(random_option_model(draw, false), kAll);
    }
}

TEST(Cells, AgreeWithBruteForceWhereStatesAreUnseen) {
    for (std::uint64_t k = 0; k < 400; ++k) {
        SCOPED_TRACE("model " + std::to_string(k));
        RandomStream draw(21, k, 0);
        expect_same(random_option_model(draw, true), kAll);
    }
}

TEST(Cells, AgreeWithBruteForceOnThousandsOfGraphs) {
    for (std::uint64_t k = 0; k < 2500; ++k) {
        SCOPED_TRACE("model " + std::to_string(k));
        RandomStream draw(22, k, 0);
        expect_same(random_arc_model(draw), kGraph);
    }
}

RC_GTEST_PROP(Cells, WeakerConceptsFollowFromStrongerOnes, (std::uint64_t seed)) {
    RandomStream draw(seed, 0, 0);
    const TwinModel twin = draw.below(2) == 0 ? random_option_model(draw, true) : random_arc_model(draw);
    const Cells cells = stability_cells(twin.graph, kGraph);
    for (std::size_t i = 0; i < twin.plain.makers(); ++i) {
        for (StateIndex s = 0; s < twin.plain.states(); ++s) {
            const auto implies = [&](Concept a, Concept b) {
                return !cells.stable(a, i, s) || cells.stable(b, i, s);
            };
            RC_ASSERT(implies(Concept::nash, Concept::smr));
            RC_ASSERT(implies(Concept::smr, Concept::gmr));
            RC_ASSERT(implies(Concept::nash, Concept::sseq));
            RC_ASSERT(implies(Concept::sseq, Concept::seq));
            RC_ASSERT(implies(Concept::seq, Concept::gmr));
            RC_ASSERT(implies(Concept::sseq, Concept::smr));
        }
    }
}

TEST(Cells, SimultaneousStabilityNeedsOptions) {
    RandomStream draw(1, 0, 0);
    const TwinModel twin = random_arc_model(draw);
    EXPECT_THROW(stability_cells(twin.graph, kAll), Error);
}

}  // namespace
}  // namespace steelyard::test
