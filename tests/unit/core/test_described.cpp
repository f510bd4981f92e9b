// SPDX-License-Identifier: Apache-2.0
#include "steelyard/core/described.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

namespace steelyard {
namespace {

enum class Speed { slow, fast };

constexpr auto choices_of(Speed) {
    return std::array{Choice<Speed>{Speed::slow, "slow", "takes its time"},
                      Choice<Speed>{Speed::fast, "fast", "hurries"}};
}

struct Options {
    int rounds = 5;
    double tolerance = 0.5;
    bool strict = false;
    Speed speed = Speed::slow;
    std::string name = "main";
    std::optional<Rational> share;
    std::vector<std::string> actors;
    Named<std::string> deal;
    int places = 2;

    static constexpr auto fields() {
        return std::tuple{
            field("rounds", &Options::rounds, "How often.", "rounds", {1, 10}),
            field("tolerance", &Options::tolerance, "Below this is a tie.", "points", {0, std::nullopt}),
            field("strict", &Options::strict, "Whether to insist."),
            field("speed", &Options::speed, "How fast."),
            field("name", &Options::name, "What it is called."),
            field("share", &Options::share, "Part of the whole.", "", {0, 1}),
            field("actors", &Options::actors, "Who."),
            field("deal", &Options::deal, "What."),
            field("places", &Options::places, "How exactly it is shown."),
        };
    }
};

struct Inner {
    Rational points;
    static constexpr auto fields() {
        return std::tuple{field("points", &Inner::points, "Points.", "points")};
    }
};

struct Result {
    std::vector<Inner> items;
    Named<std::optional<double>> shares;
    static constexpr auto fields() {
        return std::tuple{field("items", &Result::items, "Items."),
                          field("shares", &Result::shares, "Shares.")};
    }
};

Value arguments(Value::Map map) {
    return Value(std::move(map));
}

TEST(Described, DefaultsStandInTheMembersOnly) {
    const auto fields = fields_of<Options>();
    ASSERT_EQ(fields.size(), 9U);
    EXPECT_EQ(fields[0].fallback, Value(std::int64_t{5}));
    EXPECT_EQ(fields[0].bounds.high, 10.0);
    EXPECT_EQ(fields[3].shape.kind, ShapeKind::choice);
    EXPECT_EQ(fields[3].fallback, Value("slow"));
    EXPECT_TRUE(fields[5].shape.optional);
    EXPECT_TRUE(fields[5].shape.exact);
    EXPECT_EQ(fields[7].shape.kind, ShapeKind::map);
}

TEST(Described, ReadsTypedValuesAndTheTextsOfACommandLine) {
    const auto typed =
        read_options<Options>(arguments({{"rounds", Value(std::int64_t{7})},
                                         {"strict", Value(true)},
                                         {"speed", Value("fast")},
                                         {"share", Value(0.25)},
                                         {"actors", Value(Value::List{Value("a"), Value("b")})},
                                         {"deal", Value(Value::Map{{"rent", Value("high")}})}}));
    EXPECT_EQ(typed.rounds, 7);
    EXPECT_TRUE(typed.strict);
    EXPECT_EQ(typed.speed, Speed::fast);
    EXPECT_EQ(typed.share, Rational::fraction(1, 4));
    EXPECT_EQ(typed.actors, (std::vector<std::string>{"a", "b"}));
    EXPECT_EQ(typed.deal, (Named<std::string>{{"rent", "high"}}));

    const auto texts = read_options<Options>(arguments({{"rounds", Value("7")},
                                                        {"tolerance", Value("1e-3")},
                                                        {"strict", Value("yes")},
                                                        {"share", Value("1/4")}}));
    EXPECT_EQ(texts.rounds, 7);
    EXPECT_DOUBLE_EQ(texts.tolerance, 1e-3);
    EXPECT_TRUE(texts.strict);
    EXPECT_EQ(texts.share, Rational::fraction(1, 4));
}

TEST(Described, TellsWhichNumberCannotBeKept) {
    const auto refused = [](const char* name, Value number) {
        try {
            read_options<Options>(arguments({{name, std::move(number)}}));
        } catch (const Error& error) {
            const Problem& problem = error.problems().front();
            return problem.message + ": " + problem.found + "; " + problem.allowed;
        }
        return std::string("read");
    };
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    EXPECT_EQ(refused("share", Value(1e19)), "too many digits: 1e+19; a number of at most 18 digits");
    EXPECT_EQ(refused("share", Value(-most - 1)),
              "too many digits: -9223372036854775808; a number of at most 18 digits")
        << "it has no negative";
    EXPECT_EQ(refused("share", Value(-most)), "out of range: -9223372036854775807; from 0 to 1");
    for (const char* number : {"1e19", "1e999", "0.1234567890123456789"})
        EXPECT_EQ(refused("share", Value(number)),
                  std::string("too many digits: ") + number + "; a number of at most 18 digits");
    for (const char* none : {"much", "", "nan", "inf", "1e5x"})
        EXPECT_EQ(refused("share", Value(none)), std::string("not a number: ") + none + "; a number");
    EXPECT_EQ(refused("rounds", Value(1e19)), "too many digits: 1e+19; a whole number of at most 18 digits");
    EXPECT_EQ(refused("rounds", Value(std::int64_t{3'000'000'000})),
              "out of range: 3000000000; from 1 to 10");
    EXPECT_EQ(refused("rounds", Value(2.5)), "not a whole number: 2.5; a whole number");
    EXPECT_EQ(refused("places", Value(std::int64_t{3'000'000'000})),
              "out of range: 3000000000; a whole number nearer to 0");
}

TEST(Described, ReportsEveryProblemAtOnce) {
    try {
        read_options<Options>(arguments({{"rounds", Value(std::int64_t{11})},
                                         {"speed", Value("fsat")},
                                         {"tolerence", Value(1.0)},
                                         {"strict", Value("perhaps")},
                                         {"actors", Value("a")}}));
        FAIL() << "five problems were to be found";
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::invalid_option);
        ASSERT_EQ(error.problems().size(), 5U);
        EXPECT_THAT(error.what(), testing::HasSubstr("from 1 to 10"));
        EXPECT_THAT(error.what(), testing::HasSubstr("did you mean 'fast'?"));
        EXPECT_THAT(error.what(), testing::HasSubstr("did you mean 'tolerance'?"));
    }
}

TEST(Described, ResultsBecomeTreesInTheOrderOfTheirFields) {
    const Result result{{{Rational::fraction(1, 2)}}, {{"b", 0.5}, {"a", std::nullopt}}};
    const Value tree = to_value(result);
    EXPECT_EQ(select(tree, "items[0].points"), Value(Rational::fraction(1, 2)));
    EXPECT_EQ(select(tree, "items.#"), Value(std::int64_t{1}));
    EXPECT_EQ(tree.find("shares")->get<Value::Map>()->front().first, "b");
    EXPECT_TRUE(select(tree, "shares.a").is_null());

    const Shape shape = shape_of<Result>();
    ASSERT_EQ(shape.fields.size(), 2U);
    EXPECT_EQ(shape.fields[0].shape.item->fields[0].unit, "points");
}

TEST(Value, SelectNamesThePartThatLeadsNowhere) {
    const Value tree = to_value(Result{{{1}, {2}}, {}});
    for (const char* path : {"item", "items[2]", "items[x=1]", "items[0].points.more", "items[0"}) {
        EXPECT_THROW((void)select(tree, path), Error) << path;
    }
    EXPECT_EQ(select(tree, "items[points=2].points"), Value(Rational(2)));
}

}  // namespace
}  // namespace steelyard
