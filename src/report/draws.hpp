// SPDX-License-Identifier: Apache-2.0
#pragma once
/// The draws that all conclusions of a brief share.

#include "report/conclusion.hpp"
#include "steelyard/uncertainty/factor.hpp"

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace steelyard::report {

/// Whether points follow from such a number.
constexpr bool makes_points(NumberRole role) {
    return role != NumberRole::power && role != NumberRole::capability && role != NumberRole::move;
}

/// Saltelli's design for one gain: two samples, and the first with one number at a time from the second.
struct SaltelliRows {
    std::vector<double> a;
    std::vector<double> b;
    std::vector<std::vector<double>> mixed;
};

class Draws {
public:
    /// `draws` is rounded up to a multiple of 16.  `conclusions` must outlive it.
    Draws(Study& study, const TableStudy& first, const std::vector<const Conclusion*>& conclusions,
          int draws);

    /// Uncertain numbers that points rest on.
    [[nodiscard]] std::size_t count() const { return factors_.size(); }
    [[nodiscard]] const uncertainty::Factor& factor(std::size_t f) const { return factors_[f]; }
    [[nodiscard]] const CaseNumber& number(std::size_t f) const { return study_.numbers[numbers_[f]]; }
    [[nodiscard]] std::size_t place(const std::string& pointer) const;
    [[nodiscard]] std::int64_t draws() const { return draws_; }
    [[nodiscard]] std::int64_t runs() const { return runs_; }
    [[nodiscard]] std::uint64_t seed() const { return study_.context.seed; }

    /// Draws all numbers together.  Throws `Error` (cancelled).
    void draw();
    /// Of a conclusion: the share of draws in which it holds, with its standard error.
    [[nodiscard]] std::pair<double, double> share(std::size_t conclusion) const;
    /// 1 for each draw in which it holds, else 0.
    [[nodiscard]] const std::vector<double>& held(std::size_t conclusion) const { return held_[conclusion]; }
    /// By actor of the first table: its gain in each draw; 0 where no deal is acceptable.
    [[nodiscard]] const std::vector<std::vector<double>>& drawn_gains() const { return gains_; }
    /// The normal scores of a number in each draw.
    [[nodiscard]] std::span<const double> scores(std::size_t f) const { return scores_[f]; }

    /// Every number at its best.
    void reset();
    [[nodiscard]] std::vector<double> gains() const;
    /// With one number elsewhere, all others at their best.
    bool holds_with(const Conclusion& conclusion, std::size_t f, double value);
    std::vector<double> gains_with(std::size_t f, double value);
    /// Whether a conclusion that fails in some of the first draws in which it does holds there with this one number back at
    /// its best.
    bool mends(std::size_t conclusion, std::size_t f);

    /// The same draws with every assumption at its best, a quarter as many.
    std::vector<std::vector<double>> gains_without_assumptions();
    SaltelliRows saltelli(std::size_t actor, const std::vector<std::size_t>& factors);

private:
    void set(std::size_t f, double value);
    void evaluate();

    Study& study_;
    Sheet& sheet_;
    const TableStudy& first_;
    BalancedGain balanced_;
    const std::vector<const Conclusion*>& conclusions_;
    std::int64_t draws_;
    mutable std::int64_t runs_ = 0;
    std::vector<uncertainty::Factor> factors_;
    std::vector<std::size_t> numbers_;  ///< their places in Study::numbers
    std::vector<double> values_;
    std::vector<std::vector<double>> held_;
    std::vector<std::vector<double>> gains_;
    std::vector<std::vector<double>> scores_;
};

}  // namespace steelyard::report
