// SPDX-License-Identifier: Apache-2.0
#include "steelyard/linkage/play.hpp"

#include "fronts.hpp"
#include "measure.hpp"
#include "setup.hpp"
#include "steelyard/core/error.hpp"
#include "steelyard/stability/graph.hpp"

#include <boost/functional/hash.hpp>

#include <algorithm>
#include <bit>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace steelyard::linkage {

namespace {

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

std::string name_of(const Actor& actor) {
    return actor.name.empty() ? actor.id : actor.name;
}

}  // namespace

struct Talks::Inner {
    Inner(const Case& subject, const Rules& rules, Context context_)
        : setup(subject, rules), context(std::move(context_)) {
        for (const Table& table : setup.tables) {
            measures.emplace_back(rules.solution, table);
        }
        classes.resize(setup.tables.size());
        for (std::size_t a = 0; a < subject.actors.size(); ++a) {
            without.push_back(setup.scores.has(ActorId(a)) ? std::optional(setup.scores.no_deal(ActorId(a)))
                                                           : std::nullopt);
        }
    }

    const std::vector<DealClass>& classes_of(std::size_t table) const {
        if (!classes[table]) {
            classes[table] = deal_classes(setup, table, context);
        }
        return *classes[table];
    }

    Setup setup;
    Context context;
    std::vector<Measure> measures;
    mutable std::vector<std::optional<std::vector<DealClass>>> classes;
    std::vector<std::optional<Rational>> without;
};

namespace {

/// One order of talks, solved backwards.
class Play {
public:
    template <class Inner>
    Play(const Inner& inner, const std::vector<std::size_t>& order)
        : setup_(inner.setup), context_(inner.context), measures_(inner.measures) {
        for (const std::size_t table : order) {
            classes_.push_back(&inner.classes_of(table));
            nodes_.push_back({table, 0});
            for (std::size_t k = 0; k < setup_.answerers.size(); ++k) {
                const auto& seated = setup_.tables[table].actors;
                if (std::ranges::find(seated, ActorId(setup_.answerers[k].actor)) == seated.end()) {
                    nodes_.push_back({std::nullopt, k});
                }
            }
        }
        // What an actor without a seat has is settled by whatever is agreed.
        agreed_by_.assign(setup_.subject.actors.size(), 0);
        table_of_.assign(setup_.start.size(), 0);
        for (const std::size_t table : order) {
            for (const ActorId actor : setup_.tables[table].actors) {
                agreed_by_[actor.index] |= bit(table);
            }
            for (const std::size_t issue : setup_.open[table]) {
                table_of_[issue] = bit(table);
            }
        }
        for (std::uint64_t& tables : agreed_by_) {
            tables = tables == 0 ? ~std::uint64_t{0} : tables;
        }
        // What the turns from each node on can change.
        changeable_.assign(nodes_.size() + 1, std::vector<bool>(setup_.start.size(), false));
        for (std::size_t n = nodes_.size(); n-- > 0;) {
            changeable_[n] = changeable_[n + 1];
            const auto& issues = nodes_[n].table ? setup_.open[*nodes_[n].table]
                                                 : setup_.answerers[nodes_[n].answerer].overrides;
            for (const std::size_t issue : issues) {
                changeable_[n][issue] = true;
            }
        }
        touching_.resize(nodes_.size());
        settled_.resize(nodes_.size());
        for (std::size_t n = 0; n < nodes_.size(); ++n) {
            for (std::size_t c = 0; c < setup_.clauses.size(); ++c) {
                const auto issues = setup_.clauses[c].issues();
                if (std::ranges::any_of(issues, [&](std::size_t issue) { return changeable_[n][issue]; })) {
                    touching_[n].push_back(c);
                } else if (setup_.clauses[c].forbids) {
                    settled_[n].push_back(c);
                }
            }
        }
        for (std::size_t n = 0, t = 0; n < nodes_.size(); ++n) {
            classes_at_.push_back(nodes_[n].table ? classes_[t++] : nullptr);
        }
    }

    /// Solves the play, then walks through it from the start.
    std::pair<Position, std::vector<PlayedTurn>> solve() {
        Position position{setup_.start, setup_.taken};
        std::vector<PlayedTurn> turns;
        for (std::size_t node = 0; node < nodes_.size(); ++node) {
            const Decision decision = follow(node, position).decision;
            Position next = after(node, position, decision);
            turns.push_back({node, decision.deal != nullptr || decision.moves != 0, position.deal, next.deal,
                             position.taken, next.taken, decision.ties});
            position = std::move(next);
        }
        return {std::move(position), std::move(turns)};
    }

