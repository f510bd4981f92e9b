// SPDX-License-Identifier: Apache-2.0
#pragma once
/// What the store holds, record by record.  Times are UTC, `2026-11-23T18:05:00Z`; a case is named by its id,
/// and its state at the time by the hash of its canonical text.

#include "steelyard/core/described.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace steelyard::store {

/// Who writes, and when.  The door reads the clock and knows the person.
struct Stamp {
    std::string at;
    std::string by;
};

/// What one reader says about one claim in one round.  A question that is not answered is absent.
struct Vote {
    std::string case_id;
    std::string claim;
    std::string number;  ///< the number it is about, as a JSON Pointer; empty: every number that rests on it
    std::string reader;
    int round = 0;
    std::string wording;
    std::string case_hash;
    std::optional<bool> there;
    std::optional<bool> supports;
    std::optional<int> impact;
    std::string comment;
    std::string at;

    static constexpr auto fields() {
        return std::tuple{
            field("case_id", &Vote::case_id, "The case."),
            field("claim", &Vote::claim, "The claim."),
            field(
                "number", &Vote::number,
                "The number the answers are about, as a JSON Pointer; empty: every number that rests on the "
                "claim."),
            field("reader", &Vote::reader, "Who votes."),
            field("round", &Vote::round, "The round, from 1."),
            field("wording", &Vote::wording, "Fingerprint of the claim as it stood when the vote was cast."),
            field("case_hash", &Vote::case_hash, "SHA-256 of the case at that time."),
            field("there", &Vote::there, "Is it really there, in context?"),
            field("supports", &Vote::supports, "Does it support the number?"),
            field("impact", &Vote::impact, "How much does it matter?", "", {0, 4}),
            field("comment", &Vote::comment, "Why."),
            field("at", &Vote::at, "When it was last added to."),
        };
    }
    friend bool operator==(const Vote&, const Vote&) = default;
};

/// What one expert says in one round about an event or claim (a probability) or a number (three points).
struct Estimate {
    std::string case_id;
    std::string about;
    std::string expert;
    int round = 0;
    std::string case_hash;
    std::optional<double> probability;
    std::optional<double> low;
    std::optional<double> best;
    std::optional<double> high;
    std::optional<double> confidence;
    std::string comment;
    std::string at;

    static constexpr auto fields() {
        return std::tuple{
            field("case_id", &Estimate::case_id, "The case."),
            field("about", &Estimate::about,
                  "A number (JSON Pointer), a claim (`claim:ID`) or an event or seed question (`event:ID`)."),
            field("expert", &Estimate::expert, "Who estimates."),
            field("round", &Estimate::round, "The round, from 1."),
            field("case_hash", &Estimate::case_hash, "SHA-256 of the case at that time."),
            field("probability", &Estimate::probability, "Chance that it holds or happens.", "", {0, 1}),
            field("low", &Estimate::low, "Low end of a three-point estimate."),
            field("best", &Estimate::best, "Its best guess."),
            field("high", &Estimate::high, "Its high end."),
            field("confidence", &Estimate::confidence, "How sure the expert is that the truth lies inside.",
                  "", {0, 1}),
            field("comment", &Estimate::comment, "Why."),
            field("at", &Estimate::at, "When."),
        };
    }
    friend bool operator==(const Estimate&, const Estimate&) = default;
};

/// A finished run of an analysis, as kept.
struct RunRecord {
    std::int64_t id = 0;
    std::string analysis;
    std::string version;
    std::string case_id;
    std::string case_hash;
    std::uint64_t seed = 1;
    Value overrides;
    Value options;
    Value result;
    std::string by;
    std::string at;

    static constexpr auto fields() {
        return std::tuple{
            field("id", &RunRecord::id, "Its number in the store."),
            field("analysis", &RunRecord::analysis, "The analysis."),
            field("version", &RunRecord::version, "Version of Steelyard."),
            field("case_id", &RunRecord::case_id, "The case."),
            field("case_hash", &RunRecord::case_hash, "SHA-256 of the case, overrides applied."),
            field("seed", &RunRecord::seed, "Seed of random draws."),
            field("overrides", &RunRecord::overrides, "Numbers replaced for the run."),
            field("options", &RunRecord::options, "The complete options."),
            field("result", &RunRecord::result, "The result."),
            field("by", &RunRecord::by, "Who ran it."),
            field("at", &RunRecord::at, "When."),
        };
    }
    friend bool operator==(const RunRecord&, const RunRecord&) = default;
};

