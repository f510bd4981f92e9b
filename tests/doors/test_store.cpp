// SPDX-License-Identifier: Apache-2.0
// Votes, panels, forecasts and accounts from the command line.
#include "doors/program.hpp"
#include "steelyard/core/value.hpp"
#include "steelyard/format/json.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

using namespace steelyard;
using test::Outcome;
using testing::HasSubstr;
using testing::Not;

namespace {

constexpr const char* kCase = R"(steelyard: 1
case: harbour
actors:
  port: {capability: {value: 60, spread: 8, because: [letter]}}
  carrier: {capability: 40}
issues:
  rent: {options: [low, high], status_quo: low}
preferences:
  port: {no_deal: 10, positions: {rent: {position: {value: 90, because: [offer]}, salience: 80}}}
  carrier: {no_deal: 10, positions: {rent: {position: 10, salience: 60}}}
sources: {gazette: {title: The Gazette}}
claims:
  letter: {kind: fact, text: The port wrote., source: gazette}
  offer: {kind: fact, text: A rival offers.}
questions:
  - {id: q1, ask: Is there a deal?, kind: deal_exists}
outcome: {rent: high}
)";

class StoreCommands : public testing::Test {
protected:
    test::Scratch scratch;
    std::string subject = scratch.file("case.yaml", kCase);

    [[nodiscard]] Outcome call(std::vector<std::string> words, const std::string& input = {}) const {
        test::Start start;
        start.input = input;
        start.environment = {"STEELYARD_STORE=" + scratch.path("store.sqlite")};
        return test::steelyard(words, start);
    }
    [[nodiscard]] Value json(std::vector<std::string> words, const std::string& input = {}) const {
        words.emplace_back("--json");
        const Outcome outcome = call(words, input);
        EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
        return outcome.exit_code == 0 ? from_json(outcome.out) : Value();
    }
    void ok(const std::vector<std::string>& words, const std::string& input = {}) const {
        const Outcome outcome = call(words, input);
        EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    }
};

}  // namespace

TEST_F(StoreCommands, VotesWidenWhatTheyDoubtAndTheBriefSaysSo) {
    for (const std::string reader : {"ann", "ben", "carl"})
        ok({"vote", subject, "letter", "--supports", "down", "--by", reader});
    ok({"vote", subject, "offer", "--there", "up", "--impact", "4", "--by", "ann"});
    // Beta mean 1/5: three fifths of the way from 52..68 to 0..68.
    const Value pool = json({"pool", subject, "--write", scratch.path("pooled.yaml")});
    EXPECT_EQ(select(pool, "result.numbers[number=/actors/port/capability].after"),
              Value("{low: 20.8, best: 60, high: 68}"));
    EXPECT_EQ(select(pool, "result.numbers[number=/preferences/port/positions/rent/position].changed"),
              Value(false));
    EXPECT_THAT(test::file_text(scratch.path("pooled.yaml")), HasSubstr("low: 20.8"));
    const Value brief = json({"brief", subject, "--pooled"});
    EXPECT_EQ(select(brief, "provenance.options.overrides./actors/port/capability"),
              Value("{low: 20.8, best: 60, high: 68}"));
    EXPECT_THAT(
        *select(brief, "notes").get<Value::List>()->back().get<std::string>(),
        HasSubstr("The spread of 1 number follows from judgements of readers and experts (4 votes of 3 "
                  "readers"));
    const Value plain = json({"run", "compromise", subject});
    const Value pooled = json({"run", "compromise", subject, "--pooled", "--keep"});
    EXPECT_NE(select(plain, "case_hash"), select(pooled, "case_hash"));
    EXPECT_EQ(select(plain, "result"), select(pooled, "result")) << "centres stay";
    const std::vector<std::string> ensemble{
        "run", "ensemble", subject, "--targets", "compromise:issues[issue=rent].value", "--draws", "256"};
    std::vector<std::string> with = ensemble;
    with.emplace_back("--pooled");
    EXPECT_GT(*select(json(with), "result.targets[0].deviation").number(),
              1.2 * *select(json(ensemble), "result.targets[0].deviation").number())
        << "a doubted capability spreads the forecast";
    const Value runs = json({"store", "runs", subject});
    EXPECT_EQ(select(runs, "runs[analysis=compromise].case_hash"), select(pooled, "case_hash"));
}

TEST_F(StoreCommands, ADiscreditedSourceLeavesItsNumbersOpen) {
    const Value run = json({"run", "compromise", subject, "--discredit", "gazette"});
    EXPECT_EQ(select(run, "overrides./actors/port/capability"), Value("{low: 0, best: 60, high: 68}"));
    EXPECT_EQ(select(run, "overrides.#"), Value(std::int64_t{1}));
    EXPECT_THAT(call({"brief", subject, "--discredit", "gazette"}).out,
                HasSubstr("Without the source gazette, 1 number rests on no claim"));
    EXPECT_EQ(call({"run", "compromise", subject, "--discredit", "gazete"}).exit_code, 5);
}

