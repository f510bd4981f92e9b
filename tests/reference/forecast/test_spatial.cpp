// SPDX-License-Identifier: Apache-2.0
// The spatial model against position histories that KTAB computed (commit 3b5b063, deterministic mode).
#include "reference/forecast/plain_spatial.hpp"
#include "steelyard/forecast/spatial.hpp"
#include "steelyard/format/stance_tables.hpp"
#include "support/read_file.hpp"
#include "support/reference_data.hpp"
#include "unit/forecast/random_input.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <cstdlib>
#include <sstream>

namespace steelyard::forecast {
namespace {

using test::read_file;

/// positions[turn][actor][dimension]
using History = std::vector<std::vector<std::vector<std::pair<double, double>>>>;

History read_history(const std::string& text) {
    History history;
    std::istringstream lines(text);
    std::string line;
    std::getline(lines, line);
    while (std::getline(lines, line)) {
        std::size_t turn = 0;
        std::size_t actor = 0;
        std::size_t dimension = 0;
        double position = 0;
        double ideal = 0;
        char comma = 0;
        std::istringstream cells(line);
        cells >> turn >> comma >> actor >> comma >> dimension >> comma >> position >> comma >> ideal;
        EXPECT_FALSE(cells.fail()) << line;
        history.resize(std::max(history.size(), turn + 1));
        history[turn].resize(std::max(history[turn].size(), actor + 1));
        history[turn][actor].emplace_back(position, ideal);
        EXPECT_EQ(history[turn][actor].size(), dimension + 1);
    }
    return history;
}

/// `prob :` rows of the key file: by actor, then turn.
std::vector<std::vector<double>> read_probabilities(const std::string& text) {
    std::vector<std::vector<double>> rows;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        const std::size_t at = line.find("prob :");
        if (at != std::string::npos) {
            std::istringstream cells(line.substr(at + 6));
            rows.emplace_back();
            for (double p = 0; cells >> p;) {
                rows.back().push_back(p);
            }
        }
    }
    return rows;
}

std::vector<std::filesystem::path> scenarios(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> found;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        const std::string name = entry.path().filename();
        if (name.ends_with(".xml") || (name.ends_with(".csv") && !name.ends_with(".positions.csv"))) {
            found.push_back(entry.path());
        }
    }
    std::ranges::sort(found);
    return found;
}

TEST(SpatialReference, EveryHistoryIsMatchedToTheLastTurn) {
    STEELYARD_REFERENCE_OR_SKIP(folder, "forecast/spatial");
    const auto files = scenarios(folder);
    ASSERT_EQ(files.size(), 21U);
    for (const auto& file : files) {
        SCOPED_TRACE(file.filename());
        const bool xml = file.extension() == ".xml";
        const ImportedCase imported = xml ? read_ktab_xml(read_file(file), file.string())
                                          : read_ktab_csv(read_file(file), file.string());
        const SpatialResult result =
            spatial(imported.subject, read_options<SpatialOptions>(imported.options), Context{});
        std::filesystem::path base = file;
        base.replace_extension();
        const History history = read_history(read_file(base.string() + ".positions.csv"));
        ASSERT_EQ(result.turns.size(), history.size());
        double worst = 0;
        for (std::size_t t = 0; t < history.size(); ++t) {
            ASSERT_EQ(result.turns[t].positions.size(), history[t].size());
            for (std::size_t a = 0; a < history[t].size(); ++a) {
                for (std::size_t k = 0; k < history[t][a].size(); ++k) {
                    const auto& [position, ideal] = history[t][a][k];
                    worst = std::max(worst, std::abs(result.turns[t].positions[a][k] - position));
                    worst = std::max(worst, std::abs(result.turns[t].ideals[a][k] - ideal));
                }
            }
        }
        EXPECT_LT(worst, 1e-9);
        EXPECT_DOUBLE_EQ(result.salience_scale, 1);

        const auto probabilities = read_probabilities(read_file(base.string() + ".key.txt"));
        ASSERT_EQ(probabilities.size(), history[0].size());
        for (std::size_t a = 0; a < probabilities.size(); ++a) {
            for (std::size_t t = 0; t < std::min(probabilities[a].size(), result.turns.size()); ++t) {
                // KTAB prints the probability of the place, we the actor's part of it.
                const auto& shares = result.turns[t].shares;
                const auto together = std::ranges::count_if(
                    shares, [&](double share) { return std::abs(share - shares[a]) < 1e-15; });
                const double place = shares[a] * static_cast<double>(together);
                if (file.stem() == "d3_VotingRule-Cubic" && t == 11 && a == 1) {
                    continue;  // within reach of two places that are two candidates; KTAB joins the other one
                }
                EXPECT_NEAR(place, probabilities[a][t], 0.00005001) << a << ' ' << t;
            }
        }
    }
}

/// Actors with whole capabilities and positions, and saliences that sum to at most 100.
struct SmallCase {
    Case subject;
    std::vector<double> capability;
    test::Matrix salience, position;  // 0-1
};

