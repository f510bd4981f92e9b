// SPDX-License-Identifier: Apache-2.0
// The reference page against the program.
#include "http/client.hpp"
#include "steelyard/http/server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace steelyard::test {
namespace {

TEST(Reference, HoldsTheTableOfRoutes) {
    EXPECT_THAT(text_of("docs/reference/http.md"), testing::HasSubstr(http::routes_table()))
        << "the table as the program has it:\n"
        << http::routes_table();
}

TEST(Reference, StatesTheLimits) {
    const http::Limits limits;
    const std::string page = text_of("docs/reference/http.md");
    const auto row = [&](const std::string& text) { EXPECT_THAT(page, testing::HasSubstr(text)); };
    row("| body | " + std::to_string(limits.body_bytes >> 20U) + " MiB |");
    row("| request line and headers | " + std::to_string(limits.header_bytes >> 10U) + " KiB |");
    row("between requests | " + std::to_string(limits.request.count() / 1000) + " s |");
    row("| connections | " + std::to_string(limits.connections) + " |");
    row("when others can reach the server | " + std::to_string(limits.connections_per_address) + " |");
    row("| streams of events | " + std::to_string(limits.streams) + " |");
    row("at work, waiting | " + std::to_string(limits.jobs_per_client) + ", " +
        std::to_string(limits.waiting_per_client) + " |");
    row("| requests waiting in all | " + std::to_string(limits.waiting) + " |");
    row(std::to_string(limits.login_delay_most.count()) + " s, by account and by address");
}

}  // namespace
}  // namespace steelyard::test
