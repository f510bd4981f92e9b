// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Requests and responses, apart from sockets.

#include "steelyard/core/error.hpp"
#include "steelyard/core/value.hpp"

#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace steelyard::http {

struct Request {
    std::string method;          ///< `GET`; HEAD stays HEAD
    std::string target;          ///< as sent: `/api/cases/x%20y?format=html`
    Named<std::string> headers;  ///< names in lower case, in the order sent
    std::string body;
    std::string address;  ///< of the other end of the connection

    /// The first header of that name (lower case).
    [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const;
    /// The cookie of that name.
    [[nodiscard]] std::optional<std::string_view> cookie(std::string_view name) const;
};

/// What a target says once it is taken apart and decoded.
struct Target {
    std::vector<std::string> segments;  ///< of the path: `api`, `cases`, `x y`; an empty path has none
    Named<std::string> query;

    [[nodiscard]] std::optional<std::string> get(std::string_view name) const;
};

/// Takes a target apart.  Nothing for one that is malformed: not beginning with `/`, a bad escape, a NUL, bytes
/// that are not UTF-8, `.` or `..` or an empty segment (a trailing slash is none).
std::optional<Target> parse_target(std::string_view target);

struct Response {
    unsigned status = 200;
    std::string type = "application/json";
    std::string body;
    std::string_view page = {};  ///< instead of `body`: bytes that live as long as the program
    Named<std::string> headers;
};

/// A refusal that belongs to HTTP and not to Steelyard's errors: who may, how often, in what form.
class Refusal : public std::runtime_error {
public:
    Refusal(unsigned status, std::string kind, const std::string& message, Named<std::string> headers = {})
        : std::runtime_error(message),
          status_(status),
          kind_(std::move(kind)),
          headers_(std::move(headers)) {}

    [[nodiscard]] unsigned status() const { return status_; }
    [[nodiscard]] const std::string& kind() const { return kind_; }
    [[nodiscard]] const Named<std::string>& headers() const { return headers_; }

private:
    unsigned status_;
    std::string kind_;
    Named<std::string> headers_;
};

/// The tree as a JSON answer.
Response json_response(const Value& tree, unsigned status = 200);
/// An error as a JSON answer, with the status of the table in core/error.hpp.
Response error_response(const Error& error);
Response error_response(const Refusal& refusal);
/// A defect of ours: no detail leaves the server.
Response defect_response();

/// `text/html; charset=utf-8` and so on, by the ending of a file's name.
std::string_view type_of(std::string_view path);

}  // namespace steelyard::http
