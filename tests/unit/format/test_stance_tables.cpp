// SPDX-License-Identifier: Apache-2.0
#include "steelyard/core/error.hpp"
#include "steelyard/format/case_file.hpp"
#include "steelyard/format/stance_tables.hpp"
#include "steelyard/model/validate.hpp"
#include "support/read_file.hpp"
#include "support/reference_data.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace steelyard {
namespace {

using test::read_file;

const Stance& stance(const Case& subject, std::size_t actor, std::size_t issue) {
    return *std::get<Stances>(subject.preferences.at(actor).form).stances.at(issue);
}

/// A case from another tool is a whole case: no defects, and its own file reads back as it.
void expect_whole(const Case& subject) {
    const auto problems = defects(subject);
    EXPECT_TRUE(problems.empty()) << to_text(problems.front());
    EXPECT_EQ(read_case(write_case(subject), "again.yaml").value, subject);
}

/// The lines that an error of the reader names.
template <class Reader>
std::vector<std::size_t> bad_lines(Reader reader, std::string_view text) {
    try {
        (void)reader(text, "table");
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::invalid_case);
        std::vector<std::size_t> lines;
        for (const Problem& problem : error.problems()) {
            EXPECT_EQ(problem.place.file, "table");
            lines.push_back(problem.place.line);
        }
        return lines;
    }
    ADD_FAILURE() << "the table was accepted";
    return {};
}

TEST(StanceCsv, ReadsSeveralIssuesWithGaps) {
    const ImportedCase imported = read_stance_csv(
        "Actor,Power,Rent,Rent salience,Jobs position,Jobs salience\n"
        "Port Authority,60,80,90,,\n"
        "Union,40,20,30,100,100\n",
        "harbour.csv");
    const Case& subject = imported.subject;
    expect_whole(subject);
    ASSERT_EQ(subject.actors.size(), 2U);
    EXPECT_EQ(subject.actors[0].id, "port_authority");
    EXPECT_EQ(subject.actors[0].name, "Port Authority");
    EXPECT_EQ(subject.actors[1].capability, Number(40));
    ASSERT_EQ(subject.issues.size(), 2U);
    EXPECT_EQ(subject.issues[1].name, "Jobs");
    EXPECT_EQ(stance(subject, 0, 0), (Stance{Number(80), Number(90)}));
    EXPECT_FALSE(std::get<Stances>(subject.preferences[0].form).stances[1].has_value());
    ASSERT_EQ(subject.issues[0].options.size(), 2U);
    EXPECT_EQ(subject.issues[0].options[0].id, "at-20");
}

TEST(StanceCsv, StretchesAScaleOfItsOwnUnit) {
    STEELYARD_REFERENCE_OR_SKIP(file, "forecast/challenge/emission_standards.csv");
    const ImportedCase imported = read_stance_csv(read_file(file), file.string());
    expect_whole(imported.subject);
    ASSERT_EQ(imported.subject.actors.size(), 10U);
    ASSERT_EQ(imported.subject.issues.size(), 1U);
    EXPECT_EQ(stance(imported.subject, 1, 0), (Stance{Number(50), Number(40)}));
    std::vector<std::string> names;
    for (const Option& option : imported.subject.issues[0].options) {
        names.push_back(option.name + " at " + option.place.text());
    }
    EXPECT_THAT(names, testing::ElementsAre("4 at 0", "7 at 50", "10 at 100"));
    EXPECT_EQ(imported.notes.size(), 2U);
}

TEST(StanceCsv, NamesEveryBadRowByItsLine) {
    EXPECT_THAT(bad_lines(read_stance_csv,
                          "Actor,Capability,Rent,Rent salience\n"
                          "a,1,50,50\n"
                          "b,-1,50,50\n"
                          "c,1,high,50\n"
                          "\n"
                          "d,1,50,101\n"
                          "a,1,50,50\n"),
                testing::ElementsAre(3U, 4U, 6U, 7U));
    EXPECT_THAT(bad_lines(read_stance_csv, "Actor,Rent,Rnet salience\na,1,2\n"),
                testing::ElementsAre(1U, 1U));
    EXPECT_THAT(bad_lines(read_stance_csv, ""), testing::ElementsAre(1U));
    // A decimal comma splits a number into two cells; empty cells at the end are what spreadsheets write.
    EXPECT_THAT(bad_lines(read_stance_csv, "Actor,Rent,Rent salience\na,1,2,,\nb,1,5,20\n"),
                testing::ElementsAre(3U));
}

