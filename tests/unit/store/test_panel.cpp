// SPDX-License-Identifier: Apache-2.0
// Forms out and back, and what of the answers counts.
#include "steelyard/core/error.hpp"
#include "steelyard/core/value.hpp"
#include "steelyard/format/case_file.hpp"
#include "steelyard/format/json.hpp"
#include "steelyard/store/panel.hpp"
#include "unit/store/scratch.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace steelyard;
using store::Store;
using test::error_of;
using test::kStamp;
using test::StoreFolder;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;

namespace {

Case harbour(const std::string& letter = "The port wrote.") {
    return read_case(
               "steelyard: 1\ncase: harbour\nactors: {port: {capability: {value: 60, because: [letter, "
               "offer]}}}\nissues: {rent: {options: [low, high]}}\nclaims:\n  letter: {kind: fact, text: " +
                   letter +
                   "}\n  offer: {kind: fact, text: A rival offers.}\n  idle: {kind: fact, text: Idle.}\n",
               "harbour")
        .value;
}

class Panel : public testing::Test {
protected:
    StoreFolder folder;
    Store subject{folder.path()};

    [[nodiscard]] std::string form(const std::string& reader) const {
        return store::write_form(harbour(), "h1", subject, reader, {{}, {"capability.port"}, {"deal"}});
    }
    void take(const std::string& text) {
        const auto filled = store::read_form(text, "form.txt");
        subject.judge(filled.votes, filled.estimates, kStamp);
    }
};

/// Writes an answer behind the first `question:` line below the heading.
void answer(std::string& form, const std::string& heading, const std::string& question,
            const std::string& text) {
    const std::size_t section = form.find('\n' + heading + '\n');
    ASSERT_NE(section, std::string::npos) << heading;
    const std::size_t line = form.find("  " + question, section);
    const std::size_t end = form.find('\n', line);
    form.insert(end, ' ' + text);
}

}  // namespace

TEST_F(Panel, ABlankFormSaysNothing) {
    const auto filled = store::read_form(form("ann"), "form.txt");
    EXPECT_EQ(filled.reader, "ann");
    EXPECT_EQ(filled.case_id, "harbour");
    EXPECT_EQ(filled.round, 1);
    EXPECT_TRUE(filled.votes.empty());
    EXPECT_TRUE(filled.estimates.empty());
    EXPECT_THAT(form("ann"), HasSubstr("claim letter\n  # The port wrote.\n"));
    EXPECT_THAT(form("ann"), Not(HasSubstr("claim idle"))) << "nothing rests on it";
}

TEST_F(Panel, TwoRoundsByFilesAlone) {
    std::string ann = form("ann");
    answer(ann, "claim letter", "there", "up");
    answer(ann, "claim letter", "impact", "4");
    answer(ann, "claim letter", "comment", "I saw it: twice");
    answer(ann, "number /actors/port/capability", "low", "50");
    answer(ann, "number /actors/port/capability", "best", "60");
    answer(ann, "number /actors/port/capability", "high", "80");
    answer(ann, "event deal", "chance", "0.7");
    std::string ben = form("ben");
    answer(ben, "claim letter", "there", "down");
    answer(ben, "event deal", "chance", "0.25");
    take(ann);
    take(ben);
    ASSERT_THAT(subject.votes("harbour"), SizeIs(2));
    EXPECT_EQ(subject.votes("harbour")[0].comment, "I saw it: twice");
    EXPECT_EQ(subject.votes("harbour")[0].wording, store::wording_of(harbour(), harbour().claims[0]));
    ASSERT_THAT(subject.estimates("harbour"), SizeIs(3));
    EXPECT_THAT(error_of(ErrorKind::usage,
                         [&] {
                             std::string changed = form("ann");
                             answer(changed, "claim letter", "there", "down");
                             take(changed);
                         }),
                HasSubstr("already answered"));

    subject.open_round("harbour", kStamp);
    const std::string second = form("ben");
    EXPECT_THAT(second, HasSubstr("round: 2"));
    EXPECT_THAT(second, HasSubstr("# Round 1: you said there down, supports open."));
    EXPECT_THAT(second, HasSubstr("# Others: there 1 up, 0 down, 0 open"));
    EXPECT_THAT(second, HasSubstr("# \"I saw it: twice\""));
    EXPECT_THAT(second, HasSubstr("# Round 1: another expert said 0.7."));
    EXPECT_THAT(second, Not(HasSubstr("ann"))) << "opinions come without names";
    EXPECT_THAT(form("carl"), Not(HasSubstr("# Round"))) << "who has not judged does not look";
    std::string revised = second;
    answer(revised, "claim letter", "there", "up");
    take(revised);
    EXPECT_THAT(error_of(ErrorKind::usage, [&] { take(ann); }), HasSubstr("another round"));

    const auto current = store::current_judgements(subject, harbour());
    EXPECT_EQ(current.summary, "2 votes of 2 readers, 3 estimates of 2 experts");
    EXPECT_EQ(to_json(current.arguments, 0),
              R"({"votes":["letter ann up - 4","letter ben up - -"],)"
              R"("chances":["event:deal ann 0.7","event:deal ben 0.25"],)"
              R"("estimates":["/actors/port/capability ann 50 60 80 0.9"],"truths":{}})");
}

