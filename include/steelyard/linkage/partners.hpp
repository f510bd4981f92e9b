// SPDX-License-Identifier: Apache-2.0
#pragma once
/// With whom to talk: one partner, another, several or none.

#include "steelyard/core/context.hpp"
#include "steelyard/core/described.hpp"
#include "steelyard/linkage/order.hpp"
#include "steelyard/model/case.hpp"

#include <string>
#include <tuple>
#include <vector>

namespace steelyard::linkage {

/// In which order the tables of a set talk.
enum class Sequence { file, best };

constexpr auto choices_of(Sequence) {
    return std::array{
        Choice<Sequence>{Sequence::file, "file", "as they stand in the case"},
        Choice<Sequence>{Sequence::best, "best", "the order that is best for the actor"},
    };
}

struct PartnersOptions {
    std::string actor;
    bool others = true;
    Sequence sequence = Sequence::best;
    Solution solution = Solution::nash;
    bool answers = true;

    static constexpr auto fields() {
        return std::tuple{
            field("actor", &PartnersOptions::actor,
                  "Whose partners; empty means the first actor that sits at most tables."),
            field("others", &PartnersOptions::others, "Tables without the actor talk too, after its own."),
            field("sequence", &PartnersOptions::sequence, "In which order the actor's tables talk."),
            field("solution", &PartnersOptions::solution, "What each table maximises."),
            field("answers", &PartnersOptions::answers,
                  "Actors outside a table may answer its deal by their conflict options."),
        };
    }
};

/// One set of the actor's tables.
struct PartnerSet {
    std::vector<std::string> tables;
    std::vector<std::string> order;
    Rational points;
    Rational gain;
    Named<Rational> others;
    std::vector<TurnRow> turns;
    std::vector<std::string> obligations_broken;

    static constexpr auto fields() {
        return std::tuple{
            field("tables", &PartnerSet::tables, "The tables the actor talks at; none: it talks to nobody."),
            field("order", &PartnerSet::order, "The order in which all tables talk."),
            field("points", &PartnerSet::points, "The actor's points.", "points"),
            field("gain", &PartnerSet::gain, "Above talking to nobody.", "points"),
            field("others", &PartnerSet::others, "Points of every other actor that has preferences.",
                  "points"),
            field("turns", &PartnerSet::turns, "What each table and each answering actor does."),
            field("obligations_broken", &PartnerSet::obligations_broken,
                  "Obligations the final deal breaks, by id."),
        };
    }
};

struct TableWorth {
    std::string table;
    Rational alone;
    Rational shapley;
    Rational last;

    static constexpr auto fields() {
        return std::tuple{
            field("table", &TableWorth::table, "The table."),
            field("alone", &TableWorth::alone, "What it adds for the actor as its only table.", "points"),
            field("shapley", &TableWorth::shapley,
                  "What it adds on average over all orders of joining (Shapley 1953).", "points"),
            field("last", &TableWorth::last, "What it adds when the actor already talks at all others.",
                  "points"),
        };
    }
};

struct PartnersResult {
    std::string actor;
    std::vector<PartnerSet> sets;
    std::vector<std::string> best;
    std::vector<std::string> best_single;
    Rational several_over_single;
    std::vector<TableWorth> worth;
    std::string text;

    static constexpr auto fields() {
        return std::tuple{
            field("actor", &PartnersResult::actor, "Whose partners."),
            field("sets", &PartnersResult::sets, "Every set of its tables."),
            field("best", &PartnersResult::best, "The set that gives it most; of equal ones the smallest."),
            field("best_single", &PartnersResult::best_single, "The single table that gives it most."),
            field("several_over_single", &PartnersResult::several_over_single,
                  "What the best set of two or more tables gives beyond the best single one; negative where "
                  "a single partner is better.",
                  "points"),
            field("worth", &PartnersResult::worth, "What each table adds."),
            field("text", &PartnersResult::text, "The comparison in words."),
        };
    }
};

/// Plays every subset of the actor's tables, see `Talks`.  Throws `Error`: unknown_name; invalid_option (an
/// actor without a table); limit (more than 6 tables); missing_section; cancelled.
PartnersResult partners(const Case& subject, const PartnersOptions& options, const Context& context);

}  // namespace steelyard::linkage