TEST(StanceTables, RefuseBytesThatAreNotUtf8ByTheirLine) {
    const std::string latin = "Actor,Position,Salience\nAnna,10,1\nJos\xE9,20,1\n";
    EXPECT_THAT(bad_lines(read_stance_csv, latin), testing::ElementsAre(3U));
}

TEST(Decide, ReadsBothSeparatorsAndRowsInAnyOrder) {
    const std::string tabs =
        "#D\ta\tp\t3\t0.5\t2\n#A\ta\tAnna\tsays no\n#P\tp\tPrice\t\n#M\tp\t7\tdear\n#M\tp\t2\tcheap\n";
    std::string semicolons = tabs;
    std::ranges::replace(semicolons, '\t', ';');
    const Case subject = read_decide(tabs, "x").subject;
    expect_whole(subject);
    EXPECT_EQ(read_decide(semicolons, "x").subject, subject);
    // The scale falls from 7 to 2, so 3 stands at 80.
    EXPECT_EQ(stance(subject, 0, 0), (Stance{Number(80), Number(50)}));
    EXPECT_EQ(subject.actors[0].name, "Anna");
    EXPECT_EQ(subject.actors[0].capability, Number(2));
    ASSERT_EQ(subject.issues[0].options.size(), 3U);
    EXPECT_EQ(subject.issues[0].options[0].name, "dear");
}

TEST(Decide, ReadsScaleEndsInTheIssueRow) {
    const Case subject = read_decide("#A;a;A;\n#P;p;P;100;0;a comment\n#D;a;p;30;1;1\n", "x").subject;
    EXPECT_EQ(stance(subject, 0, 0).position, Number(70));
    EXPECT_EQ(subject.issues[0].about, "a comment");
}

TEST(Decide, NamesEveryBadRowByItsLine) {
    EXPECT_THAT(bad_lines(read_decide,
                          "#A;a;A\n#A;a;A\n#P;p;P;0;10\n#D;b;p;1;1;1\n#D;a;q;1;1;1\n#D;a;p;11;1;1\n"
                          "#D;a;p;1;2;1\n#D;a;p;1;1;3\n#X;a\n"),
                testing::UnorderedElementsAre(2U, 4U, 5U, 6U, 7U, 8U, 8U, 9U));
    EXPECT_THAT(bad_lines(read_decide, "#A;a;A\n#A;;B\n#P;p;P;0;10\n#P\n#D;a;p;1;1;1\n"),
                testing::UnorderedElementsAre(2U, 4U));
}

TEST(Decide, ReadsThePublishedFiles) {
    STEELYARD_REFERENCE_OR_SKIP(folder, "forecast/exchange");
    const Case copenhagen = read_decide(read_file(folder / "copenhagen.csv"), "copenhagen.csv").subject;
    expect_whole(copenhagen);
    EXPECT_EQ(copenhagen.actors.size(), 11U);
    EXPECT_EQ(copenhagen.issues.size(), 7U);
    const Case toll = read_decide(read_file(folder / "sample_data.txt"), "sample_data.txt").subject;
    expect_whole(toll);
    EXPECT_EQ(toll.actors.size(), 10U);
    // 3 on a scale from 0.5 to 7.
    EXPECT_EQ(stance(toll, 0, 1).position, Number(Rational::fraction(500, 13)));
}

