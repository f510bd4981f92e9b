// SPDX-License-Identifier: Apache-2.0
// Requests that mean harm, and clients that do not behave.
#include "http/client.hpp"
#include "steelyard/core/random.hpp"
#include "steelyard/format/json.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <thread>

namespace steelyard::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::AnyOf;
using testing::HasSubstr;
using testing::Not;

class Attacks : public testing::Test {
protected:
    Site site;

    [[nodiscard]] static http::Settings quick(http::Settings settings) {
        settings.limits.request = milliseconds{1500};
        return settings;
    }
    static void expect_alive(const http::Server& server) {
        EXPECT_EQ(Browser(server.port()).get("/api/cases").status, 200);
    }
};

TEST_F(Attacks, AnotherNameForThisMachineIsRefused) {
    const http::Server server(site.open());
    Browser browser(server.port());
    const std::string port = std::to_string(server.port());
    for (const std::string& host :
         {"evil.example:" + port, std::string("evil.example"), "127.0.0.1.evil.example:" + port,
          std::string("127.0.0.1:1"), "10.0.0.1:" + port})
        EXPECT_EQ(browser.get("/api/cases", {{"Host", host}}).status, 421) << host;
    for (const std::string& host : {"localhost:" + port, "127.0.0.1:" + port, "[::1]:" + port})
        EXPECT_EQ(browser.get("/api/cases", {{"Host", host}}).status, 200) << host;
    EXPECT_EQ(browser.get("/", {{"Host", "evil.example:" + port}}).status, 421) << "the page neither";
    EXPECT_EQ(browser.get("/api/cases", {{"X-Forwarded-For", "203.0.113.9"}}).status, 403)
        << "a proxy has made an open server public";
}

TEST_F(Attacks, AnotherOriginIsRefused) {
    const http::Server server(site.open());
    Browser browser(server.port());
    browser.session();
    const std::string own = "http://127.0.0.1:" + std::to_string(server.port());
    const std::string body = R"({"text":"x"})";
    EXPECT_EQ(browser.post("/api/check", body, {{"Origin", own}}).status, 200);
    for (const std::string origin : {"http://evil.example", "null", "http://127.0.0.1:1"})
        EXPECT_EQ(browser.post("/api/check", body, {{"Origin", origin}}).status, 403) << origin;
    EXPECT_EQ(browser.post("/api/check", body, {{"Sec-Fetch-Site", "cross-site"}}).status, 403);
    EXPECT_EQ(browser.get("/api/cases", {{"Sec-Fetch-Site", "cross-site"}}).status, 403);
    EXPECT_EQ(browser.post("/api/check", body, {{"Content-Type", "text/plain"}}).status, 415)
        << "a form of another page can send that";
    EXPECT_EQ(browser.post("/api/check", body, {{"X-Steelyard-Token", ""}}).status, 403);
    EXPECT_EQ(browser.send("OPTIONS", "/api/check", "", {{"Origin", "http://evil.example"}}).status, 405);
    EXPECT_EQ(browser.get("/api/cases").header("access-control-allow-origin"), "");
}

TEST_F(Attacks, NoPathLeavesWhatIsServed) {
    std::ofstream(site.folder() + "/secret.yaml") << "secret";
    std::ofstream(site.folder() + "/secret.txt") << "secret";
    http::Settings settings = site.open();
    settings.sources = site.cases();
    const http::Server server(settings);
    Browser browser(server.port());
    for (const std::string target :
         {"/../secret.yaml", "/%2e%2e/secret.yaml", "/assets/..%2f..%2fsecret.yaml", "/api/cases/..%2fsecret",
          "/api/cases/%2e%2e%2fsecret.yaml", "/api/cases/harbour-lease/sources/..%2fsecret",
          "/api/cases/harbour-lease/sources/%2fetc%2fpasswd", "//etc/passwd", "/index.html%00.js", "/%ff",
          "/%zz", "/api//cases", "/./index.html"}) {
        const Reply reply = browser.get(target);
        EXPECT_THAT(reply.status, AnyOf(400, 404)) << target;
        EXPECT_THAT(reply.body, Not(HasSubstr("root:"))) << target;
    }
    // A new case's file name is made of its id, never of a path.
    browser.session();
    std::string text = text_of(site.case_file());
    text.replace(text.find("harbour-lease"), 13, "\"../../outside\"");
    const Reply made = browser.post("/api/cases", to_json(Value(Value::Map{{"text", Value(text)}})));
    EXPECT_THAT(made.status, AnyOf(201, 422)) << made.body;
    EXPECT_FALSE(std::filesystem::exists(site.folder() + "/outside.yaml"));
    EXPECT_FALSE(std::filesystem::exists(site.folder() + "/../outside.yaml"));
}

