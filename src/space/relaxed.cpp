// SPDX-License-Identifier: Apache-2.0
#include "relaxed.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>

namespace steelyard::space {

namespace {

/// Joins nodes by forgetting conditions.
class Forgetting {
public:
    Forgetting(const Problem& problem, const std::vector<std::size_t>& order, std::size_t width)
        : width_(width), words_(problem.terms.size() / 64 + 1) {
        // What a term is worth, as shares of what each actor can gain or lose in the issues by themselves.
        std::vector<double> range(problem.size(), 1e-9);
        for (const OpenIssue& issue : problem.issues) {
            for (std::size_t p = 0; p < range.size(); ++p) {
                const auto [low, high] = std::ranges::minmax(
                    issue.points, {}, [p](const std::vector<BigInt>& row) { return row[p]; });
                range[p] += issue.points.empty() ? 0 : to_double(BigInt(high[p] - low[p]));
            }
        }
        std::vector<std::size_t> step_of(problem.issues.size(), order.size());
        for (std::size_t j = 0; j < order.size(); ++j)
            step_of[order[j]] = j;
        for (const Term& term : problem.terms) {
            double stake = term.forbids() ? 1 : 0;
            for (std::size_t p = 0; p < term.points.size(); ++p)
                stake += std::abs(to_double(term.points[p])) / range[p];
            stake_.push_back(stake);
            steps_.emplace_back();
            for (const Literal& literal : term.when)
                steps_.back().push_back(step_of[literal.issue]);
        }
    }

    /// As a `StateFilter`.
    std::vector<std::uint32_t> operator()(const Diagram& so_far, std::vector<ResidualState>& states) {
        if (states.size() <= width_)
            return {};
        places_.resize(states.size());
        std::iota(places_.begin(), places_.end(), 0U);
        const std::vector<std::size_t> open = open_terms(states, so_far.layers.size());
        // First only where two nodes differ in nothing else; then everywhere.
        for (const bool everywhere : {false, true}) {
            for (const std::size_t t : open) {
                if (states.size() > width_)
                    forget(t, everywhere, states);
            }
        }
        return places_;
    }

    [[nodiscard]] double forgotten() const { return forgotten_; }

private:
    /// The terms whose fate the states do not agree on, those with the least at stake first: the more issues
    /// still to come, the less likely they are to matter.
    std::vector<std::size_t> open_terms(const std::vector<ResidualState>& states, std::size_t step) {
        std::vector<std::pair<double, std::size_t>> open;
        for (std::size_t t = 0; t < stake_.size(); ++t) {
            if (std::ranges::all_of(states, [&](const ResidualState& state) {
                    return fate(state, t) == fate(states.front(), t);
                }))
                continue;
            const auto left = std::ranges::count_if(steps_[t], [step](std::size_t at) { return at >= step; });
            open.emplace_back(stake_[t] / static_cast<double>(left + 1), t);
        }
        std::ranges::sort(open);
        std::vector<std::size_t> terms;
        for (const auto& [stake, t] : open)
            terms.push_back(t);
        return terms;
    }

    /// Dead 0, alive 1, forgotten 2.
    [[nodiscard]] int fate(const ResidualState& state, std::size_t t) const {
        const auto bit = [&](std::size_t word) { return static_cast<int>(state[word] >> (t % 64) & 1U); };
        return bit(t / 64) + 2 * bit(words_ + t / 64);
    }

    void forget(std::size_t t, bool everywhere, std::vector<ResidualState>& states) {
        const std::uint64_t bit = std::uint64_t{1} << (t % 64);
        std::map<ResidualState, std::vector<std::uint32_t>> groups;
        for (std::uint32_t s = 0; s < states.size(); ++s) {
            ResidualState without = states[s];
            without[t / 64] &= ~bit;
            without[words_ + t / 64] &= ~bit;
            groups[std::move(without)].push_back(s);
        }
        std::vector<std::uint32_t> moved(states.size());
        std::vector<ResidualState> next;
        for (const auto& [without, members] : groups) {
            for (const std::uint32_t s : members)
                moved[s] = static_cast<std::uint32_t>(next.size());
            next.push_back(members.size() > 1 || everywhere ? without : states[members.front()]);
            if (members.size() > 1 || everywhere) {
                next.back()[words_ + t / 64] |= bit;
                forgotten_ +=
                    stake_[t] * static_cast<double>(members.size()) / static_cast<double>(states.size());
            }
        }
        for (std::uint32_t& place : places_)
            place = moved[place];
        states = std::move(next);
    }

    std::size_t width_;
    std::size_t words_;
    std::vector<double> stake_;                    // by term
    std::vector<std::vector<std::size_t>> steps_;  // by term: when its issues are eliminated
    std::vector<std::uint32_t> places_;
    double forgotten_ = 0;
};

}  // namespace

Relaxation make_relaxed(const Problem& problem, const std::vector<std::size_t>& order, const Context& context,
                        std::size_t width) {
    Forgetting forgetting(problem, order, std::max<std::size_t>(width, 1));
    Diagram diagram = build_diagram(
        problem, order, context, std::numeric_limits<std::size_t>::max(),
        [&](const Diagram& so_far, std::vector<ResidualState>& states) { return forgetting(so_far, states); },
        true);
    diagram.feasible = diagram.feasible && !problem.impossible;
    return {std::move(diagram), forgetting.forgotten()};
}

}  // namespace steelyard::space
