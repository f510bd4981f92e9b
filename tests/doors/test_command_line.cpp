// SPDX-License-Identifier: Apache-2.0
// What the command line adds to the analyses: overrides, requests, colours, tables, help, documents.
#include "doors/program.hpp"
#include "steelyard/core/sha256.hpp"
#include "steelyard/core/version.hpp"
#include "steelyard/format/json.hpp"
#include "steelyard/registry/analysis.hpp"
#include "support/golden.hpp"
#include "support/reference_data.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace steelyard;
using test::Outcome;
using test::Scratch;
using test::small_case;
using test::small_source;
using testing::HasSubstr;
using testing::Not;

namespace {

class CommandLine : public testing::Test {
protected:
    Scratch scratch;
    std::string good = scratch.file("good.yaml", small_case());

    static Value json(const std::vector<std::string>& words, const test::Start& start = {}) {
        const Outcome outcome = test::steelyard(words, start);
        EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
        return from_json(outcome.out);
    }
};

const std::vector<std::string> kCommands{
    "brief",  "run",    "analyses", "describe",   "check", "evidence",  "cite",   "schema",
    "import", "export", "template", "completion", "man",   "reference", "vote",   "estimate",
    "panel",  "pool",   "save",     "resolve",    "score", "store",     "account"};

}  // namespace

TEST_F(CommandLine, OverridesGoOnRecordAndChangeTheCase) {
    const Value plain = json({"run", "evidence", good, "--json"});
    EXPECT_EQ(plain.find("overrides"), nullptr);
    const Value changed =
        json({"run", "evidence", good, "--json", "--set", "no_deal.port=40", "--set",
              "rent.high.port={low: 30, best: 40, high: 45}", "--set", "no_deal.port=42..44"});
    EXPECT_EQ(*changed.find("overrides"),
              Value(Value::Map{{"/preferences/port/points/rent/high", Value("{low: 30, best: 40, high: 45}")},
                               {"/preferences/port/no_deal", Value("42..44")}}));
    EXPECT_NE(select(plain, "case_hash"), select(changed, "case_hash"));
    EXPECT_EQ(json({"check", good, "--json", "--set", "no_deal.port=40"})
                  .find("cases")
                  ->get<Value::List>()
                  ->at(0)
                  .find("ok")
                  ->get<bool>()[0],
              true);
    const Outcome canonical = test::steelyard({"check", good, "--canonical", "--set", "no_deal.port=41"});
    EXPECT_THAT(canonical.out, HasSubstr("no_deal: 41"));
    EXPECT_EQ(select(json({"run", "evidence", good, "--json", "--set", "no_deal.port=41"}), "case_hash"),
              Value(sha256(canonical.out)))
        << "the hash is that of the canonical text";
}

TEST_F(CommandLine, RequestsMayHoldTheCaseAndOverrides) {
    test::Start start;
    start.input = to_json(Value(Value::Map{
        {"analysis", Value("evidence")},
        {"case", from_json(test::steelyard({"check", good, "--canonical", "--json"}).out)},
        {"overrides", Value(Value::Map{{"no_deal.port", Value(40.5)}})},
        {"seed", Value(std::int64_t{9})},
    }));
    const Value run = json({"run", "--json", "-"}, start);
    EXPECT_EQ(select(run, "seed"), Value(std::int64_t{9}));
    EXPECT_EQ(*run.find("overrides"), Value(Value::Map{{"/preferences/port/no_deal", Value("40.5")}}));
    start.input = R"({"analysis": "evidence", "case": "-"})";
    EXPECT_EQ(test::steelyard({"run", "-"}, start).exit_code, 2);
    start.input = R"({"analysis": "evidence", "case": )";
    EXPECT_EQ(test::steelyard({"run", "-"}, start).exit_code, 2);
    start.input = R"({"analysis": "evidence", "cse": "x"})";
    EXPECT_THAT(test::steelyard({"run", "-"}, start).err, HasSubstr("did you mean 'case'"));
}

