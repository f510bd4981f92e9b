// SPDX-License-Identifier: Apache-2.0
// The schemas, held against what the reader accepts and refuses, and the reference page.
#include "format/codec.hpp"
#include "format/tree.hpp"
#include "steelyard/format/case_file.hpp"
#include "steelyard/format/json.hpp"
#include "steelyard/format/schema.hpp"
#include "support/precompiled.hpp"
#include "support/read_file.hpp"
#include "support/reference_data.hpp"
#include "unit/format/random_case.hpp"
#include "unit/format/schema_check.hpp"
#include "unit/format/support.hpp"

#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace steelyard {
namespace {

using test::schema_problems;
using testing::IsEmpty;
using testing::Not;

/// The tree that a general YAML reader makes of a text: what an editor holds against the schema.
Value tree_of(const std::string& text) {
    format::Tree tree = format::parse_tree(text);
    format::Reader reader(std::move(tree.problems));
    Value value;
    format::Codec<Value>::read(reader, tree.root, value);
    return value;
}

TEST(CaseSchema, AcceptsTheCatalogue) {
    const Value schema = case_schema();
    int cases = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(test::source_path("cases"))) {
        if (entry.path().extension() != ".yaml")
            continue;
        ++cases;
        EXPECT_THAT(schema_problems(schema, tree_of(test::read_file(entry.path()))), IsEmpty())
            << entry.path();
    }
    EXPECT_GE(cases, 5);
}

RC_GTEST_PROP(CaseSchema, AcceptsEveryCaseThatIsWritten, ()) {
    static const Value schema = case_schema();
    const Value tree = case_to_tree(*test::any_case());
    const auto problems = schema_problems(schema, tree);
    RC_LOG() << to_json(tree) << testing::PrintToString(problems);
    RC_ASSERT(problems.empty());
}

TEST(CaseSchema, RefusesWhatTheReaderRefusesInOnePlace) {
    const std::array wrong{
        "bundels: []\n",
        "preferences: {us: {points: {rent: {low: 1 point, high: 2}}}}\n",
        "preferences: {us: {no_deal: {value: 1, sprad: 2}, points: {}}}\n",
        "preferences: {us: {no_deal: {normal: [1, 2, 3]}, points: {}}}\n",
        "preferences: [us]\n",
        "bundles: [{points: {us: 1}}]\n",
        "sources: {a: {reliability: G}}\n",
        "claims: {a: {text: x, kind: guess}}\n",
        "questions: [{ask: Why?, kind: unknown}]\n",
        "obligations: [{id: No, by: us, to: them, broken_when: {rent: low}}]\n",
        "obligations: [{id: a, by: us, to: them, broken_when: {rent: low}, hard: maybe}]\n",
        "tables: {a: {actors: [us], issues: [rent], accept: majority}}\n",
        "conflict: {options: {a: {by: us, direction: up}}}\n",
    };
    const Value schema = case_schema();
    EXPECT_THAT(schema_problems(schema, tree_of(test::small_case())), IsEmpty());
    for (const char* more : wrong) {
        const std::string text = test::small_case(more);
        EXPECT_THAT(test::problems_of(text), Not(IsEmpty())) << more;
        EXPECT_THAT(schema_problems(schema, tree_of(text)), Not(IsEmpty())) << more;
    }
}

// ---- analyses -----------------------------------------------------------------------------------

enum class Taste { sweet, sour };
constexpr auto choices_of(Taste) {
    return std::array{Choice<Taste>{Taste::sweet, "sweet", "like sugar"},
                      Choice<Taste>{Taste::sour, "sour", "like lemon"}};
}
struct Options {
    double epsilon = 0.5;
    int most = 3;
    Taste taste = Taste::sour;
    std::optional<std::string> actor;
    static constexpr auto fields() {
        return std::tuple{
            field("epsilon", &Options::epsilon, "Error allowed.", "points", {.low = 0, .high = 1.5}),
            field("most", &Options::most, "How many.", "", {.low = 1}),
            field("taste", &Options::taste, "Which taste."), field("actor", &Options::actor, "Whose.")};
    }
};
struct Item {
    Rational points = 1;
    static constexpr auto fields() { return std::tuple{field("points", &Item::points, "Points.")}; }
};
struct Result {
    std::vector<Item> items{{}, {}};
    Named<double> by_actor{{"us", 0.25}};
    std::optional<int> best;
    bool exact = true;
    static constexpr auto fields() {
        return std::tuple{field("items", &Result::items, "Items."),
                          field("by_actor", &Result::by_actor, "By actor."),
                          field("best", &Result::best, "Best."), field("exact", &Result::exact, "Exact.")};
    }
};

TEST(OptionsSchema, SaysWhatEachOptionMayBe) {
    const Value schema = options_schema(fields_of<Options>());
    EXPECT_THAT(schema_problems(schema, to_value(Options{})), IsEmpty());
    EXPECT_THAT(schema_problems(schema, from_json("{}")), IsEmpty());
    for (const char* wrong : {R"({"epsilon": -1})", R"({"epsilon": 2})", R"({"most": 0})", R"({"most": 1.5})",
                              R"({"taste": "bitter"})", R"({"actor": 5})", R"({"more": 1})"})
        EXPECT_EQ(schema_problems(schema, from_json(wrong)).size(), 1U) << wrong;
    EXPECT_EQ(*select(schema, "properties.epsilon.description").get<std::string>(),
              "Error allowed. Unit: points.");
    EXPECT_EQ(select(schema, "properties.most.default"), Value(std::int64_t{3}));
}

TEST(ResultSchema, HoldsForResults) {
    const Value schema = result_schema(shape_of<Result>());
    EXPECT_THAT(schema_problems(schema, to_value(Result{})), IsEmpty());
    EXPECT_THAT(
        schema_problems(schema, from_json(R"({"items": [{"points": "x"}], "by_actor": {}, "best": null})")),
        testing::UnorderedElementsAre("/items/0/points: wrong type, text", ": lacks exact"));
}

// ---- the reference page -------------------------------------------------------------------------

TEST(ReferencePage, IsUpToDate) {
    const auto path = test::source_path("docs/reference/case-format.md");
    const char* update = std::getenv("STEELYARD_UPDATE_GOLDENS");
    if (update != nullptr && std::string_view(update) == "1")
        std::ofstream(path, std::ios::binary) << case_format_page();
    EXPECT_TRUE(test::read_file(path) == case_format_page())
        << "the tables changed: run again with STEELYARD_UPDATE_GOLDENS=1 and read the diff of " << path;
}

TEST(ReferencePage, ItsExampleReads) {
    const std::string page = case_format_page();
    const std::size_t begin = page.find("```yaml\n") + 8;
    const std::string example = page.substr(begin, page.find("```", begin) - begin);
    EXPECT_THAT(test::problems_of(example), IsEmpty());
    EXPECT_LT(std::ranges::count(example, '\n'), 20);
}

TEST(ReferencePage, EveryLinkLeadsToAHeading) {
    const std::string page = case_format_page();
    for (std::size_t at = page.find("](#"); at != std::string::npos; at = page.find("](#", at + 1)) {
        std::string heading = page.substr(at + 3, page.find(')', at) - at - 3);
        std::ranges::replace(heading, '-', ' ');
        std::string lower = page;
        std::ranges::transform(lower, lower.begin(),
                               [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        EXPECT_NE(lower.find("# " + heading + "\n"), std::string::npos) << heading;
    }
}

}  // namespace
}  // namespace steelyard
