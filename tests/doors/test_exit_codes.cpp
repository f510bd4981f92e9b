// SPDX-License-Identifier: Apache-2.0
// Every command's exit codes, and where its words go.
#include "doors/program.hpp"
#include "steelyard/core/error.hpp"
#include "steelyard/format/json.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>

using namespace steelyard;
using test::Outcome;
using test::Scratch;
using test::small_case;
using test::small_source;
using testing::HasSubstr;
using testing::IsEmpty;

namespace {

/// The kind of a JSON error on standard error.
std::string kind_of(const Outcome& outcome) {
    const Value report = from_json(outcome.err);
    return *report.find("error")->find("kind")->get<std::string>();
}

class ExitCodes : public testing::Test {
protected:
    Scratch scratch;
    std::string good = scratch.file("good.yaml", small_case());
    std::string bad = scratch.file(
        "bad.yaml", "steelyard: 1\ncase: x\nactors: {a: {nmae: A}}\nissues: {i: {options: [p, q]}}\n");
    std::string source = scratch.file("article.txt", small_source());
};

}  // namespace

TEST_F(ExitCodes, AreThoseOfTheTable) {
    const std::string nowhere = scratch.path("nowhere.yaml");
    const std::string sheet =
        scratch.file("sheet.csv", "issue,option,a,b\nx,one,1,2\nx,two,3,0\nno_deal,,0,1\n");
    struct Row {
        std::vector<std::string> words;
        int code;
    };
    const std::vector<Row> rows{
        {{"--help"}, 0},
        {{"--version"}, 0},
        {{"help", "run"}, 0},
        {{}, 2},
        {{"brif", good}, 2},
        {{"help", "brif"}, 2},
        {{"--jsn"}, 2},

        {{"run", "evidence", good}, 0},
        {{"run", "evidence"}, 2},
        {{"run"}, 2},
        {{"run", "evidense", good}, 5},
        {{"run", "evidence", bad}, 3},
        {{"run", "evidence", good, "--stale-after", "soon"}, 4},
        {{"run", "evidence", good, "--stale-after=-1"}, 4},
        {{"run", "evidence", good, "--source", "herald"}, 5},
        {{"run", "evidence", good, "--surce", "gazette"}, 2},
        {{"run", "evidence", good, "--seed", "many"}, 2},
        {{"run", "evidence", good, "--budget", "-3"}, 2},
        {{"run", "evidence", good, "--memory", "much"}, 2},
        {{"run", "evidence", nowhere}, 9},
        {{"run", "evidence", good, "--set", "no_deal.prt=3"}, 5},
        {{"run", "evidence", good, "--set", "no_deal.port=many"}, 3},
        {{"run", "evidence", good, "--set", "no_deal.port"}, 2},
        {{"run", "evidence", good, good}, 2},
        {{"run", "cite", good, "--text", nowhere, "--find", "x"}, 9},

        {{"analyses"}, 0},
        {{"analyses", good}, 0},
        {{"analyses", bad}, 3},
        {{"describe"}, 0},
        {{"describe", "cite"}, 0},
        {{"describe", "site"}, 5},

        {{"check", good}, 0},
        {{"check", bad}, 3},
        {{"check", nowhere}, 9},
        {{"check", good, bad, nowhere}, 3},
        {{"check"}, 2},
        {{"check", good, good, "--canonical"}, 2},

        {{"evidence", good}, 0},
        {{"evidence", good, "--sources", scratch.folder()}, 0},
        {{"evidence", good, "--sources", nowhere}, 9},
        {{"evidence", good, "--source", "herald"}, 5},
        {{"evidence", bad}, 3},

        {{"cite", good, source, "--find", "rival offer"}, 0},
        {{"cite", good, source, "--find", "no such words"}, 1},
        {{"cite", good, source}, 2},
        {{"cite", good, nowhere, "--find", "x"}, 9},
        {{"cite", good, source, "--find", " "}, 4},

        {{"serve", nowhere, "--store", scratch.path("s.sqlite")}, 9},
        {{"serve", good, "--port", "70000", "--store", scratch.path("s.sqlite")}, 2},
        {{"serve", good, "--port", "0", "--bind", "0.0.0.0", "--store", scratch.path("s.sqlite")}, 2},

        {{"schema", "case"}, 0},
        {{"schema", "cite"}, 0},
        {{"schema", "cite", "--result"}, 0},
        {{"schema", "case", "--result"}, 2},
        {{"schema", "cse"}, 5},
        {{"import", "scoresheet", sheet}, 0},
        {{"import", "scoresheet", sheet, "-o", scratch.path("imported.yaml")}, 0},
        {{"import", "scoresheet", good}, 3},
        {{"import", "scoresheet", nowhere}, 9},
        {{"import", "scoreshet", sheet}, 5},
        {{"import", "scoresheet"}, 2},
        {{"import", "scoresheet", sheet, "--reading", "raw"}, 2},
        {{"import", "genius", sheet, "--reading", "rare"}, 4},
        {{"export", "scoresheet", scratch.path("imported.yaml")}, 0},
        {{"export", "genius", scratch.path("imported.yaml")}, 2},
        {{"export", "genius", scratch.path("imported.yaml"), "-o", scratch.path("written")}, 0},
        {{"export", "ktab", scratch.path("imported.yaml"), "-o", scratch.path("written")}, 7},
        {{"export", "genius", bad}, 3},
        {{"template", "scoresheet"}, 0},
        {{"template", "scoresheet", "--actors", "a,a"}, 2},
        {{"template", "case"}, 5},
        {{"completion", "bash"}, 0},
        {{"completion", "tcsh"}, 2},
        {{"man"}, 0},
        {{"man", "more"}, 2},
        {{"reference", "exit-codes"}, 0},
        {{"reference", "everything"}, 2},
    };
    for (const Row& row : rows) {
        const Outcome outcome = test::steelyard(row.words);
        std::string line;
        for (const std::string& word : row.words)
            line += ' ' + word;
        EXPECT_EQ(outcome.exit_code, row.code) << line << '\n' << outcome.out << outcome.err;
        const bool silent = row.code <= 1 || (!row.words.empty() && row.words[0] == "check" && row.code != 2);
        EXPECT_EQ(outcome.err.empty(), silent) << line << '\n' << outcome.err;
    }
}

