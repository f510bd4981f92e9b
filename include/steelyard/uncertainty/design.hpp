// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Where draws fall: a point of the unit cube for each draw, a pure function of (seed, draw, factor).

#include "steelyard/core/described.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace steelyard::uncertainty {

enum class Design { plain, latin_hypercube, sobol };

constexpr auto choices_of(Design) {
    return std::array{
        Choice<Design>{Design::plain, "plain", "independent draws"},
        Choice<Design>{Design::latin_hypercube, "latin_hypercube",
                       "every factor's range is covered evenly (McKay, Beckman & Conover 1979)"},
        Choice<Design>{Design::sobol, "sobol",
                       "all factors together are covered evenly: Sobol points, scrambled (Owen 1995)"},
    };
}

/// Draws are dealt to this many independent repetitions of the design in turn: draw d belongs to repetition d mod
/// 16.  How far their means lie apart says how far off the whole is, for designs whose draws are not independent.
inline constexpr std::size_t kRepetitions = 16;

/// Sobol points have this many dimensions; factors beyond it are covered as by a Latin hypercube.
inline constexpr std::size_t kSobolDimensions = 3667;

/// Points of the unit cube.
class Sampler {
public:
    /// `draws` is the number planned (rounded up to a multiple of the repetitions): the strata of a Latin hypercube
    /// follow from it.  `correlation` is empty, or the rank (Spearman) correlations of all dimensions, row by row,
    /// symmetric with ones on the diagonal.  Throws `Error` (invalid_option) when it is not positive definite;
    /// (limit) for more draws than the design has points: 2^36.
    Sampler(Design design, std::uint64_t seed, std::uint64_t draws, std::size_t dimensions,
            std::span<const double> correlation = {});

    /// Writes the coordinates of a draw, each inside (0, 1).  O(dimensions), with a square where they are
    /// correlated.
    void point(std::uint64_t draw, std::span<double> u) const;

    [[nodiscard]] std::size_t dimensions() const { return dimensions_; }
    /// How many of the dimensions the design itself covers; the others are covered as by a Latin hypercube.
    [[nodiscard]] std::size_t covered() const;

private:
    [[nodiscard]] double stratified(std::uint64_t draw, std::size_t dimension) const;
    void correlate(std::span<double> u) const;

    Design design_;
    std::uint64_t seed_;
    std::uint64_t strata_;  ///< of one repetition
    std::size_t dimensions_;
    std::vector<std::uint32_t> directions_;  ///< Sobol: 32 for each dimension
    std::vector<std::uint32_t> scrambles_;   ///< repetitions for each dimension
    std::vector<std::size_t> coupled_;       ///< dimensions with a correlation
    std::vector<double> factor_;             ///< Cholesky factor of theirs, lower triangle row by row
};

/// The lower Cholesky factor of a symmetric matrix of `size` rows, or nothing when it is not positive definite.
std::vector<double> cholesky(std::span<const double> matrix, std::size_t size);

}  // namespace steelyard::uncertainty