    /// Scaled worth of an end for an actor.
    [[nodiscard]] std::int64_t worth(std::size_t actor, const Position& end) const {
        std::int64_t sum = setup_.points(actor, end.deal);
        if ((end.agreed & agreed_by_[actor]) == 0) {
            sum += setup_.adjustment[actor];
        }
        const auto& row = setup_.move_points[actor];
        for (StateCode left = end.taken & ~setup_.taken; left != 0 && !row.empty(); left &= left - 1) {
            sum += row[static_cast<std::size_t>(std::countr_zero(left))];
        }
        return sum;
    }

private:
    using Key = std::vector<std::int64_t>;

    static std::uint64_t bit(std::size_t table) { return std::uint64_t{1} << table; }
    [[nodiscard]] bool bound(const Position& position, std::size_t issue) const {
        return (position.agreed & table_of_[issue]) != 0;
    }

    /// All that the future can feel of a position.
    [[nodiscard]] Key key_of(std::size_t node, const Position& position) const {
        const std::vector<bool>& changeable = changeable_[node];
        Key key;
        key.reserve(4 + changeable.size() + agreed_by_.size() + touching_[node].size());
        key.assign({static_cast<std::int64_t>(node), static_cast<std::int64_t>(position.taken),
                    position.last_agreed ? 1 : 0});
        for (std::size_t i = 0; i < changeable.size(); ++i) {
            if (changeable[i] || setup_.asked[i]) {
                key.push_back(2 * position.deal[i] + (bound(position, i) ? 1 : 0));
            }
        }
        for (std::size_t a = 0; a < agreed_by_.size(); ++a) {
            if (setup_.adjustment[a] != 0) {
                key.push_back((position.agreed & agreed_by_[a]) != 0 ? 1 : 0);
            }
        }
        const auto dead = [&](const Term& term) {
            return std::ranges::any_of(term.parts, [&](const auto& part) {
                const int option = position.deal[part.first];
                return !changeable[part.first] &&
                       (option == kUnset || !part.second[static_cast<std::size_t>(option)]);
            });
        };
        // A rule that is broken for good (by a status quo that breaks it) bars every further agreement.
        const bool barred = std::ranges::any_of(settled_[node], [&](std::size_t c) {
            const Clause& clause = setup_.clauses[c];
            return clause.when.holds(position.deal) && !(clause.then && clause.then->holds(position.deal));
        });
        key.push_back(barred ? 1 : 0);
        for (const std::size_t c : touching_[node]) {
            const Clause& clause = setup_.clauses[c];
            key.push_back((dead(clause.when) ? 1 : 0) + (clause.then && dead(*clause.then) ? 2 : 0));
        }
        return key;
    }

    Future follow(std::size_t node, const Position& position) {
        if (node == nodes_.size()) {
            return {{}, position};
        }
        Key key = key_of(node, position);
        if (const auto known = memo_.find(key); known != memo_.end()) {
            // The same future, with what is already settled taken from this position.
            Future future = known->second;
            adopt(future.end, node, position);
            return future;
        }
        context_.check();
        Future future = nodes_[node].table ? talk(node, position) : answer(node, position);
        memo_.emplace(std::move(key), future);
        return future;
    }

    /// Takes from `position` what no turn from `node` on changes.
    void adopt(Position& end, std::size_t node, const Position& position) const {
        for (std::size_t i = 0; i < end.deal.size(); ++i) {
            if (!changeable_[node][i]) {
                end.deal[i] = position.deal[i];
            }
        }
        end.agreed |= position.agreed;
    }

    /// The position after a table's or an actor's decision.
    [[nodiscard]] Position after(std::size_t node, const Position& position, const Decision& decision) const {
        Position next = position;
        if (nodes_[node].table) {
            const std::size_t t = *nodes_[node].table;
            next.last_agreed = decision.deal != nullptr;
            if (decision.deal != nullptr) {
                next.agreed |= bit(t);
                for (std::size_t k = 0; k < decision.deal->options.size(); ++k) {
                    next.deal[setup_.open[t][k]] = decision.deal->options[k];
                }
            }
        } else if (decision.moves != 0) {
            next.taken |= decision.moves;
            next.deal = setup_.after_moves(position.deal, position.taken, next.taken);
        }
        return next;
    }

