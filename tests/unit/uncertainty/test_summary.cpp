// SPDX-License-Identifier: Apache-2.0
#include "steelyard/core/random.hpp"
#include "steelyard/uncertainty/summary.hpp"
#include "uncertainty/bytes.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>

using namespace steelyard;
using namespace steelyard::uncertainty;

namespace {

std::string saved(const auto& summary) {
    ByteWriter writer;
    summary.save(writer);
    return writer.take();
}

TEST(ExactSum, LosesNothing) {
    ExactSum sum;
    for (const double x : {1e300, 1.0, 5e-324, -1e300, -1.0}) {
        sum.add(x);
    }
    EXPECT_EQ(sum.value(), 5e-324);
    sum.add(-5e-324);
    EXPECT_EQ(sum.value(), 0);
    ExactSum tenths;
    for (int i = 0; i < 10; ++i) {
        tenths.add(0.1);
    }
    EXPECT_EQ(tenths.value(), 1);  // ten times the double nearest to 0.1, rounded once
    ExactSum many;
    for (int i = 0; i < 100000; ++i) {
        many.add(-1.5);
    }
    EXPECT_EQ(many.value(), -150000);
}

RC_GTEST_PROP(ExactSum, MergesToTheSameBytesInAnyOrder, ()) {
    const auto values = *rc::gen::container<std::vector<double>>(
        rc::gen::suchThat(rc::gen::arbitrary<double>(), [](double x) { return std::isfinite(x); }));
    const auto cut = *rc::gen::inRange<std::size_t>(0, values.size() + 1);
    ExactSum whole;
    ExactSum front;
    ExactSum back;
    for (std::size_t i = 0; i < values.size(); ++i) {
        whole.add(values[i]);
        (i < cut ? front : back).add(values[i]);
    }
    ExactSum joined = back;
    joined.merge(front);
    const std::string bytes = saved(whole);
    RC_ASSERT(saved(joined) == bytes);
    ByteReader reader(bytes);
    ExactSum again;
    again.load(reader);
    reader.end();
    RC_ASSERT(saved(again) == bytes);
    RC_ASSERT(again.value() == whole.value());
}

TEST(NumberSummary, AgreesWithTheTextbook) {
    NumberSummary kept(10, true);
    NumberSummary streamed(10, false);
    std::vector<double> values;
    for (std::uint64_t d = 0; d < 4000; ++d) {
        RandomStream stream(1, d, 0);
        const double x = 40 + 20 * (stream.uniform() + stream.uniform() - 1);
        values.push_back(x);
        kept.add(d % kRepetitions, x);
        streamed.add(d % kRepetitions, x);
    }
    double mean = 0;
    for (const double x : values) {
        mean += x / 4000;
    }
    double squares = 0;
    for (const double x : values) {
        squares += (x - mean) * (x - mean);
    }
    std::ranges::sort(values);
    EXPECT_NEAR(kept.mean(), mean, 1e-10);
    EXPECT_NEAR(kept.deviation(), std::sqrt(squares / 3999), 1e-9);
    EXPECT_NEAR(kept.error(true), std::sqrt(squares / 3999 / 4000), 1e-9);
    EXPECT_NEAR(kept.error(false), kept.error(true), 0.6 * kept.error(true));
    EXPECT_EQ(kept.lowest(), values.front());
    EXPECT_EQ(kept.highest(), values.back());
    for (const double p : {0.0, 0.05, 0.5, 0.95, 1.0}) {
        const double exact = values[static_cast<std::size_t>(p * 3999 + 0.5)];
        EXPECT_NEAR(kept.quantile(p), exact, 0.05);
        EXPECT_NEAR(streamed.quantile(p), exact, exact / 4096) << "the stated error";
    }
}

TEST(Histogram, KeepsTheOrderOfSignsAndSizes) {
    Histogram histogram;
    const std::vector<double> values{-1e6, -3, -0.001, 0, 0.001, 2, 3, 1e6};
    for (const double x : values) {
        histogram.add(x);
    }
    for (std::size_t i = 0; i < values.size(); ++i) {
        EXPECT_NEAR(histogram.at(i), values[i], std::abs(values[i]) / 4096);
    }
    EXPECT_TRUE(std::isnan(histogram.at(values.size())));
}

TEST(NumberSummary, SavesAndRestores) {
    for (const bool exact : {true, false}) {
        NumberSummary one(0, exact);
        NumberSummary two(0, exact);
        NumberSummary all(0, exact);
        for (std::uint64_t d = 0; d < 500; ++d) {
            RandomStream stream(1, d, 0);
            const double x = 100 * (stream.uniform() - 0.3);
            (d < 200 ? one : two).add(d % kRepetitions, x);
            all.add(d % kRepetitions, x);
        }
        const std::string bytes = saved(two);
        NumberSummary restored(0, exact);
        ByteReader reader(bytes);
        restored.load(reader);
        reader.end();
        one.merge(restored);
        EXPECT_EQ(saved(one), saved(all));
        EXPECT_EQ(one.mean(), all.mean());
        EXPECT_EQ(one.quantile(0.4), all.quantile(0.4));
    }
}

TEST(ByteReader, RefusesDamage) {
    NumberSummary summary(0, false);
    summary.add(0, 3);
    const std::string bytes = saved(summary);
    for (std::size_t length = 0; length < bytes.size(); ++length) {
        ByteReader reader(std::string_view(bytes).substr(0, length));
        NumberSummary broken(0, false);
        EXPECT_THROW(broken.load(reader), Error) << length;
    }
}

}  // namespace
