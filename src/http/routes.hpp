// SPDX-License-Identifier: Apache-2.0
#pragma once
/// The table of routes: who may, what goes in, what comes out.  Dispatch, OpenAPI, the reference page and the
/// permission tests all read it.

#include "message.hpp"
#include "steelyard/core/context.hpp"
#include "steelyard/core/described.hpp"
#include "steelyard/store/accounts.hpp"

#include <array>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace steelyard::http {

class Service;
struct Job;

/// What a route demands of the caller.
enum class Access { anybody, read, vote, estimate, forecast, run_panel, settle, administer, save };

constexpr auto choices_of(Access) {
    return std::array{
        Choice<Access>{Access::anybody, "anybody", "also who is not signed in"},
        Choice<Access>{Access::read, "read", "readers, experts, owners"},
        Choice<Access>{Access::vote, "vote", "readers, experts, owners"},
        Choice<Access>{Access::estimate, "estimate", "experts, owners"},
        Choice<Access>{Access::forecast, "forecast", "experts, owners"},
        Choice<Access>{Access::run_panel, "run_panel", "owners"},
        Choice<Access>{Access::settle, "settle", "owners"},
        Choice<Access>{Access::administer, "administer", "owners"},
        Choice<Access>{Access::save, "save", "owners"},
    };
}

bool permits(store::Role role, Access access);

/// How a route is answered.
enum class Lane {
    work,   ///< an analysis: it may take long and counts against the client's limit
    light,  ///< short work with cases or the store
    now,    ///< at once, without work
    stream  ///< events
};

/// One call, as a handler sees it.
struct Call {
    Service& service;
    const Request& request;
    const Target& target;
    std::vector<std::string> parameters;  ///< what stands for `{...}` in the pattern
    Value body;
    std::string session;  ///< the id in the cookie, or a new one; empty for a token
    std::string client;   ///< whose limits and events
    store::Identity who;  ///< its name is empty for nobody
    Context context;
    std::shared_ptr<Job> job;
};

struct QueryParameter {
    std::string_view name;
    std::string_view meaning;
    bool number = false;
};

struct Route {
    std::string_view method;
    std::string_view pattern;  ///< `/api/cases/{id}/votes`
    Access access;
    Lane lane;
    std::string_view summary;
    Response (*answer)(Call&);
    Value (*body)() = nullptr;    ///< schema of the request's body; none: it has none
    Value (*result)() = nullptr;  ///< schema of the answer; none: it is said in `type`
    std::span<const QueryParameter> query = {};
    std::string_view type = "application/json";
};

std::span<const Route> routes();

struct Match {
    const Route* route = nullptr;  ///< none: no route has this path, or none this method
    std::vector<std::string> parameters;
    std::vector<std::string_view> allowed;  ///< the methods that the path has; empty: no such path
};

/// The route of a method and path; HEAD finds GET.
Match find_route(std::string_view method, const std::vector<std::string>& segments);

// Handlers, by the file they stand in.
Response get_session(Call& call);
Response log_in(Call& call);
Response log_out(Call& call);
Response list_accounts(Call& call);
Response add_account(Call& call);
Response change_account(Call& call);

Response list_analyses(Call& call);
Response get_openapi(Call& call);
Response run_analysis(Call& call);
Response make_brief(Call& call);
Response cancel_job(Call& call);

Response list_cases(Call& call);
Response get_case(Call& call);
Response put_case(Call& call);
Response create_case(Call& call);
Response put_numbers(Call& call);
Response list_numbers(Call& call);
Response check_case(Call& call);
Response diff_cases(Call& call);
Response get_source(Call& call);

Response list_claims(Call& call);
Response add_vote(Call& call);
Response add_estimate(Call& call);
Response get_pool(Call& call);
Response open_round(Call& call);
Response list_forecasts(Call& call);
Response add_forecasts(Call& call);
Response add_outcome(Call& call);

}  // namespace steelyard::http