    Future talk(std::size_t node, const Position& position) {
        const std::size_t t = *nodes_[node].table;
        const Table& table = setup_.tables[t];
        Future without = follow(node + 1, after(node, position, {}));
        std::vector<std::int64_t> fallback;
        for (const ActorId actor : table.actors) {
            fallback.push_back(worth(actor.index, without.end));
        }

        Future best;
        std::vector<std::int64_t> best_gains;
        std::vector<std::int64_t> gains(fallback.size());
        std::vector<bool> willing(setup_.subject.actors.size(), false);
        for (const DealClass& each : *classes_at_[node]) {
            if (each.deals.empty()) {
                continue;
            }
            const TableDeal& first = each.deals.front();
            const Position next = after(node, position, {&first});
            if (!setup_.feasible(next.deal)) {
                continue;
            }
            Future future = follow(node + 1, next);
            bool improved = false;
            std::vector<std::int64_t> base;
            for (std::size_t p = 0; p < table.actors.size(); ++p) {
                base.push_back(worth(table.actors[p].index, future.end) - first.points[p] - fallback[p]);
            }
            for (const TableDeal& deal : each.deals) {
                for (std::size_t p = 0; p < gains.size(); ++p) {
                    gains[p] = base[p] + deal.points[p];
                    willing[table.actors[p].index] = gains[p] >= 0;
                }
                if (!accepts(table, willing)) {
                    continue;
                }
                Decision& chosen = best.decision;
                const auto order = chosen.deal == nullptr ? std::strong_ordering::greater
                                                          : measures_[t].compare(gains, best_gains);
                if (order == std::strong_ordering::equal) {
                    ++chosen.ties;
                }
                const bool earlier = order == std::strong_ordering::equal &&
                                     std::tie(deal.changes, deal.options) <
                                         std::tie(chosen.deal->changes, chosen.deal->options);
                if (order == std::strong_ordering::greater || earlier) {
                    chosen.ties = order == std::strong_ordering::greater ? 1 : chosen.ties;
                    chosen.deal = &deal;
                    best_gains = gains;
                    improved = true;
                }
            }
            if (improved) {
                best.end = std::move(future.end);
            }
        }
        const auto keeps_everything = [&] {
            const Decision& chosen = best.decision;
            for (std::size_t k = 0; k < chosen.deal->options.size(); ++k) {
                if (chosen.deal->options[k] != position.deal[setup_.open[t][k]]) {
                    return false;
                }
            }
            return std::ranges::all_of(best_gains, [](std::int64_t gain) { return gain == 0; });
        };
        if (best.decision.deal == nullptr || keeps_everything()) {
            return {{}, std::move(without.end)};
        }
        // The class's first deal stood for the chosen one: put the chosen options back where nothing later changes them.
        adopt(best.end, node + 1, after(node, position, best.decision));
        return best;
    }

    [[nodiscard]] bool breaks_agreement(const Position& position, const Position& next) const {
        for (std::size_t i = 0; i < next.deal.size(); ++i) {
            if (next.deal[i] != position.deal[i] && bound(position, i)) {
                return true;
            }
        }
        return false;
    }

    Future answer(std::size_t node, const Position& position) {
        Future best{{}, follow(node + 1, position).end};
        if (!position.last_agreed) {
            return best;
        }
        const Answerer& answerer = setup_.answerers[nodes_[node].answerer];
        std::vector<StateCode> choices;
        for (unsigned mask = 1; mask < 1U << answerer.moves.size(); ++mask) {
            StateCode code = 0;
            for (std::size_t k = 0; k < answerer.moves.size(); ++k) {
                code |= (mask >> k & 1U) != 0 ? StateCode{1} << answerer.moves[k].index : 0;
            }
            if ((code & position.taken) == 0) {
                choices.push_back(code);
            }
        }
        std::ranges::stable_sort(choices, {}, [](StateCode code) { return std::popcount(code); });
        std::int64_t most = worth(answerer.actor, best.end);
        for (const StateCode code : choices) {
            if (!setup_.moves_allowed(position.taken | code, position.deal)) {
                continue;
            }
            const Position next = after(node, position, {nullptr, code});
            if (!setup_.feasible(next.deal) || breaks_agreement(position, next)) {
                continue;
            }
            Position end = follow(node + 1, next).end;
            const std::int64_t value = worth(answerer.actor, end);
            if (value == most) {
                ++best.decision.ties;
            }
            if (value > most) {
                most = value;
                best = {{nullptr, code}, std::move(end)};
            }
        }
        return best;
    }