TEST(Ktab, RefusesWhatIsNoScenario) {
    EXPECT_THAT(bad_lines(read_ktab_csv, "name,about,1,1\nActor,Description,Power,Dim,Sal\na,b,1,50\n"),
                testing::ElementsAre(3U, 0U));
    EXPECT_THAT(bad_lines(read_ktab_csv,
                          "name,about,2,2\nActor,Description,Power,Dim,Sal,Dim2,Sal2\n"
                          "a,b,1,50,60,50,60\nc,d,-1,50,60,150,0\n"),
                testing::ElementsAre(4U, 4U, 3U));
    EXPECT_THAT(bad_lines(read_ktab_csv,
                          "name,about,2,1\nActor,Description,Power,Dim,Sal\na,b,1,50,60\na,d,2,60,50\n"),
                testing::ElementsAre(4U));
    EXPECT_THAT(bad_lines(read_ktab_csv, "just a text\n"), testing::ElementsAre(1U));
    EXPECT_THAT(bad_lines(read_ktab_xml, "<Scenario>\n<name>x\n"), testing::ElementsAre(2U));
    EXPECT_THAT(bad_lines(read_ktab_xml, "<a/>"), testing::ElementsAre(1U));
    EXPECT_THAT(bad_lines(read_ktab_xml,
                          "<Scenario><name>x</name>\n<Dimensions><dName>d</dName></Dimensions>\n"
                          "<Actors>\n<Actor><name>a</name><capability>1</capability>\n"
                          "<Position><dCoord>150</dCoord></Position>\n"
                          "<Salience><dSal>50</dSal></Salience></Actor></Actors></Scenario>"),
                testing::ElementsAre(5U));
}

TEST(Ktab, ReadsParametersAsOptionsOfTheSpatialModel) {
    STEELYARD_REFERENCE_OR_SKIP(file, "forecast/spatial/d3_combo1.xml");
    const ImportedCase imported = read_ktab_xml(read_file(file), file.string());
    expect_whole(imported.subject);
    EXPECT_EQ(select(imported.options, "victory"), Value("square"));
    EXPECT_EQ(select(imported.options, "voting"), Value("prop_cubic"));
    EXPECT_EQ(imported.options.find("accommodation")->get<Value::Map>()->front().first,
              "sactor-00.sactor-00");
    EXPECT_EQ(imported.options.find("accommodation")->get<Value::Map>()->front().second,
              Value(Rational::fraction(1, 2)));
}

TEST(Deu, ReadsEveryProposalWithItsOutcome) {
    STEELYARD_REFERENCE_OR_SKIP(folder, "forecast/deu");
    const std::string issues = read_file(folder / "deu3_even_proposals.csv");
    const std::string eu15 = read_file(folder / "EU15.csv");
    const std::string eu27 = read_file(folder / "EU27.csv");
    const auto cases = read_deu({issues, "issues.csv", eu15, "EU15.csv", eu27, "EU27.csv"});
    ASSERT_EQ(cases.size(), 70U);
    std::size_t count = 0;
    std::size_t outcomes = 0;
    for (const Case& subject : cases) {
        expect_whole(subject);
        count += subject.issues.size();
        outcomes += subject.outcome.size();
    }
    EXPECT_EQ(count, 176U);
    EXPECT_EQ(outcomes, 173U);
    // The first row of the table: proposal 2, issue d00060i1, Council of fifteen.
    EXPECT_EQ(cases[0].id, "deu-2");
    EXPECT_EQ(cases[0].actors[0].id, "com");
    EXPECT_EQ(stance(cases[0], 0, 0), (Stance{Number(100), Number(80)}));
    EXPECT_EQ(cases[0].outcome[0].result, (std::variant<OptionId, Rational>(Rational(50))));
    const auto germany = std::ranges::find(cases[0].actors, "de", &Actor::id);
    ASSERT_NE(germany, cases[0].actors.end());
    EXPECT_NEAR(germany->capability->best().to_double(), 10 * 15 / 87.0, 1e-8);
}

