// SPDX-License-Identifier: Apache-2.0
#pragma once
/// What every forecasting model starts from: who stands where on which issue, how much it cares, and what it
/// can bring to bear, as flat arrays.

#include "steelyard/core/described.hpp"
#include "steelyard/model/case.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace steelyard::forecast {

/// Where the capabilities came from.
enum class CapabilitySource { stated, power, equal };

constexpr auto choices_of(CapabilitySource) {
    return std::array{
        Choice<CapabilitySource>{CapabilitySource::stated, "stated", "the actors' capabilities"},
        Choice<CapabilitySource>{CapabilitySource::power, "power", "the bargaining power of the table"},
        Choice<CapabilitySource>{CapabilitySource::equal, "equal",
                                 "the case states neither, so every actor counts the same"},
    };
}

/// A place on an issue's scale that has a name.
struct PlacedOption {
    std::string id;
    double place = 0;  ///< 0-100
};

/// Actors by issues.  Matrices are rows of actors: element (a, k) stands at a * issues + k.
struct ForecastInput {
    std::vector<std::string> actors;
    std::vector<std::string> issues;
    std::vector<double> capability;                  ///< not negative
    std::vector<double> position;                    ///< 0-100; 0 where absent
    std::vector<double> salience;                    ///< 0-1; 0 where absent
    std::vector<char> present;                       ///< whether the actor has a position on the issue
    std::vector<std::vector<PlacedOption>> options;  ///< by issue, in case order
    std::vector<std::optional<double>> status_quo;   ///< by issue
    CapabilitySource capability_from = CapabilitySource::stated;

    [[nodiscard]] std::size_t actor_count() const { return actors.size(); }
    [[nodiscard]] std::size_t issue_count() const { return issues.size(); }
    [[nodiscard]] std::size_t at(std::size_t actor, std::size_t issue) const {
        return actor * issues.size() + issue;
    }
    [[nodiscard]] bool has(std::size_t actor, std::size_t issue) const {
        return present[at(actor, issue)] != 0;
    }
    /// capability x salience: what the actor puts into the issue.
    [[nodiscard]] double weight(std::size_t actor, std::size_t issue) const {
        return capability[actor] * salience[at(actor, issue)];
    }
};

/// The open issues of a table with the stances of its actors (`stance_of`); issues that an event has settled
/// are left out, and so are actors without any stance.  Uncertain numbers stand at their best.
///
/// Capability is what the actor states; where no actor of the table states one, the table's bargaining power;
/// where there is none either, 1.  `table` empty: the first table of the case.
/// Throws `Error`: unknown_name (table); missing_section when no actor has a stance, or when some actors of
/// the table state a capability and others do not (all of them are named).
ForecastInput forecast_input(const Case& subject, std::string_view table = {});

/// What one model says about one issue.
struct IssueForecast {
    std::string issue;
    std::optional<double> value;
    std::string option;

    static constexpr auto fields() {
        return std::tuple{
            field("issue", &IssueForecast::issue, "The issue."),
            field("value", &IssueForecast::value,
                  "The forecast on the issue's scale; absent when the model gives none.", "place", {0, 100}),
            field("option", &IssueForecast::option, "The option nearest to it; empty without a forecast."),
        };
    }
};

/// The option of an issue that stands nearest to a place; of two at the same distance the one nearer to the
/// middle of the scale (50), then the first.  Not for an issue without options.
std::size_t nearest_option(const std::vector<PlacedOption>& options, double place);

/// A forecast for each issue, with its nearest option.
std::vector<IssueForecast> name_forecasts(const ForecastInput& input,
                                          const std::vector<std::optional<double>>& values);

/// How much an actor's position counts.
enum class Weighting { both, salience, capability, equal };

constexpr auto choices_of(Weighting) {
    return std::array{
        Choice<Weighting>{Weighting::both, "both", "capability times salience"},
        Choice<Weighting>{Weighting::salience, "salience", "salience alone"},
        Choice<Weighting>{Weighting::capability, "capability", "capability alone"},
        Choice<Weighting>{Weighting::equal, "equal", "everybody who has a position counts the same"},
    };
}

/// The weight of an actor's position on an issue; 0 where it has none.
inline double weight_of(const ForecastInput& input, Weighting weighting, std::size_t actor,
                        std::size_t issue) {
    const std::size_t at = input.at(actor, issue);
    if (input.present[at] == 0) {
        return 0;
    }
    switch (weighting) {
        case Weighting::both:
            return input.capability[actor] * input.salience[at];
        case Weighting::salience:
            return input.salience[at];
        case Weighting::capability:
            return input.capability[actor];
        case Weighting::equal:
            break;
    }
    return 1;
}

/// The weighted mean of the positions on one issue; nothing when no weight is positive.  The result lies
/// between the lowest and the highest position that has weight, whatever the size of the weights.  O(actors).
std::optional<double> weighted_mean(const ForecastInput& input, std::size_t issue, Weighting weighting);

/// The same of every issue, to the bit, several issues at a time.  `means`: one place for each issue.
void weighted_means(const ForecastInput& input, Weighting weighting, std::span<std::optional<double>> means);

}  // namespace steelyard::forecast
