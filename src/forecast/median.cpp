// SPDX-License-Identifier: Apache-2.0
#include "steelyard/forecast/median.hpp"

#include "in_place.hpp"
#include "level.hpp"
#include "steelyard/model/scores.hpp"

#include <algorithm>
#include <cmath>

namespace steelyard::forecast {

namespace {

double resolve(const MedianInterval& interval, MedianTie tie) {
    switch (tie) {
        case MedianTie::low:
            return interval.low;
        case MedianTie::high:
            return interval.high;
        case MedianTie::middle:
            break;
    }
    return interval.low + (interval.high - interval.low) / 2;
}

/// The smallest non-empty set of options each of which beats every option outside (the Smith set).
std::vector<std::size_t> top_cycle(const std::vector<std::vector<char>>& beats) {
    const std::size_t count = beats.size();
    std::vector<std::pair<std::size_t, std::size_t>> by_wins;
    for (std::size_t o = 0; o < count; ++o) {
        by_wins.emplace_back(static_cast<std::size_t>(std::ranges::count(beats[o], 1)), o);
    }
    std::ranges::stable_sort(by_wins, [](const auto& a, const auto& b) { return a.first > b.first; });
    // Options enter by falling number of wins until all that are in beat all that are out.
    std::vector<std::size_t> in;
    for (std::size_t size = 1; size <= count; ++size) {
        in.push_back(by_wins[size - 1].second);
        bool closed = true;
        for (std::size_t rest = size; closed && rest < count; ++rest) {
            closed = std::ranges::all_of(
                in, [&](std::size_t member) { return beats[member][by_wins[rest].second] != 0; });
        }
        if (closed) {
            break;
        }
    }
    std::ranges::sort(in);
    return in;
}

/// Votes between options on the actors' points; weights by input actor.
void vote_on_options(const Case& subject, const Scores& scores, const ForecastInput& input, std::size_t k,
                     Weighting weights, MedianIssue& issue) {
    const IssueId id = find_issue(subject, issue.issue);
    const std::size_t count = subject[id].options.size();
    std::vector<std::vector<char>> beats(count, std::vector<char>(count, 0));
    double total = 0;
    for (std::size_t a = 0; a < input.actor_count(); ++a) {
        total += weight_of(input, weights, a, k);
    }
    for (std::size_t x = 0; x < count; ++x) {
        for (std::size_t y = 0; y < count; ++y) {
            double margin = 0;
            for (std::size_t a = 0; a < input.actor_count(); ++a) {
                const ActorId actor = find_actor(subject, input.actors[a]);
                const auto order =
                    scores.points(actor, id, OptionId(x)) <=> scores.points(actor, id, OptionId(y));
                margin += order > 0 ? weight_of(input, weights, a, k)
                                    : (order < 0 ? -weight_of(input, weights, a, k) : 0.0);
            }
            beats[x][y] = margin > level * total ? 1 : 0;
        }
    }
    const std::vector<std::size_t> top = top_cycle(beats);
    if (top.size() == 1) {
        issue.winner = subject[id].options[top.front()].id;
    } else {
        for (const std::size_t o : top) {
            issue.cycle.push_back(subject[id].options[o].id);
        }
    }
}

}  // namespace

std::optional<MedianInterval> weighted_median(const ForecastInput& input, std::size_t issue,
                                              Weighting weights) {
    Ballot ballot;
    return weighted_median(input, issue, weights, ballot);
}

std::optional<MedianInterval> weighted_median(const ForecastInput& input, std::size_t issue,
                                              Weighting weights, Ballot& ballot) {
    ballot.collect(input, weights, issue);
    if (ballot.empty()) {
        return std::nullopt;
    }
    const double half = ballot.total() / 2;
    const double slack = level * ballot.total();
    const Ballot::Pivot middle = ballot.from_below([&](double votes) { return votes >= half - slack; });
    const bool even = middle.votes <= half + slack;
    return MedianInterval{middle.voter.place, even ? ballot.after(middle.voter).place : middle.voter.place};
}

void median_values(const ForecastInput& input, Weighting weights, MedianTie tie, Ballot& ballot,
                   std::span<std::optional<double>> values) {
    for (std::size_t k = 0; k < values.size(); ++k) {
        const auto interval = weighted_median(input, k, weights, ballot);
        values[k] = interval ? std::optional(resolve(*interval, tie)) : std::nullopt;
    }
}

std::vector<std::optional<double>> median_values(const ForecastInput& input, Weighting weights,
                                                 MedianTie tie) {
    std::vector<std::optional<double>> values(input.issue_count());
    Ballot ballot;
    median_values(input, weights, tie, ballot, values);
    return values;
}

MedianResult median(const Case& subject, const MedianOptions& options, const Context& context) {
    const ForecastInput input = forecast_input(subject, options.table);
    const Scores scores(subject);
    MedianResult result{input.capability_from, {}};
    for (std::size_t k = 0; k < input.issue_count(); ++k) {
        context.check();
        MedianIssue issue;
        issue.issue = input.issues[k];
        if (const auto interval = weighted_median(input, k, options.weights)) {
            issue.low = interval->low;
            issue.high = interval->high;
            issue.value = resolve(*interval, options.tie);
            issue.option = input.options[k][nearest_option(input.options[k], *issue.value)].id;
            for (std::size_t a = 0; issue.pivot.empty() && a < input.actor_count(); ++a) {
                if (weight_of(input, options.weights, a, k) > 0 &&
                    !(input.position[input.at(a, k)] < interval->low) &&
                    !(input.position[input.at(a, k)] > interval->low)) {
                    issue.pivot = input.actors[a];
                }
            }
            vote_on_options(subject, scores, input, k, options.weights, issue);
        }
        result.issues.push_back(std::move(issue));
    }
    return result;
}

}  // namespace steelyard::forecast
