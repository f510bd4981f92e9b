// SPDX-License-Identifier: Apache-2.0
#include "steelyard/forecast/nash_bargaining.hpp"

#include "steelyard/model/tables.hpp"
#include "steelyard/space/solutions.hpp"

#include <algorithm>

namespace steelyard::forecast {

namespace {

/// What actor `a` has at these values (unset: 100 places away), on the scale: 1 at its ideal.
double scale_value(const ForecastInput& input, std::size_t a, const std::vector<std::optional<double>>& at) {
    double salience = 0;
    double loss = 0;
    for (std::size_t k = 0; k < input.issue_count(); ++k) {
        const double s = input.salience[input.at(a, k)];
        const double d = at[k] ? (input.position[input.at(a, k)] - *at[k]) / 100 : 1;
        salience += s;
        loss += s * d * d;
    }
    return salience > 0 ? 1 - loss / salience : 1;
}

void bargain_over_deals(const Case& subject, const ForecastInput& input, const std::string& table_id,
                        const Context& context, NashBargainingResult& result) {
    Case weighted = subject;
    weighted.tables = effective_tables(subject);
    const std::string id = find_table(subject, table_id).id;
    Table& table = *std::ranges::find(weighted.tables, id, &Table::id);
    table.power.clear();
    double total = 0;
    for (std::size_t a = 0; a < input.actor_count(); ++a) {
        table.power.emplace_back(find_actor(subject, input.actors[a]),
                                 Number(Rational::nearest(input.capability[a], 9)));
        total += input.capability[a];
    }
    space::SolutionsOptions options;
    options.table = id;
    options.concepts = {space::Concept::weighted_nash};
    const space::SolutionsResult found = space::solutions(weighted, options, context);
    std::vector<std::optional<double>> values(input.issue_count());
    if (!found.solutions.empty()) {
        const space::Solution& solution = found.solutions.front();
        result.agreement = true;
        result.gap = 0;
        for (std::size_t k = 0; k < input.issue_count(); ++k) {
            for (const auto& [issue, option] : solution.deal) {
                if (issue == input.issues[k]) {
                    const auto place = std::ranges::find(input.options[k], option, &PlacedOption::id);
                    values[k] = place->place;
                }
            }
        }
        for (std::size_t a = 0; a < input.actor_count(); ++a) {
            NashGain gain{input.actors[a], total > 0 ? input.capability[a] / total : 0, 0, 0};
            for (const auto& [actor, points] : solution.points) {
                gain.value += actor == gain.actor ? points.to_double() : 0;
            }
            for (const auto& [actor, points] : solution.gains) {
                gain.no_deal += actor == gain.actor ? gain.value - points.to_double() : 0;
            }
            result.gains.push_back(std::move(gain));
        }
    }
    result.issues = name_forecasts(input, values);
    // Where the deals have two options at the same place, the solution's own is the one that is meant.
    if (!found.solutions.empty()) {
        for (IssueForecast& issue : result.issues) {
            for (const auto& [name, option] : found.solutions.front().deal) {
                if (name == issue.issue) {
                    issue.option = option;
                }
            }
        }
    }
}

}  // namespace

NashBargainingResult nash_bargaining(const Case& subject, const NashBargainingOptions& options,
                                     const Context& context) {
    const ForecastInput input = forecast_input(subject, options.table);
    NashBargainingResult result;
    result.capability_from = input.capability_from;
    result.over = options.over;
    if (options.over == BargainOver::automatic) {
        const bool sheet = std::ranges::any_of(input.actors, [&](const std::string& actor) {
            const Preference* preference = preference_of(subject, find_actor(subject, actor));
            return preference != nullptr && !std::holds_alternative<Stances>(preference->form);
        });
        result.over = sheet ? BargainOver::deals : BargainOver::scale;
    }
    if (result.over == BargainOver::deals) {
        bargain_over_deals(subject, input, options.table, context, result);
        return result;
    }
    const ScaleBargain bargain = bargain_on_scale(input, options.disagreement);
    result.agreement = bargain.agreement;
    result.iterations = bargain.iterations;
    result.issues = name_forecasts(input, bargain.values);
    if (!bargain.agreement) {
        return result;
    }
    result.gap = bargain.gap;
    double total = 0;
    for (const double capability : input.capability) {
        total += capability;
    }
    const std::vector<std::optional<double>> nothing(input.issue_count());
    for (std::size_t a = 0; a < input.actor_count(); ++a) {
        result.gains.push_back(
            {input.actors[a], input.capability[a] / total, scale_value(input, a, bargain.values),
             scale_value(input, a,
                         options.disagreement == Disagreement::status_quo ? input.status_quo : nothing)});
    }
    return result;
}

}  // namespace steelyard::forecast
