// SPDX-License-Identifier: Apache-2.0
// What is said about one deal where the conditions are too tangled for an exact diagram: whatever is claimed must hold.
#include "reference/space/enumeration.hpp"
#include "reference/space/low_limits.hpp"
#include "reference/space/random_case.hpp"
#include "space/reach.hpp"
#include "space/spans.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>

namespace steelyard::test {

namespace {

using space::Aim;
using space::Reach;

constexpr double kNobody = 1e9;  ///< the smallest share where nobody has a range

/// A small case on one table, a deal of it, and all there is to know about the deal.
struct Scene {
    Case subject =
        random_case({.most_actors = 3, .most_issues = 5, .most_options = 3, .several_tables = false});
    Enumeration all{subject, ""};
    Reach reach = low_limits();
    Context context;
    Deal deal;
    std::vector<Rational> points;       // of the deal, by actor of the table
    std::vector<const Scored*> better;  // the deals that dominate it
    std::vector<double> low, high;      // the range that shares are taken of, by actor
    bool feasible = false;

    Scene() {
        RC_LOG() << to_text(subject);
        if (*rc::gen::arbitrary<bool>())
            context.budget.request();
        for (const Issue& issue : subject.issues)
            deal.emplace_back(*rc::gen::inRange<std::size_t>(0, issue.options.size()));
        const Scores scores(subject);
        for (const ActorId actor : all.table.actors)
            points.push_back(scores.of(actor, deal));
        for (const Scored& scored : all.feasible) {
            feasible = feasible || scored.deal == deal;
            if (dominates(scored.points, points))
                better.push_back(&scored);
        }
        const space::Setup setup(subject, "", context, &deal, space::Tangled::bound, reach);
        for (const space::Span& span : space::spans(setup)) {
            const std::size_t p = low.size();
            low.push_back(setup.problem.rational(p, span.low + setup.problem.constant[p]).to_double());
            high.push_back(setup.problem.rational(p, span.high + setup.problem.constant[p]).to_double());
        }
    }