TEST_F(CommandLine, ColoursOnlyWhereTheyAreWanted) {
    test::Start terminal;
    terminal.terminal = true;
    EXPECT_THAT(test::steelyard({"check", good}, terminal).out, HasSubstr("\033["));
    EXPECT_THAT(test::steelyard({"check", good}).out, Not(HasSubstr("\033[")));
    EXPECT_THAT(test::steelyard({"check", good, "--color", "always"}).out, HasSubstr("\033["));
    EXPECT_THAT(test::steelyard({"check", good, "--color=never"}, terminal).out, Not(HasSubstr("\033[")));
    EXPECT_EQ(test::steelyard({"check", good, "--color", "blue"}).exit_code, 2);
    terminal.environment = {"NO_COLOR=1"};
    EXPECT_THAT(test::steelyard({"check", good}, terminal).out, Not(HasSubstr("\033[")));
    terminal.environment = {"NO_COLOR="};
    EXPECT_THAT(test::steelyard({"check", good}, terminal).out, HasSubstr("\033["));
    terminal.environment = {"TERM=dumb"};
    EXPECT_THAT(test::steelyard({"check", good}, terminal).out, Not(HasSubstr("\033[")));
}

TEST_F(CommandLine, ColumnsAreAlignedOnATerminalAndTabbedElsewhere) {
    EXPECT_THAT(test::steelyard({"analyses"}).out, HasSubstr("analysis\tquestion\tstatus\tneeds\n"));
    test::Start terminal;
    terminal.terminal = true;
    terminal.environment = {"NO_COLOR=1"};
    const Outcome shown = test::steelyard({"analyses"}, terminal);
    EXPECT_THAT(shown.out, Not(HasSubstr("\t")));
    std::istringstream lines(shown.out);
    for (std::string line; std::getline(lines, line);)
        EXPECT_LE(line.size(), 104U) << line;
}

TEST_F(CommandLine, FlagsMayStandAnywhereAndInEitherForm) {
    const std::string expected =
        test::steelyard({"run", "frontier", good, "--json", "--rational", "--among", "acceptable"}).out;
    const std::vector<std::vector<std::string>> same{
        {"run", "frontier", "--rational", "--json", "--among=acceptable", good},
        {"run", "--json", "--seed", "1", "frontier", good, "--rational=yes", "--among", "acceptable"},
        {"run", "frontier", "--no-rational", "--json", "--among", "acceptable", "--rational", "--", good},
    };
    EXPECT_EQ(select(from_json(expected), "options.rational"), Value(true));
    for (std::size_t i = 0; i + 1 < same.size(); ++i)
        EXPECT_EQ(test::steelyard(same[i]).out, expected) << i;
    EXPECT_EQ(test::steelyard(same[2]).exit_code, 4) << "an option with one value is given once";
    EXPECT_EQ(test::steelyard({"run", "--rational", "frontier", good}).exit_code, 2)
        << "options of an analysis stand behind its name";
    EXPECT_EQ(test::steelyard({"run", "frontier", good, "--json=no"}).exit_code, 2);
    EXPECT_EQ(test::steelyard({"run", "frontier", good, "--among"}).exit_code, 2);
    EXPECT_EQ(test::steelyard({"run", "frontier", good, "-j"}).exit_code, 2);

    const Value listed =
        json({"run", "solutions", good, "--json", "--concepts", "nash,egalitarian", "--concepts", "leximin"});
    EXPECT_EQ(select(listed, "options.concepts.#"), Value(std::int64_t{3}));
    const Value mapped = json({"run", "score", good, "--json", "--deal", "rent=high", "--deal", "jobs=some"});
    EXPECT_EQ(select(mapped, "options.deal.jobs"), Value("some"));
    EXPECT_THAT(test::steelyard({"run", "solutions", good, "--concepts", "nahs"}).err,
                HasSubstr("did you mean 'nash'"));
}

