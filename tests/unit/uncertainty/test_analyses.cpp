// SPDX-License-Identifier: Apache-2.0
// The analyses on a toy whose answers follow by hand, and compiled forecasts against the plain ones.
#include "stances.hpp"
#include "steelyard/core/jobs.hpp"
#include "steelyard/core/random.hpp"
#include "steelyard/uncertainty/ensemble.hpp"
#include "steelyard/uncertainty/flip.hpp"
#include "steelyard/uncertainty/sensitivity.hpp"
#include "steelyard/uncertainty/tornado.hpp"
#include "steelyard/uncertainty/voi.hpp"
#include "toy.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

using namespace steelyard;
using namespace steelyard::uncertainty;
using test::stance_case;
using test::toy_case;
using test::toy_catalogue;
using test::toy_context;
using testing::HasSubstr;

namespace {

EnsembleResult draw(EnsembleOptions options, const Context& context = toy_context()) {
    return ensemble(toy_case(), options, context, &toy_catalogue);
}

TEST(Ensemble, GivesMeansQuantilesAndShares) {
    for (const Design design : {Design::plain, Design::latin_hypercube, Design::sobol}) {
        EnsembleOptions options;
        options.targets = {"toy:sum", "toy:winner", "toy:large", "toy:items[0].value", "toy:sum > 95"};
        options.draws = 8192;
        options.design = design;
        const EnsembleResult result = draw(options);
        EXPECT_EQ(result.draws, 8192);
        EXPECT_EQ(result.stopped, Stopped::all_drawn);
        const TargetSpread& sum = result.targets[0];
        const double deviation = std::sqrt(100 / 7.0 + 400 / 7.0);  // PERT 40, 50, 60 and 25, 45, 65
        EXPECT_NEAR(*sum.mean, 95, 5 * *sum.error);
        EXPECT_NEAR(*sum.deviation, deviation, 0.2);
        EXPECT_LT(*sum.error, 0.1);
        EXPECT_EQ(sum.unit, "points");
        EXPECT_EQ(sum.best, Value(95.0));
        EXPECT_NEAR(sum.quantiles[2].value, 95, 0.3);
        EXPECT_EQ(sum.quantiles[2].at, 0.5);
        EXPECT_GT(sum.quantiles[4].value, sum.quantiles[3].value);
        const TargetSpread& winner = result.targets[1];
        ASSERT_EQ(winner.shares.size(), 2U);
        EXPECT_EQ(winner.shares[0].text, "a");
        EXPECT_NEAR(winner.shares[0].share + winner.shares[1].share, 1, 1e-12);
        EXPECT_EQ(winner.shares[0].band, likelihood_band(winner.shares[0].share));
        EXPECT_FALSE(winner.mean);
        EXPECT_EQ(result.targets[2].best, Value("false"));
        // b below 40: P(PERT(25, 45, 65) < 40) = beta(3, 3) at 3/8
        const TargetSpread& item = result.targets[3];
        const double x = 0.375;
        const double below = x * x * x * (10 - 15 * x + 6 * x * x);
        EXPECT_NEAR(item.present, 1 - below, 0.02);
        EXPECT_GE(*item.low, 80);
        EXPECT_NEAR(result.targets[4].shares[0].share, 0.5, 0.02);
    }
}

TEST(Ensemble, StandardErrorsSayHowFarOffItIs) {
    for (const Design design : {Design::plain, Design::latin_hypercube, Design::sobol}) {
        double inside = 0;
        for (std::uint64_t seed = 1; seed <= 40; ++seed) {
            EnsembleOptions options;
            options.targets = {"toy:large"};
            options.draws = 512;
            options.design = design;
            Context context = toy_context();
            context.seed = seed;
            const EnsembleResult result = draw(options, context);
            for (const ShareResult& share : result.targets[0].shares) {
                if (share.text == "true") {
                    inside += std::abs(share.share - 0.2860) <= 2.1 * *share.error ? 1 : 0;
                }
            }
        }
        EXPECT_GE(inside, 33);  // of 40, 38 expected
    }
}

TEST(Ensemble, StreamsBeyondTenThousandDraws) {
    EnsembleOptions options;
    options.targets = {"toy:sum"};
    options.draws = 10000;
    options.design = Design::plain;
    const EnsembleResult kept = draw(options);
    options.draws = 10016;
    const EnsembleResult streamed = draw(options);
    EXPECT_EQ(kept.quantile_error, 0);
    EXPECT_GT(streamed.quantile_error, 0);
    for (std::size_t q = 0; q < 5; ++q) {
        EXPECT_NEAR(streamed.targets[0].quantiles[q].value, kept.targets[0].quantiles[q].value,
                    100 * streamed.quantile_error);
    }
}

TEST(Ensemble, StopsWhenPreciseEnough) {
    EnsembleOptions options;
    options.targets = {"toy:sum", "toy:winner"};
    options.draws = 1 << 20;
    options.design = Design::plain;
    options.number_error = 0.1;
    const EnsembleResult result = draw(options);
    EXPECT_EQ(result.stopped, Stopped::precise);
    EXPECT_LE(*result.targets[0].error, 0.1);
    EXPECT_EQ(result.draws, 8192);  // 8.45 / sqrt n falls below 0.1 between 4,096 and 8,192
    EXPECT_EQ(result.planned, 1 << 20);
    options.share_error = 0.02;
    options.number_error = 0;
    EXPECT_EQ(draw(options).draws, 1024);
}

TEST(Ensemble, DrawsTheMethodToo) {
    EnsembleOptions options;
    options.targets = {"toy(factor=1|3):sum"};
    options.draws = 1024;
    const EnsembleResult result = draw(options);
    EXPECT_EQ(result.factors.back(), "factor 1|3");
    EXPECT_NEAR(*result.targets[0].mean, (95 + 195) / 2.0, 1);
    EXPECT_EQ(result.targets[0].best, Value(95.0));
}

TEST(Ensemble, CorrelatesNumbers) {
    EnsembleOptions options;
    options.targets = {"toy:sum"};
    options.correlations = {{"no_deal.a~no_deal.b", 0.9}};
    const double with = *draw(options).targets[0].deviation;
    options.correlations[0].second = -0.9;
    const double against = *draw(options).targets[0].deviation;
    EXPECT_GT(with, 10.5);
    EXPECT_LT(against, 5);
    options.correlations[0].first = "no_deal.a~no_deal.c";
    EXPECT_THROW(draw(options), Error);
    options.correlations[0].first = "no_deal.a";
    EXPECT_THROW(draw(options), Error);
}

TEST(Ensemble, RefusesWrongTargetsBeforeTheFirstDraw) {
    int runs = 0;
    Context context = toy_context();
    const auto run = context.run;
    context.run = [&](std::string_view name, const Case& subject, const Value& arguments) {
        ++runs;
        return run(name, subject, arguments);
    };
    EnsembleOptions options;
    const auto complaint = [&](std::vector<std::string> targets) -> std::string {
        options.targets = std::move(targets);
        try {
            draw(options, context);
        } catch (const Error& error) {
            return error.what();
        }
        return "accepted";
    };
    EXPECT_THAT(complaint({}), HasSubstr("at least one target"));
    EXPECT_THAT(complaint({"toy:sun", "toy:winer"}), HasSubstr("'sum'"));
    EXPECT_THAT(complaint({"toy:sum > many"}), HasSubstr("compared with a number"));
    EXPECT_THAT(complaint({"toy(facter=2):sum"}), HasSubstr("factor"));
    EXPECT_EQ(runs, 0);
    EXPECT_THAT(complaint({"toy:by_actor.c"}), HasSubstr("leads nowhere"));
    EXPECT_EQ(runs, 1);
}

TEST(Ensemble, IsPartialWhenStopped) {
    Context context = toy_context();
    int runs = 0;
    const auto run = context.run;
    const StopToken stop = context.cancel;
    context.run = [&, run](std::string_view name, const Case& subject, const Value& arguments) {
        if (++runs == 100) {
            stop.request();
        }
        return run(name, subject, arguments);
    };
    EnsembleOptions options;
    options.targets = {"toy:sum"};
    const EnsembleResult result = draw(options, context);
    EXPECT_EQ(result.stopped, Stopped::interrupted);
    EXPECT_EQ(result.draws % 16, 0);
    EXPECT_GT(result.draws, 0);
    EXPECT_LT(result.draws, 100);
    EXPECT_THROW(draw(options, context), Error) << "nothing done at all";
}

TEST(Tornado, SortsBySwing) {
    TornadoOptions options;
    options.targets = {"toy:sum", "toy:winner"};
    const TornadoResult result = tornado(toy_case(), options, toy_context(), &toy_catalogue);
    const TargetTornado& sum = result.targets[0];
    ASSERT_EQ(sum.bars.size(), 2U);
    EXPECT_EQ(sum.bars[0].factor, "/preferences/b/no_deal");
    EXPECT_EQ(sum.bars[0].direction, Swing::rises);
    EXPECT_NEAR(*sum.bars[0].swing, sum.bars[0].upto - sum.bars[0].from, 1e-9);
    EXPECT_NEAR(*sum.bars[0].swing, 2 * *sum.bars[1].swing, 1e-3);
    EXPECT_EQ(sum.best, Value(95.0));
    const TargetTornado& winner = result.targets[1];
    ASSERT_EQ(winner.bars.size(), 2U);  // a at its 10th percentile, 44.93, and b at its 90th, 55.1
    EXPECT_EQ(winner.unmoved, 0);
    EXPECT_EQ(winner.bars[0].low, Value("b"));
    EXPECT_EQ(winner.bars[1].low, Value("a"));
    EXPECT_EQ(winner.bars[1].high, Value("b"));
    EXPECT_FALSE(winner.bars[0].swing);
}

TEST(Explore, SweepsOneOrTwoNumbers) {
    ExploreOptions options;
    options.targets = {"toy:sum", "toy:winner"};
    options.factors = {"no_deal.b", "no_deal.a"};
    options.steps = 5;
    const ExploreResult result = explore(toy_case(), options, toy_context(), &toy_catalogue);
    EXPECT_THAT(result.axes[0].values, testing::ElementsAre(25, 35, 45, 55, 65));
    EXPECT_THAT(result.axes[1].values, testing::ElementsAre(40, 45, 50, 55, 60));
    ASSERT_EQ(result.targets[0].values.size(), 25U);
    EXPECT_EQ(result.targets[0].values[3 * 5 + 1], Value(100.0));
    EXPECT_EQ(result.targets[1].values[3 * 5 + 1], Value("b"));
    options.factors = {"no_deal.b", "no_deal.b"};
    EXPECT_THROW(explore(toy_case(), options, toy_context(), &toy_catalogue), Error);
}

TEST(Flip, FindsTheNearestBreakingPoints) {
    FlipOptions options;
    options.targets = {"toy:winner", "toy:large", "toy:sum > 200"};
    const FlipResult result = flip(toy_case(), options, toy_context(), &toy_catalogue);
    const TargetFlips& winner = result.targets[0];
    ASSERT_EQ(winner.flips.size(), 2U);
    EXPECT_EQ(winner.flips[0].factor, "/preferences/b/no_deal");  // 5 of 20, against 5 of 10
    EXPECT_NEAR(winner.flips[0].at, 50, 1e-3);
    EXPECT_NEAR(winner.flips[0].change, 5, 1e-3);
    EXPECT_NEAR(winner.flips[0].reach, 0.25, 1e-4);
    EXPECT_EQ(winner.flips[0].becomes, Value("b"));
    const double x = 0.625;  // P(b >= 50): beta(3, 3) above 5/8
    EXPECT_NEAR(*winner.flips[0].chance, 1 - x * x * x * (10 - 15 * x + 6 * x * x), 1e-3);
    EXPECT_NEAR(winner.flips[1].at, 45, 1e-3);
    EXPECT_NEAR(winner.flips[1].reach, 0.5, 1e-4);
    // Together: 50 - 10 r = 45 + 20 r at r = 1/6.
    ASSERT_TRUE(winner.radius);
    EXPECT_GE(*winner.radius, 1.0 / 6 - 1e-3);
    EXPECT_LE(*winner.radius, 0.22);
    EXPECT_NEAR(result.targets[1].flips[0].at, 50, 1e-3);
    EXPECT_EQ(result.targets[2].flips.size(), 0U);
    EXPECT_EQ(result.targets[2].firm, 2);
    EXPECT_FALSE(result.targets[2].radius);
    options.targets = {"toy:sum"};
    EXPECT_THROW(flip(toy_case(), options, toy_context(), &toy_catalogue), Error);
}

TEST(Sensitivity, SharesTheVarianceOfASum) {
    SensitivityOptions options;
    options.targets = {"toy:sum"};
    const SensitivityResult sobol = sensitivity(toy_case(), options, toy_context(), &toy_catalogue);
    EXPECT_EQ(sobol.method, SensitivityMethod::sobol);
    EXPECT_EQ(sobol.runs, 1 + 1024 * 4);
    const TargetSensitivity& sum = sobol.targets[0];
    EXPECT_EQ(sum.factors[0].factor, "/preferences/b/no_deal");
    EXPECT_NEAR(*sum.factors[0].first, 0.8, 0.02);
    EXPECT_NEAR(*sum.factors[0].total, 0.8, 0.02);
    EXPECT_NEAR(*sum.factors[1].total, 0.2, 0.02);
    EXPECT_NEAR(*sum.variance, 500 / 7.0, 2);
    options.method = SensitivityMethod::morris;
    const SensitivityResult morris = sensitivity(toy_case(), options, toy_context(), &toy_catalogue);
    EXPECT_NEAR(*morris.targets[0].factors[0].mu_star, 2 * *morris.targets[0].factors[1].mu_star, 0.01);
    EXPECT_EQ(morris.runs, 1 + 20 * 3);
}

TEST(Voi, SaysWhatToLookIntoNext) {
    VoiOptions options;
    options.targets = {"toy:winner", "toy:sum"};
    options.acts = {"toy:by_actor.a", "toy:by_actor.b"};
    const VoiResult result = voi(toy_case(), options, toy_context(), &toy_catalogue);
    ASSERT_EQ(result.targets.size(), 3U);
    const TargetWorth& winner = result.targets[0];
    EXPECT_EQ(winner.measure, Worth::chance);
    EXPECT_EQ(winner.choice, Value("a"));
    EXPECT_NEAR(winner.everything, 1 - winner.now, 1e-9);
    EXPECT_EQ(winner.factors[0].factor, "/preferences/b/no_deal");
    EXPECT_GT(winner.factors[0].worth, winner.factors[1].worth);
    EXPECT_LT(winner.factors[0].worth, winner.everything);
    const TargetWorth& sum = result.targets[1];
    EXPECT_NEAR(sum.now, std::sqrt(500 / 7.0), 0.1);
    EXPECT_NEAR(sum.factors[0].worth, std::sqrt(500 / 7.0) - std::sqrt(100 / 7.0), 0.1);
    ASSERT_EQ(sum.claims.size(), 2U);
    EXPECT_EQ(sum.claims[0].claim, "c1");  // both numbers rest on it
    EXPECT_EQ(sum.claims[0].numbers, 2);
    EXPECT_NEAR(sum.claims[0].worth, sum.now, 0.2);  // a cubic for each number leaves a little
    const TargetWorth& acts = result.targets[2];
    EXPECT_EQ(acts.choice, Value("toy:by_actor.a"));
    EXPECT_NEAR(acts.now, 50, 0.1);
    EXPECT_GT(acts.everything, acts.factors[0].worth - 0.01);
    EXPECT_GT(acts.factors[0].worth, 0.3);
    options.acts = {"toy:by_actor.a"};
    EXPECT_THROW(voi(toy_case(), options, toy_context(), &toy_catalogue), Error);
}

TEST(Compiled, GivesTheBytesOfThePlainRuns) {
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
        const std::vector<std::string> targets{
            "compromise:issues[issue=i1].value",
            "compromise:issues[0].option",
            "compromise:issues[0].option = middle",
            "nash_bargaining:issues[3].value",
            "nash_bargaining:agreement",
            "nash_bargaining(disagreement=status_quo):issues[issue=i2].value",
            "nash_bargaining(disagreement=status_quo):issues[issue=i2].option",
            "compromise|nash_bargaining:issues[issue=i2].value > 50",
            "compromise(weights=both|equal|salience):issues[issue=i2].value",
            "median:issues[0].value",
            "median(tie=high):issues[issue=i3].option",
            "procedural:issues[2].value",
            "procedural(setter=a1):issues[issue=i1].value",
            "procedural(quota=0.7|0.9):issues[0].option",
            "compromise|median|nash_bargaining|procedural:issues[1].value"};
        const Model model(stance_case(seed), targets, {}, toy_context(), &toy_catalogue);
        ASSERT_NE(compiled_evaluator(model), nullptr);
        const std::unique_ptr<Evaluator> compiled = model.evaluator();
        const std::unique_ptr<Evaluator> plain = model.plain_evaluator();
        const Sampler sampler(Design::plain, seed, 16, model.factors().size());
        std::vector<double> x(model.factors().size());
        std::vector<Outcome> fast(targets.size());
        std::vector<Outcome> slow(targets.size());
        for (std::uint64_t d = 0; d < 16; ++d) {
            sampler.point(d, x);
            for (std::size_t f = 0; f < x.size(); ++f) {
                x[f] = model.factors()[f].at(x[f]);
            }
            compiled->evaluate(x, fast);
            plain->evaluate(x, slow);
            for (std::size_t t = 0; t < targets.size(); ++t) {
                ASSERT_EQ(fast[t].kind, slow[t].kind) << targets[t];
                EXPECT_EQ(fast[t].number, slow[t].number) << targets[t] << " draw " << d;
                if (fast[t].kind == Outcome::Kind::text) {
                    EXPECT_EQ(compiled->text(fast[t].text), plain->text(slow[t].text)) << targets[t];
                }
            }
        }
    }
}

TEST(Compiled, LeavesTheRestToThePlainRuns) {
    const std::vector<std::string> pulls{"compromise:issues[0].pulls[0].pull"};
    EXPECT_EQ(compiled_evaluator(Model(stance_case(1), pulls, {}, toy_context(), &toy_catalogue)), nullptr);
    const std::vector<std::string> toy{"toy:sum"};
    EXPECT_EQ(compiled_evaluator(Model(toy_case(), toy, {}, toy_context(), &toy_catalogue)), nullptr);
}

}  // namespace
