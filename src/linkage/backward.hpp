// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Backward induction through one order of talks.

#include "fronts.hpp"
#include "measure.hpp"
#include "setup.hpp"
#include "steelyard/core/context.hpp"
#include "steelyard/stability/graph.hpp"

#include <boost/functional/hash.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

namespace steelyard::linkage {

/// A turn to come: a table, or an actor that may answer the table before it.
struct Node {
    std::optional<std::size_t> table;
    std::size_t answerer = 0;
};

/// Where a play stands.
struct Position {
    Assignment deal;
    StateCode taken = 0;
    std::uint64_t agreed = 0;  // a bit for each table that agreed
    bool last_agreed = false;  // the last table agreed, so it may be answered
};

/// What is done at a node: the options a table agrees on, or those an actor takes up; nothing where it does not act.
struct Decision {
    const TableDeal* deal = nullptr;
    StateCode moves = 0;
    std::uint64_t ties = 1;
};

/// What follows from a position: the next decision, and where the play ends.
struct Future {
    Decision decision;
    Position end;
};

struct PlayedTurn {
    std::size_t node = 0;
    bool acted = false;
    Assignment before, after;
    StateCode taken_before = 0, taken_after = 0;
    std::uint64_t ties = 1;
};

/// One order of talks, solved backwards.
class Play {
public:
    /// A table of the order and the deals it can reach.
    using TableOfOrder = std::pair<std::size_t, const std::vector<DealClass>*>;

    /// Everything passed must outlive the play; `measures` has one for each table of the setup.
    Play(const Setup& setup, const Context& context, const std::vector<Measure>& measures,
         const std::vector<TableOfOrder>& order);

    /// Solves the play, then walks through it from the start.
    std::pair<Position, std::vector<PlayedTurn>> solve();

    /// Scaled worth of an end for an actor.
    [[nodiscard]] std::int64_t worth(std::size_t actor, const Position& end) const;

    [[nodiscard]] const Node& node(std::size_t index) const { return nodes_[index]; }

private:
    using Key = std::vector<std::int64_t>;
    using Parts = std::vector<const std::pair<std::size_t, OptionFlags>*>;

    static std::uint64_t bit(std::size_t table) { return std::uint64_t{1} << table; }
    [[nodiscard]] bool bound(const Position& position, std::size_t issue) const {
        return (position.agreed & table_of_[issue]) != 0;
    }
    /// The parts of a term that no turn from the node on can change.
    [[nodiscard]] Parts settled_parts(std::size_t node, const Term& term) const;
    /// All that the future can feel of a position.
    [[nodiscard]] Key key_of(std::size_t node, const Position& position) const;
    Future follow(std::size_t node, const Position& position);
    /// Takes from `position` what no turn from `node` on changes.
    void adopt(Position& end, std::size_t node, const Position& position) const;
    /// The position after a table's or an actor's decision.
    [[nodiscard]] Position after(std::size_t node, const Position& position, const Decision& decision) const;
    /// Whether the table accepts these gains of its actors; `willing` has room for every actor of the case.
    static bool accepted(const Table& table, const std::vector<std::int64_t>& gains,
                         std::vector<bool>& willing);
    Future talk(std::size_t node, const Position& position);
    [[nodiscard]] bool breaks_agreement(const Position& position, const Position& next) const;
    Future answer(std::size_t node, const Position& position);

    const Setup& setup_;
    const Context& context_;
    const std::vector<Measure>& measures_;
    std::vector<Node> nodes_;
    std::vector<const std::vector<DealClass>*> classes_at_;  // of each node; null for answers
    std::vector<std::vector<bool>> changeable_;
    std::vector<std::vector<std::size_t>> felt_;  // of each node: issues whose option the future may ask for
    // Of each node: the settled parts (`when`, `then`) of the clauses that speak of what can still change.
    std::vector<std::vector<std::pair<Parts, Parts>>> touching_;
    std::vector<std::vector<const Clause*>> settled_;  // of each node: rules on nothing that can still change
    std::vector<std::size_t> adjusted_;                // actors whose no-deal value is not the status quo's
    std::vector<std::uint64_t> agreed_by_;  // of each actor: the tables any of which settles what it has
    std::vector<std::uint64_t> table_of_;   // of each issue: its table, whose agreement no answer changes
    std::unordered_map<Key, Future, boost::hash<Key>> memo_;
};

}  // namespace steelyard::linkage
