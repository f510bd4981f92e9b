// SPDX-License-Identifier: Apache-2.0
#include "backward.hpp"

#include <algorithm>
#include <bit>
#include <tuple>

namespace steelyard::linkage {

Play::Play(const Setup& setup, const Context& context, const std::vector<Measure>& measures,
           const std::vector<TableOfOrder>& order)
    : setup_(setup), context_(context), measures_(measures) {
    for (const auto& [table, classes] : order) {
        classes_at_.push_back(classes);
        nodes_.push_back({table, 0});
        for (std::size_t k = 0; k < setup_.answerers.size(); ++k) {
            const auto& seated = setup_.tables[table].actors;
            if (std::ranges::find(seated, ActorId(setup_.answerers[k].actor)) == seated.end()) {
                classes_at_.push_back(nullptr);
                nodes_.push_back({std::nullopt, k});
            }
        }
    }
    // What an actor without a seat has is settled by whatever is agreed.
    agreed_by_.assign(setup_.subject.actors.size(), 0);
    table_of_.assign(setup_.start.size(), 0);
    for (const auto& [table, classes] : order) {
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
        const auto& issues =
            nodes_[n].table ? setup_.open[*nodes_[n].table] : setup_.answerers[nodes_[n].answerer].overrides;
        for (const std::size_t issue : issues) {
            changeable_[n][issue] = true;
        }
    }
    felt_.resize(nodes_.size());
    touching_.resize(nodes_.size());
    settled_.resize(nodes_.size());
    for (std::size_t n = 0; n < nodes_.size(); ++n) {
        for (std::size_t i = 0; i < setup_.start.size(); ++i) {
            if (changeable_[n][i] || setup_.asked[i]) {
                felt_[n].push_back(i);
            }
        }
        for (const Clause& clause : setup_.clauses) {
            const auto issues = clause.issues();
            if (std::ranges::any_of(issues, [&](std::size_t issue) { return changeable_[n][issue]; })) {
                touching_[n].push_back(
                    {settled_parts(n, clause.when), clause.then ? settled_parts(n, *clause.then) : Parts{}});
            } else if (clause.forbids) {
                settled_[n].push_back(&clause);
            }
        }
    }
    for (std::size_t a = 0; a < agreed_by_.size(); ++a) {
        if (setup_.adjustment[a] != 0) {
            adjusted_.push_back(a);
        }
    }
}

std::pair<Position, std::vector<PlayedTurn>> Play::solve() {
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

std::int64_t Play::worth(std::size_t actor, const Position& end) const {
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

Play::Parts Play::settled_parts(std::size_t node, const Term& term) const {
    Parts parts;
    for (const auto& part : term.parts) {
        if (!changeable_[node][part.first]) {
            parts.push_back(&part);
        }
    }
    return parts;
}

Play::Key Play::key_of(std::size_t node, const Position& position) const {
    Key key;
    key.reserve(4 + felt_[node].size() + adjusted_.size() + touching_[node].size());
    key.assign({static_cast<std::int64_t>(node), static_cast<std::int64_t>(position.taken),
                position.last_agreed ? 1 : 0});
    for (const std::size_t i : felt_[node]) {
        key.push_back(2 * position.deal[i] + (bound(position, i) ? 1 : 0));
    }
    for (const std::size_t a : adjusted_) {
        key.push_back((position.agreed & agreed_by_[a]) != 0 ? 1 : 0);
    }
    const auto dead = [&](const Parts& parts) {
        return std::ranges::any_of(parts, [&](const auto* part) {
            const int option = position.deal[part->first];
            return option == kUnset || part->second[static_cast<std::size_t>(option)] == 0;
        });
    };
    // A rule that is broken for good (by a status quo that breaks it) bars every further agreement.
    const bool barred = std::ranges::any_of(settled_[node], [&](const Clause* clause) {
        return clause->when.holds(position.deal) && !(clause->then && clause->then->holds(position.deal));
    });
    key.push_back(barred ? 1 : 0);
    for (const auto& [when, then] : touching_[node]) {
        key.push_back((dead(when) ? 1 : 0) + (dead(then) ? 2 : 0));
    }
    return key;
}

Future Play::follow(std::size_t node, const Position& position) {
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

void Play::adopt(Position& end, std::size_t node, const Position& position) const {
    for (std::size_t i = 0; i < end.deal.size(); ++i) {
        if (!changeable_[node][i]) {
            end.deal[i] = position.deal[i];
        }
    }
    end.agreed |= position.agreed;
}

Position Play::after(std::size_t node, const Position& position, const Decision& decision) const {
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

bool Play::accepted(const Table& table, const std::vector<std::int64_t>& gains, std::vector<bool>& willing) {
    for (std::size_t p = 0; p < gains.size(); ++p) {
        willing[table.actors[p].index] = gains[p] >= 0;
    }
    return accepts(table, willing);
}

Future Play::talk(std::size_t node, const Position& position) {
    const std::size_t t = *nodes_[node].table;
    const Table& table = setup_.tables[t];
    Future without = follow(node + 1, after(node, position, {}));
    std::vector<std::int64_t> fallback;
    for (const ActorId actor : table.actors) {
        fallback.push_back(worth(actor.index, without.end));
    }

    Future best;
    std::vector<std::int64_t> best_gains;
    Measure::Standing best_standing;
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
            }
            Decision& chosen = best.decision;
            const Measure::Standing standing = measures_[t].standing(gains);
            const auto order = chosen.deal == nullptr
                                   ? std::strong_ordering::greater
                                   : measures_[t].compare(gains, standing, best_gains, best_standing);
            // Most deals are worse than the best so far; only the others need to be acceptable.
            if (order == std::strong_ordering::less || !accepted(table, gains, willing)) {
                continue;
            }
            if (order == std::strong_ordering::equal) {
                ++chosen.ties;
            }
            const bool earlier =
                order == std::strong_ordering::equal &&
                std::tie(deal.changes, deal.options) < std::tie(chosen.deal->changes, chosen.deal->options);
            if (order == std::strong_ordering::greater || earlier) {
                chosen.ties = order == std::strong_ordering::greater ? 1 : chosen.ties;
                chosen.deal = &deal;
                best_gains = gains;
                best_standing = standing;
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

bool Play::breaks_agreement(const Position& position, const Position& next) const {
    for (std::size_t i = 0; i < next.deal.size(); ++i) {
        if (next.deal[i] != position.deal[i] && bound(position, i)) {
            return true;
        }
    }
    return false;
}

Future Play::answer(std::size_t node, const Position& position) {
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

}  // namespace steelyard::linkage
