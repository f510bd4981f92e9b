// SPDX-License-Identifier: Apache-2.0
#include "steelyard/forecast/exchange.hpp"

#include "exchange_market.hpp"

#include <algorithm>
#include <cmath>

namespace steelyard::forecast {

namespace {

/// Where the actors begin the next round: part of the way to where they voted, the farther the less they care.
double next_start(double from, double voted, double salience) {
    return from + ((1 - salience) * 0.4 + 0.1) * (voted - from);
}

std::vector<std::optional<double>> means(const ForecastInput& input, const std::vector<double>& position) {
    std::vector<std::optional<double>> values(input.issue_count());
    ForecastInput at = input;
    at.position = position;
    for (std::size_t k = 0; k < values.size(); ++k) {
        values[k] = weighted_mean(at, k, Weighting::both);
    }
    return values;
}

std::vector<std::vector<std::optional<double>>> table(const ForecastInput& input,
                                                      const std::vector<double>& position) {
    std::vector<std::vector<std::optional<double>>> rows(input.actor_count());
    for (std::size_t a = 0; a < rows.size(); ++a) {
        for (std::size_t k = 0; k < input.issue_count(); ++k) {
            rows[a].push_back(input.has(a, k) ? std::optional(position[input.at(a, k)]) : std::nullopt);
        }
    }
    return rows;
}

/// What an outcome's shift is worth to an actor that stands at its place of the round's beginning.
double effect(const ForecastInput& input, const std::vector<double>& position, std::size_t actor,
              std::size_t issue, double before, double after) {
    const std::size_t at = input.at(actor, issue);
    return input.salience[at] * (std::abs(before - position[at]) - std::abs(after - position[at]));
}

RealisedExchange describe(const ForecastInput& input, const std::vector<double>& position,
                          const ExchangeMarket& market, const Trade& trade) {
    RealisedExchange made;
    made.first = {input.actors[trade.i], input.issues[trade.q], trade.i_from, trade.i_to, trade.i_gain};
    made.second = {input.actors[trade.j], input.issues[trade.p], trade.j_from, trade.j_to, trade.j_gain};
    made.cut = trade.cut;
    for (std::size_t a = 0; a < input.actor_count(); ++a) {
        if (a == trade.i || a == trade.j || (!input.has(a, trade.p) && !input.has(a, trade.q))) {
            continue;
        }
        const auto with = [&](std::size_t partner) {
            return market.side(a, trade.p) == market.side(partner, trade.p) &&
                   market.side(a, trade.q) == market.side(partner, trade.q);
        };
        made.externalities.push_back({input.actors[a],
                                      effect(input, position, a, trade.p, trade.p_before, trade.p_after) +
                                          effect(input, position, a, trade.q, trade.q_before, trade.q_after),
                                      with(trade.i) || with(trade.j)});
    }
    return made;
}

std::vector<ExchangeBalance> balances(const ForecastInput& input, const std::vector<ExchangeRound>& rounds) {
    std::vector<ExchangeBalance> sums;
    for (const std::string& actor : input.actors) {
        ExchangeBalance balance;
        balance.actor = actor;
        double worst = -1e-9;  // rounding hurts nobody
        for (const ExchangeRound& round : rounds) {
            for (const RealisedExchange& made : round.exchanges) {
                balance.own += made.first.actor == actor ? made.first.gain : 0;
                balance.own += made.second.actor == actor ? made.second.gain : 0;
                const auto touched = std::ranges::find(made.externalities, actor, &Externality::actor);
                if (touched == made.externalities.end()) {
                    continue;
                }
                double& gains = touched->inner ? balance.inner_gains : balance.outer_gains;
                double& losses = touched->inner ? balance.inner_losses : balance.outer_losses;
                gains += std::max(touched->effect, 0.0);
                losses += std::max(-touched->effect, 0.0);
                if (touched->effect < worst) {
                    worst = touched->effect;
                    balance.hurt_most_by = {made.first.actor, made.second.actor};
                }
            }
        }
        sums.push_back(std::move(balance));
    }
    return sums;
}

/// All rounds of one replication; the values after the last one.
std::vector<std::optional<double>> play(const ForecastInput& input, const ExchangeOptions& options,
                                        const Context& context, std::uint64_t replication,
                                        std::vector<ExchangeRound>* history) {
    std::vector<double> position = input.position;
    std::vector<std::optional<double>> values = means(input, position);
    for (int round = 1; round <= options.rounds; ++round) {
        const MarketDraws draws{options.ties == ExchangeTies::random, options.gain_share, context.seed,
                                replication << 16U | static_cast<std::uint64_t>(round)};
        ExchangeMarket market(input, position, draws);
        const std::vector<Trade> trades = market.run(context);
        const std::vector<double>& voting = market.voting();
        std::vector<std::optional<double>> after = means(input, voting);
        if (history != nullptr) {
            ExchangeRound described{round, table(input, position), table(input, voting), {}, {}};
            const auto before = means(input, position);
            for (std::size_t k = 0; k < input.issue_count(); ++k) {
                described.outcomes.push_back({input.issues[k], before[k], after[k]});
            }
            for (const Trade& trade : trades) {
                described.exchanges.push_back(describe(input, position, market, trade));
            }
            history->push_back(std::move(described));
        }
        values = std::move(after);
        for (std::size_t at = 0; at < position.size(); ++at) {
            position[at] = next_start(position[at], voting[at], input.salience[at]);
        }
    }
    return values;
}

/// Means and deviations over the replications.
struct Replicated {
    std::vector<std::optional<double>> values, deviations;
};

Replicated replicate(const ForecastInput& input, const ExchangeOptions& options, const Context& context,
                     std::vector<ExchangeRound>* history) {
    const bool drawn = options.gain_share > 0 || options.ties == ExchangeTies::random;
    const int count = drawn ? options.replications : 1;
    Replicated result;
    result.deviations.resize(input.issue_count());
    std::vector<double> square(input.issue_count(), 0.0);
    for (int r = 0; r < count; ++r) {
        context.report("exchange", r, count);
        auto values =
            play(input, options, context, static_cast<std::uint64_t>(r), r == 0 ? history : nullptr);
        if (r == 0) {
            result.values = std::move(values);
            continue;
        }
        for (std::size_t k = 0; k < values.size(); ++k) {
            if (values[k]) {
                const double off = *values[k] - *result.values[k];  // Welford's update
                *result.values[k] += off / (r + 1);
                square[k] += off * (*values[k] - *result.values[k]);
            }
        }
    }
    for (std::size_t k = 0; k < square.size(); ++k) {
        if (count > 1 && result.values[k]) {
            result.values[k] = std::clamp(*result.values[k], 0.0, 100.0);
            result.deviations[k] = std::sqrt(std::max(square[k], 0.0) / (count - 1));
        }
    }
    return result;
}

}  // namespace

ExchangeResult exchange(const Case& subject, const ExchangeOptions& options, const Context& context) {
    const ForecastInput input = forecast_input(subject, options.table);
    ExchangeResult result;
    result.capability_from = input.capability_from;
    result.actors = input.actors;
    Replicated replicated = replicate(input, options, context, &result.rounds);
    result.issues = name_forecasts(input, replicated.values);
    result.deviations = std::move(replicated.deviations);
    result.balances = balances(input, result.rounds);
    return result;
}

std::vector<std::optional<double>> exchange_values(const ForecastInput& input, const ExchangeOptions& options,
                                                   const Context& context) {
    return replicate(input, options, context, nullptr).values;
}

}  // namespace steelyard::forecast
