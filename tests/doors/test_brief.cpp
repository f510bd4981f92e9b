// SPDX-License-Identifier: Apache-2.0
// `steelyard brief` from outside: its outputs, its exit codes, files written whole or not at all.
#include "doors/program.hpp"
#include "steelyard/format/json.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

using namespace steelyard;
using test::Outcome;
using test::Scratch;
using test::small_case;
using testing::HasSubstr;

namespace {

class BriefCommand : public testing::Test {
protected:
    Scratch scratch;
    std::string good = scratch.file("good.yaml", small_case());
    std::string bad =
        scratch.file("bad.yaml", "steelyard: 1\ncase: x\nactors: {a: {}}\nissues: {i: {optoins: [p, q]}}\n");
};

}  // namespace

TEST_F(BriefCommand, HasTheExitCodesOfTheTable) {
    const std::string nowhere = scratch.path("nowhere.yaml");
    const std::string absent = scratch.path("no/such/folder/out.html");
    struct Row {
        std::vector<std::string> words;
        int code;
    };
    const std::vector<Row> rows{
        {{"brief", good}, 0},
        {{"brief"}, 2},
        {{"brief", bad}, 3},
        {{"brief", nowhere}, 9},
        {{"brief", good, "--html", absent}, 9},
        {{"brief", good, "--set", "no_deal.prt=3"}, 5},
        {{"brief", good, "--set", "no_deal.port=many"}, 3},
        {{"brief", good, "--set", "no_deal.port"}, 2},
    };
    for (const Row& row : rows) {
        const Outcome outcome = test::steelyard(row.words);
        EXPECT_EQ(outcome.exit_code, row.code) << row.words.back() << '\n' << outcome.out << outcome.err;
        EXPECT_EQ(outcome.err.empty(), row.code == 0) << outcome.err;
    }
}

TEST_F(BriefCommand, AMissingSectionIsSaid) {
    const std::string bare = scratch.file(
        "bare.yaml", "steelyard: 1\ncase: bare\nactors: {a: {}, b: {}}\nissues: {i: {options: [p, q]}}\n");
    const Outcome outcome = test::steelyard({"brief", bare});
    EXPECT_EQ(outcome.exit_code, 6);
    EXPECT_THAT(outcome.err, HasSubstr("preferences"));
}

TEST_F(BriefCommand, NothingIsLeftHalfWritten) {
    const std::string folder = scratch.path("out");
    std::filesystem::create_directory(folder);
    std::filesystem::create_directory(folder + "/brief.html");  // the name is taken by a folder
    EXPECT_EQ(test::steelyard({"brief", good, "--html", folder + "/brief.html"}).exit_code, 9);
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder), {}), 1);

    const std::string kept = scratch.file("kept.md", "before");
    EXPECT_EQ(test::steelyard({"brief", bad, "--markdown", kept}).exit_code, 3);
    EXPECT_EQ(test::file_text(kept), "before");
    EXPECT_EQ(test::steelyard({"brief", good, "--markdown", kept}).exit_code, 0);
    EXPECT_THAT(test::file_text(kept), HasSubstr("Lease of a container terminal"));
}

TEST_F(BriefCommand, OutputThatCannotBeWrittenIsSaid) {
    EXPECT_EQ(test::steelyard({"brief", good, "--markdown", "/dev/full"}).exit_code, 9);
    EXPECT_EQ(test::steelyard({"brief", good, "--markdown", "/dev/null"}).exit_code, 0);
    test::Start full;
    full.output = "/dev/full";
    EXPECT_EQ(test::steelyard({"brief", good, "--html", "-"}, full).exit_code, 9);
}

TEST_F(BriefCommand, WritesEveryFormThatIsAskedFor) {
    const std::string page = scratch.path("brief.html");
    const std::string data = scratch.path("brief.json");
    const Outcome outcome =
        test::steelyard({"brief", good, "--html", page, "--markdown", "-", "--json", data});
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    EXPECT_THAT(outcome.out, testing::StartsWith("# "));
    EXPECT_THAT(test::file_text(page), testing::StartsWith("<!DOCTYPE html>"));
    EXPECT_EQ(select(from_json(test::file_text(data)), "title"), Value("Lease of a container terminal"));
    EXPECT_EQ(test::steelyard({"brief", good, "--json"}).out, test::file_text(data));
    EXPECT_EQ(test::steelyard({"brief", good, "--text", "-"}).out, test::steelyard({"brief", good}).out);
}

TEST_F(BriefCommand, SaysWhichNumbersWereReplaced) {
    const Value plain = from_json(test::steelyard({"brief", good, "--json"}).out);
    const Value changed =
        from_json(test::steelyard({"brief", good, "--set", "no_deal.port=40", "--json"}).out);
    EXPECT_EQ(select(changed, "provenance.options.overrides"),
              Value(Value::Map{{"/preferences/port/no_deal", Value("40")}}));
    EXPECT_THAT(test::steelyard({"brief", good, "--set", "no_deal.port=40"}).out, HasSubstr("replaced"));
    EXPECT_THAT(test::steelyard({"brief", good}).out, testing::Not(HasSubstr("replaced")));
    EXPECT_NE(select(plain, "provenance.case_hash"), select(changed, "provenance.case_hash"));
}
