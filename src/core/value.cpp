// SPDX-License-Identifier: Apache-2.0
#include "steelyard/core/value.hpp"

#include "steelyard/core/error.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace steelyard {

std::optional<double> Value::number() const {
    if (const auto* integer = get<std::int64_t>())
        return static_cast<double>(*integer);
    if (const auto* real = get<double>())
        return *real;
    if (const auto* exact = get<Rational>())
        return exact->to_double();
    return std::nullopt;
}

const Value* Value::find(std::string_view name) const {
    const auto* map = get<Map>();
    if (map == nullptr)
        return nullptr;
    const auto member = std::ranges::find(*map, name, &Map::value_type::first);
    return member == map->end() ? nullptr : &member->second;
}

std::string_view Value::type_name() const {
    constexpr std::array<std::string_view, 8> kNames{"nothing", "boolean", "integer", "number",
                                                     "number",  "text",    "list",    "map"};
    return kNames.at(data_.index());
}

namespace {

[[noreturn]] void lead_nowhere(std::string_view path, std::string_view part, const Value& at) {
    Problem problem;
    problem.message = "the path '" + std::string(path) + "' leads nowhere";
    problem.found = part;
    if (const auto* map = at.get<Value::Map>()) {
        std::vector<std::string> names;
        for (const auto& [name, unused] : *map)
            names.push_back(name);
        problem.allowed = join_names(names);
        problem.nearest = nearest_name(part, names);
    } else if (const auto* list = at.get<Value::List>()) {
        problem.allowed = "[0] to [" + std::to_string(list->size()) + "), [name=text] or #";
    } else {
        problem.allowed = "nothing: a " + std::string(at.type_name()) + " has no parts";
    }
    throw Error(ErrorKind::unknown_name, std::vector{problem});
}

std::string text_of(const Value& value) {
    if (const auto* text = value.get<std::string>())
        return *text;
    if (const auto* truth = value.get<bool>())
        return *truth ? "true" : "false";
    if (const auto* integer = value.get<std::int64_t>())
        return std::to_string(*integer);
    if (const auto* exact = value.get<Rational>())
        return exact->text();
    return {};
}

/// The item of `list` that the text between brackets means, or nullptr.
const Value* pick(const Value::List& list, std::string_view inside) {
    if (const std::size_t equals = inside.find('='); equals != std::string_view::npos) {
        const std::string_view name = inside.substr(0, equals);
        const std::string_view wanted = inside.substr(equals + 1);
        for (const Value& item : list) {
            const Value* member = item.find(name);
            if (member != nullptr && text_of(*member) == wanted)
                return &item;
        }
        return nullptr;
    }
    std::size_t index = 0;
    const auto [end, error] = std::from_chars(inside.data(), inside.data() + inside.size(), index);
    if (error != std::errc{} || end != inside.data() + inside.size() || index >= list.size())
        return nullptr;
    return &list[index];
}

}  // namespace

Value select(const Value& root, std::string_view path) {
    const Value* at = &root;
    std::string_view rest = path;
    while (!rest.empty()) {
        if (rest.front() == '[') {
            const std::size_t close = rest.find(']');
            const std::string_view inside =
                rest.substr(1, close == std::string_view::npos ? close : close - 1);
            const auto* list = at->get<Value::List>();
            const Value* next =
                list == nullptr || close == std::string_view::npos ? nullptr : pick(*list, inside);
            if (next == nullptr)
                lead_nowhere(path, rest.substr(0, close), *at);
            at = next;
            rest.remove_prefix(close + 1);
        } else {
            const std::size_t end = std::min(rest.find_first_of(".["), rest.size());
            const std::string_view name = rest.substr(0, end);
            rest.remove_prefix(end);
            if (name == "#" && rest.empty()) {
                if (const auto* list = at->get<Value::List>())
                    return Value(static_cast<std::int64_t>(list->size()));
                if (const auto* map = at->get<Value::Map>())
                    return Value(static_cast<std::int64_t>(map->size()));
            }
            const Value* next = at->find(name);
            if (next == nullptr)
                lead_nowhere(path, name, *at);
            at = next;
        }
        if (!rest.empty() && rest.front() == '.')
            rest.remove_prefix(1);
    }
    return *at;
}

}  // namespace steelyard