TEST(Deu, TakesUncodedSaliencesAndWavesAsAsked) {
    const std::string_view issues =
        "prnrnmc,prname,isnr,proc,counvte,pcom,scom,pat,sat,ppl,spl,rp,out\n"
        "1,a,a1,COD,QMV,100,50,0,,,,,50\n"
        "2,b,b1,COD,QMV,100,50,0,40,20,30,,50\n"
        "2,b,b2,COD,QMV,0,50,0,40,,,,50\n"
        "3,c,c1,COD,QMV,,50,,40,,,,50\n";  // nobody has a position: no case
    const std::string_view fifteen = "abbr,weights,banzhaf,shapleyshubik\nat,4,1,1\n";
    const std::string_view all = "abbr,weights,banzhaf,shapleyshubik\nat,4,1,1\npl,12,1,1\n";
    const auto read = [&](UncodedSalience salience, DeuWave wave) {
        return read_deu({issues, "issues", fifteen, "eu15", all, "eu27"},
                        {CouncilPower::votes, 3, 2, salience, wave});
    };
    const auto ids = [](const std::vector<Case>& cases) {
        std::vector<std::string> list;
        for (const Case& subject : cases) {
            list.push_back(subject.id);
        }
        return list;
    };
    EXPECT_THAT(ids(read(UncodedSalience::zero, DeuWave::all)), testing::ElementsAre("deu-1", "deu-2"));
    EXPECT_THAT(ids(read(UncodedSalience::zero, DeuWave::fifteen)), testing::ElementsAre("deu-1"));
    EXPECT_THAT(ids(read(UncodedSalience::zero, DeuWave::enlarged)), testing::ElementsAre("deu-2"));
    const Case zero = read(UncodedSalience::zero, DeuWave::all).front();
    EXPECT_EQ(zero.actors.size(), 2U);
    EXPECT_EQ(stance(zero, 1, 0), (Stance{Number(0), Number(0)}));
    EXPECT_EQ(zero.actors[0].capability->best(), Rational(3));
    const Case middle = read(UncodedSalience::middle, DeuWave::all).front();
    EXPECT_EQ(stance(middle, 1, 0), (Stance{Number(0), Number(50)}));
    const Case omitted = read(UncodedSalience::omit, DeuWave::all).front();
    ASSERT_EQ(omitted.actors.size(), 1U);
    EXPECT_EQ(omitted.actors[0].id, "com");
    // Poland's votes are 12 of 16, so half as much again as the mean member's 8.
    const Case enlarged = read(UncodedSalience::zero, DeuWave::enlarged).front();
    EXPECT_EQ(std::ranges::find(enlarged.actors, "pl", &Actor::id)->capability->best(),
              Rational::fraction(3, 2));
}

TEST(Deu, NamesEveryBadRowByItsLine) {
    const std::string_view council = "abbr,weights,banzhaf,shapleyshubik\nat,1,1,1\n";
    const auto read = [&](std::string_view text, std::string_view file) {
        return read_deu({text, file, council, "eu15", council, "eu27"});
    };
    EXPECT_THAT(bad_lines(read,
                          "prnrnmc,prname,isnr,proc,counvte,pat,sat,rp,out\n"
                          "1,x,i1,COD,QMV,50,50,,50\n"
                          "1,x,i2,COD,QMV,101,50,,50\n"
                          "2,y,i3,COD,QMV,50,x,-1,50\n"),
                testing::ElementsAre(3U, 4U, 4U));
    EXPECT_THAT(bad_lines(read, "prnrnmc,prname\n1,x\n"), testing::SizeIs(6));
    const auto with_council = [](std::string_view text, std::string_view file) {
        return read_deu({"prnrnmc,prname,isnr,proc,counvte,pat,sat,rp,out\n1,x,i1,COD,QMV,50,50,,50\n",
                         "issues", text, file, text, file});
    };
    EXPECT_THAT(bad_lines(with_council, "abbr,weights\nat,4\nbe,-1\nat,3\n"), testing::ElementsAre(3U, 4U));
    EXPECT_THAT(bad_lines(with_council, "abbr,weights\nat,0\nbe,0\n"), testing::ElementsAre(1U));
    EXPECT_THAT(bad_lines(with_council, "abbr,weights\n"), testing::ElementsAre(1U));
    EXPECT_THAT(bad_lines(read,
                          "prnrnmc,prname,isnr,proc,counvte,pat,sat,rp,out\n"
                          "1,x,i1,COD,QMV,50,50,,50\n"
                          "1,x,i1,COD,QMV,50,50,,50\n"    // twice
                          "1,x,i2,COD,QMV,50,50,50\n"     // a cell is missing
                          "1,x,i3,COD,QMV,50,50,,50,1\n"  // one too many
                          ",x,i4,COD,QMV,50,50,,50\n"
                          "1,x,,COD,QMV,50,50,,50\n"),
                testing::ElementsAre(3U, 4U, 5U, 6U, 7U));
}

}  // namespace
}  // namespace steelyard
