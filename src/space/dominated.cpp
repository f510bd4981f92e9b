// SPDX-License-Identifier: Apache-2.0
#include "dominated.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace steelyard::space {

namespace {

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

}  // namespace

template <class W>
std::vector<Requirement> requirements_above(const Bounds& bounds, const std::vector<typename W::Value>& row) {
    const std::size_t n = row.size();
    std::vector<Requirement> required;
    std::vector<double> range(n);
    for (std::size_t p = 0; p < n; ++p) {
        std::vector<double> unit(n);
        unit[p] = 1;
        Weighed alone = bounds.weigh(unit);
        range[p] = alone.rest[0][0] - to_double(row[p]);
        required.push_back({std::move(alone), to_double(row[p])});
    }
    // All values at once, each on the scale of what its actor could still gain.
    std::vector<double> weights(n);
    double least = 0;
    for (std::size_t p = 0; p < n; ++p) {
        weights[p] = 1 / std::max(range[p], 1e-9);
        least += weights[p] * to_double(row[p]);
    }
    required.push_back({bounds.weigh(weights), least});
    return required;
}

template <class W>
Passed<W> rows_above(const Engine<W>& engine, const Bounds& bounds, const std::vector<typename W::Value>& row,
                     const Context& context) {
    const std::size_t n = engine.actors();
    const std::vector<Requirement> required = requirements_above<W>(bounds, row);
    Pass<W> pass;
    pass.stage = "dominating deals";
    pass.requirements = &required;
    pass.most_rows = 3'000'000 / n;
    pass.proceed = [&](std::size_t, const auto&) { return !context.budget.requested(); };
    Passed<W> passed = go_through(engine, pass, context);
    Front<W>& front = passed.front;
    // Cuts allow for rounding: look again, exactly.
    Front<W> exact{n, front.words, {}, {}, {}};
    for (std::size_t i = 0; i < front.size(); ++i) {
        bool above = true;
        for (std::size_t p = 0; p < n; ++p)
            above = above && !(front.row(i)[p] < row[p]);
        if (!above)
            continue;
        exact.values.insert(exact.values.end(), front.row(i), front.row(i) + n);
        exact.keys.insert(exact.keys.end(), front.key(i), front.key(i) + front.words);
        exact.counts.push_back(front.counts[i]);
    }
    front = std::move(exact);
    return passed;
}

template <class W>
Nearest nearest_dominating(const Setup& setup, const Deal& deal, const std::vector<typename W::Value>& row,
                           std::size_t most, const Context& context) {
    Nearest nearest;
    std::optional<Diagram> above;
    if (setup.outline) {
        const std::vector<Requirement> required = requirements_above<W>(setup.outline->bounds(), row);
        above = setup.outline->all_deals(required, setup.reach.all, context);
        nearest.proven = above.has_value();
        if (!above)
            above = setup.outline->some_deals(required, setup.reach.some, context);
        if (!above->feasible)
            return nearest;
    }
    const Diagram& diagram = above ? *above : setup.diagram;
    const Problem extended = with_changes(setup.problem, deal);
    const Bounds bounds(extended, diagram);
    const Engine<W> engine(extended, diagram);
    std::vector<typename W::Value> least = row;
    least.emplace_back(0);
    // From none: a deal that contradicts a settled issue differs from every feasible one already.
    for (std::size_t changes = 0; changes <= extended.issues.size() && most > 0; ++changes) {
        least.back() = -static_cast<std::int64_t>(changes);
        const Passed<W> passed = rows_above(engine, bounds, least, context);
        if (passed.outcome != Outcome::finished)
            return {{}, false};
        const Front<W>& front = passed.front;
        std::vector<std::size_t> rows;
        for (std::size_t i = 0; i < front.size(); ++i) {
            if (!std::equal(row.begin(), row.end(), front.row(i)))
                rows.push_back(i);
        }
        if (rows.size() < most && changes < extended.issues.size())
            continue;
        const auto key = [&](std::size_t i) {
            return std::vector<std::uint64_t>(front.key(i), front.key(i) + front.words);
        };
        std::ranges::sort(rows, [&](std::size_t a, std::size_t b) {
            const auto& x = front.row(a)[row.size()];
            const auto& y = front.row(b)[row.size()];
            return x != y ? y < x : key(a) < key(b);
        });
        rows.resize(std::min(rows.size(), most));
        for (const std::size_t i : rows)
            nearest.deals.push_back(setup.deal(engine.layout().options(front.key(i))));
        break;
    }
    return nearest;
}

template std::vector<Requirement> requirements_above<Narrow>(const Bounds&,
                                                             const std::vector<Narrow::Value>&);
template std::vector<Requirement> requirements_above<Wide>(const Bounds&, const std::vector<Wide::Value>&);
template std::vector<Requirement> requirements_above<Big>(const Bounds&, const std::vector<Big::Value>&);
template Passed<Narrow> rows_above(const Engine<Narrow>&, const Bounds&, const std::vector<Narrow::Value>&,
                                   const Context&);
template Passed<Wide> rows_above(const Engine<Wide>&, const Bounds&, const std::vector<Wide::Value>&,
                                 const Context&);
template Passed<Big> rows_above(const Engine<Big>&, const Bounds&, const std::vector<Big::Value>&,
                                const Context&);

template Nearest nearest_dominating<Narrow>(const Setup&, const Deal&, const std::vector<Narrow::Value>&,
                                            std::size_t, const Context&);
template Nearest nearest_dominating<Wide>(const Setup&, const Deal&, const std::vector<Wide::Value>&,
                                          std::size_t, const Context&);
template Nearest nearest_dominating<Big>(const Setup&, const Deal&, const std::vector<Big::Value>&,
                                         std::size_t, const Context&);
}  // namespace steelyard::space
