// SPDX-License-Identifier: Apache-2.0
// The canonical text: reading it gives the same case, and writing that the same bytes.
#include "format/tree.hpp"
#include "format/yaml_writer.hpp"
#include "steelyard/core/sha256.hpp"
#include "steelyard/format/case_file.hpp"
#include "steelyard/format/json.hpp"
#include "support/golden.hpp"
#include "support/harbour_lease.hpp"
#include "support/precompiled.hpp"
#include "unit/format/random_case.hpp"
#include "unit/format/support.hpp"

namespace steelyard {
namespace {

RC_GTEST_PROP(CanonicalText, ReadsBackAsTheSameCase, ()) {
    const Case subject = *test::any_case();
    const std::string text = write_case(subject);
    RC_LOG() << text;
    const Case again = read_case(text, "canonical").value;
    RC_ASSERT(write_case(again) == text);
    RC_ASSERT(again == subject);
}

RC_GTEST_PROP(CanonicalText, JsonReadsBackAsTheSameCase, ()) {
    const Case subject = *test::any_case();
    const int indent = *rc::gen::element(0, 1, 2);
    const std::string text = to_json(case_to_tree(subject), indent);
    RC_LOG() << text;
    RC_ASSERT(read_case(text, "case.json").value == subject);
}

RC_GTEST_PROP(CanonicalText, KeepsAnyTextWhereverItStands, ()) {
    // At the left margin, deep in a block, in brackets and as a key, in list and map.
    const std::string text = *test::any_text();
    const Value list(Value::List{Value(text), Value("x"), Value(Value::List{Value(text)})});
    const Value deep(
        Value::Map{{"wide", Value(std::string(120, 'w'))}, {"text", Value(text)}, {"list", list}});
    const Value root(
        Value::Map{{"about", Value(text)},
                   {"in", deep},
                   {"list", Value(Value::List{deep, Value(text), deep, Value(Value::List{deep})})}});
    const std::string yaml = format::to_yaml(root);
    RC_LOG() << yaml;
    const format::Tree tree = format::parse_tree(yaml);
    RC_ASSERT(tree.problems.empty());
    const format::Node& about = tree.root.items[0];
    RC_ASSERT(about.text == text);
    const format::Node& in = tree.root.items[1];
    RC_ASSERT(in.items[1].text == text);
    RC_ASSERT(in.items[2].items[0].text == text);
    RC_ASSERT(in.items[2].items[2].items[0].text == text);
    const format::Node& items = tree.root.items[2];
    RC_ASSERT(items.items[0].items[1].text == text);
    RC_ASSERT(items.items[1].text == text);
    RC_ASSERT(items.items[2].items[1].text == text);
    RC_ASSERT(items.items[3].items[0].items[1].text == text);
}

TEST(CanonicalText, IsReadable) {
    EXPECT_TRUE(test::matches_golden("format/harbour-lease.yaml", write_case(test::harbour_lease())));
}

TEST(CanonicalText, DoesNotDependOnHowTheFileWasTyped) {
    const std::string one =
        "# A comment.\n" + test::small_case("preferences:\n  us: {no_deal: 1.50, points: {}}\n");
    const std::string other =
        "{\"case\": \"small\", \"issues\": {\"rent\": {\"status_quo\": \"low\", \"options\": {\"low\": 0.0, "
        "\"high\": 1e2}},"
        " \"jobs\": {\"options\": [\"none_kept\", \"all_kept\"]}}, \"preferences\": {\"us\": {\"points\": "
        "{}, \"no_deal\": "
        "\"3/2\"}},"
        " \"actors\": {\"us\": {\"name\": \"We\"}, \"them\": {\"name\": \"They\"}}, \"steelyard\": 1}";
    const Case a = read_case(one, "one.yaml").value;
    const Case b = read_case(other, "other.json").value;
    EXPECT_EQ(write_case(a), write_case(b));
    EXPECT_EQ(case_hash(a), case_hash(b));
    EXPECT_EQ(case_hash(a), sha256(write_case(a)));
}

TEST(CanonicalText, LeavesInheritedNumbersBare) {
    const Case subject =
        read_case(test::small_case("preferences:\n"
                                   "  us:\n"
                                   "    points: {rent: {low: 1, high: {value: 2, spread: 3}}}\n"
                                   "    basis: {all: {spread: 5, assumption: yes}}\n"),
                  "a.yaml")
            .value;
    const auto& sheet = std::get<PointSheet>(subject.preferences[0].form);
    EXPECT_TRUE(sheet.points[0][0].inherited);
    EXPECT_EQ(sheet.points[0][0].distribution, Distribution(Spread{1, 5}));
    EXPECT_FALSE(sheet.points[0][1].inherited);
    EXPECT_THAT(write_case(subject),
                testing::HasSubstr("points: {rent: {low: 1, high: {value: 2, spread: 3}}"));
}

}  // namespace
}  // namespace steelyard
