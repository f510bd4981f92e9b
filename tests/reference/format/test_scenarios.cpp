// SPDX-License-Identifier: Apache-2.0
// Every published scenario, imported, against what an exhaustive evaluation by other programs found; the deals
// are evaluated here one by one.
#include "steelyard/format/case_file.hpp"
#include "steelyard/model/scores.hpp"
#include "steelyard/model/validate.hpp"
#include "support/foreign_scenarios.hpp"
#include "support/reference_data.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <functional>
#include <map>
#include <numeric>

namespace steelyard::test {
namespace {

/// Points of every deal as whole numbers on one scale an actor.
class Deals {
public:
    explicit Deals(const Case& subject) : subject_(subject), scores_(subject) {
        for (std::size_t a = 0; a < subject.actors.size(); ++a) {
            std::int64_t scale = scores_.no_deal(ActorId(a)).denominator();
            const auto widen = [&](const Rational& value) { scale = std::lcm(scale, value.denominator()); };
            for (std::size_t i = 0; i < subject.issues.size(); ++i) {
                for (std::size_t o = 0; o < subject.issues[i].options.size(); ++o)
                    widen(scores_.points(ActorId(a), IssueId(i), OptionId(o)));
            }
            for (const ScoreTerm& term : scores_.terms()) {
                for (const auto& [who, points] : term.points)
                    widen(points);
            }
            scales_.push_back(scale);
            no_deal_[a] = whole(scores_.no_deal(ActorId(a)), scale);
        }
    }

    [[nodiscard]] std::size_t actors() const { return scales_.size(); }
    [[nodiscard]] std::int64_t no_deal(std::size_t a) const { return no_deal_[a]; }
    [[nodiscard]] double real(std::size_t a, std::int64_t points) const {
        return static_cast<double>(points) / static_cast<double>(scales_[a]);
    }

    using Points = std::array<std::int64_t, 3>;
    void each(const std::function<void(const Points&)>& visit) {
        Points sum{};
        deal_.resize(subject_.issues.size());
        descend(0, sum, visit);
    }

private:
    static std::int64_t whole(const Rational& value, std::int64_t scale) {
        return value.numerator() * (scale / value.denominator());
    }

    void descend(std::size_t i, Points& sum, const std::function<void(const Points&)>& visit) {
        if (i == subject_.issues.size()) {
            for (const ScoreTerm& term : scores_.terms()) {
                if (!term.when.holds(deal_))
                    continue;
                for (const auto& [who, points] : term.points)
                    sum[who.index] += whole(points, scales_[who.index]);
            }
            visit(sum);
            return;
        }
        for (std::size_t o = 0; o < subject_.issues[i].options.size(); ++o) {
            Points next = sum;
            deal_[i] = OptionId(o);
            for (std::size_t a = 0; a < actors(); ++a)
                next[a] += whole(scores_.points(ActorId(a), IssueId(i), OptionId(o)), scales_[a]);
            descend(i + 1, next, visit);
        }
    }

