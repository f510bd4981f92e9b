// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Random numbers that depend on nothing but their address.
///
/// A draw is a pure function of (seed, draw, stream), so a result is the same on one thread, eight threads or
/// four MPI ranks, and a single draw can be repeated without the ones before it.

#include <array>
#include <cstddef>
#include <cstdint>

namespace steelyard {

/// Philox 4x32 with ten rounds: four random words from a 128-bit counter and a 64-bit key
/// (Salmon, Moraes, Dror & Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011).
constexpr std::array<std::uint32_t, 4> philox(std::array<std::uint32_t, 4> counter,
                                              std::array<std::uint32_t, 2> key) {
    for (int round = 0; round < 10; ++round) {
        const std::uint64_t first = std::uint64_t{0xD2511F53} * counter[0];
        const std::uint64_t second = std::uint64_t{0xCD9E8D57} * counter[2];
        counter = {static_cast<std::uint32_t>(second >> 32) ^ counter[1] ^ key[0],
                   static_cast<std::uint32_t>(second),
                   static_cast<std::uint32_t>(first >> 32) ^ counter[3] ^ key[1],
                   static_cast<std::uint32_t>(first)};
        key[0] += 0x9E3779B9;  // the golden ratio
        key[1] += 0xBB67AE85;  // the root of three, less one
    }
    return counter;
}

/// The numbers at one address, one after another.  `stream` keeps apart what one draw needs for different
/// purposes (one factor each, say); a stream holds 2^32 blocks of two numbers.
class RandomStream {
public:
    constexpr RandomStream(std::uint64_t seed, std::uint64_t draw, std::uint32_t stream)
        : key_{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)},
          counter_{0, stream, static_cast<std::uint32_t>(draw), static_cast<std::uint32_t>(draw >> 32)} {}

    /// 64 random bits.
    constexpr std::uint64_t bits() {
        if (left_ == 0) {
            block_ = philox(counter_, key_);
            ++counter_[0];
            left_ = 2;
        }
        --left_;
        const std::size_t at = left_ == 1 ? 0 : 2;
        return std::uint64_t{block_[at]} | std::uint64_t{block_[at + 1]} << 32;
    }

    /// Uniform in [0, 1), a multiple of 2^-53.
    constexpr double uniform() { return static_cast<double>(bits() >> 11) * 0x1p-53; }

    /// Uniform among 0 ... count - 1, without bias.  `count` must not be 0.
    constexpr std::uint64_t below(std::uint64_t count) {
        const std::uint64_t unfair = (0 - count) % count;  // 2^64 modulo count: draws below it are repeated
        std::uint64_t draw = bits();
        while (draw < unfair) {
            draw = bits();
        }
        return draw % count;
    }

private:
    std::array<std::uint32_t, 2> key_;
    std::array<std::uint32_t, 4> counter_;
    std::array<std::uint32_t, 4> block_{};
    int left_ = 0;
};

}  // namespace steelyard
