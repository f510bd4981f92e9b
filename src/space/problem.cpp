// SPDX-License-Identifier: Apache-2.0
#include "problem.hpp"

#include "steelyard/core/error.hpp"

#include <algorithm>
#include <bit>
#include <limits>
#include <map>
#include <numeric>
#include <optional>

namespace steelyard::space {

namespace {

using boost::multiprecision::abs;
using boost::multiprecision::gcd;

/// A condition while options may still fall away: literals over all options of an issue.
struct Draft {
    std::map<std::size_t, std::vector<char>> allowed;  // open issue (place), options of the case
    bool possible = true;

    void restrict(std::size_t issue, const std::vector<char>& to) {
        auto [place, fresh] = allowed.emplace(issue, to);
        if (fresh)
            return;
        for (std::size_t o = 0; o < to.size(); ++o)
            place->second[o] = static_cast<char>(place->second[o] != 0 && to[o] != 0);
    }
};

struct DraftTerm {
    Draft when;
    std::vector<BigInt> points;  // empty: forbids
};

class Builder {
public:
    Builder(const Case& subject, const std::vector<std::optional<OptionId>>& fixed) : subject_(subject) {
        place_.resize(subject.issues.size());
        for (std::size_t i = 0; i < subject.issues.size(); ++i) {
            problem.fixed.push_back(fixed[i].value_or(OptionId{}));
            if (fixed[i])
                continue;
            place_[i] = open_.size();
            open_.emplace_back(i);
            alive_.emplace_back(subject.issues[i].options.size(), char{1});
            problem.deals *= subject.issues[i].options.size();
        }
        fixed_ = fixed;
    }

    [[nodiscard]] const std::vector<IssueId>& open() const { return open_; }

    /// What is left to hold of a condition once the fixed issues are known.
    [[nodiscard]] Draft draft(const Condition& condition) const {
        Draft draft;
        for (const auto& [issue, options] : condition.terms) {
            restrict(draft, issue, options, true);
        }
        return draft;
    }

    /// Adds "issue takes one of (none of) these options" to a condition.
    void restrict(Draft& draft, IssueId issue, const std::vector<OptionId>& options, bool one_of) const {
        const auto listed = [&](OptionId option) {
            return (std::ranges::find(options, option) != options.end()) == one_of;
        };
        if (const auto& option = fixed_[issue.index]) {
            draft.possible = draft.possible && listed(*option);
            return;
        }
        std::vector<char> allowed(subject_[issue].options.size());
        for (std::size_t o = 0; o < allowed.size(); ++o)
            allowed[o] = static_cast<char>(listed(OptionId(o)));
        draft.restrict(place_[issue.index], allowed);
    }

    void add(Draft when, std::vector<BigInt> points) {
        if (when.possible)
            drafts_.push_back({std::move(when), std::move(points)});
    }

    /// Folds what is decided into options, points and constants until nothing changes.
    void settle(std::vector<std::vector<std::vector<BigInt>>>& points) {
        for (bool changed = true; changed && !problem.impossible;) {
            changed = false;
            std::vector<DraftTerm> kept;
            for (DraftTerm& term : drafts_) {
                if (!simplify(term.when))
                    continue;
                if (term.when.allowed.size() >= 2) {
                    kept.push_back(std::move(term));
                } else if (term.points.empty()) {
                    forbid(term.when);
                    changed = true;
                } else {
                    fold(term, points);
                }
            }
            drafts_ = std::move(kept);
        }
    }

    /// The issues with the options that are left, and the terms over them.
    void finish(const std::vector<std::vector<std::vector<BigInt>>>& points) {
        for (std::size_t i = 0; i < open_.size(); ++i) {
            OpenIssue issue{open_[i], {}, {}};
            for (std::size_t o = 0; o < alive_[i].size(); ++o) {
                if (alive_[i][o] == 0)
                    continue;
                issue.options.emplace_back(o);
                issue.points.push_back(points[i][o]);
            }
            problem.issues.push_back(std::move(issue));
        }
        std::map<std::vector<Literal>, std::size_t> scoring;
        for (DraftTerm& draft : drafts_) {
            Term term{{}, std::move(draft.points)};
            for (const auto& [issue, allowed] : draft.when.allowed) {
                Literal literal{issue, {}};
                for (const OptionId option : problem.issues[issue].options)
                    literal.allowed.push_back(allowed[option.index]);
                term.when.push_back(std::move(literal));
            }
            if (!term.forbids()) {
                const auto [place, fresh] = scoring.emplace(term.when, problem.terms.size());
                if (!fresh) {
                    for (std::size_t p = 0; p < term.points.size(); ++p)
                        problem.terms[place->second].points[p] += term.points[p];
                    continue;
                }
            }
            problem.terms.push_back(std::move(term));
        }
        std::erase_if(problem.terms, [](const Term& term) {
            return !term.forbids() &&
                   std::ranges::all_of(term.points, [](const BigInt& x) { return x == 0; });
        });
    }

