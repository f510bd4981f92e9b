// SPDX-License-Identifier: Apache-2.0
#pragma once
/// What an uncertain number may turn out to be: the inverse of its distribution function.

#include "steelyard/core/described.hpp"
#include "steelyard/model/number.hpp"

#include <array>
#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace steelyard::uncertainty {

/// The inverse of a beta distribution (alpha, beta >= 1) on [0, 1], read from a table.
///
/// Cubic pieces, sixteen in each halving of the distance to the nearer end down to 2^-20, exact beyond; the error
/// is below 1e-7 (tests/reference/uncertainty).
class BetaTable {
public:
    BetaTable(double alpha, double beta);
    /// `u` in (0, 1).  O(1).
    [[nodiscard]] double operator()(double u) const;

private:
    static constexpr int kHalvings = 20;
    static constexpr int kPieces = 16;
    using Piece = std::array<double, 4>;

    [[nodiscard]] static std::vector<Piece> pieces(double alpha, double beta);
    [[nodiscard]] static double read(const std::vector<Piece>& pieces, double u, double alpha, double beta);

    double alpha_;
    double beta_;
    std::vector<Piece> low_;   // for u below one half
    std::vector<Piece> high_;  // for 1 - u, mirrored
};

/// The inverse distribution function of one number of a case.
///
/// Elicited estimates are scaled to full range, clipped to the bounds of the number and drawn as PERT (a beta
/// distribution with alpha = 1 + 4 (best - low) / (high - low)); spreads are clipped and drawn likewise; what can
/// still leave the bounds is cut off there and the rest scaled up (a truncated distribution).
class Quantile {
public:
    /// Never moves.
    explicit Quantile(double value = 0) : a_(value), b_(value) {}

    /// The value that the number stays below with probability `u`, for u in (0, 1).
    [[nodiscard]] double operator()(double u) const;

    /// Lowest and highest value; for a normal or lognormal that no bound cuts, the 0.1 % and 99.9 % quantiles.
    [[nodiscard]] std::pair<double, double> range() const;
    [[nodiscard]] bool constant() const { return form_ == Form::constant; }
    /// Whether it takes single values only, each with its own probability.
    [[nodiscard]] bool few_values() const { return form_ == Form::discrete || constant(); }

private:
    friend std::vector<Quantile> quantiles(std::span<const std::pair<const Number*, Bounds>> numbers);
    enum class Form { constant, uniform, table, beta, normal, lognormal, triangular, discrete };

    Form form_ = Form::constant;
    double a_, b_;                // low and high; of a normal or lognormal: mean and deviation
    double c_ = 0, d_ = 0;        // alpha and beta; triangular: mode
    double from_ = 0, upto_ = 1;  // the part of (0, 1) inside the bounds
    std::shared_ptr<const BetaTable> table_;
    std::vector<std::pair<double, double>> steps_;  // discrete: sum of probabilities up to it, value
};

/// One for each number; numbers of the same shape share a table.
std::vector<Quantile> quantiles(std::span<const std::pair<const Number*, Bounds>> numbers);

}  // namespace steelyard::uncertainty
