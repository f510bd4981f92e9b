// SPDX-License-Identifier: Apache-2.0
// Saved forecasts and outcomes: a chain in which each link is the SHA-256 of the record and the link before.
#include "inside.hpp"
#include "steelyard/core/error.hpp"
#include "steelyard/core/sha256.hpp"
#include "steelyard/format/json.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace steelyard::store {

namespace {

/// A row of the ledger.
struct Row {
    std::int64_t seq = 0;
    std::string kind, case_id, event, body, at, hash;
};

constexpr std::string_view kRows = "SELECT seq, kind, case_id, event, body, at, hash FROM ledger ";

bool next(Statement& query, Row& row) {
    if (!query.step())
        return false;
    row = {query.integer(0), query.text(1), query.text(2), query.text(3),
           query.text(4),    query.text(5), query.text(6)};
    return true;
}

/// What a link vouches for.  JSON keeps apart what stands side by side.
std::string link(const std::string& previous, const Row& row) {
    return sha256(to_json(Value(Value::Map{{"previous", Value(previous)},
                                           {"seq", Value(row.seq)},
                                           {"kind", Value(row.kind)},
                                           {"case_id", Value(row.case_id)},
                                           {"event", Value(row.event)},
                                           {"at", Value(row.at)},
                                           {"body", Value(row.body)}}),
                          0));
}

std::string append(Database& database, Row row, const Stamp& stamp, const std::string& by) {
    Statement last(database, "SELECT seq, hash FROM ledger ORDER BY seq DESC LIMIT 1");
    const bool any = last.step();
    row.seq = any ? last.integer(0) + 1 : 1;
    row.at = stamp.at;
    row.hash = link(any ? last.text(1) : std::string(), row);
    Statement insert(database, "INSERT INTO ledger VALUES (?, ?, ?, ?, ?, ?, ?)");
    insert.bind(row.seq).bind(row.kind).bind(row.case_id).bind(row.event).bind(row.body);
    insert.bind(row.at).bind(row.hash).run();
    log(database, stamp, row.kind,
        row.case_id + ' ' + row.event + (by.empty() ? "" : " by " + by) + ' ' + row.hash.substr(0, 12));
    return row.hash;
}

std::string text_of(const Value& body, std::string_view name) {
    const Value* value = body.find(name);
    const auto* text = value == nullptr ? nullptr : value->get<std::string>();
    return text == nullptr ? std::string() : *text;
}

Forecast forecast_of(const Row& row) {
    const Value body = from_json(row.body);
    Forecast forecast{row.seq,
                      row.case_id,
                      row.event,
                      text_of(body, "by"),
                      {},
                      text_of(body, "due"),
                      text_of(body, "case_hash"),
                      text_of(body, "note"),
                      row.at,
                      row.hash};
    if (const Value* chances = body.find("chances"); chances != nullptr && chances->get<Value::Map>()) {
        for (const auto& [outcome, chance] : *chances->get<Value::Map>())
            forecast.chances.emplace_back(outcome, chance.number().value_or(0));
    }
    return forecast;
}

Outcome outcome_of(const Row& row) {
    const Value body = from_json(row.body);
    const Value* value = body.find("value");
    return {row.seq,
            row.case_id,
            row.event,
            text_of(body, "outcome"),
            value == nullptr ? std::nullopt : value->number(),
            text_of(body, "note"),
            text_of(body, "by"),
            row.at,
            row.hash};
}

std::vector<std::string> outcomes_of(const Forecast& forecast) {
    std::vector<std::string> names;
    for (const auto& [name, unused] : forecast.chances)
        names.push_back(name);
    std::ranges::sort(names);
    return names;
}

/// The outcomes that an earlier forecast of the event knows; empty when there is none.
std::vector<std::string> known_outcomes(Database& database, const std::string& case_id,
                                        const std::string& event) {
    Statement query(database, std::string(kRows) +
                                  "WHERE kind = 'forecast' AND case_id = ? AND event = ? "
                                  "ORDER BY seq LIMIT 1");
    query.bind(case_id).bind(event);
    Row row;
    return next(query, row) ? outcomes_of(forecast_of(row)) : std::vector<std::string>();
}

void check_forecast(Database& database, const Forecast& forecast) {
    check_name("case", forecast.case_id);
    check_name("event", forecast.event);
    check_name("forecaster", forecast.by);
    check_text("note", forecast.note);
    check_text("date", forecast.due);
    if (forecast.chances.size() < 2)
        refuse("a forecast of '" + forecast.event + "' gives every possible outcome its chance", {},
               "at least two outcomes");
    double sum = 0;
    for (const auto& [outcome, chance] : forecast.chances) {
        check_name("outcome", outcome);
        if (!within(chance, 0, 1))
            refuse("the chance of '" + outcome + "' is out of range", std::to_string(chance), "0 to 1");
        sum += chance;
    }
    constexpr double slack = 1e-6;  // chances typed as percents of thirds
    if (std::abs(sum - 1) > slack)
        refuse("the chances of '" + forecast.event + "' do not sum to 1", std::to_string(sum));
    const auto names = outcomes_of(forecast);
    if (std::ranges::adjacent_find(names) != names.end())
        refuse("an outcome of '" + forecast.event + "' stands twice");
    const auto known = known_outcomes(database, forecast.case_id, forecast.event);
    if (!known.empty() && known != names)
        refuse("an earlier forecast of '" + forecast.event + "' has other outcomes", join_names(names),
               join_names(known));
    Statement settled(database, "SELECT 1 FROM ledger WHERE kind = 'outcome' AND case_id = ? AND event = ?");
    settled.bind(forecast.case_id).bind(forecast.event);
    if (settled.step())
        refuse("'" + forecast.event + "' is already settled; a forecast comes before its outcome");
}

}  // namespace

