// SPDX-License-Identifier: Apache-2.0
#include "steelyard/core/error.hpp"
#include "steelyard/evidence/pool.hpp"
#include "steelyard/evidence/pooled_spreads.hpp"
#include "steelyard/format/case_file.hpp"
#include "steelyard/model/numbers.hpp"
#include "steelyard/model/validate.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

using namespace steelyard;
using namespace steelyard::evidence;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

namespace {

const Case& harbour() {
    static const Case subject = read_case(R"(steelyard: 1
case: harbour
actors:
  port: {capability: 60}
  carrier: {capability: {value: 40, spread: 10, because: [fleet]}}
issues:
  rent: {options: [low, middle, high], status_quo: low}
  jobs: {options: [few, many]}
preferences:
  port:
    no_deal: {low: 10, best: 30, high: 40, because: [letter, offer]}
    points:
      rent: {low: 0, middle: {value: 30, spread: 4, because: [letter]}, high: {value: 50, because: [letter]}}
      jobs: {few: 0, many: {uniform: [20, 30], because: [offer]}}
  carrier:
    positions:
      rent: {position: {value: 10, because: [letter]}, salience: {normal: [70, 5], because: [fleet]}}
      jobs: {position: 20..30, salience: 40}
sources:
  gazette: {title: Gazette, origin: agency}
  herald: {title: Herald, origin: agency}
  records: {title: Records}
claims:
  letter: {kind: fact, text: The port wrote., source: gazette}
  offer: {kind: fact, text: A rival offers., source: herald}
  fleet: {kind: fact, text: The fleet grows., source: records}
)",
                                          "harbour")
                                    .value;
    return subject;
}

Number number_at(const Case& subject, const std::string& address) {
    const std::string pointer = resolve_number(subject, address);
    Number found;
    for_each_number(subject, [&](const std::string& at, const Number& number) {
        if (at == pointer)
            found = number;
    });
    return found;
}

ClaimVote vote(std::string claim, std::string reader, std::optional<bool> there,
               std::optional<bool> supports = {}, std::optional<int> impact = {}, std::string number = {}) {
    return {std::move(claim), std::move(reader), there, supports, impact, std::move(number)};
}

std::string after(const Judgements& judgements, const std::string& address) {
    return number_text(number_at(with_pooled_spreads(harbour(), judgements).subject, address));
}

rc::Gen<std::vector<ClaimVote>> any_votes() {
    const auto answer = rc::gen::map(
        rc::gen::inRange(0, 3), [](int i) { return i == 2 ? std::optional<bool>() : std::optional(i == 1); });
    const auto impact = rc::gen::map(rc::gen::inRange(-1, 5),
                                     [](int i) { return i < 0 ? std::optional<int>() : std::optional(i); });
    const auto one = rc::gen::apply(
        [](std::string claim, std::optional<bool> there, std::optional<bool> supports,
           std::optional<int> weight) { return vote(std::move(claim), {}, there, supports, weight); },
        rc::gen::element<std::string>("letter", "offer", "fleet"), answer, answer, impact);
    return rc::gen::map(rc::gen::container<std::vector<ClaimVote>>(one), [](std::vector<ClaimVote> votes) {
        for (std::size_t i = 0; i < votes.size(); ++i)
            votes[i].reader = "r" + std::to_string(i);
        return votes;
    });
}

double width(const Number& number) {
    const auto [low, high] = number.range();
    return high - low;
}

}  // namespace

TEST(PooledSpreads, NarrowWhereReadersAgreeThatItHolds) {
    // Three of three: Beta mean 4/5, so the width is 1 / (2 * 0.8) = 0.625 of the stated one.
    const Judgements three{
        {vote("letter", "a", true), vote("letter", "b", true), vote("letter", "c", true)}, {}, {}, {}};
    EXPECT_EQ(after(three, "rent.middle.port"), "{value: 30, spread: 2.5}");
    EXPECT_EQ(after(three, "rent.high.port"), "50") << "an exact number stays exact";
    EXPECT_EQ(after(three, "no_deal.port"), "{low: 17.5, best: 30, high: 36.25}");
}

