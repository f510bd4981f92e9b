// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Everything of the server but the sockets: from a request to its response.

#include "events.hpp"
#include "jobs.hpp"
#include "library.hpp"
#include "routes.hpp"
#include "sessions.hpp"
#include "steelyard/http/server.hpp"
#include "steelyard/registry/loaded_case.hpp"
#include "stores.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <semaphore>
#include <string>
#include <variant>

namespace steelyard::http {

/// A request that has passed every check that needs no body.
struct Plan {
    const Route* route = nullptr;
    Target target;
    std::vector<std::string> parameters;
    std::string session;
    std::string client;
};

class Service {
public:
    explicit Service(const Settings& given);

    /// The port is known once the server listens.
    void listen_on(std::uint16_t port) { port_ = port; }
    [[nodiscard]] bool open() const { return open_; }
    [[nodiscard]] std::string cookie_name() const { return "steelyard_" + std::to_string(port_); }

    /// What can be said before the body has come: the answer, or what to do with it.
    std::variant<Response, Plan> admit(const Request& request);
    /// The answer; `job` lends the way to be stopped.  Never throws.
    Response answer(const Plan& plan, const Request& request, const std::shared_ptr<Job>& job);
    /// Whether the caller may listen to events; otherwise the answer.
    std::optional<Response> refuse_stream(const Plan& plan, const Request& request);
    /// The job that a plan asks for, without its work.  Throws `Refusal`, `Error` (a malformed name or budget).
    [[nodiscard]] std::shared_ptr<Job> job_of(const Plan& plan, const Request& request) const;

    /// Tells pages about a case that changed.
    void tell(const ServedCase& served);
    /// Tells pages about cases whose files changed.
    void tell_changes();

    /// The case of a request with its overrides: a served one, or the one that stands there.
    LoadedCase load(const Value& subject, const Named<Value>& overrides);
    /// The address that delays and limits go by: the client's, also behind a proxy that we were told of.
    [[nodiscard]] std::string address_of(const Request& request) const;
    [[nodiscard]] Value session_tree(const Call& call, const std::string& session) const;
    [[nodiscard]] Named<std::string> session_cookie(const std::string& session) const;

    const Settings settings;
    Library library;
    Stores stores;
    Sessions sessions;
    Guesses guesses;
    Events events;
    Jobs jobs;
    std::counting_semaphore<> hashing{2};  ///< argon2 takes 64 MiB each time

private:
    void check_host(const Request& request) const;
    void check_origin(const Request& request) const;
    void check_form(const Request& request, const Plan& plan) const;
    [[nodiscard]] std::optional<std::string> bearer(const Request& request) const;
    store::Identity identify(const Request& request, const std::string& session);
    void require(const Route& route, const store::Identity& who) const;
    Response answer_call(Call& call, const Route& route);

    bool open_ = true;
    std::uint16_t port_ = 0;
};

/// The page's file for a path, or nothing.
std::optional<Response> page_response(const Request& request, const Target& target);

}  // namespace steelyard::http