    const Case& subject_;
    Scores scores_;
    std::vector<std::int64_t> scales_;
    Points no_deal_{};
    Deal deal_;
};

/// The points that no other point dominates: a sorted sweep that asks every point kept so far.
std::vector<Deals::Points> frontier_of(std::vector<Deals::Points> points) {
    std::ranges::sort(points, std::greater<>{});
    const auto repeated = std::ranges::unique(points);
    points.erase(repeated.begin(), repeated.end());
    std::vector<Deals::Points> kept;
    for (const Deals::Points& point : points) {
        const bool dominated = std::ranges::any_of(kept, [&](const Deals::Points& other) {
            return std::ranges::equal(point, other, std::less_equal<>{});
        });
        if (!dominated)
            kept.push_back(point);
    }
    return kept;
}

/// The best value of a concept over the deals, and how many deals reach it.
struct Best {
    double value = 0;
    std::size_t ties = 0;
    void offer(double candidate) {
        const double near = tolerance(value);
        if (ties == 0 || candidate > value + near) {
            value = candidate;
            ties = 1;
        } else if (candidate >= value - near) {
            ++ties;
        }
    }
};

/// The points of the deal that a published optimum names by its values.
std::vector<double> points_of(const Case& subject, const Value& outcome) {
    const Scores scores(subject);
    Deal deal;
    for (std::size_t i = 0; i < subject.issues.size(); ++i) {
        const Value& value = (*outcome.get<Value::List>())[i];
        const auto* number = value.get<std::int64_t>();
        const std::string name = number != nullptr ? std::to_string(*number) : *value.get<std::string>();
        const auto& options = subject.issues[i].options;
        const auto found = std::ranges::find(options, name, &Option::name);
        if (found == options.end()) {
            ADD_FAILURE() << "no option " << name;
            return {};
        }
        deal.emplace_back(static_cast<std::size_t>(found - options.begin()));
    }
    std::vector<double> points;
    for (std::size_t a = 0; a < subject.actors.size(); ++a)
        points.push_back(scores.of(ActorId(a), deal).to_double());
    return points;
}

void check(const ForeignScenario& scenario) {
    const Case& subject = scenario.imported.value;
    EXPECT_TRUE(defects(subject).empty());
    EXPECT_EQ(read_case(write_case(subject), "again").value, subject);

    Deals deals(subject);
    const std::size_t n = deals.actors();
    const std::vector<double> reservations = scenario.numbers("rv");
    ASSERT_EQ(reservations.size(), n);
    for (std::size_t a = 0; a < n; ++a)
        EXPECT_NEAR(deals.real(a, deals.no_deal(a)), reservations[a], tolerance(reservations[a]));

    const bool filtered = scenario.reading == "raw";
    std::size_t count = 0;
    std::vector<double> low(n, 1e300);
    std::vector<double> high(n, -1e300);
    std::vector<Deals::Points> competing;
    deals.each([&](const Deals::Points& points) {
        ++count;
        bool acceptable = true;
        for (std::size_t a = 0; a < n; ++a) {
            low[a] = std::min(low[a], deals.real(a, points[a]));
            high[a] = std::max(high[a], deals.real(a, points[a]));
            acceptable = acceptable && points[a] >= deals.no_deal(a);
        }
        if (acceptable || !filtered)
            competing.push_back(points);
    });
    EXPECT_EQ(count, static_cast<std::size_t>(scenario.number("n")));
    EXPECT_EQ(competing.size(), static_cast<std::size_t>(scenario.number("n_rational")));
    for (std::size_t a = 0; a < n; ++a) {
        EXPECT_NEAR(low[a], scenario.numbers("min")[a], tolerance(low[a]));
        EXPECT_NEAR(high[a], scenario.numbers("max")[a], tolerance(high[a]));
    }

    // The published surpluses are those above the reservation value or the worst deal, whichever is more, and
    // ties are counted among frontier points.
    std::vector<double> base(n);
    for (std::size_t a = 0; a < n; ++a)
        base[a] = std::max(low[a], deals.real(a, deals.no_deal(a)));
    const std::vector<Deals::Points> frontier = frontier_of(std::move(competing));
    std::vector<std::vector<double>> frontier_points;
    std::map<std::string, Best> best;
    for (const Deals::Points& points : frontier) {
        std::vector<double>& real = frontier_points.emplace_back();
        double product = 1;
        double product_of_gains = 1;
        double sum = 0;
        double least = 1e300;
        double least_share = 1e300;
        for (std::size_t a = 0; a < n; ++a) {
            real.push_back(deals.real(a, points[a]));
            const double surplus = real[a] - base[a];
            product *= std::max(surplus, 0.0);
            product_of_gains *= std::max(deals.real(a, points[a] - deals.no_deal(a)), 0.0);
            sum += real[a];
            least = std::min(least, surplus);
            least_share = std::min(least_share, surplus / (high[a] - base[a]));
        }
        best["nash"].offer(product);
        best["nash0"].offer(product_of_gains);
        best["welfare"].offer(sum);
        best["kalai"].offer(least);
        best["ks_true_maxmin"].offer(least_share);
    }
    for (const auto& [name, found] : best) {
        const Value* known = scenario.optimum(name);
        ASSERT_NE(known, nullptr) << name;
        const double value = *known->find("value")->number();
        EXPECT_NEAR(found.value, value, tolerance(value)) << name;
        const Value::List& outcomes = *known->find("outcomes")->get<Value::List>();
        const Value::List& utilities = *known->find("utils")->get<Value::List>();
        const std::vector<double> points = points_of(subject, outcomes.front());
        for (std::size_t a = 0; a < points.size(); ++a)
            EXPECT_NEAR(points[a], *(*utilities.front().get<Value::List>())[a].number(),
                        tolerance(points[a]));
        EXPECT_EQ(found.ties, static_cast<std::size_t>(*known->find("n_ties")->number())) << name;
    }
    EXPECT_EQ(compare_frontier(scenario, frontier_points), "");
}

TEST(ForeignScenarios, SayWhatTheyShouldUnderBothReadings) {
    STEELYARD_REFERENCE_OR_SKIP(folder, "space");
    const auto scenarios = foreign_scenarios(folder);
    ASSERT_EQ(scenarios.size(), 28U);  // 13 of GENIUS twice, one each of GeniusWeb and NegMAS
    for (const ForeignScenario& scenario : scenarios) {
        SCOPED_TRACE(scenario.name + ", " + scenario.reading + " reading");
        check(scenario);
    }
}

}  // namespace
}  // namespace steelyard::test
