// SPDX-License-Identifier: Apache-2.0
#include "engine.hpp"

#include <algorithm>
#include <map>

namespace steelyard::space {

namespace {

/// The budget was used up in the middle of a join.
struct OutOfBudget {};

template <class Value>
bool dominates(const std::vector<Value>& a, const std::vector<Value>& b) {
    for (std::size_t p = 0; p < a.size(); ++p) {
        if (a[p] < b[p])
            return false;
    }
    return a != b;
}

}  // namespace

template <class W>
Engine<W>::Engine(const Problem& problem, const Diagram& diagram)
    : problem_(problem), diagram_(diagram), layout_(problem) {
    const std::size_t n = problem.size();
    const auto typed = [](const std::vector<BigInt>& row) {
        std::vector<Value> values;
        for (const BigInt& points : row)
            values.push_back(from_big<Value>(points));
        return values;
    };
    for (const OpenIssue& issue : problem.issues) {
        points_.emplace_back();
        for (const auto& row : issue.points)
            points_.back().push_back(typed(row));
    }
    for (const Term& term : problem.terms)
        term_points_.push_back(typed(term.points));
    for (const Diagram::Layer& layer : diagram.layers) {
        std::vector<std::vector<Addition>> all(layer.classes());
        std::vector<std::vector<Addition>> best(layer.classes());
        for (std::size_t cls = 0; cls < layer.classes(); ++cls) {
            for (const std::uint32_t option : layer.options[cls]) {
                std::vector<Value> values = points_[layer.issue][option];
                const auto same = std::ranges::find(all[cls], values, &Addition::values);
                if (same != all[cls].end()) {
                    same->times += 1;
                } else {
                    all[cls].push_back({std::move(values), Count(1), option});
                }
            }
            for (const Addition& one : all[cls]) {
                if (std::ranges::none_of(
                        all[cls], [&](const Addition& other) { return dominates(other.values, one.values); }))
                    best[cls].push_back(one);
            }
        }
        distinct_.push_back(std::move(all));
        undominated_.push_back(std::move(best));
    }
    for (const Diagram::Gain& gain : diagram.gains)
        gains_.push_back(typed(points_of(problem, gain)));
    for (std::size_t p = 0; p < n; ++p)
        thresholds_.push_back(from_big<Value>(problem.no_deal[p] - problem.constant[p]));
}

template <class W>
std::vector<typename W::Value> Engine<W>::row(const std::vector<std::size_t>& options) const {
    std::vector<Value> sum(actors());
    for (std::size_t i = 0; i < options.size(); ++i) {
        for (std::size_t p = 0; p < actors(); ++p)
            sum[p] += points_[i][options[i]][p];
    }
    for (std::size_t t = 0; t < term_points_.size(); ++t) {
        if (term_points_[t].empty())
            continue;
        const bool holds = problem_.terms[t].met(options);
        for (std::size_t p = 0; holds && p < actors(); ++p)
            sum[p] += term_points_[t][p];
    }
    return sum;
}

template <class W>
Passed<W> go_through(const Engine<W>& engine, const Pass<W>& pass, const Context& context) {
    const Diagram& diagram = engine.diagram();
    const std::size_t n = engine.actors();
    const std::size_t words = engine.layout().words();
    const Front<W> nothing{n, words, {}, {}, {}};
    if (!diagram.feasible)
        return {Outcome::finished, nothing};
    std::vector<Front<W>> fronts{Front<W>::origin(n, words)};
    const std::size_t layers = diagram.layers.size();
    // Whether joins are to end when the budget does; once it has, the pass hurries on without looking again.
    bool watched = pass.hurry || pass.proceed;
    const StopCheck stop_check = [&] {
        context.check();
        if (watched && context.budget.requested())
            throw OutOfBudget{};
    };
    for (std::size_t j = 0; j < layers; ++j) {
        context.check();
        context.report(pass.stage, static_cast<double>(j), static_cast<double>(layers));
        if (pass.proceed && !pass.proceed(j, fronts))
            return {Outcome::stopped, nothing};
        const Diagram::Layer& layer = diagram.layers[j];
        const std::size_t targets = j + 1 < layers ? diagram.layers[j + 1].nodes : 1;
        std::vector<std::vector<Stream<W>>> streams(targets);
        for (std::size_t node = 0; node < layer.nodes; ++node) {
            if (fronts[node].size() == 0)
                continue;
            for (std::size_t cls = 0; cls < layer.classes(); ++cls) {
                const Diagram::Arc& arc = layer.arc(node, cls);
                if (arc.target == Diagram::none)
                    continue;
                const auto& gain = engine.gain(arc.gain);
                for (const auto& addition : engine.additions(j, cls, pass.keep)) {
                    Stream<W> stream{&fronts[node], addition.values, addition.times,
                                     engine.layout().word(layer.issue),
                                     engine.layout().bits(layer.issue, addition.first)};
                    for (std::size_t p = 0; p < n; ++p)
                        stream.shift[p] += gain[p];
                    streams[arc.target].push_back(std::move(stream));
                }
            }
        }
        std::vector<Front<W>> next(targets, nothing);
        std::size_t rows = 0;
        for (std::size_t node = 0; node < targets; ++node) {
            if (streams[node].empty())
                continue;
            const std::vector<Cut> cuts =
                pass.requirements != nullptr ? cuts_at(*pass.requirements, j + 1, node) : std::vector<Cut>{};
            try {
                next[node] = join(streams[node], pass.keep, cuts, {}, stop_check);
            } catch (const OutOfBudget&) {
                if (pass.proceed && !pass.proceed(j, fronts))
                    return {Outcome::stopped, nothing};
                watched = false;
                for (std::size_t k = 0; pass.hurry && k < fronts.size(); ++k)
                    pass.hurry(j, k, fronts[k]);
                next[node] = join(streams[node], pass.keep, cuts, {}, stop_check);
            }
            if (pass.each)
                pass.each(j + 1, node, next[node]);
            rows += next[node].size();
            if (rows > pass.most_rows)
                return {Outcome::too_many_rows, nothing};
        }
        fronts = std::move(next);
    }
    return {Outcome::finished, std::move(fronts.front())};
}

template class Engine<Narrow>;
template class Engine<Wide>;
template class Engine<Big>;
template Passed<Narrow> go_through(const Engine<Narrow>&, const Pass<Narrow>&, const Context&);
template Passed<Wide> go_through(const Engine<Wide>&, const Pass<Wide>&, const Context&);
template Passed<Big> go_through(const Engine<Big>&, const Pass<Big>&, const Context&);

}  // namespace steelyard::space
