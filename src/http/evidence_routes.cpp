// SPDX-License-Identifier: Apache-2.0
// Claims, votes, estimates, pools, forecasts: all by the person who is signed in.
#include "bodies.hpp"
#include "service.hpp"
#include "steelyard/core/error.hpp"
#include "steelyard/model/numbers.hpp"
#include "steelyard/store/panel.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace steelyard::http {

namespace {

store::Stamp stamp_of(const Call& call) {
    return {now_text(), call.who.name};
}

const Case& case_of(const CasePointer& served) {
    return served->read->value;
}

/// The second word of a judgement's line: who speaks.
std::string_view speaker(std::string_view line) {
    line.remove_prefix(std::min(line.find(' ') + 1, line.size()));
    return line.substr(0, std::min(line.find(' '), line.size()));
}
std::string_view subject_of(std::string_view line) {
    return line.substr(0, std::min(line.find(' '), line.size()));
}

/// What the reader has already judged in the current round, so that others' judgements may be seen.
struct Judged {
    std::set<std::string, std::less<>> claims;
    std::set<std::string, std::less<>> estimated;
};

Judged judged_by(const store::Store& store, const std::string& case_id, const std::string& reader) {
    Judged judged;
    const int round = store.round(case_id);
    for (const store::Vote& vote : store.votes(case_id)) {
        if (vote.reader == reader && vote.round == round)
            judged.claims.insert(vote.claim);
    }
    for (const store::Estimate& estimate : store.estimates(case_id)) {
        if (estimate.expert == reader && estimate.round == round)
            judged.estimated.insert(estimate.about);
    }
    return judged;
}

/// Leaves the lines that the reader may see; counts the others.
std::int64_t drop_hidden(Value& arguments, std::string_view name,
                         const std::set<std::string, std::less<>>& seen, const std::string& reader) {
    for (auto& [each, lines] : *arguments.get<Value::Map>()) {
        if (each != name)
            continue;
        return static_cast<std::int64_t>(std::erase_if(*lines.get<Value::List>(), [&](const Value& line) {
            const auto& text = *line.get<std::string>();
            return speaker(text) != reader && !seen.contains(subject_of(text));
        }));
    }
    return 0;
}

std::int64_t drop_hidden(Value& arguments, const Judged& judged, const std::string& reader) {
    return drop_hidden(arguments, "votes", judged.claims, reader) +
           drop_hidden(arguments, "chances", judged.estimated, reader) +
           drop_hidden(arguments, "estimates", judged.estimated, reader);
}

/// The rows of a list in the pool's result whose `member` is `name`.
Value::List rows_about(const Value& result, std::string_view list, std::string_view member,
                       const std::string& name) {
    Value::List rows;
    for (const Value& row : *result.find(list)->get<Value::List>()) {
        if (*row.find(member)->get<std::string>() == name)
            rows.push_back(row);
    }
    return rows;
}

Value first_or_null(const Value::List& rows) {
    return rows.empty() ? Value() : rows.front();
}

/// The addresses of the numbers that rest on each claim.
std::vector<std::vector<std::string>> numbers_by_claim(const Case& subject) {
    std::vector<std::vector<std::string>> numbers(subject.claims.size());
    const auto addresses = number_addresses(subject);
    auto address = addresses.begin();
    for_each_number(subject, [&](const std::string&, const Number& number) {
        for (const ClaimId claim : number.basis.because)
            numbers[claim.index].push_back(address->second);
        ++address;
    });
    return numbers;
}

/// What the analysis `pool` says of what this reader may see.
Value pool_result(const Case& subject, const store::Store& store, const Judged& judged,
                  const std::string& reader) {
    auto current = store::current_judgements(store, subject);
    drop_hidden(current.arguments, judged, reader);
    return run("pool", subject, current.arguments).result;
}

Response forecasts_response(const Call& call, const Case& subject, const store::Store& store) {
    ForecastsAnswer answer;
    answer.forecasts = store.forecasts(subject.id);
    answer.outcomes = store.outcomes(subject.id);
    if (!answer.outcomes.empty() && !answer.forecasts.empty())
        answer.scores =
            run("forecast_scores", subject, store::score_arguments(store, subject.id), call.context).result;
    return json_response(to_value(answer));
}

}  // namespace

Response list_claims(Call& call) {
    const auto served = call.service.library.find_sound(call.parameters[0]);
    const Case& subject = case_of(served);
    const auto lease = call.service.stores.read();
    const Judged judged = lease ? judged_by(*lease, subject.id, call.who.name) : Judged{};
    ClaimsAnswer answer;
    answer.round = lease ? lease->round(subject.id) : 1;
    const Value tree = case_to_tree(subject);
    const Value* claims = tree.find("claims");
    const auto numbers = numbers_by_claim(subject);
    const Value pools = judged.claims.empty() ? Value() : pool_result(subject, *lease, judged, call.who.name);
    for (std::size_t i = 0; i < subject.claims.size(); ++i) {
        const std::string& id = subject.claims[i].id;
        ClaimRow row;
        row.id = id;
        row.claim = *claims->find(id);
        row.numbers = numbers[i];
        if (lease)
            row.votes = lease->visible_votes(subject.id, id, call.who.name);
        for (const store::Vote& vote : row.votes) {
            const bool own = vote.reader == call.who.name && vote.round == answer.round;
            if (own && (row.mine.is_null() || vote.number.empty()))
                row.mine = to_value(vote);
        }
        if (judged.claims.contains(id)) {
            row.pool = Value(
                Value::Map{{"votes", Value(rows_about(pools, "votes", "claim", id))},
                           {"impact", first_or_null(rows_about(pools, "impacts", "claim", id))},
                           {"chance", first_or_null(rows_about(pools, "chances", "about", "claim:" + id))}});
        }
        answer.claims.push_back(std::move(row));
    }
    return json_response(to_value(answer));
}