TEST_F(Attacks, TextsOfACaseComeBackAsDataOnly) {
    const std::string script = "<script>alert(1)</script><img src=x onerror=alert(2)>";
    std::string text = text_of(site.case_file());
    text.replace(text.find("Lease of a container terminal"), 29, '"' + script + '"');
    std::ofstream(site.case_file()) << text;
    const http::Server server(site.open());
    Browser browser(server.port());
    browser.session();
    for (const std::string target :
         {"/api/cases", "/api/cases/harbour-lease", "/api/cases/harbour-lease/claims"}) {
        const Reply reply = browser.get(target);
        EXPECT_EQ(reply.header("content-type"), "application/json") << target;
        EXPECT_EQ(reply.header("x-content-type-options"), "nosniff") << target;
        EXPECT_THAT(reply.header("content-security-policy"), HasSubstr("default-src 'none'")) << target;
    }
    EXPECT_THAT(browser.get("/api/cases/harbour-lease").body, HasSubstr("<script>alert(1)"));
    const Reply html = browser.post("/api/brief?format=html", R"({"case":"harbour-lease"})");
    EXPECT_THAT(html.body, Not(HasSubstr("<script")));
    EXPECT_THAT(html.body, Not(HasSubstr("<img src=x")));
    EXPECT_THAT(html.body, HasSubstr("&lt;script&gt;"));
    const Reply missing = browser.get("/api/cases/%3Cscript%3Ealert(1)%3C%2Fscript%3E");
    EXPECT_EQ(missing.header("content-type"), "application/json");
}

TEST_F(Attacks, BodiesAreCutAtTheirLimit) {
    const http::Server server(site.open());
    Browser browser(server.port());
    browser.session();
    const Named<std::string> headers{{"Cookie", browser.cookie},
                                     {"X-Steelyard-Token", browser.token},
                                     {"Content-Type", "application/json"}};
    {
        Wire wire(server.port());
        Named<std::string> stated = headers;
        stated.emplace_back("Content-Length", "900000000");
        wire.send(request_text(server.port(), "POST", "/api/check", "", stated));
        const Reply reply = wire.receive(false, seconds{20});
        EXPECT_EQ(reply.status, 413) << "before the body is there";
        EXPECT_EQ(reply.kind(), "limit");
    }
    {
        Wire wire(server.port());
        Named<std::string> chunked = headers;
        chunked.emplace_back("Transfer-Encoding", "chunked");
        wire.send(request_text(server.port(), "POST", "/api/check", "", chunked));
        const std::string chunk = "10000\r\n" + std::string(0x10000, 'x') + "\r\n";
        std::size_t sent = 0;
        while (sent < 64U << 20U && wire.send(chunk))
            sent += chunk.size();
        EXPECT_LT(sent, 32U << 20U) << "a body without a stated length goes on for ever";
    }
    const std::string fits = to_json(Value(Value::Map{{"text", Value(std::string(5U << 20U, 'x'))}}));
    EXPECT_EQ(browser.post("/api/check", fits).status, 200) << "a problem of the case, not of the request";
    expect_alive(server);
}