    Problem problem;

private:
    /// Drops literals that every remaining option meets; false when no remaining deal meets the condition.
    bool simplify(Draft& when) const {
        for (auto it = when.allowed.begin(); it != when.allowed.end();) {
            bool all = true;
            bool any = false;
            for (std::size_t o = 0; o < it->second.size(); ++o) {
                if (alive_[it->first][o] == 0)
                    continue;
                any = any || it->second[o] != 0;
                all = all && it->second[o] != 0;
            }
            if (!any)
                return false;
            it = all ? when.allowed.erase(it) : std::next(it);
        }
        return true;
    }

    void forbid(const Draft& when) {
        if (when.allowed.empty()) {
            problem.impossible = true;
            return;
        }
        const auto& [issue, allowed] = *when.allowed.begin();
        for (std::size_t o = 0; o < allowed.size(); ++o) {
            if (allowed[o] != 0)
                alive_[issue][o] = 0;
        }
        problem.impossible = problem.impossible || std::ranges::count(alive_[issue], char{1}) == 0;
    }

    void fold(const DraftTerm& term, std::vector<std::vector<std::vector<BigInt>>>& points) {
        for (std::size_t p = 0; p < term.points.size(); ++p) {
            if (term.when.allowed.empty()) {
                problem.constant[p] += term.points[p];
                continue;
            }
            const auto& [issue, allowed] = *term.when.allowed.begin();
            for (std::size_t o = 0; o < allowed.size(); ++o) {
                if (allowed[o] != 0)
                    points[issue][o][p] += term.points[p];
            }
        }
    }