TEST_F(Panel, EveryBadAnswerIsNamedWithItsLine) {
    std::string bad = form("ann");
    answer(bad, "claim letter", "there", "perhaps");
    answer(bad, "claim letter", "impact", "7");
    answer(bad, "claim offer", "comment", "fine");
    answer(bad, "event deal", "chance", "likely");
    bad += "event other\n  best: 3\nno colon\n";
    const std::string problems = error_of(ErrorKind::usage, [&] { (void)store::read_form(bad, "form.txt"); });
    EXPECT_THAT(problems, HasSubstr("form.txt:"));
    EXPECT_THAT(problems, HasSubstr("found 'perhaps'; allowed: up or down"));
    EXPECT_THAT(problems, HasSubstr("found '7'"));
    EXPECT_THAT(problems, HasSubstr("found 'likely'"));
    EXPECT_THAT(problems, HasSubstr("found 'best'; allowed: chance, comment"));
    EXPECT_THAT(problems, HasSubstr("without a colon"));
    EXPECT_EQ(std::ranges::count(problems, '\n'), 5);
    EXPECT_THAT(error_of(ErrorKind::usage, [] { (void)store::read_form("hello: you\n", "x"); }),
                HasSubstr("not a form of a panel"));
    error_of(ErrorKind::unknown_name,
             [&] { (void)store::write_form(harbour(), "h1", subject, "ann", {{"leter"}, {}, {}}); });
}

TEST_F(Panel, AVoteOnAnotherWordingNoLongerCounts) {
    std::string ann = form("ann");
    answer(ann, "claim letter", "there", "up");
    answer(ann, "claim offer", "there", "up");
    take(ann);
    const auto current = store::current_judgements(subject, harbour("The port wrote twice."));
    EXPECT_EQ(current.votes, 1);
    EXPECT_EQ(current.outdated, 1);
}

TEST_F(Panel, ScoresTakeForecastsAndOutcomes) {
    subject.save(
        {test::forecast_of("deal", "expert:ann", 0.7), test::forecast_of("rent", "expert:ann", 0.25)},
        kStamp);
    subject.resolve(test::outcome_of("deal", "no"), kStamp);
    subject.resolve(test::outcome_of("deal", "yes"), kStamp);
    EXPECT_EQ(to_json(store::score_arguments(subject, "harbour"), 0),
              R"({"forecasts":["deal expert:ann yes=0.7 no=0.30000000000000004",)"
              R"("rent expert:ann yes=0.25 no=0.75"],"outcomes":{"deal":"yes"}})");
    EXPECT_THAT(to_json(store::score_arguments(subject), 0), HasSubstr("{\"harbour/deal\":\"yes\"}"));
    // A seed question: its true value weighs the experts.
    subject.estimate(test::points_of("event:tonnage", "ann", 3, 4, 9, 0.8), kStamp);
    store::Outcome truth = test::outcome_of("tonnage", {});
    truth.value = 5.5;
    subject.resolve(truth, kStamp);
    EXPECT_THAT(to_json(store::current_judgements(subject, harbour()).arguments, 0),
                HasSubstr(R"("estimates":["event:tonnage ann 3 4 9 0.8"],"truths":{"event:tonnage":5.5})"));
}
