// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Which of many sorted rows are dominated.
///
/// Rows come sorted by falling first value, then second, and so on, without duplicates; a row can then be
/// dominated only by one before it.

#include "stop_check.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

namespace steelyard::space {

/// Marks dominated rows for two or more actors.  `Value` is any ordered type.
template <class Value>
class Dominance {
public:
    Dominance(const Value* values, std::size_t actors, std::size_t rows, StopCheck stop_check = {})
        : values_(values), actors_(actors), stop_check_(std::move(stop_check)), dominated_(rows) {}

    /// dominated[i] != 0 when some other row is nowhere below row i.
    std::vector<char> find() {
        const std::size_t rows = dominated_.size();
        if (actors_ <= 1) {
            std::fill(dominated_.begin() + (rows > 0 ? 1 : 0), dominated_.end(), char{1});
        } else if (actors_ == 2) {
            sweep();
        } else if (actors_ == 3) {
            staircase();
        } else {
            std::vector<std::uint32_t> all(rows);
            std::iota(all.begin(), all.end(), 0U);
            divide(all);
        }
        return std::move(dominated_);
    }

private:
    using Rows = std::vector<std::uint32_t>;

    /// Counts the rows that are worked on, and checks after many.
    void work(std::size_t rows) {
        worked_ += rows;
        if (worked_ < kRowsBetweenChecks || !stop_check_)
            return;
        worked_ = 0;
        stop_check_();
    }

    const Value& at(std::uint32_t row, std::size_t k) const { return values_[row * actors_ + k]; }

    void sweep() {
        const Value* best = nullptr;
        for (std::uint32_t i = 0; i < dominated_.size(); ++i) {
            if (best != nullptr && !(*best < at(i, 1))) {
                dominated_[i] = 1;
            } else {
                best = &at(i, 1);
            }
        }
    }

    /// Three actors: for each rank of the second value, the best third value seen at that rank or above
    /// (a Fenwick tree of maxima).  O(n log n).
    void staircase() {
        const std::size_t rows = dominated_.size();
        Rows by_second(rows);
        std::iota(by_second.begin(), by_second.end(), 0U);
        std::ranges::sort(by_second, [&](auto a, auto b) { return at(b, 1) < at(a, 1); });
        std::vector<std::size_t> rank(rows);  // from 1 at the highest second value; equal values share a rank
        std::size_t last = 0;
        for (std::size_t k = 0; k < rows; ++k) {
            if (k == 0 || at(by_second[k], 1) < at(by_second[k - 1], 1))
                ++last;
            rank[by_second[k]] = last;
        }
        std::vector<const Value*> best(last + 1, nullptr);
        for (std::uint32_t i = 0; i < rows; ++i) {
            work(1);
            const Value& third = at(i, 2);
            bool beaten = false;
            for (std::size_t k = rank[i]; k > 0 && !beaten; k -= k & (~k + 1))
                beaten = best[k] != nullptr && !(*best[k] < third);
            if (beaten) {
                dominated_[i] = 1;
                continue;
            }
            for (std::size_t k = rank[i]; k <= last; k += k & (~k + 1)) {
                if (best[k] == nullptr || *best[k] < third)
                    best[k] = &third;
            }
        }
    }

    /// More actors: divide and conquer (Kung, Luccio & Preparata 1975).  The better half by the first value
    /// is solved, thins out the other half, which is then solved.
    void divide(const Rows& rows) {
        work(rows.size());
        if (rows.size() <= 16) {
            for (std::size_t j = 1; j < rows.size(); ++j) {
                for (std::size_t i = 0; i < j && dominated_[rows[j]] == 0; ++i) {
                    if (dominated_[rows[i]] == 0 && covers(rows[i], rows[j], actors_ - 1))
                        dominated_[rows[j]] = 1;
                }
            }
            return;
        }
        const auto middle = rows.begin() + static_cast<std::ptrdiff_t>(rows.size() / 2);
        const Rows upper(rows.begin(), middle);
        divide(upper);
        Rows lower(middle, rows.end());
        filter(alive(upper), lower, actors_ - 1);
        lower = alive(lower);
        divide(lower);
    }

