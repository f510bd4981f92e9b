// SPDX-License-Identifier: Apache-2.0
// A draw of the compiled forecasts allocates nothing.
#include "counted_new.hpp"
#include "stances.hpp"
#include "steelyard/uncertainty/design.hpp"
#include "steelyard/uncertainty/ensemble.hpp"
#include "toy.hpp"

#include <gtest/gtest.h>

#include <functional>

namespace steelyard::uncertainty {
namespace {

using test::stance_case;
using test::toy_catalogue;
using test::toy_context;

class Allocations : public testing::Test {
protected:
    void SetUp() override {
        if (!test::allocations()) {
            GTEST_SKIP() << "a sanitizer keeps its own account of allocations";
        }
    }
};

std::uint64_t allocations_of(const std::function<void()>& work) {
    const std::uint64_t before = *test::allocations();
    work();
    return *test::allocations() - before;
}

TEST_F(Allocations, AreCountedHere) {
    EXPECT_EQ(allocations_of([] { EXPECT_EQ(std::vector<double>(5).size(), 5U); }), 1U);
    EXPECT_EQ(allocations_of([] {}), 0U);
}

TEST_F(Allocations, ADrawOfTheStaticForecastsMakesNone) {
    const std::vector<std::string> targets{
        "compromise:issues[0].value",
        "compromise:issues[1].option",
        "nash_bargaining:issues[2].value",
        "nash_bargaining:agreement",
        "nash_bargaining:issues[1].option = middle",
        "median:issues[3].value",
        "procedural(setter=a1; quota=0.6):issues[0].value",
        "compromise|median|nash_bargaining|procedural:issues[1].value > 50",
        "compromise(weights=both|equal|salience|capability):issues[2].value"};
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        const Model model(stance_case(seed), targets, {}, toy_context(), &toy_catalogue);
        const std::unique_ptr<Evaluator> evaluator = compiled_evaluator(model);
        ASSERT_NE(evaluator, nullptr);
        const Sampler sampler(Design::sobol, seed, 4096, model.factors().size());
        std::vector<double> x(model.factors().size());
        std::vector<Outcome> outcomes(targets.size());
        const auto draw = [&](std::uint64_t from, std::uint64_t upto) {
            for (std::uint64_t d = from; d < upto; ++d) {
                sampler.point(d, x);
                for (std::size_t f = 0; f < x.size(); ++f) {
                    x[f] = model.factors()[f].at(x[f]);
                }
                evaluator->evaluate(x, outcomes);
            }
        };
        draw(0, 64);  // the working space grows to its size
        EXPECT_EQ(allocations_of([&] { draw(64, 4096); }), 0U) << "seed " << seed;
    }
}

/// The whole loop, with what is kept of each target: twice the draws cost no more than some cells of the grids more.
TEST_F(Allocations, DoNotGrowWithTheDrawsOfAnEnsemble) {
    EnsembleOptions options;
    options.targets = {"compromise:issues[0].value", "nash_bargaining:issues[2].value",
                       "nash_bargaining:issues[1].option"};
    const Case subject = stance_case(7);
    const auto cost = [&](std::int64_t draws) {
        options.draws = draws;
        return allocations_of(
            [&] { EXPECT_EQ(ensemble(subject, options, toy_context(), &toy_catalogue).draws, draws); });
    };
    const std::uint64_t once = cost(16000);
    EXPECT_LE(cost(32000), once + 32);
}

}  // namespace
}  // namespace steelyard::uncertainty