    const Setup& setup_;
    const Context& context_;
    const std::vector<Measure>& measures_;
    std::vector<const std::vector<DealClass>*> classes_;     // of each table of the order
    std::vector<const std::vector<DealClass>*> classes_at_;  // of each node; null for answers
    std::vector<std::vector<bool>> changeable_;
    std::vector<std::vector<std::size_t>>
        touching_;  // of each node: clauses that speak of what can still change
    std::vector<std::vector<std::size_t>> settled_;  // of each node: rules on nothing that can still change
    std::vector<std::uint64_t> agreed_by_;  // of each actor: the tables any of which settles what it has
    std::vector<std::uint64_t> table_of_;   // of each issue: its table, whose agreement no answer changes
    std::unordered_map<Key, Future, boost::hash<Key>> memo_;

public:
    std::vector<Node> nodes_;
};

std::string agreement_text(const Case& subject, const Table& table, const Turn& turn) {
    std::string text = table.name.empty() ? table.id : table.name;
    if (!turn.agreed) {
        return text + ": no agreement; things stay as they are.";
    }
    text += turn.changes.empty() ? ": agreement to leave things as they are" : " agree: ";
    for (std::size_t k = 0; k < turn.changes.size(); ++k) {
        const auto& [issue, option] = turn.changes[k];
        const Issue& what = subject[issue];
        const Option& how = what.options[option.index];
        text += (k == 0 ? "" : "; ") + (what.name.empty() ? what.id : what.name) + ": " +
                (how.name.empty() ? how.id : how.name);
    }
    return text + ".";
}

}  // namespace

Talks::Talks(const Case& subject, const Rules& rules, const Context& context)
    : inner_(std::make_unique<Inner>(subject, rules, context)) {}
Talks::~Talks() = default;
Talks::Talks(Talks&&) noexcept = default;
Talks& Talks::operator=(Talks&&) noexcept = default;

const std::vector<Table>& Talks::tables() const {
    return inner_->setup.tables;
}

const std::vector<std::optional<Rational>>& Talks::without() const {
    return inner_->without;
}

Outcome Talks::play(const std::vector<std::size_t>& order) const {
    const Setup& setup = inner_->setup;
    const Case& subject = setup.subject;
    Play play(*inner_, order);
    const auto [end, turns] = play.solve();
    Outcome outcome;
    for (const int option : end.deal) {
        outcome.deal.push_back(option == kUnset ? std::nullopt
                                                : std::optional(OptionId(static_cast<std::size_t>(option))));
    }
    const bool any_agreed = end.agreed != 0;
    for (std::size_t a = 0; a < subject.actors.size(); ++a) {
        if (!setup.scores.has(ActorId(a))) {
            outcome.points.emplace_back();
        } else if (!any_agreed) {
            outcome.points.push_back(inner_->without[a]);
        } else {
            outcome.points.emplace_back(Rational::fraction(play.worth(a, end), setup.scale));
        }
    }
    for (const PlayedTurn& played : turns) {
        Turn turn;
        const Node& node = play.nodes_[played.node];
        turn.agreed = played.acted;
        turn.ties = played.ties;
        for (std::size_t i = 0; i < played.after.size(); ++i) {
            if (played.after[i] != played.before[i]) {
                turn.changes.emplace_back(IssueId(i), OptionId(static_cast<std::size_t>(played.after[i])));
            }
        }
        if (node.table) {
            const Table& table = setup.tables[*node.table];
            turn.table = table.id;
            turn.text = agreement_text(subject, table, turn);
        } else {
            const ActorId actor(setup.answerers[node.answerer].actor);
            turn.actor = subject[actor].id;
            for (StateCode left = played.taken_after & ~played.taken_before; left != 0; left &= left - 1) {
                turn.moves.emplace_back(static_cast<std::size_t>(std::countr_zero(left)));
            }
            turn.text =
                turn.agreed
                    ? stability::describe_move(subject, actor, played.taken_before, played.taken_after) + "."
                    : name_of(subject[actor]) + " does not answer.";
        }
        outcome.turns.push_back(std::move(turn));
    }
    return outcome;
}

}  // namespace steelyard::linkage
