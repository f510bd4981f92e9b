// SPDX-License-Identifier: Apache-2.0
#include "backward.hpp"

#include <algorithm>
#include <bit>
#include <span>
#include <tuple>

namespace steelyard::linkage {

Play::Play(const Packing& packing, const Context& context, const std::vector<Measure>& measures,
           const std::vector<TableOfSet>& set)
    : packing_(packing), setup_(packing.setup), context_(context), measures_(measures) {
    // What an actor without a seat has is settled by whatever is agreed.
    agreed_by_.assign(setup_.subject.actors.size(), 0);
    table_of_.assign(setup_.start.size(), 0);
    for (const auto& [table, classes] : set) {
        const auto& issues = setup_.open[table];
        Talk talk{table, classes, {}, packing_.mask(issues), std::uint64_t{1} << talks_.size()};
        for (const ActorId actor : setup_.tables[table].actors) {
            agreed_by_[actor.index] |= talk.bit;
        }
        for (const std::size_t issue : issues) {
            table_of_[issue] = talk.bit;
        }
        talk.steps.resize(classes->size());
        for (std::size_t c = 0; c < classes->size(); ++c) {
            Assignment options(setup_.start.size(), kUnset);
            for (std::size_t k = 0; k < issues.size(); ++k) {
                options[issues[k]] = (*classes)[c].deals.front().options[k];
            }
            Talk::Step& step = talk.steps[c];
            step.deal = packing_.pack(options);
            step.effect = packing_.nothing();
            for (const std::size_t issue : issues) {
                packing_.add(step.effect, step.deal, issue);
            }
        }
        talks_.push_back(std::move(talk));
    }
    for (std::uint64_t& tables : agreed_by_) {
        tables = tables == 0 ? ~std::uint64_t{0} : tables;
    }
    for (const Answerer& answerer : setup_.answerers) {
        std::vector<StateCode>& choices = choices_.emplace_back();
        for (unsigned mask = 1; mask < 1U << answerer.moves.size(); ++mask) {
            StateCode code = 0;
            for (std::size_t k = 0; k < answerer.moves.size(); ++k) {
                code |= (mask >> k & 1U) != 0 ? StateCode{1} << answerer.moves[k].index : 0;
            }
            choices.push_back(code);
        }
        std::ranges::stable_sort(choices, {}, [](StateCode code) { return std::popcount(code); });
    }
    nothing_more_.unsettled = packing_.nothing();
}

Played Play::solve(const std::vector<std::size_t>& order) {
    prepare(order);
    Position position = start();
    Played played;
    for (std::size_t left = stages_.size(); left > 0; --left) {
        const Stage& stage = stages_[left - 1];
        const Decision decision = follow(left, position).decision;
        Position next = after(stage, position, decision);
        played.turns.push_back({stage.talk->table, stage.answerer,
                                decision.deal != nullptr || decision.moves != 0,
                                packing_.unpack(position.deal), packing_.unpack(next.deal), position.taken,
                                next.taken, decision.ties});
        position = std::move(next);
    }
    played.deal = packing_.unpack(position.deal);
    played.any_agreed = position.agreed != 0;
    for (std::size_t a = 0; a < setup_.subject.actors.size(); ++a) {
        played.points.push_back(worth(a, position, nothing_more_));
    }
    return played;
}

void Play::prepare(const std::vector<std::size_t>& order) {
    std::vector<const Talk*> ends;
    for (std::size_t k = order.size(); k-- > 0;) {
        ends.push_back(&*std::ranges::find(talks_, order[k], &Talk::table));
    }
    const auto differ = std::ranges::mismatch(ends, ends_).in1;
    const auto kept = std::span(ends.begin(), differ);
    while (!stages_.empty() && std::ranges::find(kept, stages_.back().talk) == kept.end()) {
        stages_.pop_back();
    }
    for (const Talk* talk : std::span(differ, ends.end())) {
        const auto& seated = setup_.tables[talk->table].actors;
        for (std::size_t k = setup_.answerers.size(); k-- > 0;) {
            if (std::ranges::find(seated, ActorId(setup_.answerers[k].actor)) == seated.end()) {
                push(*talk, k);
            }
        }
        push(*talk, std::nullopt);
    }
    ends_ = std::move(ends);
}

void Play::push(const Talk& talk, std::optional<std::size_t> answerer) {
    Stage stage;
    stage.talk = &talk;
    stage.answerer = answerer;
    stage.changeable.assign(setup_.start.size(), false);
    stage.deciders.assign(setup_.subject.actors.size(), false);
    if (!stages_.empty()) {
        const Stage& next = stages_.back();
        stage.changeable = next.changeable;
        stage.deciders = next.deciders;
        stage.heeded = next.heeded;
        stage.answers = next.answers;
    }
    for (std::size_t i = 0; i < stage.changeable.size(); ++i) {
        if (stage.changeable[i]) {
            stage.later.push_back(i);
        }
    }
    for (const std::size_t issue :
         answerer ? setup_.answerers[*answerer].overrides : setup_.open[talk.table]) {
        if (!stage.changeable[issue]) {
            stage.changeable[issue] = true;
            stage.last.push_back(issue);
        }
    }
    if (answerer) {
        stage.answers = true;
        stage.heeded |= setup_.answerers[*answerer].heeds;
        stage.deciders[setup_.answerers[*answerer].actor] = true;
    } else {
        for (const ActorId actor : setup_.tables[talk.table].actors) {
            stage.deciders[actor.index] = true;
        }
    }
    std::vector<std::size_t> felt;
    for (std::size_t i = 0; i < stage.changeable.size(); ++i) {
        const bool asked = stage.answers && setup_.asked[i];
        if (stage.changeable[i] || asked) {
            felt.push_back(i);
        }
        if (stage.answers && stage.changeable[i]) {
            stage.binding |= table_of_[i];
        }
    }
    stage.felt = packing_.mask(felt);
    for (std::size_t a = 0; a < stage.deciders.size(); ++a) {
        if (stage.deciders[a] && setup_.adjustment[a] != 0) {
            stage.adjusted.push_back(a);
        }
    }
    std::vector<std::size_t> open;
    for (std::size_t c = 0; c < setup_.clauses.size(); ++c) {
        const Clause& clause = setup_.clauses[c];
        const auto issues = clause.issues();
        const bool decides = clause.forbids || std::ranges::any_of(clause.points, [&](const auto& entry) {
                                 return static_cast<bool>(stage.deciders[entry.first]);
                             });
        if (decides && std::ranges::any_of(
                           issues, [&](std::size_t i) { return static_cast<bool>(stage.changeable[i]); })) {
            open.push_back(c);
        }
    }
    stage.open = packing_.clause_mask(open);
    stages_.push_back(std::move(stage));
}

Position Play::start() const {
    Position position;
    position.deal = packing_.pack(setup_.start);
    position.settled = packing_.nothing();
    position.taken = setup_.taken;
    for (std::size_t i = 0; i < setup_.start.size(); ++i) {
        if (stages_.empty() || !stages_.back().changeable[i]) {
            packing_.add(position.settled, position.deal, i);
        }
    }
    return position;
}

std::int64_t Play::worth(std::size_t actor, const Position& position, const Future& future) const {
    std::int64_t sum = position.settled.points[actor] + future.unsettled.points[actor] +
                       packing_.clause_points(actor, position.settled.alive, future.unsettled.alive);
    if (((position.agreed | future.agreed) & agreed_by_[actor]) == 0) {
        sum += setup_.adjustment[actor];
    }
    const auto& row = setup_.move_points[actor];
    for (StateCode left = (position.taken | future.moves) & ~setup_.taken; left != 0 && !row.empty();
         left &= left - 1) {
        sum += row[static_cast<std::size_t>(std::countr_zero(left))];
    }
    return sum;
}

Play::Key Play::key_of(const Stage& stage, const Position& position) const {
    const std::size_t half = packing_.half();
    Key key(stage.felt.size() + 2 * half + 3 + (stage.adjusted.size() + 1) / kWordBits);
    auto next = key.begin();
    for (std::size_t w = 0; w < stage.felt.size(); ++w) {
        *next++ = position.deal[w] & stage.felt[w];
    }
    // Clauses failed already; of a rule that asks for nothing any more it does not matter whether it is kept.
    // One that is broken for good (by a status quo that breaks it) bars every further agreement.
    const Words& alive = position.settled.alive;
    bool barred = false;
    for (std::size_t w = 0; w < half; ++w) {
        *next++ = ~alive[w] & stage.open[w];
        *next++ = alive[w] & ~alive[half + w] & stage.open[half + w];
        barred = barred || (alive[w] & ~alive[half + w] & ~stage.open[w] & packing_.rules()[w]) != 0;
    }
    if (stage.answers) {
        *next++ = position.taken & stage.heeded;
        *next++ = position.agreed & stage.binding;
    }
    *next = (barred ? 1U : 0U) | (stage.answerer && position.last_agreed ? 2U : 0U);
    unsigned place = 2;
    for (const std::size_t a : stage.adjusted) {
        next += place == kWordBits ? 1 : 0;
        place %= kWordBits;
        *next |= static_cast<std::uint64_t>((position.agreed & agreed_by_[a]) != 0) << place++;
    }
    return key;
}

const Future& Play::follow(std::size_t left, const Position& position) {
    if (left == 0) {
        return nothing_more_;
    }
    Stage& stage = stages_[left - 1];
    const Key key = key_of(stage, position);
    if (const auto known = stage.memo.find(key); known != stage.memo.end()) {
        return known->second;
    }
    context_.check();
    return stage.memo.emplace(key, stage.answerer ? answer(left, position) : talk(left, position))
        .first->second;
}

Position Play::after(const Stage& stage, const Position& position, const Decision& decision) const {
    Position next = position;
    if (decision.moves != 0) {
        next.taken |= decision.moves;
        next.deal =
            packing_.pack(setup_.after_moves(packing_.unpack(position.deal), position.taken, next.taken));
    }
    if (!stage.answerer) {
        next.last_agreed = decision.deal != nullptr;
    }
    if (decision.deal != nullptr) {
        next.agreed |= stage.talk->bit;
        Assignment deal = packing_.unpack(position.deal);
        const auto& issues = setup_.open[stage.talk->table];
        for (std::size_t k = 0; k < issues.size(); ++k) {
            deal[issues[k]] = decision.deal->options[k];
        }
        next.deal = packing_.pack(deal);
    }
    settle(stage, decision, next, next.settled);
    return next;
}

void Play::settle(const Stage& stage, const Decision& decision, const Position& next, Effect& effect) const {
    if (decision.deal != nullptr) {
        for (const std::size_t issue : setup_.open[stage.talk->table]) {
            packing_.add(effect, next.deal, issue);
        }
    }
    for (const std::size_t issue : stage.last) {
        if (!bound(next.agreed, issue)) {
            packing_.add(effect, next.deal, issue);
        }
    }
}

Future Play::joined(const Stage& stage, const Decision& decision, const Position& next,
                    const Future& future) const {
    Future joined = future;
    joined.decision = decision;
    joined.moves |= decision.moves;
    joined.agreed |= decision.deal != nullptr ? stage.talk->bit : 0;
    settle(stage, decision, next, joined.unsettled);
    return joined;
}

Words Play::unsettled_alive(const Stage& stage, const Position& next) const {
    Words alive = packing_.nothing().alive;
    for (const std::size_t issue : stage.later) {
        if (!bound(next.agreed, issue)) {
            packing_.narrow(alive, next.deal, issue);
        }
    }
    return alive;
}

bool Play::accepted(const Table& table, const std::vector<std::int64_t>& gains, std::vector<bool>& willing) {
    for (std::size_t p = 0; p < gains.size(); ++p) {
        willing[table.actors[p].index] = gains[p] >= 0;
    }
    return accepts(table, willing);
}

Future Play::talk(std::size_t left, const Position& position) {
    const Stage& stage = stages_[left - 1];
    const Talk& talk = *stage.talk;
    const Table& table = setup_.tables[talk.table];
    const Measure& measure = measures_[talk.table];
    const Position refused = after(stage, position, {});
    const Future& without = follow(left - 1, refused);
    std::vector<std::int64_t> fallback;
    for (const ActorId actor : table.actors) {
        fallback.push_back(worth(actor.index, refused, without));
    }

    Position next = position;
    next.agreed |= talk.bit;
    next.last_agreed = true;
    const Words others_alive = unsettled_alive(stage, next);
    Words alive = others_alive;
    Decision chosen;
    const Future* follows = nullptr;
    std::vector<std::int64_t> best_gains;
    Measure::Standing best_standing;
    std::vector<std::int64_t> base(fallback.size());
    std::vector<std::int64_t> gains(fallback.size());
    std::vector<bool> willing(setup_.subject.actors.size(), false);
    // How gains compare with the best so far, and what they are at a first glance.
    const auto weigh = [&](Measure::Standing& standing) {
        standing = measure.standing(gains);
        return chosen.deal == nullptr ? std::strong_ordering::greater
                                      : measure.compare(gains, standing, best_gains, best_standing);
    };
    for (std::size_t c = 0; c < talk.steps.size(); ++c) {
        const Talk::Step& step = talk.steps[c];
        const DealClass& each = (*talk.classes)[c];
        for (std::size_t w = 0; w < alive.size(); ++w) {
            next.settled.alive[w] = position.settled.alive[w] & step.effect.alive[w];
            alive[w] = next.settled.alive[w] & others_alive[w];
        }
        if (packing_.breaks(alive)) {
            continue;
        }
        for (std::size_t w = 0; w < step.deal.size(); ++w) {
            next.deal[w] = (position.deal[w] & ~talk.own[w]) | step.deal[w];
        }
        for (std::size_t a = 0; a < step.effect.points.size(); ++a) {
            next.settled.points[a] = position.settled.points[a] + step.effect.points[a];
        }
        const Future& future = follow(left - 1, next);
        Measure::Standing standing;
        const TableDeal& first = each.deals.front();
        for (std::size_t p = 0; p < gains.size(); ++p) {
            base[p] = worth(table.actors[p].index, next, future) - first.points[p] - fallback[p];
        }
        const auto gains_of = [&](const std::vector<std::int64_t>& points) {
            for (std::size_t p = 0; p < gains.size(); ++p) {
                gains[p] = base[p] + points[p];
            }
        };
        for (const DealClass::Part& part : each.parts) {
            gains_of(part.most);
            if (weigh(standing) == std::strong_ordering::less || !accepted(table, gains, willing)) {
                continue;  // and so is every deal of the part
            }
            for (std::size_t k = part.begin; k < part.end; ++k) {
                const TableDeal& deal = each.deals[k];
                gains_of(deal.points);
                // Most deals are worse than the best so far; only the others need to be acceptable.
                const auto order = weigh(standing);
                if (order == std::strong_ordering::less || !accepted(table, gains, willing)) {
                    continue;
                }
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
                    best_standing = standing;
                    follows = &future;
                }
            }
        }
    }
    const auto keeps_everything = [&] {
        const auto& issues = setup_.open[talk.table];
        for (std::size_t k = 0; k < issues.size(); ++k) {
            if (chosen.deal->options[k] != packing_.option(position.deal, issues[k])) {
                return false;
            }
        }
        return std::ranges::all_of(best_gains, [](std::int64_t gain) { return gain == 0; });
    };
    if (chosen.deal == nullptr || keeps_everything()) {
        return joined(stage, {}, refused, without);
    }
    return joined(stage, chosen, after(stage, position, chosen), *follows);
}

