// SPDX-License-Identifier: Apache-2.0
#include "steelyard/uncertainty/design.hpp"

#include "steelyard/core/error.hpp"
#include "steelyard/core/normal.hpp"
#include "steelyard/core/random.hpp"

#include <boost/random/sobol.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <numbers>

namespace steelyard::uncertainty {

namespace {

// Streams of the draw addresses; factors use the numbers below.
constexpr std::uint32_t kStrataStream = 0x80000000;
constexpr std::uint32_t kScrambleStream = 0xC0000000;

/// The direction numbers of Joe & Kuo (SIAM J. Sci. Comput. 30, 2008), out of Boost's engine: in Gray code order
/// point n differs from point n - 1 by the direction of the lowest set bit of n.
std::vector<std::uint32_t> direction_numbers(std::size_t dimensions) {
    boost::random::sobol_engine<std::uint32_t, 32> engine(dimensions);
    std::vector<std::uint32_t> directions(dimensions * 32);
    for (std::uint32_t bit = 0; bit < 32; ++bit) {
        if (bit > 0) {
            engine.seed((std::uint32_t{1} << bit) - 2);  // the engine leaves out point 0
            for (std::size_t d = 0; d < dimensions; ++d) {
                directions[d * 32 + bit] = static_cast<std::uint32_t>(engine());
            }
        } else {
            engine.seed();
        }
        for (std::size_t d = 0; d < dimensions; ++d) {
            directions[d * 32 + bit] ^= static_cast<std::uint32_t>(engine());
        }
    }
    return directions;
}

constexpr std::uint32_t reversed(std::uint32_t x) {
    x = (x >> 16) | (x << 16);
    x = ((x & 0x00ff00ff) << 8) | ((x & 0xff00ff00) >> 8);
    x = ((x & 0x0f0f0f0f) << 4) | ((x & 0xf0f0f0f0) >> 4);
    x = ((x & 0x33333333) << 2) | ((x & 0xcccccccc) >> 2);
    return ((x & 0x55555555) << 1) | ((x & 0xaaaaaaaa) >> 1);
}

/// Owen's nested scrambling by a hash in which every bit depends on the higher ones only (Laine & Karras, 2011;
/// constants of Burley, "Practical hash-based Owen scrambling", JCGT 9(4), 2020, listing 2).
constexpr std::uint32_t scrambled(std::uint32_t x, std::uint32_t seed) {
    x = reversed(x);
    x ^= x * 0x3d20adea;
    x += seed;
    x *= (seed >> 16) | 1;
    x ^= x * 0x05526c56;
    x ^= x * 0x53a22864;
    return reversed(x);
}

/// Uniform inside (0, 1), both ends left out.
double inside(RandomStream& stream) {
    const double u = stream.uniform();
    return u > 0 ? u : 0x1p-54;
}

constexpr std::uint32_t mixed(std::uint32_t x) {
    x ^= x >> 16;
    x *= 0x7feb352d;
    x ^= x >> 15;
    x *= 0x846ca68b;
    return x ^ (x >> 16);
}

/// The place of `index` in a random order of 0 ... count - 1: a Feistel network with keyed rounds on the next power
/// of four, walked until it comes back into the range.
std::uint64_t shuffled(std::uint64_t index, std::uint64_t count, const std::array<std::uint32_t, 4>& keys) {
    if (count < 2) {
        return 0;
    }
    const auto half = static_cast<unsigned>(std::bit_width(count - 1) + 1) / 2;
    const std::uint32_t mask = half == 32 ? ~std::uint32_t{0} : (std::uint32_t{1} << half) - 1;
    do {
        auto left = static_cast<std::uint32_t>(index >> half);
        auto right = static_cast<std::uint32_t>(index) & mask;
        for (int round = 0; round < 6; ++round) {
            const auto turn = static_cast<std::uint32_t>(round);
            const std::uint32_t next = left ^ (mixed(right * 0x9E3779B9 + keys[turn % 4] + turn) & mask);
            left = right;
            right = next;
        }
        index = std::uint64_t{left} << half | right;
    } while (index >= count);
    return index;
}

}  // namespace

std::vector<double> cholesky(std::span<const double> matrix, std::size_t size) {
    std::vector<double> lower(size * size);
    for (std::size_t i = 0; i < size; ++i) {
        for (std::size_t j = 0; j <= i; ++j) {
            double sum = matrix[i * size + j];
            for (std::size_t k = 0; k < j; ++k) {
                sum -= lower[i * size + k] * lower[j * size + k];
            }
            if (i != j) {
                lower[i * size + j] = sum / lower[j * size + j];
            } else if (sum > 1e-10) {
                lower[i * size + i] = std::sqrt(sum);
            } else {
                return {};
            }
        }
    }
    return lower;
}

Sampler::Sampler(Design design, std::uint64_t seed, std::uint64_t draws, std::size_t dimensions,
                 std::span<const double> correlation)
    : design_(design),
      seed_(seed),
      strata_(std::max<std::uint64_t>(1, (draws + kRepetitions - 1) / kRepetitions)),
      dimensions_(dimensions) {
    if (strata_ > std::uint64_t{1} << 32) {
        throw Error(ErrorKind::limit, "more draws than a study may have (2^36)");
    }
    if (design == Design::sobol && dimensions > 0) {
        directions_ = direction_numbers(covered());
        for (std::size_t d = 0; d < covered(); ++d) {
            for (std::size_t r = 0; r < kRepetitions; ++r) {
                RandomStream stream(seed, r, kScrambleStream + static_cast<std::uint32_t>(d));
                scrambles_.push_back(static_cast<std::uint32_t>(stream.bits()));
            }
        }
    }
    if (correlation.empty()) {
        return;
    }
    for (std::size_t i = 0; i < dimensions; ++i) {
        for (std::size_t j = 0; j < dimensions; ++j) {
            if (i != j && correlation[i * dimensions + j] != 0) {
                coupled_.push_back(i);
                break;
            }
        }
    }
    // The normal correlation whose ranks correlate as asked (Pearson 1907).
    std::vector<double> normal;
    for (const std::size_t i : coupled_) {
        for (const std::size_t j : coupled_) {
            normal.push_back(i == j ? 1
                                    : 2 * std::sin(std::numbers::pi / 6 * correlation[i * dimensions + j]));
        }
    }
    factor_ = cholesky(normal, coupled_.size());
    if (factor_.empty() && !coupled_.empty()) {
        throw Error(ErrorKind::invalid_option,
                    "the correlations contradict each other: their matrix is not positive definite");
    }
}

std::size_t Sampler::covered() const {
    return design_ == Design::sobol ? std::min(dimensions_, kSobolDimensions) : dimensions_;
}

double Sampler::stratified(std::uint64_t draw, std::size_t dimension) const {
    const std::uint64_t repetition = draw % kRepetitions;
    const auto keys = philox(
        {0, kStrataStream + static_cast<std::uint32_t>(dimension), static_cast<std::uint32_t>(repetition), 0},
        {static_cast<std::uint32_t>(seed_), static_cast<std::uint32_t>(seed_ >> 32)});
    const std::uint64_t stratum = shuffled(draw / kRepetitions % strata_, strata_, keys);
    RandomStream stream(seed_, draw, static_cast<std::uint32_t>(dimension));
    return std::min((static_cast<double>(stratum) + inside(stream)) / static_cast<double>(strata_),
                    1 - 0x1p-53);
}

void Sampler::point(std::uint64_t draw, std::span<double> u) const {
    std::size_t d = 0;
    if (design_ == Design::plain) {
        for (; d < dimensions_; d += 2) {  // one block of random words serves two factors
            RandomStream stream(seed_, draw, static_cast<std::uint32_t>(d / 2));
            u[d] = inside(stream);
            if (d + 1 < dimensions_) {
                u[d + 1] = inside(stream);
            }
        }
    } else if (design_ == Design::sobol) {
        const std::uint64_t repetition = draw % kRepetitions;
        const auto index = static_cast<std::uint32_t>(draw / kRepetitions);
        for (; d < covered(); ++d) {
            std::uint32_t x = 0;
            for (std::uint32_t bits = index; bits != 0; bits &= bits - 1) {
                x ^= directions_[d * 32 + static_cast<std::size_t>(std::countr_zero(bits))];
            }
            x = scrambled(x, scrambles_[d * kRepetitions + repetition]);
            u[d] = (static_cast<double>(x) + 0.5) * 0x1p-32;
        }
    }
    for (; d < dimensions_; ++d) {
        u[d] = stratified(draw, d);
    }
    if (!coupled_.empty()) {
        correlate(u);
    }
}

/// A Gaussian copula: normal scores, mixed by the Cholesky factor, last row first so that it works in place.
void Sampler::correlate(std::span<double> u) const {
    const std::size_t n = coupled_.size();
    for (const std::size_t d : coupled_) {
        u[d] = normal_quantile(u[d]);
    }
    for (std::size_t i = n; i-- > 0;) {
        double sum = 0;
        for (std::size_t j = 0; j <= i; ++j) {
            sum += factor_[i * n + j] * u[coupled_[j]];
        }
        u[coupled_[i]] = sum;
    }
    for (const std::size_t d : coupled_) {
        u[d] = std::clamp(normal_probability(u[d]), 0x1p-53, 1 - 0x1p-53);
    }
}

}  // namespace steelyard::uncertainty
