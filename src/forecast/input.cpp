// SPDX-License-Identifier: Apache-2.0
#include "steelyard/forecast/input.hpp"

#include "four.hpp"
#include "steelyard/core/error.hpp"
#include "steelyard/model/scores.hpp"
#include "steelyard/model/tables.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace steelyard::forecast {

namespace {

/// The capabilities of the table's actors, in the table's order, and where they came from.
std::vector<double> capabilities(const Case& subject, const Table& table, CapabilitySource& from) {
    std::vector<double> values(table.actors.size(), 1.0);
    const auto states = [&](ActorId actor) { return subject[actor].capability.has_value(); };
    if (std::ranges::any_of(table.actors, states)) {
        from = CapabilitySource::stated;
        std::vector<Problem> missing;
        for (std::size_t a = 0; a < values.size(); ++a) {
            const Actor& actor = subject[table.actors[a]];
            if (actor.capability) {
                values[a] = actor.capability->best().to_double();
            } else {
                missing.push_back(
                    {{"", 0, 0, "/actors/" + actor.id},
                     "actor '" + actor.id +
                         "' has no capability, but others at the table have: state one (0 for none)",
                     "",
                     "",
                     ""});
            }
        }
        if (!missing.empty()) {
            throw Error(ErrorKind::missing_section, std::move(missing));
        }
        return values;
    }
    from = table.power.empty() ? CapabilitySource::equal : CapabilitySource::power;
    for (const auto& [actor, power] : table.power) {
        const auto place = std::ranges::find(table.actors, actor);
        if (place != table.actors.end()) {
            values[static_cast<std::size_t>(place - table.actors.begin())] = power.best().to_double();
        }
    }
    return values;
}

/// The weights of an actor on four issues from `at` on.  An absent position has no salience.
Four four_weights(const ForecastInput& input, Weighting weighting, std::size_t actor, std::size_t at) {
    if (weighting == Weighting::both) {
        return Four(input.capability[actor]) * Four::load(&input.salience[at]);
    }
    if (weighting == Weighting::salience) {
        return Four::load(&input.salience[at]);
    }
    const double weight = weighting == Weighting::capability ? input.capability[actor] : 1;
    std::array<double, Four::count> here{};
    for (std::size_t c = 0; c < here.size(); ++c) {
        here[c] = input.present[at + c] != 0 ? weight : 0;
    }
    return Four::load(here.data());
}

/// `weighted_mean` of four issues from `first` on.
void four_means(const ForecastInput& input, Weighting weighting, std::size_t first,
                std::optional<double>* means) {
    const Four none;
    Four largest;
    for (std::size_t a = 0; a < input.actor_count(); ++a) {
        largest = higher(largest, four_weights(input, weighting, a, input.at(a, first)));
    }
    const Four unit = where_positive(largest, largest, Four(1));
    Four sum;
    Four total;
    Four low(100);
    Four high;
    for (std::size_t a = 0; a < input.actor_count(); ++a) {
        const std::size_t at = input.at(a, first);
        const Four x = Four::load(&input.position[at]);
        const Four share = four_weights(input, weighting, a, at) / unit;
        sum = sum + share * x;
        total = total + share;
        low = lower(low, where_positive(share, x, Four(100)));
        high = higher(high, where_positive(share, x, none));
    }
    std::array<std::array<double, Four::count>, 4> parts{};
    largest.store(parts[0].data());
    (sum / where_positive(total, total, Four(1))).store(parts[1].data());
    low.store(parts[2].data());
    high.store(parts[3].data());
    for (std::size_t c = 0; c < Four::count; ++c) {
        means[c] =
            parts[0][c] > 0 ? std::optional(std::clamp(parts[1][c], parts[2][c], parts[3][c])) : std::nullopt;
    }
}

}  // namespace

