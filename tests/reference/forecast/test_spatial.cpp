// SPDX-License-Identifier: Apache-2.0
// The spatial model against position histories that KTAB computed (commit 3b5b063, deterministic mode).
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
