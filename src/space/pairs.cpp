// SPDX-License-Identifier: Apache-2.0
#include "pairs.hpp"

#include "count.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

namespace steelyard::space {

namespace {

constexpr std::uint32_t kNobody = std::numeric_limits<std::uint32_t>::max();

/// For every query row: the counts of all points that are nowhere below it, and the smallest of their ranks.
/// Divide and conquer over the values (Bentley 1980).
template <class W>
class DominanceCount {
public:
    using Value = typename W::Value;
    using Count = typename W::Count;
    using Rows = std::vector<std::uint32_t>;

    DominanceCount(const std::vector<Value>& points, const std::vector<Count>& counts, const Rows& ranks,
                   const std::vector<Value>& queries, std::size_t dimensions)
        : points_(points),
          counts_(counts),
          ranks_(ranks),
          queries_(queries),
          dimensions_(dimensions),
          sums(dimensions == 0 ? 1 : queries.size() / dimensions),
          best(sums.size(), kNobody) {
        Rows all_points(counts.size());
        Rows all_queries(sums.size());
        std::iota(all_points.begin(), all_points.end(), 0U);
        std::iota(all_queries.begin(), all_queries.end(), 0U);
        solve(all_points, all_queries, dimensions);
    }

private:
    const Value& point(std::uint32_t i, std::size_t k) const { return points_[i * dimensions_ + k]; }
    const Value& query(std::uint32_t i, std::size_t k) const { return queries_[i * dimensions_ + k]; }

    void take(std::uint32_t q, const Count& count, std::uint32_t rank) {
        sums[q] = added(sums[q], count);
        best[q] = std::min(best[q], rank);
    }

    /// Values k and above are known to be reached.
    void solve(const Rows& points, const Rows& queries, std::size_t k) {
        if (points.empty() || queries.empty())
            return;
        if (k <= 1) {
            sweep(points, queries, k);
        } else if (points.size() * queries.size() <= 1024) {
            for (const auto q : queries) {
                for (const auto i : points) {
                    bool reaches = true;
                    for (std::size_t d = 0; d < k && reaches; ++d)
                        reaches = !(point(i, d) < query(q, d));
                    if (reaches)
                        take(q, counts_[i], ranks_[i]);
                }
            }
        } else {
            divide(points, queries, k);
        }
    }

    void sweep(Rows points, Rows queries, std::size_t k) {
        if (k == 1) {
            std::ranges::sort(points, [&](auto a, auto b) { return point(b, 0) < point(a, 0); });
            std::ranges::sort(queries, [&](auto a, auto b) { return query(b, 0) < query(a, 0); });
        }
        Count sum = 0;
        std::uint32_t rank = kNobody;
        std::size_t next = 0;
        for (const auto q : queries) {
            for (; next < points.size() && (k == 0 || !(point(points[next], 0) < query(q, 0))); ++next) {
                sum = added(sum, counts_[points[next]]);
                rank = std::min(rank, ranks_[points[next]]);
            }
            take(q, sum, rank);
        }
    }

    void divide(const Rows& points, const Rows& queries, std::size_t k) {
        const std::size_t d = k - 1;
        std::vector<const Value*> all;
        for (const auto i : points)
            all.push_back(&point(i, d));
        for (const auto q : queries)
            all.push_back(&query(q, d));
        const auto below = [](const Value* a, const Value* b) { return *a < *b; };
        const auto middle = all.begin() + static_cast<std::ptrdiff_t>(all.size() / 2);
        std::ranges::nth_element(all, middle, below);
        const Value* split = *middle;
        const Value* lowest = *std::ranges::min_element(all, below);
        if (!(*lowest < *split)) {  // cut just above the lowest value, which half of all share
            split = nullptr;
            for (const Value* value : all) {
                if (*lowest < *value && (split == nullptr || *value < *split))
                    split = value;
            }
            if (split == nullptr) {  // all alike: every point reaches every query
                solve(points, queries, d);
                return;
            }
        }
        Rows high_points;
        Rows low_points;
        for (const auto i : points)
            (point(i, d) < *split ? low_points : high_points).push_back(i);
        Rows high_queries;
        Rows low_queries;
        for (const auto q : queries)
            (query(q, d) < *split ? low_queries : high_queries).push_back(q);
        solve(high_points, high_queries, k);
        solve(high_points, low_queries, d);
        solve(low_points, low_queries, k);
    }

