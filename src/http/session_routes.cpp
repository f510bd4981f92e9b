// SPDX-License-Identifier: Apache-2.0
// Signing in and out, and accounts.
#include "bodies.hpp"
#include "service.hpp"
#include "steelyard/core/version.hpp"

#include <algorithm>

namespace steelyard::http {

namespace {

PermissionsAnswer permissions_of(store::Role role) {
    return {permits(role, Access::read),       permits(role, Access::vote),
            permits(role, Access::estimate),   permits(role, Access::forecast),
            permits(role, Access::run_panel),  permits(role, Access::settle),
            permits(role, Access::administer), permits(role, Access::save)};
}

Response session_response(const Call& call, const store::Identity& who, const std::string& session,
                          bool new_cookie) {
    const Service& service = call.service;
    SessionAnswer answer;
    answer.version = version();
    answer.open = service.open();
    if (!who.name.empty()) {
        answer.user = to_value(UserAnswer{who.name, who.role});
        answer.permissions = permissions_of(who.role);
    }
    answer.csrf = service.sessions.csrf(session);
    answer.sources = !service.settings.sources.empty();
    answer.editable =
        answer.permissions.save && !service.settings.read_only && !service.settings.cases.empty();
    Response response = json_response(to_value(answer));
    if (new_cookie)
        response.headers = service.session_cookie(session);
    return response;
}

void wait_after_wrong(Guesses& guesses, const std::string& key) {
    const auto seconds = guesses.wait(key, Clock::now());
    if (seconds.count() > 0)
        throw Refusal(
            429, "too_many_requests",
            "after wrong passwords the next try has to wait " + std::to_string(seconds.count()) + " s",
            {{"Retry-After", std::to_string(seconds.count())}});
}

Response accounts_response(store::Accounts& accounts) {
    return json_response(to_value(accounts.accounts()));
}

void want_accounts(const Call& call) {
    if (call.service.open())
        throw Refusal(409, "conflict", "this server is open: it has no accounts to sign in with");
}

}  // namespace

Named<std::string> Service::session_cookie(const std::string& session) const {
    std::string cookie = cookie_name() + '=' + session + "; Path=/; HttpOnly; SameSite=Strict";
    if (!settings.hosts.empty())
        cookie += "; Secure";  // what stands in front speaks TLS
    return {{"Set-Cookie", cookie}};
}

Response get_session(Call& call) {
    const bool fresh = call.session.empty();
    return session_response(call, call.who, fresh ? call.service.sessions.nobody() : call.session, fresh);
}

Response log_in(Call& call) {
    want_accounts(call);
    Service& service = call.service;
    const auto body = read_options<LoginBody>(call.body);
    const std::string by_name = "account " + body.name.substr(0, 200);
    const std::string by_address = "address " + service.address_of(call.request);
    wait_after_wrong(service.guesses, by_name);
    wait_after_wrong(service.guesses, by_address);
    if (!service.hashing.try_acquire_for(std::chrono::seconds{3}))
        throw Refusal(429, "too_many_requests", "too many sign in at once", {{"Retry-After", "3"}});
    std::optional<store::Identity> who;
    try {
        const auto lease = service.stores.read();
        if (lease)
            who = store::Accounts(*lease).log_in(body.name, body.password);
    } catch (...) {
        service.hashing.release();
        throw;
    }
    service.hashing.release();
    if (!who) {
        service.guesses.wrong(by_name, Clock::now());
        service.guesses.wrong(by_address, Clock::now());
        throw Refusal(401, "unauthorized", "name and password do not belong together");
    }
    service.guesses.right(by_name);
    service.guesses.right(by_address);
    service.sessions.end(call.session);
    return session_response(call, *who, service.sessions.begin(*who), true);
}

Response log_out(Call& call) {
    want_accounts(call);
    want_nothing(call.body);
    call.service.sessions.end(call.session);
    return session_response(call, {}, call.service.sessions.nobody(), true);
}

Response list_accounts(Call& call) {
    auto lease = call.service.stores.read();
    if (!lease)
        return json_response(Value(Value::List{}));
    store::Accounts accounts(*lease);
    return accounts_response(accounts);
}

Response add_account(Call& call) {
    const auto body = read_options<AddAccountBody>(call.body);
    auto lease = call.service.stores.write();
    store::Accounts accounts(*lease);
    accounts.add(body.name, body.role, body.password, {now_text(), call.who.name});
    return accounts_response(accounts);
}

Response change_account(Call& call) {
    const auto body = read_options<ChangeAccountBody>(call.body);
    const std::string& name = call.parameters[0];
    if (!body.role && !body.password && !body.close)
        throw Error(ErrorKind::usage, "nothing to change: role, password or close");
    auto lease = call.service.stores.write();
    store::Accounts accounts(*lease);
    const store::Stamp stamp{now_text(), call.who.name};
    if (body.password)
        accounts.set_password(name, *body.password, stamp);
    if (body.role)
        accounts.set_role(name, *body.role, stamp);
    if (body.close)
        accounts.close(name, stamp);
    call.service.sessions.end_all(name);
    return accounts_response(accounts);
}

}  // namespace steelyard::http
