// SPDX-License-Identifier: Apache-2.0
// Every mistake an analyst makes gets a message with its place, what was found and what to write instead.
// The lines of `small_case` are 1 to 8, so what is added begins on line 9.
#include "steelyard/format/case_file.hpp"
#include "support/precompiled.hpp"
#include "unit/format/support.hpp"

namespace steelyard {
namespace {

using test::problems_of;
using test::small_case;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

struct Mistake {
    const char* name;
    const char* added;    ///< to the small case
    const char* message;  ///< the whole of the only problem
};

void PrintTo(const Mistake& mistake, std::ostream* out) {
    *out << mistake.name;
}

class Mistakes : public testing::TestWithParam<Mistake> {};

TEST_P(Mistakes, GetOneHelpfulMessage) {
    EXPECT_THAT(problems_of(small_case(GetParam().added)), ElementsAre(GetParam().message));
}

std::string mistake_name(const testing::TestParamInfo<Mistake>& info) {
    return info.param.name;
}

INSTANTIATE_TEST_SUITE_P(
    OfAnalysts, Mistakes,
    testing::Values(
        Mistake{
            "OptionOfAnotherIssue", "rules:\n  - {forbid: {rent: all_kept}}\n",
            "10:21: this is an option of issue 'jobs', not of 'rent'; found 'all_kept'; allowed: low, high"},
        Mistake{"DecimalComma", "preferences:\n  us:\n    no_deal: 3,5\n    points: {}\n",
                "11:14: a decimal comma; found '3,5'; allowed: 3.5"},
        Mistake{
            "DecimalCommaBetweenBrackets", "preferences:\n  us: {no_deal: 3,5, points: {}}\n",
            "10:19: a decimal comma? Between brackets a comma ends the number; found '3,5'; allowed: 3.5"},
        Mistake{
            "DecimalCommaInASheet", "preferences:\n  us: {points: {rent: {low: 1,25, high: 2}}}\n",
            "10:31: a decimal comma? Between brackets a comma ends the number; found '1,25'; allowed: 1.25"},
        Mistake{"DecimalCommaOrThousands", "preferences:\n  us:\n    no_deal: 1,500\n    points: {}\n",
                "11:14: a decimal comma; found '1,500'; allowed: 1.500; or 1500, if thousands are meant"},
        Mistake{
            "ThousandsSeparator", "preferences:\n  us: {no_deal: \"1,000,000\", points: {}}\n",
            "10:17: a number is written without thousands separators; found '1,000,000'; allowed: 1000000"},
        Mistake{"WordForANumber", "preferences:\n  us: {no_deal: no, points: {}}\n",
                "10:17: a number is due, and 'no' is a word; found 'no'; allowed: 0, if nothing is meant"},
        Mistake{"NumberWithUnit", "preferences:\n  us: {no_deal: 70 EUR, points: {}}\n",
                "10:17: a number stands without a unit; found '70 EUR'; allowed: 70"},
        Mistake{"NumberWithPercent", "preferences:\n  us: {no_deal: 70%, points: {}}\n",
                "10:17: a number stands without a unit; found '70%'; allowed: 70"},
        Mistake{"NumberBehindUnit", "preferences:\n  us: {no_deal: $70, points: {}}\n",
                "10:17: a number stands without a unit; found '$70'; allowed: 70"},
        Mistake{"RangeWithDash", "preferences:\n  us: {no_deal: 70-80, points: {}}\n",
                "10:17: a range is written with two dots; found '70-80'; allowed: 70..80"},
        Mistake{"RangeWithThreeDots", "preferences:\n  us: {no_deal: 70...80, points: {}}\n",
                "10:17: a range is written with two dots; found '70...80'; allowed: 70..80"},
        Mistake{"Infinity", "preferences:\n  us: {no_deal: .inf, points: {}}\n",
                "10:17: a number has to be finite; found '.inf'; allowed: a number: 70, -3.5, 1/3, 55..85, "
                "{low: 55, "
                "best: 70, high: 85} or {value: 70, spread: 10}"},
        Mistake{"TooLarge", "preferences:\n  us: {no_deal: 1e999, points: {}}\n",
                "10:17: the number has too many digits, or leaves the range that stays exact; found '1e999'; "
                "allowed: "
                "at most 18 significant digits, between -9.2e18 and 9.2e18"},
        Mistake{"NoNumber", "preferences:\n  us:\n    no_deal:\n    points: {}\n",
                "11:13: a number is due; allowed: a number: 70, -3.5, 1/3, 55..85, {low: 55, best: 70, high: "
                "85} or "
                "{value: 70, spread: 10}"},
        Mistake{"MissingOption", "preferences:\n  us: {points: {rent: {low: 1}}}\n",
                "10:23: the sheet leaves out options of issue 'rent': high; allowed: a number for every "
                "option; 0 "
                "where it is worth nothing"},
        Mistake{
            "MisspeltOption", "preferences:\n  us: {points: {rent: {low: 1, hgh: 2}}}\n",
            "10:32: unknown option of issue 'rent'; found 'hgh'; allowed: low, high; did you mean 'high'?"},
        Mistake{"SameKeyTwice", "preferences:\n  us:\n    no_deal: 1\n    no_deal: 2\n    points: {}\n",
                "12:5: the same key twice; it stands on line 11 already; found 'no_deal'; allowed: each key "
                "once"},
        Mistake{"Tab", "preferences:\n\tus: {points: {}}\n",
                "10:1: a tab in the indentation; found '\\t'; allowed: spaces"},
        Mistake{"PositionOutsideTheScale",
                "preferences:\n  us: {positions: {rent: {position: 120, salience: 3}}}\n",
                "10:37: the number leaves its range; found '120'; allowed: 0 to 100"},
        Mistake{"NegativeSalience", "preferences:\n  us: {positions: {rent: {position: 20, salience: -3}}}\n",
                "10:51: the number leaves its range; found '-3'; allowed: 0 to 100"},
        Mistake{"NegativeWeight",
                "preferences:\n  us: {weights: {rent: -5}, values: {rent: {low: 0, high: 100}}}\n",
                "10:24: the number leaves its range; found '-5'; allowed: 0 or more"},
        Mistake{"LowAboveBest", "preferences:\n  us: {no_deal: {low: 50, best: 40, high: 60}, points: {}}\n",
                "10:17: low is above best"},
        Mistake{"HalfAnEstimate", "preferences:\n  us: {no_deal: {low: 50, high: 60}, points: {}}\n",
                "10:17: an estimate needs low, best and high; allowed: {low: 55, best: 70, high: 85}; or a "
                "range, "
                "55..85"},
        Mistake{
            "TwoNumbersInOne", "preferences:\n  us: {no_deal: {value: 50, low: 40}, points: {}}\n",
            "10:17: a number is stated in one way only; allowed: value and spread; or low, best, high and "
            "confidence; or one distribution"},
        Mistake{"WrongParameters", "preferences:\n  us: {no_deal: {normal: [70, 8, 1]}, points: {}}\n",
                "10:26: 2 numbers are due; found 'a list of 3'; allowed: [mean, deviation]"},
        Mistake{"ProbabilitiesThatDoNotSum",
                "preferences:\n  us: {no_deal: {discrete: [[1, 0.5], [2, 0.4]]}, points: {}}\n",
                "10:17: the probabilities sum to 0.9, not 1"},
        Mistake{"NoPreferencesAtATable",
                "preferences:\n  us: {points: {}}\ntables:\n  main: {actors: [us, them], issues: [rent]}\n",
                "12:23: an actor at a table needs preferences; found 'them'; allowed: add preferences.them, "
                "or take it "
                "off the table"},
        Mistake{"UnknownActor", "preferences:\n  tem: {points: {}}\n",
                "10:3: unknown actor; found 'tem'; allowed: us, them; did you mean 'them'?"},
        Mistake{"UnknownClaim", "bundles:\n  - {when: {rent: low}, points: {us: 5}, because: [c1]}\n",
                "10:52: unknown claim; found 'c1'; allowed: the case declares none"},
        Mistake{"MisspeltKey", "preferences:\n  us: {pionts: {}}\n",
                "10:8: unknown key; found 'pionts'; allowed: no_deal, points, weights, values, positions, "
                "basis; did "
                "you mean 'points'?"},
        Mistake{"MissingKey", "tables:\n  main: {actors: []}\n", "10:9: the key 'issues' is missing"},
        Mistake{
            "TwoForms", "preferences:\n  us: {points: {}, positions: {}}\n",
            "10:7: an actor's preferences have one form only; allowed: points, or weights with values, or "
            "positions"},
        Mistake{"WeightsWithoutValues", "preferences:\n  us: {weights: {}}\n",
                "10:7: weights need values; allowed: both: points = weight x value / 100"},
        Mistake{"RuleWithoutThen", "rules:\n  - if: {rent: low}\n",
                "10:5: a rule with if needs then; allowed: {if: {issue: option}, then: {issue: option}}"},
        Mistake{
            "UpperCaseId", "tables:\n  Main Table: {actors: [], issues: []}\n",
            "10:3: this cannot be an id; found 'Main Table'; allowed: a lower-case letter, then letters a-z, "
            "digits, _ or -; at most 64; did you mean 'main_table'?"},
        Mistake{"ReservedId", "tables:\n  none: {actors: [], issues: []}\n",
                "10:3: an id may not be a word with a meaning of its own; found 'none'; allowed: any other "
                "word than "
                "and, or, not, if, iff, none, all"},
        Mistake{"SameIdTwice",
                "obligations:\n  - {id: a, by: us, to: them, broken_when: {rent: low}}\n  - {id: a, by: us, "
                "to: them, "
                "broken_when: {rent: low}}\n",
                "11:5: the same id twice; found 'a'; allowed: each id once"},
        Mistake{"NamedTwice",
                "preferences: {us: {points: {}}}\ntables:\n  main: {actors: [us, us], issues: []}\n",
                "11:23: named twice in one list; found 'us'; allowed: each name once"},
        Mistake{"EmptyCombination", "rules: [{forbid: {}}]\n",
                "9:18: a combination names at least one issue; allowed: {issue: option}"},
        Mistake{
            "MapForList", "bundles: {a: 1}\n",
            "9:10: this is written as a list; found 'a map of 1'; allowed: [a, b], or a line '- a' for each"},
        Mistake{"ListForMap", "preferences: [us]\n",
                "9:14: this is written as names with their values; found 'a list of 1'; allowed: key: value"},
        Mistake{"ListForText", "about: [a, b]\n",
                "9:8: a text is due; found 'a list of 2'; allowed: one text; in quotes if it has brackets"},
        Mistake{"Acceptance", "tables:\n  main: {actors: [], issues: [], accept: unanimty}\n",
                "10:42: not a way to accept; found 'unanimty'; allowed: unanimity, or {all_of: [actors], "
                "at_least: 2}; "
                "did you mean 'unanimity'?"},
        Mistake{"WrongWord", "claims:\n  a: {text: x, kind: facts}\n",
                "10:22: not one of the words that may stand here; found 'facts'; allowed: fact, assumption, "
                "judgement, "
                "estimate; did you mean 'fact'?"},
        Mistake{"Reliability", "sources: {a: {reliability: b}}\n",
                "9:28: reliability is a letter; found 'b'; allowed: A, B, C, D, E or F"},
        Mistake{"NotAWholeNumber", "claims:\n  a: {text: x, kind: fact, credibility: 1.5}\n",
                "10:41: a whole number is due; found '1.5'; allowed: 0, 1, 2, ..."},
        Mistake{"YesOrNo",
                "obligations: [{id: a, by: us, to: them, broken_when: {rent: low}, hard: maybe}]\n",
                "9:73: yes or no is due; found 'maybe'; allowed: yes, no, true, false"},
        Mistake{"QuestionWithoutKind", "questions: [{ask: Why?}]\n",
                "9:13: a question needs to say what kind of answer it wants; allowed: kind, or parts"},
        Mistake{"ConflictOption", "conflict: {options: {strike: {by: us}}, infeasible: [not strik]}\n",
                "9:58: unknown conflict option 'strik'; there are: strike; did you mean 'strike'?; found "
                "'not strik'; "
                "allowed: option ids and issue.option, joined by not, and, or, if, iff and parentheses"},
        Mistake{"OpenParenthesis", "conflict: {options: {strike: {by: us}}, infeasible: [\"(strike\"]}\n",
                "9:62: expected ')'; found '(strike'; allowed: option ids and issue.option, joined by not, "
                "and, or, "
                "if, iff and parentheses"},
        Mistake{"StateOfNothing",
                "conflict: {options: {strike: {by: us}}, preferences: {us: {ranking: [strike+go]}}}\n",
                "9:70: unknown conflict option; found 'go'; allowed: strike"},
        Mistake{"PlaceOutsideTheScale", "outcome: {rent: 120}\n",
                "9:17: a place lies outside the scale; found '120'; allowed: 0 to 100"}),
    mistake_name);

INSTANTIATE_TEST_SUITE_P(
    OfTyping, Mistakes,
    testing::Values(
        Mistake{"ColonInAText", "about: Note: this\n",
                "9:12: a colon where none can stand; found ':'; allowed: put a text that contains ': ' in "
                "quotes, or "
                "mend the indentation"},
        Mistake{"CommaInAText",
                "rules:\n  - {forbid: {rent: low}, why: \"Yes\"}\n  - {forbid: {rent: low}, why: Because, "
                "you know}\n",
                "11:41: a comma in a text? Between brackets a comma ends the text; found 'you know'; "
                "allowed: put the "
                "whole text in quotes"},
        Mistake{"OpenQuote", "about: \"abc\n",
                "9:8: a quoted text has no closing quote; allowed: the same quote at its end"},
        Mistake{"OpenBracket", "rules: [{forbid: {rent: low}}\nevents: []\n",
                "10:1: a ',' or the closing ']' is missing; this part began on line 9; found 'e'; allowed: "
                "[a, b]"},
        Mistake{"Indentation", "preferences:\n  us:\n    points: {}\n   no_deal: 1\n",
                "12:4: the line does not fit the lines above it; this part began on line 10; found 'n'; "
                "allowed: the "
                "same indentation as its neighbours, or quotes around a text"},
        Mistake{"AtSign", "about: @home\n",
                "9:8: a text may not begin with this character; found '@'; allowed: put the text in quotes"},
        Mistake{"Anchor", "bundles: &all []\n",
                "9:10: anchors are not allowed; found '&all'; allowed: write the value out; put a text that "
                "begins "
                "with '&' in quotes"},
        Mistake{"Tag", "about: !!str text\n",
                "9:8: tags are not allowed; found '!!str'; allowed: leave it out: the key decides the type; "
                "put a text "
                "that begins with '!' in quotes"},
        Mistake{"SecondDocument", "---\ncase: b\n",
                "9:1: a second document; found '---'; allowed: one case in a file"},
        Mistake{"ListAsKey", "? [a]\n: b\n",
                "9:3: this cannot be a key; allowed: a name of one line, at most 128 bytes"},
        Mistake{"NotUtf8", "about: caf\xE9\n",
                "9:11: a byte that is not UTF-8; found '0xe9'; allowed: save the file as UTF-8"},
        Mistake{"ControlCharacter", "about: a\x01z\n",
                "9:9: a character that cannot be printed; found '0x1'; allowed: leave it out, or \"\\x..\" "
                "in quotes"},
        Mistake{"Nul", "about: \"a\\0z\"\n",
                "9:8: a text contains the character NUL; found '\\0'; allowed: leave it out"}),
    mistake_name);

TEST(ReaderErrors, ACycleOfSupersededClaimsNamesEveryMember) {
    EXPECT_THAT(problems_of(small_case("claims:\n"
                                       "  a: {text: x, kind: fact, superseded_by: b}\n"
                                       "  b: {text: x, kind: fact, superseded_by: a}\n")),
                ElementsAre("10:43: the claims supersede each other in a circle; found 'b'",
                            "11:43: the claims supersede each other in a circle; found 'a'"));
}

TEST(ReaderErrors, ANewerFormatSaysOnlyThat) {
    EXPECT_THAT(
        problems_of("steelyard: 2\nwhatever: 1\n"),
        ElementsAre("1:12: the case was written for a newer Steelyard (format 2); allowed: format 1; update "
                    "Steelyard to read it"));
    EXPECT_THAT(problems_of("steelyard: 0\ncase: a\nactors: {a: {}}\nissues: {b: {options: [x]}}\n"),
                ElementsAre("1:12: no format of that version; found '0'; allowed: 1"));
}

TEST(ReaderErrors, WhatIsNotACaseAtAll) {
    EXPECT_THAT(problems_of(""), ElementsAre(HasSubstr("1:1: the file is empty")));
    EXPECT_THAT(problems_of("# only a comment\n"), ElementsAre(HasSubstr("the file is empty")));
    EXPECT_THAT(problems_of("hello\n"),
                ElementsAre(HasSubstr("a case is written as names with their values")));
    EXPECT_THAT(problems_of("- a\n"), ElementsAre(HasSubstr("a case is written as names with their values")));
    EXPECT_THAT(problems_of("\xFF\xFEs\0"), ElementsAre(HasSubstr("the file is UTF-16")));
    EXPECT_THAT(problems_of("steelyard: 1\n"),
                ElementsAre(HasSubstr("the key 'case' is missing"), HasSubstr("the key 'actors' is missing"),
                            HasSubstr("the key 'issues' is missing")));
}

TEST(ReaderErrors, AllProblemsAreReportedAtOnceInFileOrder) {
    EXPECT_THAT(
        problems_of(small_case("prefrences: {}\n"
                               "rules:\n"
                               "  - {forbid: {rnt: low}}\n"
                               "preferences:\n"
                               "  us: {no_deal: no, positions: {jobs: {position: 120, salience: 3}}}\n"
                               "  them: {points: {rent: {low: 1}}}\n")),
        ElementsAre(HasSubstr("9:1: unknown key; found 'prefrences'"),
                    HasSubstr("11:15: unknown issue; found 'rnt'"), HasSubstr("13:17: a number is due"),
                    HasSubstr("13:50: the number leaves its range"),
                    HasSubstr("14:25: the sheet leaves out options")));
}

TEST(ReaderErrors, BrokenSyntaxDoesNotHideWhatStandsBeforeIt) {
    EXPECT_THAT(problems_of(small_case("preferences:\n"
                                       "  us: {no_deal: no, points: {rent: {low: 3,5, high: 2}}}\n"
                                       "claims: {c1: {text: x, kind: fakt}}\n"
                                       "about: Note: this\n"
                                       "unread: 1\n")),
                ElementsAre(HasSubstr("10:17: a number is due"), HasSubstr("10:44: a decimal comma?"),
                            HasSubstr("11:30: not one of the words"),
                            HasSubstr("12:12: a colon where none can stand")));
}

TEST(ReaderErrors, BrokenSyntaxDoesNotMakeUpProblems) {
    // What is missing, or not yet declared, may stand behind the place where the text breaks off.
    EXPECT_THAT(problems_of("steelyard: 1\n"
                            "rules: [{forbid: {rent: low}}]\n"
                            "conflict: {options: {a: {by: us}}, infeasible: [a and rent.low]}\n"
                            "issues:\n"
                            "  rent: {options: {low: 0}, about: @}\n"),
                ElementsAre(HasSubstr("5:36: a text may not begin with this character")));
}

TEST(ReaderErrors, BytesThatAreNotTextDoNotHideOtherProblems) {
    EXPECT_THAT(problems_of(small_case("about: caf\xE9\nbundels: []\n")),
                ElementsAre(HasSubstr("9:11: a byte that is not UTF-8"), HasSubstr("10:1: unknown key")));
}

TEST(ReaderErrors, CarryFileAndPointer) {
    try {
        read_case(small_case("preferences:\n  us: {no_deal: no, points: {}}\n"), "cases/a.yaml");
        FAIL();
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::invalid_case);
        ASSERT_EQ(error.problems().size(), 1U);
        EXPECT_EQ(error.problems()[0].place, (Place{"cases/a.yaml", 10, 17, "/preferences/us/no_deal"}));
        EXPECT_THAT(error.what(), HasSubstr("cases/a.yaml:10:17: a number is due"));
    }
}

TEST(ReaderErrors, ColumnsCountCharacters) {
    EXPECT_THAT(problems_of(small_case(
                    "rules: [{why: \"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\", forbid: {rnt: low}}]\n")),
                ElementsAre(HasSubstr("9:31: unknown issue")));
}

}  // namespace
}  // namespace steelyard