    const std::vector<Value>& points_;
    const std::vector<Count>& counts_;
    const Rows& ranks_;
    const std::vector<Value>& queries_;
    std::size_t dimensions_;

public:
    std::vector<Count> sums;
    std::vector<std::uint32_t> best;
};

}  // namespace

template <class W>
bool Pairs<W>::add(const Front<W>& left, const Front<W>& right, const Demand<W>& demand) {
    if (left.size() == 0 || right.size() == 0)
        return true;
    if (demand.separable()) {
        add_counted(left, right, demand);
        return true;
    }
    if (left.size() > 300'000'000 / right.size())
        return false;
    add_tried(left, right, demand);
    return true;
}

template <class W>
void Pairs<W>::add_counted(const Front<W>& left, const Front<W>& right, const Demand<W>& demand) {
    std::vector<std::size_t> asked;
    std::vector<Value> numbers;
    for (std::size_t p = 0; p < actors_; ++p) {
        if (const auto number = demand.single(p)) {
            asked.push_back(p);
            numbers.push_back(*number);
        }
    }
    std::vector<Value> points;
    for (std::size_t i = 0; i < right.size(); ++i) {
        for (const std::size_t p : asked)
            points.push_back(right.row(i)[p]);
    }
    std::vector<Value> queries;
    for (std::size_t i = 0; i < left.size(); ++i) {
        for (std::size_t k = 0; k < asked.size(); ++k)
            queries.push_back(numbers[k] - left.row(i)[asked[k]]);
    }
    std::vector<std::uint32_t> by_key(right.size());
    std::iota(by_key.begin(), by_key.end(), 0U);
    std::ranges::sort(by_key, [&](auto a, auto b) {
        return std::lexicographical_compare(right.key(a), right.key(a) + words_, right.key(b),
                                            right.key(b) + words_);
    });
    std::vector<std::uint32_t> ranks(right.size());
    for (std::uint32_t k = 0; k < by_key.size(); ++k)
        ranks[by_key[k]] = k;
    const DominanceCount<W> found(points, right.counts, ranks, queries, asked.size());
    for (std::size_t i = 0; i < left.size(); ++i) {
        const std::size_t q = asked.empty() ? 0 : i;
        if (found.best[q] == kNobody)
            continue;
        count_ = added(count_, multiplied(left.counts[i], found.sums[q]));
        offer(left.key(i), right.key(by_key[found.best[q]]));
    }
}

template <class W>
void Pairs<W>::add_tried(const Front<W>& left, const Front<W>& right, const Demand<W>& demand) {
    std::vector<Value> sum(actors_);
    for (std::size_t i = 0; i < left.size(); ++i) {
        for (std::size_t j = 0; j < right.size(); ++j) {
            for (std::size_t p = 0; p < actors_; ++p)
                sum[p] = left.row(i)[p] + right.row(j)[p];
            if (!demand.met(sum.data()))
                continue;
            count_ = added(count_, multiplied(left.counts[i], right.counts[j]));
            offer(left.key(i), right.key(j));
        }
    }
}

template <class W>
void Pairs<W>::offer(const std::uint64_t* left, const std::uint64_t* right) {
    bool smaller = first_.empty();
    for (std::size_t w = 0; w < words_ && !smaller; ++w) {
        const std::uint64_t word = left[w] | right[w];
        if (word > first_[w])
            return;
        smaller = word < first_[w];
    }
    if (!smaller)
        return;
    first_.resize(words_);
    for (std::size_t w = 0; w < words_; ++w)
        first_[w] = left[w] | right[w];
}

template class Pairs<Narrow>;
template class Pairs<Wide>;
template class Pairs<Big>;

}  // namespace steelyard::space
