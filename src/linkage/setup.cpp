// SPDX-License-Identifier: Apache-2.0
#include "setup.hpp"

#include "steelyard/core/error.hpp"

#include <boost/container/small_vector.hpp>

#include <algorithm>
#include <limits>

namespace steelyard::linkage {

namespace {

Term term_of(const Case& subject, const Condition& condition) {
    Term term;
    for (const auto& [issue, options] : condition.terms) {
        OptionFlags allowed(subject[issue].options.size());
        for (const OptionId option : options) {
            allowed[option.index] = 1;
        }
        term.parts.emplace_back(issue.index, std::move(allowed));
    }
    return term;
}

/// Points as whole numbers, one unit for all actors; refuses what 64 bits cannot hold with room for sums.
class Scale {
public:
    void include(const Rational& value) {
        const Rational product = value * factor_;
        factor_ *= product.denominator();
    }
    [[nodiscard]] std::int64_t whole(const Rational& value) const {
        const Rational product = value * factor_;
        if (abs(product) > Rational(std::int64_t{1} << 50)) {
            throw Error(ErrorKind::limit,
                        "the points of the case need more digits than linked talks compare exactly");
        }
        return product.numerator();
    }
    [[nodiscard]] std::int64_t factor() const { return factor_.numerator(); }

private:
    Rational factor_ = 1;
};

StateCode moves_in(const Expression& expression) {
    StateCode moves = 0;
    for (const Expression::Node& node : expression.nodes) {
        moves |= node.kind == Expression::Kind::move ? StateCode{1} << node.first : 0;
    }
    return moves;
}

StateCode moves_in(const Infeasible& pattern) {
    if (const auto* expression = std::get_if<Expression>(&pattern)) {
        return moves_in(*expression);
    }
    StateCode moves = 0;
    const auto add = [&](MoveId move) { moves |= StateCode{1} << move.index; };
    if (const auto* exclusive = std::get_if<MutuallyExclusive>(&pattern)) {
        std::ranges::for_each(exclusive->moves, add);
    } else if (const auto* some = std::get_if<AtLeastOne>(&pattern)) {
        std::ranges::for_each(some->moves, add);
    } else {
        for (const auto& [move, needed] : std::get<Requires>(pattern).pairs) {
            add(move);
            add(needed);
        }
    }
    return moves;
}

bool expression_holds(const Expression& expression, StateCode taken, const Assignment& deal) {
    using Kind = Expression::Kind;
    boost::container::small_vector<char, 16> truth(expression.nodes.size());
    for (std::size_t i = 0; i < truth.size(); ++i) {
        const Expression::Node& node = expression.nodes[i];
        const auto left = [&] { return truth[node.first] != 0; };
        const auto right = [&] { return truth[node.second] != 0; };
        bool holds = false;
        switch (node.kind) {
            case Kind::move:
                holds = (taken >> node.first & 1U) != 0;
                break;
            case Kind::option:
                holds = deal[node.first] == static_cast<int>(node.second);
                break;
            case Kind::negation:
                holds = !left();
                break;
            case Kind::conjunction:
                holds = left() && right();
                break;
            case Kind::disjunction:
                holds = left() || right();
                break;
            case Kind::implied_by:
                holds = left() || !right();
                break;
            case Kind::equivalence:
                holds = left() == right();
                break;
        }
        truth[i] = holds ? 1 : 0;
    }
    return !truth.empty() && truth.back() != 0;
}

}  // namespace

bool Term::holds(const Assignment& deal) const {
    return std::ranges::all_of(parts, [&](const auto& part) {
        return deal[part.first] != kUnset && part.second[static_cast<std::size_t>(deal[part.first])] != 0;
    });
}

std::vector<std::size_t> Clause::issues() const {
    std::vector<std::size_t> list;
    for (const auto& part : when.parts) {
        list.push_back(part.first);
    }
    if (then) {
        for (const auto& part : then->parts) {
            list.push_back(part.first);
        }
    }
    std::ranges::sort(list);
    const auto rest = std::ranges::unique(list);
    list.erase(rest.begin(), rest.end());
    return list;
}

Setup::Setup(const Case& subject_, const Rules& rules_)
    : subject(subject_), rules(rules_), tables(effective_tables(subject_)), scores(subject_) {
    if (subject.preferences.empty()) {
        throw Error(ErrorKind::missing_section, "linked talks need `preferences`");
    }
    const std::size_t actors = subject.actors.size();
    const std::size_t issues = subject.issues.size();
    start.assign(issues, kUnset);
    for (std::size_t i = 0; i < issues; ++i) {
        const auto settled = settled_option(subject, IssueId(i));
        const auto option = settled ? settled : subject.issues[i].status_quo;
        start[i] = option ? static_cast<int>(option->index) : kUnset;
    }
    may_vary.assign(issues, false);
    for (const Table& table : tables) {
        open.emplace_back();
        for (const IssueId issue : table.issues) {
            if (!settled_option(subject, issue)) {
                open.back().push_back(issue.index);
                may_vary[issue.index] = true;
            }
        }
        std::ranges::sort(open.back());
    }

    // Points.
    Scale scaling;
    std::vector<std::vector<Rational>> moves(actors);
    if (subject.conflict) {
        for (const ConflictPreference& preference : subject.conflict->preferences) {
            if (const auto* form = std::get_if<MovePoints>(&preference.form);
                form != nullptr && form->added_to_deal) {
                auto& row = moves[preference.actor.index];
                row.resize(subject.conflict->moves.size());
                for (const auto& [move, number] : form->points) {
                    row[move.index] += number.best();
                }
            }
        }
    }
    for (std::size_t a = 0; a < actors; ++a) {
        if (!scores.has(ActorId(a))) {
            continue;
        }
        for (std::size_t i = 0; i < issues; ++i) {
            for (std::size_t o = 0; o < subject.issues[i].options.size(); ++o) {
                scaling.include(scores.points(ActorId(a), IssueId(i), OptionId(o)));
            }
        }
        scaling.include(scores.no_deal(ActorId(a)));
        for (const Rational& value : moves[a]) {
            scaling.include(value);
        }
    }
    for (const ScoreTerm& term : scores.terms()) {
        for (const auto& [actor, value] : term.points) {
            scaling.include(value);
        }
    }
    sheet.resize(actors);
    move_points.resize(actors);
    scale = scaling.factor();
    for (std::size_t a = 0; a < actors; ++a) {
        for (std::size_t i = 0; scores.has(ActorId(a)) && i < issues; ++i) {
            sheet[a].emplace_back();
            for (std::size_t o = 0; o < subject.issues[i].options.size(); ++o) {
                sheet[a][i].push_back(scaling.whole(scores.points(ActorId(a), IssueId(i), OptionId(o))));
            }
        }
        for (const Rational& value : moves[a]) {
            move_points[a].push_back(scaling.whole(value));
        }
    }
    for (const ScoreTerm& term : scores.terms()) {
        Clause clause{term_of(subject, term.when), std::nullopt, false, {}};
        for (const auto& [actor, value] : term.points) {
            if (scores.has(actor)) {
                clause.points.emplace_back(actor.index, scaling.whole(value));
            }
        }
        clauses.push_back(std::move(clause));
    }
    for (const Rule& rule : subject.rules) {
        Clause clause{term_of(subject, rule.when), std::nullopt, true, {}};
        if (rule.then) {
            clause.then = term_of(subject, *rule.then);
        }
        clauses.push_back(std::move(clause));
    }
    for (const Obligation& obligation : subject.obligations) {
        for (const Condition& condition : obligation.broken_when) {
            if (obligation.hard) {
                clauses.push_back({term_of(subject, condition), std::nullopt, true, {}});
            }
        }
    }
    adjustment.assign(actors, 0);
    for (std::size_t a = 0; a < actors; ++a) {
        if (scores.has(ActorId(a))) {
            adjustment[a] = scaling.whole(scores.no_deal(ActorId(a))) - status_quo_points(a);
        }
    }

    overridable.assign(issues, false);
    asked.assign(issues, false);
    if (subject.conflict && rules.answers) {
        find_answerers();
    }
}

void Setup::find_answerers() {
    const Conflict& conflict = *subject.conflict;
    taken = conflict.status_quo.value_or(0);
    const auto ask = [&](const Expression& expression) {
        for (const Expression::Node& node : expression.nodes) {
            if (node.kind == Expression::Kind::option) {
                asked[node.first] = true;
            }
        }
    };
    for (const StateDeal& entry : conflict.deal) {
        ask(entry.when);
        MoveEffect& effect = effects.emplace_back(&entry.when, moves_in(entry.when));
        for (const auto& [issue, option] : entry.then) {
            if (!settled_option(subject, issue)) {
                effect.then.emplace_back(issue.index, static_cast<int>(option.index));
            }
        }
    }
    for (const Infeasible& pattern : conflict.infeasible) {
        if (const auto* expression = std::get_if<Expression>(&pattern)) {
            ask(*expression);
        }
    }

    // Options that an actor with preferences may take up and that do something.
    std::vector<std::size_t> candidates;
    for (std::size_t k = 0; k < conflict.moves.size(); ++k) {
        const Move& move = conflict.moves[k];
        const bool mine = scores.has(move.by) && move.direction != Direction::back && (taken >> k & 1U) == 0;
        if (mine && (!issues_moved_by(k).empty() ||
                     (!move_points[move.by.index].empty() && move_points[move.by.index][k] != 0))) {
            candidates.push_back(k);
        }
    }
    if (candidates.size() > 16) {
        throw Error(ErrorKind::limit, "talks are answered by at most 16 conflict options");
    }
    // Those that no allowed combination contains (they need what nobody will take up) are left out.
    StateCode possible = 0;
    const bool patterns_ask = std::ranges::find(asked, true) != asked.end();
    for (unsigned mask = 1; mask < 1U << candidates.size(); ++mask) {
        StateCode code = 0;
        for (std::size_t c = 0; c < candidates.size(); ++c) {
            code |= (mask >> c & 1U) != 0 ? StateCode{1} << candidates[c] : 0;
        }
        if ((code & ~possible) != 0 && (patterns_ask || moves_allowed(taken | code, start))) {
            possible |= code;
        }
    }
    for (std::size_t a = 0; a < subject.actors.size(); ++a) {
        Answerer answerer{a, {}, {}, 0};
        StateCode own = 0;
        for (const std::size_t k : candidates) {
            if (conflict.moves[k].by != ActorId(a) || (possible >> k & 1U) == 0) {
                continue;
            }
            answerer.moves.emplace_back(k);
            own |= StateCode{1} << k;
            for (const std::size_t issue : issues_moved_by(k)) {
                answerer.overrides.push_back(issue);
                may_vary[issue] = true;
                overridable[issue] = true;
            }
        }
        std::ranges::sort(answerer.overrides);
        const auto rest = std::ranges::unique(answerer.overrides);
        answerer.overrides.erase(rest.begin(), rest.end());
        answerer.heeds = own;
        for (const MoveEffect& effect : effects) {
            answerer.heeds |= (effect.mentions & own) != 0 ? effect.mentions : 0;
        }
        for (const Infeasible& pattern : conflict.infeasible) {
            answerer.heeds |= moves_in(pattern);
        }
        if (!answerer.moves.empty()) {
            answerers.push_back(std::move(answerer));
        }
    }
}

std::vector<std::size_t> Setup::issues_moved_by(std::size_t move) const {
    std::vector<std::size_t> issues;
    for (const MoveEffect& effect : effects) {
        for (const auto& [issue, option] : effect.then) {
            if ((effect.mentions >> move & 1U) != 0) {
                issues.push_back(issue);
            }
        }
    }
    return issues;
}

std::int64_t Setup::status_quo_points(std::size_t actor) const {
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < start.size(); ++i) {
        sum += start[i] == kUnset ? 0 : sheet[actor][i][static_cast<std::size_t>(start[i])];
    }
    for (const Clause& clause : clauses) {
        for (const auto& [whose, value] : clause.points) {
            sum += whose == actor && clause.when.holds(start) ? value : 0;
        }
    }
    return sum;
}

