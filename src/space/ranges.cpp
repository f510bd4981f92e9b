// SPDX-License-Identifier: Apache-2.0
#include "ranges.hpp"

namespace steelyard::space {

template <class W>
void Range<W>::widen(const Range& from, const std::vector<Value>& a, const std::vector<Value>& b) {
    if (!from.reached)
        return;
    const std::size_t n = a.size();
    low.resize(n);
    high.resize(n);
    for (std::size_t p = 0; p < n; ++p) {
        const Value shift = a[p] + b[p];
        if (!reached || from.low[p] + shift < low[p])
            low[p] = from.low[p] + shift;
        if (!reached || high[p] < from.high[p] + shift)
            high[p] = from.high[p] + shift;
    }
    reached = true;
}

template <class W>
Ranges<W>::Ranges(const Engine<W>& engine) {
    using Value = typename W::Value;
    const auto& layers = engine.diagram().layers;
    const std::size_t n = engine.actors();
    const Range<W> zero{std::vector<Value>(n), std::vector<Value>(n), true};
    for (std::size_t j = 0; j <= layers.size(); ++j) {
        const std::size_t nodes = j < layers.size() ? layers[j].nodes : 1;
        before.emplace_back(nodes);
        after.emplace_back(nodes);
    }
    before.front()[0] = zero;
    after.back()[0] = zero;
    const auto each_choice = [&](std::size_t j, auto&& visit) {
        for (std::size_t node = 0; node < layers[j].nodes; ++node) {
            for (std::size_t cls = 0; cls < layers[j].classes(); ++cls) {
                const Diagram::Arc& arc = layers[j].arc(node, cls);
                if (arc.target == Diagram::none)
                    continue;
                for (const auto& addition : engine.additions(j, cls, Keep::distinct))
                    visit(node, arc.target, addition.values, engine.gain(arc.gain));
            }
        }
    };
    for (std::size_t j = 0; j < layers.size(); ++j) {
        each_choice(j, [&](auto node, auto target, const auto& a, const auto& b) {
            before[j + 1][target].widen(before[j][node], a, b);
        });
    }
    for (std::size_t j = layers.size(); j-- > 0;) {
        each_choice(j, [&](auto node, auto target, const auto& a, const auto& b) {
            after[j][node].widen(after[j + 1][target], a, b);
        });
    }
}

template struct Range<Narrow>;
template struct Range<Wide>;
template struct Range<Big>;
template struct Ranges<Narrow>;
template struct Ranges<Wide>;
template struct Ranges<Big>;

}  // namespace steelyard::space
