// SPDX-License-Identifier: Apache-2.0
#include "bracket.hpp"

#include "thinning.hpp"

#include <algorithm>

namespace steelyard::space {

template <class W>
Front<W> upper_front(const Engine<W>& engine, const std::vector<Requirement>& requirements,
                     const std::vector<BigInt>& error, std::size_t most_rows, const Context& context) {
    Thinning<W> thinning(engine, error, most_rows, context);
    Pass<W> pass;
    pass.stage = "upper bound";
    pass.requirements = &requirements;
    pass.each = [&](std::size_t layer, std::size_t, Front<W>& front) { thinning.upper(layer, front); };
    pass.hurry = [&](std::size_t layer, std::size_t, Front<W>& front) { thinning.hurry_upper(layer, front); };
    return go_through(engine, pass, context).front;
}

template <class W>
std::optional<double> gap_between(const Front<W>& lower, const Front<W>& upper,
                                  const std::vector<BigInt>& scale, const Context& context) {
    if (upper.size() == 0)
        return 0;
    if (lower.size() == 0)
        return std::nullopt;
    const std::size_t n = lower.actors;
    std::vector<double> unit;
    for (const BigInt& one : scale)
        unit.push_back(1 / to_double(one));
    // Differences are exact before they become doubles.
    const auto above = [&](std::size_t u, std::size_t l) {
        double most = 0;
        for (std::size_t p = 0; p < n; ++p) {
            if (lower.row(l)[p] < upper.row(u)[p])
                most =
                    std::max(most, unit[p] * to_double(typename W::Value(upper.row(u)[p] - lower.row(l)[p])));
        }
        return most;
    };
    double gap = 0;
    std::size_t near = 0;  // neighbours above mostly have the same neighbour below
    for (std::size_t u = 0; u < upper.size(); ++u) {
        if ((u & 255U) == 0)
            context.check();
        double least = above(u, near);
        for (std::size_t l = 0; l < lower.size() && gap < least; ++l) {
            const double here = above(u, l);
            if (here < least) {
                least = here;
                near = l;
            }
        }
        gap = std::max(gap, least);
    }
    return gap * (1 + 1e-12);
}

template Front<Narrow> upper_front(const Engine<Narrow>&, const std::vector<Requirement>&,
                                   const std::vector<BigInt>&, std::size_t, const Context&);
template Front<Wide> upper_front(const Engine<Wide>&, const std::vector<Requirement>&,
                                 const std::vector<BigInt>&, std::size_t, const Context&);
template Front<Big> upper_front(const Engine<Big>&, const std::vector<Requirement>&,
                                const std::vector<BigInt>&, std::size_t, const Context&);
template std::optional<double> gap_between(const Front<Narrow>&, const Front<Narrow>&,
                                           const std::vector<BigInt>&, const Context&);
template std::optional<double> gap_between(const Front<Wide>&, const Front<Wide>&, const std::vector<BigInt>&,
                                           const Context&);
template std::optional<double> gap_between(const Front<Big>&, const Front<Big>&, const std::vector<BigInt>&,
                                           const Context&);

}  // namespace steelyard::space