ForecastInput forecast_input(const Case& subject, std::string_view table_id) {
    const Table table = find_table(subject, table_id);
    const Scores scores(subject);
    ForecastInput input;
    std::vector<IssueId> issues;
    for (const IssueId issue : table.issues) {
        if (!settled_option(subject, issue)) {
            issues.push_back(issue);
        }
    }
    std::ranges::sort(issues);
    for (const IssueId id : issues) {
        const Issue& issue = subject[id];
        input.issues.push_back(issue.id);
        std::vector<PlacedOption> options;
        for (const Option& option : issue.options) {
            options.push_back({option.id, option.place.to_double()});
        }
        input.status_quo.push_back(issue.status_quo ? std::optional(options[issue.status_quo->index].place)
                                                    : std::nullopt);
        input.options.push_back(std::move(options));
    }
    const std::vector<double> capability = capabilities(subject, table, input.capability_from);
    for (std::size_t a = 0; a < table.actors.size(); ++a) {
        std::vector<std::optional<DerivedStance>> stances;
        for (const IssueId issue : issues) {
            stances.push_back(stance_of(subject, scores, table.actors[a], issue));
        }
        if (std::ranges::none_of(stances, [](const auto& stance) { return stance.has_value(); })) {
            continue;
        }
        input.actors.push_back(subject[table.actors[a]].id);
        input.capability.push_back(std::max(0.0, capability[a]));
        for (const auto& stance : stances) {
            input.present.push_back(stance ? 1 : 0);
            input.position.push_back(stance ? std::clamp(stance->position.to_double(), 0.0, 100.0) : 0.0);
            input.salience.push_back(stance ? std::clamp(stance->salience.to_double() / 100, 0.0, 1.0) : 0.0);
        }
    }
    if (input.actors.empty() || input.issues.empty()) {
        throw Error(ErrorKind::missing_section,
                    input.issues.empty()
                        ? "no issue of table '" + table.id + "' is open"
                        : "no actor of table '" + table.id + "' has a stance on its open issues");
    }
    return input;
}

std::size_t nearest_option(const std::vector<PlacedOption>& options, double place) {
    std::size_t nearest = 0;
    const auto distance = [&](std::size_t o) { return std::abs(options[o].place - place); };
    const auto off_middle = [&](std::size_t o) { return std::abs(options[o].place - 50); };
    constexpr double same = 1e-9;
    for (std::size_t o = 1; o < options.size(); ++o) {
        const double gap = distance(o) - distance(nearest);
        if (gap < -same || (gap <= same && off_middle(o) < off_middle(nearest) - same)) {
            nearest = o;
        }
    }
    return nearest;
}

std::vector<IssueForecast> name_forecasts(const ForecastInput& input,
                                          const std::vector<std::optional<double>>& values) {
    std::vector<IssueForecast> named;
    for (std::size_t k = 0; k < values.size(); ++k) {
        IssueForecast one{input.issues[k], values[k], ""};
        if (values[k]) {
            one.option = input.options[k][nearest_option(input.options[k], *values[k])].id;
        }
        named.push_back(std::move(one));
    }
    return named;
}

std::optional<double> weighted_mean(const ForecastInput& input, std::size_t issue, Weighting weighting) {
    // Scaled by the largest weight, so that neither huge nor tiny capabilities overflow or vanish.
    double largest = 0;
    for (std::size_t a = 0; a < input.actor_count(); ++a) {
        largest = std::max(largest, weight_of(input, weighting, a, issue));
    }
    if (!(largest > 0)) {
        return std::nullopt;
    }
    double sum = 0;
    double total = 0;
    double low = 100;
    double high = 0;
    for (std::size_t a = 0; a < input.actor_count(); ++a) {
        const double share = weight_of(input, weighting, a, issue) / largest;
        if (share > 0) {
            const double x = input.position[input.at(a, issue)];
            sum += share * x;
            total += share;
            low = std::min(low, x);
            high = std::max(high, x);
        }
    }
    return std::clamp(sum / total, low, high);
}

void weighted_means(const ForecastInput& input, Weighting weighting, std::span<std::optional<double>> means) {
    std::size_t k = 0;
    for (; k + Four::count <= means.size(); k += Four::count) {
        four_means(input, weighting, k, &means[k]);
    }
    for (; k < means.size(); ++k) {
        means[k] = weighted_mean(input, k, weighting);
    }
}

}  // namespace steelyard::forecast
