// SPDX-License-Identifier: Apache-2.0
#pragma once
/// In what order to talk, and who gains by going first.

#include "steelyard/core/context.hpp"
#include "steelyard/core/described.hpp"
#include "steelyard/linkage/play.hpp"
#include "steelyard/model/case.hpp"

#include <string>
#include <tuple>
#include <vector>

namespace steelyard::linkage {

struct OrderOptions {
    std::vector<std::string> tables;
    Solution solution = Solution::nash;
    bool answers = true;

    static constexpr auto fields() {
        return std::tuple{
            field("tables", &OrderOptions::tables, "Tables to order; empty means all (at most 6)."),
            field("solution", &OrderOptions::solution, "What each table maximises."),
            field("answers", &OrderOptions::answers,
                  "Actors outside a table may answer its deal by their conflict options."),
        };
    }
};

/// One turn, for people.
struct TurnRow {
    std::string table;
    std::string actor;
    bool agreed = false;
    Named<std::string> changes;
    std::vector<std::string> moves;
    std::string ties;
    std::string text;

    static constexpr auto fields() {
        return std::tuple{
            field("table", &TurnRow::table, "The table that talks; empty for an answer."),
            field("actor", &TurnRow::actor, "Who answers; empty for a table."),
            field("agreed", &TurnRow::agreed, "Whether the table agrees, or the actor answers."),
            field("changes", &TurnRow::changes, "What the turn changes: issue and option."),
            field("moves", &TurnRow::moves, "The conflict options an answer takes up."),
            field("ties", &TurnRow::ties,
                  "How many choices are equally good; the one with the fewest changes was taken."),
            field("text", &TurnRow::text, "The turn in words."),
        };
    }
};

/// The turn as a row.
TurnRow turn_row(const Case& subject, const Turn& turn);

struct OrderRow {
    std::vector<std::string> order;
    Named<std::string> deal;
    Named<Rational> points;
    Named<Rational> gains;
    std::vector<TurnRow> turns;
    std::vector<std::string> obligations_broken;

    static constexpr auto fields() {
        return std::tuple{
            field("order", &OrderRow::order, "The tables, first to last."),
            field("deal", &OrderRow::deal, "What is settled in the end: issue and option."),
            field("points", &OrderRow::points, "Points of every actor that has preferences.", "points"),
            field("gains", &OrderRow::gains, "Points above what the actor has when nobody talks.", "points"),
            field("turns", &OrderRow::turns, "What each table and each answering actor does."),
            field("obligations_broken", &OrderRow::obligations_broken,
                  "Obligations the final deal breaks, by id."),
        };
    }
};

/// What the order means to one actor.
struct OrderStake {
    std::string actor;
    std::vector<std::string> best;
    Rational best_points;
    std::vector<std::string> worst;
    Rational worst_points;
    Rational spread;

    static constexpr auto fields() {
        return std::tuple{
            field("actor", &OrderStake::actor, "The actor."),
            field("best", &OrderStake::best, "The order that gives it most; of equal ones the first listed."),
            field("best_points", &OrderStake::best_points, "Its points then.", "points"),
            field("worst", &OrderStake::worst, "The order that gives it least."),
            field("worst_points", &OrderStake::worst_points, "Its points then.", "points"),
            field("spread", &OrderStake::spread,
                  "What the best order is worth to it, against the worst: the most it would pay.", "points"),
        };
    }
};

/// What going first does for a table's actors.
struct FirstMover {
    std::string table;
    Named<Rational> advantage;

    static constexpr auto fields() {
        return std::tuple{
            field("table", &FirstMover::table, "The table."),
            field("advantage", &FirstMover::advantage,
                  "For each of its actors: mean points over the orders where the table goes first, less "
                  "those where it goes last.",
                  "points"),
        };
    }
};

struct OrderResult {
    std::vector<OrderRow> orders;
    bool matters = false;
    std::vector<OrderStake> stakes;
    std::vector<FirstMover> first_movers;

    static constexpr auto fields() {
        return std::tuple{
            field("orders", &OrderResult::orders, "Every order of the tables with what it leads to."),
            field("matters", &OrderResult::matters, "Whether any actor's points depend on the order."),
            field("stakes", &OrderResult::stakes, "What the order means to each actor."),
            field("first_movers", &OrderResult::first_movers, "What going first does for a table's actors."),
        };
    }
};

/// Plays every order of the tables, see `Talks`.  Descriptive under the assumption that every table reaches the
/// chosen solution.  Throws `Error`: unknown_name (table), limit (more than 6 tables), missing_section,
/// cancelled.
OrderResult order(const Case& subject, const OrderOptions& options, const Context& context);

}  // namespace steelyard::linkage
