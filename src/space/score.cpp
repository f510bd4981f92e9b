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

template <class W>
class Scorer {
public:
    Scorer(const Setup& setup, const Deal& deal, const Context& context)
        : setup_(setup),
          deal_(deal),
          context_(context),
          exact_(setup.exact_row(setup.problem, deal)),
          row_(typed_row<W>(exact_)),
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
        for (const Deal& better :
             nearest_dominating<W>(setup_, deal_, row_, static_cast<std::size_t>(nearest), context_))
            result.dominated_by.push_back(dominating(better));
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
        const Found found = Optimiser<W>(engine, setup_.bounds, {}, context_).best(measure);
        if (found.any())
            result.distance = 100 * std::max(0.0, measure.value(found.gains));
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
void add_percent(const Setup& setup, const Deal& deal, const Context& context, ScoreResult& result) {
    const Problem everybody = make_problem(setup.subject, setup.scores, setup.fixed, setup.scores.actors());
    const Diagram diagram = diagram_or_error(everybody, context);
    if (!diagram.feasible)
        return;
    const std::vector<BigInt> row = setup.exact_row(everybody, deal);
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
    const Setup setup(subject, options.table, context, &deal);
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
    add_percent(setup, deal, context, result);
    at_width(setup.width_with(deal), [&](auto width) {
        ScoreResult found = result;
        const Scorer<decltype(width)> scorer(setup, deal, context);
        scorer.add_ranks(found);
        scorer.add_dominance(options.nearest, found);
        result = std::move(found);
    });
    return result;
}

}  // namespace steelyard::space