    const Case& subject_;
    std::vector<std::optional<OptionId>> fixed_;
    std::vector<std::size_t> place_;  // of an issue of the case among the open ones
    std::vector<IssueId> open_;
    std::vector<std::vector<char>> alive_;  // by open issue: options of the case not yet ruled out
    std::vector<DraftTerm> drafts_;
};

/// The smallest number that makes every point of the actor whole.
BigInt common_denominator(const Case& subject, const Scores& scores, ActorId actor) {
    BigInt common = scores.no_deal(actor).denominator();
    const auto take = [&](const Rational& value) {
        const BigInt denominator = value.denominator();
        common *= denominator / gcd(common, denominator);
    };
    for (std::size_t i = 0; i < subject.issues.size(); ++i) {
        for (std::size_t o = 0; o < subject.issues[i].options.size(); ++o)
            take(scores.points(actor, IssueId(i), OptionId(o)));
    }
    for (const ScoreTerm& term : scores.terms()) {
        for (const auto& [who, points] : term.points) {
            if (who == actor)
                take(points);
        }
    }
    return common;
}

BigInt scaled(const Rational& value, const BigInt& scale) {
    return BigInt(value.numerator()) * (scale / value.denominator());
}

void add_rules(const Case& subject, Builder& builder) {
    for (const Rule& rule : subject.rules) {
        if (!rule.then) {
            builder.add(builder.draft(rule.when), {});
            continue;
        }
        for (const auto& [issue, options] : rule.then->terms) {
            Draft broken = builder.draft(rule.when);
            builder.restrict(broken, issue, options, false);
            builder.add(std::move(broken), {});
        }
    }
    for (const Obligation& obligation : subject.obligations) {
        if (!obligation.hard)
            continue;
        for (const Condition& broken : obligation.broken_when)
            builder.add(builder.draft(broken), {});
    }
}

}  // namespace

Problem make_problem(const Case& subject, const Scores& scores,
                     const std::vector<std::optional<OptionId>>& fixed, std::vector<ActorId> actors) {
    Builder builder(subject, fixed);
    Problem& problem = builder.problem;
    problem.actors = std::move(actors);
    const std::size_t n = problem.size();
    problem.constant.assign(n, 0);
    for (const ActorId actor : problem.actors) {
        problem.scale.push_back(common_denominator(subject, scores, actor));
        problem.no_deal.push_back(scaled(scores.no_deal(actor), problem.scale.back()));
    }
    std::vector<std::vector<std::vector<BigInt>>> points;  // open issue, option of the case, actor
    for (std::size_t i = 0; i < subject.issues.size(); ++i) {
        const IssueId issue(i);
        if (!fixed[i])
            points.emplace_back(subject.issues[i].options.size(), std::vector<BigInt>(n));
        for (std::size_t p = 0; p < n; ++p) {
            const auto of = [&](OptionId option) {
                return scaled(scores.points(problem.actors[p], issue, option), problem.scale[p]);
            };
            if (fixed[i]) {
                problem.constant[p] += of(*fixed[i]);
                continue;
            }
            for (std::size_t o = 0; o < subject.issues[i].options.size(); ++o)
                points.back()[o][p] = of(OptionId(o));
        }
    }
    add_rules(subject, builder);
    for (const ScoreTerm& term : scores.terms()) {
        std::vector<BigInt> gain(n);
        bool matters = false;
        for (const auto& [who, value] : term.points) {
            for (std::size_t p = 0; p < n; ++p) {
                if (problem.actors[p] != who)
                    continue;
                gain[p] += scaled(value, problem.scale[p]);
                matters = true;
            }
        }
        if (matters)
            builder.add(builder.draft(term.when), std::move(gain));
    }
    builder.settle(points);
    builder.finish(points);
    problem.measure();
    return std::move(builder.problem);
}

Width width_for(const BigInt& most) {
    // Two bits to spare: differences of two sums, and a step beyond a threshold.
    const auto bits = most == 0 ? 0 : boost::multiprecision::msb(most) + 1;
    return bits <= 61 ? Width::narrow : bits <= 125 ? Width::wide : Width::big;
}

void Problem::measure() {
    BigInt most = 0;
    for (std::size_t p = 0; p < size(); ++p) {
        BigInt sum = abs(constant[p]) + abs(no_deal[p]) + 1;
        for (const OpenIssue& issue : issues) {
            BigInt largest = 0;
            for (const auto& row : issue.points)
                largest = std::max(largest, BigInt(abs(row[p])));
            sum += largest;
        }
        for (const Term& term : terms) {
            if (!term.forbids())
                sum += abs(term.points[p]);
        }
        most = std::max(most, sum);
    }
    width = width_for(most);
}

bool Term::met(const std::vector<std::size_t>& options) const {
    return std::ranges::all_of(
        when, [&](const Literal& literal) { return literal.allowed[options[literal.issue]] != 0; });
}

bool Problem::forbids(const std::vector<std::size_t>& options) const {
    return impossible ||
           std::ranges::any_of(terms, [&](const Term& term) { return term.forbids() && term.met(options); });
}

Rational Problem::rational(std::size_t p, const BigInt& points) const {
    const BigInt divisor = gcd(points, scale[p]);
    const BigInt numerator = points / divisor;
    const BigInt denominator = scale[p] / divisor;
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    if (abs(numerator) > most || denominator > most)
        throw Error(ErrorKind::limit, "a sum of points needs more than 18 digits; round the case's numbers");
    return Rational::fraction(static_cast<std::int64_t>(numerator), static_cast<std::int64_t>(denominator));
}

KeyLayout::KeyLayout(const Problem& problem) {
    // The first issue takes the highest bits of the first word, so that words compare in case order.
    std::size_t word = 0;
    unsigned left = 64;
    for (const OpenIssue& issue : problem.issues) {
        const auto most = static_cast<std::uint64_t>(issue.options.empty() ? 0 : issue.options.size() - 1);
        const auto bits = static_cast<unsigned>(std::bit_width(most));
        if (bits > left) {
            ++word;
            left = 64;
        }
        left -= bits;
        // A shift by 64 would be undefined; an issue of one option sets no bit wherever it stands.
        places_.push_back({word, left % 64, bits == 0 ? 0 : (std::uint64_t{1} << bits) - 1});
    }
    words_ = word + 1;
}

std::vector<std::size_t> KeyLayout::options(const std::uint64_t* key) const {
    std::vector<std::size_t> options;
    options.reserve(places_.size());
    for (const Place& place : places_)
        options.push_back(static_cast<std::size_t>((key[place.word] >> place.shift) & place.mask));
    return options;
}

Deal whole_deal(const Problem& problem, const std::vector<std::size_t>& options) {
    Deal deal = problem.fixed;
    for (std::size_t i = 0; i < options.size(); ++i)
        deal[problem.issues[i].id.index] = problem.issues[i].options[options[i]];
    return deal;
}

}  // namespace steelyard::space