TEST_F(ExitCodes, ErrorsAreJsonWhenAskedFor) {
    EXPECT_EQ(kind_of(test::steelyard({"run", "evidense", good, "--json"})), "unknown_name");
    EXPECT_EQ(kind_of(test::steelyard({"run", "evidence", bad, "--json"})), "invalid_case");
    EXPECT_EQ(kind_of(test::steelyard({"rum", "--json"})), "usage");
    EXPECT_EQ(kind_of(test::steelyard({"evidence", scratch.path("nowhere"), "--json"})), "input_output");
    const Outcome outcome = test::steelyard({"run", "evidence", bad, "--json"});
    EXPECT_THAT(outcome.out, IsEmpty());
    const Value error = from_json(outcome.err);
    EXPECT_EQ(select(error, "error.problems[0].file"), Value(bad));
    EXPECT_EQ(select(error, "error.problems[0].line"), Value(std::int64_t{3}));
    EXPECT_EQ(select(error, "error.problems[0].nearest"), Value("name"));
}

TEST_F(ExitCodes, EveryProblemIsReportedAtOnce) {
    const Outcome outcome = test::steelyard({"run", "evidence", good, "--sorce", "x", "--seeed", "2"});
    EXPECT_THAT(outcome.err, HasSubstr("did you mean '--source'"));
    EXPECT_THAT(outcome.err, HasSubstr("did you mean '--seed'"));
}

TEST_F(ExitCodes, AMisspeltCommandGetsANearMatch) {
    EXPECT_THAT(test::steelyard({"chek", good}).err, HasSubstr("did you mean 'check'"));
    EXPECT_THAT(test::steelyard({"run", "evidense", good}).err, HasSubstr("did you mean 'evidence'"));
}

TEST_F(ExitCodes, OrphansAreANegativeFinding) {
    (void)scratch.file("gazette.txt", "The port wrote.\n\nThe carrier has a rival offer.\n");
    const Outcome outcome = test::steelyard({"evidence", good, "--sources", scratch.folder()});
    EXPECT_EQ(outcome.exit_code, 1);
    EXPECT_THAT(outcome.out, HasSubstr("orphan rival"));
    EXPECT_THAT(outcome.out, HasSubstr("by its name"));
}

TEST_F(ExitCodes, StrangeFilesAreErrorsNotCrashes) {
    EXPECT_EQ(test::steelyard({"check", scratch.file("empty.yaml", "")}).exit_code, 3);
    EXPECT_EQ(test::steelyard({"check", scratch.folder()}).exit_code, 9);
    EXPECT_EQ(test::steelyard({"check", scratch.file("zero.yaml", std::string(100, '\0'))}).exit_code, 3);
    EXPECT_EQ(test::steelyard({"check", good + "/below"}).exit_code, 9);
    EXPECT_EQ(test::steelyard({"check", ""}).exit_code, 9);
    const Outcome huge =
        test::steelyard({"check", scratch.file("huge.yaml", std::string(std::size_t{65} << 20U, ' '))});
    EXPECT_EQ(huge.exit_code, 8) << huge.out;
    const Outcome binary =
        test::steelyard({"cite", good, scratch.file("binary.txt", "\xff\xfe"), "--find", "x"});
    EXPECT_EQ(binary.exit_code, 4);
    EXPECT_THAT(binary.err, HasSubstr("not UTF-8"));
}

TEST_F(ExitCodes, OutputThatCannotBeWrittenIsSaid) {
    test::Start full;
    full.output = "/dev/full";
    const Outcome outcome = test::steelyard({"check", good}, full);
    EXPECT_EQ(outcome.exit_code, 9);
    EXPECT_THAT(outcome.err, HasSubstr("standard output"));
}

TEST_F(ExitCodes, AReaderThatGoesAwayEndsItQuietly) {
    test::Start start;
    start.deaf = true;
    const Outcome outcome = test::steelyard({"schema", "case"}, start);
    EXPECT_EQ(outcome.signal, SIGPIPE);
    EXPECT_THAT(outcome.err, IsEmpty());
}

TEST_F(ExitCodes, CtrlCStopsIt) {
    test::Start start;
    start.interrupt_after_ms = 150;
    const Outcome outcome = test::steelyard({"run", "evidence", "-"}, start);
    EXPECT_EQ(outcome.exit_code, 130);
    EXPECT_THAT(outcome.err, HasSubstr("stopped"));
}
