// SPDX-License-Identifier: Apache-2.0
// Requests below the socket: whatever comes, there is an answer, it is whole JSON or the page, and nothing is
// done without the token.
#include "http/message.hpp"
#include "http/service.hpp"
#include "steelyard/format/json.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <string_view>
#include <variant>

namespace {

using namespace steelyard;

/// The input as a request: the first line is method and target, further ones are headers, then an empty line
/// and the body.
http::Request read_request_text(std::string_view text) {
    http::Request request;
    request.address = "127.0.0.1";
    const auto line = [&] {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view found = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        return found;
    };
    const std::string_view first = line();
    const std::size_t blank = std::min(first.find(' '), first.size());
    request.method = first.substr(0, blank);
    request.target = first.substr(std::min(blank + 1, first.size()));
    for (std::string_view header = line(); !header.empty(); header = line()) {
        const std::size_t colon = std::min(header.find(':'), header.size());
        request.headers.emplace_back(header.substr(0, colon),
                                     header.substr(std::min(colon + 1, header.size())));
    }
    request.body = text;
    return request;
}

http::Settings settings() {
    http::Settings made;
    made.store =
        (std::filesystem::temp_directory_path() / "steelyard-fuzz-nowhere" / "store.sqlite").string();
    made.threads = 1;
    return made;
}

void require(bool condition) {
    if (!condition)
        std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static http::Service service(settings());
    service.listen_on(7733);
    http::Request request = read_request_text(std::string_view(reinterpret_cast<const char*>(data), size));
    for (auto& [name, value] : request.headers) {
        if (name == "x-steelyard-token" && value == "right")
            value = service.sessions.csrf("");
    }
    const auto admitted = service.admit(request);
    if (const auto* response = std::get_if<http::Response>(&admitted)) {
        require(response->status >= 200 && response->status < 600);
        if (response->type == "application/json")
            from_json(response->body);
        return 0;
    }
    const auto& plan = std::get<http::Plan>(admitted);
    const bool reads = request.method == "GET" || request.method == "HEAD";
    require(reads ||
            service.sessions.is_csrf(plan.session, request.header("x-steelyard-token").value_or("")));
    if (plan.route->lane == http::Lane::stream || plan.route->pattern == "/api/run" ||
        plan.route->pattern == "/api/brief")
        return 0;  // what these read is fuzzed as cases and JSON; running them takes long
    const http::Response response = service.answer(plan, request, nullptr);
    require(response.status >= 200 && response.status < 600);
    if (response.type == "application/json")
        from_json(response.body);
    return 0;
}
