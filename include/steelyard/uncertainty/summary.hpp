// SPDX-License-Identifier: Apache-2.0
#pragma once
/// What is kept of a stream of numbers: sums without rounding and counts on a fine grid, so that two summaries
/// merge to the same bytes in whatever order.

#include "steelyard/uncertainty/design.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <vector>

namespace steelyard::uncertainty {

class ByteWriter;
class ByteReader;

/// The sum of any doubles, exactly (R. M. Neal, "Fast exact summation using small and large superaccumulators",
/// 2015, section 2): a fixed-point number of 67 words that spans the whole range of a double.
class ExactSum {
public:
    /// `value` must be finite.  O(1).
    void add(double value);
    void merge(const ExactSum& other);
    /// Rounded to a double.
    [[nodiscard]] double value() const;

    void save(ByteWriter& writer) const;
    void load(ByteReader& reader);

private:
    void carry();

    std::array<std::int64_t, 67> words_{};  // 32 bits each, the rest for carries
    int room_ = 0;                          // additions since the last carry
};

/// Counts of values on a grid of 2,048 cells in each doubling: a value read back is off by at most one part in 4,096.
/// Memory grows with the number of doublings that occur, never with the number of values.
class Histogram {
public:
    void add(double value);
    void merge(const Histogram& other);
    /// The value that `rank` values (from 0) lie below, by the middle of its cell.
    [[nodiscard]] double at(std::uint64_t rank) const;

    void save(ByteWriter& writer) const;
    void load(ByteReader& reader);

private:
    using Cells = std::array<std::uint64_t, 2048>;
    std::vector<std::unique_ptr<Cells>> doublings_ =
        std::vector<std::unique_ptr<Cells>>(4096);  // in rising order
};

/// Mean, spread and quantiles of the draws of one number.
class NumberSummary {
public:
    /// Sums are taken from `centre`, a value of the usual size.  With `exact`, every value is kept.
    explicit NumberSummary(double centre = 0, bool exact = false) : centre_(centre), exact_(exact) {}

    void add(std::size_t repetition, double value);
    void merge(const NumberSummary& other);

    [[nodiscard]] std::uint64_t count() const;
    [[nodiscard]] double mean() const;
    [[nodiscard]] double deviation() const;
    /// Standard error of the mean: of independent draws, or from how the repetitions differ.
    [[nodiscard]] double error(bool independent) const;
    [[nodiscard]] double lowest() const { return lowest_; }
    [[nodiscard]] double highest() const { return highest_; }
    /// `p` in [0, 1].  Exact values are interpolated (Hyndman & Fan 1996, type 7).
    [[nodiscard]] double quantile(double p) const;

    void save(ByteWriter& writer) const;
    void load(ByteReader& reader);

private:
    double centre_;
    bool exact_;
    std::array<std::uint64_t, kRepetitions> counts_{};
    std::array<ExactSum, kRepetitions> sums_;
    ExactSum squares_;
    double lowest_ = std::numeric_limits<double>::infinity();
    double highest_ = -std::numeric_limits<double>::infinity();
    Histogram histogram_;
    std::vector<double> values_;
};

/// The standard error of the mean of all draws from the means of the repetitions: `sums` and `counts` for each.
/// Nothing can be said with fewer than two; it is then infinite.
double error_between(const std::array<double, kRepetitions>& sums,
                     const std::array<std::uint64_t, kRepetitions>& counts);

}  // namespace steelyard::uncertainty
