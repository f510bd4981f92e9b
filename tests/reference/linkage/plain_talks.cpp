// SPDX-License-Identifier: Apache-2.0
#include "plain_talks.hpp"

#include "steelyard/model/scores.hpp"
#include "steelyard/model/tables.hpp"

#include <algorithm>

namespace steelyard::test {

namespace {

struct At {
    std::vector<int> deal;
    StateCode taken = 0;
    std::vector<bool> agreed, bound;
    bool answerable = false;
};

struct Turn {
    std::optional<std::size_t> table;
    std::size_t actor = 0;
};

class PlainTalks {
public:
    PlainTalks(const Case& subject, const std::vector<std::size_t>& order, bool answers)
        : subject_(subject), tables_(effective_tables(subject)), scores_(subject) {
        start_.deal.assign(subject.issues.size(), -1);
        for (std::size_t i = 0; i < subject.issues.size(); ++i) {
            if (subject.issues[i].status_quo) {
                start_.deal[i] = static_cast<int>(subject.issues[i].status_quo->index);
            }
        }
        start_.agreed.assign(subject.actors.size(), false);
        start_.bound.assign(subject.issues.size(), false);
        start_.taken = subject.conflict ? subject.conflict->status_quo.value_or(0) : 0;
        sits_.assign(subject.actors.size(), false);
        for (const std::size_t t : order) {
            turns_.push_back({t, 0});
            for (const ActorId actor : tables_[t].actors) {
                sits_[actor.index] = true;
            }
            for (std::size_t a = 0; answers && subject.conflict && a < subject.actors.size(); ++a) {
                if (std::ranges::find(tables_[t].actors, ActorId(a)) == tables_[t].actors.end()) {
                    turns_.push_back({std::nullopt, a});
                }
            }
        }
    }

    At solve() { return follow(0, start_); }

    Rational worth(std::size_t a, const At& end) const {
        Rational sum = points(a, end.deal);
        if (!end.agreed[a]) {
            sum += scores_.no_deal(ActorId(a)) - points(a, start_.deal);
        }
        if (subject_.conflict) {
            for (const ConflictPreference& preference : subject_.conflict->preferences) {
                const auto* form = std::get_if<MovePoints>(&preference.form);
                if (preference.actor.index == a && form != nullptr) {
                    for (const auto& [move, number] : form->points) {
                        if ((end.taken & ~start_.taken) >> move.index & 1U) {
                            sum += number.best();
                        }
                    }
                }
            }
        }
        return sum;
    }

private:
    static bool holds(const Condition& condition, const std::vector<int>& deal) {
        return std::ranges::all_of(condition.terms, [&](const auto& term) {
            return deal[term.first.index] >= 0 &&
                   std::ranges::find(term.second,
                                     OptionId(static_cast<std::size_t>(deal[term.first.index]))) !=
                       term.second.end();
        });
    }
    Rational points(std::size_t a, const std::vector<int>& deal) const {
        Rational sum;
        for (std::size_t i = 0; i < deal.size(); ++i) {
            if (deal[i] >= 0) {
                sum += scores_.points(ActorId(a), IssueId(i), OptionId(static_cast<std::size_t>(deal[i])));
            }
        }
        for (const Bundle& bundle : subject_.bundles) {
            for (const auto& [actor, number] : bundle.points) {
                sum += actor.index == a && holds(bundle.when, deal) ? number.best() : Rational(0);
            }
        }
        for (const Obligation& obligation : subject_.obligations) {
            const bool broken = std::ranges::any_of(obligation.broken_when,
                                                    [&](const Condition& c) { return holds(c, deal); });
            for (const auto& [actor, number] : obligation.cost) {
                sum -= broken && !obligation.hard && actor.index == a ? number.best() : Rational(0);
            }
        }
        return sum;
    }
    bool feasible(const std::vector<int>& deal) const {
        const bool rules = std::ranges::all_of(subject_.rules, [&](const Rule& rule) {
            return !holds(rule.when, deal) || (rule.then && holds(*rule.then, deal));
        });
        return rules && std::ranges::none_of(subject_.obligations, [&](const Obligation& o) {
                   return o.hard && std::ranges::any_of(o.broken_when,
                                                        [&](const Condition& c) { return holds(c, deal); });
               });
    }
    bool expression(const Expression& e, StateCode taken, const std::vector<int>& deal) const {
        return e.evaluate([&](std::uint32_t m) { return (taken >> m & 1U) != 0; },
                          [&](std::uint32_t i, std::uint32_t o) { return deal[i] == static_cast<int>(o); });
    }

    At follow(std::size_t turn, const At& at) {
        if (turn == turns_.size()) {
            return at;
        }
        return turns_[turn].table ? talk(turn, at) : answer(turn, at);
    }

    /// Nash: number of gainers, product of their gains, sum of the rest; greater is better.
    std::vector<Rational> value(const Table& table, const std::vector<Rational>& gains) const {
        std::int64_t gainers = 0;
        Rational product = 1;
        Rational rest;
        for (std::size_t p = 0; p < gains.size(); ++p) {
            std::int64_t power = 1;
            for (const auto& [actor, number] : table.power) {
                power = actor == table.actors[p] ? number.best().numerator() : power;
            }
            if (power > 0 && gains[p] > Rational(0)) {
                ++gainers;
                for (std::int64_t k = 0; k < power; ++k) {
                    product *= gains[p];
                }
            } else {
                rest += gains[p];
            }
        }
        return {Rational(gainers), product, rest};
    }