TEST_F(CommandLine, CheckSpeaksOfEveryCase) {
    const std::string bad = scratch.file(
        "bad.yaml", "steelyard: 1\ncase: b\nactors: {a: {nmae: A}}\nissues: {i: {optoins: [p]}}\n");
    const Outcome outcome = test::steelyard({"check", bad, good});
    EXPECT_EQ(outcome.exit_code, 3);
    EXPECT_THAT(outcome.out, HasSubstr(bad + ":3:"));
    EXPECT_THAT(outcome.out, HasSubstr(bad + ":4:"));
    EXPECT_THAT(outcome.out, HasSubstr("did you mean 'options'"));
    EXPECT_THAT(outcome.out, HasSubstr(good + ": ok, 2 actors, 2 issues"));
    const Outcome derived = test::steelyard({"check", good, "--derived"});
    EXPECT_THAT(derived.out, HasSubstr("position"));
}

TEST_F(CommandLine, CanonicalTextReadsBackAsTheSameCase) {
    const Outcome once = test::steelyard({"check", "--canonical", good});
    const Outcome twice = test::steelyard({"check", "--canonical", scratch.file("again.yaml", once.out)});
    EXPECT_EQ(once.out, twice.out);
    test::Start start;
    start.input = test::steelyard({"check", "--canonical", "--json", good}).out;
    EXPECT_EQ(test::steelyard({"check", "--canonical", "-"}, start).out, once.out);
}

TEST_F(CommandLine, CiteGivesWhatEvidenceAccepts) {
    const std::string article = scratch.file("gazette.txt", small_source());
    const Outcome cited = test::steelyard({"cite", good, article, "--find", "a\nletter"});
    EXPECT_EQ(cited.exit_code, 0) << cited.err;
    const std::size_t at = cited.out.find("at: {");
    ASSERT_NE(at, std::string::npos);
    const std::string line = cited.out.substr(at, cited.out.find('\n', at) - at);
    std::string text = small_case();
    text += "  letter: {text: The port wrote, kind: fact, source: gazette, " + line + "}\n";
    const Outcome checked =
        test::steelyard({"evidence", scratch.file("more.yaml", text), "--sources", scratch.folder()});
    EXPECT_EQ(checked.exit_code, 0) << checked.out << checked.err;
    EXPECT_THAT(checked.out, HasSubstr("2 verified, 0 orphaned"));

    std::string wrong = text;
    wrong.replace(wrong.find("start: 15, end: 23"), 18, "start: 14, end: 22");
    const Outcome planted =
        test::steelyard({"evidence", scratch.file("wrong.yaml", wrong), "--sources", scratch.folder()});
    EXPECT_EQ(planted.exit_code, 1);
    EXPECT_THAT(planted.out, HasSubstr("orphan letter"));
}

TEST_F(CommandLine, EvidenceFindsTextsByHashBeforeName) {
    const std::string hash = sha256(small_source());
    std::string text = small_case();
    text.replace(text.find("title: The Harbour Gazette"), 26, "title: The Harbour Gazette, sha256: " + hash);
    const std::string path = scratch.file("hashed.yaml", text);
    (void)scratch.file("gazette.txt", "something else");
    (void)scratch.file("scan-17.text", small_source());
    const Outcome outcome = test::steelyard({"evidence", path, "--sources", scratch.folder()});
    EXPECT_EQ(outcome.exit_code, 0) << outcome.out;
    EXPECT_THAT(outcome.out, HasSubstr("scan-17.text, by its SHA-256"));
}

TEST_F(CommandLine, TheFirstCaseIsVerifiedAgainstItsSource) {
    STEELYARD_REFERENCE_OR_SKIP(data, "space");
    const std::string sources = data.parent_path().parent_path() / "sources";
    if (!std::filesystem::exists(sources + "/svpressa-belarus-us.txt"))
        GTEST_SKIP() << "the article is not on this machine";
    const Outcome outcome =
        test::steelyard({"evidence", "cases/belarus-us/2025-major-agreement.yaml", "--sources", sources});
    EXPECT_EQ(outcome.exit_code, 0) << outcome.out << outcome.err;
    EXPECT_THAT(
        outcome.out,
        HasSubstr(" 0 orphaned, 0 without hash or quote, 0 without the source's text, 0 without a place"));
}

