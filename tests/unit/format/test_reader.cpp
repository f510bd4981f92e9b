// SPDX-License-Identifier: Apache-2.0
// What a well-formed file means.
#include "steelyard/core/sha256.hpp"
#include "steelyard/format/case_file.hpp"
#include "steelyard/model/validate.hpp"
#include "support/precompiled.hpp"
#include "unit/format/support.hpp"

namespace steelyard {
namespace {

using test::small_case;
using testing::ElementsAre;
using testing::HasSubstr;

Case read(std::string_view added) {
    return read_case(small_case(added), "test.yaml").value;
}

TEST(Reader, NamesDefaultToIds) {
    const Case subject = read("tables: {main: {actors: [], issues: []}}\nsources: {paper: {}}\n");
    EXPECT_EQ(subject.title, "small");
    EXPECT_EQ(subject.actors[0].name, "We");
    EXPECT_EQ(subject.issues[0].name, "rent");
    EXPECT_EQ(subject.issues[0].options[1].name, "high");
    EXPECT_EQ(subject.tables[0].name, "main");
    EXPECT_EQ(subject.sources[0].title, "paper");
}

TEST(Reader, AListOfOptionsIsSpacedEvenly) {
    const Case subject = read_case(
                             "steelyard: 1\ncase: a\nactors: {us: {}}\nissues:\n"
                             "  one: {options: [x]}\n"
                             "  four: {options: [none, some, most, all], status_quo: none}\n"
                             "  placed: {options: {x: 10, y: {place: 1/3, name: Y, about: Why}}}\n",
                             "a.yaml")
                             .value;
    EXPECT_EQ(subject.issues[0].options[0].place, Rational(0));
    EXPECT_TRUE(subject.issues[1].evenly_spaced);
    EXPECT_EQ(subject.issues[1].options[1].place, Rational::fraction(100, 3));
    EXPECT_EQ(subject.issues[1].status_quo, OptionId(0));
    EXPECT_FALSE(subject.issues[2].evenly_spaced);
    EXPECT_EQ(subject.issues[2].options[1], (Option{"y", "Y", "Why", Rational::fraction(1, 3)}));
}

TEST(Reader, TheKeyDecidesTheType) {
    const Case subject = read("title: no\nas_of: 2026\nabout: 1e3\ncitation: null\n");
    EXPECT_EQ(subject.title, "no");
    EXPECT_EQ(subject.as_of, "2026");
    EXPECT_EQ(subject.about, "1e3");
    EXPECT_EQ(subject.citation, "null");
}

TEST(Reader, EveryFormOfNumber) {
    const std::vector<std::pair<std::string, Distribution>> forms = {
        {"70", Exact{70}},
        {"\"70\"", Exact{70}},
        {"-3.5", Exact{Rational::fraction(-7, 2)}},
        {"0.1", Exact{Rational::fraction(1, 10)}},
        {"1/3", Exact{Rational::fraction(1, 3)}},
        {"1e3", Exact{1000}},
        {"{value: 70}", Exact{70}},
        {"55..85", Uniform{55, 85}},
        {"-1..1/2", Uniform{-1, Rational::fraction(1, 2)}},
        {"{uniform: [55, 85]}", Uniform{55, 85}},
        {"{value: 70, spread: 10}", Spread{70, 10}},
        {"{low: 55, best: 70, high: 85}", Elicited{55, 70, 85, 1}},
        {"{low: 55, best: 70, high: 85, confidence: 0.8}", Elicited{55, 70, 85, Rational::fraction(4, 5)}},
        {"{normal: [70, 8]}", Normal{70, 8}},
        {"{triangular: [1, 2, 4]}", Triangular{1, 2, 4}},
        {"{beta: [2, 3, 0, 10]}", Beta{2, 3, 0, 10}},
        {"{lognormal: [0.5, 0.1]}", Lognormal{Rational::fraction(1, 2), Rational::fraction(1, 10)}},
        {"{discrete: [[1, 0.25], [2, 0.75]]}",
         Discrete{{{1, Rational::fraction(1, 4)}, {2, Rational::fraction(3, 4)}}}},
        {"\n      low: 1\n      best: 2\n      high: 3", Elicited{1, 2, 3, 1}},
    };
    for (const auto& [text, distribution] : forms) {
        const Case subject = read("preferences:\n  us:\n    points: {}\n    no_deal: " + text + "\n");
        EXPECT_EQ(subject.preferences[0].no_deal->distribution, distribution) << text;
        EXPECT_EQ(parse_number_text(text).distribution, distribution) << text;
    }
}

TEST(Reader, ANumberSaysWhatItRestsOn) {
    const Case subject = read(
        "claims: {c1: {text: x, kind: fact}, c2: {text: y, kind: fact}}\n"
        "preferences: {us: {points: {}, no_deal: {value: 5, because: [c2, c1], assumption: yes, why: "
        "So}}}\n");
    EXPECT_EQ(subject.preferences[0].no_deal->basis, (Basis{{ClaimId(1), ClaimId(0)}, true, "So"}));
}

TEST(Reader, EveryFormOfPreference) {
    const Case subject = read(
        "preferences:\n"
        "  them: {weights: {rent: 60}, values: {rent: {high: 0, low: 100}}}\n"
        "  us: {positions: {jobs: {position: 10, salience: 20}}}\n");
    EXPECT_EQ(subject.preferences[0].actor, ActorId(1));
    const auto& weighted = std::get<WeightedValues>(subject.preferences[0].form);
    EXPECT_EQ(weighted.weights[0]->best(), Rational(60));
    EXPECT_FALSE(weighted.weights[1]);
    EXPECT_EQ(weighted.values[0][0].best(), Rational(100));
    EXPECT_TRUE(weighted.values[1].empty());
    const auto& stances = std::get<Stances>(subject.preferences[1].form);
    EXPECT_FALSE(stances.stances[0]);
    EXPECT_EQ(stances.stances[1]->salience.best(), Rational(20));
}

TEST(Reader, SectionsMayStandInAnyOrder) {
    const Case subject = read_case(
                             "rules: [{if: {rent: [high]}, then: {rent: [low, high]}, because: [c]}]\n"
                             "claims: {c: {text: x, kind: fact, source: s}}\n"
                             "issues: {rent: {options: [low, high]}}\n"
                             "sources: {s: {}}\n"
                             "actors: {us: {}}\n"
                             "case: a\n"
                             "steelyard: 1\n",
                             "a.yaml")
                             .value;
    EXPECT_EQ(subject.rules[0].when.terms[0].second, std::vector{OptionId(1)});
    EXPECT_EQ(subject.rules[0].then->terms[0].second, (std::vector{OptionId(0), OptionId(1)}));
    EXPECT_EQ(subject.rules[0].because, std::vector{ClaimId(0)});
    EXPECT_EQ(subject.claims[0].source, SourceId(0));
}

TEST(Reader, Conflict) {
    const Case subject = read(
        "conflict:\n"
        "  options: {strike: {by: us}, leave: {by: them, direction: forward}}\n"
        "  infeasible: [strike and leave, {mutually_exclusive: [strike, leave]}, {requires: {strike: "
        "leave}}]\n"
        "  status_quo: {leave: yes}\n"
        "  deal: [{when: strike, then: {rent: high}}]\n"
        "  preferences: {us: [not leave, strike if not rent.high], them: {ranking: [none, [strike, "
        "strike+leave]]}}\n");
    const Conflict& conflict = *subject.conflict;
    EXPECT_EQ(conflict.moves[1].direction, Direction::forward);
    EXPECT_EQ(std::get<Expression>(conflict.infeasible[0]).text, "strike and leave");
    EXPECT_EQ(std::get<MutuallyExclusive>(conflict.infeasible[1]).moves.size(), 2U);
    EXPECT_EQ(std::get<Requires>(conflict.infeasible[2]).pairs[0].second, MoveId(1));
    EXPECT_EQ(conflict.status_quo, StateCode{2});
    EXPECT_EQ(conflict.deal[0].then[0].second, OptionId(1));
    EXPECT_EQ(std::get<Statements>(conflict.preferences[0].form).statements.size(), 2U);
    EXPECT_EQ(std::get<StateRanking>(conflict.preferences[1].form).ranks,
              (std::vector<std::vector<StateCode>>{{0}, {1, 3}}));
}

TEST(Reader, QuestionsOfOneAndOfSeveralParts) {
    const Case subject = read(
        "tables: {a: {actors: [], issues: []}, b: {actors: [], issues: []}}\n"
        "questions:\n"
        "  - {ask: One?, kind: can_offer, actor: us, to: them, table: b}\n"
        "  - {id: q2, ask: Two?, parts: [{kind: order, tables: [b, a]}, {kind: what_changes, conclusion: "
        "q2}]}\n");
    EXPECT_EQ(
        subject.questions[0].parts,
        (std::vector<QuestionPart>{{QuestionKind::can_offer, ActorId(0), ActorId(1), {TableId(1)}, ""}}));
    EXPECT_EQ(subject.questions[1].parts[0].tables, (std::vector{TableId(1), TableId(0)}));
    EXPECT_EQ(subject.questions[1].parts[1].conclusion, "q2");
}

TEST(Reader, KnownAnswersKeepTheirTypes) {
    const Case subject = read(
        "known: [{analysis: a, path: b, value: 0.721478, options: {exact: true, name: \"1\", n: 3, l: "
        "[x]}}]\n");
    EXPECT_EQ(subject.known[0].value, Value(Rational::fraction(360739, 500000)));
    EXPECT_EQ(subject.known[0].options, Value(Value::Map{{"exact", Value(true)},
                                                         {"name", Value("1")},
                                                         {"n", Value(std::int64_t{3})},
                                                         {"l", Value(Value::List{Value("x")})}}));
}

TEST(Reader, KeepsTheTextByteForByte) {
    const std::string text = "\xEF\xBB\xBF# note\r\n" + small_case("about: \"x\"   # why\n\n\n");
    EXPECT_EQ(read_case(text, "a.yaml").text, text);
}

TEST(Reader, AByteOrderMarkAndWindowsLinesDoNoHarm) {
    std::string windows = "\xEF\xBB\xBF";
    for (const char c : small_case("preferences:\n  us: {no_deal: 12, points: {}}\n"))
        windows += c == '\n' ? std::string("\r\n") : std::string(1, c);
    const CaseFile file = read_case(windows, "a.yaml");
    EXPECT_TRUE(file.value == read("preferences:\n  us: {no_deal: 12, points: {}}\n"));
    const SourceSpan& span = file.spans.at("/preferences/us/no_deal");
    EXPECT_EQ(span.line, 10U);
    EXPECT_EQ(span.column, 17U);
    EXPECT_EQ(windows.substr(span.begin, span.end - span.begin), "12");
}

TEST(Reader, JsonIsReadAsTheYamlItIs) {
    const std::string json =
        "{\n\t\"steelyard\": 1,\n\t\"case\": \"x\",\n\t\"title\": \"a\\/b \\u00e9 \\\"q\\\"\",\n"
        "\t\"actors\": {\"a\": {}},\n\t\"issues\": {\"i\": {\"options\": [\"x\"]}}\n}\n";
    const CaseFile file = read_case(json, "x.json");
    EXPECT_EQ(file.value.title, "a/b \xC3\xA9 \"q\"");
    EXPECT_EQ(file.spans.at("/actors").line, 5U);
}

TEST(Places, LeadFromPointersToLines) {
    const CaseFile file = read_case(small_case("preferences:\n"
                                               "  us:\n"
                                               "    points:  # a sheet\n"
                                               "      rent: {low: 1, high: 2}\n"
                                               "claims: {c: {text: x, kind: fact}}\n"),
                                    "a.yaml");
    EXPECT_EQ(file.place("/preferences/us/points/rent/high"),
              (Place{"a.yaml", 12, 28, "/preferences/us/points/rent/high"}));
    // A map that begins on the next line is shown at its key.
    EXPECT_EQ(file.place("/preferences/us/points").line, 11U);
    EXPECT_EQ(file.place("/preferences/us/points").column, 5U);
    // What is not there is shown at the closest part above it.
    EXPECT_EQ(file.place("/preferences/us/no_deal").line, 10U);
    EXPECT_EQ(file.place("/nowhere").line, 1U);
    EXPECT_EQ(file.place("/claims/c/text").column, 20U);
}

TEST(Places, NotesHaveThem) {
    const CaseFile file = read_case(small_case("preferences:\n  us:\n    no_deal: 0\n    weights: {rent: "
                                               "30}\n    values: {rent: {low: 0, high: 100}}\n"),
                                    "a.yaml");
    const auto found = notes(file.value);
    const auto note = std::ranges::find_if(
        found, [](const Problem& p) { return p.message.find("sum to 30") != std::string::npos; });
    ASSERT_NE(note, found.end());
    EXPECT_EQ(file.place(note->place.pointer).line, 12U);
}

// ---- numbers replaced ---------------------------------------------------------------------------

const char* const kSheet =
    "preferences:\n"
    "  us:   # we\n"
    "    no_deal: {low: 1, best: 2, high: 3}   # three-point\n"
    "    points: {rent: {low: 1.50, high: 20}} # the rent\n"
    "  them:\n"
    "    no_deal:\n"
    "      value: 4   # so they say\n"
    "      spread: 1\n"
    "\n"
    "    # their sheet\n"
    "    points: {rent: {low: 5, high: 0}, jobs: {none_kept: \xC3\xA9, all_kept: 1}}\n";

TEST(WithNumber, ChangesNothingButTheNumber) {
    std::string text = small_case(kSheet);
    text.replace(text.find("\xC3\xA9"), 2, "7");
    const CaseFile file = read_case(text, "a.yaml");
    const auto replaced = [&](std::string_view from, std::string_view to) {
        std::string copy = text;
        return copy.replace(copy.find(from), from.size(), to);
    };
    EXPECT_EQ(with_number(file, "rent.low.us", "2"), replaced("1.50", "2"));
    EXPECT_EQ(with_number(file, "rent.high.us", " 10..30 "), replaced("20", "10..30"));
    EXPECT_EQ(with_number(file, "no_deal.us", "9/2"), replaced("{low: 1, best: 2, high: 3}", "9/2"));
    EXPECT_EQ(with_number(file, "/preferences/them/points/jobs/none_kept", "{value: 3, spread: 1}"),
              replaced("7", "{value: 3, spread: 1}"));
    // A number over several lines goes as a whole; the comment line behind it stays.
    EXPECT_EQ(with_number(file, "no_deal.them", "6"),
              replaced("value: 4   # so they say\n      spread: 1", "6"));
}

TEST(WithNumber, MeansTheSameAsSettingTheNumber) {
    std::string text = small_case(kSheet);
    text.replace(text.find("\xC3\xA9"), 2, "7");
    const CaseFile file = read_case(text, "a.yaml");
    const Case changed = read_case(with_number(file, "rent.low.them", "1/3"), "a.yaml").value;
    EXPECT_EQ(std::get<PointSheet>(changed.preferences[1].form).points[0][0].best(),
              Rational::fraction(1, 3));
    Case same = changed;
    std::get<PointSheet>(same.preferences[1].form).points[0][0] = Number(5);
    EXPECT_TRUE(same == file.value);
}

TEST(WithBest, KeepsWhatElseIsSaidOfTheNumber) {
    std::string text = small_case(kSheet);
    text.replace(text.find("\xC3\xA9"), 2, "7");
    const CaseFile file = read_case(text, "a.yaml");
    const auto replaced = [&](std::string_view from, std::string_view to) {
        std::string copy = text;
        return copy.replace(copy.find(from), from.size(), to);
    };
    EXPECT_EQ(with_best(file, "no_deal.us", "5/2"), replaced("best: 2,", "best: 5/2,"));
    EXPECT_EQ(with_best(file, "no_deal.us", "4"), replaced("best: 2, high: 3", "best: 4, high: 4"));
    EXPECT_EQ(with_best(file, "no_deal.us", "0"), replaced("low: 1, best: 2", "low: 0, best: 0"));
    EXPECT_EQ(with_best(file, "no_deal.them", "6"), replaced("value: 4 ", "value: 6 "));
    // Where nothing else is said, or more than a figure is typed, the number goes as a whole.
    EXPECT_EQ(with_best(file, "rent.low.us", "2"), replaced("1.50", "2"));
    EXPECT_EQ(with_best(file, "no_deal.us", "1..9"), replaced("{low: 1, best: 2, high: 3}", "1..9"));
    EXPECT_THROW(with_best(file, "no_deal.us", "no"), Error);
}

TEST(WithNumber, RefusesWhatIsNotANumberOfOneLine) {
    std::string text = small_case(kSheet);
    text.replace(text.find("\xC3\xA9"), 2, "7");
    const CaseFile file = read_case(text, "a.yaml");
    for (const char* wrong : {"", "no", "1, 2", "1 # why", "1\n", "{low: 1", "3,5", "1}",
                              "{value: 1, spread: -1}", "&a 1", "1: 2", "- 1", "\"1\n\""}) {
        EXPECT_THROW(with_number(file, "rent.low.us", wrong), Error) << wrong;
    }
    EXPECT_THROW(with_number(file, "rent.medium.us", "1"), Error);
}

TEST(NumberText, SaysWhatIsWrong) {
    const auto message = [](const char* text) -> std::string {
        try {
            parse_number_text(text);
        } catch (const Error& error) {
            return error.what();
        }
        return {};
    };
    EXPECT_EQ(message("3,5"), "a decimal comma; found '3,5'; allowed: 3.5");
    EXPECT_THAT(message("12 %"), HasSubstr("a number stands without a unit"));
    EXPECT_THAT(message("{low: 3, best: 2, high: 5}"), HasSubstr("low is above best"));
    EXPECT_THAT(message("9..1"), HasSubstr("the low end is above the high end"));
    EXPECT_THAT(message("{value: 3, because: [c1]}"), HasSubstr("unknown claim"));
    EXPECT_THAT(message("{"), HasSubstr("is missing"));
    EXPECT_THAT(message(""), HasSubstr("a number is due"));
    EXPECT_THAT(message("[1, 2]"), HasSubstr("a number is due"));
}

}  // namespace
}  // namespace steelyard
