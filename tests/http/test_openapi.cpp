// SPDX-License-Identifier: Apache-2.0
// The OpenAPI document: sound by itself, complete against the table of routes and the registry.
#include "http/client.hpp"
#include "http/openapi.hpp"
#include "http/routes.hpp"
#include "steelyard/format/json.hpp"
#include "steelyard/registry/analysis.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <set>

namespace steelyard::test {
namespace {

const Value::Map& members(const Value& value) {
    static const Value::Map none;
    const auto* map = value.get<Value::Map>();
    return map == nullptr ? none : *map;
}

/// What a `$ref` of this document leads to.
const Value* follow(const Value& document, std::string_view reference) {
    if (!reference.starts_with("#/"))
        return nullptr;
    reference.remove_prefix(2);
    const Value* at = &document;
    while (at != nullptr && !reference.empty()) {
        const std::size_t end = std::min(reference.find('/'), reference.size());
        at = at->find(reference.substr(0, end));
        reference.remove_prefix(std::min(end + 1, reference.size()));
    }
    return at;
}

void each_map(const Value& value, const std::function<void(const Value&)>& visit) {
    if (value.get<Value::Map>() != nullptr)
        visit(value);
    for (const auto& [name, item] : members(value))
        each_map(item, visit);
    if (const auto* list = value.get<Value::List>()) {
        for (const Value& item : *list)
            each_map(item, visit);
    }
}

/// Everything that is wrong with a JSON Schema (2020-12), as far as this document uses the language.
void check_schema(const Value& schema, const std::string& at, std::vector<std::string>& wrong) {
    if (schema.get<bool>() != nullptr)
        return;
    if (schema.get<Value::Map>() == nullptr) {
        wrong.push_back(at + ": a schema is an object or a truth value");
        return;
    }
    static const std::set<std::string, std::less<>> types{"null",   "boolean", "object", "array",
                                                          "number", "string",  "integer"};
    const auto is_type = [](const Value& type) {
        const auto* name = type.get<std::string>();
        return name != nullptr && types.contains(*name);
    };
    for (const auto& [key, value] : members(schema)) {
        const std::string here = at + '/' + key;
        const auto* list = value.get<Value::List>();
        if (key == "type") {
            if (!is_type(value) && (list == nullptr || list->empty() || !std::ranges::all_of(*list, is_type)))
                wrong.push_back(here + ": no type");
        } else if (key == "properties" || key == "$defs" || key == "patternProperties") {
            for (const auto& [name, inner] : members(value))
                check_schema(inner, here + '/' + name, wrong);
        } else if (key == "items" || key == "additionalProperties" || key == "propertyNames" ||
                   key == "not") {
            check_schema(value, here, wrong);
        } else if (key == "anyOf" || key == "oneOf" || key == "allOf" || key == "prefixItems") {
            if (list == nullptr || list->empty())
                wrong.push_back(here + ": a list of schemas is due");
            else
                for (const Value& inner : *list)
                    check_schema(inner, here, wrong);
        } else if (key == "required" || key == "enum") {
            if (list == nullptr)
                wrong.push_back(here + ": a list is due");
        } else if (key == "minimum" || key == "maximum" || key == "minLength" || key == "maxLength" ||
                   key == "minItems" || key == "maxItems") {
            if (!value.number())
                wrong.push_back(here + ": a number is due");
        } else if (key == "description" || key == "title" || key == "$ref" || key == "$comment" ||
                   key == "pattern" || key == "format") {
            if (value.get<std::string>() == nullptr)
                wrong.push_back(here + ": a text is due");
        } else if (key != "default" && key != "const" && key != "examples" && key != "uniqueItems") {
            wrong.push_back(here + ": no keyword of JSON Schema that we know");
        }
    }
    // What is required is described.
    if (const Value* required = schema.find("required");
        required != nullptr && required->get<Value::List>()) {
        for (const Value& name : *required->get<Value::List>()) {
            const Value* properties = schema.find("properties");
            if (name.get<std::string>() == nullptr || properties == nullptr ||
                properties->find(*name.get<std::string>()) == nullptr)
                wrong.push_back(at + ": a required member is not described");
        }
    }
}

TEST(OpenApi, IsWhatTheServerAnswers) {
    const Site site;
    const http::Server server(site.open());
    EXPECT_TRUE(Browser(server.port()).get("/api/openapi.json").body == to_json(http::openapi(), 0) + '\n');
}

TEST(OpenApi, EveryReferenceLeadsSomewhere) {
    const Value document = http::openapi();
    std::size_t count = 0;
    each_map(document, [&](const Value& value) {
        const Value* reference = value.find("$ref");
        if (reference == nullptr || reference->get<std::string>() == nullptr)
            return;
        ++count;
        EXPECT_NE(follow(document, *reference->get<std::string>()), nullptr)
            << *reference->get<std::string>();
    });
    EXPECT_GT(count, 3 * analyses().size());
    EXPECT_EQ(follow(document, "#/components/schemas/nothing"), nullptr);
}

TEST(OpenApi, HasEveryRouteWithParametersBodyAndResponses) {
    const Value document = http::openapi();
    EXPECT_EQ(*document.find("openapi")->get<std::string>(), "3.1.0");
    std::set<std::string> ids;
    std::size_t operations = 0;
    for (const auto& [path, methods] : members(*document.find("paths")))
        operations += members(methods).size();
    EXPECT_EQ(operations, http::routes().size());
    for (const http::Route& route : http::routes()) {
        SCOPED_TRACE(std::string(route.method) + ' ' + std::string(route.pattern));
        std::string method(route.method);
        std::ranges::transform(method, method.begin(), [](unsigned char c) { return std::tolower(c); });
        const Value* path = document.find("paths")->find(route.pattern);
        ASSERT_NE(path, nullptr);
        const Value* operation = path->find(method);
        ASSERT_NE(operation, nullptr);
        EXPECT_TRUE(ids.insert(*operation->find("operationId")->get<std::string>()).second);
        ASSERT_FALSE(members(*operation->find("responses")).empty());
        for (const auto& [status, response] : members(*operation->find("responses")))
            EXPECT_TRUE(response.find("description") != nullptr || response.find("$ref") != nullptr)
                << status;
        EXPECT_EQ(operation->find("requestBody") != nullptr, route.body != nullptr);
        // Every {name} of the path is a parameter, and no other.
        std::set<std::string> named;
        for (const Value& parameter : *operation->find("parameters")->get<Value::List>()) {
            EXPECT_NE(parameter.find("schema"), nullptr);
            if (*parameter.find("in")->get<std::string>() == "path") {
                EXPECT_TRUE(*parameter.find("required")->get<bool>());
                named.insert('{' + *parameter.find("name")->get<std::string>() + '}');
            }
        }
        EXPECT_EQ(named.size(), static_cast<std::size_t>(std::ranges::count(route.pattern, '{')));
        for (const std::string& name : named)
            EXPECT_NE(route.pattern.find(name), std::string_view::npos) << name;
    }
}

TEST(OpenApi, SchemasAreJsonSchema) {
    const Value document = http::openapi();
    std::vector<std::string> wrong;
    for (const auto& [name, schema] : members(*follow(document, "#/components/schemas")))
        check_schema(schema, name, wrong);
    std::size_t contents = 0;
    each_map(*document.find("paths"), [&](const Value& value) {
        if (const Value* content = value.find("content")) {
            for (const auto& [type, media] : members(*content)) {
                ++contents;
                check_schema(*media.find("schema"), type, wrong);
            }
        }
    });
    EXPECT_GT(contents, http::routes().size());
    for (const std::string& each : wrong)
        ADD_FAILURE() << each;
}

TEST(OpenApi, TheCheckOfSchemasCanFail) {
    std::vector<std::string> wrong;
    using Map = Value::Map;
    check_schema(Value(Map{{"type", Value("thing")}}), "a", wrong);
    check_schema(Value(Map{{"required", Value(Value::List{Value("x")})}}), "b", wrong);
    check_schema(Value(Map{{"items", Value("x")}}), "c", wrong);
    check_schema(Value(Map{{"typ", Value("object")}}), "d", wrong);
    EXPECT_EQ(wrong.size(), 4U);
}

/// Whether a value is as its schema says, as far as the answers of this server need.
bool fits(const Value& document, const Value& schema, const Value& value) {
    if (const Value* reference = schema.find("$ref"))
        return fits(document, *follow(document, *reference->get<std::string>()), value);
    for (const char* any : {"anyOf", "oneOf"}) {
        if (const Value* list = schema.find(any))
            return std::ranges::any_of(*list->get<Value::List>(),
                                       [&](const Value& each) { return fits(document, each, value); });
    }
    if (const Value* constant = schema.find("const"); constant != nullptr && !(*constant == value))
        return false;
    if (const Value* words = schema.find("enum")) {
        if (std::ranges::find(*words->get<Value::List>(), value) == words->get<Value::List>()->end())
            return false;
    }
    if (const Value* type = schema.find("type"); type != nullptr && type->get<std::string>() != nullptr) {
        const std::string& name = *type->get<std::string>();
        const bool is = name == "object"    ? value.get<Value::Map>() != nullptr
                        : name == "array"   ? value.get<Value::List>() != nullptr
                        : name == "string"  ? value.get<std::string>() != nullptr
                        : name == "boolean" ? value.get<bool>() != nullptr
                        : name == "null"    ? value.is_null()
                                         : value.number().has_value() || value.get<std::string>() != nullptr;
        if (!is)
            return false;
    }
    if (const Value* properties = schema.find("properties")) {
        for (const auto& [name, inner] : members(value)) {
            const Value* expected = properties->find(name);
            if (expected != nullptr ? !fits(document, *expected, inner)
                                    : schema.find("additionalProperties") != nullptr)
                return false;
        }
    }
    if (const Value* items = schema.find("items"); items != nullptr && value.get<Value::List>() != nullptr) {
        return std::ranges::all_of(*value.get<Value::List>(),
                                   [&](const Value& each) { return fits(document, *items, each); });
    }
    return true;
}

TEST(OpenApi, AnswersAreAsItSays) {
    const Site site;
    const http::Server server(site.open());
    Browser browser(server.port());
    browser.session();
    const Value document = http::openapi();
    const auto check = [&](const std::string& path, const std::string& method, const Reply& reply) {
        SCOPED_TRACE(method + ' ' + path);
        const Value& schema = *document.find("paths")
                                   ->find(path)
                                   ->find(method)
                                   ->find("responses")
                                   ->find("200")
                                   ->find("content")
                                   ->find("application/json")
                                   ->find("schema");
        ASSERT_EQ(reply.status, 200) << reply.body;
        EXPECT_TRUE(fits(document, schema, reply.json())) << reply.body.substr(0, 400);
    };
    const std::string one = "/api/cases/harbour-lease";
    browser.post(one + "/votes", R"({"claim":"rival","there":true,"impact":2})");
    browser.post(one + "/forecasts", R"({"forecasts":[{"event":"deal","chances":{"yes":0.7,"no":0.3}}]})");
    for (const auto& [path, target] :
         std::vector<std::pair<std::string, std::string>>{{"/api/session", "/api/session"},
                                                          {"/api/analyses", "/api/analyses"},
                                                          {"/api/cases", "/api/cases"},
                                                          {"/api/cases/{id}", one},
                                                          {"/api/cases/{id}/claims", one + "/claims"},
                                                          {"/api/cases/{id}/pool", one + "/pool"},
                                                          {"/api/cases/{id}/forecasts", one + "/forecasts"},
                                                          {"/api/accounts", "/api/accounts"}})
        check(path, "get", browser.get(target));
    const std::string body = R"({"case":"harbour-lease"})";
    check("/api/numbers", "post", browser.post("/api/numbers", body));
    check("/api/brief", "post", browser.post("/api/brief", body));
    check("/api/diff", "post", browser.post("/api/diff", R"({"a":)" + body + R"(,"b":)" + body + '}'));
    check("/api/run", "post", browser.post("/api/run", R"({"analysis":"frontier","case":"harbour-lease"})"));
}

}  // namespace
}  // namespace steelyard::test
