// SPDX-License-Identifier: Apache-2.0
#pragma once
/// A small HTTP client on real sockets, and servers to talk to.

#include "steelyard/core/value.hpp"
#include "steelyard/http/server.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace steelyard::test {

struct Reply {
    int status = 0;              ///< 0: the connection was closed without an answer
    Named<std::string> headers;  ///< names in lower case
    std::string body;

    [[nodiscard]] std::string header(std::string_view name) const;
    [[nodiscard]] Value json() const;
    /// `error.kind`, or an empty text.
    [[nodiscard]] std::string kind() const;
};

/// A connection to 127.0.0.1.
class Wire {
public:
    explicit Wire(std::uint16_t port);
    Wire(const Wire&) = delete;
    Wire& operator=(const Wire&) = delete;
    ~Wire();

    /// False once the other end has closed.
    bool send(std::string_view bytes);
    /// The next reply, or one with status 0; waits so long at most.
    Reply receive(bool head = false, std::chrono::milliseconds most = std::chrono::seconds{30});
    /// Bytes as they come, until `until` stands in them or the time is over.
    std::string read_until(std::string_view until, std::chrono::milliseconds most);
    /// Whether the other end closes within the time.
    bool closed_within(std::chrono::milliseconds most);

private:
    bool fill(std::chrono::steady_clock::time_point end);
    int socket_;
    std::string buffer_;
};

/// A browser: keeps its cookie and token.
class Browser {
public:
    explicit Browser(std::uint16_t port) : port_(port) {}

    Reply get(const std::string& target, const Named<std::string>& headers = {});
    Reply post(const std::string& target, const std::string& body, const Named<std::string>& headers = {});
    Reply send(const std::string& method, const std::string& target, const std::string& body,
               const Named<std::string>& headers = {});
    /// GET /api/session; keeps the token.
    Reply session();
    Reply log_in(const std::string& name, const std::string& password);

    std::string cookie;
    std::string token;

private:
    std::uint16_t port_;
};

/// The request as bytes.  `headers` replace what would stand there otherwise.
std::string request_text(std::uint16_t port, const std::string& method, const std::string& target,
                         const std::string& body, const Named<std::string>& headers);

/// A folder with a store, accounts and a case, for servers of one test.
class Site {
public:
    Site();
    Site(const Site&) = delete;
    Site& operator=(const Site&) = delete;
    ~Site();

    [[nodiscard]] const std::string& folder() const { return folder_; }
    [[nodiscard]] std::string cases() const { return folder_ + "/cases"; }
    [[nodiscard]] std::string case_file() const { return cases() + "/small.yaml"; }
    [[nodiscard]] std::string store() const { return folder_ + "/store.sqlite"; }
    /// olga (owner), emil (expert), rita (reader), each with `kPassword`.
    void make_accounts() const;
    /// An open server on the cases of the site.
    [[nodiscard]] http::Settings open() const;
    /// An open server on the catalogue of samples.
    [[nodiscard]] http::Settings samples() const;
    /// One that wants accounts.
    [[nodiscard]] http::Settings closed() const;

    static constexpr const char* kPassword = "correct horse battery";

private:
    std::string folder_;
};

std::string text_of(const std::string& path);

/// The program `steelyard serve`, started as a user starts it.
class Program {
public:
    explicit Program(const std::vector<std::string>& arguments);
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;
    ~Program();

    [[nodiscard]] std::uint16_t port() const { return port_; }
    [[nodiscard]] int process() const { return process_; }
    void signal(int number) const;
    /// The exit code, or minus the signal that ended it.
    int wait();

private:
    int process_ = -1;
    int errors_ = -1;
    std::uint16_t port_ = 0;
};

}  // namespace steelyard::test
