// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Every deal of two actors and uncoupled issues, one after the other, as fast as that can be done plainly:
/// the baseline of the benchmarks, and a check of large frontiers.

#include "steelyard/model/scores.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <utility>
#include <vector>

namespace steelyard::test {

/// Points of the frontier (first value falling, second rising) of all sums; values[issue][option].
class FastEnumeration {
public:
    using Value = std::int64_t;
    using Values = std::vector<std::vector<std::pair<Value, Value>>>;

    explicit FastEnumeration(Values values) : values_(std::move(values)) {
        for (const auto& issue : values_) {
            low_ += std::ranges::min(issue).first;
            high_ += std::ranges::max(issue).first;
        }
        while (((high_ - low_) >> shift_) >= static_cast<Value>(kCells))
            ++shift_;
        above_.assign(kCells + 1, std::numeric_limits<Value>::min());
    }

    std::map<Value, Value, std::greater<>> frontier() {
        // The last issues as one list of sums; the others are counted through.
        inner_.assign(1, {0, 0});
        std::size_t outer = values_.size();
        while (outer > 0 && inner_.size() * values_[outer - 1].size() <= 8192) {
            --outer;
            std::vector<std::pair<Value, Value>> longer;
            for (const auto& option : values_[outer]) {
                for (const auto& sum : inner_)
                    longer.emplace_back(option.first + sum.first, option.second + sum.second);
            }
            inner_ = std::move(longer);
        }
        count_through(outer, 0, 0);
        return front_;
    }

    [[nodiscard]] std::uint64_t deals() const { return deals_; }

private:
    static constexpr std::size_t kCells = 1U << 12U;

    void count_through(std::size_t issues, Value first, Value second) {
        if (issues == 0) {
            run(first, second);
            return;
        }
        for (const auto& option : values_[issues - 1])
            count_through(issues - 1, first + option.first, second + option.second);
    }

    void run(Value first, Value second) {
        for (const auto& [x, y] : inner_) {
            const Value a = first + x;
            const Value b = second + y;
            // The best second value among deals whose first value is surely higher.
            if (b > above_[static_cast<std::size_t>((a - low_) >> shift_)])
                offer(a, b);
        }
        deals_ += inner_.size();
    }

    void offer(Value a, Value b) {
        auto after = front_.upper_bound(a);  // the first with a lower first value
        auto at_least = after;
        if (at_least != front_.begin()) {
            --at_least;
            if (at_least->second >= b)
                return;
            if (at_least->first == a)
                after = front_.erase(at_least);
        }
        while (after != front_.end() && after->second <= b)
            after = front_.erase(after);
        front_.emplace(a, b);
        for (auto cell = static_cast<std::size_t>((a - low_) >> shift_); cell-- > 0 && above_[cell] < b;)
            above_[cell] = b;
    }

    Values values_;
    std::vector<std::pair<Value, Value>> inner_;
    std::map<Value, Value, std::greater<>> front_;
    std::vector<Value> above_;
    Value low_ = 0;
    Value high_ = 0;
    unsigned shift_ = 0;
    std::uint64_t deals_ = 0;
};

/// The points of the two actors of `subject` in millionths.
inline FastEnumeration::Values millionths(const Case& subject) {
    const Scores scores(subject);
    FastEnumeration::Values values;
    const auto whole = [](const Rational& value) { return (value * 1'000'000).numerator(); };
    for (std::size_t i = 0; i < subject.issues.size(); ++i) {
        values.emplace_back();
        for (std::size_t o = 0; o < subject.issues[i].options.size(); ++o)
            values.back().emplace_back(
                whole(scores.points(ActorId{}, IssueId(i), OptionId(o))),
                whole(scores.points(ActorId(std::size_t{1}), IssueId(i), OptionId(o))));
    }
    return values;
}

}  // namespace steelyard::test
