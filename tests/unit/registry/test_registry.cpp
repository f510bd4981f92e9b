// SPDX-License-Identifier: Apache-2.0
// Every entry of the registry, held to the same rules.
#include "steelyard/core/error.hpp"
#include "steelyard/core/version.hpp"
#include "steelyard/format/case_file.hpp"
#include "steelyard/format/json.hpp"
#include "steelyard/registry/analysis.hpp"
#include "steelyard/registry/arguments.hpp"
#include "support/harbour_lease.hpp"
#include "support/reference_data.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

using namespace steelyard;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::MatchesRegex;

namespace {

std::string file_text(const std::filesystem::path& path) {
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
}

std::filesystem::path example_path(const Analysis& analysis) {
    return test::source_path("cases") / (std::string(analysis.example.case_path) + ".yaml");
}

Value example_arguments(const Analysis& analysis) {
    Named<std::string> texts;
    for (const auto& [name, text] : analysis.example.options)
        texts.emplace_back(name, text);
    return arguments_from_texts(analysis.options(), texts);
}

Case example_case(const Analysis& analysis) {
    return read_case(file_text(example_path(analysis)), std::string(analysis.example.case_path)).value;
}

/// A sentence of documentation: something is said, and it ends like a sentence.
void expect_sentence(std::string_view text, const std::string& what) {
    EXPECT_GT(text.size(), 8U) << what;
    EXPECT_TRUE(text.ends_with('.')) << what << ": " << text;
}

void expect_described(const std::vector<FieldShape>& fields, const std::string& where) {
    for (const FieldShape& field : fields) {
        const std::string what = where + '.' + std::string(field.name);
        EXPECT_THAT(std::string(field.name), MatchesRegex("[a-z][a-z0-9_]*")) << what;
        expect_sentence(field.meaning, what);
        const Shape* inner = &field.shape;
        while (inner->item)
            inner = inner->item.get();
        for (const auto& [name, meaning] : inner->choices)
            EXPECT_FALSE(meaning.empty()) << what << '=' << name;
        expect_described(inner->fields, what);
    }
}

class EveryAnalysis : public testing::TestWithParam<const Analysis*> {
protected:
    const Analysis& analysis() const { return *GetParam(); }
};

std::vector<const Analysis*> all() {
    std::vector<const Analysis*> pointers;
    for (const Analysis& each : analyses())
        pointers.push_back(&each);
    return pointers;
}

}  // namespace

TEST_P(EveryAnalysis, SaysWhatItIs) {
    EXPECT_THAT(std::string(analysis().name), MatchesRegex("[a-z]+(_[a-z]+)*"));
    EXPECT_TRUE(analysis().question.ends_with('?')) << analysis().question;
    expect_sentence(analysis().about, "about");
    EXPECT_FALSE(analysis().references.empty());
    for (const std::string_view reference : analysis().references)
        EXPECT_GT(reference.size(), 20U) << reference;
    expect_described(analysis().options(), "options");
    expect_described(analysis().result().fields, "result");
}

TEST_P(EveryAnalysis, HasFlatOptions) {
    for (const FieldShape& option : analysis().options()) {
        const Shape& inner = option.shape.item ? *option.shape.item : option.shape;
        EXPECT_FALSE(inner.item) << option.name << " is nested too deep";
        EXPECT_NE(inner.kind, ShapeKind::record) << option.name;
    }
}

TEST_P(EveryAnalysis, IsOnTheReferencePage) {
    EXPECT_THAT(file_text(test::source_path("docs/reference/analyses.md")),
                HasSubstr("\n## " + std::string(analysis().name) + "\n"));
}

TEST_P(EveryAnalysis, RunsItsExampleAndGivesTheSameBytesAgain) {
    ASSERT_TRUE(std::filesystem::exists(example_path(analysis())));
    const Case subject = example_case(analysis());
    EXPECT_THAT(missing_sections(analysis(), subject), testing::IsEmpty());
    const Value arguments = example_arguments(analysis());
    const std::string once = to_json(to_tree(run(analysis().name, subject, arguments)));
    EXPECT_EQ(once, to_json(to_tree(run(analysis().name, subject, arguments))));
    EXPECT_THAT(once, HasSubstr(case_hash(subject)));
}

TEST_P(EveryAnalysis, CompletesItsOptions) {
    const Value complete = analysis().complete(example_arguments(analysis()));
    const auto* map = complete.get<Value::Map>();
    ASSERT_NE(map, nullptr);
    EXPECT_EQ(map->size(), analysis().options().size());
    EXPECT_EQ(to_value(std::vector<Value>{}), Value(Value::List{}));
    bool documents = false;
    for (const FieldShape& option : analysis().options())
        documents = documents || option.shape.document || (option.shape.item && option.shape.item->document);
    if (!documents) {
        EXPECT_EQ(analysis().complete(complete), complete) << "recorded options repeat the run";
    }
}

TEST_P(EveryAnalysis, RefusesAnOptionItDoesNotHave) {
    try {
        (void)run(analysis().name, example_case(analysis()),
                  Value(Value::Map{{"no_such_option", Value(true)}}));
        FAIL() << "accepted";
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::invalid_option);
        EXPECT_EQ(error.problems()[0].found, "no_such_option");
    }
}

TEST_P(EveryAnalysis, StopsWhenAsked) {
    Context context;
    context.cancel.request();
    try {
        // A small case may be finished before the first look at the token; it must not end in another way.
        (void)run(analysis().name, example_case(analysis()), example_arguments(analysis()), context);
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::cancelled);
    }
}

