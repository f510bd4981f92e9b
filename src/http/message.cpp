// SPDX-License-Identifier: Apache-2.0
#include "message.hpp"

#include "steelyard/core/error_tree.hpp"
#include "steelyard/format/json.hpp"

#include <algorithm>
#include <array>

namespace steelyard::http {

namespace {

int hex_digit(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

/// Whether the bytes are UTF-8 without NUL (RFC 3629).
bool is_text(std::string_view bytes) {
    for (std::size_t i = 0; i < bytes.size();) {
        const auto lead = static_cast<unsigned char>(bytes[i]);
        const std::size_t length = lead < 0x80 ? 1 : lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        if (lead == 0 || length == 0 || lead > 0xF4 || bytes.size() - i < length)
            return false;
        for (std::size_t k = 1; k < length; ++k) {
            const auto next = static_cast<unsigned char>(bytes[i + k]);
            const unsigned low = k > 1 ? 0x80U : lead == 0xE0 ? 0xA0U : lead == 0xF0 ? 0x90U : 0x80U;
            const unsigned high = k > 1 ? 0xBFU : lead == 0xED ? 0x9FU : lead == 0xF4 ? 0x8FU : 0xBFU;
            if (next < low || next > high)
                return false;
        }
        i += length;
    }
    return true;
}

/// Percent escapes decoded; nothing when one is malformed or the result is no text.
std::optional<std::string> decode(std::string_view text, bool plus_is_blank) {
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%') {
            const int high = i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
            const int low = i + 2 < text.size() ? hex_digit(text[i + 2]) : -1;
            if (high < 0 || low < 0)
                return std::nullopt;
            decoded += static_cast<char>(high * 16 + low);
            i += 2;
        } else {
            decoded += text[i] == '+' && plus_is_blank ? ' ' : text[i];
        }
    }
    if (!is_text(decoded))
        return std::nullopt;
    return decoded;
}

bool add_query(std::string_view text, Named<std::string>& query) {
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('&'), text.size());
        const std::string_view part = text.substr(0, end);
        const std::size_t equals = std::min(part.find('='), part.size());
        const auto name = decode(part.substr(0, equals), true);
        const auto value = decode(part.substr(std::min(equals + 1, part.size())), true);
        if (!name || !value)
            return false;
        if (!part.empty())
            query.emplace_back(*name, *value);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return true;
}

Response failure(unsigned status, std::string_view kind, std::string_view message, Value problems) {
    Value::Map error;
    error.emplace_back("kind", Value(kind));
    error.emplace_back("message", Value(message));
    error.emplace_back("problems", std::move(problems));
    return json_response(Value(Value::Map{{"error", Value(std::move(error))}}), status);
}

}  // namespace

std::optional<std::string_view> Request::header(std::string_view name) const {
    for (const auto& [each, value] : headers) {
        if (each == name)
            return value;
    }
    return std::nullopt;
}

std::optional<std::string_view> Request::cookie(std::string_view name) const {
    for (const auto& [each, value] : headers) {
        if (each != "cookie")
            continue;
        std::string_view rest = value;
        while (!rest.empty()) {
            const std::size_t end = std::min(rest.find(';'), rest.size());
            std::string_view pair = rest.substr(0, end);
            pair.remove_prefix(std::min(pair.find_first_not_of(' '), pair.size()));
            if (pair.size() > name.size() && pair.starts_with(name) && pair[name.size()] == '=')
                return pair.substr(name.size() + 1);
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
    }
    return std::nullopt;
}

std::optional<std::string> Target::get(std::string_view name) const {
    for (const auto& [each, value] : query) {
        if (each == name)
            return value;
    }
    return std::nullopt;
}

std::optional<Target> parse_target(std::string_view target) {
    if (!target.starts_with('/'))
        return std::nullopt;
    Target parsed;
    const std::size_t question = std::min(target.find('?'), target.size());
    std::string_view path = target.substr(1, question - 1);
    if (question < target.size() && !add_query(target.substr(question + 1), parsed.query))
        return std::nullopt;
    while (!path.empty()) {
        const std::size_t end = std::min(path.find('/'), path.size());
        auto segment = decode(path.substr(0, end), false);
        if (!segment || segment->empty() || *segment == "." || *segment == "..")
            return std::nullopt;
        parsed.segments.push_back(std::move(*segment));
        path.remove_prefix(std::min(end + 1, path.size()));
    }
    return parsed;
}

Response json_response(const Value& tree, unsigned status) {
    Response response;
    response.status = status;
    response.body = to_json(tree, 0);
    response.body += '\n';
    return response;
}

Response error_response(const Error& error) {
    const ErrorKindRow& row = describe(error.kind());
    return failure(static_cast<unsigned>(row.http_status), row.name, error.what(), to_tree(error.problems()));
}

Response error_response(const Refusal& refusal) {
    Response response = failure(refusal.status(), refusal.kind(), refusal.what(),
                                to_tree(std::vector{Problem{{}, refusal.what(), {}, {}, {}}}));
    response.headers = refusal.headers();
    return response;
}

Response defect_response() {
    constexpr std::string_view message = "a defect of Steelyard; the server's own output says more";
    return failure(500, "defect", message,
                   to_tree(std::vector{Problem{{}, std::string(message), {}, {}, {}}}));
}

std::string_view type_of(std::string_view path) {
    struct Row {
        std::string_view ending, type;
    };
    constexpr std::array rows{
        Row{".html", "text/html; charset=utf-8"},
        Row{".js", "text/javascript; charset=utf-8"},
        Row{".css", "text/css; charset=utf-8"},
        Row{".json", "application/json"},
        Row{".webmanifest", "application/manifest+json"},
        Row{".svg", "image/svg+xml"},
        Row{".png", "image/png"},
        Row{".ico", "image/x-icon"},
        Row{".woff2", "font/woff2"},
        Row{".txt", "text/plain; charset=utf-8"},
    };
    const auto* const row =
        std::ranges::find_if(rows, [&](const Row& each) { return path.ends_with(each.ending); });
    return row == rows.end() ? "application/octet-stream" : row->type;
}

}  // namespace steelyard::http