TEST_F(StoreCommands, NobodySeesOthersBeforeVoting) {
    ok({"vote", subject, "letter", "--there", "down", "--comment", "hearsay", "--by", "ann"});
    EXPECT_THAT(call({"vote", subject, "letter", "--by", "ben"}).out, Not(HasSubstr("hearsay")));
    EXPECT_THAT(call({"vote", subject, "letter", "--there", "up", "--by", "ben"}).out, HasSubstr("hearsay"));
    EXPECT_EQ(call({"vote", subject, "letter", "--there", "down", "--by", "ben"}).exit_code, 2);
    const Outcome unknown = call({"vote", subject, "leter", "--there", "up"});
    EXPECT_EQ(unknown.exit_code, 5);
    EXPECT_THAT(unknown.err, HasSubstr("did you mean 'letter'"));
}

TEST_F(StoreCommands, APanelRunsByFilesAlone) {
    ok({"panel", "export", subject, "--reader", "ann", "--reader", "ben", "--number", "rent.salience.port",
        "--event", "deal", "--to", scratch.path("forms")});
    for (const std::string reader : {"ann", "ben"}) {
        std::string form = test::file_text(scratch.path("forms/" + reader + ".txt"));
        const auto write = [&](const std::string& question, const std::string& text) {
            const std::size_t at = form.find("  " + question);
            ASSERT_NE(at, std::string::npos);
            form.insert(form.find('\n', at), ' ' + text);
        };
        write("there", "up");
        write("low", "60");
        write("best", "70");
        write("high", "90");
        write("chance", reader == "ann" ? "0.9" : "0.5");
        (void)scratch.file(reader + ".txt", form);
    }
    ok({"panel", "import", scratch.path("ann.txt"), scratch.path("ben.txt")});
    EXPECT_EQ(call({"panel", "import", scratch.path("ann.txt")}).exit_code, 2) << "said is said";
    const Value status = json({"panel", "status", subject});
    EXPECT_EQ(select(status, "members.#"), Value(std::int64_t{2}));
    EXPECT_EQ(select(status, "members[name=ann].estimates"), Value(std::int64_t{2}));
    const Value pool = json({"pool", subject});
    EXPECT_NEAR(*select(pool, "result.chances[about=event:deal].log_odds").number(), 0.75, 1e-12);
    ok({"panel", "round", subject});
    const Outcome second = call({"panel", "export", subject, "--reader", "ann"});
    EXPECT_THAT(second.out, HasSubstr("round: 2"));
    EXPECT_THAT(second.out, HasSubstr("# Others: there 1 up"));
}

TEST_F(StoreCommands, ForecastsAreSavedSettledAndScored) {
    ok({"estimate", subject, "event:deal", "--chance", "0.9", "--by", "ann"});
    ok({"estimate", subject, "event:deal", "--chance", "0.5", "--by", "ben"});
    ok({"save", subject, "--pool"});
    ok({"save", subject, "deal", "--chance", "0.8", "--by", "ann"});
    const Value saved = json({"save", subject, "--models", "compromise,forecast"});
    EXPECT_EQ(select(saved, "forecasts.#"), Value(std::int64_t{2}));
    EXPECT_EQ(select(saved, "forecasts[by=model:compromise].event"), Value("rent"));
    ok({"resolve", subject, "deal", "yes"});
    ok({"resolve", subject});
    EXPECT_EQ(call({"save", subject, "deal", "--chance", "1", "--by", "late"}).exit_code, 2);
    EXPECT_EQ(call({"save", subject, "--pool"}).exit_code, 6) << "settled events are forecast no more";
    const Value scores = json({"score", subject});
    EXPECT_EQ(select(scores, "result.events"), Value(std::int64_t{2}));
    EXPECT_NEAR(*select(scores, "result.scores[by=pool:log_odds].brier").number(), 0.0625, 1e-12);
    EXPECT_NEAR(*select(scores, "result.scores[by=expert:ann].brier").number(), 0.04, 1e-12);
    EXPECT_NE(select(scores, "result.scores[by=model:forecast].statements"), Value(std::int64_t{0}));
    EXPECT_EQ(select(json({"score"}), "result.events"), Value(std::int64_t{2}));
    test::Start terminal;
    terminal.terminal = true;
    terminal.environment = {"STEELYARD_STORE=" + scratch.path("store.sqlite")};
    EXPECT_THAT(test::steelyard({"score", subject}, terminal).out, HasSubstr("o is what was forecast"));
}

