// SPDX-License-Identifier: Apache-2.0
#include "steelyard/forecast/procedural.hpp"

#include "level.hpp"
#include "steelyard/core/error.hpp"

#include <algorithm>
#include <cmath>

namespace steelyard::forecast {

namespace {

struct Voter {
    double position;
    double weight;
    std::size_t actor;
    bool veto;
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

/// The first voter, from the given end, with whom the votes so far reach what a change needs; every veto
/// player must be among them.
std::size_t pivot_from(const std::vector<Voter>& ordered, double needed, double total, bool strict) {
    double sum = 0;
    std::size_t last_veto = 0;
    for (std::size_t v = 0; v < ordered.size(); ++v) {
        last_veto = ordered[v].veto ? v : last_veto;
    }
    for (std::size_t v = 0; v < ordered.size(); ++v) {
        sum += ordered[v].weight;
        const bool enough = strict ? sum > needed + level * total : sum >= needed - level * total;
        if (enough && v >= last_veto) {
            return v;
        }
    }
    return ordered.size() - 1;
}

ProceduralIssue decide(const ForecastInput& input, std::size_t k, const ProceduralOptions& options,
                       std::optional<std::size_t> setter, const std::vector<char>& veto) {
    ProceduralIssue result;
    result.issue = input.issues[k];
    std::vector<Voter> voters;
    double total = 0;
    for (std::size_t a = 0; a < input.actor_count(); ++a) {
        const double weight = weight_of(input, options.weights, a, k);
        if (weight > 0 || (veto[a] != 0 && input.has(a, k))) {
            voters.push_back({input.position[input.at(a, k)], weight, a, veto[a] != 0});
            total += weight;
        }
    }
    if (voters.empty()) {
        return result;
    }
    std::ranges::stable_sort(voters, {}, &Voter::position);
    const bool strict = options.quota <= 0.5;
    const double needed = std::max(options.quota, 0.5) * total;
    // A move upwards needs the votes from the top down to this pivot, so no place above it can be carried
    // further; a move downwards likewise from the bottom.  Between the two nothing moves.
    std::vector<Voter> falling(voters.rbegin(), voters.rend());
    const Voter up = falling[pivot_from(falling, needed, total, strict)];
    const Voter down = voters[pivot_from(voters, needed, total, strict)];
    result.low = std::min(up.position, down.position);
    result.high = std::max(up.position, down.position);
    const auto& status_quo = input.status_quo[k];
    if (setter && input.has(*setter, k)) {
        const double ideal = input.position[input.at(*setter, k)];
        result.pivot = input.actors[*setter];
        if (!status_quo) {
            result.value = ideal;
            return result;
        }
        // The pivot accepts what is no farther from it than the status quo.
        const bool upwards = ideal > *status_quo;
        const Voter& pivot = upwards ? up : down;
        const double reach = 2 * pivot.position - *status_quo;
        if (upwards ? reach <= *status_quo : reach >= *status_quo) {
            result.value = status_quo;
            result.pivot = input.actors[pivot.actor];
        } else {
            const bool bound = upwards ? reach < ideal : reach > ideal;
            result.value = bound ? reach : ideal;
            if (bound) {
                result.pivot = input.actors[pivot.actor];
            }
        }
        result.gridlock = !(*result.value < *status_quo) && !(*result.value > *status_quo);
        return result;
    }
    if (!status_quo) {
        result.value = *result.low + (*result.high - *result.low) / 2;
        result.pivot = input.actors[up.actor];
        return result;
    }
    result.value = std::clamp(*status_quo, *result.low, *result.high);
    result.gridlock = *status_quo >= *result.low && *status_quo <= *result.high;
    const bool near_up = std::abs(up.position - *result.value) <= std::abs(down.position - *result.value);
    result.pivot = input.actors[near_up ? up.actor : down.actor];
    return result;
}

std::vector<ProceduralIssue> decide_all(const ForecastInput& input, const ProceduralOptions& options) {
    std::optional<std::size_t> setter;
    if (!options.setter.empty()) {
        setter = actor_named(input, options.setter, "/setter");
    }
    std::vector<char> veto(input.actor_count(), 0);
    for (const std::string& id : options.vetoes) {
        veto[actor_named(input, id, "/vetoes")] = 1;
    }
    std::vector<ProceduralIssue> issues;
    for (std::size_t k = 0; k < input.issue_count(); ++k) {
        issues.push_back(decide(input, k, options, setter, veto));
        if (const auto& value = issues.back().value) {
            issues.back().option = input.options[k][nearest_option(input.options[k], *value)].id;
        }
    }
    return issues;
}

}  // namespace

ProceduralResult procedural(const Case& subject, const ProceduralOptions& options, const Context& context) {
    context.check();
    return {decide_all(forecast_input(subject, options.table), options)};
}

std::vector<std::optional<double>> procedural_values(const ForecastInput& input,
                                                     const ProceduralOptions& options) {
    std::vector<std::optional<double>> values;
    for (const ProceduralIssue& issue : decide_all(input, options)) {
        values.push_back(issue.value);
    }
    return values;
}

}  // namespace steelyard::forecast
