// SPDX-License-Identifier: Apache-2.0
#include "service.hpp"

#include "steelyard/core/error.hpp"
#include "steelyard/ensemble/threads.hpp"
#include "steelyard/format/json.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <thread>

namespace steelyard::http {

namespace {

bool is_loopback(std::string_view address) {
    return address.starts_with("127.") || address == "::1" || address == "::ffff:127.0.0.1";
}

/// An IPv4 or IPv6 address, as a Host header writes it: no name that a hostile name server could point here.
bool is_literal(std::string_view host) {
    if (host.starts_with('[') && host.ends_with(']'))
        return host.find_first_not_of("0123456789abcdefABCDEF:.", 1) == host.size() - 1;
    return !host.empty() && host.find_first_not_of("0123456789.") == std::string_view::npos;
}

/// The name and the port of `host:port`; the port is empty where there is none.
std::pair<std::string_view, std::string_view> split_host(std::string_view authority) {
    const std::size_t colon = authority.rfind(':');
    const std::size_t bracket = authority.rfind(']');
    if (colon == std::string_view::npos || (bracket != std::string_view::npos && colon < bracket))
        return {authority, {}};
    return {authority.substr(0, colon), authority.substr(colon + 1)};
}

bool same_name(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, [](char x, char y) {
        return std::tolower(static_cast<unsigned char>(x)) == std::tolower(static_cast<unsigned char>(y));
    });
}

bool is_session_id(std::string_view text) {
    return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

bool reads_only(std::string_view method) {
    return method == "GET" || method == "HEAD";
}

/// Long work on several threads: it says so before it begins, so that nobody waits for it.
class SharedRunner : public JobRunner {
public:
    SharedRunner(Jobs& jobs, std::shared_ptr<Job> job, unsigned threads)
        : jobs_(jobs), job_(std::move(job)), threads_(threads) {}

    std::uint64_t resume(std::string_view study, Tally& total) override {
        return threads_.resume(study, total);
    }
    bool run(std::string_view study, std::uint64_t begin, std::uint64_t end, Tally& total,
             const Context& context) override {
        jobs_.mark_long(job_);
        return threads_.run(study, begin, end, total, context);
    }
    void finish(std::string_view study) override { threads_.finish(study); }

private:
    Jobs& jobs_;
    std::shared_ptr<Job> job_;
    ensemble::ThreadRunner threads_;
};

/// Tells the client's pages how far its job is, at most ten times a second.
std::function<void(const Progress&)> reporter(Events& events, const std::shared_ptr<Job>& job) {
    if (job == nullptr || job->name.empty())
        return {};
    const auto next = std::make_shared<std::atomic<Clock::rep>>(0);
    return [&events, job = job.get(), client = job->client, next](const Progress& progress) {
        const Clock::rep now = Clock::now().time_since_epoch().count();
        Clock::rep due = next->load();
        const auto step = std::chrono::duration_cast<Clock::duration>(std::chrono::milliseconds{100});
        const bool last = progress.total > 0 && progress.done >= progress.total;
        if ((now < due && !last) || !next->compare_exchange_strong(due, now + step.count()))
            return;
        events.publish_to(client, "progress",
                          Value(Value::Map{{"job", Value(job->name)},
                                           {"stage", Value(progress.stage)},
                                           {"done", Value(progress.done)},
                                           {"total", Value(progress.total)}}));
    };
}

}  // namespace

Service::Service(const Settings& given)
    : settings(given),
      library(given),
      stores(given.store),
      guesses(given.limits.login_delay_most),
      events(given.limits.streams),
      jobs(std::max(2U, std::thread::hardware_concurrency()), given.limits),
      open_(is_loopback(given.bind) && given.hosts.empty()) {}

std::string Service::address_of(const Request& request) const {
    const auto forwarded = request.header("x-forwarded-for");
    if (settings.hosts.empty() || !is_loopback(request.address) || !forwarded)
        return request.address;
    const std::size_t comma = forwarded->rfind(',');
    std::string_view last = comma == std::string_view::npos ? *forwarded : forwarded->substr(comma + 1);
    last.remove_prefix(std::min(last.find_first_not_of(' '), last.size()));
    return std::string(last.substr(0, 64));
}

void Service::check_host(const Request& request) const {
    const auto host = request.header("host");
    if (!host)
        throw Refusal(400, "usage", "the request has no Host header");
    const auto [name, port] = split_host(*host);
    for (const std::string& each : settings.hosts) {
        if (same_name(name, each))
            return;
    }
    const bool own_port = port == std::to_string(port_) || (port.empty() && port_ == 80);
    const bool local = same_name(name, "localhost") ||
                       (is_literal(name) && (!open_ || is_loopback(name) || name == "[::1]"));
    if (!own_port || !local)
        throw Refusal(421, "wrong_host",
                      "this server does not go by the name of the Host header (see --host)");
    if (open_ && (request.header("x-forwarded-for") || request.header("forwarded")))
        throw Refusal(403, "forbidden",
                      "a proxy stands in front of a server without accounts; start it with --host NAME");
}

/// A page from elsewhere may not use this server, whatever its method.
void Service::check_origin(const Request& request) const {
    if (const auto origin = request.header("origin")) {
        const std::size_t scheme = origin->find("://");
        if (scheme == std::string_view::npos ||
            !same_name(origin->substr(scheme + 3), request.header("host").value_or("")))
            throw Refusal(403, "forbidden", "the request comes from another origin");
    }
    const auto site = request.header("sec-fetch-site");
    if (site && *site != "same-origin" && *site != "none")
        throw Refusal(403, "forbidden", "the request comes from another site");
}

void Service::check_form(const Request& request, const Plan& plan) const {
    if (reads_only(request.method))
        return;
    if (plan.route->body != nullptr) {
        const std::string_view type = request.header("content-type").value_or("");
        if (!same_name(type.substr(0, std::min(type.find(';'), type.size())), "application/json"))
            throw Refusal(415, "usage", "the body of a request is application/json");
    }
    if (bearer(request))
        return;  // nothing that a browser adds by itself
    if (!sessions.is_csrf(plan.session, request.header("x-steelyard-token").value_or("")))
        throw Refusal(403, "forbidden",
                      "the header X-Steelyard-Token does not belong to this session; see GET /api/session");
}

std::optional<std::string> Service::bearer(const Request& request) const {
    const std::string_view header = request.header("authorization").value_or("");
    constexpr std::string_view scheme = "Bearer ";
    if (open_ || !same_name(header.substr(0, scheme.size()), scheme))
        return std::nullopt;
    return std::string(header.substr(scheme.size()));
}

std::variant<Response, Plan> Service::admit(const Request& request) {
    try {
        check_host(request);
        Plan plan;
        auto target = parse_target(request.target);
        if (!target)
            throw Refusal(400, "usage", "the path is malformed");
        plan.target = std::move(*target);
        Match match = find_route(request.method, plan.target.segments);
        if (match.route == nullptr && match.allowed.empty()) {
            if (auto page = page_response(request, plan.target))
                return *std::move(page);
            throw Refusal(404, "unknown_name", "there is nothing at this path");
        }
        if (match.route == nullptr) {
            std::string allowed;
            for (const std::string_view method : match.allowed)
                allowed += (allowed.empty() ? "" : ", ") + std::string(method);
            throw Refusal(405, "method_not_allowed", "this path takes " + allowed, {{"Allow", allowed}});
        }
        check_origin(request);
        plan.route = match.route;
        plan.parameters = std::move(match.parameters);
        const auto cookie = request.cookie(cookie_name());
        plan.session = cookie && is_session_id(*cookie) ? std::string(*cookie) : "";
        const bool known = !plan.session.empty() && (open_ || sessions.find(plan.session));
        plan.client = known ? plan.session : address_of(request);
        check_form(request, plan);
        return plan;
    } catch (const Refusal& refusal) {
        return error_response(refusal);
    }
}

store::Identity Service::identify(const Request& request, const std::string& session) {
    if (open_)
        return {settings.person, store::Role::owner};
    if (const auto token = bearer(request)) {
        const auto lease = stores.read();
        const auto who = lease ? store::Accounts(*lease).identify(*token, now_text()) : std::nullopt;
        if (!who)
            throw Refusal(401, "unauthorized", "the token is unknown, expired or taken back");
        return *who;
    }
    const auto found = sessions.find(session);
    if (!found)
        return {};
    if (!found->stale)
        return found->who;
    // Somebody may have closed or changed the account meanwhile, with the command line too.
    const auto lease = stores.read();
    if (lease) {
        for (const store::Account& account : store::Accounts(*lease).accounts()) {
            if (account.name == found->who.name && account.active) {
                const store::Identity who{account.name, account.role};
                sessions.refresh(session, who);
                return who;
            }
        }
    }
    sessions.end(session);
    return {};
}

void Service::require(const Route& route, const store::Identity& who) const {
    if (route.access == Access::anybody)
        return;
    if (who.name.empty())
        throw Refusal(401, "unauthorized", "sign in first");
    if (!permits(who.role, route.access))
        throw Refusal(403, "forbidden",
                      "this takes the permission '" + std::string(detail::choice_name(route.access)) +
                          "', which the role '" + std::string(detail::choice_name(who.role)) + "' lacks");
}

std::shared_ptr<Job> Service::job_of(const Plan& plan, const Request& request) const {
    auto job = std::make_shared<Job>();
    job->client = plan.client;
    if (plan.route->lane != Lane::work) {
        job->client += " light";  // its own limit: analyses at work do not hold it back
        return job;
    }
    if (const auto name = request.header("x-steelyard-job")) {
        constexpr std::string_view allowed = "abcdefghijklmnopqrstuvwxyz0123456789-";
        if (name->empty() || name->size() > 40 || name->find_first_not_of(allowed) != std::string_view::npos)
            throw Refusal(400, "usage", "X-Steelyard-Job is 1 to 40 of a-z, 0-9 and -");
        job->name = *name;
    }
    if (const auto text = plan.target.get("budget")) {
        double seconds = 0;
        const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), seconds);
        if (error != std::errc{} || end != text->data() + text->size() || !(seconds >= 0))
            throw Refusal(400, "usage", "budget is seconds, at least 0");
        job->budget = std::min(seconds, 1e8);
    }
    return job;
}

