// SPDX-License-Identifier: Apache-2.0
#include "steelyard/forecast/procedural.hpp"

#include "in_place.hpp"
#include "level.hpp"
#include "steelyard/core/error.hpp"

#include <algorithm>
#include <cmath>

namespace steelyard::forecast {

namespace {

/// What is decided on one issue; actors by their number.
struct Decision {
    std::optional<double> value, low, high;
    std::size_t pivot = 0;
    bool gridlock = false;
};

std::size_t actor_named(const ForecastInput& input, const std::string& id, const char* pointer) {
    const auto place = std::ranges::find(input.actors, id);
    if (place == input.actors.end()) {
        throw Error(ErrorKind::unknown_name,
                    std::vector{Problem{{"", 0, 0, pointer},
                                        "no actor of this name has a stance at the table",
                                        id,
                                        join_names(input.actors),
                                        nearest_name(id, input.actors)}});
    }
    return static_cast<std::size_t>(place - input.actors.begin());
}

/// The voters between whom nothing moves.  A move upwards needs the votes from the top down to `up`, so no place above it
/// can be carried further; a move downwards likewise from the bottom to `down`.  Veto players must be among the movers.
struct Pivots {
    Ballot::Voter up, down;
};

Pivots find_pivots(const ForecastInput& input, std::size_t k, const ProceduralRule& rule, Ballot& ballot) {
    const bool strict = rule.quota <= 0.5;
    const double total = ballot.total();
    const double needed = std::max(rule.quota, 0.5) * total;
    const auto enough = [&](double votes) {
        return strict ? votes > needed + level * total : votes >= needed - level * total;
    };
    Pivots pivots{ballot.from_above(enough).voter, ballot.from_below(enough).voter};
    for (std::size_t a = 0; a < rule.veto.size(); ++a) {
        if (rule.veto[a] != 0 && input.has(a, k)) {
            const Ballot::Voter veto{input.position[input.at(a, k)], 0, static_cast<std::uint32_t>(a), 0};
            pivots.up = std::min(pivots.up, veto);
            pivots.down = std::max(pivots.down, veto);
        }
    }
    return pivots;
}

Decision decide(const ForecastInput& input, std::size_t k, const ProceduralRule& rule, Ballot& ballot) {
    Decision result;
    ballot.collect(input, rule.weights, k, rule.veto);
    if (ballot.empty()) {
        return result;
    }
    const auto [up, down] = find_pivots(input, k, rule, ballot);
    result.low = std::min(up.place, down.place);
    result.high = std::max(up.place, down.place);
    const auto& status_quo = input.status_quo[k];
    if (rule.setter && input.has(*rule.setter, k)) {
        const double ideal = input.position[input.at(*rule.setter, k)];
        result.pivot = *rule.setter;
        if (!status_quo) {
            result.value = ideal;
            return result;
        }
        // The pivot accepts what is no farther from it than the status quo.
        const bool upwards = ideal > *status_quo;
        const Ballot::Voter& pivot = upwards ? up : down;
        const double reach = 2 * pivot.place - *status_quo;
        if (upwards ? reach <= *status_quo : reach >= *status_quo) {
            result.value = status_quo;
            result.pivot = pivot.actor;
        } else {
            const bool bound = upwards ? reach < ideal : reach > ideal;
            result.value = bound ? reach : ideal;
            if (bound) {
                result.pivot = pivot.actor;
            }
        }
        result.gridlock = !(*result.value < *status_quo) && !(*result.value > *status_quo);
        return result;
    }
    if (!status_quo) {
        result.value = *result.low + (*result.high - *result.low) / 2;
        result.pivot = up.actor;
        return result;
    }
    result.value = std::clamp(*status_quo, *result.low, *result.high);
    result.gridlock = *status_quo >= *result.low && *status_quo <= *result.high;
    const bool near_up = std::abs(up.place - *result.value) <= std::abs(down.place - *result.value);
    result.pivot = near_up ? up.actor : down.actor;
    return result;
}

}  // namespace

ProceduralRule procedural_rule(const ForecastInput& input, const ProceduralOptions& options) {
    ProceduralRule rule{std::nullopt, options.quota, options.weights,
                        std::vector<char>(input.actor_count(), 0)};
    if (!options.setter.empty()) {
        rule.setter = actor_named(input, options.setter, "/setter");
    }
    for (const std::string& id : options.vetoes) {
        rule.veto[actor_named(input, id, "/vetoes")] = 1;
    }
    return rule;
}

ProceduralResult procedural(const Case& subject, const ProceduralOptions& options, const Context& context) {
    context.check();
    const ForecastInput input = forecast_input(subject, options.table);
    const ProceduralRule rule = procedural_rule(input, options);
    Ballot ballot;
    ProceduralResult result;
    for (std::size_t k = 0; k < input.issue_count(); ++k) {
        const Decision decided = decide(input, k, rule, ballot);
        ProceduralIssue issue{input.issues[k], decided.value,   {}, {}, decided.low,
                              decided.high,    decided.gridlock};
        if (decided.value) {
            issue.option = input.options[k][nearest_option(input.options[k], *decided.value)].id;
            issue.pivot = input.actors[decided.pivot];
        }
        result.issues.push_back(std::move(issue));
    }
    return result;
}

void procedural_values(const ForecastInput& input, const ProceduralRule& rule, Ballot& ballot,
                       std::span<std::optional<double>> values) {
    for (std::size_t k = 0; k < values.size(); ++k) {
        values[k] = decide(input, k, rule, ballot).value;
    }
}

std::vector<std::optional<double>> procedural_values(const ForecastInput& input,
                                                     const ProceduralOptions& options) {
    std::vector<std::optional<double>> values(input.issue_count());
    Ballot ballot;
    procedural_values(input, procedural_rule(input, options), ballot, values);
    return values;
}

}  // namespace steelyard::forecast