TEST_F(CommandLine, EveryCommandTeaches) {
    const std::string all = test::steelyard({"--help"}).out;
    for (const std::string& command : kCommands) {
        EXPECT_THAT(all, HasSubstr("\n  " + command)) << command;
        const Outcome help = test::steelyard({command, "--help"});
        EXPECT_EQ(help.exit_code, 0);
        EXPECT_THAT(help.out, HasSubstr("Usage\n  steelyard " + command));
        EXPECT_THAT(help.out, HasSubstr("Examples\n  steelyard " + command)) << "help shows an example";
        EXPECT_EQ(help.out, test::steelyard({"help", command}).out);
        EXPECT_EQ(test::steelyard({command, "-h"}).out, help.out);
    }
    EXPECT_EQ(test::steelyard({"--version"}).out, "steelyard " + std::string(version()) + "\n");
    EXPECT_THAT(test::steelyard({"run", "evidence", "--help"}).out, HasSubstr("--stale-after N"));
}

TEST_F(CommandLine, NoOptionOfAnAnalysisHidesAFlagOfRun) {
    for (const Analysis& analysis : analyses()) {
        for (const FieldShape& option : analysis.options()) {
            for (const char* taken : {"set", "seed", "budget", "memory", "json", "color", "help"})
                EXPECT_NE(option.name, taken) << analysis.name;
            EXPECT_FALSE(option.name.starts_with("no_")) << analysis.name << ": --no- takes a flag back";
        }
    }
}

TEST_F(CommandLine, ReferencePagesAreFresh) {
    for (const std::string page : {"analyses", "case-format", "commands", "exit-codes"}) {
        const Outcome outcome = test::steelyard({"reference", page});
        ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
        EXPECT_TRUE(test::matches_golden("../../docs/reference/" + page + ".md", outcome.out));
    }
}

TEST_F(CommandLine, ManPageIsWellFormed) {
    const std::string page = scratch.file("steelyard.1", test::steelyard({"man"}).out);
    for (const std::string& command : kCommands)
        EXPECT_NE(test::file_text(page).find(".SS " + command), std::string::npos) << command;
    if (test::run_program({"sh", "-c", "command -v groff"}).exit_code != 0)
        GTEST_SKIP() << "groff is not on this machine";
    const Outcome outcome = test::run_program({"groff", "-man", "-Tutf8", "-ww", page});
    EXPECT_EQ(outcome.exit_code, 0);
    EXPECT_THAT(outcome.err, testing::IsEmpty());
}

TEST_F(CommandLine, BashCompletes) {
    const std::string script = scratch.file("completion", test::steelyard({"completion", "bash"}).out);
    const auto complete = [&](const std::string& words) {
        return test::run_program(
                   {"bash", "-c",
                    "source " + script + "; COMP_WORDS=(" + words +
                        "); COMP_CWORD=$((${#COMP_WORDS[@]}-1)); _steelyard; echo \"${COMPREPLY[*]}\""})
            .out;
    };
    EXPECT_EQ(complete("steelyard ev"), "evidence\n");
    EXPECT_EQ(complete("steelyard run ci"), "cite\n");
    EXPECT_EQ(complete("steelyard run evidence case.yaml --sta"), "--stale-after\n");
    EXPECT_EQ(complete("steelyard check a.yaml --ca"), "--canonical\n");
    EXPECT_EQ(complete("steelyard check --color al"), "always\n");
    EXPECT_EQ(complete("steelyard schema ca"), "case\n");
    EXPECT_EQ(complete("steelyard completion z"), "zsh\n");
    EXPECT_EQ(complete("steelyard check ca"), "\n") << "files are the shell's to complete";
}

TEST_F(CommandLine, OtherShellsAcceptTheirScripts) {
    int tried = 0;
    for (const std::string shell : {"zsh", "fish"}) {
        const Outcome script = test::steelyard({"completion", shell});
        for (const std::string& command : kCommands)
            EXPECT_NE(script.out.find(command), std::string::npos) << command;
        if (test::run_program({"sh", "-c", "command -v " + shell}).exit_code != 0)
            continue;
        ++tried;
        const Outcome syntax = test::run_program({shell, "-n", scratch.file("script." + shell, script.out)});
        EXPECT_EQ(syntax.exit_code, 0) << syntax.err;
    }
    if (tried == 0)
        GTEST_SKIP() << "neither zsh nor fish is on this machine";
}
