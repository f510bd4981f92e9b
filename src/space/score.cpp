// SPDX-License-Identifier: Apache-2.0
#include "steelyard/space/score.hpp"

#include "count.hpp"
#include "dominated.hpp"
#include "optimum.hpp"
#include "setup.hpp"

#include <algorithm>
#include <limits>

namespace steelyard::space {

namespace {

using boost::multiprecision::abs;

std::string condition_text(const Case& subject, const Condition& condition) {
    std::string text;
    for (const auto& [issue, options] : condition.terms) {
        text += (text.empty() ? "" : ", ") + subject[issue].id + " ";
        for (std::size_t k = 0; k < options.size(); ++k)
            text += (k > 0 ? " or " : "") + subject.option(issue, options[k]).id;
    }
    return text.empty() ? "any deal" : text;
}

std::vector<std::string> rules_broken(const Case& subject, const Deal& deal) {
    std::vector<std::string> broken;
    for (const Rule& rule : subject.rules) {
        if (rule.allows(deal))
            continue;
        const std::string text = rule.then ? "if " + condition_text(subject, rule.when) + " then " +
                                                 condition_text(subject, *rule.then)
                                           : "forbidden: " + condition_text(subject, rule.when);
        broken.push_back(rule.why.empty() ? text : rule.why + " (" + text + ")");
    }
    for (std::size_t i = 0; i < deal.size(); ++i) {
        const auto settled = settled_option(subject, IssueId(i));
        if (settled && *settled != deal[i])
            broken.push_back("settled: " + subject.issues[i].id + " " +
                             subject.option(IssueId(i), *settled).id);
    }
    return broken;
}

/// The integer points of a deal, constants left out.
std::vector<BigInt> exact_row(const Setup& setup, const Problem& problem, const Deal& deal) {
    std::vector<BigInt> row;
    for (std::size_t p = 0; p < problem.size(); ++p) {
        const Rational points = setup.scores.of(problem.actors[p], deal);
        row.push_back(BigInt(points.numerator()) * (problem.scale[p] / points.denominator()) -
                      problem.constant[p]);
    }
    return row;
}

template <class Value>
std::vector<Value> typed(const std::vector<BigInt>& row) {
    std::vector<Value> values;
    for (const BigInt& value : row)
        values.push_back(from_big<Value>(value));
    return values;
}

/// The problem with one more "actor", who loses a point for each issue that differs from `deal`.
Problem with_changes(const Problem& problem, const Deal& deal) {
    Problem extended = problem;
    extended.actors.emplace_back();  // nobody: its points are not the case's
    extended.scale.emplace_back(1);
    extended.constant.emplace_back(0);
    extended.no_deal.emplace_back(0);
    for (OpenIssue& issue : extended.issues) {
        for (std::size_t o = 0; o < issue.options.size(); ++o)
            issue.points[o].emplace_back(issue.options[o] == deal[issue.id.index] ? 0 : -1);
    }
    for (Term& term : extended.terms) {
        if (!term.forbids())
            term.points.emplace_back(0);
    }
    return extended;
}

template <class W>
class Scorer {
public:
    Scorer(const Setup& setup, const Deal& deal, const Context& context)
        : setup_(setup),
          deal_(deal),
          context_(context),
          exact_(exact_row(setup, setup.problem, deal)),
          row_(typed<typename W::Value>(exact_)),
          engine_(setup.problem, setup.diagram) {}

    void add_ranks(ScoreResult& result) const {
        for (std::size_t p = 0; p < engine_.actors(); ++p) {
            Demand<W> better;
            better.floors.resize(engine_.actors());
            better.floors[p] = row_[p] + 1;
            const Tally tally = count_deals(engine_, better, context_);
            result.ranks.emplace_back(setup_.actor_id(p), BigInt(tally.count + 1).str());
            result.ranks_exact = result.ranks_exact && tally.exact;
        }
    }

    void add_dominance(int nearest, ScoreResult& result) const {
        const Passed<W> above = rows_above(engine_, setup_.bounds, row_, context_);
        result.decided = above.outcome == Outcome::finished;
        result.efficient = result.decided && !any_dominates(above.front);
        if (result.efficient || !result.decided)
            return;
        add_distance(result);
        if (nearest > 0)
            add_nearest(static_cast<std::size_t>(nearest), result);
    }

private:
    using Value = typename W::Value;

    /// Whether the first `engine_.actors()` values of some row are not those of the deal; all are at least it.
    [[nodiscard]] bool dominates(const Value* row) const {
        return !std::equal(row_.begin(), row_.end(), row);
    }
    [[nodiscard]] bool any_dominates(const Front<W>& front) const {
        for (std::size_t i = 0; i < front.size(); ++i) {
            if (dominates(front.row(i)))
                return true;
        }
        return false;
    }

    /// The largest share of its range that everybody can gain, with the deal in place of no deal.
    void add_distance(ScoreResult& result) const {
        const Ranges<W> ranges(engine_);
        Problem shifted = setup_.problem;
        Measure measure;
        measure.kind = Measure::Kind::least;
        std::vector<BigInt> widths;
        for (std::size_t p = 0; p < shifted.size(); ++p) {
            shifted.no_deal[p] = exact_[p] + shifted.constant[p];
            const Range<W>& range = ranges.after[0][0];
            widths.push_back(to_big(Value(range.high[p] - range.low[p])));
            measure.counts.push_back(static_cast<char>(widths.back() > 0));
            measure.unit *= std::max(widths.back(), BigInt(1));
        }
        for (const BigInt& width : widths)
            measure.factor.push_back(measure.unit / std::max(width, BigInt(1)));
        const Engine<W> engine(shifted, setup_.diagram);
        const Found found = Optimiser<W>(setup_, engine, context_, true).best(measure);
        if (found.any())
            result.distance = 100 * std::max(0.0, measure.value(found.gains));
    }

