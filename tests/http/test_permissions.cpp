// SPDX-License-Identifier: Apache-2.0
// Who may what: every route with every role, signing in, and those who may not.
#include "http/client.hpp"
#include "http/routes.hpp"
#include "steelyard/core/error.hpp"
#include "steelyard/format/json.hpp"
#include "steelyard/store/accounts.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <thread>

namespace steelyard::test {
namespace {

using testing::HasSubstr;

class ClosedServer : public testing::Test {
protected:
    ClosedServer() { site.make_accounts(); }
    Site site;
};

/// The least role for each route, written down a second time: a slip in the table shows here.
const std::vector<std::pair<std::string, std::string>>& expected_roles() {
    static const std::vector<std::pair<std::string, std::string>> rows{
        {"GET /api/session", "nobody"},
        {"POST /api/login", "nobody"},
        {"POST /api/logout", "nobody"},
        {"GET /api/analyses", "reader"},
        {"GET /api/openapi.json", "reader"},
        {"POST /api/run", "reader"},
        {"POST /api/brief", "reader"},
        {"DELETE /api/jobs/{job}", "reader"},
        {"GET /api/events", "reader"},
        {"GET /api/cases", "reader"},
        {"POST /api/cases", "owner"},
        {"GET /api/cases/{id}", "reader"},
        {"PUT /api/cases/{id}", "owner"},
        {"POST /api/cases/{id}/numbers", "owner"},
        {"GET /api/cases/{id}/sources/{source}", "reader"},
        {"POST /api/numbers", "reader"},
        {"POST /api/check", "reader"},
        {"POST /api/diff", "reader"},
        {"GET /api/cases/{id}/claims", "reader"},
        {"POST /api/cases/{id}/votes", "reader"},
        {"POST /api/cases/{id}/estimates", "expert"},
        {"GET /api/cases/{id}/pool", "reader"},
        {"POST /api/cases/{id}/round", "owner"},
        {"GET /api/cases/{id}/forecasts", "reader"},
        {"POST /api/cases/{id}/forecasts", "expert"},
        {"POST /api/cases/{id}/outcomes", "owner"},
        {"GET /api/accounts", "owner"},
        {"POST /api/accounts", "owner"},
        {"POST /api/accounts/{name}", "owner"},
    };
    return rows;
}

int rank(const std::string& role) {
    constexpr std::array<std::string_view, 4> order{"nobody", "reader", "expert", "owner"};
    return static_cast<int>(std::ranges::find(order, role) - order.begin());
}

TEST_F(ClosedServer, EveryRouteAsksForItsRole) {
    const http::Server server(site.closed());
    ASSERT_EQ(http::routes().size(), expected_roles().size());
    const std::vector<std::pair<std::string, std::string>> people{
        {"nobody", ""}, {"reader", "rita"}, {"expert", "emil"}, {"owner", "olga"}};
    for (const auto& [role, name] : people) {
        Browser browser(server.port());
        browser.session();
        if (!name.empty()) {
            ASSERT_EQ(browser.log_in(name, Site::kPassword).status, 200);
        }
        for (const http::Route& route : http::routes()) {
            const std::string key = std::string(route.method) + ' ' + std::string(route.pattern);
            const auto row =
                std::ranges::find(expected_roles(), key, &std::pair<std::string, std::string>::first);
            ASSERT_NE(row, expected_roles().end()) << key << " is not in this test's list";
            if (row->second == "nobody")
                continue;  // their own tests are below
            std::string target(route.pattern);
            for (std::size_t open = 0; (open = target.find('{')) != std::string::npos;)
                target.replace(open, target.find('}') - open + 1, "nothing");
            const std::string method(route.lane == http::Lane::stream ? "HEAD" : route.method);
            const Reply reply = browser.send(method, target, route.body != nullptr ? "{}" : "");
            const bool may = rank(role) >= rank(row->second);
            SCOPED_TRACE(role + ": " + key + " -> " + std::to_string(reply.status));
            if (may)
                EXPECT_TRUE(reply.status != 0 && reply.status != 401 && reply.status != 403 &&
                            reply.status < 500);
            else
                EXPECT_EQ(reply.status, role == "nobody" ? 401 : 403);
        }
    }
}

TEST_F(ClosedServer, WantsAnOwnerBeforeItListensToOthers) {
    http::Settings settings = site.closed();
    settings.store = site.folder() + "/empty.sqlite";
    try {
        const http::Server server(settings);
        FAIL() << "it listens";
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::usage);
        EXPECT_THAT(error.what(), HasSubstr("steelyard account add NAME --role owner"));
    }
}

TEST_F(ClosedServer, GivesANewSessionAtLoginAndEndsItAtLogout) {
    const http::Server server(site.closed());
    Browser browser(server.port());
    const Reply first = browser.session();
    EXPECT_TRUE(first.json().find("user")->is_null());
    EXPECT_THAT(first.header("set-cookie"), HasSubstr("HttpOnly"));
    EXPECT_THAT(first.header("set-cookie"), HasSubstr("SameSite=Strict"));
    const std::string before = browser.cookie;
    const std::string old_token = browser.token;
    EXPECT_EQ(browser.log_in("rita", Site::kPassword).status, 200);
    EXPECT_NE(browser.cookie, before) << "session fixation";
    EXPECT_NE(browser.token, old_token);
    EXPECT_EQ(*select(browser.session().json(), "user.name").get<std::string>(), "rita");

    Browser fixed(server.port());  // somebody who knew the cookie before
    fixed.cookie = before;
    fixed.token = old_token;
    EXPECT_EQ(fixed.get("/api/cases").status, 401);

    Browser thief = browser;
    EXPECT_EQ(browser.post("/api/logout", "{}").status, 200);
    EXPECT_EQ(thief.get("/api/cases").status, 401) << "the session has ended for everybody";
    Browser made_up(server.port());
    made_up.cookie = browser.cookie.substr(0, browser.cookie.find('=') + 1) + std::string(64, 'a');
    EXPECT_EQ(made_up.get("/api/cases").status, 401);
}

TEST_F(ClosedServer, WantsTheTokenOfTheSession) {
    const http::Server server(site.closed());
    Browser rita(server.port());
    ASSERT_EQ(rita.log_in("rita", Site::kPassword).status, 200);
    Browser emil(server.port());
    ASSERT_EQ(emil.log_in("emil", Site::kPassword).status, 200);
    const std::string vote = R"({"claim":"rival","there":true})";
    const std::string own = rita.token;
    for (const std::string& token : {std::string(), std::string("x"), emil.token}) {
        rita.token = token;
        EXPECT_EQ(rita.post("/api/cases/harbour-lease/votes", vote).status, 403);
    }
    rita.token = own;
    EXPECT_EQ(rita.post("/api/cases/harbour-lease/votes", vote).status, 200);
}

TEST_F(ClosedServer, MakesThoseWaitWhoGuess) {
    http::Settings settings = site.closed();
    settings.limits.login_delay_most = std::chrono::seconds{2};
    const http::Server server(settings);
    Browser browser(server.port());
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(browser.log_in("rita", "wrong horse battery").status, 401);
    const Reply right = browser.log_in("rita", Site::kPassword);
    EXPECT_EQ(right.status, 429) << "the right password has to wait too";
    EXPECT_FALSE(right.header("retry-after").empty());
    EXPECT_EQ(browser.log_in("olga", Site::kPassword).status, 429) << "so has the address";
    std::this_thread::sleep_for(std::chrono::milliseconds{1100});
    EXPECT_EQ(browser.log_in("rita", "wrong horse battery").status, 401);
    EXPECT_EQ(browser.log_in("rita", Site::kPassword).header("retry-after"), "2") << "the delay grows";
    std::this_thread::sleep_for(std::chrono::milliseconds{2100});
    EXPECT_EQ(browser.log_in("rita", Site::kPassword).status, 200);
    EXPECT_EQ(browser.log_in("rita", "wrong horse battery").status, 401) << "and is forgotten";
}

TEST_F(ClosedServer, DoesNotTellAWrongNameFromAWrongPassword) {
    {
        store::Store store(site.store());
        store::Accounts(store).add("cost", store::Role::reader, Site::kPassword,
                                   {"2026-01-01T00:00:00Z", "t"});
    }
    const auto least = [&](const std::string& name, std::string& body) {
        const http::Server server(site.closed());  // its own count of guesses
        Browser browser(server.port());
        browser.session();
        double seconds = 1e9;
        for (int i = 0; i < 3; ++i) {
            const auto begin = std::chrono::steady_clock::now();
            body = browser.log_in(name, "wrong horse battery").body;
            const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
            seconds = std::min(seconds, took.count());
        }
        return seconds;
    };
    std::string known_body;
    std::string unknown_body;
    const double known = least("cost", known_body);
    const double unknown = least("nobody", unknown_body);
    EXPECT_EQ(known_body, unknown_body);
    EXPECT_GT(unknown, known / 3) << "argon2 is computed for a name that is not there as well";
}

TEST_F(ClosedServer, TakesTokensForPrograms) {
    std::string token;
    {
        store::Store store(site.store());
        token = store::Accounts(store).issue("emil", "script", "2999-01-01T00:00:00Z",
                                             {"2026-01-01T00:00:00Z", "t"});
    }
    const http::Server server(site.closed());
    Browser script(server.port());
    const Named<std::string> bearer{{"Authorization", "Bearer " + token}};
    EXPECT_EQ(script.get("/api/cases", bearer).status, 200);
    EXPECT_EQ(
        script
            .post("/api/cases/harbour-lease/estimates", R"({"about":"event:deal","probability":0.4})", bearer)
            .status,
        200);
    EXPECT_EQ(script.post("/api/cases/harbour-lease/round", "{}", bearer).status, 403);
    EXPECT_EQ(script.get("/api/cases", {{"Authorization", "Bearer " + token + "x"}}).status, 401);
}

TEST_F(ClosedServer, KeepsAccounts) {
    const http::Server server(site.closed());
    Browser olga(server.port());
    ASSERT_EQ(olga.log_in("olga", Site::kPassword).status, 200);
    EXPECT_EQ(olga.post("/api/accounts", R"({"name":"nina","role":"reader","password":"short"})").status,
              400);
    EXPECT_EQ(
        olga.post("/api/accounts", R"({"name":"nina","role":"reader","password":"long enough to keep"})")
            .status,
        200);
    Browser nina(server.port());
    ASSERT_EQ(nina.log_in("nina", "long enough to keep").status, 200);
    EXPECT_EQ(
        nina.post("/api/cases/harbour-lease/estimates", R"({"about":"event:deal","probability":0.4})").status,
        403);
    EXPECT_EQ(olga.post("/api/accounts/nina", R"({"role":"expert"})").status, 200);
    EXPECT_EQ(nina.get("/api/cases").status, 401) << "another role ends the sessions";
    ASSERT_EQ(nina.log_in("nina", "long enough to keep").status, 200);
    EXPECT_EQ(
        nina.post("/api/cases/harbour-lease/estimates", R"({"about":"event:deal","probability":0.4})").status,
        200);
    EXPECT_EQ(olga.post("/api/accounts/nina", R"({"close":true})").status, 200);
    EXPECT_EQ(nina.log_in("nina", "long enough to keep").status, 401);
    EXPECT_EQ(olga.post("/api/accounts/olga", R"({"close":true})").status, 400) << "the last owner stays";
}

TEST_F(ClosedServer, SetsASecureCookieBehindAProxy) {
    http::Settings settings = site.open();
    settings.hosts = {"panel.example"};
    const http::Server server(settings);
    EXPECT_FALSE(server.open());
    Browser browser(server.port());
    const Reply reply =
        browser.get("/api/session", {{"Host", "panel.example"}, {"X-Forwarded-For", "203.0.113.9"}});
    EXPECT_EQ(reply.status, 200);
    EXPECT_THAT(reply.header("set-cookie"), HasSubstr("; Secure"));
    EXPECT_EQ(browser.get("/api/cases", {{"Host", "panel.example"}}).status, 401);
}

}  // namespace
}  // namespace steelyard::test
