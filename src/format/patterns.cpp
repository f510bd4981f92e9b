// SPDX-License-Identifier: Apache-2.0
#include "patterns.hpp"

#include <algorithm>

namespace steelyard::format {

namespace {

constexpr std::size_t kMostMoves = 20;
constexpr double kMostWork = 1e8;

/// Sorted, without patterns that another one covers.
void keep_widest(Patterns& patterns) {
    std::ranges::sort(patterns);
    patterns.erase(std::ranges::unique(patterns).begin(), patterns.end());
    const Patterns all = patterns;
    std::erase_if(patterns, [&](const Pattern& narrow) {
        return std::ranges::any_of(all, [&](const Pattern& wide) {
            return wide != narrow && (wide.care & ~narrow.care) == 0 &&
                   (narrow.taken & wide.care) == wide.taken;
        });
    });
}

/// Builds the patterns of a node and of its negation from the leaves up.
class Builder {
public:
    Builder(const Expression& expression, std::size_t most) : expression_(expression), most_(most) {}

    std::optional<Patterns> build() {
        struct Both {
            Patterns yes, no;
        };
        std::vector<Both> done;
        for (const Expression::Node& node : expression_.nodes) {
            Both both;
            switch (node.kind) {
                case Expression::Kind::move: {
                    const StateCode bit = StateCode{1} << node.first;
                    both = {{{bit, bit}}, {{bit, 0}}};
                    break;
                }
                case Expression::Kind::option:
                    return std::nullopt;
                case Expression::Kind::negation:
                    both = {done[node.first].no, done[node.first].yes};
                    break;
                case Expression::Kind::conjunction:
                    both = {meet(done[node.first].yes, done[node.second].yes),
                            join(done[node.first].no, done[node.second].no)};
                    break;
                case Expression::Kind::disjunction:
                    both = {join(done[node.first].yes, done[node.second].yes),
                            meet(done[node.first].no, done[node.second].no)};
                    break;
                case Expression::Kind::implied_by:
                    both = {join(done[node.first].yes, done[node.second].no),
                            meet(done[node.first].no, done[node.second].yes)};
                    break;
                case Expression::Kind::equivalence:
                    both = {join(meet(done[node.first].yes, done[node.second].yes),
                                 meet(done[node.first].no, done[node.second].no)),
                            join(meet(done[node.first].yes, done[node.second].no),
                                 meet(done[node.first].no, done[node.second].yes))};
                    break;
            }
            if (too_many_)
                return std::nullopt;
            done.push_back(std::move(both));
        }
        return done.empty() ? Patterns{} : done.back().yes;
    }

private:
    Patterns join(const Patterns& a, const Patterns& b) {
        Patterns all = a;
        all.insert(all.end(), b.begin(), b.end());
        return limited(std::move(all));
    }
    Patterns meet(const Patterns& a, const Patterns& b) {
        Patterns all;
        if (a.size() * b.size() > 8 * most_) {
            too_many_ = true;
            return all;
        }
        for (const Pattern& one : a) {
            for (const Pattern& other : b) {
                if (((one.taken ^ other.taken) & one.care & other.care) == 0)
                    all.push_back({one.care | other.care, one.taken | other.taken});
            }
        }
        return limited(std::move(all));
    }
    Patterns limited(Patterns all) {
        keep_widest(all);
        too_many_ = too_many_ || all.size() > most_;
        return all;
    }

    const Expression& expression_;
    std::size_t most_;
    bool too_many_ = false;
};

}  // namespace

std::optional<Patterns> patterns_of(const Expression& expression, std::size_t most) {
    return Builder(expression, most).build();
}

Expression expression_of(const Patterns& patterns, const std::vector<Move>& moves) {
    std::string text;
    for (const Pattern& pattern : patterns) {
        std::string part;
        for (std::size_t k = 0; k < moves.size(); ++k) {
            if ((pattern.care >> k & 1U) != 0) {
                part += part.empty() ? "" : " and ";
                part += (pattern.taken >> k & 1U) != 0 ? moves[k].id : "not " + moves[k].id;
            }
        }
        text += (text.empty() ? "" : " or ") + part;
    }
    ExpressionError error;
    return parse_expression(
        text,
        [&](std::string_view name, Expression::Node& node) {
            const auto at = std::ranges::find(moves, name, &Move::id);
            node = {Expression::Kind::move, static_cast<std::uint32_t>(at - moves.begin()), 0};
            return std::string{};
        },
        error);
}

std::optional<std::vector<StateCode>> feasible_states(const Patterns& infeasible, std::size_t moves) {
    const auto work = static_cast<double>(StateCode{1} << std::min(moves, kMostMoves)) *
                      static_cast<double>(infeasible.size() + 1);
    if (moves > kMostMoves || work > kMostWork)
        return std::nullopt;
    std::vector<StateCode> states;
    for (StateCode state = 0; state < StateCode{1} << moves; ++state) {
        if (!matches(infeasible, state))
            states.push_back(state);
    }
    return states;
}

}  // namespace steelyard::format
