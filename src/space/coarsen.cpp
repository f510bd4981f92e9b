// SPDX-License-Identifier: Apache-2.0
#include "coarsen.hpp"

#include "dominance.hpp"

#include <algorithm>
#include <numeric>

namespace steelyard::space {

template <class W>
bool coarsen(Front<W>& front, const std::vector<typename W::Value>& error) {
    using Value = typename W::Value;
    const std::size_t n = front.actors;
    std::vector<Value> boxes(front.values.size());
    for (std::size_t i = 0; i < front.size(); ++i) {
        for (std::size_t p = 0; p < n; ++p) {
            const Value width = error[p] + 1;
            const Value& value = front.row(i)[p];
            Value box = value / width;
            if (value < 0 && box * width != value)
                box -= 1;  // division rounds towards zero, boxes downwards
            boxes[i * n + p] = box;
        }
    }
    std::vector<std::uint32_t> order(front.size());
    std::iota(order.begin(), order.end(), 0U);
    const auto box = [&](std::uint32_t i) { return boxes.data() + i * n; };
    std::ranges::stable_sort(order, [&](std::uint32_t a, std::uint32_t b) {
        for (std::size_t p = 0; p < n; ++p) {
            if (box(a)[p] != box(b)[p])
                return box(b)[p] < box(a)[p];
        }
        return false;
    });
    std::vector<std::uint32_t> firsts;  // the first row of every box
    std::vector<Value> distinct;
    for (const std::uint32_t i : order) {
        if (!firsts.empty() && std::equal(box(i), box(i) + n, box(firsts.back())))
            continue;
        firsts.push_back(i);
        distinct.insert(distinct.end(), box(i), box(i) + n);
    }
    const std::vector<char> dominated = Dominance<Value>(distinct.data(), n, firsts.size()).find();
    std::vector<char> keep(front.size());
    for (std::size_t k = 0; k < firsts.size(); ++k)
        keep[firsts[k]] = static_cast<char>(dominated[k] == 0);
    const std::size_t before = front.size();
    keep_rows(front, [&](std::size_t i) { return keep[i] != 0; });
    return front.size() < before;
}

template bool coarsen(Front<Narrow>&, const std::vector<Narrow::Value>&);
template bool coarsen(Front<Wide>&, const std::vector<Wide::Value>&);
template bool coarsen(Front<Big>&, const std::vector<Big::Value>&);

}  // namespace steelyard::space
