// SPDX-License-Identifier: Apache-2.0
#pragma once
/// What moves and countermoves, orders of tables and choices of partners lead to, for their pictures.

#include "steelyard/core/described.hpp"
#include "steelyard/core/rational.hpp"

#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

namespace steelyard::report {

/// A move of the conflict.
struct MoveNote {
    std::string name;
    std::string by;

    static constexpr auto fields() {
        return std::tuple{
            field("name", &MoveNote::name, "The move in words."),
            field("by", &MoveNote::by, "Who can make it."),
        };
    }
};

/// A state of the conflict.
struct StateNode {
    std::vector<int> moves;
    bool today = false;
    bool deal = false;
    bool nash = false;
    bool sequential = false;

    static constexpr auto fields() {
        return std::tuple{
            field("moves", &StateNode::moves, "The moves that are made in it, by place in `moves`."),
            field("today", &StateNode::today, "Whether it is today's."),
            field("deal", &StateNode::deal, "Whether it stands for a deal at the table."),
            field("nash", &StateNode::nash, "Whether nobody gains by moving away."),
            field("sequential", &StateNode::sequential,
                  "Whether nobody moves away, for fear of the others' answer."),
        };
    }
};

/// A move from state to state.
struct StateStep {
    int from = 0;
    int to = 0;
    std::string by;
    bool pays = false;
    bool path = false;

    static constexpr auto fields() {
        return std::tuple{
            field("from", &StateStep::from, "The state it leaves, by place in `states`."),
            field("to", &StateStep::to, "The state it leads to."),
            field("by", &StateStep::by, "Who moves."),
            field("pays", &StateStep::pays, "Whether the mover prefers where it leads."),
            field("path", &StateStep::path, "Whether it lies on the path from today."),
        };
    }
};

struct StateGraph {
    std::vector<MoveNote> moves;
    std::vector<StateNode> states;
    std::vector<StateStep> steps;
    std::vector<std::string> path;
    std::int64_t left_out = 0;

    static constexpr auto fields() {
        return std::tuple{
            field("moves", &StateGraph::moves, "The moves of the conflict."),
            field("states", &StateGraph::states, "States, today's first, then by moves away from it."),
            field("steps", &StateGraph::steps,
                  "The best move of each actor in each of them, and the path from today."),
            field("path", &StateGraph::path, "That path in words; empty when there is none."),
            field("left_out", &StateGraph::left_out, "Possible states that are not listed."),
        };
    }
};

/// One order of the tables.
struct OrderLeaf {
    std::vector<std::string> tables;
    Named<Rational> gains;

    static constexpr auto fields() {
        return std::tuple{
            field("tables", &OrderLeaf::tables, "The names of the tables, first to last."),
            field("gains", &OrderLeaf::gains, "Points over no agreement, in the end.", "points"),
        };
    }
};

struct OrderTree {
    std::vector<std::string> actors;
    std::vector<OrderLeaf> orders;

    static constexpr auto fields() {
        return std::tuple{
            field("actors", &OrderTree::actors, "Who sits at one of the tables."),
            field("orders", &OrderTree::orders, "Every order; those that begin alike stand together."),
        };
    }
};

/// A choice of partners.
struct PartnerChoice {
    std::vector<std::string> partners;
    Named<Rational> gains;
    std::vector<std::string> obligations_broken;

    static constexpr auto fields() {
        return std::tuple{
            field("partners", &PartnerChoice::partners, "With whom the actor deals."),
            field("gains", &PartnerChoice::gains, "Points over no agreement.", "points"),
            field("obligations_broken", &PartnerChoice::obligations_broken, "Obligations broken, by id."),
        };
    }
};

struct PartnersFacts {
    std::string actor;
    std::vector<PartnerChoice> choices;

    static constexpr auto fields() {
        return std::tuple{
            field("actor", &PartnersFacts::actor, "Whose partners."),
            field("choices", &PartnersFacts::choices, "From nobody to everybody."),
        };
    }
};

}  // namespace steelyard::report