    [[nodiscard]] Named<std::string> named() const { return name_deal(subject, deal); }
    [[nodiscard]] std::size_t changes(const Deal& other) const {
        std::size_t count = 0;
        for (std::size_t i = 0; i < deal.size(); ++i)
            count += static_cast<std::size_t>(other[i] != deal[i]);
        return count;
    }
    [[nodiscard]] std::size_t fewest_changes() const {
        std::size_t fewest = deal.size() + 1;
        for (const Scored* other : better)
            fewest = std::min(fewest, changes(other->deal));
        return fewest;
    }
    [[nodiscard]] const Scored& dominating(const Named<std::string>& name) const {
        const Deal to = deal_from_names(subject, name);
        const auto found = std::ranges::find_if(better, [&](const Scored* one) { return one->deal == to; });
        RC_ASSERT(found != better.end());
        return **found;
    }
    [[nodiscard]] double gain(std::size_t p, const Scored& to) const {
        return (to.points[p] - points[p]).to_double();
    }
    [[nodiscard]] double width(std::size_t p) const { return high[p] - low[p]; }
    /// The smallest gain as a share of the ranges, of those that have any.
    [[nodiscard]] double least_share(const Scored& to) const {
        double least = kNobody;
        for (std::size_t p = 0; p < points.size(); ++p) {
            if (width(p) > 0)
                least = std::min(least, 100 * gain(p, to) / width(p));
        }
        return least;
    }
};

bool close(double a, double b) {
    return std::abs(a - b) <= 1e-7 * (1 + std::abs(a));
}

/// What an aim makes large: for the product the number of gainers comes first.
std::pair<std::size_t, double> worth(const Scene& scene, Aim aim, std::size_t actor, const Scored& to) {
    double sum = 0;
    double product = 1;
    std::size_t gainers = 0;
    for (std::size_t p = 0; p < scene.points.size(); ++p) {
        const double gain = scene.gain(p, to);
        sum += scene.width(p) > 0 ? 100 * gain / scene.width(p) : 0;
        product *= gain > 0 ? gain : 1;
        gainers += static_cast<std::size_t>(gain > 0);
    }
    switch (aim) {
        case Aim::even:
            return {0, scene.least_share(to)};
        case Aim::most:
            return {0, sum};
        case Aim::nash:
            return {gainers, product};
        case Aim::best_for:
        case Aim::fewest_changes:
            break;
    }
    return {0, scene.gain(actor, to)};
}

}  // namespace

RC_GTEST_PROP(TangledSpans, HoldEveryFeasibleDeal, ()) {
    const Scene scene;
    RC_ASSERT(!scene.low.empty() || scene.all.feasible.empty());
    for (const Scored& scored : scene.all.feasible) {
        for (std::size_t p = 0; p < scored.points.size(); ++p) {
            RC_ASSERT(scene.low[p] <= scored.points[p].to_double() + 1e-9);
            RC_ASSERT(scene.high[p] >= scored.points[p].to_double() - 1e-9);
        }
    }
}

RC_GTEST_PROP(TangledScore, NeverClaimsMoreThanIsProven, ()) {
    const Scene scene;
    space::ScoreOptions options;
    options.deal = scene.named();
    const auto result = space::score_within(scene.subject, options, scene.context, scene.reach);
    RC_ASSERT(result.feasible == scene.feasible);
    RC_ASSERT(result.exact == result.reason.empty());
    RC_ASSERT(!result.decided || result.efficient == scene.better.empty());
    RC_ASSERT(result.decided || !result.efficient);
    for (const space::DominatingDeal& one : result.dominated_by) {
        const Scored& real = scene.dominating(one.deal);
        RC_ASSERT(one.changes.size() == scene.changes(real.deal));
    }
    if (result.nearest_proven) {
        RC_ASSERT(result.dominated_by.empty() == scene.better.empty());
        if (!scene.better.empty())
            RC_ASSERT(result.dominated_by[0].changes.size() == scene.fewest_changes());
    }
    double farthest = 0;
    for (const Scored* other : scene.better)
        farthest = std::max(farthest, scene.least_share(*other));
    if (farthest < kNobody) {
        RC_ASSERT(result.distance <= farthest + 1e-7);
        RC_ASSERT(result.distance_bound.value_or(result.distance) >= farthest - 1e-7);
    }
    for (std::size_t p = 0; p < scene.points.size(); ++p) {
        const auto above = std::ranges::count_if(
            scene.all.feasible, [&](const Scored& other) { return other.points[p] > scene.points[p]; });
        RC_ASSERT(!result.ranks_exact || result.ranks[p].second == std::to_string(above + 1));
    }
    if (scene.feasible) {
        for (const auto& [actor, percent] : result.percent)
            RC_ASSERT(percent >= -1e-9 && percent <= 100 + 1e-9);
    }
}

RC_GTEST_PROP(TangledImprove, NeverClaimsMoreThanIsProven, ()) {
    const Scene scene;
    space::ImproveOptions options;
    options.deal = scene.named();
    const auto result = space::improve_within(scene.subject, options, scene.context, scene.reach);
    RC_ASSERT(result.exact == result.reason.empty());
    RC_ASSERT(!result.decided || result.efficient == scene.better.empty());
    RC_ASSERT(result.decided || (!result.efficient && result.packages.empty()));
    for (const space::Package& package : result.packages) {
        const Scored& real = scene.dominating(package.deal);
        RC_ASSERT(package.changes.size() == scene.changes(real.deal));
        if (package.aim == Aim::fewest_changes) {
            RC_ASSERT(!package.proven || package.changes.size() == scene.fewest_changes());
            continue;
        }
        std::size_t actor = 0;
        while (package.aim == Aim::best_for &&
               scene.subject[scene.all.table.actors[actor]].id != package.actor)
            ++actor;
        const auto mine = worth(scene, package.aim, actor, real);
        std::pair<std::size_t, double> best = mine;
        for (const Scored* other : scene.better)
            best = std::max(best, worth(scene, package.aim, actor, *other));
        if (package.aim == Aim::even && mine.second == kNobody) {
            RC_ASSERT(!package.value.has_value());
            continue;
        }
        RC_ASSERT(close(*package.value, mine.second));
        RC_ASSERT(package.bound.has_value() != package.proven);
        RC_ASSERT(!package.proven || (mine.first == best.first && close(mine.second, best.second)));
        if (!package.proven)
            RC_ASSERT(*package.bound >= best.second - 1e-7 * (1 + best.second));
    }
}

RC_GTEST_PROP(TangledOffers, AreRealAndMissNoneUnsaid, ()) {
    const Scene scene;
    RC_PRE(scene.points.size() > 1);
    space::ImproveOptions options;
    options.deal = scene.named();
    options.actor = scene.subject[scene.all.table.actors[0]].id;
    options.tolerance = 20;
    const auto result = space::improve_within(scene.subject, options, scene.context, scene.reach);
    const auto fits = [&](const Scored& scored) {
        const double more = scene.gain(0, scored);
        return more >= 0 && more <= 0.2 * scene.width(0) + 1e-7 &&
               std::all_of(scored.gains.begin() + 1, scored.gains.end(),
                           [](const Rational& gain) { return gain >= Rational(0); });
    };
    const auto others = [&](const Scored& scored) {
        double sum = 0;
        for (std::size_t p = 1; p < scored.points.size(); ++p)
            sum += scored.points[p].to_double() / (scene.width(p) > 0 ? scene.width(p) : 1);
        return sum;
    };
    for (const space::Offer& offer : result.offers) {
        const Deal to = deal_from_names(scene.subject, offer.deal);
        const auto real = std::ranges::find(scene.all.feasible, to, &Scored::deal);
        RC_ASSERT(real != scene.all.feasible.end());
        RC_ASSERT(fits(*real));
        if (&offer == &result.offers.front() && offer.proven) {
            for (const Scored& other : scene.all.feasible)
                RC_ASSERT(!fits(other) || others(other) <= others(*real) + 1e-4);
        }
    }
    if (result.offers.empty() && result.offers_complete)
        RC_ASSERT(std::ranges::none_of(scene.all.feasible, fits));
}

RC_GTEST_PROP(TangledTrades, FindTheSameSwaps, ()) {
    const Scene scene;
    space::TradesOptions options;
    options.deal = scene.named();
    options.count = 10000;
    const auto exact = space::trades(scene.subject, options, {});
    const auto result = space::trades_within(scene.subject, options, scene.context, scene.reach);
    RC_ASSERT(result.exact == result.reason.empty());
    RC_ASSERT(result.rates.size() == exact.rates.size());
    RC_ASSERT(result.swaps.size() == exact.swaps.size());
    for (const space::Swap& swap : result.swaps) {
        const auto key = [](const space::Swap& one) {
            return std::array{one.changes[0].issue, one.changes[0].to, one.changes[1].issue,
                              one.changes[1].to};
        };
        const auto same =
            std::ranges::find_if(exact.swaps, [&](const auto& o) { return key(o) == key(swap); });
        RC_ASSERT(same != exact.swaps.end());
        RC_ASSERT(swap.gains == same->gains);
        RC_ASSERT(swap.share <= same->share + 1e-9);
    }
}

}  // namespace steelyard::test
