// SPDX-License-Identifier: Apache-2.0
// Votes and estimates, round by round.
#include "inside.hpp"
#include "steelyard/core/error.hpp"

#include <cmath>

namespace steelyard::store {

namespace {

constexpr int kMostRounds = 9;

int current_round(Database& database, std::string_view case_id) {
    Statement query(database, "SELECT max(round) FROM rounds WHERE case_id = ?");
    query.bind(case_id);
    return query.step() ? static_cast<int>(query.maybe_integer(0).value_or(1)) : 1;
}

/// The round a judgement belongs to; an older or a later one is refused.
int round_for(Database& database, const std::string& case_id, int wanted) {
    const int current = current_round(database, case_id);
    if (wanted != 0 && wanted != current) {
        refuse("the judgement belongs to another round of '" + case_id + "'", std::to_string(wanted),
               "round " + std::to_string(current));
    }
    return current;
}

/// The answer to keep: what was said first stands.
template <class T>
std::optional<T> merge(const std::optional<T>& said, const std::optional<T>& now, const Vote& vote,
                       std::string_view question) {
    if (said && now && *said != *now) {
        refuse("'" + vote.reader + "' has already answered '" + std::string(question) + "' of claim '" +
                   vote.claim + "' in this round, and may have seen the others since",
               {}, "another answer when the next round is opened");
    }
    return said ? said : now;
}

constexpr std::string_view kVoteColumns =
    "SELECT case_id, claim, number, reader, round, wording, case_hash, there, supports, impact, comment, at "
    "FROM votes ";

std::optional<bool> truth(const Statement& row, int column) {
    const auto value = row.maybe_integer(column);
    return value ? std::optional(*value != 0) : std::nullopt;
}

std::optional<int> small(const Statement& row, int column) {
    const auto value = row.maybe_integer(column);
    return value ? std::optional(static_cast<int>(*value)) : std::nullopt;
}

std::vector<Vote> read_votes(Statement& query) {
    std::vector<Vote> votes;
    while (query.step()) {
        votes.push_back({query.text(0), query.text(1), query.text(2), query.text(3),
                         static_cast<int>(query.integer(4)), query.text(5), query.text(6), truth(query, 7),
                         truth(query, 8), small(query, 9), query.text(10), query.text(11)});
    }
    return votes;
}

void add_vote(Database& database, const Vote& vote, const Stamp& stamp) {
    check_name("case", vote.case_id);
    check_name("claim", vote.claim);
    check_name("reader", vote.reader);
    check_text("comment", vote.comment);
    check_text("wording", vote.wording);
    if (!vote.there && !vote.supports && !vote.impact && vote.comment.empty())
        refuse("a vote answers at least one question or comments");
    if (vote.impact && (*vote.impact < 0 || *vote.impact > 4))
        refuse("the impact is out of range", std::to_string(*vote.impact), "0 to 4");
    const int round = round_for(database, vote.case_id, vote.round);
    Vote kept = vote;
    Statement query(database, std::string(kVoteColumns) +
                                  "WHERE case_id = ? AND claim = ? AND number = ? AND "
                                  "reader = ? AND round = ?");
    query.bind(vote.case_id).bind(vote.claim).bind(vote.number).bind(vote.reader).bind(round);
    const std::vector<Vote> earlier = read_votes(query);
    if (!earlier.empty() && earlier[0].wording == vote.wording) {
        const Vote& said = earlier[0];
        kept.there = merge(said.there, vote.there, vote, "there");
        kept.supports = merge(said.supports, vote.supports, vote, "supports");
        kept.impact = merge(said.impact, vote.impact, vote, "impact");
        kept.comment = vote.comment.empty() ? said.comment : vote.comment;
    }
    // A claim that was reworded in between is another claim: the vote on the old wording gives way.
    Statement upsert(database,
                     "INSERT INTO votes (case_id, claim, number, reader, round, wording, case_hash, there, "
                     "supports, impact, comment, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
                     "ON CONFLICT DO UPDATE SET wording = excluded.wording, case_hash = excluded.case_hash, "
                     "there = excluded.there, supports = excluded.supports, impact = excluded.impact, "
                     "comment = excluded.comment, at = excluded.at");
    upsert.bind(kept.case_id).bind(kept.claim).bind(kept.number).bind(kept.reader).bind(round);
    upsert.bind(kept.wording).bind(kept.case_hash).bind(kept.there).bind(kept.supports).bind(kept.impact);
    upsert.bind(kept.comment).bind(stamp.at).run();
    log(database, stamp, "vote",
        vote.case_id + ' ' + vote.claim + (vote.number.empty() ? "" : ' ' + vote.number) + " by " +
            vote.reader + " round " + std::to_string(round));
}

void check_estimate(const Estimate& estimate) {
    check_name("case", estimate.case_id);
    check_name("number, claim or event", estimate.about);
    check_name("expert", estimate.expert);
    check_text("comment", estimate.comment);
    const bool points = estimate.low || estimate.best || estimate.high;
    if (estimate.probability.has_value() == points)
        refuse("an estimate is either a probability or three points");
    if (estimate.probability && !within(*estimate.probability, 0, 1))
        refuse("the probability is out of range", std::to_string(*estimate.probability), "0 to 1");
    if (!points)
        return;
    if (!estimate.low || !estimate.best || !estimate.high)
        refuse("a three-point estimate has low, best and high");
    if (!std::isfinite(*estimate.low) || !std::isfinite(*estimate.high) ||
        !within(*estimate.best, *estimate.low, *estimate.high))
        refuse("the three points are out of order", {}, "low <= best <= high");
    if (estimate.confidence && (*estimate.confidence == 0 || !within(*estimate.confidence, 0, 1)))
        refuse("the confidence is out of range", std::to_string(*estimate.confidence), "above 0, at most 1");
}

void add_estimate(Database& database, const Estimate& estimate, const Stamp& stamp) {
    check_estimate(estimate);
    const int round = round_for(database, estimate.case_id, estimate.round);
    Statement insert(database,
                     "INSERT INTO estimates (case_id, about, expert, round, case_hash, probability, low, "
                     "best, high, confidence, comment, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON "
                     "CONFLICT DO NOTHING");
    insert.bind(estimate.case_id).bind(estimate.about).bind(estimate.expert).bind(round);
    insert.bind(estimate.case_hash).bind(estimate.probability).bind(estimate.low).bind(estimate.best);
    insert.bind(estimate.high).bind(estimate.confidence).bind(estimate.comment).bind(stamp.at).run();
    if (database.changes() == 0) {
        refuse("'" + estimate.expert + "' has already given an estimate of '" + estimate.about +
                   "' in this round, and may have seen the others since",
               {}, "another one when the next round is opened");
    }
    log(database, stamp, "estimate",
        estimate.case_id + ' ' + estimate.about + " by " + estimate.expert + " round " +
            std::to_string(round));
}

}  // namespace

int Store::round(std::string_view case_id) const {
    return current_round(inside_->database, case_id);
}

int Store::open_round(std::string_view case_id, const Stamp& stamp) {
    Database& database = inside_->database;
    Transaction transaction(database);
    const int next = current_round(database, case_id) + 1;
    if (next > kMostRounds)
        throw Error(ErrorKind::limit, "a case has at most nine rounds");
    Statement insert(database, "INSERT INTO rounds (case_id, round, at) VALUES (?, ?, ?)");
    insert.bind(case_id).bind(next).bind(stamp.at).run();
    log(database, stamp, "round", std::string(case_id) + ' ' + std::to_string(next));
    transaction.commit();
    return next;
}

void Store::vote(const Vote& vote, const Stamp& stamp) {
    judge({vote}, {}, stamp);
}

void Store::estimate(const Estimate& estimate, const Stamp& stamp) {
    judge({}, {estimate}, stamp);
}

void Store::judge(const std::vector<Vote>& votes, const std::vector<Estimate>& estimates,
                  const Stamp& stamp) {
    Database& database = inside_->database;
    Transaction transaction(database);
    std::vector<Problem> problems;
    const auto attempt = [&](const auto& add) {
        try {
            add();
        } catch (const Error& error) {
            if (error.kind() != ErrorKind::usage)
                throw;
            problems.insert(problems.end(), error.problems().begin(), error.problems().end());
        }
    };
    for (const Vote& vote : votes)
        attempt([&] { add_vote(database, vote, stamp); });
    for (const Estimate& estimate : estimates)
        attempt([&] { add_estimate(database, estimate, stamp); });
    if (!problems.empty())
        throw Error(ErrorKind::usage, std::move(problems));
    transaction.commit();
}

std::vector<Vote> Store::votes(std::string_view case_id) const {
    Statement query(inside_->database,
                    std::string(kVoteColumns) + "WHERE case_id = ? ORDER BY claim, number, reader, round");
    query.bind(case_id);
    return read_votes(query);
}

std::vector<Vote> Store::visible_votes(std::string_view case_id, std::string_view claim,
                                       std::string_view reader) const {
    Statement query(inside_->database,
                    std::string(kVoteColumns) +
                        "WHERE case_id = ?1 AND claim = ?2 AND round <= (SELECT coalesce(max(round), 0) FROM "
                        "votes WHERE case_id = ?1 AND claim = ?2 AND reader = ?3) ORDER BY number, reader, "
                        "round");
    query.bind(case_id).bind(claim).bind(reader);
    return read_votes(query);
}

std::vector<Estimate> Store::estimates(std::string_view case_id) const {
    Statement query(inside_->database,
                    "SELECT case_id, about, expert, round, case_hash, probability, low, best, high, "
                    "confidence, comment, at FROM estimates WHERE case_id = ? ORDER BY about, expert, round");
    query.bind(case_id);
    std::vector<Estimate> estimates;
    while (query.step()) {
        estimates.push_back({query.text(0), query.text(1), query.text(2), static_cast<int>(query.integer(3)),
                             query.text(4), query.maybe_real(5), query.maybe_real(6), query.maybe_real(7),
                             query.maybe_real(8), query.maybe_real(9), query.text(10), query.text(11)});
    }
    return estimates;
}

}  // namespace steelyard::store
