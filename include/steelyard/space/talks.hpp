// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Alternating offers: who agrees on what, and when, if everybody at the table follows a known strategy.

#include "steelyard/core/context.hpp"
#include "steelyard/core/described.hpp"
#include "steelyard/model/case.hpp"

#include <string>
#include <tuple>
#include <vector>

namespace steelyard::space {

enum class Strategy { boulware, linear, conceder, tit_for_tat, micro };

constexpr auto choices_of(Strategy) {
    return std::array{
        Choice<Strategy>{Strategy::boulware, "boulware",
                         "holds out and gives way shortly before the deadline"},
        Choice<Strategy>{Strategy::linear, "linear", "gives way in equal steps"},
        Choice<Strategy>{Strategy::conceder, "conceder", "gives way early"},
        Choice<Strategy>{Strategy::tit_for_tat, "tit_for_tat",
                         "gives way by as much as the others' last offers did, on its own scale"},
        Choice<Strategy>{Strategy::micro, "micro",
                         "makes a new, next best offer only while the others make as many new ones (MiCRO)"},
    };
}

/// Which deals are offered.
enum class OfferedDeals { all, efficient };

constexpr auto choices_of(OfferedDeals) {
    return std::array{
        Choice<OfferedDeals>{OfferedDeals::all, "all", "any feasible deal"},
        Choice<OfferedDeals>{OfferedDeals::efficient, "efficient", "deals on the frontier only"},
    };
}

struct TalksOptions {
    std::string table;
    Strategy strategy = Strategy::boulware;
    Named<Strategy> strategies;
    std::int64_t rounds = 1000;
    OfferedDeals offered = OfferedDeals::all;
    double boulware_exponent = 0.2;
    double conceder_exponent = 5;
    bool tournament = false;
    std::int64_t trace = 20;

    static constexpr auto fields() {
        return std::tuple{
            field("table", &TalksOptions::table, "Table to analyse; empty means the first one."),
            field("strategy", &TalksOptions::strategy, "What an actor does that `strategies` does not name."),
            field("strategies", &TalksOptions::strategies, "What single actors do: actor and strategy."),
            field("rounds", &TalksOptions::rounds,
                  "Rounds until the deadline; in each, every actor has one turn, in the table's order.",
                  "rounds", {1, 100000000}),
            field("offered", &TalksOptions::offered, "Which deals are offered."),
            field("boulware_exponent", &TalksOptions::boulware_exponent,
                  "How late a boulware actor gives way: below 1, smaller is later.", "", {0.001, 1}),
            field("conceder_exponent", &TalksOptions::conceder_exponent,
                  "How early a conceder gives way: above 1, larger is earlier.", "", {1, 1000}),
            field("tournament", &TalksOptions::tournament,
                  "Also let every strategy meet every other in every seat."),
            field("trace", &TalksOptions::trace, "How many of the last turns to list.", "turns", {0, 100000}),
        };
    }
};

/// One turn.
struct Turn {
    std::int64_t round = 0;
    std::string actor;
    bool accepts = false;
    Named<Rational> points;

    static constexpr auto fields() {
        return std::tuple{
            field("round", &Turn::round, "The round, from 1."),
            field("actor", &Turn::actor, "Whose turn it is."),
            field("accepts", &Turn::accepts,
                  "Whether it accepts the offer on the table; otherwise it makes one."),
            field("points", &Turn::points, "Points of the offer for the actors of the table.", "points"),
        };
    }
};

/// One game of a tournament.
struct Game {
    Named<Strategy> strategies;
    bool agreement = false;
    std::int64_t round = 0;
    Named<Rational> gains;

    static constexpr auto fields() {
        return std::tuple{
            field("strategies", &Game::strategies, "What each actor does."),
            field("agreement", &Game::agreement, "Whether they agree before the deadline."),
            field("round", &Game::round, "The round in which they do; 0 when they do not."),
            field("gains", &Game::gains, "Points above the no-deal value; 0 without agreement.", "points"),
        };
    }
};

/// How a strategy does over all games and seats.
struct Standing {
    Strategy strategy = Strategy::boulware;
    std::int64_t games = 0;
    double agreements = 0;
    double gain = 0;

    static constexpr auto fields() {
        return std::tuple{
            field("strategy", &Standing::strategy, "The strategy."),
            field("games", &Standing::games, "Seats it took in all games."),
            field("agreements", &Standing::agreements, "Of these, in how many there was an agreement.", "%"),
            field("gain", &Standing::gain,
                  "Its mean gain over no deal, as a share of the actor's range from worst to best feasible "
                  "deal.",
                  "%"),
        };
    }
};

struct TalksResult {
    std::string table;
    Named<Strategy> strategies;
    bool agreement = false;
    std::int64_t round = 0;
    std::string proposed_by;
    Named<std::string> deal;
    Named<Rational> points;
    Named<Rational> gains;
    bool efficient = false;
    std::int64_t deals_offered = 0;
    std::vector<Turn> trace;
    std::vector<Game> games;
    std::vector<Standing> standings;

    static constexpr auto fields() {
        return std::tuple{
            field("table", &TalksResult::table, "The table that was analysed."),
            field("strategies", &TalksResult::strategies, "What each actor does."),
            field("agreement", &TalksResult::agreement, "Whether they agree before the deadline."),
            field("round", &TalksResult::round, "The round in which they do; 0 when they do not."),
            field("proposed_by", &TalksResult::proposed_by, "Who made the offer that the others accept."),
            field("deal", &TalksResult::deal,
                  "The deal agreed on: issue and option; empty without agreement."),
            field("points", &TalksResult::points, "Its points for every actor that has preferences.",
                  "points"),
            field("gains", &TalksResult::gains, "Points above the no-deal value.", "points"),
            field("efficient", &TalksResult::efficient, "Whether no feasible deal dominates it."),
            field("deals_offered", &TalksResult::deals_offered,
                  "How many different offers there are to make; deals with the same points for everybody at "
                  "the "
                  "table count once."),
            field("trace", &TalksResult::trace, "The last turns."),
            field("games", &TalksResult::games, "All games of the tournament."),
            field("standings", &TalksResult::standings, "How the strategies do on average, best first."),
        };
    }
};

/// The stacked alternating offers protocol (Aydogan, Festen, Hindriks & Jonker 2017): in turn, each actor accepts the
/// offer on the table or replaces it; an offer that all others accept in a row is agreed.  Everybody has to accept,
/// whatever the table's acceptance rule.  Nobody offers or accepts less than its no-deal value; one whose best deal is
/// below that offers the best it knows and accepts nothing.
///
/// boulware, linear, conceder: aspiration = reserve + (1 - reserve) (1 - t^(1/e)) on the actor's scale from worst (0)
/// to best (1) feasible deal, t from 0 in the first to 1 in the last round, e the exponent (1 for linear); it offers
/// the deal closest above and accepts what reaches it (Faratin, Sierra & Jennings 1998, time-dependent tactics).
/// tit_for_tat: the aspiration falls (or rises) by the mean change between the others' last two offers, each on the
/// own scale (ibid., absolute tit-for-tat); it begins with its best deal, so two of them never move.
/// micro: de Jonge (2022), with the smallest count of different offers among the others for more than two actors.
///
/// Throws `Error`: unknown_name, missing_section, cancelled; unsupported for fewer than two actors; limit when there are
/// more than 4 million different offers (use `offered: efficient`), or more than 5,000 games in a tournament.
TalksResult talks(const Case& subject, const TalksOptions& options, const Context& context);

}  // namespace steelyard::space
