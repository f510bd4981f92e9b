// SPDX-License-Identifier: Apache-2.0
#include "unit/format/schema_check.hpp"

#include <algorithm>
#include <regex>
#include <string_view>

namespace steelyard::test {

namespace {

class Checker {
public:
    explicit Checker(const Value& root) : root_(root) {}

    std::vector<std::string> check(const Value& schema, const Value& value, const std::string& at) {
        std::vector<std::string> problems;
        const auto* keywords = schema.get<Value::Map>();
        if (keywords == nullptr)
            return schema.get<bool>() != nullptr && *schema.get<bool>() ? problems
                                                                        : std::vector{at + ": not allowed"};
        for (const auto& [keyword, argument] : *keywords) {
            for (std::string& problem : apply(keyword, argument, schema, value, at))
                problems.push_back(std::move(problem));
        }
        return problems;
    }

private:
    using Problems = std::vector<std::string>;

    static bool is(const Value& value, std::string_view type) {
        if (type == "null")
            return value.is_null();
        if (type == "boolean")
            return value.get<bool>() != nullptr;
        if (type == "string")
            return value.get<std::string>() != nullptr;
        if (type == "array")
            return value.get<Value::List>() != nullptr;
        if (type == "object")
            return value.get<Value::Map>() != nullptr;
        if (type == "integer")
            return value.get<std::int64_t>() != nullptr;
        return type == "number" && value.number().has_value();
    }

    static bool equal(const Value& a, const Value& b) {
        return a == b || (a.number() && b.number() && *a.number() == *b.number());
    }

    Problems apply(const std::string& keyword, const Value& argument, const Value& schema, const Value& value,
                   const std::string& at) {
        if (keyword == "$schema" || keyword == "$defs" || keyword == "$comment" || keyword == "title" ||
            keyword == "description" || keyword == "default")
            return {};
        if (keyword == "$ref") {
            const std::string target = argument.get<std::string>()->substr(std::string("#/$defs/").size());
            const Value* definition = root_.find("$defs")->find(target);
            return definition == nullptr ? Problems{at + ": no definition " + target}
                                         : check(*definition, value, at);
        }
        if (keyword == "type") {
            const auto* several = argument.get<Value::List>();
            const bool fits = several == nullptr ? is(value, *argument.get<std::string>())
                                                 : std::ranges::any_of(*several, [&](const Value& type) {
                                                       return is(value, *type.get<std::string>());
                                                   });
            return fits ? Problems{} : Problems{at + ": wrong type, " + std::string(value.type_name())};
        }
        if (keyword == "const")
            return equal(argument, value) ? Problems{} : Problems{at + ": not the constant"};
        if (keyword == "enum") {
            const bool found = std::ranges::any_of(*argument.get<Value::List>(),
                                                   [&](const Value& v) { return equal(v, value); });
            return found ? Problems{} : Problems{at + ": not one of the choices"};
        }
        if (keyword == "anyOf") {
            const bool fits = std::ranges::any_of(*argument.get<Value::List>(), [&](const Value& choice) {
                return check(choice, value, at).empty();
            });
            return fits ? Problems{} : Problems{at + ": fits none of the forms"};
        }
        if (keyword == "pattern") {
            const auto* text = value.get<std::string>();
            const bool fits =
                text == nullptr || std::regex_search(*text, std::regex(*argument.get<std::string>()));
            return fits ? Problems{} : Problems{at + ": does not match"};
        }
        if (keyword == "minimum" || keyword == "maximum") {
            const auto number = value.number();
            const bool fits = !number || (keyword == "minimum" ? *number >= *argument.number()
                                                               : *number <= *argument.number());
            return fits ? Problems{} : Problems{at + ": out of range"};
        }
        if (keyword == "maxLength") {
            const auto* text = value.get<std::string>();
            const bool fits = text == nullptr || static_cast<double>(text->size()) <= *argument.number();
            return fits ? Problems{} : Problems{at + ": too long"};
        }
        return apply_to_parts(keyword, argument, schema, value, at);
    }

    Problems apply_to_parts(const std::string& keyword, const Value& argument, const Value& schema,
                            const Value& value, const std::string& at) {
        Problems problems;
        const auto add = [&](Problems more) {
            for (std::string& problem : more)
                problems.push_back(std::move(problem));
        };
        const auto* map = value.get<Value::Map>();
        const auto* list = value.get<Value::List>();
        if (keyword == "properties") {
            for (const auto& [name, part] : *argument.get<Value::Map>()) {
                if (const Value* member = value.find(name))
                    add(check(part, *member, at + '/' + name));
            }
        } else if (keyword == "additionalProperties") {
            const Value* properties = schema.find("properties");
            for (std::size_t i = 0; map != nullptr && i < map->size(); ++i) {
                const auto& [name, member] = (*map)[i];
                if (properties == nullptr || properties->find(name) == nullptr)
                    add(check(argument, member, at + '/' + name));
            }
        } else if (keyword == "required") {
            for (const Value& name : *argument.get<Value::List>()) {
                if (map != nullptr && value.find(*name.get<std::string>()) == nullptr)
                    problems.push_back(at + ": lacks " + *name.get<std::string>());
            }
        } else if (keyword == "items") {
            for (std::size_t i = 0; list != nullptr && i < list->size(); ++i)
                add(check(argument, (*list)[i], at + '/' + std::to_string(i)));
        } else if (keyword == "minItems" || keyword == "maxItems") {
            const double size = list == nullptr ? *argument.number() : static_cast<double>(list->size());
            if (keyword == "minItems" ? size < *argument.number() : size > *argument.number())
                problems.push_back(at + ": wrong number of items");
        } else {
            problems.push_back(at + ": the checker does not know the keyword " + keyword);
        }
        return problems;
    }

    const Value& root_;
};

}  // namespace

std::vector<std::string> schema_problems(const Value& schema, const Value& value) {
    return Checker(schema).check(schema, value, "");
}

}  // namespace steelyard::test