/// A forecast of an event, fixed for ever once saved.
struct Forecast {
    std::int64_t seq = 0;
    std::string case_id;
    std::string event;
    std::string by;
    Named<double> chances;
    std::string due;
    std::string case_hash;
    std::string note;
    std::string at;
    std::string hash;

    static constexpr auto fields() {
        return std::tuple{
            field("seq", &Forecast::seq, "Its place in the chain, from 1."),
            field("case_id", &Forecast::case_id, "The case."),
            field("event", &Forecast::event, "What is forecast; one outcome settles it for everybody."),
            field("by", &Forecast::by, "`model:NAME`, `expert:NAME` or `pool:NAME`."),
            field("chances", &Forecast::chances,
                  "Every possible outcome with its probability; they sum to 1."),
            field("due", &Forecast::due, "When the outcome will be known; empty when not stated."),
            field("case_hash", &Forecast::case_hash, "SHA-256 of the case it was made from."),
            field("note", &Forecast::note, "In the forecaster's words."),
            field("at", &Forecast::at, "When it was saved."),
            field("hash", &Forecast::hash, "Its link of the chain."),
        };
    }
    friend bool operator==(const Forecast&, const Forecast&) = default;
};

/// What happened.  A later outcome of the same event corrects an earlier one; both stay.
struct Outcome {
    std::int64_t seq = 0;
    std::string case_id;
    std::string event;
    std::string outcome;
    std::optional<double> value;
    std::string note;
    std::string by;
    std::string at;
    std::string hash;

    static constexpr auto fields() {
        return std::tuple{
            field("seq", &Outcome::seq, "Its place in the chain, from 1."),
            field("case_id", &Outcome::case_id, "The case."),
            field("event", &Outcome::event, "The event it settles."),
            field("outcome", &Outcome::outcome, "Which of the possible outcomes it was."),
            field("value", &Outcome::value, "The true value, where the event is a quantity."),
            field("note", &Outcome::note, "How it is known."),
            field("by", &Outcome::by, "Who says so."),
            field("at", &Outcome::at, "When it was entered."),
            field("hash", &Outcome::hash, "Its link of the chain."),
        };
    }
    friend bool operator==(const Outcome&, const Outcome&) = default;
};

/// A source as a case described it.
struct SourceRecord {
    std::string case_id;
    std::string source;
    std::string case_hash;
    std::string title;
    std::string publisher;
    std::string author;
    std::string date;
    std::string url;
    std::string licence;
    std::string reliability;
    std::string origin;
    std::string sha256;
    std::string at;

    static constexpr auto fields() {
        return std::tuple{
            field("case_id", &SourceRecord::case_id, "The case."),
            field("source", &SourceRecord::source, "The source's id."),
            field("case_hash", &SourceRecord::case_hash, "SHA-256 of the case that describes it so."),
            field("title", &SourceRecord::title, "Its title."),
            field("publisher", &SourceRecord::publisher, "Its publisher."),
            field("author", &SourceRecord::author, "Its author."),
            field("date", &SourceRecord::date, "Its date."),
            field("url", &SourceRecord::url, "Its address."),
            field("licence", &SourceRecord::licence, "Its licence note."),
            field("reliability", &SourceRecord::reliability, "Admiralty code; empty when not rated."),
            field("origin", &SourceRecord::origin, "Its origin; empty when not stated."),
            field("sha256", &SourceRecord::sha256, "SHA-256 of the text it was read from."),
            field("at", &SourceRecord::at, "When it was recorded."),
        };
    }
    friend bool operator==(const SourceRecord&, const SourceRecord&) = default;
};

/// One line of the audit log.
struct AuditEntry {
    std::int64_t seq = 0;
    std::string at;
    std::string by;
    std::string action;
    std::string subject;

    static constexpr auto fields() {
        return std::tuple{
            field("seq", &AuditEntry::seq, "Its number, from 1."),
            field("at", &AuditEntry::at, "When."),
            field("by", &AuditEntry::by, "Who."),
            field("action", &AuditEntry::action, "What was done."),
            field("subject", &AuditEntry::subject,
                  "To what: names and ids only, never a password, a token or an opinion."),
        };
    }
    friend bool operator==(const AuditEntry&, const AuditEntry&) = default;
};

}  // namespace steelyard::store
