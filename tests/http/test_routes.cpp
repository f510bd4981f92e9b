// SPDX-License-Identifier: Apache-2.0
// What the server answers to somebody who works on it alone: every route, on real sockets.
#include "http/client.hpp"
#include "http/routes.hpp"
#include "steelyard/core/sha256.hpp"
#include "steelyard/format/case_file.hpp"
#include "steelyard/format/json.hpp"
#include "steelyard/registry/analysis.hpp"
#include "steelyard/registry/arguments.hpp"
#include "steelyard/report/brief.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <thread>

namespace steelyard::test {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string string_at(const Value& tree, std::string_view path) {
    return *select(tree, path).get<std::string>();
}

class OpenServer : public testing::Test {
protected:
    Site site;
    http::Server server{site.open()};
    Browser ann{server.port()};

    void SetUp() override { ann.session(); }
    std::string hash() { return string_at(ann.get("/api/cases/harbour-lease").json(), "hash"); }
};

TEST_F(OpenServer, SaysWhoWorksOnIt) {
    const Value session = ann.session().json();
    EXPECT_EQ(string_at(session, "user.name"), "ann");
    EXPECT_EQ(string_at(session, "user.role"), "owner");
    EXPECT_EQ(*select(session, "open").get<bool>(), true);
    EXPECT_EQ(*select(session, "permissions.save").get<bool>(), true);
    EXPECT_EQ(*select(session, "editable").get<bool>(), true);
}

TEST_F(OpenServer, DescribesEveryAnalysisAsTheCommandLineDoes) {
    Value::List expected;
    for (const Analysis& analysis : analyses())
        expected.push_back(to_tree(analysis));
    EXPECT_EQ(ann.get("/api/analyses").body, to_json(Value(expected), 0) + '\n');
}

TEST_F(OpenServer, RunsEveryExampleOfTheRegistryAsTheRegistryDoes) {
    const http::Server samples(site.samples());
    Browser browser(samples.port());
    browser.session();
    for (const Analysis& analysis : analyses()) {
        const std::string path = "cases/" + std::string(analysis.example.case_path) + ".yaml";
        const std::string text = text_of(path);
        Named<std::string> texts(analysis.example.options.begin(), analysis.example.options.end());
        const Value options = arguments_from_texts(analysis.options(), texts);
        const Case subject = read_case(text, path).value;
        const std::string expected = to_json(to_tree(run(analysis.name, subject, options)), 0) + '\n';
        Value::Map body{{"analysis", Value(analysis.name)}, {"case", Value(text)}, {"options", options}};
        const Reply reply = browser.post("/api/run", to_json(Value(body)));
        EXPECT_EQ(reply.status, 200) << analysis.name << reply.body.substr(0, 500);
        EXPECT_TRUE(reply.body == expected) << analysis.name;
    }
}

TEST_F(OpenServer, TakesACaseByIdAsTextAndAsATree) {
    const std::string by_id = ann.post("/api/run", R"({"analysis":"frontier","case":"harbour-lease"})").body;
    const Value text(text_of(site.case_file()));
    const Value tree = *ann.get("/api/cases/harbour-lease").json().find("case");
    for (const Value& subject : {text, tree}) {
        const Value body(Value::Map{{"analysis", Value("frontier")}, {"case", subject}});
        EXPECT_EQ(ann.post("/api/run", to_json(body)).body, by_id);
    }
    EXPECT_EQ(string_at(from_json(by_id), "case_hash"),
              case_hash(read_case(text_of(site.case_file()), "").value));
}

TEST_F(OpenServer, RecordsOverrides) {
    const Reply reply = ann.post(
        "/api/run",
        R"({"analysis":"frontier","case":"harbour-lease","overrides":{"no_deal.port":40,"rent.high.port":"30..50"}})");
    ASSERT_EQ(reply.status, 200) << reply.body;
    const Value overrides = *reply.json().find("overrides");
    EXPECT_EQ(to_json(overrides, 0),
              R"({"/preferences/port/no_deal":"40","/preferences/port/points/rent/high":"30..50"})");
    EXPECT_EQ(ann.post("/api/run",
                       R"({"analysis":"frontier","case":"harbour-lease","overrides":{"no_deal.prt":40}})")
                  .status,
              404);
}

TEST_F(OpenServer, WritesTheBriefInEveryForm) {
    const Reply tree = ann.post("/api/brief", R"({"case":"harbour-lease"})");
    ASSERT_EQ(tree.status, 200) << tree.body;
    EXPECT_EQ(string_at(tree.json(), "title"), "Lease of a container terminal");
    const Reply html = ann.post("/api/brief?format=html", R"({"case":"harbour-lease"})");
    EXPECT_EQ(html.header("content-type"), "text/html; charset=utf-8");
    EXPECT_THAT(html.header("content-security-policy"), HasSubstr("sandbox"));
    EXPECT_THAT(html.header("content-security-policy"), Not(HasSubstr("script-src")));
    EXPECT_THAT(html.body, HasSubstr("Lease of a container terminal"));
    EXPECT_EQ(ann.post("/api/brief?format=markdown", R"({"case":"harbour-lease"})").header("content-type"),
              "text/markdown; charset=utf-8");
    EXPECT_EQ(ann.post("/api/brief?format=text", R"({"case":"harbour-lease"})").header("content-type"),
              "text/plain; charset=utf-8");
    EXPECT_EQ(ann.post("/api/brief?format=pdf", R"({"case":"harbour-lease"})").status, 400);
    EXPECT_EQ(ann.post("/api/brief", R"({"case":"harbour-lease","only":["nothing"]})").status, 404);
}

TEST_F(OpenServer, ListsNumbersWithAddressesThatLeadBack) {
    const Value numbers = ann.post("/api/numbers", R"({"case":"harbour-lease"})").json();
    const auto& rows = *numbers.get<Value::List>();
    ASSERT_EQ(rows.size(), 14U);
    const Value first = rows.front();
    EXPECT_EQ(string_at(first, "address"), "no_deal.port");
    EXPECT_EQ(string_at(first, "text"), "35");
    EXPECT_EQ(string_at(first, "kind"), "no_deal");
    EXPECT_EQ(*select(first, "value").number(), 35);
    for (const Value& row : rows) {
        const Value body(
            Value::Map{{"analysis", Value("evidence")},
                       {"case", Value("harbour-lease")},
                       {"overrides", Value(Value::Map{{string_at(row, "address"), Value("33")}})}});
        const Value overrides = *ann.post("/api/run", to_json(body)).json().find("overrides");
        EXPECT_EQ(overrides.get<Value::Map>()->front().first, string_at(row, "pointer"));
    }
}

TEST_F(OpenServer, ChangesANumberAndNoOtherByte) {
    const std::string before = text_of(site.case_file());
    const Value body(Value::Map{{"hash", Value(hash())},
                                {"numbers", Value(Value::Map{{"no_deal.port", Value("36..38")}})}});
    const Reply reply = ann.post("/api/cases/harbour-lease/numbers", to_json(body));
    ASSERT_EQ(reply.status, 200) << reply.body;
    std::string expected = before;
    expected.replace(expected.find("no_deal: 35"), 11, "no_deal: 36..38");
    EXPECT_EQ(text_of(site.case_file()), expected);
    EXPECT_EQ(string_at(reply.json(), "text"), expected);
    EXPECT_EQ(string_at(reply.json(), "hash"), sha256(expected));
    const Reply again = ann.post("/api/cases/harbour-lease/numbers", to_json(body));
    EXPECT_EQ(again.status, 409);
    EXPECT_EQ(again.kind(), "conflict");
}

TEST_F(OpenServer, WritesNoBadCase) {
    const std::string before = text_of(site.case_file());
    const Value bad(
        Value::Map{{"hash", Value(hash())}, {"text", Value("steelyard: 1\ncase: harbour-lease\n")}});
    const Reply refused = ann.send("PUT", "/api/cases/harbour-lease", to_json(bad));
    EXPECT_EQ(refused.status, 422);
    EXPECT_EQ(refused.kind(), "invalid_case");
    EXPECT_EQ(text_of(site.case_file()), before);
    const Value good(Value::Map{{"hash", Value(hash())}, {"text", Value("# mine\n" + before)}});
    EXPECT_EQ(ann.send("PUT", "/api/cases/harbour-lease", to_json(good)).status, 200);
    EXPECT_EQ(text_of(site.case_file()), "# mine\n" + before);
    EXPECT_EQ(ann.send("PUT", "/api/cases/harbour-lease", to_json(good)).status, 409);
}

TEST_F(OpenServer, SeesWhatAnEditorSaves) {
    const std::string before = hash();
    std::ofstream(site.case_file(), std::ios::app) << "# seen\n";
    EXPECT_NE(hash(), before);
    std::ofstream(site.case_file()) << "no case";
    const Reply reply = ann.get("/api/cases/harbour-lease");
    ASSERT_EQ(reply.status, 200) << "it keeps its name until it can be read again";
    const Value broken = reply.json();
    EXPECT_TRUE(broken.find("case")->is_null());
    EXPECT_FALSE(broken.find("problems")->get<Value::List>()->empty());
    const Value rows = ann.get("/api/cases").json();
    EXPECT_EQ(*select(rows.get<Value::List>()->front(), "valid").get<bool>(), false);
}

TEST_F(OpenServer, MakesNewCases) {
    std::string text = text_of(site.case_file());
    text.replace(text.find("harbour-lease"), 13, "second");
    const std::string body = to_json(Value(Value::Map{{"text", Value(text)}}));
    EXPECT_EQ(ann.post("/api/cases", body).status, 201);
    EXPECT_EQ(text_of(site.cases() + "/second.yaml"), text);
    EXPECT_EQ(ann.post("/api/cases", body).status, 409);
    EXPECT_EQ(ann.get("/api/cases").json().get<Value::List>()->size(), 2U);
}

TEST_F(OpenServer, ChecksAndCompares) {
    const Value sound =
        ann.post("/api/check", to_json(Value(Value::Map{{"text", Value(text_of(site.case_file()))}}))).json();
    EXPECT_TRUE(sound.find("problems")->get<Value::List>()->empty());
    const Value problems =
        ann.post(
               "/api/check",
               R"({"text":"steelyard: 1\ncase: x\nactors: {a: {nmae: A}}\nissues: {i: {options: [p, q]}}\n"})")
            .json();
    EXPECT_EQ(string_at(problems, "problems[0].nearest"), "name");
    const Reply diff = ann.post(
        "/api/diff",
        R"({"a":{"case":"harbour-lease"},"b":{"case":"harbour-lease","overrides":{"no_deal.port":"40"}}})");
    EXPECT_EQ(
        diff.body,
        R"({"numbers":[{"address":"no_deal.port","pointer":"/preferences/port/no_deal","a":"35","b":"40"}],"rest":[]})"
        "\n");
}

TEST_F(OpenServer, ShowsOthersVotesOnlyAfterOnesOwn) {
    http::Settings other = site.open();
    other.person = "ben";
    const http::Server second(other);
    Browser ben(second.port());
    ben.session();
    EXPECT_EQ(
        ben.post("/api/cases/harbour-lease/votes", R"({"claim":"rival","there":true,"impact":3})").status,
        200);
    const auto claim = [](Browser& browser) {
        return browser.get("/api/cases/harbour-lease/claims")
            .json()
            .find("claims")
            ->get<Value::List>()
            ->front();
    };
    const Value before = claim(ann);
    EXPECT_TRUE(before.find("votes")->get<Value::List>()->empty());
    EXPECT_TRUE(before.find("pool")->is_null());
    EXPECT_EQ(string_at(before, "numbers[0]"), "no_deal.carrier");
    const Value hidden = ann.get("/api/cases/harbour-lease/pool").json();
    EXPECT_EQ(*hidden.find("hidden")->number(), 1);
    EXPECT_TRUE(select(hidden, "run.result.votes").get<Value::List>()->empty());

    const Value after =
        ann.post("/api/cases/harbour-lease/votes", R"({"claim":"rival","there":false})").json();
    EXPECT_EQ(after.find("votes")->get<Value::List>()->size(), 2U);
    const Value voted = claim(ann);
    EXPECT_EQ(string_at(voted, "mine.reader"), "ann");
    EXPECT_EQ(*select(voted, "pool.votes[question=there].up").number(), 1);
    EXPECT_EQ(*select(voted, "pool.votes[question=there].down").number(), 1);
    EXPECT_EQ(*ann.get("/api/cases/harbour-lease/pool").json().find("hidden")->number(), 0);

    EXPECT_EQ(ann.post("/api/cases/harbour-lease/votes", R"({"claim":"rival","there":true})").status, 400)
        << "an answer stands until the next round";
    EXPECT_EQ(*ann.post("/api/cases/harbour-lease/round", "{}").json().find("round")->number(), 2);
    EXPECT_EQ(ann.post("/api/cases/harbour-lease/votes", R"({"claim":"rival","there":true})").status, 200);
}

TEST_F(OpenServer, KeepsEstimatesAndForecasts) {
    const std::string base = "/api/cases/harbour-lease";
    EXPECT_EQ(
        ann.post(base + "/estimates", R"({"about":"no_deal.port","low":20,"best":30,"high":45})").status,
        200);
    EXPECT_EQ(
        ann.post(base + "/estimates", R"({"about":"no_deal.port","low":20,"best":30,"high":45})").status,
        400);
    EXPECT_EQ(ann.post(base + "/estimates", R"({"about":"claim:nobody","probability":0.5})").status, 404);
    const Reply saved = ann.post(
        base + "/forecasts",
        R"({"forecasts":[{"event":"deal","chances":{"yes":0.7,"no":0.3}},{"event":"deal","by":"model:median","chances":{"yes":0.4,"no":0.6}}]})");
    ASSERT_EQ(saved.status, 200) << saved.body;
    EXPECT_EQ(string_at(saved.json(), "forecasts[0].by"), "expert:ann");
    EXPECT_TRUE(saved.json().find("scores")->is_null());
    EXPECT_EQ(ann.post(base + "/forecasts",
                       R"({"forecasts":[{"event":"deal","by":"expert:ben","chances":{"yes":1,"no":0}}]})")
                  .status,
              403);
    EXPECT_EQ(
        ann.post(base + "/forecasts", R"({"forecasts":[{"event":"deal","chances":{"yes":0.7}}]})").status,
        400);
    const Value settled = ann.post(base + "/outcomes", R"({"event":"deal","outcome":"yes"})").json();
    EXPECT_EQ(string_at(settled, "scores.scores[0].by"), "expert:ann");
    EXPECT_EQ(ann.get(base + "/forecasts").json(), settled);
}

TEST_F(OpenServer, ShowsTheTextOfASource) {
    http::Settings settings = site.open();
    settings.sources = site.folder() + "/texts";
    std::filesystem::create_directory(settings.sources);
    std::ofstream(settings.sources + "/gazette.txt") << "The port wrote a letter.\n";
    const http::Server with(settings);
    Browser browser(with.port());
    const Reply reply = browser.get("/api/cases/harbour-lease/sources/gazette");
    EXPECT_EQ(string_at(reply.json(), "text"), "The port wrote a letter.\n");
    EXPECT_EQ(*reply.json().find("verified")->get<bool>(), false);
    EXPECT_EQ(browser.get("/api/cases/harbour-lease/sources/nobody").status, 404);
    EXPECT_EQ(ann.get("/api/cases/harbour-lease/sources/gazette").status, 404);
}

TEST_F(OpenServer, CancelsAJobAndTellsItsProgress) {
    const http::Server samples(site.samples());
    Browser browser(samples.port());
    browser.session();
    Wire events(samples.port());
    events.send(request_text(samples.port(), "GET", "/api/events", "", {{"Cookie", browser.cookie}}));
    EXPECT_THAT(events.read_until(": hello", std::chrono::seconds{30}), HasSubstr("text/event-stream"));
    Reply reply;
    std::jthread long_run([&] {
        Browser same = browser;
        reply = same.post("/api/run",
                          R"({"analysis":"ensemble","case":"belarus-us-2025",)"
                          R"("options":{"targets":["compromise:issues[0].value"],"draws":40000}})",
                          {{"X-Steelyard-Job", "long-1"}});
    });
    const std::string seen = events.read_until(R"("job":"long-1")", std::chrono::seconds{60});
    EXPECT_THAT(seen, HasSubstr("event: progress\ndata: {\"job\":\"long-1\""));
    EXPECT_EQ(browser.send("DELETE", "/api/jobs/long-2", "").status, 404);
    Browser stranger(samples.port());
    stranger.session();
    EXPECT_EQ(stranger.send("DELETE", "/api/jobs/long-1", "").status, 404) << "it belongs to somebody else";
    EXPECT_EQ(browser.send("DELETE", "/api/jobs/long-1", "").status, 200);
    long_run.join();
    EXPECT_EQ(reply.status, 499);
    EXPECT_EQ(reply.kind(), "cancelled");
}

TEST_F(OpenServer, StopsAnAnalysisWhoseClientHasGone) {
    const http::Server samples(site.samples());
    Browser browser(samples.port());
    browser.session();
    const std::string endless = R"({"analysis":"ensemble","case":"belarus-us-2025",)"
                                R"("options":{"targets":["compromise:issues[0].value"],"draws":2000000000}})";
    const std::string quick = R"({"analysis":"score","case":"belarus-us-2025"})";
    const Named<std::string> job = {{"X-Steelyard-Job", "left-alone"}};
    const auto is_at_work = [&] { return browser.post("/api/run", quick, job).status == 409; };
    const auto becomes = [&](bool wanted) {
        const auto end = std::chrono::steady_clock::now() + std::chrono::seconds{30};
        while (is_at_work() != wanted) {
            if (std::chrono::steady_clock::now() > end)
                return false;
            std::this_thread::sleep_for(std::chrono::milliseconds{20});
        }
        return true;
    };
    {
        Wire wire(samples.port());
        ASSERT_TRUE(wire.send(request_text(samples.port(), "POST", "/api/run", endless,
                                           {{"Cookie", browser.cookie},
                                            {"X-Steelyard-Token", browser.token},
                                            {"Content-Type", "application/json"},
                                            job.front()})));
        EXPECT_TRUE(becomes(true));
    }  // closes the connection
    EXPECT_TRUE(becomes(false)) << "nobody can read its answer";
}

TEST_F(OpenServer, LeavesOutOfAQuickBriefWhatTakesLong) {
    const http::Server samples(site.samples());
    Browser browser(samples.port());
    browser.session();
    const auto ask = [&](const std::string& more) {
        return browser.post("/api/brief", R"({"case":"belarus-us-2025")" + more + "}").json();
    };
    const Value whole = ask("");
    const Value quick = ask(R"(,"quick":true)");
    const auto kinds = [](const Value& brief) {
        Named<std::set<std::string>> found;
        for (const Value& answer : *brief.find("answers")->get<Value::List>()) {
            auto& [id, parts] = found.emplace_back(string_at(answer, "id"), std::set<std::string>());
            for (const Value& part : *answer.find("parts")->get<Value::List>())
                parts.insert(string_at(part, "kind"));
        }
        return found;
    };
    auto expected = kinds(whole);
    std::size_t left_out = 0;
    for (auto& [id, parts] : expected)
        left_out += parts.erase("order") + parts.erase("partners");
    EXPECT_GE(left_out, 2U);
    EXPECT_EQ(kinds(quick), expected);
    EXPECT_EQ(to_json(*quick.find("provenance")->find("options")->find("draws")), "0");
}

TEST_F(OpenServer, GivesThePartialAnswerOfABudget) {
    const http::Server samples(site.samples());
    Browser browser(samples.port());
    browser.session();
    const Reply reply = browser.post(
        "/api/run?budget=0.3", R"({"analysis":"ensemble","case":"belarus-us-2025",)"
                               R"("options":{"targets":["compromise:issues[0].value"],"draws":2000000000}})");
    EXPECT_EQ(reply.status, 200) << reply.body.substr(0, 300);
    EXPECT_EQ(browser.post("/api/run?budget=soon", "{}").status, 400);
}

TEST_F(OpenServer, StaysQuickWhileLongRunsGoOn) {
    const http::Server samples(site.samples());
    Browser browser(samples.port());
    browser.session();
    std::vector<std::jthread> runs;
    for (int i = 0; i < 4; ++i) {
        runs.emplace_back([copy = browser, i]() mutable {
            copy.post("/api/run",
                      R"({"analysis":"ensemble","case":"belarus-us-2025",)"
                      R"("options":{"targets":["compromise:issues[0].value"],"draws":2000000000}})",
                      {{"X-Steelyard-Job", "run-" + std::to_string(i)}});
        });
    }
    std::this_thread::sleep_for(std::chrono::milliseconds{500});
    std::vector<double> seconds;
    for (int i = 0; i < 20; ++i) {
        const auto begin = std::chrono::steady_clock::now();
        EXPECT_EQ(
            browser.post("/api/run", R"({"analysis":"compromise","case":"emission-standards-1994"})").status,
            200);
        EXPECT_EQ(browser.get("/api/cases").status, 200);
        seconds.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
    }
    std::ranges::sort(seconds);
    EXPECT_LT(seconds[10], 1.0) << "median of twenty, while every processor is busy";
    for (int i = 0; i < 4; ++i)
        EXPECT_EQ(browser.send("DELETE", "/api/jobs/run-" + std::to_string(i), "").status, 200);
}

TEST_F(OpenServer, ServesThePageFromItsOwnBytes) {
    const Reply page = ann.get("/");
    EXPECT_EQ(page.status, 200);
    EXPECT_EQ(page.header("content-type"), "text/html; charset=utf-8");
    EXPECT_EQ(page.body, text_of("web/prebuilt/index.html"));
    EXPECT_THAT(page.header("content-security-policy"), HasSubstr("default-src 'none'; script-src 'self'"));
    const Reply packed = ann.get("/", {{"Accept-Encoding", "br, gzip"}});
    EXPECT_EQ(packed.header("content-encoding"), "gzip");
    EXPECT_EQ(packed.body.substr(0, 2), "\x1f\x8b");
    EXPECT_NE(packed.header("etag"), page.header("etag"));
    EXPECT_EQ(ann.get("/", {{"If-None-Match", page.header("etag")}}).status, 304);
    EXPECT_EQ(ann.get("/", {{"Accept-Encoding", "gzip;q=0"}}).header("content-encoding"), "");
    EXPECT_EQ(ann.send("POST", "/", "{}").header("allow"), "GET, HEAD");
}

TEST_F(OpenServer, KeepsAConnectionForTheNextRequest) {
    Wire wire(server.port());
    for (const Named<std::string>& headers : {Named<std::string>{}, {{"Content-Length", "0"}}}) {
        for (const std::string target : {"/", "/api/cases", "/api/nothing"}) {
            ASSERT_TRUE(wire.send(request_text(server.port(), "GET", target, "", headers)));
            EXPECT_NE(wire.receive().status, 0) << target;
        }
    }
}

TEST_F(OpenServer, AnswersHeadAndNamesTheMethodsOfAPath) {
    const Reply head = ann.send("HEAD", "/api/cases", "");
    EXPECT_EQ(head.status, 200);
    EXPECT_EQ(head.body, "");
    EXPECT_EQ(head.header("content-length"), ann.get("/api/cases").header("content-length"));
    EXPECT_EQ(ann.send("HEAD", "/api/events", "").status, 200);
    const Reply put = ann.send("PUT", "/api/cases", "{}");
    EXPECT_EQ(put.status, 405);
    EXPECT_EQ(put.header("allow"), "GET, HEAD, POST");
    EXPECT_EQ(ann.send("BREW", "/api/cases", "").status, 405);
    EXPECT_EQ(ann.get("/api/nothing").status, 404);
    EXPECT_EQ(ann.get("/nothing.html").status, 404);
}

}  // namespace
}  // namespace steelyard::test
