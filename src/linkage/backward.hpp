// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Backward induction through orders of talks.

#include "fronts.hpp"
#include "measure.hpp"
#include "packed.hpp"
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

/// Where a play stands.  An issue is settled when no turn to come can change it: they all leave it alone, or a
/// table agreed on it, which binds.
struct Position {
    Words deal;
    Effect settled;  ///< of the settled issues
    StateCode taken = 0;
    std::uint64_t agreed = 0;  ///< a bit for each table of the set that agreed
    bool last_agreed = false;  ///< the last table agreed, so it may be answered
};

/// What is done at a turn: the options a table agrees on, or those an actor takes up; nothing where it does not act.
struct Decision {
    const TableDeal* deal = nullptr;
    StateCode moves = 0;
    std::uint64_t ties = 1;
};

/// What follows from a position: the next decision, and what is different in the end.
struct Future {
    Decision decision;
    Effect unsettled;     ///< in the end, of the issues that the position leaves unsettled
    StateCode moves = 0;  ///< taken up
    std::uint64_t agreed = 0;
};

struct PlayedTurn {
    std::size_t table = 0;                ///< the table that talked
    std::optional<std::size_t> answerer;  ///< who answered it, if this is an answer
    bool acted = false;
    Assignment before, after;
    StateCode taken_before = 0, taken_after = 0;
    std::uint64_t ties = 1;
};

struct Played {
    Assignment deal;
    bool any_agreed = false;
    std::vector<std::int64_t> points;  ///< of every actor, scaled
    std::vector<PlayedTurn> turns;
};

/// Orders of one set of tables, solved backwards.  What follows from a turn on depends on the set and on the
/// turns from there, so an order that ends like the one before it goes on with what that one has found.
class Play {
public:
    /// A table of the set and the deals it can reach.
    using TableOfSet = std::pair<std::size_t, const std::vector<DealClass>*>;

    /// Everything passed must outlive the play; `measures` has one for each table of the setup.
    Play(const Packing& packing, const Context& context, const std::vector<Measure>& measures,
         const std::vector<TableOfSet>& set);
    Play(const Play&) = delete;  // stages point into it
    Play& operator=(const Play&) = delete;
    ~Play() = default;

    /// Solves the play in which the tables, all of the set, talk in this order, then walks through it.
    Played solve(const std::vector<std::size_t>& order);

private:
    /// A table, and what each of its classes does by the first deal.
    struct Talk {
        struct Step {
            Words deal;
            Effect effect;
        };
        std::size_t table = 0;
        const std::vector<DealClass>* classes = nullptr;
        std::vector<Step> steps;
        Words own;              ///< its bits of a deal
        std::uint64_t bit = 0;  ///< in `agreed`
    };
    using Key = boost::container::small_vector<std::uint64_t, 12>;
    struct HashKey {
        std::size_t operator()(const Key& key) const { return boost::hash_range(key.begin(), key.end()); }
    };
    /// A turn to come: a table talks, or an actor may answer it; and all that was found out about it.
    struct Stage {
        const Talk* talk = nullptr;
        std::optional<std::size_t> answerer;
        std::vector<bool> changeable;    ///< issues that this turn or a later one can change
        std::vector<std::size_t> later;  ///< those that a later one can change
        std::vector<std::size_t> last;   ///< those that only this one can change
        std::vector<bool> deciders;      ///< actors that decide at this turn or a later one
        StateCode heeded = 0;            ///< options taken that answers from this turn on may depend on
        bool answers = false;            ///< this turn or a later one is an answer
        // What the future can feel of a position.
        Words felt;                         ///< bits of a deal
        std::uint64_t binding = 0;          ///< tables whose agreement binds issues that answers could change
        std::vector<std::size_t> adjusted;  ///< deciders whose no-deal value is not the status quo's
        Words open;                         ///< clauses that decide something and speak of changeable issues
        std::unordered_map<Key, Future, HashKey> memo;
    };

    /// The stages that the order needs, the last turn first.
    void prepare(const std::vector<std::size_t>& order);
    void push(const Talk& talk, std::optional<std::size_t> answerer);
    [[nodiscard]] Position start() const;

    [[nodiscard]] bool bound(std::uint64_t agreed, std::size_t issue) const {
        return (agreed & table_of_[issue]) != 0;
    }
    /// Scaled worth for an actor of the end that a future leads to.
    [[nodiscard]] std::int64_t worth(std::size_t actor, const Position& position, const Future& future) const;
    [[nodiscard]] Key key_of(const Stage& stage, const Position& position) const;
    /// What follows with so many turns left; stands until the next `solve`.
    const Future& follow(std::size_t left, const Position& position);
    Future talk(std::size_t left, const Position& position);
    Future answer(std::size_t left, const Position& position);
    /// The position after a table's or an actor's decision.
    [[nodiscard]] Position after(const Stage& stage, const Position& position,
                                 const Decision& decision) const;
    /// Adds to `effect` the issues that the decision settles, on the way to `next`.
    void settle(const Stage& stage, const Decision& decision, const Position& next, Effect& effect) const;
    /// The future of a position whose decision leads to `next`, given what follows that.
    [[nodiscard]] Future joined(const Stage& stage, const Decision& decision, const Position& next,
                                const Future& future) const;
    /// Clauses that the unsettled issues leave alive as they stand.
    [[nodiscard]] Words unsettled_alive(const Stage& stage, const Position& next) const;
    /// Whether the step from one to the other keeps the rules and what tables agreed.
    [[nodiscard]] bool may_follow(const Stage& stage, const Position& position, const Position& next) const;
    /// Whether the table accepts these gains of its actors; `willing` has room for every actor of the case.
    static bool accepted(const Table& table, const std::vector<std::int64_t>& gains,
                         std::vector<bool>& willing);

    const Packing& packing_;
    const Setup& setup_;
    const Context& context_;
    const std::vector<Measure>& measures_;
    std::vector<Talk> talks_;               // of the set
    std::vector<std::uint64_t> agreed_by_;  // of each actor: the tables any of which settles what it has
    std::vector<std::uint64_t> table_of_;   // of each issue: its table, whose agreement no answer changes
    std::vector<std::vector<StateCode>>
        choices_;  // of each answerer: what it may take up, fewest moves first
    Future nothing_more_;
    std::vector<Stage> stages_;      // the last turn first
    std::vector<const Talk*> ends_;  // the tables they belong to, the last first
};

}  // namespace steelyard::linkage