Assignment Setup::after_moves(const Assignment& deal, StateCode before, StateCode after) const {
    Assignment result = deal;
    for (const MoveEffect& effect : effects) {
        if ((effect.mentions & after & ~before) != 0 && expression_holds(*effect.when, after, deal) &&
            !expression_holds(*effect.when, before, deal)) {
            for (const auto& [issue, option] : effect.then) {
                result[issue] = option;
            }
        }
    }
    return result;
}

bool Setup::moves_allowed(StateCode code, const Assignment& deal) const {
    const auto count = [&](const std::vector<MoveId>& moves) {
        return std::ranges::count_if(moves, [&](MoveId move) { return (code >> move.index & 1U) != 0; });
    };
    return std::ranges::none_of(subject.conflict->infeasible, [&](const Infeasible& pattern) {
        if (const auto* expression = std::get_if<Expression>(&pattern)) {
            return expression_holds(*expression, code, deal);
        }
        if (const auto* exclusive = std::get_if<MutuallyExclusive>(&pattern)) {
            return count(exclusive->moves) > 1;
        }
        if (const auto* some = std::get_if<AtLeastOne>(&pattern)) {
            return count(some->moves) == 0;
        }
        return std::ranges::any_of(std::get<Requires>(pattern).pairs, [&](const auto& pair) {
            return (code >> pair.first.index & 1U) != 0 && (code >> pair.second.index & 1U) == 0;
        });
    });
}

}  // namespace steelyard::linkage