    [[nodiscard]] Rows alive(const Rows& rows) const {
        Rows left;
        for (const auto row : rows) {
            if (dominated_[row] == 0)
                left.push_back(row);
        }
        return left;
    }

    /// Whether values 1..k of row a are nowhere below those of row b.
    [[nodiscard]] bool covers(std::uint32_t a, std::uint32_t b, std::size_t k) const {
        for (std::size_t i = k; i > 0; --i) {
            if (at(a, i) < at(b, i))
                return false;
        }
        return true;
    }

    /// Marks rows of `below` that a row of `above` covers in values 1..k; in all others it is known to.
    void filter(const Rows& above, const Rows& below, std::size_t k) {
        if (above.empty() || below.empty())
            return;
        work(above.size() + below.size());
        if (above.size() * below.size() <= 512 || k == 0) {
            for (const auto b : below) {
                for (const auto a : above) {
                    if (covers(a, b, k)) {
                        dominated_[b] = 1;
                        break;
                    }
                }
            }
            return;
        }
        if (k <= 2) {
            filter_plane(above, below, k);
            return;
        }
        const auto by = [&](auto a, auto b) { return at(a, k) < at(b, k); };
        const auto [low_above, high_above] = std::ranges::minmax_element(above, by);
        const auto [low_below, high_below] = std::ranges::minmax_element(below, by);
        if (!(at(*low_above, k) < at(*high_below, k))) {  // value k always covers
            filter(above, below, k - 1);
            return;
        }
        if (at(*high_above, k) < at(*low_below, k))
            return;
        // Split all at the median of value k, so that both upper parts and both lower parts are smaller.
        Rows both = above;
        both.insert(both.end(), below.begin(), below.end());
        const auto middle = both.begin() + static_cast<std::ptrdiff_t>(both.size() / 2);
        std::ranges::nth_element(both, middle, by);
        Value split = at(*middle, k);
        const Value lowest = std::min(at(*low_above, k), at(*low_below, k));
        if (!(lowest < split)) {  // half of all share the lowest value: cut just above it
            const Value* next = nullptr;
            for (const auto row : both) {
                if (lowest < at(row, k) && (next == nullptr || at(row, k) < *next))
                    next = &at(row, k);
            }
            split = *next;  // exists: otherwise value k would always cover
        }
        const auto part = [&](const Rows& rows, bool upper) {
            Rows side;
            for (const auto row : rows) {
                if ((at(row, k) < split) != upper && dominated_[row] == 0)
                    side.push_back(row);
            }
            return side;
        };
        const Rows upper_above = part(above, true);
        filter(upper_above, part(below, true), k);
        filter(upper_above, part(below, false), k - 1);
        filter(part(above, false), part(below, false), k);
    }

    /// The same for one or two values, by a sweep.
    void filter_plane(const Rows& above, const Rows& below, std::size_t k) {
        const auto falling = [&](auto a, auto b) { return at(b, k) < at(a, k); };
        Rows a = above;
        Rows b = below;
        if (k == 2) {
            std::ranges::sort(a, falling);
            std::ranges::sort(b, falling);
        }
        const Value* best = nullptr;
        std::size_t next = 0;
        for (const auto row : b) {
            for (; next < a.size() && (k == 1 || !(at(a[next], 2) < at(row, 2))); ++next) {
                if (best == nullptr || *best < at(a[next], 1))
                    best = &at(a[next], 1);
            }
            if (best != nullptr && !(*best < at(row, 1)))
                dominated_[row] = 1;
        }
    }

    const Value* values_;
    std::size_t actors_;
    StopCheck stop_check_;
    std::size_t worked_ = 0;
    std::vector<char> dominated_;
};

}  // namespace steelyard::space