TEST(PooledSpreads, WidenTowardsTheFullRangeWhereTheyDoNot) {
    // Three of three against: Beta mean 1/5, so 3/5 of the way to the full range.
    const Judgements three{
        {vote("letter", "a", true, false), vote("letter", "b", true, false), vote("letter", "c", {}, false)},
        {},
        {},
        {}};
    EXPECT_EQ(after(three, "rent.high.port"), "{low: 20, best: 50, high: 50}") << "points run from 0 to 50";
    EXPECT_EQ(after(three, "rent.middle.port"), "{low: 10.4, best: 30, high: 43.6}");
    EXPECT_EQ(after(three, "rent.position.carrier"), "{low: 4, best: 10, high: 64}");
}

TEST(PooledSpreads, TheWeakestLinkCountsAndImpactWeighs) {
    // `there` 4/5 but a probability of 0.3: the claim is as strong as its weakest part.
    const Judgements mixed{{vote("fleet", "a", true), vote("fleet", "b", true), vote("fleet", "c", true)},
                           {{"claim:fleet", "x", 0.2}, {"claim:fleet", "y", 0.4}},
                           {},
                           {}};
    const PooledCase pooled = with_pooled_spreads(harbour(), mixed);
    ASSERT_EQ(pooled.changes.size(), 2U);
    EXPECT_NEAR(pooled.changes[0].support, 0.3, 1e-12);
    EXPECT_THAT(pooled.changes[0].why, HasSubstr("40 % of the way"));
    // Letter and offer have one origin: one witness with the mean of both, weighted 3 to 1.
    const Judgements two{{vote("letter", "a", true, {}, 3), vote("offer", "a", false, {}, 1)}, {}, {}, {}};
    for (const SpreadChange& change : with_pooled_spreads(harbour(), two).changes) {
        if (change.number == "/preferences/port/no_deal") {
            EXPECT_NEAR(change.support, (3 * 2.0 / 3 + 1 * 1.0 / 3) / 4, 1e-12);
        }
    }
    // A claim that matters not at all changes nothing.
    EXPECT_THAT(with_pooled_spreads(harbour(), {{vote("fleet", "a", false, false, 0)}, {}, {}, {}}).changes,
                IsEmpty());
}

TEST(PooledSpreads, AnswersAboutOneNumberStandBeforeGeneralOnes) {
    const std::string rent = "/preferences/port/points/rent/middle";
    const Judgements special{{vote("letter", "a", true), vote("letter", "a", {}, false, {}, rent),
                              vote("letter", "b", true, true)},
                             {},
                             {},
                             {}};
    double general = 0;
    double own = 0;
    for (const SpreadChange& change : with_pooled_spreads(harbour(), special).changes)
        (change.number == rent ? own : general) = change.support;
    EXPECT_NEAR(own, 0.5, 1e-12) << "one up, one down";
    EXPECT_NEAR(general, 2.0 / 3, 1e-12) << "the other numbers have one up only";
}

TEST(PooledSpreads, ExpertsReplaceTheSpreadNotTheCentre) {
    Judgements experts;
    experts.estimates = {{"/preferences/carrier/positions/jobs/salience", "x", 50, 60, 90, 0.9}};
    EXPECT_EQ(after(experts, "jobs.salience.carrier"), "{low: 40, best: 40, high: 90}");
    experts.estimates = {{"/preferences/carrier/positions/jobs/salience", "x", 30, 40, 90, 0.45}};
    EXPECT_EQ(after(experts, "jobs.salience.carrier"), "{low: 20, best: 40, high: 100}")
        << "stretched to 90 %, cut to the scale";
}

