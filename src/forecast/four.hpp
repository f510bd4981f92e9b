// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>

namespace steelyard::forecast {

/// Four numbers that are computed side by side, in two registers of two (an extension that GCC and Clang share: neither finds
/// these loops by itself at the level of optimisation that the tree is compiled with).
class Four {
public:
    static constexpr std::size_t count = 4;

    Four() = default;
    /// The same number four times.
    explicit Four(double all) : low_{all, all}, high_{all, all} {}
    static Four load(const double* from) {
        Four four;
        std::memcpy(&four.low_, from, sizeof(Pair));
        std::memcpy(&four.high_, from + 2, sizeof(Pair));
        return four;
    }
    void store(double* to) const {
        std::memcpy(to, &low_, sizeof(Pair));
        std::memcpy(to + 2, &high_, sizeof(Pair));
    }
    [[nodiscard]] double least() const {
        const double low = std::min(low_[0], low_[1]);
        const double high = std::min(high_[0], high_[1]);
        return std::min(low, high);
    }
    [[nodiscard]] double most() const {
        const double low = std::max(low_[0], low_[1]);
        const double high = std::max(high_[0], high_[1]);
        return std::max(low, high);
    }
    [[nodiscard]] double sum() const { return (low_[0] + low_[1]) + (high_[0] + high_[1]); }

    friend Four operator+(const Four& a, const Four& b) { return {a.low_ + b.low_, a.high_ + b.high_}; }
    friend Four operator-(const Four& a, const Four& b) { return {a.low_ - b.low_, a.high_ - b.high_}; }
    friend Four operator*(const Four& a, const Four& b) { return {a.low_ * b.low_, a.high_ * b.high_}; }
    friend Four operator/(const Four& a, const Four& b) { return {a.low_ / b.low_, a.high_ / b.high_}; }
    /// The lower of the two, place by place.
    friend Four lower(const Four& a, const Four& b) {
        return {a.low_ < b.low_ ? a.low_ : b.low_, a.high_ < b.high_ ? a.high_ : b.high_};
    }
    friend Four higher(const Four& a, const Four& b) {
        return {a.low_ > b.low_ ? a.low_ : b.low_, a.high_ > b.high_ ? a.high_ : b.high_};
    }
    /// `then` where `a` is positive, and `otherwise` where it is not.
    friend Four where_positive(const Four& a, const Four& then, const Four& otherwise) {
        return {a.low_ > 0.0 ? then.low_ : otherwise.low_, a.high_ > 0.0 ? then.high_ : otherwise.high_};
    }

private:
    using Pair [[gnu::vector_size(16)]] = double;
    Four(Pair low, Pair high) : low_(low), high_(high) {}

    Pair low_{};
    Pair high_{};
};

}  // namespace steelyard::forecast