std::optional<Response> Service::refuse_stream(const Plan& plan, const Request& request) {
    try {
        require(*plan.route, identify(request, plan.session));
        return std::nullopt;
    } catch (const Refusal& refusal) {
        return error_response(refusal);
    } catch (const Error& error) {
        return error_response(error);
    }
}

Response Service::answer_call(Call& call, const Route& route) {
    call.who = identify(call.request, call.session);
    require(route, call.who);
    if (route.body != nullptr)
        call.body = from_json(call.request.body);
    return route.answer(call);
}

Response Service::answer(const Plan& plan, const Request& request, const std::shared_ptr<Job>& job) {
    try {
        Call call{*this, request, plan.target, plan.parameters, Value(), plan.session, plan.client,
                  {},    {},      job};
        std::optional<SharedRunner> runner;
        if (job != nullptr) {
            call.context.cancel = job->cancel;
            call.context.budget = job->budget_used;
            call.context.progress = reporter(events, job);
            call.context.check();
            runner.emplace(jobs, job, settings.threads);
            call.context.runner = &*runner;
        }
        Response response = answer_call(call, *plan.route);
        if (plan.route->lane == Lane::work)
            call.context.check();  // what a stopped run has found so far is not what was asked for
        return response;
    } catch (const Refusal& refusal) {
        return error_response(refusal);
    } catch (const Error& error) {
        return error_response(error);
    } catch (const std::bad_alloc&) {
        return error_response(Error(ErrorKind::limit, "out of memory"));
    } catch (const std::exception& error) {
        std::fprintf(stderr, "steelyard: a defect, please report it: %s: %s\n",
                     std::string(plan.route->pattern).c_str(), error.what());
        return defect_response();
    }
}

void Service::tell(const ServedCase& served) {
    events.publish("case", Value(Value::Map{{"id", Value(served.id)}, {"hash", Value(served.hash)}}));
}

void Service::tell_changes() {
    for (const CasePointer& served : library.changes())
        tell(*served);
}

LoadedCase Service::load(const Value& subject, const Named<Value>& overrides) {
    LoadedCase loaded;
    if (is_case_name(subject)) {
        const CasePointer served = library.find_sound(*subject.get<std::string>());
        loaded = load_case(*served->read);
    } else {
        loaded = load_inline_case(subject);
    }
    override_numbers(loaded, overrides);
    return loaded;
}

}  // namespace steelyard::http
