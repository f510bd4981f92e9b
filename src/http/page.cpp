// SPDX-License-Identifier: Apache-2.0
// The page, from the program itself.
#include "embedded.hpp"
#include "service.hpp"

#include <algorithm>

namespace steelyard::http {

namespace {

constexpr std::string_view kPagePolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

/// Whether a list of encodings (RFC 9110, 12.5.3) takes gzip.
bool takes_gzip(std::string_view list) {
    while (!list.empty()) {
        const std::size_t end = std::min(list.find(','), list.size());
        std::string_view item = list.substr(0, end);
        item.remove_prefix(std::min(item.find_first_not_of(" \t"), item.size()));
        const std::string_view name = item.substr(0, std::min(item.find_first_of("; \t"), item.size()));
        if (name == "gzip" || name == "x-gzip" || name == "*") {
            const std::size_t quality = item.find("q=");
            if (quality == std::string_view::npos)
                return true;
            return item.substr(quality + 2).find_first_of("123456789") != std::string_view::npos;
        }
        list.remove_prefix(std::min(end + 1, list.size()));
    }
    return false;
}

}  // namespace

std::optional<Response> page_response(const Request& request, const Target& target) {
    std::string path;
    for (const std::string& segment : target.segments)
        path += (path.empty() ? "" : "/") + segment;
    if (path.empty())
        path = "index.html";
    const auto files = embedded_page();
    const auto file = std::ranges::find(files, path, &EmbeddedFile::path);
    if (file == files.end())
        return std::nullopt;
    if (request.method != "GET" && request.method != "HEAD")
        throw Refusal(405, "method_not_allowed", "this path can only be read", {{"Allow", "GET, HEAD"}});
    const bool packed = !file->gzip.empty() && takes_gzip(request.header("accept-encoding").value_or(""));
    Response response;
    response.type = type_of(path);
    const std::string tag = '"' + std::string(file->sha256.substr(0, 32)) + (packed ? "-gz\"" : "\"");
    response.headers = {
        {"ETag", tag},
        {"Vary", "Accept-Encoding"},
        {"Cache-Control", path.starts_with("assets/") ? "public, max-age=31536000, immutable" : "no-cache"},
        {"Content-Security-Policy", std::string(kPagePolicy)},
    };
    if (request.header("if-none-match").value_or("").find(tag) != std::string_view::npos) {
        response.status = 304;
        return response;
    }
    if (packed)
        response.headers.emplace_back("Content-Encoding", "gzip");
    response.page = packed ? file->gzip : file->bytes;
    return response;
}

}  // namespace steelyard::http
