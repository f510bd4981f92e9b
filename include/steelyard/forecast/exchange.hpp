// SPDX-License-Identifier: Apache-2.0
#pragma once
/// The exchange model: two actors on opposite sides of the likely outcome of two issues each give way on the
/// issue that matters less to it, so that both gain (F. N. Stokman & R. Van Oosten, "The exchange of voting
/// positions", in B. Bueno de Mesquita & F. N. Stokman (eds.), European Community Decision Making, Yale 1994).
/// What a bargain does to everybody else is its externality (J. Dijkstra, M. A. L. M. Van Assen & F. N.
/// Stokman, "Outcomes of collective decisions with externalities predicted", JTP 20, 2008).

#include "steelyard/core/context.hpp"
#include "steelyard/forecast/input.hpp"

namespace steelyard::forecast {

/// Which of several equally good exchanges comes first.
enum class ExchangeTies { order, random };

constexpr auto choices_of(ExchangeTies) {
    return std::array{
        Choice<ExchangeTies>{ExchangeTies::order, "order",
                             "the first by issues, then by actors, in case order"},
        Choice<ExchangeTies>{ExchangeTies::random, "random", "drawn; the seed decides"},
    };
}

struct ExchangeOptions {
    std::string table;
    int rounds = 1;
    ExchangeTies ties = ExchangeTies::order;
    double gain_share = 0;
    int replications = 1;

    static constexpr auto fields() {
        return std::tuple{
            field("table", &ExchangeOptions::table, "Table to analyse; empty means the first one."),
            field("rounds", &ExchangeOptions::rounds, "How often the actors trade.", "rounds", {0, 1000}),
            field("ties", &ExchangeOptions::ties, "Which of several equally good exchanges comes first."),
            field("gain_share", &ExchangeOptions::gain_share,
                  "0: both partners gain the same. Otherwise the split is drawn: up to this share of the way "
                  "to "
                  "where one side gains nothing.",
                  "", {0, 1}),
            field("replications", &ExchangeOptions::replications,
                  "How often to play when something is drawn; forecasts are means.", "", {1, 100000}),
        };
    }
};

/// One side of an exchange.
struct ExchangeSide {
    std::string actor;
    std::string gives_way_on;
    double from = 0;
    double to = 0;
    double gain = 0;

    static constexpr auto fields() {
        return std::tuple{
            field("actor", &ExchangeSide::actor, "The actor."),
            field("gives_way_on", &ExchangeSide::gives_way_on,
                  "The issue on which it moves towards the other."),
            field("from", &ExchangeSide::from, "Where it stood.", "place", {0, 100}),
            field("to", &ExchangeSide::to, "Where it goes.", "place", {0, 100}),
            field("gain", &ExchangeSide::gain,
                  "What it gains: places of the outcome times salience, over both issues.", "utility"),
        };
    }
};

/// What an exchange does to an actor that has no part in it.
struct Externality {
    std::string actor;
    double effect = 0;
    bool inner = false;

    static constexpr auto fields() {
        return std::tuple{
            field("actor", &Externality::actor, "The actor."),
            field("effect", &Externality::effect, "What it gains (or loses, below 0).", "utility"),
            field("inner", &Externality::inner,
                  "Whether it stands on the same side as one of the partners on both issues."),
        };
    }
};

struct RealisedExchange {
    ExchangeSide first;
    ExchangeSide second;
    bool cut = false;
    std::vector<Externality> externalities;

    static constexpr auto fields() {
        return std::tuple{
            field("first", &RealisedExchange::first, "One partner."),
            field("second", &RealisedExchange::second, "The other."),
            field("cut", &RealisedExchange::cut,
                  "Whether it was cut back because the outcome would have passed a partner's place."),
            field("externalities", &RealisedExchange::externalities,
                  "What it does to the others who have a place on either issue, in case order."),
        };
    }
};

struct ExchangeOutcome {
    std::string issue;
    std::optional<double> before;
    std::optional<double> after;