bool Play::may_follow(const Stage& stage, const Position& position, const Position& next) const {
    Words alive = unsettled_alive(stage, next);
    for (std::size_t w = 0; w < alive.size(); ++w) {
        alive[w] &= next.settled.alive[w];
    }
    if (packing_.breaks(alive)) {
        return false;
    }
    for (const Talk& talk : talks_) {
        for (std::size_t w = 0; (position.agreed & talk.bit) != 0 && w < talk.own.size(); ++w) {
            if (((position.deal[w] ^ next.deal[w]) & talk.own[w]) != 0) {
                return false;
            }
        }
    }
    return true;
}

Future Play::answer(std::size_t left, const Position& position) {
    const Stage& stage = stages_[left - 1];
    const std::size_t actor = setup_.answerers[*stage.answerer].actor;
    Decision chosen;
    Position best = after(stage, position, chosen);
    const Future* follows = &follow(left - 1, best);
    if (!position.last_agreed) {
        return joined(stage, chosen, best, *follows);
    }
    const Assignment deal = packing_.unpack(position.deal);
    std::int64_t most = worth(actor, best, *follows);
    for (const StateCode code : choices_[*stage.answerer]) {
        if ((code & position.taken) != 0 || !setup_.moves_allowed(position.taken | code, deal)) {
            continue;
        }
        Position next = after(stage, position, {nullptr, code});
        if (!may_follow(stage, position, next)) {
            continue;
        }
        const Future& future = follow(left - 1, next);
        const std::int64_t value = worth(actor, next, future);
        if (value == most) {
            ++chosen.ties;
        }
        if (value > most) {
            most = value;
            chosen = {nullptr, code};
            best = std::move(next);
            follows = &future;
        }
    }
    return joined(stage, chosen, best, *follows);
}

}  // namespace steelyard::linkage
