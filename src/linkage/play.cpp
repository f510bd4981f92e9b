// SPDX-License-Identifier: Apache-2.0
#include "steelyard/linkage/play.hpp"

#include "fronts.hpp"
#include "measure.hpp"
#include "setup.hpp"
#include "steelyard/core/error.hpp"
#include "steelyard/stability/graph.hpp"

#include <algorithm>
#include <bit>
#include <map>

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
    std::vector<bool> agreed;  // of each actor: something it has a part in was agreed
    bool last_agreed = false;  // the last table agreed, so it may be answered
    std::vector<bool> bound;   // of each issue: its table agreed, so no answer changes it
};

struct PlayedTurn {
    std::size_t node = 0;
    bool acted = false;
    Assignment before, after;
    StateCode taken_before = 0, taken_after = 0;
    std::uint64_t ties = 1;
};

/// What follows from a position.
struct Future {
    Position end;
    std::vector<PlayedTurn> turns;
};

std::string name_of(const Actor& actor) {
    return actor.name.empty() ? actor.id : actor.name;
}

}  // namespace

struct Talks::Inner {
    Inner(const Case& subject, const Rules& rules, const Context& context_)
        : setup(subject, rules), context(context_) {
        for (std::size_t t = 0; t < setup.tables.size(); ++t) {
            measures.emplace_back(rules.solution, setup.tables[t]);
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
        seated_.assign(setup_.subject.actors.size(), false);
        for (const std::size_t table : order) {
            for (const ActorId actor : setup_.tables[table].actors) {
                seated_[actor.index] = true;
            }
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

    Future solve() {
        Position start{setup_.start, setup_.taken, std::vector<bool>(setup_.subject.actors.size(), false),
                       false, std::vector<bool>(setup_.start.size(), false)};
        return follow(0, start);
    }

    /// Scaled worth of an end for an actor.
    [[nodiscard]] std::int64_t worth(std::size_t actor, const Position& end) const {
        std::int64_t sum = setup_.points(actor, end.deal);
        if (!end.agreed[actor]) {
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

    /// All that the future can feel of a position.
    [[nodiscard]] Key key_of(std::size_t node, const Position& position) const {
        const std::vector<bool>& changeable = changeable_[node];
        Key key = {static_cast<std::int64_t>(node), static_cast<std::int64_t>(position.taken),
                   position.last_agreed ? 1 : 0};
        for (std::size_t i = 0; i < changeable.size(); ++i) {
            if (changeable[i] || setup_.asked[i]) {
                key.push_back(2 * position.deal[i] + (position.bound[i] ? 1 : 0));
            }
        }
        for (std::size_t a = 0; a < position.agreed.size(); ++a) {
            if (setup_.adjustment[a] != 0) {
                key.push_back(position.agreed[a] ? 1 : 0);
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
            return {position, {}};
        }
        Key key = key_of(node, position);
        const auto known = memo_.find(key);
        if (known != memo_.end()) {
            // The same future, with what is already settled taken from this position.
            Future future = known->second;
            const auto adopt = [&](Assignment& deal) {
                for (std::size_t i = 0; i < deal.size(); ++i) {
                    if (!changeable_[node][i]) {
                        deal[i] = position.deal[i];
                    }
                }
            };
            adopt(future.end.deal);
            for (PlayedTurn& turn : future.turns) {
                adopt(turn.before);
                adopt(turn.after);
            }
            for (std::size_t a = 0; a < position.agreed.size(); ++a) {
                future.end.agreed[a] = future.end.agreed[a] || position.agreed[a];
            }
            return future;
        }
        context_.check();
        Future future = nodes_[node].table ? talk(node, position) : answer(node, position);
        memo_.emplace(std::move(key), future);
        return future;
    }

    static Future with_turn(Future future, PlayedTurn turn) {
        future.turns.insert(future.turns.begin(), std::move(turn));
        return future;
    }

    Future talk(std::size_t node, const Position& position) {
        const std::size_t t = *nodes_[node].table;
        const Table& table = setup_.tables[t];
        Position refused = position;
        refused.last_agreed = false;
        Future without = follow(node + 1, refused);
        std::vector<std::int64_t> fallback;
        for (const ActorId actor : table.actors) {
            fallback.push_back(worth(actor.index, without.end));
        }

        struct Best {
            const TableDeal* deal = nullptr;
            std::vector<std::int64_t> gains;
            Future future;
            std::uint64_t ties = 0;
        } best;
        std::vector<std::int64_t> gains(fallback.size());
        std::vector<bool> willing(setup_.subject.actors.size(), false);
        for (const DealClass& each : *classes_at_[node]) {
            if (each.deals.empty()) {
                continue;
            }
            const TableDeal& first = each.deals.front();
            Position next = position;
            next.last_agreed = true;
            for (std::size_t k = 0; k < first.options.size(); ++k) {
                next.deal[setup_.open[t][k]] = first.options[k];
                next.bound[setup_.open[t][k]] = true;
            }
            if (!setup_.feasible(next.deal)) {
                continue;
            }
            for (std::size_t a = 0; a < next.agreed.size(); ++a) {
                const bool sits = std::ranges::find(table.actors, ActorId(a)) != table.actors.end();
                next.agreed[a] = next.agreed[a] || sits || !seated_[a];
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
                const auto order = best.deal == nullptr ? std::strong_ordering::greater
                                                        : measures_[t].compare(gains, best.gains);
                if (order == std::strong_ordering::equal) {
                    ++best.ties;
                }
                const bool earlier =
                    order == std::strong_ordering::equal &&
                    std::pair(deal.changes, deal.options) < std::pair(best.deal->changes, best.deal->options);
                if (order == std::strong_ordering::greater || earlier) {
                    best.ties = order == std::strong_ordering::greater ? 1 : best.ties;
                    best.deal = &deal;
                    best.gains = gains;
                    improved = true;
                }
            }
            if (improved) {
                best.future = std::move(future);
            }
        }
        const auto keeps_everything = [&] {
            for (std::size_t k = 0; k < best.deal->options.size(); ++k) {
                if (best.deal->options[k] != position.deal[setup_.open[t][k]]) {
                    return false;
                }
            }
            return std::ranges::all_of(best.gains, [](std::int64_t gain) { return gain == 0; });
        };
        if (best.deal == nullptr || keeps_everything()) {
            return with_turn(std::move(without),
                             {node, false, position.deal, position.deal, position.taken, position.taken, 1});
        }
        // The class's first deal stood for the chosen one: put the chosen options back where nothing later changed them.
        Position chosen = position;
        for (std::size_t k = 0; k < best.deal->options.size(); ++k) {
            chosen.deal[setup_.open[t][k]] = best.deal->options[k];
        }
        const auto adopt = [&](Assignment& deal) {
            for (const std::size_t issue : setup_.open[t]) {
                if (!changeable_[node + 1][issue]) {
                    deal[issue] = chosen.deal[issue];
                }
            }
        };
        adopt(best.future.end.deal);
        for (PlayedTurn& turn : best.future.turns) {
            adopt(turn.before);
            adopt(turn.after);
        }
        return with_turn(std::move(best.future),
                         {node, true, position.deal, chosen.deal, position.taken, position.taken, best.ties});
    }

    static bool breaks_agreement(const Position& position, const Position& next) {
        for (std::size_t i = 0; i < next.deal.size(); ++i) {
            if (position.bound[i] && next.deal[i] != position.deal[i]) {
                return true;
            }
        }
        return false;
    }

    Future answer(std::size_t node, const Position& position) {
        Future best = follow(node + 1, position);
        PlayedTurn turn{node, false, position.deal, position.deal, position.taken, position.taken, 1};
        if (!position.last_agreed) {
            return with_turn(std::move(best), std::move(turn));
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
            Position next = position;
            next.taken = position.taken | code;
            if (!setup_.moves_allowed(next.taken, position.deal)) {
                continue;
            }
            next.deal = setup_.after_moves(position.deal, position.taken, next.taken);
            if (!setup_.feasible(next.deal) || breaks_agreement(position, next)) {
                continue;
            }
            Future future = follow(node + 1, next);
            const std::int64_t value = worth(answerer.actor, future.end);
            if (value == most) {
                ++turn.ties;
            }
            if (value > most) {
                most = value;
                best = std::move(future);
                turn = {node, true, position.deal, next.deal, position.taken, next.taken, 1};
            }
        }
        return with_turn(std::move(best), std::move(turn));
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
    std::vector<bool> seated_;
    std::map<Key, Future> memo_;

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
    const Future future = play.solve();
    Outcome outcome;
    for (const int option : future.end.deal) {
        outcome.deal.push_back(option == kUnset ? std::nullopt
                                                : std::optional(OptionId(static_cast<std::size_t>(option))));
    }
    const bool any_agreed = std::ranges::find(future.end.agreed, true) != future.end.agreed.end();
    for (std::size_t a = 0; a < subject.actors.size(); ++a) {
        if (!setup.scores.has(ActorId(a))) {
            outcome.points.emplace_back();
        } else if (!any_agreed) {
            outcome.points.push_back(inner_->without[a]);
        } else {
            outcome.points.emplace_back(Rational::fraction(play.worth(a, future.end), setup.scale));
        }
    }
    for (const PlayedTurn& played : future.turns) {
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
