// SPDX-License-Identifier: Apache-2.0
#include "steelyard/core/random.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>

namespace steelyard {
namespace {

using Words = std::array<std::uint32_t, 4>;

TEST(Random, PhiloxGivesThePublishedWords) {
    // The known answers that the authors of Random123 distribute (kat_vectors, philox4x32 10).
    EXPECT_EQ(philox({0, 0, 0, 0}, {0, 0}), (Words{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
    EXPECT_EQ(philox({~0U, ~0U, ~0U, ~0U}, {~0U, ~0U}),
              (Words{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
    EXPECT_EQ(philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}),
              (Words{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

TEST(Random, AnAddressAlwaysGivesTheSameNumbersAndOthersDiffer) {
    RandomStream one(7, 3, 1);
    RandomStream again(7, 3, 1);
    RandomStream other_stream(7, 3, 2);
    RandomStream other_draw(7, 4, 1);
    RandomStream other_seed(8, 3, 1);
    for (int i = 0; i < 5; ++i) {
        const std::uint64_t bits = one.bits();
        EXPECT_EQ(bits, again.bits());
        EXPECT_NE(bits, other_stream.bits());
        EXPECT_NE(bits, other_draw.bits());
        EXPECT_NE(bits, other_seed.bits());
    }
}

TEST(Random, UniformNumbersFillTheirRangeEvenly) {
    RandomStream stream(1, 0, 0);
    std::array<int, 7> counts{};
    double sum = 0;
    constexpr int draws = 70000;
    for (int i = 0; i < draws; ++i) {
        const double u = stream.uniform();
        ASSERT_GE(u, 0);
        ASSERT_LT(u, 1);
        sum += u;
        ++counts[stream.below(7)];
    }
    EXPECT_NEAR(sum / draws, 0.5, 5 * 0.2887 / 264.6);  // five standard errors
    for (const int count : counts) {
        EXPECT_NEAR(count, draws / 7, 5 * 92.6);
    }
}

}  // namespace
}  // namespace steelyard
