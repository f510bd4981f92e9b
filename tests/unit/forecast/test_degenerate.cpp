// SPDX-License-Identifier: Apache-2.0
// What breaks models of this kind: every analysis, with its whole result, on full agreement, zero salience and
// capability, missing positions, one actor, two actors, ties, and numbers of very different size.
#include "steelyard/core/random.hpp"
#include "steelyard/forecast/backtest.hpp"
#include "steelyard/forecast/challenge.hpp"
#include "steelyard/forecast/compromise.hpp"
#include "steelyard/forecast/election.hpp"
#include "steelyard/forecast/exchange.hpp"
#include "steelyard/forecast/forecast.hpp"
#include "steelyard/forecast/median.hpp"
#include "steelyard/forecast/nash_bargaining.hpp"
#include "steelyard/forecast/procedural.hpp"
#include "steelyard/forecast/spatial.hpp"
#include "steelyard/forecast/stacked.hpp"
#include "unit/forecast/random_input.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

namespace steelyard::forecast {
namespace {

/// A stance of a row: position and salience, or none.
using Stand = std::optional<std::pair<std::int64_t, std::int64_t>>;

struct Row {
    std::string capability;
    std::vector<Stand> stands;
};

Case make(const std::vector<Row>& rows, std::optional<std::size_t> status_quo = std::nullopt) {
    Case subject;
    subject.id = "degenerate";
    for (std::size_t k = 0; k < rows.front().stands.size(); ++k) {
        const std::string id = "k" + std::to_string(k);
        subject.issues.push_back({id,
                                  id,
                                  "",
                                  {},
                                  {{"low", "", "", 0}, {"mid", "", "", 40}, {"high", "", "", 100}},
                                  false,
                                  std::nullopt});
        if (status_quo) {
            subject.issues.back().status_quo = OptionId(*status_quo);
        }
        subject.outcome.push_back({IssueId(k), Rational(30)});
    }
    for (std::size_t a = 0; a < rows.size(); ++a) {
        const std::string id = "a" + std::to_string(a);
        subject.actors.push_back({id, id, "", Number(*Rational::parse(rows[a].capability))});
        Stances stances;
        for (const Stand& stand : rows[a].stands) {
            stances.stances.push_back(
                stand ? std::optional(Stance{Number(stand->first), Number(stand->second)}) : std::nullopt);
        }
        subject.preferences.push_back({ActorId(a), std::nullopt, std::move(stances), {}});
    }
    return subject;
}

/// The first number of a result that is none, as a path; empty when all are finite.
std::string not_finite(const Value& value, const std::string& path) {
    if (const auto* number = value.get<double>()) {
        return std::isfinite(*number) ? "" : path;
    }
    if (const auto* list = value.get<Value::List>()) {
        for (std::size_t i = 0; i < list->size(); ++i) {
            if (auto found = not_finite((*list)[i], path + '/' + std::to_string(i)); !found.empty()) {
                return found;
            }
        }
    }
    if (const auto* map = value.get<Value::Map>()) {
        for (const auto& [name, item] : *map) {
            if (auto found = not_finite(item, path + '/' + name); !found.empty()) {
                return found;
            }
        }
    }
    return {};
}

/// Every analysis of the module on a case, under its name.
Named<Value> all_results(const Case& subject) {
    const Context context;
    Named<Value> results;
    results.emplace_back("compromise", to_value(compromise(subject, {}, context)));
    results.emplace_back("median", to_value(median(subject, {}, context)));
    for (const auto& choice : choices_of(Disagreement{})) {
        NashBargainingOptions options;
        options.disagreement = choice.value;
        results.emplace_back("nash_bargaining", to_value(nash_bargaining(subject, options, context)));
    }
    const ForecastInput input = forecast_input(subject);
    ProceduralOptions setter;
    setter.setter = input.actors.front();
    setter.quota = 1;
    setter.vetoes = {input.actors.back()};
    results.emplace_back("procedural", to_value(procedural(subject, {}, context)));
    results.emplace_back("procedural", to_value(procedural(subject, setter, context)));
    results.emplace_back("election", to_value(election(subject, {}, context)));
    for (const auto& choice : choices_of(ChallengePreset{})) {
        ChallengeOptions options;
        options.preset = choice.value;
        results.emplace_back("challenge", to_value(challenge(subject, options, context)));
    }
    ExchangeOptions drawn;
    drawn.rounds = 3;
    drawn.gain_share = 1;
    drawn.replications = 3;
    results.emplace_back("exchange", to_value(exchange(subject, {}, context)));
    results.emplace_back("exchange", to_value(exchange(subject, drawn, context)));
    for (const auto& choice : choices_of(BargainRule{})) {
        SpatialOptions options;
        options.bargain = choice.value;
        options.turns = 20;
        results.emplace_back("spatial", to_value(spatial(subject, options, context)));
    }
    results.emplace_back("forecast", to_value(forecast(subject, {}, context)));
    BacktestOptions few;
    few.resamples = 100;
    results.emplace_back("backtest", to_value(backtest(std::vector{subject}, few, context)));
    return results;
}

void expect_finite(const Case& subject) {
    for (const auto& [name, result] : all_results(subject)) {
        EXPECT_EQ(not_finite(result, name), "");
    }
}

/// Every model's word on the first issue.
void expect_all_say(const Case& subject, double place) {
    const ForecastInput input = forecast_input(subject);
    for (const Model model : base_models()) {
        const auto value = run_models(input, std::array{model}, {}).values[0][0];
        ASSERT_TRUE(value.has_value()) << name_of(model);
        EXPECT_NEAR(*value, place, 1e-9) << name_of(model);
    }
}

const Stand kLow{{0, 60}}, kMiddle{{40, 50}}, kHigh{{100, 40}}, kIdle{{70, 0}}, kNone;

TEST(Degenerate, FullAgreementIsTheForecast) {
    const Case subject =
        make({{"1", {kMiddle, kMiddle}}, {"3", {kMiddle, kMiddle}}, {"2", {kMiddle, kMiddle}}});
    expect_finite(subject);
    expect_all_say(subject, 40);
    EXPECT_EQ(spatial(subject, {}, {}).end, SpatialEnd::agreed);
    EXPECT_TRUE(exchange(subject, {}, {}).rounds.front().exchanges.empty());
}

TEST(Degenerate, OneActorHasItsWay) {
    const Case subject = make({{"2", {kHigh, kLow}}});
    expect_finite(subject);
    expect_all_say(subject, 100);
}

TEST(Degenerate, TwoActorsAtTheEnds) {
    for (const std::string& strength :
         {std::string("1"), std::string("1000000000000"), std::string("0.000000001")}) {
        expect_finite(make({{"1", {kLow, kHigh}}, {strength, {kHigh, kLow}}}));
        expect_finite(make({{"1", {kLow, kHigh}}, {strength, {kHigh, kLow}}}, 0));
    }
}

TEST(Degenerate, NobodyCares) {
    const Case subject = make({{"1", {kIdle, kLow}}, {"2", {kIdle, kHigh}}});
    expect_finite(subject);
    for (const Model model : base_models()) {
        const auto values = run_models(forecast_input(subject), std::array{model}, {}).values[0];
        if (model != Model::procedural) {  // votes count there, not saliences
            EXPECT_FALSE(values[0].has_value()) << name_of(model);
        }
        EXPECT_TRUE(values[1].has_value()) << name_of(model);
    }
    expect_finite(make({{"1", {kIdle}}, {"2", {kIdle}}}));
}

TEST(Degenerate, NobodyIsCapable) {
    const Case subject = make({{"0", {kLow, kHigh}}, {"0", {kHigh, kLow}}, {"0", {kMiddle, kNone}}}, 1);
    expect_finite(subject);
    for (const Model model : base_models()) {
        EXPECT_FALSE(run_models(forecast_input(subject), std::array{model}, {}).values[0][0].has_value())
            << name_of(model);
    }
}

TEST(Degenerate, MissingPositions) {
    const Case subject =
        make({{"1", {kLow, kNone, kNone}}, {"2", {kNone, kHigh, kNone}}, {"3", {kHigh, kMiddle, kNone}}});
    expect_finite(subject);
    const ForecastInput input = forecast_input(subject);
    for (const Model model : base_models()) {
        const auto values = run_models(input, std::array{model}, {}).values[0];
        EXPECT_TRUE(values[0].has_value() && values[1].has_value()) << name_of(model);
        EXPECT_FALSE(values[2].has_value()) << name_of(model) << ": nobody has a position";
    }
}

TEST(Degenerate, Ties) {
    // Everything is symmetric about the middle of both issues.
    const Stand low{{0, 50}};
    const Stand high{{100, 50}};
    const Case subject =
        make({{"1", {low, low}}, {"1", {low, high}}, {"1", {high, low}}, {"1", {high, high}}}, 1);
    expect_finite(subject);
    for (const Model model : {Model::compromise, Model::median, Model::nash_bargaining, Model::election}) {
        EXPECT_NEAR(*run_models(forecast_input(subject), std::array{model}, {}).values[0][0], 50, 1e-6)
            << name_of(model);
    }
}

RC_GTEST_PROP(Degenerate, NoResultHoldsANumberThatIsNone, (std::uint32_t seed)) {
    RandomStream draw(seed, 6, 0);
    const std::size_t n = 1 + draw.below(4);
    const std::size_t m = 1 + draw.below(3);
    constexpr std::array capabilities = {"0", "1", "1", "2.5", "1000000000000", "0.000000000001"};
    const std::array stands = {kLow, kMiddle, kHigh, kIdle, kNone, Stand{{100, 100}}, Stand{{50, 1}}};
    std::vector<Row> rows(n);
    bool somebody = false;
    for (Row& row : rows) {
        row.capability = capabilities[draw.below(capabilities.size())];
        for (std::size_t k = 0; k < m; ++k) {
            row.stands.push_back(stands[draw.below(stands.size())]);
            somebody = somebody || row.stands.back().has_value();
        }
    }
    RC_PRE(somebody);
    const Case subject =
        make(rows, draw.below(2) == 0 ? std::nullopt : std::optional<std::size_t>(draw.below(3)));
    for (const auto& [name, result] : all_results(subject)) {
        RC_ASSERT(not_finite(result, name) == "");
    }
}

RC_GTEST_PROP(Degenerate, EveryModelStaysOnTheScaleOnAnyInput, (std::uint32_t seed)) {
    const ForecastInput input = random_input(seed, seed % 3 != 0);
    std::vector<Model> models;
    for (const auto& choice : choices_of(Model{})) {
        models.push_back(choice.value);
    }
    for (const auto& values : run_models(input, models, {}).values) {
        RC_ASSERT(on_scale(values));
    }
}

template <class E>
E any_of(RandomStream& draw) {
    const auto& choices = choices_of(E{});
    return choices[draw.below(std::size(choices))].value;
}

RC_GTEST_PROP(Degenerate, EveryModelStaysOnTheScaleUnderAnyOptions, (std::uint32_t seed)) {
    const ForecastInput input = random_input(seed, seed % 3 != 0);
    RandomStream draw(seed, 8, 0);
    const auto coin = [&draw] { return draw.below(2) == 0; };
    const Context context;
    const Weighting weights = any_of<Weighting>(draw);
    RC_ASSERT(on_scale(compromise_values(input, weights)));
    RC_ASSERT(on_scale(median_values(input, weights, any_of<MedianTie>(draw))));
    RC_ASSERT(on_scale(election_values(
        input, weights, {any_of<VotingRule>(draw), any_of<Victory>(draw), any_of<Conversion>(draw)})));
    ProceduralOptions rule;
    rule.weights = weights;
    rule.quota = draw.uniform();
    if (coin()) {
        rule.setter = input.actors[draw.below(input.actor_count())];
    }
    if (coin()) {
        rule.vetoes = {input.actors[draw.below(input.actor_count())]};
    }
    RC_ASSERT(on_scale(procedural_values(input, rule)));
    ChallengeOptions challenge;
    challenge.preset = any_of<ChallengePreset>(draw);
    challenge.votes = any_of<ChallengeVotes>(draw);
    challenge.range = any_of<ChallengeRange>(draw);
    challenge.status_quo_chance = coin() ? 1 : 0.5;
    challenge.view = any_of<ChallengeView>(draw);
    challenge.reverse_risk = any_of<ReverseRisk>(draw);
    challenge.risk_attitudes = coin();
    challenge.capitulation = coin();
    challenge.offers = any_of<OfferChoice>(draw);
    RC_ASSERT(on_scale(challenge_values(input, challenge, context)));
    ExchangeOptions exchange;
    exchange.rounds = 1 + static_cast<int>(draw.below(4));
    exchange.ties = any_of<ExchangeTies>(draw);
    exchange.gain_share = coin() ? 0 : draw.uniform();
    exchange.replications = 1 + static_cast<int>(draw.below(3));
    RC_ASSERT(on_scale(exchange_values(input, exchange, context)));
    SpatialOptions spatial;
    spatial.turns = 1 + static_cast<int>(draw.below(12));
    spatial.voting = any_of<VotingRule>(draw);
    spatial.victory = any_of<Victory>(draw);
    spatial.conversion = any_of<Conversion>(draw);
    spatial.transitions = any_of<Transitions>(draw);
    spatial.risk = any_of<RiskRange>(draw);
    spatial.belief = any_of<RiskBelief>(draw);
    spatial.third_parties = any_of<ThirdParties>(draw);
    spatial.bargain = any_of<BargainRule>(draw);
    spatial.ideals_follow = draw.uniform();
    RC_ASSERT(on_scale(spatial_values(input, spatial, context)));
}

}  // namespace
}  // namespace steelyard::forecast
