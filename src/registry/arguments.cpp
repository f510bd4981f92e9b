// SPDX-License-Identifier: Apache-2.0
#include "steelyard/registry/arguments.hpp"

#include "steelyard/core/error.hpp"

#include <algorithm>

namespace steelyard {

namespace {

/// The parts between separators; one inside brackets separates nothing.
std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    while (!text.empty()) {
        int depth = 0;
        const auto parts_here = [&](char c) {
            depth += c == '(' || c == '[' ? 1 : 0;
            depth -= depth > 0 && (c == ')' || c == ']') ? 1 : 0;
            return c == separator && depth == 0;
        };
        const auto end = static_cast<std::size_t>(std::ranges::find_if(text, parts_here) - text.begin());
        if (end > 0)
            parts.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return parts;
}

/// Adds one text to what an option already has; returns what is wrong, or an empty text.
std::string add_text(const Shape& shape, std::string_view text, const ReadDocument& read, Value& target) {
    const auto item = [&](const Shape& item_shape, std::string_view item_text) {
        return Value(item_shape.document && read ? read(std::string(item_text)) : std::string(item_text));
    };
    if (shape.kind == ShapeKind::list) {
        if (target.is_null())
            target = Value(Value::List{});
        for (const std::string_view part : split(text, ','))
            target.get<Value::List>()->push_back(item(*shape.item, part));
        return {};
    }
    if (shape.kind == ShapeKind::map) {
        if (target.is_null())
            target = Value(Value::Map{});
        for (const std::string_view part : split(text, ',')) {
            const std::size_t equals = part.find('=');
            if (equals == std::string_view::npos || equals == 0)
                return "an entry is written name=value";
            if (target.find(part.substr(0, equals)) != nullptr)
                return "'" + std::string(part.substr(0, equals)) + "' is given twice";
            target.get<Value::Map>()->emplace_back(part.substr(0, equals),
                                                   item(*shape.item, part.substr(equals + 1)));
        }
        return {};
    }
    if (!target.is_null())
        return "given twice";
    target = item(shape, text);
    return {};
}

}  // namespace

Value arguments_from_texts(std::span<const FieldShape> options, const Named<std::string>& texts,
                           const ReadDocument& read) {
    std::vector<std::string> known;
    for (const FieldShape& option : options)
        known.emplace_back(option.name);
    std::vector<Problem> problems;
    Value::Map arguments;
    for (const auto& [name, text] : texts) {
        const auto option = std::ranges::find(options, name, &FieldShape::name);
        if (option == options.end()) {
            problems.push_back({Place{{}, 0, 0, '/' + name}, "unknown option", name,
                                known.empty() ? "this analysis has no options" : join_names(known, 40),
                                nearest_name(name, known)});
            continue;
        }
        auto argument = std::ranges::find(arguments, name, &Value::Map::value_type::first);
        if (argument == arguments.end())
            argument = arguments.insert(arguments.end(), {name, Value{}});
        if (const std::string problem = add_text(option->shape, text, read, argument->second);
            !problem.empty())
            problems.push_back(
                {Place{{}, 0, 0, '/' + name}, "option '" + name + "': " + problem, text, {}, {}});
    }
    if (!problems.empty())
        throw Error(ErrorKind::invalid_option, std::move(problems));
    return Value(std::move(arguments));
}

Request read_request(const Value& body) {
    try {
        auto request = read_options<Request>(body);
        std::vector<Problem> problems;
        if (request.analysis.empty())
            problems.push_back({Place{{}, 0, 0, "/analysis"}, "the request names no analysis", {}, {}, {}});
        if (request.subject.is_null())
            problems.push_back({Place{{}, 0, 0, "/case"}, "the request has no case", {}, {}, {}});
        if (!problems.empty())
            throw Error(ErrorKind::usage, std::move(problems));
        return request;
    } catch (const Error& error) {
        throw Error(ErrorKind::usage, error.problems());
    }
}

}  // namespace steelyard