    At talk(std::size_t turn, const At& at) {
        const Table& table = tables_[*turns_[turn].table];
        At refused = at;
        refused.answerable = false;
        const At without = follow(turn + 1, refused);
        std::optional<At> best;
        std::vector<Rational> best_value;
        int best_changes = 0;
        bool best_gains = false;
        At next = at;
        next.answerable = true;
        for (std::size_t a = 0; a < next.agreed.size(); ++a) {
            const bool here = std::ranges::find(table.actors, ActorId(a)) != table.actors.end();
            next.agreed[a] = next.agreed[a] || here || !sits_[a];
        }
        std::vector<std::size_t> issues;
        for (const IssueId issue : table.issues) {
            issues.push_back(issue.index);
            next.bound[issue.index] = true;
        }
        std::ranges::sort(issues);
        for (const std::size_t issue : issues) {
            next.deal[issue] = 0;
        }
        for (bool more = true; more;) {
            if (feasible(next.deal)) {
                const At end = follow(turn + 1, next);
                std::vector<Rational> gains;
                std::vector<bool> willing(subject_.actors.size());
                for (const ActorId actor : table.actors) {
                    gains.push_back(worth(actor.index, end) - worth(actor.index, without));
                    willing[actor.index] = gains.back() >= Rational(0);
                }
                if (accepts(table, willing)) {
                    int changes = 0;
                    bool moves = false;
                    for (const std::size_t issue : issues) {
                        changes += next.deal[issue] != start_.deal[issue] ? 1 : 0;
                        moves = moves || next.deal[issue] != at.deal[issue];
                    }
                    const auto v = value(table, gains);
                    if (!best || v > best_value || (v == best_value && changes < best_changes)) {
                        best = end;
                        best_value = v;
                        best_changes = changes;
                        best_gains = moves || std::ranges::any_of(
                                                  gains, [](const Rational& g) { return g != Rational(0); });
                    }
                }
            }
            more = false;
            for (std::size_t k = issues.size(); k-- > 0;) {
                if (++next.deal[issues[k]] < static_cast<int>(subject_.issues[issues[k]].options.size())) {
                    more = true;
                    break;
                }
                next.deal[issues[k]] = 0;
            }
        }
        return best && best_gains ? *best : without;
    }

    At answer(std::size_t turn, const At& at) {
        At best = follow(turn + 1, at);
        const ActorId actor(turns_[turn].actor);
        if (!at.answerable || !scores_.has(actor)) {
            return best;
        }
        const Conflict& conflict = *subject_.conflict;
        int best_count = 0;
        for (StateCode code = 1; code < StateCode{1} << conflict.moves.size(); ++code) {
            bool mine = (code & at.taken) == 0;
            for (std::size_t k = 0; k < conflict.moves.size(); ++k) {
                mine = mine && ((code >> k & 1U) == 0 || (conflict.moves[k].by == actor &&
                                                          conflict.moves[k].direction != Direction::back));
            }
            At next = at;
            next.taken |= code;
            const bool allowed = std::ranges::none_of(conflict.infeasible, [&](const Infeasible& pattern) {
                return expression(std::get<Expression>(pattern), next.taken, at.deal);
            });
            if (!mine || !allowed) {
                continue;
            }
            bool breaks = false;
            for (const StateDeal& entry : conflict.deal) {
                if (expression(entry.when, next.taken, at.deal) &&
                    !expression(entry.when, at.taken, at.deal)) {
                    for (const auto& [issue, option] : entry.then) {
                        next.deal[issue.index] = static_cast<int>(option.index);
                    }
                }
            }
            for (std::size_t i = 0; i < next.deal.size(); ++i) {
                breaks = breaks || (at.bound[i] && next.deal[i] != at.deal[i]);
            }
            if (breaks || !feasible(next.deal)) {
                continue;
            }
            const At end = follow(turn + 1, next);
            const int count = __builtin_popcountll(code);
            const Rational gain = worth(actor.index, end) - worth(actor.index, best);
            if (gain > Rational(0) || (gain == Rational(0) && count < best_count)) {
                best = end;
                best_count = count;
            }
        }
        return best;
    }

    const Case& subject_;
    std::vector<Table> tables_;
    Scores scores_;
    At start_;
    std::vector<bool> sits_;
    std::vector<Turn> turns_;
};

}  // namespace

PlainOutcome plain_talks(const Case& subject, const std::vector<std::size_t>& order, bool answers) {
    PlainTalks talks(subject, order, answers);
    const At end = talks.solve();
    PlainOutcome outcome{end.deal, end.taken, {}};
    for (std::size_t a = 0; a < subject.actors.size(); ++a) {
        outcome.points.push_back(talks.worth(a, end));
    }
    return outcome;
}

}  // namespace steelyard::test
