// SPDX-License-Identifier: Apache-2.0
#include "steelyard/uncertainty/target.hpp"

#include "steelyard/core/error.hpp"

#include <algorithm>

namespace steelyard::uncertainty {

namespace {

[[noreturn]] void refuse(std::string_view text, std::string message) {
    throw Error(ErrorKind::invalid_option,
                std::vector{Problem{Place{{}, 0, 0, "/targets"},
                                    std::move(message),
                                    std::string(text),
                                    "analysis(option=value;...):path.into.its.result",
                                    {}}});
}

std::string_view trimmed(std::string_view text) {
    while (text.starts_with(' ')) {
        text.remove_prefix(1);
    }
    while (text.ends_with(' ')) {
        text.remove_suffix(1);
    }
    return text;
}

std::vector<std::string> split(std::string_view text, char separator) {
    std::vector<std::string> parts;
    for (;;) {
        const std::size_t end = std::min(text.find(separator), text.size());
        parts.emplace_back(trimmed(text.substr(0, end)));
        if (end == text.size()) {
            return parts;
        }
        text.remove_prefix(end + 1);
    }
}

/// The first of these characters that stands outside all brackets.
std::size_t find_outside(std::string_view text, std::string_view wanted) {
    int depth = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        depth += text[i] == '(' || text[i] == '[' ? 1 : 0;
        depth -= text[i] == ')' || text[i] == ']' ? 1 : 0;
        if (depth == 0 && wanted.find(text[i]) != std::string_view::npos) {
            return i;
        }
    }
    return std::string_view::npos;
}

Comparison read_comparison(std::string_view& rest) {
    struct Row {
        std::string_view sign;
        Comparison comparison;
    };
    constexpr std::array kRows{Row{"!=", Comparison::unequal},  Row{"<=", Comparison::at_most},
                               Row{">=", Comparison::at_least}, Row{"=", Comparison::equal},
                               Row{"<", Comparison::less},      Row{">", Comparison::more}};
    for (const Row& row : kRows) {
        if (rest.starts_with(row.sign)) {
            rest.remove_prefix(row.sign.size());
            return row.comparison;
        }
    }
    return Comparison::none;
}

[[noreturn]] void lead_nowhere(std::string_view path, std::string_view part, std::string allowed,
                               std::string nearest) {
    throw Error(
        ErrorKind::unknown_name,
        std::vector{Problem{Place{{}, 0, 0, "/targets"}, "the path '" + std::string(path) + "' leads nowhere",
                            std::string(part), std::move(allowed), std::move(nearest)}});
}

std::vector<std::string> field_names(const Shape& shape) {
    std::vector<std::string> names;
    for (const FieldShape& field : shape.fields) {
        names.emplace_back(field.name);
    }
    return names;
}

/// Into a list: by place, or by a member of its items.
const Shape& step_into(const Shape& shape, std::string_view path, std::string_view inside) {
    if (shape.kind != ShapeKind::list) {
        lead_nowhere(path, inside, "nothing in brackets: this is no list", {});
    }
    const std::size_t equals = inside.find('=');
    if (equals == std::string_view::npos) {
        if (inside.empty() || !std::ranges::all_of(inside, [](char c) { return c >= '0' && c <= '9'; })) {
            lead_nowhere(path, inside, "[0] for the first item, or [name=text]", {});
        }
        return *shape.item;
    }
    const std::string name(inside.substr(0, equals));
    const std::string text(inside.substr(equals + 1));
    const std::vector<std::string> names = field_names(*shape.item);
    const auto field = std::ranges::find(shape.item->fields, name, &FieldShape::name);
    if (field == shape.item->fields.end()) {
        lead_nowhere(path, name, join_names(names), nearest_name(name, names));
    }
    std::vector<std::string> choices;
    for (const auto& [choice, meaning] : field->shape.choices) {
        choices.emplace_back(choice);
    }
    if (field->shape.kind == ShapeKind::choice && std::ranges::find(choices, text) == choices.end()) {
        lead_nowhere(path, text, join_names(choices), nearest_name(text, choices));
    }
    return *shape.item;
}

}  // namespace

