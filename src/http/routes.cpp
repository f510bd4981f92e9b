// SPDX-License-Identifier: Apache-2.0
#include "routes.hpp"

#include "bodies.hpp"
#include "steelyard/format/schema.hpp"
#include "steelyard/http/server.hpp"
#include "steelyard/report/brief.hpp"

#include <algorithm>

namespace steelyard::http {

namespace {

template <class T>
Value body() {
    return options_schema(fields_of<T>());
}
template <class T>
Value result() {
    return result_schema(shape_of<T>());
}

constexpr std::array kBudget{
    QueryParameter{"budget", "Seconds after which the best answer so far is due.", true},
};
constexpr std::array kBriefQuery{
    QueryParameter{"format", "html, markdown or text: that instead of JSON."},
    QueryParameter{"budget", "Seconds after which the best answer so far is due.", true},
};

constexpr std::array kRoutes{
    Route{"GET", "/api/session", Access::anybody, Lane::light, "Who is signed in, and what they may do",
          &get_session, nullptr, &result<SessionAnswer>},
    Route{"POST", "/api/login", Access::anybody, Lane::light, "Signs in", &log_in, &body<LoginBody>,
          &result<SessionAnswer>},
    Route{"POST", "/api/logout", Access::anybody, Lane::light, "Signs out", &log_out, &nothing_schema,
          &result<SessionAnswer>},

    Route{"GET", "/api/analyses", Access::read, Lane::light, "Every analysis, with its schemas",
          &list_analyses, nullptr, &result<std::vector<AnalysisAnswer>>},
    Route{"GET", "/api/openapi.json", Access::read, Lane::light, "This interface as OpenAPI 3.1",
          &get_openapi, nullptr, &result<Value>},
    Route{"POST", "/api/run", Access::read, Lane::work, "Runs any analysis on a case", &run_analysis,
          &run_body_schema, &run_result_schema, kBudget},
    Route{"POST", "/api/brief", Access::read, Lane::work, "Answers the questions of a case", &make_brief,
          &body<BriefBody>, &result<report::Brief>, kBriefQuery},
    Route{"DELETE", "/api/jobs/{job}", Access::read, Lane::now, "Cancels a job of this client", &cancel_job,
          nullptr, &result<CancelAnswer>},
    Route{"GET",
          "/api/events",
          Access::read,
          Lane::stream,
          "Progress of this client's jobs, and cases that changed",
          nullptr,
          nullptr,
          nullptr,
          {},
          "text/event-stream"},

    Route{"GET", "/api/cases", Access::read, Lane::light, "Every case that is served", &list_cases, nullptr,
          &result<std::vector<CaseRow>>},
    Route{"POST", "/api/cases", Access::save, Lane::light, "Makes a new case file", &create_case,
          &body<TextBody>, &result<CaseAnswer>},
    Route{"GET", "/api/cases/{id}", Access::read, Lane::light, "A case: its text and what it says", &get_case,
          nullptr, &result<CaseAnswer>},
    Route{"PUT", "/api/cases/{id}", Access::save, Lane::light, "Replaces the text of a case", &put_case,
          &body<PutCaseBody>, &result<CaseAnswer>},
    Route{"POST", "/api/cases/{id}/numbers", Access::save, Lane::light,
          "Replaces numbers in the file; every other byte stays", &put_numbers, &body<PutNumbersBody>,
          &result<CaseAnswer>},
    Route{"GET", "/api/cases/{id}/sources/{source}", Access::read, Lane::light,
          "The text that a source was read from", &get_source, nullptr, &result<SourceAnswer>},
    Route{"POST", "/api/numbers", Access::read, Lane::light, "The numbers of a case", &list_numbers,
          &body<SideBody>, &result<std::vector<CaseNumber>>},
    Route{"POST", "/api/check", Access::read, Lane::light, "Everything that is wrong with a text",
          &check_case, &body<TextBody>, &result<CheckAnswer>},
    Route{"POST", "/api/diff", Access::read, Lane::light, "How two cases differ", &diff_cases,
          &body<DiffBody>, &result<CaseDifference>},

    Route{"GET", "/api/cases/{id}/claims", Access::read, Lane::light,
          "The claims with the votes that the caller may see", &list_claims, nullptr, &result<ClaimsAnswer>},
    Route{"POST", "/api/cases/{id}/votes", Access::vote, Lane::light, "Votes on a claim", &add_vote,
          &body<VoteBody>, &result<VotesAnswer>},
    Route{"POST", "/api/cases/{id}/estimates", Access::estimate, Lane::light,
          "Gives a probability or a three-point estimate", &add_estimate, &body<EstimateBody>,
          &result<RoundAnswer>},
    Route{"GET", "/api/cases/{id}/pool", Access::read, Lane::work, "The pools of what the caller may see",
          &get_pool, nullptr, &result<PoolAnswer>},
    Route{"POST", "/api/cases/{id}/round", Access::run_panel, Lane::light, "Opens the next round",
          &open_round, &nothing_schema, &result<RoundAnswer>},
    Route{"GET", "/api/cases/{id}/forecasts", Access::read, Lane::light,
          "Saved forecasts, what happened, and the scores", &list_forecasts, nullptr,
          &result<ForecastsAnswer>},
    Route{"POST", "/api/cases/{id}/forecasts", Access::forecast, Lane::light, "Saves forecasts for ever",
          &add_forecasts, &body<ForecastsBody>, &result<ForecastsAnswer>},
    Route{"POST", "/api/cases/{id}/outcomes", Access::settle, Lane::light, "Says what happened", &add_outcome,
          &body<OutcomeBody>, &result<ForecastsAnswer>},

    Route{"GET", "/api/accounts", Access::administer, Lane::light, "Who may use the server", &list_accounts,
          nullptr, &result<std::vector<store::Account>>},
    Route{"POST", "/api/accounts", Access::administer, Lane::light, "Makes an account", &add_account,
          &body<AddAccountBody>, &result<std::vector<store::Account>>},
    Route{"POST", "/api/accounts/{name}", Access::administer, Lane::light,
          "Gives an account another role or password, or closes it", &change_account,
          &body<ChangeAccountBody>, &result<std::vector<store::Account>>},
};

/// Whether the path is of the pattern; what stands for `{...}` goes to `parameters`.
bool matches(std::string_view pattern, const std::vector<std::string>& segments,
             std::vector<std::string>& parameters) {
    parameters.clear();
    pattern.remove_prefix(1);
    for (const std::string& segment : segments) {
        const std::size_t end = std::min(pattern.find('/'), pattern.size());
        const std::string_view part = pattern.substr(0, end);
        if (part.starts_with('{'))
            parameters.push_back(segment);
        else if (part != segment)
            return false;
        pattern.remove_prefix(std::min(end + 1, pattern.size()));
    }
    return pattern.empty() && !segments.empty();
}

}  // namespace

bool permits(store::Role role, Access access) {
    using store::Permission;
    switch (access) {
        case Access::anybody:
            return true;
        case Access::read:
            return store::permits(role, Permission::read);
        case Access::vote:
            return store::permits(role, Permission::vote);
        case Access::estimate:
            return store::permits(role, Permission::estimate);
        case Access::forecast:
            return store::permits(role, Permission::forecast);
        case Access::run_panel:
            return store::permits(role, Permission::run_panel);
        case Access::settle:
            return store::permits(role, Permission::settle);
        case Access::administer:
            return store::permits(role, Permission::administer);
        case Access::save:
            return role == store::Role::owner;
    }
    return false;
}

std::span<const Route> routes() {
    return kRoutes;
}

Match find_route(std::string_view method, const std::vector<std::string>& segments) {
    Match match;
    std::vector<std::string> parameters;
    for (const Route& route : kRoutes) {
        if (!matches(route.pattern, segments, parameters))
            continue;
        match.allowed.push_back(route.method);
        if (route.method == "GET")
            match.allowed.push_back("HEAD");
        if (route.method == method || (method == "HEAD" && route.method == "GET")) {
            match.route = &route;
            match.parameters = parameters;
        }
    }
    return match;
}

std::string routes_table() {
    std::string table = "| method | path | who may | what it does |\n|---|---|---|---|\n";
    for (const Route& route : kRoutes) {
        std::string_view who;
        for (const auto& choice : choices_of(Access{})) {
            if (choice.value == route.access)
                who = choice.meaning;
        }
        table += "| " + std::string(route.method) + " | `" + std::string(route.pattern) + "` | " +
                 std::string(who) + " | " + std::string(route.summary) + " |\n";
    }
    return table;
}

}  // namespace steelyard::http