TEST(PooledSpreads, NumbersWithNothingLeftTakeTheirFullRange) {
    const Case widened = with_full_ranges(harbour(), {"rent.middle.port", "no_deal.port"});
    EXPECT_EQ(number_text(number_at(widened, "rent.middle.port")), "{low: 0, best: 30, high: 50}");
    EXPECT_EQ(number_text(number_at(widened, "no_deal.port")), "{low: 0, best: 30, high: 75}");
    EXPECT_EQ(number_at(widened, "rent.high.port"), number_at(harbour(), "rent.high.port"));
    EXPECT_THROW(with_full_ranges(harbour(), {"nothing.at.all"}), Error);
}

RC_GTEST_PROP(PooledSpreadsProperty, NeverMoveACentreOrBreakACase, ()) {
    const Judgements judgements{*any_votes(), {}, {}, {}};
    const PooledCase pooled = with_pooled_spreads(harbour(), judgements);
    RC_ASSERT(defects(pooled.subject).empty());
    std::map<std::string, Number> stated;
    for_each_number(harbour(), [&](const std::string& at, const Number& number) { stated[at] = number; });
    std::map<std::string, double> supports;
    for (const SpreadChange& change : pooled.changes)
        supports[change.number] = change.support;
    for_each_number(pooled.subject, [&](const std::string& at, const Number& number) {
        RC_ASSERT(number.best() == stated[at].best());
        RC_ASSERT(number.basis == stated[at].basis);
        if (!supports.contains(at))
            RC_ASSERT(number == stated[at]);
        else if (supports[at] > 0.5)
            RC_ASSERT(std::abs(width(number) - width(stated[at]) / (2 * supports[at])) < 1e-6);
        else
            RC_ASSERT(width(number) >= width(stated[at]) - 1e-6);  // rounded as above
    });
    // The file says the same.
    RC_ASSERT(read_case(write_case(pooled.subject), "pooled").value == pooled.subject);
}

RC_GTEST_PROP(PooledSpreadsProperty, ForgetTheOrderOfVotesAndTheNamesOfReaders, ()) {
    std::vector<ClaimVote> votes = *any_votes();
    const Case once = with_pooled_spreads(harbour(), {votes, {}, {}, {}}).subject;
    std::ranges::reverse(votes);
    for (ClaimVote& each : votes)
        each.reader = "x" + each.reader;
    RC_ASSERT(with_pooled_spreads(harbour(), {votes, {}, {}, {}}).subject == once);
}

RC_GTEST_PROP(PooledSpreadsProperty, AnotherUpVoteNeverWidens, ()) {
    std::vector<ClaimVote> votes = *any_votes();
    votes.push_back(vote("fleet", "first", true));  // so that the claim is judged before and after
    const auto salience = [&] {
        return width(
            number_at(with_pooled_spreads(harbour(), {votes, {}, {}, {}}).subject, "rent.salience.carrier"));
    };
    // A question nobody answered yet may turn out to be the weakest; so the same questions as before.
    const double before = salience();
    votes.push_back(vote("fleet", "new", true));
    RC_ASSERT(salience() <= before + 1e-9);
}

// ---- the analysis -------------------------------------------------------------------------------

