// SPDX-License-Identifier: Apache-2.0
#include "spans.hpp"

#include "engine.hpp"
#include "ranges.hpp"

namespace steelyard::space {

namespace {

/// The same problem for actors who want the opposite.
Problem opposite(Problem problem) {
    const auto turn = [](std::vector<BigInt>& row) {
        for (BigInt& points : row)
            points = -points;
    };
    for (OpenIssue& issue : problem.issues) {
        for (auto& row : issue.points)
            turn(row);
    }
    for (Term& term : problem.terms)
        turn(term.points);
    return problem;
}

std::vector<BigInt> highest(const Problem& problem, const Diagram& diagram) {
    return at_width(problem.width, [&](auto width) {
        using W = decltype(width);
        const Engine<W> engine(problem, diagram);
        const Ranges<W> ranges(engine);
        std::vector<BigInt> result;
        for (const auto& points : ranges.after[0][0].high)
            result.push_back(to_big(points));
        return result;
    });
}

}  // namespace

std::vector<Span> spans(const Problem& problem, const Diagram& diagram) {
    if (!diagram.feasible)
        return {};
    // A path of a relaxed diagram promises at least a deal's points, so its lowest sum bounds nothing.  What it promises
    // to those who want the opposite does.
    const std::vector<BigInt> high = highest(problem, diagram);
    const std::vector<BigInt> low = highest(opposite(problem), diagram);
    std::vector<Span> result;
    for (std::size_t p = 0; p < high.size(); ++p)
        result.push_back({-low[p], high[p]});
    return result;
}

std::vector<Span> spans(const Setup& setup) {
    return spans(setup.problem, setup.outline ? setup.outline->relaxed() : setup.diagram);
}

std::string why_bounded(const Setup& setup) {
    return setup.outline ? std::string(kTooTangled) : "";
}

}  // namespace steelyard::space
