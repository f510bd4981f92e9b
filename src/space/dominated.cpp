// SPDX-License-Identifier: Apache-2.0
#include "dominated.hpp"

#include <cmath>

namespace steelyard::space {

template <class W>
Passed<W> rows_above(const Engine<W>& engine, const Bounds& bounds, const std::vector<typename W::Value>& row,
                     const Context& context) {
    const std::size_t n = engine.actors();
    std::vector<Requirement> required;
    std::vector<double> range(n);
    for (std::size_t p = 0; p < n; ++p) {
        std::vector<double> unit(n);
        unit[p] = 1;
        Weighed alone = bounds.weigh(std::move(unit));
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
    required.push_back({bounds.weigh(std::move(weights)), least});
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

template Passed<Narrow> rows_above(const Engine<Narrow>&, const Bounds&, const std::vector<Narrow::Value>&,
                                   const Context&);
template Passed<Wide> rows_above(const Engine<Wide>&, const Bounds&, const std::vector<Wide::Value>&,
                                 const Context&);
template Passed<Big> rows_above(const Engine<Big>&, const Bounds&, const std::vector<Big::Value>&,
                                const Context&);

}  // namespace steelyard::space