    static constexpr auto fields() {
        return std::tuple{
            field("issue", &ExchangeOutcome::issue, "The issue."),
            field("before", &ExchangeOutcome::before, "The weighted mean before the exchanges.", "place",
                  {0, 100}),
            field("after", &ExchangeOutcome::after, "The weighted mean after them.", "place", {0, 100}),
        };
    }
};

struct ExchangeRound {
    int round = 0;
    std::vector<std::vector<std::optional<double>>> positions;
    std::vector<std::vector<std::optional<double>>> voting;
    std::vector<ExchangeOutcome> outcomes;
    std::vector<RealisedExchange> exchanges;

    static constexpr auto fields() {
        return std::tuple{
            field("round", &ExchangeRound::round, "Its number, from 1."),
            field("positions", &ExchangeRound::positions, "Before the exchanges, by actor, then issue.",
                  "place"),
            field("voting", &ExchangeRound::voting, "After them, by actor, then issue.", "place"),
            field("outcomes", &ExchangeRound::outcomes, "The issues."),
            field("exchanges", &ExchangeRound::exchanges,
                  "The exchanges in the order in which they are made."),
        };
    }
};

/// What all exchanges together do to an actor.
struct ExchangeBalance {
    std::string actor;
    double own = 0;
    double inner_gains = 0;
    double inner_losses = 0;
    double outer_gains = 0;
    double outer_losses = 0;
    std::vector<std::string> hurt_most_by;

    static constexpr auto fields() {
        return std::tuple{
            field("actor", &ExchangeBalance::actor, "The actor."),
            field("own", &ExchangeBalance::own, "What it gains from its own exchanges.", "utility"),
            field("inner_gains", &ExchangeBalance::inner_gains,
                  "What it gains from exchanges in which a partner stands on its side on both issues.",
                  "utility"),
            field("inner_losses", &ExchangeBalance::inner_losses, "What it loses from such exchanges.",
                  "utility"),
            field("outer_gains", &ExchangeBalance::outer_gains, "What it gains from all other exchanges.",
                  "utility"),
            field("outer_losses", &ExchangeBalance::outer_losses, "What it loses from them.", "utility"),
            field("hurt_most_by", &ExchangeBalance::hurt_most_by,
                  "The two partners of the exchange that costs it most; empty when none does."),
        };
    }
};

struct ExchangeResult {
    CapabilitySource capability_from = CapabilitySource::stated;
    std::vector<IssueForecast> issues;
    std::vector<std::optional<double>> deviations;
    std::vector<std::string> actors;
    std::vector<ExchangeRound> rounds;
    std::vector<ExchangeBalance> balances;

    static constexpr auto fields() {
        return std::tuple{
            field("capability_from", &ExchangeResult::capability_from, "Where the capabilities came from."),
            field("issues", &ExchangeResult::issues,
                  "The weighted means after the last round; means over the replications."),
            field("deviations", &ExchangeResult::deviations,
                  "Standard deviations over the replications, by issue; absent with one.", "place"),
            field("actors", &ExchangeResult::actors, "The order of actors in the rounds."),
            field("rounds", &ExchangeResult::rounds, "Every round of the first replication."),
            field("balances", &ExchangeResult::balances, "What the exchanges shown do to each actor."),
        };
    }
};

/// Greedy: the exchange with the highest gain is made, those that share a supplier and issue with it start
/// again from the new position, until none is left; see docs/methods/forecast.md for every rule.
/// With E possible exchanges (at most issues^2 x actors^2 / 8): O(E log E + realised x actors x issues x log E)
/// time, O(E) memory.
/// Throws `Error`: unknown_name, missing_section (see `forecast_input`), cancelled.
ExchangeResult exchange(const Case& subject, const ExchangeOptions& options, const Context& context);

/// The values alone, by issue.
std::vector<std::optional<double>> exchange_values(const ForecastInput& input, const ExchangeOptions& options,
                                                   const Context& context);

}  // namespace steelyard::forecast