std::string Store::save(const std::vector<Forecast>& forecasts, const Stamp& stamp) {
    Database& database = inside_->database;
    Transaction transaction(database);
    std::string hash;
    for (const Forecast& forecast : forecasts) {
        check_forecast(database, forecast);
        Value::Map body{{"by", Value(forecast.by)}, {"chances", to_value(forecast.chances)}};
        for (const auto& [name, text] : {std::pair{"due", &forecast.due},
                                         {"case_hash", &forecast.case_hash},
                                         {"note", &forecast.note}}) {
            if (!text->empty())
                body.emplace_back(name, Value(*text));
        }
        hash = append(
            database,
            {0, "forecast", forecast.case_id, forecast.event, to_json(Value(std::move(body)), 0), {}, {}},
            stamp, forecast.by);
    }
    transaction.commit();
    return hash;
}

std::string Store::resolve(const Outcome& outcome, const Stamp& stamp) {
    check_name("case", outcome.case_id);
    check_name("event", outcome.event);
    check_text("note", outcome.note);
    check_text("outcome", outcome.outcome);
    if (outcome.outcome.empty() && !outcome.value)
        refuse("an outcome says what happened or the true value");
    if (outcome.value && !std::isfinite(*outcome.value))
        refuse("the true value is not a number");
    Database& database = inside_->database;
    Transaction transaction(database);
    const auto known = known_outcomes(database, outcome.case_id, outcome.event);
    if (!known.empty() && std::ranges::find(known, outcome.outcome) == known.end())
        refuse("no forecast of '" + outcome.event + "' knows this outcome", outcome.outcome,
               join_names(known));
    Value::Map body{{"by", Value(stamp.by)}, {"outcome", Value(outcome.outcome)}};
    if (outcome.value)
        body.emplace_back("value", Value(*outcome.value));
    if (!outcome.note.empty())
        body.emplace_back("note", Value(outcome.note));
    std::string hash = append(
        database, {0, "outcome", outcome.case_id, outcome.event, to_json(Value(std::move(body)), 0), {}, {}},
        stamp, {});
    transaction.commit();
    return hash;
}

std::vector<Forecast> Store::forecasts(std::string_view case_id) const {
    Statement query(inside_->database, std::string(kRows) +
                                           "WHERE kind = 'forecast' AND (?1 = '' OR "
                                           "case_id = ?1) ORDER BY seq");
    query.bind(case_id);
    std::vector<Forecast> found;
    for (Row row; next(query, row);)
        found.push_back(forecast_of(row));
    return found;
}

std::vector<Outcome> Store::outcomes(std::string_view case_id, bool latest) const {
    Statement query(inside_->database, std::string(kRows) +
                                           "WHERE kind = 'outcome' AND (?1 = '' OR "
                                           "case_id = ?1) ORDER BY seq");
    query.bind(case_id);
    std::vector<Outcome> found;
    for (Row row; next(query, row);) {
        Outcome outcome = outcome_of(row);
        if (latest) {
            std::erase_if(found, [&](const Outcome& earlier) {
                return earlier.case_id == outcome.case_id && earlier.event == outcome.event;
            });
        }
        found.push_back(std::move(outcome));
    }
    return found;
}

std::vector<std::string> check_chain(Database& database) {
    Statement query(database, std::string(kRows) + "ORDER BY seq");
    std::string previous;
    std::int64_t expected = 1;
    for (Row row; next(query, row); ++expected) {
        if (row.seq != expected)
            return {"the chain of saved forecasts lacks record " + std::to_string(expected)};
        if (row.hash != link(previous, row)) {
            return {"the chain of saved forecasts is broken: record " + std::to_string(row.seq) + " (" +
                    row.event + ") is not what was saved"};
        }
        previous = row.hash;
    }
    return {};
}

std::vector<std::string> Store::chain_problems() const {
    return check_chain(inside_->database);
}

}  // namespace steelyard::store