TEST_F(StoreCommands, SeedQuestionsWeighTheExperts) {
    for (int i = 0; i < 4; ++i) {
        const std::string seed = "event:s" + std::to_string(i);
        ok({"estimate", subject, seed, "--points", "4,6,9", "--by", "ann"});
        ok({"estimate", subject, seed, "--points", "20,21,22", "--by", "ben"});
        ok({"resolve", subject, seed.substr(6), "--value", i % 2 == 0 ? "5" : "7"});
    }
    const Value pool = json({"pool", subject});
    EXPECT_EQ(select(pool, "result.weights[expert=ann].seeds"), Value(std::int64_t{4}));
    EXPECT_GT(*select(pool, "result.weights[expert=ann].weight").number(), 0.99);
    EXPECT_EQ(
        select(json({"pool", subject, "--weighting", "equal"}), "result.weights[expert=ben].weight").number(),
        0.5);
}

TEST_F(StoreCommands, LinesThatAreWrongNameTheirFileAndMakeNoStore) {
    const std::string heading = R"({"format":"steelyard store","schema":3})";
    const std::string other = scratch.path("other");
    const std::pair<std::string, std::string> wrong[] = {
        {"", ""}, {R"({"format": NaN})", ":1:12"}, {heading + "\n{}\n", ":2:1"}};
    for (const auto& [text, place] : wrong) {
        const std::string file = scratch.file("lines", text);
        const auto result = call({"store", "import", file, "--store", other});
        EXPECT_EQ(result.exit_code, 2) << text;
        EXPECT_THAT(result.err, testing::HasSubstr(file + place + ": ")) << text;
        EXPECT_FALSE(std::filesystem::exists(other)) << text;
    }
}

TEST_F(StoreCommands, TheStoreIsCopiedAndBroughtBack) {
    ok({"vote", subject, "letter", "--there", "up", "--by", "ann"});
    ok({"store", "backup", scratch.path("kept")});
    const std::string before = call({"store", "export"}).out;
    ok({"vote", subject, "offer", "--there", "up", "--by", "ann"});
    ASSERT_NE(call({"store", "export"}).out, before);
    ok({"store", "restore", scratch.path("kept")});
    EXPECT_THAT(call({"store", "export"}).out, testing::StartsWith(before)) << "and the audit log says so";
    const std::string other = scratch.path("deep/er/other");
    ok({"store", "import", scratch.file("lines", before), "--store", other});
    EXPECT_EQ(call({"store", "export", "--store", other}).out, before);
    EXPECT_EQ(select(json({"store", "check"}), "sound"), Value(true));
    EXPECT_EQ(select(json({"store", "check"}), "records.votes"), Value(std::int64_t{1}));
    EXPECT_EQ(call({"store", "check", "--store", scratch.path("nothing")}).exit_code, 9);
    EXPECT_FALSE(std::filesystem::exists(scratch.path("nothing"))) << "looking makes no store";
    EXPECT_EQ(call({"store", "check", "--store", subject}).exit_code, 9);
    EXPECT_EQ(call({"store", "burn"}).exit_code, 2);
    EXPECT_THAT(call({"store", "audit"}).out, HasSubstr("vote"));
}

TEST_F(StoreCommands, ThePlaceFollowsTheUsersFolders) {
    test::Start start;
    start.environment = {"XDG_DATA_HOME=" + scratch.path("data")};
    EXPECT_EQ(test::steelyard({"store", "path"}, start).out,
              scratch.path("data/steelyard/store.sqlite") + '\n');
    start.environment = {"XDG_DATA_HOME=", "HOME=" + scratch.path("home")};
    EXPECT_EQ(test::steelyard({"store", "path"}, start).out,
              scratch.path("home/.local/share/steelyard/store.sqlite") + '\n');
    const Outcome voted = test::steelyard({"vote", subject, "letter", "--there", "up", "--by", "ann"}, start);
    EXPECT_EQ(voted.exit_code, 0) << voted.err;
    EXPECT_TRUE(std::filesystem::exists(scratch.path("home/.local/share/steelyard/store.sqlite")));
}

TEST_F(StoreCommands, AccountsTakePasswordsFromStandardInputOnly) {
    const std::string password = "a good long password";
    ok({"account", "add", "olga", "--role", "owner", "--by", "root"}, password + '\n');
    const Outcome token = call({"account", "token", "olga", "--days", "2"});
    EXPECT_THAT(token.out, testing::StartsWith("steelyard_"));
    const std::string secret = token.out.substr(token.out.rfind('_') + 1, 64);
    const Outcome list = call({"account", "list"});
    EXPECT_THAT(list.out, HasSubstr("olga\towner\tyes"));
    const std::string all = list.out + call({"store", "audit"}).out + call({"store", "export"}).out;
    EXPECT_THAT(all, Not(HasSubstr(secret)));
    EXPECT_THAT(all, Not(HasSubstr(password)));
    ok({"account", "revoke", token.out.substr(10, 12)});
    EXPECT_NE(select(json({"account", "list"}), "tokens[account=olga].revoked"), Value(""));
    const Outcome weak = call({"account", "add", "ann"}, "secret\n");
    EXPECT_EQ(weak.exit_code, 2);
    EXPECT_THAT(weak.err, Not(HasSubstr("secret")));
    EXPECT_EQ(call({"account", "close", "olga"}).exit_code, 2) << "the last owner stays";
}
