// SPDX-License-Identifier: Apache-2.0
// From records to the arguments of the analyses that pool and score them.
#include "steelyard/core/error.hpp"
#include "steelyard/model/numbers.hpp"
#include "steelyard/store/panel.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace steelyard::store {

namespace {

std::string counted(std::size_t count, std::string_view noun) {
    return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string_view word(const std::optional<bool>& answer) {
    return !answer ? "-" : *answer ? "up" : "down";
}

/// The claims of the case, by id, in their present wording.
std::map<std::string, std::string> wordings(const Case& subject) {
    std::map<std::string, std::string> found;
    for (const Claim& claim : subject.claims)
        found.emplace(claim.id, wording_of(subject, claim));
    return found;
}

std::set<std::string> numbers_of(const Case& subject) {
    std::set<std::string> found;
    for_each_number(subject, [&](const std::string& pointer, const Number&) { found.insert(pointer); });
    return found;
}

}  // namespace

const Claim& find_claim(const Case& subject, const std::string& id) {
    std::vector<std::string> known;
    for (const Claim& claim : subject.claims) {
        if (claim.id == id)
            return claim;
        known.push_back(claim.id);
    }
    throw Error(ErrorKind::unknown_name,
                std::vector{Problem{{},
                                    "the case has no such claim",
                                    id,
                                    known.empty() ? "the case has no claims" : join_names(known),
                                    nearest_name(id, known)}});
}

std::string estimate_subject(const Case& subject, const std::string& about) {
    if (about.starts_with("event:"))
        return about;
    if (about.starts_with("claim:")) {
        find_claim(subject, about.substr(6));
        return about;
    }
    return resolve_number(subject, about);
}

CurrentJudgements current_judgements(const Store& store, const Case& subject) {
    CurrentJudgements current;
    const auto claims = wordings(subject);
    const auto numbers = numbers_of(subject);
    std::map<std::tuple<std::string, std::string, std::string>, Vote> votes;
    for (Vote& vote : store.votes(subject.id)) {  // rounds ascend, so the last one stays
        const auto claim = claims.find(vote.claim);
        if (claim == claims.end() || claim->second != vote.wording ||
            (!vote.number.empty() && !numbers.contains(vote.number))) {
            ++current.outdated;
            continue;
        }
        votes[{vote.claim, vote.number, vote.reader}] = std::move(vote);
    }
    std::set<std::string> readers;
    Value::List vote_lines;
    for (const auto& [unused, vote] : votes) {
        if (!vote.there && !vote.supports && !vote.impact)
            continue;  // a comment only
        readers.insert(vote.reader);
        vote_lines.emplace_back(fmt::format(
            "{} {} {} {} {}{}{}", vote.claim, vote.reader, word(vote.there), word(vote.supports),
            vote.impact ? std::to_string(*vote.impact) : "-", vote.number.empty() ? "" : " ", vote.number));
    }
    std::map<std::pair<std::string, std::string>, Estimate> estimates;
    for (Estimate& estimate : store.estimates(subject.id)) {
        const bool known =
            estimate.about.starts_with("event:") || numbers.contains(estimate.about) ||
            (estimate.about.starts_with("claim:") && claims.contains(estimate.about.substr(6)));
        if (!known)
            ++current.outdated;
        else
            estimates[{estimate.about, estimate.expert}] = std::move(estimate);
    }
    std::set<std::string> experts;
    std::set<std::string> estimated;
    Value::List chances;
    Value::List points;
    for (const auto& [unused, estimate] : estimates) {
        experts.insert(estimate.expert);
        if (estimate.probability) {
            chances.emplace_back(
                fmt::format("{} {} {}", estimate.about, estimate.expert, *estimate.probability));
            continue;
        }
        if (*estimate.low == *estimate.high)
            continue;  // certainty has no density to pool
        estimated.insert(estimate.about);
        points.emplace_back(fmt::format("{} {} {} {} {} {}", estimate.about, estimate.expert, *estimate.low,
                                        *estimate.best, *estimate.high, estimate.confidence.value_or(0.9)));
    }
    Value::Map truths;
    for (const Outcome& outcome : store.outcomes(subject.id)) {
        const std::string about = outcome.event.starts_with('/') ? outcome.event : "event:" + outcome.event;
        if (outcome.value && estimated.contains(about))
            truths.emplace_back(about, Value(*outcome.value));
    }
    current.votes = static_cast<int>(vote_lines.size());
    current.estimates = static_cast<int>(estimates.size());
    current.summary = counted(vote_lines.size(), "vote") + " of " + counted(readers.size(), "reader") + ", " +
                      counted(estimates.size(), "estimate") + " of " + counted(experts.size(), "expert");
    current.arguments = Value(Value::Map{{"votes", Value(std::move(vote_lines))},
                                         {"chances", Value(std::move(chances))},
                                         {"estimates", Value(std::move(points))},
                                         {"truths", Value(std::move(truths))}});
    return current;
}

Value score_arguments(const Store& store, std::string_view case_id) {
    const auto name = [&](const std::string& of_case, const std::string& event) {
        return case_id.empty() ? of_case + '/' + event : event;
    };
    Value::List lines;
    std::set<std::string> forecast;
    for (const Forecast& each : store.forecasts(case_id)) {
        const std::string event = name(each.case_id, each.event);
        std::string line = event + ' ' + each.by;
        for (const auto& [outcome, chance] : each.chances)
            line += fmt::format(" {}={}", outcome, chance);
        lines.emplace_back(std::move(line));
        forecast.insert(event);
    }
    Value::Map outcomes;
    for (const Outcome& each : store.outcomes(case_id)) {
        const std::string event = name(each.case_id, each.event);
        if (forecast.contains(event) && !each.outcome.empty())
            outcomes.emplace_back(event, Value(each.outcome));
    }
    return Value(
        Value::Map{{"forecasts", Value(std::move(lines))}, {"outcomes", Value(std::move(outcomes))}});
}

}  // namespace steelyard::store