TEST(Pool, SaysWhatManyThink) {
    PoolOptions options;
    for (int i = 0; i < 9; ++i)
        options.votes.push_back("letter r" + std::to_string(i) + (i < 7 ? " up - 4" : " down up -"));
    options.votes.emplace_back("offer r0 up down -");
    options.votes.emplace_back("offer r1 - up -");
    options.chances = {"event:deal x 0.9", "event:deal y 0.5", "claim:fleet x 0.5"};
    options.estimates = {"jobs.salience.carrier x 30 40 50", "jobs.salience.carrier y 45 50 60 0.9"};
    const PoolResult result = pool(harbour(), options, {});
    EXPECT_EQ(result.readers, 9);
    EXPECT_EQ(result.experts, 2);
    ASSERT_EQ(result.votes.size(), 4U);
    EXPECT_EQ(result.votes[0].claim, "letter");
    EXPECT_DOUBLE_EQ(result.votes[0].mean, 8.0 / 11);
    EXPECT_NEAR(result.votes[0].low, 0.452589, 5e-7);
    EXPECT_TRUE(result.votes[0].contested);
    EXPECT_EQ(result.votes[1].not_evaluated, 7);
    EXPECT_EQ(result.votes[1].up, 2);
    EXPECT_EQ(result.votes[2].down, 0);
    EXPECT_EQ(result.votes[2].not_evaluated, 1);
    EXPECT_EQ(result.votes[3].disagreement, 1);
    ASSERT_EQ(result.impacts.size(), 1U);
    EXPECT_EQ(result.impacts[0].mean, 4);
    ASSERT_EQ(result.chances.size(), 2U);
    EXPECT_NEAR(result.chances[1].log_odds, 0.75, 1e-12);
    ASSERT_EQ(result.estimates.size(), 1U);
    EXPECT_NEAR(result.estimates[0].overlap, 5.0 / 30, 1e-12);
    EXPECT_THAT(result.contested, testing::Contains("/preferences/port/no_deal"));
    EXPECT_THAT(result.unjudged, IsEmpty());
    EXPECT_EQ(pool_spreads(harbour(), options).subject,
              with_pooled_spreads(harbour(), read_judgements(harbour(), options)).subject);
}

TEST(Pool, WeighsExpertsByWhatTheyKnew) {
    PoolOptions options;
    for (int i = 0; i < 10; ++i) {
        const std::string seed = "event:s" + std::to_string(i);
        const int truth = 100 + 10 * i;
        const int miss = i % 2 == 0 ? 3 : -3;
        options.estimates.push_back(seed + " good " + std::to_string(truth - 10 + miss) + ' ' +
                                    std::to_string(truth + miss) + ' ' + std::to_string(truth + 10 + miss));
        options.estimates.push_back(seed + " bad " + std::to_string(truth + 20) + ' ' +
                                    std::to_string(truth + 21) + ' ' + std::to_string(truth + 22));
        options.truths.emplace_back(seed, truth);
    }
    options.estimates.emplace_back("jobs.salience.carrier good 30 40 50");
    options.estimates.emplace_back("jobs.salience.carrier bad 90 95 99");
    const PoolResult result = pool(harbour(), options, {});
    ASSERT_EQ(result.weights.size(), 4U);
    EXPECT_EQ(result.weights[1].expert, "good");
    EXPECT_NEAR(result.weights[1].weight, 1, 1e-9);
    EXPECT_EQ(result.weights[1].seeds, 10);
    EXPECT_EQ(result.weights[2].expert, "pool:performance");
    ASSERT_EQ(result.numbers.size(), 1U);
    EXPECT_EQ(result.numbers[0].after, "{low: 30, best: 40, high: 50}");
    options.weighting = Weighting::equal;
    EXPECT_THAT(pool(harbour(), options, {}).numbers[0].after, HasSubstr("high: 9"));
}

TEST(Pool, NamesEveryLineThatIsWrong) {
    PoolOptions options;
    options.votes = {"letter a up up 7", "letter a up", "letter b yes - -", "letter c up - 2 rent.high.port",
                     "letter c up - 2 /preferences/port/points/rent/high"};
    options.chances = {"event:deal x 1.5", "deal x 0.5"};
    options.estimates = {"jobs.salience.carrier x 50 40 60", "jobs.salience.carrier x 40 40 60 0"};
    try {
        pool(harbour(), options, {});
        FAIL() << "nothing was refused";
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::invalid_option);
        EXPECT_EQ(error.problems().size(), 8U);
        EXPECT_EQ(error.problems()[3].place.pointer, "/votes/4");
        EXPECT_THAT(error.problems()[3].message, HasSubstr("twice"));
    }
    options = {};
    options.votes = {"leter a up up 2"};
    options.estimates = {"jobs.salienc.carrier x 30 40 60"};
    try {
        pool(harbour(), options, {});
        FAIL() << "nothing was refused";
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::unknown_name);
        ASSERT_EQ(error.problems().size(), 2U);
        EXPECT_EQ(error.problems()[0].nearest, "letter");
    }
}
