// SPDX-License-Identifier: Apache-2.0
#include "steelyard/forecast/spatial.hpp"

#include "spatial_engine.hpp"
#include "steelyard/core/error.hpp"
#include "steelyard/forecast/compromise.hpp"

#include <algorithm>

namespace steelyard::forecast {

namespace {

std::vector<double> accommodation_matrix(const ForecastInput& input, const SpatialOptions& options) {
    const std::size_t n = input.actor_count();
    std::vector<double> matrix(n * n, 0.0);
    for (std::size_t i = 0; i < n; ++i) {
        matrix[i * n + i] = options.ideals_follow;
    }
    std::vector<Problem> problems;
    const auto find = [&](const std::string& entry, const std::string& id) {
        const auto place = std::ranges::find(input.actors, id);
        if (place == input.actors.end()) {
            problems.push_back({{"", 0, 0, "/accommodation/" + entry},
                                "the name is not actor.reference with two actors of the table",
                                id,
                                join_names(input.actors),
                                nearest_name(id, input.actors)});
        }
        return static_cast<std::size_t>(place - input.actors.begin());
    };
    for (const auto& [name, share] : options.accommodation) {
        const std::size_t dot = std::min(name.find('.'), name.size());
        const std::size_t i = find(name, name.substr(0, dot));
        const std::size_t j = find(name, name.substr(std::min(dot + 1, name.size())));
        if (i < n && j < n) {
            matrix[i * n + j] = share;
        }
    }
    if (!problems.empty()) {
        throw Error(ErrorKind::unknown_name, std::move(problems));
    }
    return matrix;
}

struct Start {
    double scale = 1;
    std::vector<std::optional<double>> compromise;
    std::vector<double> salience, position;
};

Start make_start(const ForecastInput& input) {
    Start start;
    start.compromise = compromise_values(input);
    start.salience = input.salience;
    const std::size_t m = input.issue_count();
    double largest = 1;
    for (std::size_t a = 0; a < input.actor_count(); ++a) {
        double sum = 0;
        for (std::size_t k = 0; k < m; ++k) {
            sum += input.salience[input.at(a, k)];
            const double x =
                input.has(a, k) ? input.position[input.at(a, k)] : start.compromise[k].value_or(50);
            start.position.push_back(x / 100);
        }
        largest = std::max(largest, sum);
    }
    // Rounding may take a sum that was typed as 100 a little above it; that is no reason to scale.
    if (largest > 1 + 1e-9) {
        start.scale = 1 / largest;
        for (double& s : start.salience) {
            s *= start.scale;
        }
    }
    return start;
}

std::vector<std::vector<double>> rows(std::span<const double> flat, std::size_t n) {
    std::vector<std::vector<double>> table(n);
    const std::size_t m = n > 0 ? flat.size() / n : 0;
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t k = 0; k < m; ++k) {
            table[i].push_back(flat[i * m + k] * 100);
        }
    }
    return table;
}

/// The spread of what the actors care about, on the 0-1 scale.
bool all_agree(const ForecastInput& input, std::span<const double> position) {
    const std::size_t m = input.issue_count();
    for (std::size_t k = 0; k < m; ++k) {
        double low = 1;
        double high = 0;
        for (std::size_t a = 0; a < input.actor_count(); ++a) {
            if (input.weight(a, k) > 0) {
                low = std::min(low, position[a * m + k]);
                high = std::max(high, position[a * m + k]);
            }
        }
        if (high - low > 1e-9) {
            return false;
        }
    }
    return true;
}

Named<double> places(const ForecastInput& input, const std::vector<double>& to) {
    Named<double> named;
    for (std::size_t k = 0; k < to.size(); ++k) {
        named.emplace_back(input.issues[k], to[k] * 100);
    }
    return named;
}

SpatialTurn describe(const ForecastInput& input, SpatialEngine& engine, int turn) {
    SpatialTurn described;
    described.turn = turn;
    const std::size_t n = input.actor_count();
    described.positions = rows(engine.positions(), n);
    described.ideals = rows(engine.ideals(), n);
    described.shares = engine.shares();
    described.risks.assign(engine.risks().begin(), engine.risks().end());
    return described;
}

std::vector<std::optional<double>> play(const ForecastInput& input, const SpatialOptions& options,
                                        const Context& context, SpatialResult* history) {
    const Start start = make_start(input);
    SpatialEngine engine(options, context.seed, input.capability, start.salience, start.position,
                         accommodation_matrix(input, options));
    const std::size_t n = input.actor_count();
    const std::size_t m = input.issue_count();
    SpatialEnd end = SpatialEnd::limit;
    double first_move = 0;
    for (int turn = 0;; ++turn) {
        context.check();
        const bool agreed = all_agree(input, engine.positions());
        if (agreed || turn >= options.turns || end == SpatialEnd::settled) {
            end = agreed ? SpatialEnd::agreed : end;
            engine.assess();
            if (history != nullptr) {
                history->turns.push_back(describe(input, engine, turn));
            }
            break;
        }
        engine.propose(static_cast<std::uint64_t>(turn));
        if (history != nullptr) {
            SpatialTurn described = describe(input, engine, turn);
            for (const EngineBargain& bargain : engine.bargains()) {
                described.bargains.push_back({input.actors[bargain.by], input.actors[bargain.with],
                                              bargain.chance, bargain.gain, places(input, bargain.by_to),
                                              places(input, bargain.with_to), bargain.by_accepts,
                                              bargain.with_accepts});
            }
            history->turns.push_back(std::move(described));
        }
        const double moved = engine.move();
        if (history != nullptr) {
            history->turns.back().moved = moved * 100;
        }
        if (turn == 0) {
            first_move = moved;
        } else if (moved / (first_move + 1e-4) < options.settled) {
            end = SpatialEnd::settled;
        }
    }
    std::vector<std::optional<double>> values(m);
    const std::vector<double> share = engine.shares();
    for (std::size_t k = 0; k < m; ++k) {
        if (!start.compromise[k]) {
            continue;
        }
        // Those who have no position on an issue do not stand for anything in it.
        double sum = 0;
        double total = 0;
        for (std::size_t a = 0; a < n; ++a) {
            if (input.has(a, k)) {
                sum += share[a] * engine.positions()[a * m + k];
                total += share[a];
            }
        }
        values[k] = total > 0 ? std::clamp(100 * sum / total, 0.0, 100.0) : *start.compromise[k];
    }
    if (history != nullptr) {
        history->end = end;
        history->salience_scale = start.scale;
    }
    return values;
}

}  // namespace

SpatialResult spatial(const Case& subject, const SpatialOptions& options, const Context& context) {
    const ForecastInput input = forecast_input(subject, options.table);
    SpatialResult result;
    result.capability_from = input.capability_from;
    result.actors = input.actors;
    result.issues = name_forecasts(input, play(input, options, context, &result));
    return result;
}

std::vector<std::optional<double>> spatial_values(const ForecastInput& input, const SpatialOptions& options,
                                                  const Context& context) {
    return play(input, options, context, nullptr);
}

}  // namespace steelyard::forecast