TEST_F(Attacks, HeadersAreCutAtTheirLimit) {
    const http::Server server(site.open());
    for (const std::string& request :
         {"GET /" + std::string(100'000, 'a') + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
          "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Long: " + std::string(100'000, 'a') + "\r\n\r\n"}) {
        Wire wire(server.port());
        wire.send(request);
        EXPECT_THAT(wire.receive(false, seconds{20}).status, AnyOf(0, 400, 413, 414, 431));
    }
    expect_alive(server);
}

TEST_F(Attacks, SlowClientsAreCutOff) {
    const http::Server server(quick(site.open()));
    Browser browser(server.port());
    browser.session();
    const auto drip = [&](const std::string& start, char byte) {
        Wire wire(server.port());
        wire.send(start);
        const auto begin = std::chrono::steady_clock::now();
        bool open = true;
        while (open && std::chrono::steady_clock::now() - begin < seconds{20})
            open = wire.send(std::string(1, byte)) && !wire.closed_within(milliseconds{100});
        return !open;
    };
    EXPECT_TRUE(drip("GET / HTTP/1.1\r\nX-Slow: ", 'a')) << "headers";
    EXPECT_TRUE(drip(request_text(server.port(), "POST", "/api/check", "",
                                  {{"Cookie", browser.cookie},
                                   {"X-Steelyard-Token", browser.token},
                                   {"Content-Type", "application/json"},
                                   {"Content-Length", "1000"}}),
                     ' '))
        << "a body";
    Wire silent(server.port());
    EXPECT_TRUE(silent.closed_within(seconds{20})) << "nothing at all";
    expect_alive(server);
}

TEST_F(Attacks, ConnectionsHaveALimit) {
    http::Settings settings = site.open();
    settings.limits.connections = 8;
    settings.limits.request = milliseconds{2000};
    const http::Server server(settings);
    std::vector<std::unique_ptr<Wire>> many;
    for (int i = 0; i < 40; ++i)
        many.push_back(std::make_unique<Wire>(server.port()));
    many.clear();
    expect_alive(server);

    site.make_accounts();
    settings = site.closed();
    settings.limits.connections_per_address = 4;
    const http::Server others(settings);
    for (int i = 0; i < 4; ++i)
        many.push_back(std::make_unique<Wire>(others.port()));
    std::this_thread::sleep_for(milliseconds{300});
    Wire fifth(others.port());
    fifth.send(request_text(others.port(), "GET", "/api/session", "", {}));
    EXPECT_EQ(fifth.receive(false, seconds{10}).status, 0) << "the fifth of one address";
    many.clear();
    std::this_thread::sleep_for(milliseconds{300});
    EXPECT_EQ(Browser(others.port()).get("/api/session").status, 200);
}

TEST_F(Attacks, OneClientCannotFillTheLine) {
    http::Settings settings = site.samples();
    settings.limits.jobs_per_client = 2;
    settings.limits.waiting_per_client = 2;
    const http::Server server(settings);
    Browser greedy(server.port());
    greedy.session();
    std::vector<std::jthread> threads;
    std::atomic<int> refused{0};
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&refused, copy = greedy]() mutable {
            const Reply reply =
                copy.post("/api/run?budget=2",
                          R"({"analysis":"ensemble","case":"belarus-us-2025",)"
                          R"("options":{"targets":["compromise:issues[0].value"],"draws":2000000000}})");
            refused += reply.status == 429 ? 1 : 0;
        });
    }
    std::this_thread::sleep_for(milliseconds{500});
    EXPECT_EQ(greedy.get("/api/cases").status, 200) << "its own light requests have their own line";
    Browser other(server.port());
    other.session();
    EXPECT_EQ(other.post("/api/numbers", R"({"case":"merger"})").status, 200);
    threads.clear();
    EXPECT_EQ(refused.load(), 4);
}

TEST_F(Attacks, MalformedBodiesGetAnAnswer) {
    const http::Server server(site.open());
    Browser browser(server.port());
    browser.session();
    const std::string deep(200, '[');
    for (const std::string& body :
         {std::string("{"), std::string("[]"), std::string("null"), std::string("\"x\""), deep,
          std::string("{\"analysis\":1e999}"), std::string(R"({"analysis":"frontier"})"),
          std::string(R"({"analysis":"frontier","case":7})"),
          std::string(R"({"analysis":"nothing","case":"harbour-lease"})"),
          std::string(
              R"({"analysis":"frontier","case":"harbour-lease","options":{"among":"all","among":"all"}})"),
          std::string(R"({"analysis":"frontier","case":"harbour-lease","seed":-1})"),
          std::string(R"({"analysis":"frontier","case":"harbour-lease","overrides":{"no_deal.port":[1]}})"),
          std::string(R"({"analysis":"frontier","case":"harbour-lease","extra":1})"),
          std::string("\xff\xfe")}) {
        const Reply reply = browser.post("/api/run", body);
        EXPECT_TRUE(reply.status >= 400 && reply.status < 500) << reply.status << ' ' << body;
        EXPECT_FALSE(reply.kind().empty()) << body;
    }
    EXPECT_EQ(browser.post("/api/run", "").status, 415) << "no body, no type";
}

/// Bytes that are nearly a request: the server may refuse them, and goes on.
TEST_F(Attacks, NoiseOnTheSocketChangesNothing) {
    const http::Server server(quick(site.open()));
    const std::string sound = request_text(server.port(), "POST", "/api/run?budget=1",
                                           R"({"analysis":"frontier","case":"harbour-lease"})", {});
    const std::uint64_t seed = 20261128;
    RecordProperty("seed", std::to_string(seed));
    RandomStream random(seed, 0, 0);
    const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random.below(n)); };
    for (int i = 0; i < 150; ++i) {
        std::string bytes = sound;
        for (std::size_t k = below(8) + 1; k > 0; --k) {
            const std::size_t at = below(bytes.size());
            switch (below(3)) {
                case 0:
                    bytes[at] = static_cast<char>(below(256));
                    break;
                case 1:
                    bytes.erase(at, below(20));
                    break;
                default:
                    bytes.insert(at, bytes.substr(below(bytes.size()), below(30)));
            }
            if (bytes.empty())
                bytes = "x";
        }
        Wire wire(server.port());
        wire.send(bytes);
        wire.receive(false, milliseconds{5});
    }
    expect_alive(server);
}

}  // namespace
}  // namespace steelyard::test
