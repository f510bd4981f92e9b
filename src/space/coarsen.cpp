// SPDX-License-Identifier: Apache-2.0
#include "coarsen.hpp"

#include "dominance.hpp"

#include <algorithm>
#include <functional>
#include <numeric>

namespace steelyard::space {

namespace {

/// The rows' boxes, and the rows in order of falling boxes.
template <class W>
class Grid {
public:
    using Value = typename W::Value;

    Grid(const Front<W>& front, const std::vector<Value>& error)
        : n_(front.actors), boxes_(front.values.size()) {
        for (std::size_t i = 0; i < front.size(); ++i) {
            for (std::size_t p = 0; p < n_; ++p) {
                const Value width = error[p] + 1;
                const Value& value = front.row(i)[p];
                Value box = value / width;
                if (value < 0 && box * width != value)
                    box -= 1;  // division rounds towards zero, boxes downwards
                boxes_[i * n_ + p] = box;
            }
        }
        order_.resize(front.size());
        std::iota(order_.begin(), order_.end(), 0U);
        std::ranges::stable_sort(order_,
                                 [&](std::uint32_t a, std::uint32_t b) { return above(box(a), box(b)); });
    }

    [[nodiscard]] const std::vector<std::uint32_t>& order() const { return order_; }
    [[nodiscard]] const Value* box(std::uint32_t row) const { return boxes_.data() + row * n_; }
    [[nodiscard]] bool same(std::uint32_t a, std::uint32_t b) const {
        return std::equal(box(a), box(a) + n_, box(b));
    }
    [[nodiscard]] bool above(const Value* a, const Value* b) const {
        for (std::size_t p = 0; p < n_; ++p) {
            if (a[p] != b[p])
                return b[p] < a[p];
        }
        return false;
    }

private:
    std::size_t n_;
    std::vector<Value> boxes_;
    std::vector<std::uint32_t> order_;
};

}  // namespace

template <class W>
bool coarsen(Front<W>& front, const std::vector<typename W::Value>& error, std::size_t most) {
    using Value = typename W::Value;
    const std::size_t n = front.actors;
    const Grid<W> grid(front, error);
    std::vector<std::uint32_t> firsts;  // the first row of every box
    std::vector<Value> distinct;
    for (const std::uint32_t i : grid.order()) {
        if (!firsts.empty() && grid.same(i, firsts.back()))
            continue;
        firsts.push_back(i);
        distinct.insert(distinct.end(), grid.box(i), grid.box(i) + n);
    }
    const std::vector<char> dominated = firsts.size() > most
                                            ? std::vector<char>(firsts.size())
                                            : Dominance<Value>(distinct.data(), n, firsts.size()).find();
    std::vector<char> keep(front.size());
    for (std::size_t k = 0; k < firsts.size(); ++k)
        keep[firsts[k]] = static_cast<char>(dominated[k] == 0);
    const std::size_t before = front.size();
    keep_rows(front, [&](std::size_t i) { return keep[i] != 0; });
    return front.size() < before;
}

template <class W>
void raise_rows(Front<W>& front, const std::vector<typename W::Value>& error, std::size_t most) {
    using Value = typename W::Value;
    const std::size_t n = front.actors;
    const Grid<W> grid(front, error);
    std::vector<std::vector<Value>> corners;
    std::uint32_t last = 0;
    for (const std::uint32_t i : grid.order()) {
        if (corners.empty() || !grid.same(i, last))
            corners.emplace_back(front.row(i), front.row(i) + n);
        for (std::size_t p = 0; p < n; ++p)
            corners.back()[p] = std::max(corners.back()[p], front.row(i)[p]);
        last = i;
    }
    std::ranges::sort(corners, std::greater{});
    corners.erase(std::unique(corners.begin(), corners.end()), corners.end());
    Front<W> raised{
        n, front.words, {}, std::vector<typename W::Count>(corners.size(), typename W::Count(1)), {}};
    raised.keys.resize(corners.size() * front.words);
    for (const std::vector<Value>& corner : corners)
        raised.values.insert(raised.values.end(), corner.begin(), corner.end());
    if (raised.size() <= most)
        drop_dominated(raised);
    front = std::move(raised);
}

template bool coarsen(Front<Narrow>&, const std::vector<Narrow::Value>&, std::size_t);
template bool coarsen(Front<Wide>&, const std::vector<Wide::Value>&, std::size_t);
template bool coarsen(Front<Big>&, const std::vector<Big::Value>&, std::size_t);

template void raise_rows(Front<Narrow>&, const std::vector<Narrow::Value>&, std::size_t);
template void raise_rows(Front<Wide>&, const std::vector<Wide::Value>&, std::size_t);
template void raise_rows(Front<Big>&, const std::vector<Big::Value>&, std::size_t);

}  // namespace steelyard::space