SmallCase small_case(RandomStream& draw) {
    SmallCase small;
    Case& subject = small.subject;
    subject.id = "small";
    const std::size_t n = 2 + draw.below(5);
    const std::size_t m = 1 + draw.below(3);
    for (std::size_t k = 0; k < m; ++k) {
        const std::string id = "k" + std::to_string(k);
        subject.issues.push_back(
            {id, id, "", {}, {{"low", "", "", 0}, {"high", "", "", 100}}, false, std::nullopt});
    }
    for (std::size_t a = 0; a < n; ++a) {
        const std::string id = "a" + std::to_string(a);
        const auto capability = static_cast<std::int64_t>(1 + draw.below(100));
        subject.actors.push_back({id, id, "", Number(capability)});
        small.capability.push_back(static_cast<double>(capability));
        Stances stances;
        small.salience.emplace_back();
        small.position.emplace_back();
        for (std::size_t k = 0; k < m; ++k) {
            const auto position = static_cast<std::int64_t>(draw.below(101));
            const auto salience = static_cast<std::int64_t>(1 + draw.below(100 / m));
            stances.stances.emplace_back(Stance{Number(position), Number(salience)});
            small.position.back().push_back(static_cast<double>(position) / 100);
            small.salience.back().push_back(static_cast<double>(salience) / 100);
        }
        subject.preferences.push_back({ActorId(a), std::nullopt, std::move(stances), {}});
    }
    return small;
}

RC_GTEST_PROP(SpatialReference, EqualsThePlainModel, (std::uint32_t seed)) {
    RandomStream draw(seed, 5, 0);
    const SmallCase small = small_case(draw);
    SpatialOptions options;
    options.turns = 6;
    options.voting = static_cast<VotingRule>(draw.below(5));
    const auto exponent = draw.below(4);
    options.victory = static_cast<Victory>(exponent);
    options.conversion = static_cast<Conversion>(draw.below(3));
    options.risk = static_cast<RiskRange>(draw.below(3));
    options.belief = static_cast<RiskBelief>(draw.below(5));
    options.third_parties = static_cast<ThirdParties>(draw.below(3));
    options.bargain = static_cast<BargainRule>(draw.below(3));
    options.ideals_follow = static_cast<double>(draw.below(3)) / 2;
    constexpr std::array beliefs = {0.0, 1.0 / 3, 0.5, 2.0 / 3, 1.0};
    test::PlainRules rules;
    rules.turns = options.turns;
    rules.voting = static_cast<int>(options.voting);
    rules.exponent = 1 << exponent;
    rules.conversion = static_cast<int>(options.conversion);
    rules.risk = static_cast<int>(options.risk);
    rules.belief = beliefs[static_cast<std::size_t>(options.belief)];
    rules.third_parties = static_cast<int>(options.third_parties);
    rules.bargain = static_cast<int>(options.bargain);
    rules.follow = options.ideals_follow;
    test::PlainSpatial plain(rules, small.capability, small.salience, small.position);
    plain.play();
    RC_CLASSIFY(plain.sure < 3, "rounding decides soon");
    const SpatialResult result = spatial(small.subject, options, {});
    if (result.end != SpatialEnd::agreed && !plain.close_call) {
        RC_ASSERT(result.turns.size() == plain.turns.size());
    }
    for (std::size_t t = 0; t < std::min(plain.sure, result.turns.size()); ++t) {
        for (std::size_t a = 0; a < small.capability.size(); ++a) {
            RC_ASSERT(std::abs(result.turns[t].risks[a] - plain.turns[t].risk[a]) < 1e-6);
            for (std::size_t k = 0; k < small.position[a].size(); ++k) {
                RC_ASSERT(std::abs(result.turns[t].positions[a][k] - 100 * plain.turns[t].position[a][k]) <
                          1e-6);
                RC_ASSERT(std::abs(result.turns[t].ideals[a][k] - 100 * plain.turns[t].ideal[a][k]) < 1e-6);
            }
        }
    }
}

RC_GTEST_PROP(SpatialProperties, StaysOnTheScaleAndRepeatsItself, (std::uint32_t seed)) {
    const ForecastInput input = random_input(seed, seed % 4 != 0, 6, 3);
    RandomStream draw(seed, 4, 0);
    SpatialOptions options;
    options.turns = 8;
    options.voting = static_cast<VotingRule>(draw.below(5));
    options.victory = static_cast<Victory>(draw.below(5));
    options.conversion = static_cast<Conversion>(draw.below(3));
    options.transitions = static_cast<Transitions>(draw.below(2));
    options.risk = static_cast<RiskRange>(draw.below(3));
    options.belief = static_cast<RiskBelief>(draw.below(5));
    options.third_parties = static_cast<ThirdParties>(draw.below(3));
    options.bargain = static_cast<BargainRule>(draw.below(3));
    options.ideals_follow = static_cast<double>(draw.below(3)) / 2;
    Context context;
    context.seed = seed;
    const auto values = spatial_values(input, options, context);
    RC_ASSERT(on_scale(values));
    RC_ASSERT(values == spatial_values(input, options, context));
}

}  // namespace
}  // namespace steelyard::forecast
