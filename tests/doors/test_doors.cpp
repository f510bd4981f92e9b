// SPDX-License-Identifier: Apache-2.0
// Every analysis gives the same bytes through every door.
#include "doors/program.hpp"
#include "steelyard/format/case_file.hpp"
#include "steelyard/format/json.hpp"
#include "steelyard/registry/analysis.hpp"
#include "steelyard/registry/arguments.hpp"
#include "support/reference_data.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

using namespace steelyard;
using test::Outcome;
using test::Scratch;
using testing::HasSubstr;

namespace {

class EveryDoor : public testing::TestWithParam<const Analysis*> {
protected:
    Scratch scratch;
    const Analysis& analysis = *GetParam();
    std::string case_path =
        test::source_path("cases/" + std::string(analysis.example.case_path) + ".yaml").string();

    [[nodiscard]] Value arguments() const {
        Named<std::string> texts;
        for (const auto& [name, text] : analysis.example.options)
            texts.emplace_back(name, text);
        return arguments_from_texts(analysis.options(), texts);
    }
    [[nodiscard]] std::string expected() const {
        const Case subject = read_case(test::file_text(case_path), case_path).value;
        return to_json(to_tree(run(analysis.name, subject, arguments()))) + '\n';
    }
    /// The example's options as flags; a document goes through a file.
    [[nodiscard]] std::vector<std::string> flags() const {
        const std::vector<FieldShape> options = analysis.options();
        std::vector<std::string> words;
        for (const auto& [name, text] : analysis.example.options) {
            const FieldShape& option = *std::ranges::find(options, name, &FieldShape::name);
            std::string flag(name);
            std::ranges::replace(flag, '_', '-');
            if (option.shape.kind == ShapeKind::boolean) {
                words.push_back((text == "true" ? "--" : "--no-") + flag);
                continue;
            }
            words.push_back("--" + flag);
            words.push_back(option.shape.document ? scratch.file(flag, std::string(text))
                                                  : std::string(text));
        }
        return words;
    }
};

std::vector<const Analysis*> all() {
    std::vector<const Analysis*> pointers;
    for (const Analysis& each : analyses())
        pointers.push_back(&each);
    return pointers;
}

std::vector<std::string> operator+(std::vector<std::string> a, const std::vector<std::string>& b) {
    a.insert(a.end(), b.begin(), b.end());
    return a;
}

}  // namespace

TEST_P(EveryDoor, CommandLine) {
    const Outcome outcome = test::steelyard(
        std::vector<std::string>{"run", std::string(analysis.name), case_path, "--json"} + flags());
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    EXPECT_EQ(outcome.out, expected());
}

TEST_P(EveryDoor, RequestOnStandardInput) {
    Value::Map body{{"analysis", Value(analysis.name)}, {"case", Value(case_path)}, {"options", arguments()}};
    test::Start start;
    start.input = to_json(Value(body));
    Outcome outcome = test::steelyard({"run", "--json", "-"}, start);
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    EXPECT_EQ(outcome.out, expected());

    body[1].second = Value(test::file_text(case_path));
    start.input = to_json(Value(body));
    outcome = test::steelyard({"run", "--json", "-"}, start);
    EXPECT_EQ(outcome.out, expected()) << "with the case inline";
}

TEST_P(EveryDoor, CaseOnStandardInput) {
    test::Start start;
    start.input = test::file_text(case_path);
    const Outcome outcome = test::steelyard(
        std::vector<std::string>{"run", std::string(analysis.name), "-", "--json"} + flags(), start);
    EXPECT_EQ(outcome.out, expected());
}

TEST_P(EveryDoor, ReadableText) {
    const std::vector<std::string> words =
        std::vector<std::string>{"run", std::string(analysis.name), case_path} + flags();
    const Outcome plain = test::steelyard(words);
    EXPECT_EQ(plain.exit_code, 0) << plain.err;
    EXPECT_GT(plain.out.size(), 20U);
    EXPECT_THAT(plain.out, testing::Not(HasSubstr("\033["))) << "no colours off a terminal";
    test::Start start;
    start.terminal = true;
    const Outcome shown = test::steelyard(words, start);
    EXPECT_EQ(shown.exit_code, 0);
    EXPECT_THAT(shown.out, HasSubstr(std::string(analysis.question)));
}

TEST_P(EveryDoor, Description) {
    const std::string name(analysis.name);
    const Outcome text = test::steelyard({"describe", name});
    EXPECT_EQ(text.exit_code, 0) << text.err;
    EXPECT_THAT(text.out, HasSubstr(std::string(analysis.question)));
    for (const FieldShape& option : analysis.options()) {
        std::string flag(option.name);
        std::ranges::replace(flag, '_', '-');
        EXPECT_THAT(text.out, HasSubstr(flag));
    }
    const Value tree = from_json(test::steelyard({"describe", name, "--json"}).out);
    EXPECT_EQ(select(tree, "name"), Value(name));
    const Value schema = from_json(test::steelyard({"schema", name}).out);
    for (const FieldShape& option : analysis.options())
        EXPECT_NE(select(schema, "properties").find(option.name), nullptr) << option.name;
    EXPECT_EQ(select(tree, "options"), schema);
}

INSTANTIATE_TEST_SUITE_P(Registry, EveryDoor, testing::ValuesIn(all()),
                         [](const auto& each) { return std::string(each.param->name); });