Target parse_target(std::string_view text) {
    Target target;
    target.text = trimmed(text);
    const std::string_view whole = target.text;
    const std::size_t colon = find_outside(whole, ":");
    if (colon == std::string_view::npos || colon == 0) {
        refuse(text, "a target names an analysis, a colon and a path into its result");
    }
    std::string_view head = trimmed(whole.substr(0, colon));
    if (const std::size_t open = head.find('('); open != std::string_view::npos) {
        if (!head.ends_with(')')) {
            refuse(text, "the bracket with the options is not closed before the colon");
        }
        for (const std::string& option : split(head.substr(open + 1, head.size() - open - 2), ';')) {
            const std::size_t equals = option.find('=');
            if (equals == std::string::npos || equals == 0) {
                refuse(text, "an option is written name=value");
            }
            target.options.emplace_back(option.substr(0, equals), split(option.substr(equals + 1), '|'));
        }
        head = trimmed(head.substr(0, open));
    }
    target.analyses = split(head, '|');
    if (std::ranges::find(target.analyses, "") != target.analyses.end()) {
        refuse(text, "an analysis has no name");
    }
    std::string_view rest = trimmed(whole.substr(colon + 1));
    const std::size_t sign = std::min(find_outside(rest, "=<>!"), rest.size());
    target.path = trimmed(rest.substr(0, sign));
    rest.remove_prefix(sign);
    target.comparison = read_comparison(rest);
    target.against = trimmed(rest);
    target.threshold = Rational::parse(target.against).value_or(Rational()).to_double();
    if (target.path.empty()) {
        refuse(text, "the path into the result is missing");
    }
    if ((target.comparison == Comparison::none) != target.against.empty()) {
        refuse(text, "a comparison is a sign (=, !=, <, <=, >, >=) and a value");
    }
    return target;
}

Shape leaf_shape(const Shape& result, std::string_view path) {
    const Shape* at = &result;
    std::string_view rest = path;
    while (!rest.empty()) {
        if (at->kind == ShapeKind::anything) {
            return *at;
        }
        if (rest.front() == '[') {
            const std::size_t close = rest.find(']');
            if (close == std::string_view::npos) {
                lead_nowhere(path, rest, "a closing bracket", {});
            }
            at = &step_into(*at, path, rest.substr(1, close - 1));
            rest.remove_prefix(close + 1);
        } else {
            const std::size_t end = std::min(rest.find_first_of(".["), rest.size());
            const std::string name(rest.substr(0, end));
            rest.remove_prefix(end);
            if (name == "#" && rest.empty() && (at->kind == ShapeKind::list || at->kind == ShapeKind::map)) {
                Shape count;
                count.kind = ShapeKind::integer;
                return count;
            }
            if (at->kind == ShapeKind::map) {
                at = at->item.get();
            } else {
                const std::vector<std::string> names = field_names(*at);
                const auto field = std::ranges::find(at->fields, name, &FieldShape::name);
                if (field == at->fields.end()) {
                    lead_nowhere(
                        path, name,
                        at->kind == ShapeKind::list ? "[0], [name=text] or #" : join_names(names, 30),
                        nearest_name(name, names));
                }
                at = &field->shape;
            }
        }
        if (rest.starts_with('.')) {
            rest.remove_prefix(1);
        }
    }
    if (at->kind == ShapeKind::list || at->kind == ShapeKind::map || at->kind == ShapeKind::record) {
        lead_nowhere(path, "",
                     at->kind == ShapeKind::record ? "one of its members: " + join_names(field_names(*at), 30)
                     : at->kind == ShapeKind::list ? "one of its items: [0], [name=text], or #"
                                                   : "one of its names, or #",
                     {});
    }
    return *at;
}

}  // namespace steelyard::uncertainty