INSTANTIATE_TEST_SUITE_P(Registry, EveryAnalysis, testing::ValuesIn(all()),
                         [](const auto& each) { return std::string(each.param->name); });

TEST(Registry, NamesAreUnique) {
    std::set<std::string_view> names;
    for (const Analysis& analysis : analyses())
        EXPECT_TRUE(names.insert(analysis.name).second) << analysis.name;
}

TEST(Registry, AMisspeltNameGetsANearMatch) {
    try {
        (void)find_analysis("evidense");
        FAIL() << "found";
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::unknown_name);
        EXPECT_EQ(error.problems()[0].nearest, "evidence");
        EXPECT_THAT(error.problems()[0].allowed, HasSubstr("cite"));
    }
}

TEST(Run, PutsEverythingOnRecordThatARepetitionTakes) {
    const Case subject = test::harbour_lease();
    Context context;
    context.seed = 7;
    const Value options(Value::Map{{"stale_after", Value("30")}});
    const Value plain = to_tree(run("evidence", subject, options, context));
    std::vector<std::string> names;
    for (const auto& [name, unused] : *plain.get<Value::Map>())
        names.push_back(name);
    EXPECT_THAT(names, ElementsAre("analysis", "version", "case_hash", "options", "seed", "result"));
    EXPECT_EQ(select(plain, "analysis"), Value("evidence"));
    EXPECT_EQ(select(plain, "version"), Value(version()));
    EXPECT_EQ(select(plain, "case_hash"), Value(case_hash(subject)));
    EXPECT_EQ(select(plain, "options.stale_after"), Value(std::int64_t{30}));
    EXPECT_EQ(select(plain, "options.source"), Value(""));
    EXPECT_EQ(select(plain, "seed"), Value(std::int64_t{7}));

    const Value changed =
        to_tree(run("evidence", subject, options, context, {{"/actors/port/capability", "5"}}));
    names.clear();
    for (const auto& [name, unused] : *changed.get<Value::Map>())
        names.push_back(name);
    EXPECT_THAT(names,
                ElementsAre("analysis", "version", "case_hash", "overrides", "options", "seed", "result"));
}

TEST(Run, KeepsSomebodyElsesTextOutOfTheRecord) {
    const Value arguments(Value::Map{{"text", Value("a secret article")}, {"find", Value("article")}});
    const std::string json = to_json(to_tree(run("cite", test::harbour_lease(), arguments)));
    EXPECT_THAT(json, testing::Not(HasSubstr("secret")));
    EXPECT_THAT(json, HasSubstr("sha256:"));
}

TEST(Arguments, ReadListsMapsAndDocuments) {
    struct Options {
        std::vector<std::string> list;
        Named<std::string> map;
        std::optional<int> number;
        Named<Document> documents;
        static constexpr auto fields() {
            return std::tuple{field("list", &Options::list, "."), field("map", &Options::map, "."),
                              field("number", &Options::number, "."),
                              field("documents", &Options::documents, ".")};
        }
    };
    const auto read = [](const std::string& path) { return "text of " + path; };
    const Value value = arguments_from_texts(fields_of<Options>(),
                                             {{"list", "a,b"},
                                              {"map", "rent=high,jobs=all"},
                                              {"list", "c"},
                                              {"number", "7"},
                                              {"map", "site=x=y"},
                                              {"documents", "gazette=a.txt"}},
                                             read);
    const auto options = read_options<Options>(value);
    EXPECT_THAT(options.list, ElementsAre("a", "b", "c"));
    EXPECT_THAT(options.map, ElementsAre(testing::Pair("rent", "high"), testing::Pair("jobs", "all"),
                                         testing::Pair("site", "x=y")));
    EXPECT_EQ(options.number, 7);
    EXPECT_EQ(options.documents[0].second.text, "text of a.txt");
}

TEST(Arguments, ReportEveryProblemAtOnce) {
    try {
        (void)arguments_from_texts(find_analysis("evidence").options(),
                                   {{"sorce", "x"}, {"source", "a"}, {"source", "b"}, {"texts", "gazette"}});
        FAIL() << "accepted";
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::invalid_option);
        ASSERT_EQ(error.problems().size(), 3U);
        EXPECT_EQ(error.problems()[0].nearest, "source");
        EXPECT_THAT(error.problems()[1].message, HasSubstr("given twice"));
        EXPECT_THAT(error.problems()[2].message, HasSubstr("name=value"));
    }
}

TEST(Request, IsReadWholeOrRefusedWhole) {
    const Request request = read_request(from_json(
        R"({"analysis": "cite", "case": "a.yaml", "options": {"find": "x"}, "seed": 3, "overrides": {"no_deal.port": 4}})"));
    EXPECT_EQ(request.analysis, "cite");
    EXPECT_EQ(request.subject, Value("a.yaml"));
    EXPECT_EQ(select(request.options, "find"), Value("x"));
    EXPECT_EQ(request.seed, 3U);
    EXPECT_EQ(request.overrides[0].second.number(), 4);
    for (const char* bad : {R"({"case": "a.yaml"})", R"({"analysis": "cite"})", R"([1])",
                            R"({"analysis": "cite", "case": "a", "sed": 1})",
                            R"({"analysis": "cite", "case": "a", "seed": -1})"}) {
        try {
            (void)read_request(from_json(bad));
            ADD_FAILURE() << "accepted " << bad;
        } catch (const Error& error) {
            EXPECT_EQ(error.kind(), ErrorKind::usage) << bad;
        }
    }
}
