// SPDX-License-Identifier: Apache-2.0
#include "foreign_tree.hpp"

#include "foreign_text.hpp"
#include "reader.hpp"

#include <algorithm>
#include <utility>

namespace steelyard::format {

ForeignTree::ForeignTree(const TextFile& file, Findings& findings)
    : file_(file.name), findings_(findings), tree_(parse_tree(file.text)) {
    for (Problem& problem : tree_.problems)
        findings_.invalid({file_, problem.place.line, problem.place.column, {}}, std::move(problem.message),
                          std::move(problem.found), std::move(problem.allowed));
}

Place ForeignTree::place(const Node& node) const {
    return {file_, node.begin.line, node.begin.column, node.pointer};
}

void ForeignTree::invalid(const Node& at, std::string message, std::string found, std::string allowed) {
    findings_.invalid(place(at), std::move(message), std::move(found), std::move(allowed));
}

void ForeignTree::unsupported(const Node& at, std::string message, std::string found, std::string allowed) {
    findings_.unsupported(place(at), std::move(message), std::move(found), std::move(allowed));
}

const Node* ForeignTree::find(const Node& map, std::string_view key) {
    if (map.kind != Node::Kind::map)
        return nullptr;
    const auto found =
        std::ranges::find(map.keys, key, [](const Node& k) { return std::string_view(k.text); });
    return found == map.keys.end() ? nullptr : &map.items[static_cast<std::size_t>(found - map.keys.begin())];
}

const Node* ForeignTree::need(const Node& map, std::string_view key, std::string_view what) {
    if (!is_map(map, what))
        return nullptr;
    const Node* found = find(map, key);
    if (found == nullptr)
        invalid(map, std::string(what) + " needs '" + std::string(key) + "'");
    return found;
}

bool ForeignTree::is_map(const Node& node, std::string_view what) {
    if (node.kind != Node::Kind::map)
        invalid(node, std::string(what) + " must be a map", shown(node), "names with values");
    return node.kind == Node::Kind::map;
}

bool ForeignTree::is_list(const Node& node, std::string_view what) {
    if (node.kind != Node::Kind::list)
        invalid(node, std::string(what) + " must be a list", shown(node), "[.., ..]");
    return node.kind == Node::Kind::list;
}

std::optional<std::string> ForeignTree::text(const Node& node, std::string_view what) {
    if (node.kind == Node::Kind::scalar && !node.text.empty())
        return node.text;
    invalid(node, std::string(what) + " must be a text", shown(node));
    return std::nullopt;
}

std::optional<Rational> ForeignTree::number(const Node& node, std::string_view what) {
    bool rounded = false;
    const auto value =
        node.kind == Node::Kind::scalar ? read_decimal(node.text, rounded) : std::optional<Rational>();
    if (!value)
        invalid(node, std::string(what) + " is not a number", shown(node),
                "a decimal such as 0.25, smaller than 1e18");
    if (rounded)
        findings_.note(file_ + ':' + std::to_string(node.begin.line) + ": " + node.text +
                       " has more digits than stay exact; it is rounded");
    return value;
}

}  // namespace steelyard::format
