// SPDX-License-Identifier: Apache-2.0
#include "steelyard/space/score.hpp"

#include "census.hpp"
#include "dominated.hpp"
#include "reach.hpp"
#include "relaxed.hpp"
#include "seek.hpp"
#include "setup.hpp"
#include "spans.hpp"

#include <algorithm>
#include <optional>

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
          seeker_(setup, {}, context) {}

    void add_ranks(ScoreResult& result) const {
        std::optional<Census> census;
        for (std::size_t p = 0; p < seeker_.engine().actors(); ++p) {
            const Value more = row_[p] + 1;
            std::vector<std::optional<Value>> floors(row_.size());
            floors[p] = more;
            Tally tally = seeker_.count(floors);
            if (setup_.outline && !tally.exact) {
                if (!census)
                    census.emplace(setup_.problem, context_, setup_.reach.most_nodes);
                tally = census->estimate([&](const std::vector<std::size_t>& options) {
                    return !(seeker_.engine().row(options)[p] < more);
                });
            }
            result.ranks.emplace_back(setup_.actor_id(p), BigInt(tally.count + 1).str());
            result.ranks_exact = result.ranks_exact && tally.exact;
        }
    }

    void add_dominance(int nearest, ScoreResult& result) const {
        const std::optional<bool> efficient = seeker_.efficient(row_);
        result.decided = efficient.has_value();
        result.efficient = efficient.value_or(false);
        if (result.efficient)
            return;
        add_distance(result);
        const Nearest found =
            nearest_dominating<W>(setup_, deal_, row_, static_cast<std::size_t>(nearest), context_);
        result.nearest_proven = found.proven;
        for (const Deal& better : found.deals)
            result.dominated_by.push_back(dominating(better));
        if (!found.deals.empty())
            result.decided = true;  // nothing could be said of all deals, but one will do
    }

private:
    using Value = typename W::Value;

    /// The largest share of its range that everybody can gain, with the deal in place of no deal.
    void add_distance(ScoreResult& result) const {
        Problem shifted = setup_.problem;
        Measure measure;
        measure.kind = Measure::Kind::least;
        const std::vector<Span> ranges = spans(setup_);
        for (std::size_t p = 0; p < ranges.size(); ++p) {
            shifted.no_deal[p] = exact_[p] + shifted.constant[p];
            measure.counts.push_back(static_cast<char>(ranges[p].width() > 0));
            measure.unit *= std::max(ranges[p].width(), BigInt(1));
        }
        for (const Span& span : ranges)
            measure.factor.push_back(measure.unit / std::max(span.width(), BigInt(1)));
        if (ranges.empty())
            return;  // no deal is feasible
        const Found found = Seeker<W>(setup_, shifted, {.nobody_loses = true}, context_).best(measure);
        if (found.any())
            result.distance = 100 * std::max(0.0, measure.value(found.gains));
        if (!found.proven)
            result.distance_bound = std::max(100 * found.bound, result.distance);
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
    Seeker<W> seeker_;
};

/// Everybody's points on the scale from worst to best feasible deal.
void add_percent(const Setup& setup, const Deal& deal, const Context& context, ScoreResult& result) {
    const Problem everybody = make_problem(setup.subject, setup.scores, setup.fixed, setup.scores.actors());
    const Plan plan = plan_order(everybody, context, setup.reach.most_nodes);
    if (!plan.exact) {
        result.exact = false;
        result.reason = kTooTangled;
    }
    const std::vector<Span> ranges = spans(
        everybody, plan.exact ? make_diagram(everybody, plan, context)
                              : make_relaxed(everybody, plan.order, context, setup.reach.relaxed).diagram);
    const std::vector<BigInt> row = setup.exact_row(everybody, deal);
    for (std::size_t p = 0; p < ranges.size(); ++p) {
        const Span& range = ranges[p];
        const auto percent = [&](const BigInt& points) {
            return range.width() > 0
                       ? 100 * (to_double(BigInt(points - range.low)) / to_double(range.width()))
                       : 100;
        };
        const std::string& actor = setup.subject[everybody.actors[p]].id;
        result.percent.emplace_back(actor, percent(row[p]));
        result.no_deal_percent.emplace_back(actor,
                                            percent(BigInt(everybody.no_deal[p] - everybody.constant[p])));
    }
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

ScoreResult score_within(const Case& subject, const ScoreOptions& options, const Context& context,
                         const Reach& reach) {
    const Deal deal = deal_from_names(subject, options.deal);
    const Setup setup(subject, options.table, context, &deal, Tangled::bound, reach);
    ScoreResult result;
    result.table = setup.table.id;
    result.exact = setup.outline == nullptr;
    result.reason = why_bounded(setup);
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

ScoreResult score(const Case& subject, const ScoreOptions& options, const Context& context) {
    return score_within(subject, options, context, {});
}

}  // namespace steelyard::space
