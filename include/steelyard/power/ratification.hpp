// SPDX-License-Identifier: Apache-2.0
#pragma once
/// What does it do to the talks that somebody at home must agree as well?

#include "steelyard/core/context.hpp"
#include "steelyard/core/described.hpp"
#include "steelyard/model/case.hpp"

#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace steelyard::power {

/// How members of a ratifying body vote whose preferences the case does not know.
enum class Unknown { follow, against };

constexpr auto choices_of(Unknown) {
    return std::array{
        Choice<Unknown>{Unknown::follow, "follow", "as the actor whose acceptance they gate would decide"},
        Choice<Unknown>{Unknown::against, "against", "against every deal"},
    };
}

struct RatificationOptions {
    std::string table;
    std::string body;
    Unknown unknown = Unknown::follow;
    int most = 2000000;
    int samples = 100000;

    static constexpr auto fields() {
        return std::tuple{
            field("table", &RatificationOptions::table, "Table to analyse; empty means the first one."),
            field("body", &RatificationOptions::body,
                  "The ratifying body to look at; empty means all that gate an actor of the table."),
            field("unknown", &RatificationOptions::unknown,
                  "How members vote whose preferences the case does not know."),
            field("most", &RatificationOptions::most, "Up to this many deals, all are looked at.", "deals",
                  {1, 100000000}),
            field("samples", &RatificationOptions::samples, "Beyond that, so many random deals.", "deals",
                  {1000, 10000000}),
        };
    }
};

/// A win-set: the deals that pass.
struct WinSet {
    Rational deals;
    double share = 0;
    double low = 0;
    double high = 0;
    Named<Rational> best;
    Named<double> mean;
    Named<std::string> agreed;
    Named<Rational> points;

    static constexpr auto fields() {
        return std::tuple{
            field("deals", &WinSet::deals, "How many deals pass; estimated where the result is not exact.",
                  "deals"),
            field("share", &WinSet::share, "As a share of the feasible deals.", "%"),
            field("low", &WinSet::low,
                  "Lower end of the 95 % interval of that share; where exact, the share.", "%"),
            field("high", &WinSet::high, "Upper end of that interval.", "%"),
            field("best", &WinSet::best, "The most each actor can have among them.", "points"),
            field("mean", &WinSet::mean, "What each actor has on average over them.", "points"),
            field("agreed", &WinSet::agreed,
                  "The deal with the largest product of gains among those by which no actor of the table "
                  "loses; empty "
                  "when there is none."),
            field("points", &WinSet::points, "Its points for every actor that has preferences.", "points"),
        };
    }
};

/// One ratifying body.
struct Ratifier {
    std::string body;
    std::string actor;
    WinSet with;
    Named<Rational> change;
    std::vector<std::string> blocks;
    std::vector<std::string> assumed;
    std::string text;

    static constexpr auto fields() {
        return std::tuple{
            field("body", &Ratifier::body, "The body."),
            field("actor", &Ratifier::actor, "The actor whose acceptance it gates."),
            field("with", &Ratifier::with, "The deals that pass at the table and in this body."),
            field(
                "change", &Ratifier::change,
                "What the body does to each actor's points in the agreed deal; empty when either is missing.",
                "points"),
            field("blocks", &Ratifier::blocks, "Members without whom nothing passes the body."),
            field("assumed", &Ratifier::assumed,
                  "Members whose vote is assumed, as the case does not know them."),
            field("text", &Ratifier::text, "The same in words."),
        };
    }
};

struct RatificationResult {
    std::string table;
    Rational deals;
    Rational feasible;
    WinSet without;
    std::vector<Ratifier> ratifiers;
    WinSet all;
    bool exact = true;

    static constexpr auto fields() {
        return std::tuple{
            field("table", &RatificationResult::table, "The table that was analysed."),
            field("deals", &RatificationResult::deals, "All deals: one option for every open issue.",
                  "deals"),
            field("feasible", &RatificationResult::feasible,
                  "Deals that break no rule and no hard obligation; estimated where not exact.", "deals"),
            field("without", &RatificationResult::without, "The deals that pass at the table alone."),
            field("ratifiers", &RatificationResult::ratifiers,
                  "What each ratifying body does to that, by itself."),
            field("all", &RatificationResult::all,
                  "The deals that pass at the table and in every one of them."),
            field("exact", &RatificationResult::exact,
                  "Whether every deal was looked at; otherwise numbers come from random deals."),
        };
    }
};

/// Win-sets with and without ratification (Putnam 1988; Schelling 1960 on why a smaller one can help).
///
/// A member that is an actor with preferences votes for the deals that give it at least its no-deal value.  An
/// actor accepts a deal when it would itself and its bodies pass it.
/// O(deals x members).  Throws `Error`: missing_section (no body that ratifies for an actor of the table; an
/// issue without status quo), unknown_name, limit, cancelled.
RatificationResult ratification(const Case& subject, const RatificationOptions& options,
                                const Context& context);

}  // namespace steelyard::power
