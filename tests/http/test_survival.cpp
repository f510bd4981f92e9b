// SPDX-License-Identifier: Apache-2.0
// The end of a server: asked for, or sudden.
#include "http/client.hpp"
#include "steelyard/core/error.hpp"
#include "steelyard/format/case_file.hpp"
#include "steelyard/format/json.hpp"
#include "steelyard/store/store.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <thread>

namespace steelyard::test {
namespace {

constexpr const char* kLong = R"({"analysis":"ensemble","case":"belarus-us-2025",)"
                              R"("options":{"targets":["compromise:issues[0].value"],"draws":2000000000}})";

TEST(Survival, StopsCleanlyUnderLoad) {
    const Site site;
    http::Server server(site.samples());
    Browser browser(server.port());
    browser.session();
    std::atomic<bool> stopped{false};
    std::atomic<int> answered{0};
    std::atomic<int> odd{0};
    std::vector<std::jthread> clients;
    for (int i = 0; i < 2; ++i) {
        clients.emplace_back([&, copy = browser]() mutable {
            const Reply reply = copy.post("/api/run", kLong);
            odd += reply.status == 499 ? 0 : 1;
        });
    }
    for (int i = 0; i < 6; ++i) {
        clients.emplace_back([&, copy = browser]() mutable {
            while (!stopped) {
                try {
                    const int status = copy.get("/api/cases").status;
                    answered += status == 200 ? 1 : 0;
                    odd += status == 200 || status == 503 || status == 499 || status == 0 ? 0 : 1;
                } catch (const std::runtime_error&) {
                    break;  // nobody listens any more
                }
            }
        });
    }
    Wire events(server.port());
    events.send(request_text(server.port(), "GET", "/api/events", "", {}));
    events.read_until(": hello", std::chrono::seconds{30});
    std::this_thread::sleep_for(std::chrono::milliseconds{700});
    const auto begin = std::chrono::steady_clock::now();
    server.stop();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    stopped = true;
    clients.clear();
    EXPECT_TRUE(events.closed_within(std::chrono::seconds{10})) << "the stream of events ends too";
    EXPECT_GT(answered.load(), 0);
    EXPECT_EQ(odd.load(), 0) << "long runs say that they were cancelled, others are answered or refused";
    EXPECT_LT(took.count(), 30.0);
    server.stop();
}

TEST(Survival, EndsOnBothSignalsWithCode0) {
    const Site site;
    for (const int signal : {SIGINT, SIGTERM}) {
        Program program({site.cases(), "--port", "0", "--store", site.store()});
        Browser browser(program.port());
        browser.session();
        std::jthread run([copy = browser]() mutable {
            copy.post("/api/run?budget=60", R"({"analysis":"pool","case":"harbour-lease"})");
        });
        run.join();
        program.signal(signal);
        EXPECT_EQ(program.wait(), 0);
    }
}

TEST(Survival, SaysWhyItCannotBegin) {
    const Site site;
    const http::Server server(site.open());
    http::Settings taken = site.open();
    taken.port = server.port();
    EXPECT_THROW(http::Server{taken}, Error);
    taken.port = 0;
    taken.bind = "no.address";
    EXPECT_THROW(http::Server{taken}, Error);
    taken = site.open();
    taken.cases = {site.folder() + "/nowhere"};
    EXPECT_THROW(http::Server{taken}, Error);
}

/// Kills the program in the middle of writes: what it acknowledged is there, and nothing is half-written.
TEST(Survival, LosesNothingAcknowledgedWhenKilled) {
    const Site site;
    std::string last = "35";
    int votes = 0;
    for (int kill = 0; kill < 8; ++kill) {
        Program program({site.cases(), "--port", "0", "--store", site.store(), "--by", "ann"});
        std::jthread killer([&, pid = kill] {
            std::this_thread::sleep_for(std::chrono::milliseconds{200 + 37 * pid});
            program.signal(SIGKILL);
        });
        std::string tried = last;
        int tried_votes = votes;
        try {
            Browser browser(program.port());
            std::string hash =
                *browser.get("/api/cases/harbour-lease").json().find("hash")->get<std::string>();
            browser.session();
            for (int i = 0;; ++i) {
                tried = std::to_string(36 + (kill * 1000 + i) % 20);
                const Value body(Value::Map{{"hash", Value(hash)},
                                            {"numbers", Value(Value::Map{{"no_deal.port", Value(tried)}})}});
                const Reply reply = browser.post("/api/cases/harbour-lease/numbers", to_json(body));
                if (reply.status != 200)
                    break;
                last = tried;
                hash = *reply.json().find("hash")->get<std::string>();
                ++tried_votes;
                const Value vote(Value::Map{{"about", Value("event:e" + std::to_string(tried_votes))},
                                            {"probability", Value(0.5)}});
                if (browser.post("/api/cases/harbour-lease/estimates", to_json(vote)).status != 200)
                    break;
                votes = tried_votes;
            }
        } catch (const std::exception&) {
            // the connection broke off: that is the point
        }
        killer.join();
        EXPECT_EQ(program.wait(), -SIGKILL);
        const CaseFile file = read_case(text_of(site.case_file()), "case");
        const SourceSpan span = file.spans.at("/preferences/port/no_deal");
        const std::string now = file.text.substr(span.begin, span.end - span.begin);
        EXPECT_THAT(now, testing::AnyOf(last, tried));
        last = now;
        if (votes > 0) {
            const store::Store store(site.store());
            EXPECT_TRUE(store.check().sound);
            const auto kept = static_cast<int>(store.estimates("harbour-lease").size());
            EXPECT_GE(kept, votes);
            EXPECT_LE(kept, tried_votes);
            votes = kept;
        }
    }
    EXPECT_GT(votes, 0) << "the program was killed before it wrote anything";
}

}  // namespace
}  // namespace steelyard::test
