// SPDX-License-Identifier: Apache-2.0
#include "steelyard/core/error.hpp"
#include "steelyard/format/json.hpp"
#include "steelyard/store/store.hpp"
#include "store/database.hpp"
#include "store/schema.hpp"
#include "unit/store/scratch.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <fstream>
#include <map>
#include <sys/stat.h>

using namespace steelyard;
using store::Store;
using store::Vote;
using test::chance_of;
using test::error_of;
using test::fill;
using test::forecast_of;
using test::kStamp;
using test::outcome_of;
using test::overwrite;
using test::points_of;
using test::StoreFolder;
using test::vote_of;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

TEST(StoreOpening, MakesAPrivateFileAndReadsItAgain) {
    const StoreFolder folder;
    {
        Store subject(folder.path());
        fill(subject);
    }
    struct stat status{};
    ASSERT_EQ(stat(folder.path().c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U);
    const Store again(folder.path());
    EXPECT_THAT(again.votes("harbour"), SizeIs(2));
    const auto estimates = again.estimates("harbour");
    ASSERT_THAT(estimates, SizeIs(2));
    EXPECT_EQ(estimates[0].best, 1.0 / 3);
    EXPECT_EQ(estimates[1].probability, 0.7);
    ASSERT_THAT(again.runs("harbour"), SizeIs(1));
    EXPECT_EQ(again.runs("harbour")[0].seed, 18446744073709551615U);
    ASSERT_THAT(again.sources("harbour"), SizeIs(1));
    EXPECT_EQ(again.sources("harbour")[0].title, "The \"Gazette\"\n№ 7");
    EXPECT_THAT(again.votes("elsewhere"), IsEmpty());
    const auto check = again.check();
    EXPECT_TRUE(check.sound) << testing::PrintToString(check.problems);
    EXPECT_EQ(check.schema, store::newest_schema());
}

TEST(StoreOpening, RefusesWhatIsNoStore) {
    const StoreFolder folder;
    EXPECT_THAT(error_of(ErrorKind::input_output, [&] { Store(folder.path(), {.create = false}); }),
                HasSubstr("there is no store"));
    overwrite(folder.path("text"), std::string(4096, 'x'));
    EXPECT_THAT(error_of(ErrorKind::input_output, [&] { Store(folder.path("text")); }),
                HasSubstr("no SQLite database"));
    {
        store::Database other(folder.path("other"), store::Database::Mode::create, 1000);
        other.execute("CREATE TABLE recipes (name TEXT)");
    }
    EXPECT_THAT(error_of(ErrorKind::input_output, [&] { Store(folder.path("other")); }),
                HasSubstr("another program"));
    EXPECT_EQ(error_of(ErrorKind::input_output, [&] { Store(folder.path("no/such/folder")); }).empty(),
              false);
    {
        store::Database newer(folder.path("newer"), store::Database::Mode::create, 1000);
        store::migrate(newer);
        newer.execute("PRAGMA user_version = 99");
    }
    EXPECT_THAT(error_of(ErrorKind::unsupported, [&] { Store(folder.path("newer")); }),
                HasSubstr("use a newer Steelyard"));
}

// ---- schema versions ----------------------------------------------------------------------------

class Migration : public testing::TestWithParam<int> {};

TEST_P(Migration, BringsAnOlderStoreUpToDateWithAllItHolds) {
    const StoreFolder folder;
    {
        store::Database old(folder.path(), store::Database::Mode::create, 1000);
        store::migrate(old, GetParam());
        ASSERT_EQ(old.pragma("user_version"), GetParam());
        old.execute(
            "INSERT INTO votes VALUES ('harbour', 'letter', '', 'ann', 1, 'w1', 'h1', 1, NULL, 4, 'yes', "
            "'2026-01-01T00:00:00Z');"
            "INSERT INTO estimates VALUES ('harbour', 'event:deal', 'ann', 1, 'h1', 0.25, NULL, NULL, NULL, "
            "NULL, '', '2026-01-01T00:00:00Z');"
            "INSERT INTO rounds VALUES ('harbour', 2, '2026-01-02T00:00:00Z');"
            "INSERT INTO runs VALUES (1, 'median', '0.1.0', 'harbour', 'h1', '1', '{}', '{}', '{}', 'olga', "
            "'2026-01-02T00:00:00Z');");
    }
    Store subject(folder.path());
    EXPECT_EQ(subject.check().schema, store::newest_schema());
    EXPECT_TRUE(subject.check().sound);
    ASSERT_THAT(subject.votes("harbour"), SizeIs(1));
    EXPECT_EQ(subject.votes("harbour")[0].impact, 4);
    EXPECT_EQ(subject.votes("harbour")[0].supports, std::nullopt);
    EXPECT_EQ(subject.estimates("harbour")[0].probability, 0.25);
    EXPECT_EQ(subject.round("harbour"), 2);
    EXPECT_EQ(subject.runs("harbour")[0].analysis, "median");
    subject.save({forecast_of("deal", "expert:ann", 0.5)}, kStamp);
    EXPECT_THAT(subject.audit(), SizeIs(1));
}

INSTANTIATE_TEST_SUITE_P(FromEveryEarlierVersion, Migration, testing::Range(1, store::newest_schema() + 1));

TEST(MigrationTest, IsWholeOrNotAtAll) {
    const StoreFolder folder;
    store::Database database(folder.path(), store::Database::Mode::create, 1000);
    store::migrate(database, 1);
    database.execute("CREATE TABLE ledger (in_the_way TEXT)");  // the next step cannot make its table
    EXPECT_THROW(store::migrate(database), Error);
    EXPECT_EQ(database.pragma("user_version"), 1);
}

// ---- votes --------------------------------------------------------------------------------------

TEST(Votes, AnswersMayBeAddedButNotChangedInARound) {
    const StoreFolder folder;
    Store subject(folder.path());
    subject.vote(vote_of("letter", "ann", true), kStamp);
    subject.vote(vote_of("letter", "ann", {}, false, 2), kStamp);
    ASSERT_THAT(subject.votes("harbour"), SizeIs(1));
    EXPECT_EQ(subject.votes("harbour")[0].there, true);
    EXPECT_EQ(subject.votes("harbour")[0].supports, false);
    EXPECT_THAT(error_of(ErrorKind::usage, [&] { subject.vote(vote_of("letter", "ann", false), kStamp); }),
                HasSubstr("already answered"));
    EXPECT_EQ(subject.open_round("harbour", kStamp), 2);
    subject.vote(vote_of("letter", "ann", false), kStamp);
    ASSERT_THAT(subject.votes("harbour"), SizeIs(2));
    EXPECT_EQ(subject.votes("harbour")[1].there, false);
    Vote late = vote_of("letter", "ben", true);
    late.round = 1;
    EXPECT_THAT(error_of(ErrorKind::usage, [&] { subject.vote(late, kStamp); }), HasSubstr("another round"));
}

TEST(Votes, TextsAreUtf8AndOfReasonableLength) {
    const StoreFolder folder;
    Store subject(folder.path());
    Vote vote = vote_of("letter", "ann", true);
    vote.comment = "\xff\xfe";
    EXPECT_THAT(error_of(ErrorKind::usage, [&] { subject.vote(vote, kStamp); }), HasSubstr("not UTF-8"));
    vote.comment = std::string(30000, 'x');
    EXPECT_THAT(error_of(ErrorKind::usage, [&] { subject.vote(vote, kStamp); }), HasSubstr("30000 bytes"));
    vote.comment = "«так»\n\"quoted\"\t\\";
    vote.reader = "two words";
    EXPECT_THAT(error_of(ErrorKind::usage, [&] { subject.vote(vote, kStamp); }), HasSubstr("a word without"));
    vote.reader = "ann\xc3";
    EXPECT_THAT(error_of(ErrorKind::usage, [&] { subject.vote(vote, kStamp); }), HasSubstr("not UTF-8"));
    vote.reader = "Анна";
    subject.vote(vote, kStamp);
    EXPECT_EQ(subject.votes("harbour").at(0).comment, vote.comment);
    EXPECT_EQ(subject.votes("harbour").at(0).reader, "Анна");
}

TEST(Votes, AReWordedClaimIsVotedOnAfresh) {
    const StoreFolder folder;
    Store subject(folder.path());
    subject.vote(vote_of("letter", "ann", true, true, 4), kStamp);
    Vote again = vote_of("letter", "ann", false);
    again.wording = "w2";
    subject.vote(again, kStamp);
    ASSERT_THAT(subject.votes("harbour"), SizeIs(1));
    EXPECT_EQ(subject.votes("harbour")[0].there, false);
    EXPECT_EQ(subject.votes("harbour")[0].supports, std::nullopt);
}

TEST(Votes, NobodySeesOthersBeforeVoting) {
    const StoreFolder folder;
    Store subject(folder.path());
    subject.vote(vote_of("letter", "ann", true), kStamp);
    subject.vote(vote_of("letter", "ben", false), kStamp);
    EXPECT_THAT(subject.visible_votes("harbour", "letter", "carl"), IsEmpty());
    EXPECT_THAT(subject.visible_votes("harbour", "letter", "ann"), SizeIs(2));
    subject.open_round("harbour", kStamp);
    subject.vote(vote_of("letter", "ben", true), kStamp);
    EXPECT_THAT(subject.visible_votes("harbour", "letter", "ann"), SizeIs(2)) << "round 2 not yet judged";
    subject.vote(vote_of("letter", "ann", true), kStamp);
    EXPECT_THAT(subject.visible_votes("harbour", "letter", "ann"), SizeIs(4));
    subject.vote(vote_of("letter", "carl", true), kStamp);
    EXPECT_THAT(subject.visible_votes("harbour", "letter", "carl"), SizeIs(5));
    EXPECT_THAT(subject.visible_votes("harbour", "other", "carl"), IsEmpty());
}

TEST(Votes, AFormIsTakenWholeOrNotAtAll) {
    const StoreFolder folder;
    Store subject(folder.path());
    const std::string problems = error_of(ErrorKind::usage, [&] {
        subject.judge({vote_of("letter", "ann", true), vote_of("jobs", "ann", {}, {}, 5)},
                      {points_of("/x", "ann", 3, 2, 1)}, kStamp);
    });
    EXPECT_THAT(problems, HasSubstr("impact"));
    EXPECT_THAT(problems, HasSubstr("out of order"));
    EXPECT_THAT(subject.votes("harbour"), IsEmpty());
    EXPECT_THAT(subject.audit(), IsEmpty());
}

/// Any sequence of votes and rounds leaves what a plain map would hold.
RC_GTEST_PROP(VotesProperty, TheStoreHoldsWhatWasAcknowledged, ()) {
    const StoreFolder folder;
    Store subject(folder.path());
    std::map<std::tuple<std::string, std::string, int>, std::pair<std::optional<bool>, std::optional<int>>>
        plain;
    int round = 1;
    const int steps = *rc::gen::inRange(1, 25);
    for (int i = 0; i < steps; ++i) {
        if (round < 9 && *rc::gen::inRange(0, 8) == 0) {
            RC_ASSERT(subject.open_round("harbour", kStamp) == ++round);
            continue;
        }
        const std::string claim = *rc::gen::element<std::string>("a", "b");
        const std::string reader = *rc::gen::element<std::string>("ann", "ben");
        const auto there = *rc::gen::maybe(rc::gen::arbitrary<bool>());
        const auto impact = *rc::gen::maybe(rc::gen::inRange(0, 5));
        const auto as_std = [](const auto& maybe) { return maybe ? std::optional(*maybe) : std::nullopt; };
        const auto known = plain.find({claim, reader, round});
        const bool changes =
            known != plain.end() && ((there && known->second.first && *there != *known->second.first) ||
                                     (impact && known->second.second && *impact != *known->second.second));
        bool taken = true;
        try {
            subject.vote(vote_of(claim, reader, as_std(there), {}, as_std(impact)), kStamp);
        } catch (const Error&) {
            taken = false;
        }
        RC_ASSERT(taken == (!changes && (there || impact)));
        if (taken) {
            auto& answers = plain[{claim, reader, round}];
            if (there)
                answers.first = *there;
            if (impact)
                answers.second = *impact;
        }
    }
    const auto votes = subject.votes("harbour");
    RC_ASSERT(votes.size() == plain.size());
    for (const Vote& vote : votes) {
        const auto& answers = plain.at({vote.claim, vote.reader, vote.round});
        RC_ASSERT(vote.there == answers.first);
        RC_ASSERT(vote.impact == answers.second);
    }
}

TEST(Estimates, OneForEachRound) {
    const StoreFolder folder;
    Store subject(folder.path());
    subject.estimate(chance_of("event:deal", "ann", 0.5), kStamp);
    EXPECT_THAT(
        error_of(ErrorKind::usage, [&] { subject.estimate(chance_of("event:deal", "ann", 0.6), kStamp); }),
        HasSubstr("already given"));
    subject.open_round("harbour", kStamp);
    subject.estimate(chance_of("event:deal", "ann", 0.6), kStamp);
    EXPECT_THAT(subject.estimates("harbour"), SizeIs(2));
    EXPECT_EQ(
        error_of(ErrorKind::usage, [&] { subject.estimate(chance_of("x", "ann", 1.5), kStamp); }).empty(),
        false);
    store::Estimate both = chance_of("x", "ann", 0.5);
    both.best = 3;
    EXPECT_THAT(error_of(ErrorKind::usage, [&] { subject.estimate(both, kStamp); }), HasSubstr("either"));
}

// ---- saved forecasts ----------------------------------------------------------------------------

TEST(Ledger, KeepsForecastsInOrderAndRefusesWhatComesTooLate) {
    const StoreFolder folder;
    Store subject(folder.path());
    const std::string first = subject.save({forecast_of("deal", "expert:ann", 0.7)}, kStamp);
    const std::string second = subject.save({forecast_of("deal", "model:median", 0.7)}, kStamp);
    EXPECT_NE(first, second);
    ASSERT_THAT(subject.forecasts("harbour"), SizeIs(2));
    EXPECT_EQ(subject.forecasts()[1].hash, second);
    EXPECT_EQ(subject.forecasts()[0].chances, (Named<double>{{"yes", 0.7}, {"no", 1 - 0.7}}));
    auto other = forecast_of("deal", "expert:ben", 0.5);
    other.chances[1].first = "never";
    EXPECT_THAT(error_of(ErrorKind::usage, [&] { subject.save({other}, kStamp); }),
                HasSubstr("other outcomes"));
    other.chances = {{"yes", 0.7}, {"no", 0.7}};
    EXPECT_THAT(error_of(ErrorKind::usage, [&] { subject.save({other}, kStamp); }), HasSubstr("sum to 1"));
    EXPECT_THAT(error_of(ErrorKind::usage, [&] { subject.resolve(outcome_of("deal", "maybe"), kStamp); }),
                HasSubstr("knows this outcome"));
    subject.resolve(outcome_of("deal", "yes"), kStamp);
    EXPECT_THAT(
        error_of(ErrorKind::usage, [&] { subject.save({forecast_of("deal", "expert:ben", 0.9)}, kStamp); }),
        HasSubstr("already settled"));
    subject.resolve(outcome_of("deal", "no"), kStamp);
    EXPECT_THAT(subject.outcomes("harbour", false), SizeIs(2));
    ASSERT_THAT(subject.outcomes("harbour"), SizeIs(1));
    EXPECT_EQ(subject.outcomes("harbour")[0].outcome, "no");
}

TEST(Ledger, CannotBeRewritten) {
    const StoreFolder folder;
    {
        Store subject(folder.path());
        subject.save({forecast_of("deal", "expert:ann", 0.7), forecast_of("rent", "expert:ann", 0.2),
                      forecast_of("jobs", "expert:ann", 0.4)},
                     kStamp);
    }
    const auto tamper = [&](const std::string& sql) {
        const std::string path = folder.path("tampered");
        std::filesystem::remove(path);
        Store(folder.path()).backup(path);
        store::Database raw(path, store::Database::Mode::write, 1000);
        raw.execute(sql);
    };
    EXPECT_THROW(tamper("UPDATE ledger SET body = '{}' WHERE seq = 1"), Error);
    EXPECT_THROW(tamper("DELETE FROM ledger"), Error);
    EXPECT_THROW(tamper("DELETE FROM audit"), Error);
    const std::string open = "DROP TRIGGER ledger_keeps; DROP TRIGGER ledger_holds; ";
    for (const std::string change : {
             "UPDATE ledger SET body = replace(body, '0.7', '0.9')",
             "UPDATE ledger SET at = '2020-01-01T00:00:00Z' WHERE seq = 2",
             "UPDATE ledger SET event = 'other' WHERE seq = 3",
             "UPDATE ledger SET hash = 'x' WHERE seq = 1",
             "DELETE FROM ledger WHERE seq = 2",
             "DELETE FROM ledger WHERE seq = 1",
         }) {
        tamper(open + change);
        EXPECT_THAT(error_of(ErrorKind::input_output, [&] { Store(folder.path("tampered")); }),
                    HasSubstr("chain of saved forecasts"))
            << change;
    }
}

TEST(Checking, FindsDamage) {
    const StoreFolder folder;
    {
        Store subject(folder.path());
        fill(subject);
        EXPECT_TRUE(subject.check().sound);
    }
    {
        store::Database raw(folder.path(), store::Database::Mode::write, 1000);
        raw.execute(
            "PRAGMA foreign_keys = OFF; INSERT INTO tokens VALUES ('t1', 'nobody', '', 'h', 'a', 'e', "
            "NULL)");
    }
    const auto check = Store(folder.path()).check();
    EXPECT_FALSE(check.sound);
    ASSERT_THAT(check.problems, SizeIs(1));
    EXPECT_THAT(check.problems[0], HasSubstr("refers to nothing"));
}

TEST(Wording, ChangesWithWhatTheReaderSees) {
    Case subject;
    Source source;
    source.id = "gazette";
    subject.sources = {source};
    Claim claim;
    claim.id = "letter";
    claim.text = "The port wrote.";
    const std::string plain = store::wording_of(subject, claim);
    Claim other = claim;
    other.credibility = 2;
    EXPECT_EQ(store::wording_of(subject, other), plain) << "ratings are not what is voted on";
    other.text += "!";
    EXPECT_NE(store::wording_of(subject, other), plain);
    other = claim;
    other.source = SourceId(std::size_t{0});
    EXPECT_NE(store::wording_of(subject, other), plain);
    other = claim;
    other.at = SourcePlace{};
    other.at->exact = "wrote";
    EXPECT_NE(store::wording_of(subject, other), plain);
}