    void add_nearest(std::size_t nearest, ScoreResult& result) const {
        const Problem extended = with_changes(setup_.problem, deal_);
        const Bounds bounds(extended, setup_.diagram);
        const Engine<W> engine(extended, setup_.diagram);
        const KeyLayout& layout = engine.layout();
        std::vector<Value> least = row_;
        least.emplace_back(0);
        // From none: a deal that contradicts a settled issue differs from every feasible one already.
        for (std::size_t changes = 0; changes <= extended.issues.size(); ++changes) {
            least.back() = -static_cast<std::int64_t>(changes);
            const Passed<W> passed = rows_above(engine, bounds, least, context_);
            if (passed.outcome != Outcome::finished)
                return;
            const Front<W>& front = passed.front;
            std::vector<std::size_t> rows;
            for (std::size_t i = 0; i < front.size(); ++i) {
                if (dominates(front.row(i)))
                    rows.push_back(i);
            }
            if (rows.size() < nearest && changes < extended.issues.size())
                continue;
            const auto key = [&](std::size_t i) {
                return std::vector<std::uint64_t>(front.key(i), front.key(i) + front.words);
            };
            std::ranges::sort(rows, [&](std::size_t a, std::size_t b) {
                const Value& x = front.row(a)[row_.size()];
                const Value& y = front.row(b)[row_.size()];
                return x != y ? y < x : key(a) < key(b);
            });
            rows.resize(std::min(rows.size(), nearest));
            for (const std::size_t i : rows)
                result.dominated_by.push_back(dominating(setup_.deal(layout.options(front.key(i)))));
            return;
        }
    }

    DominatingDeal dominating(const Deal& better) const {
        DominatingDeal dominating{name_deal(setup_.subject, better), setup_.points(better), {}};
        for (std::size_t i = 0; i < better.size(); ++i) {
            if (better[i] != deal_[i])
                dominating.changes.push_back(setup_.subject.issues[i].id);
        }
        return dominating;
    }

    const Setup& setup_;
    const Deal& deal_;
    const Context& context_;
    std::vector<BigInt> exact_;
    std::vector<Value> row_;
    Engine<W> engine_;
};

/// Everybody's points on the scale from worst to best feasible deal.
void add_percent(const Setup& setup, const Deal& deal, ScoreResult& result) {
    const Problem everybody = make_problem(setup.subject, setup.scores, setup.fixed, setup.scores.actors());
    const Diagram diagram = diagram_or_error(everybody);
    if (!diagram.feasible)
        return;
    const std::vector<BigInt> row = exact_row(setup, everybody, deal);
    at_width(everybody.width, [&](auto width) {
        using W = decltype(width);
        const Engine<W> engine(everybody, diagram);
        const Ranges<W> ranges(engine);
        const Range<W>& range = ranges.after[0][0];
        for (std::size_t p = 0; p < everybody.size(); ++p) {
            const BigInt low = to_big(range.low[p]);
            const BigInt high = to_big(range.high[p]);
            const auto percent = [&](const BigInt& points) {
                return high > low ? 100 * (to_double(BigInt(points - low)) / to_double(BigInt(high - low)))
                                  : 100;
            };
            const std::string& actor = setup.subject[everybody.actors[p]].id;
            result.percent.emplace_back(actor, percent(row[p]));
            result.no_deal_percent.emplace_back(
                actor, percent(BigInt(everybody.no_deal[p] - everybody.constant[p])));
        }
    });
}

void add_blockers(const Setup& setup, const Deal& deal, ScoreResult& result) {
    std::vector<bool> willing(setup.subject.actors.size());
    for (const ActorId actor : setup.problem.actors)
        willing[actor.index] = setup.scores.of(actor, deal) >= setup.scores.no_deal(actor);
    result.acceptable = result.feasible && accepts(setup.table, willing);
    for (const ActorId actor : setup.problem.actors) {
        if (willing[actor.index])
            continue;
        std::vector<bool> persuaded = willing;
        persuaded[actor.index] = true;
        result.blockers.push_back({setup.subject[actor].id,
                                   setup.scores.no_deal(actor) - setup.scores.of(actor, deal),
                                   !accepts(setup.table, willing) && accepts(setup.table, persuaded)});
    }
}

}  // namespace

ScoreResult score(const Case& subject, const ScoreOptions& options, const Context& context) {
    const Deal deal = deal_from_names(subject, options.deal);
    const Setup setup(subject, options.table, &deal);
    ScoreResult result;
    result.table = setup.table.id;
    result.deal = name_deal(subject, deal);
    result.points = setup.points(deal);
    result.gains = setup.gains(deal);
    result.feasible = feasible(subject, deal);
    result.rules_broken = rules_broken(subject, deal);
    for (const Obligation& obligation : subject.obligations) {
        if (obligation.broken_by(deal))
            result.obligations_broken.push_back(obligation.id);
    }
    add_blockers(setup, deal, result);
    add_percent(setup, deal, result);
    // A deal that contradicts a settled issue may lie beyond all sums that the problem knows.
    Width needed = setup.problem.width;
    for (const BigInt& value : exact_row(setup, setup.problem, deal))
        needed = std::max(needed, width_for(BigInt(abs(value))));
    at_width(needed, [&](auto width) {
        ScoreResult found = result;
        const Scorer<decltype(width)> scorer(setup, deal, context);
        scorer.add_ranks(found);
        scorer.add_dominance(options.nearest, found);
        result = std::move(found);
    });
    return result;
}

}  // namespace steelyard::space
