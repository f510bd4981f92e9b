// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Logrolling: what each actor gives cheaply that another values, and which swaps leave nobody worse.

#include "steelyard/core/context.hpp"
#include "steelyard/core/described.hpp"
#include "steelyard/model/case.hpp"

#include <string>
#include <tuple>
#include <vector>

namespace steelyard::space {

struct TradesOptions {
    std::string table;
    Named<std::string> deal;
    std::int64_t count = 20;

    static constexpr auto fields() {
        return std::tuple{
            field("table", &TradesOptions::table, "Table to analyse; empty means the first one."),
            field("deal", &TradesOptions::deal,
                  "The deal to start swaps from: issue and option; issues left out keep their status quo. "
                  "Without "
                  "any status quo, no swaps are looked for."),
            field("count", &TradesOptions::count, "How many rates, exchanges and swaps to list at most.", "",
                  {1, 10000}),
        };
    }
};

/// One actor's way from its own best option on an issue to another's.
struct TradeRate {
    std::string issue;
    std::string giver;
    std::string taker;
    std::string from;
    std::string to;
    Rational gives;
    Rational takes;
    std::optional<double> rate;

    static constexpr auto fields() {
        return std::tuple{
            field("issue", &TradeRate::issue, "The issue."),
            field("giver", &TradeRate::giver, "The actor that gives way."),
            field("taker", &TradeRate::taker, "The actor that gets its way."),
            field("from", &TradeRate::from, "The giver's best option."),
            field("to", &TradeRate::to, "The taker's best option (the least costly one for the giver)."),
            field("gives", &TradeRate::gives, "What that costs the giver.", "points of the giver"),
            field("takes", &TradeRate::takes, "What the taker gains.", "points of the taker"),
            field("rate", &TradeRate::rate,
                  "Points gained for a point given; absent when it costs the giver nothing.", ""),
        };
    }
};

/// Two issues on which two actors give way to each other.
struct Exchange {
    std::string first_issue;
    std::string first_giver;
    std::string second_issue;
    std::string second_giver;
    std::optional<double> advantage;

    static constexpr auto fields() {
        return std::tuple{
            field("first_issue", &Exchange::first_issue, "Where the first actor gives way to the second."),
            field("first_giver", &Exchange::first_giver, "The first actor."),
            field("second_issue", &Exchange::second_issue, "Where the second gives way to the first."),
            field("second_giver", &Exchange::second_giver, "The second actor."),
            field("advantage", &Exchange::advantage,
                  "Product of the two rates: above 1 both can gain, whatever the units of their points; "
                  "absent when "
                  "one of them gives at no cost.",
                  ""),
        };
    }
};

/// A change of option on one issue.
struct OptionChange {
    std::string issue;
    std::string from;
    std::string to;

    static constexpr auto fields() {
        return std::tuple{
            field("issue", &OptionChange::issue, "The issue."),
            field("from", &OptionChange::from, "Its option in the deal at hand."),
            field("to", &OptionChange::to, "Its new option."),
        };
    }
};

/// Two changes that together serve at least two actors of the table and leave none worse off, though somebody loses
/// by each alone.
struct Swap {
    std::vector<OptionChange> changes;
    Named<Rational> gains;
    double share = 0;

    static constexpr auto fields() {
        return std::tuple{
            field("changes", &Swap::changes, "The two changes."),
            field("gains", &Swap::gains, "What every actor that has preferences gains or loses.", "points"),
            field("share", &Swap::share,
                  "The second-largest gain at the table, each as a share of the actor's range from worst to "
                  "best "
                  "feasible deal.",
                  "%"),
        };
    }
};

struct TradesResult {
    std::string table;
    std::vector<TradeRate> rates;
    std::vector<Exchange> exchanges;
    Named<std::string> deal;
    std::vector<Swap> swaps;
    std::int64_t swaps_found = 0;
    bool exact = true;
    std::string reason;

    static constexpr auto fields() {
        return std::tuple{
            field("table", &TradesResult::table, "The table that was analysed."),
            field("rates", &TradesResult::rates,
                  "What giving way on an issue costs one actor and brings another, best rate first; bundles "
                  "aside."),
            field("exchanges", &TradesResult::exchanges,
                  "Pairs of issues on which two actors should give way to each other, best first."),
            field("deal", &TradesResult::deal, "The deal that swaps start from; empty when there is none."),
            field("swaps", &TradesResult::swaps,
                  "Swaps of two issues' options from that deal, bundles, rules and obligations included, "
                  "best first."),
            field("swaps_found", &TradesResult::swaps_found, "How many such swaps there are."),
            field("exact", &TradesResult::exact,
                  "Whether each actor's best and worst feasible deals are known; otherwise shares are of the "
                  "widest range that is not ruled out, so at least that large. Rates and swaps are exact "
                  "always."),
            field("reason", &TradesResult::reason, "Why not; empty when they are."),
        };
    }
};

/// Rates: O(actors^2 x issues).  Swaps: every pair of changes is tried, O(options^2 / 2) deals for all options of
/// the table together.
/// Throws `Error`: unknown_name, missing_section (no preferences), cancelled.
TradesResult trades(const Case& subject, const TradesOptions& options, const Context& context);

}  // namespace steelyard::space
