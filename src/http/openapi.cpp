// SPDX-License-Identifier: Apache-2.0
#include "openapi.hpp"

#include "bodies.hpp"
#include "routes.hpp"
#include "steelyard/core/version.hpp"
#include "steelyard/format/schema.hpp"

#include <algorithm>
#include <cctype>

namespace steelyard::http {

namespace {

using Map = Value::Map;
using List = Value::List;

Value text(std::string_view words) {
    return Value(words);
}
Value map(Map members) {
    return Value(std::move(members));
}
Value list(List items) {
    return Value(std::move(items));
}
Value reference(const std::string& schema) {
    return map({{"$ref", text("#/components/schemas/" + schema)}});
}

/// The schema as a part of another document: that states the dialect once.
Value without_dialect(Value schema) {
    if (auto* members = schema.get<Map>())
        std::erase_if(*members, [](const auto& each) { return each.first == "$schema"; });
    return schema;
}

Value json_content(Value schema) {
    return map({{"application/json", map({{"schema", std::move(schema)}})}});
}

Value parameter(std::string_view name, std::string_view place, std::string_view meaning, bool number) {
    return map({{"name", text(name)},
                {"in", text(place)},
                {"required", Value(place == "path")},
                {"description", text(meaning)},
                {"schema", map({{"type", text(number ? "number" : "string")}})}});
}

List parameters_of(const Route& route) {
    List parameters;
    for (std::string_view rest = route.pattern; rest.find('{') != std::string_view::npos;) {
        rest.remove_prefix(rest.find('{') + 1);
        const std::string_view name = rest.substr(0, rest.find('}'));
        parameters.push_back(parameter(name, "path", "See the path.", false));
    }
    for (const QueryParameter& each : route.query)
        parameters.push_back(parameter(each.name, "query", each.meaning, each.number));
    if (route.method != "GET")
        parameters.push_back(parameter("X-Steelyard-Token", "header",
                                       "The `csrf` of GET /api/session; not wanted with a bearer token.",
                                       false));
    if (route.lane == Lane::work && route.method == "POST")
        parameters.push_back(parameter("X-Steelyard-Job", "header",
                                       "A name of your choice, [a-z0-9-]{1,40}: events carry it, and DELETE "
                                       "/api/jobs/{job} cancels.",
                                       false));
    return parameters;
}

/// `get_api_cases_id_votes`
std::string operation_id(const Route& route) {
    std::string id;
    for (const char c : std::string(route.method) + std::string(route.pattern)) {
        if (std::isalnum(static_cast<unsigned char>(c)) != 0)
            id += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        else if (!id.empty() && id.back() != '_')
            id += '_';
    }
    return id.substr(0, id.find_last_not_of('_') + 1);
}

Value operation(const Route& route) {
    Map answer{{"description", text("The answer.")}};
    if (route.result != nullptr) {
        Map content{{"application/json", map({{"schema", without_dialect(route.result())}})}};
        if (route.pattern == "/api/brief") {
            for (const char* type : {"text/html", "text/markdown", "text/plain"})
                content.emplace_back(type, map({{"schema", map({{"type", text("string")}})}}));
        }
        answer.emplace_back("content", map(std::move(content)));
    } else {
        answer.emplace_back(
            "content", map({{std::string(route.type), map({{"schema", map({{"type", text("string")}})}})}}));
    }
    const bool makes = route.method == "POST" && route.pattern == "/api/cases";
    Map members{
        {"operationId", text(operation_id(route))},
        {"summary", text(route.summary)},
        {"x-permission", to_value(route.access)},
        {"parameters", list(parameters_of(route))},
    };
    if (route.body != nullptr)
        members.emplace_back("requestBody", map({{"required", Value(true)},
                                                 {"content", json_content(without_dialect(route.body()))}}));
    members.emplace_back("responses",
                         map({{makes ? "201" : "200", map(std::move(answer))},
                              {"default", map({{"$ref", text("#/components/responses/Error")}})}}));
    if (route.access == Access::anybody)
        members.emplace_back("security", list({}));
    return map(std::move(members));
}

Value error_schema() {
    const auto string = [] { return map({{"type", Value("string")}}); };
    const auto integer = [] { return map({{"type", Value("integer")}}); };
    Map problem;
    for (const char* name : {"message", "found", "allowed", "nearest", "file", "pointer"})
        problem.emplace_back(name, string());
    problem.emplace_back("line", integer());
    problem.emplace_back("column", integer());
    const Value problems = map({{"type", text("array")},
                                {"items", map({{"type", text("object")},
                                               {"required", list({text("message")})},
                                               {"properties", map(std::move(problem))}})}});
    const Value error =
        map({{"type", text("object")},
             {"required", list({text("kind"), text("message"), text("problems")})},
             {"properties", map({{"kind", string()}, {"message", string()}, {"problems", problems}})}});
    return map({{"type", text("object")},
                {"required", list({text("error")})},
                {"properties", map({{"error", error}})}});
}

Value components() {
    Map schemas{{"Error", error_schema()}};
    for (const Analysis& analysis : analyses()) {
        const std::string name(analysis.name);
        schemas.emplace_back(name + "_options", without_dialect(options_schema(analysis.options())));
        schemas.emplace_back(name + "_result", without_dialect(result_schema(analysis.result())));
    }
    const Value error = map({{"description", text("What is wrong, every problem of it.")},
                             {"content", json_content(reference("Error"))}});
    return map({{"schemas", map(std::move(schemas))},
                {"responses", map({{"Error", error}})},
                {"securitySchemes",
                 map({{"session", map({{"type", text("apiKey")},
                                       {"in", text("cookie")},
                                       {"name", text("steelyard_PORT")},
                                       {"description", text("Set by POST /api/login.")}})},
                      {"token", map({{"type", text("http")},
                                     {"scheme", text("bearer")},
                                     {"description", text("From `steelyard account token NAME`.")}})}})}});
}

}  // namespace

void want_nothing(const Value& body) {
    const auto* members = body.get<Map>();
    if (members == nullptr || !members->empty())
        throw Error(ErrorKind::usage, "the body of this request is {}");
}

Value nothing_schema() {
    return map({{"type", text("object")}, {"additionalProperties", Value(false)}});
}

Value run_body_schema() {
    List each;
    for (const Analysis& analysis : analyses()) {
        each.push_back(
            map({{"type", text("object")},
                 {"title", text(analysis.name)},
                 {"description", text(analysis.question)},
                 {"required", list({text("analysis"), text("case")})},
                 {"additionalProperties", Value(false)},
                 {"properties",
                  map({{"analysis", map({{"const", text(analysis.name)}})},
                       {"case", map({{"type", list({text("string"), text("object")})},
                                     {"description", text("The id of a served case, a case's text, or the "
                                                          "case itself.")}})},
                       {"options", reference(std::string(analysis.name) + "_options")},
                       {"seed", map({{"type", text("integer")}, {"minimum", Value(std::int64_t{0})}})},
                       {"overrides", map({{"type", text("object")},
                                          {"additionalProperties",
                                           map({{"type", list({text("number"), text("string")})}})}})}})}}));
    }
    return map({{"oneOf", list(std::move(each))}});
}

Value run_result_schema() {
    List each;
    const auto string = [] { return map({{"type", Value("string")}}); };
    for (const Analysis& analysis : analyses()) {
        each.push_back(
            map({{"type", text("object")},
                 {"title", text(analysis.name)},
                 {"required", list({text("analysis"), text("version"), text("case_hash"), text("options"),
                                    text("seed"), text("result")})},
                 {"properties",
                  map({{"analysis", map({{"const", text(analysis.name)}})},
                       {"version", string()},
                       {"case_hash", string()},
                       {"overrides", map({{"type", text("object")}, {"additionalProperties", string()}})},
                       {"options", reference(std::string(analysis.name) + "_options")},
                       {"seed", map({{"type", text("integer")}})},
                       {"result", reference(std::string(analysis.name) + "_result")}})}}));
    }
    return map({{"oneOf", list(std::move(each))}});
}

Value openapi() {
    Map paths;
    for (const Route& route : routes()) {
        auto path = std::ranges::find(paths, route.pattern, &Map::value_type::first);
        if (path == paths.end())
            path = paths.insert(paths.end(), {std::string(route.pattern), map({})});
        std::string method(route.method);
        std::ranges::transform(method, method.begin(), [](unsigned char c) { return std::tolower(c); });
        path->second.get<Map>()->emplace_back(std::move(method), operation(route));
    }
    return map({{"openapi", text("3.1.0")},
                {"info",
                 map({{"title", text("Steelyard")},
                      {"version", text(version())},
                      {"description", text("Cases, analyses and judgements of a Steelyard server.")},
                      {"license", map({{"name", text("Apache-2.0")}, {"identifier", text("Apache-2.0")}})}})},
                {"jsonSchemaDialect", text("https://json-schema.org/draft/2020-12/schema")},
                {"security", list({map({{"session", list({})}}), map({{"token", list({})}}), map({})})},
                {"paths", map(std::move(paths))},
                {"components", components()}});
}

}  // namespace steelyard::http