Response add_vote(Call& call) {
    const auto body = read_options<VoteBody>(call.body);
    const auto served = call.service.library.find_sound(call.parameters[0]);
    const Case& subject = case_of(served);
    const Claim& claim = store::find_claim(subject, body.claim);
    store::Vote vote;
    vote.case_id = subject.id;
    vote.claim = claim.id;
    vote.reader = call.who.name;
    vote.wording = store::wording_of(subject, claim);
    vote.case_hash = served->case_hash;
    vote.there = body.there;
    vote.supports = body.supports;
    vote.impact = body.impact;
    vote.comment = body.comment;
    if (!body.number.empty())
        vote.number = resolve_number(subject, body.number);
    const store::Stamp stamp = stamp_of(call);
    const auto lease = call.service.stores.write();
    lease->keep_sources(subject, vote.case_hash, stamp);
    lease->vote(vote, stamp);
    return json_response(to_value(
        VotesAnswer{lease->round(subject.id), lease->visible_votes(subject.id, claim.id, call.who.name)}));
}

Response add_estimate(Call& call) {
    const auto body = read_options<EstimateBody>(call.body);
    const auto served = call.service.library.find_sound(call.parameters[0]);
    const Case& subject = case_of(served);
    store::Estimate estimate;
    estimate.case_id = subject.id;
    estimate.about = store::estimate_subject(subject, body.about);
    estimate.expert = call.who.name;
    estimate.case_hash = served->case_hash;
    estimate.probability = body.probability;
    estimate.low = body.low;
    estimate.best = body.best;
    estimate.high = body.high;
    estimate.confidence = body.confidence;
    estimate.comment = body.comment;
    const auto lease = call.service.stores.write();
    lease->estimate(estimate, stamp_of(call));
    return json_response(to_value(RoundAnswer{lease->round(subject.id)}));
}

Response get_pool(Call& call) {
    const auto served = call.service.library.find_sound(call.parameters[0]);
    const Case& subject = case_of(served);
    const auto lease = call.service.stores.read();
    PoolAnswer answer;
    Value arguments;
    if (lease) {
        auto current = store::current_judgements(*lease, subject);
        answer.hidden =
            drop_hidden(current.arguments, judged_by(*lease, subject.id, call.who.name), call.who.name);
        answer.outdated = current.outdated;
        answer.summary = current.summary;
        arguments = current.arguments;
    }
    answer.run = to_tree(run("pool", subject, arguments, call.context));
    return json_response(to_value(answer));
}

Response open_round(Call& call) {
    want_nothing(call.body);
    const auto served = call.service.library.find_sound(call.parameters[0]);
    const auto lease = call.service.stores.write();
    return json_response(to_value(RoundAnswer{lease->open_round(case_of(served).id, stamp_of(call))}));
}

Response list_forecasts(Call& call) {
    const auto served = call.service.library.find_sound(call.parameters[0]);
    const auto lease = call.service.stores.read();
    return lease ? forecasts_response(call, case_of(served), *lease)
                 : json_response(to_value(ForecastsAnswer{}));
}

Response add_forecasts(Call& call) {
    const auto body = read_options<ForecastsBody>(call.body);
    const auto served = call.service.library.find_sound(call.parameters[0]);
    const std::string own = "expert:" + call.who.name;
    std::vector<store::Forecast> forecasts;
    for (const Value& each : body.forecasts) {
        const auto said = read_options<ForecastBody>(each);
        store::Forecast forecast;
        forecast.case_id = case_of(served).id;
        forecast.case_hash = served->case_hash;
        forecast.event = said.event;
        forecast.by = said.by.empty() ? own : said.by;
        forecast.chances = said.chances;
        forecast.due = said.due;
        forecast.note = said.note;
        const bool machine = forecast.by.starts_with("model:") || forecast.by.starts_with("pool:");
        if (forecast.by != own && !(machine && permits(call.who.role, Access::settle)))
            throw Refusal(403, "forbidden", "nobody may forecast in another's name: " + forecast.by);
        forecasts.push_back(std::move(forecast));
    }
    if (forecasts.empty())
        throw Error(ErrorKind::usage, "no forecast to save");
    const auto lease = call.service.stores.write();
    lease->save(forecasts, stamp_of(call));
    return forecasts_response(call, case_of(served), *lease);
}

Response add_outcome(Call& call) {
    const auto body = read_options<OutcomeBody>(call.body);
    const auto served = call.service.library.find_sound(call.parameters[0]);
    store::Outcome outcome;
    outcome.case_id = case_of(served).id;
    outcome.event = body.event;
    outcome.outcome = body.outcome;
    outcome.value = body.value;
    outcome.note = body.note;
    const auto lease = call.service.stores.write();
    lease->resolve(outcome, stamp_of(call));
    return forecasts_response(call, case_of(served), *lease);
}

}  // namespace steelyard::http
