// SPDX-License-Identifier: Apache-2.0
#include "steelyard/core/error_tree.hpp"

namespace steelyard {

Value to_tree(const Problem& problem) {
    Value::Map tree{{"message", Value(problem.message)}};
    const auto add = [&](std::string_view name, const std::string& text) {
        if (!text.empty())
            tree.emplace_back(name, Value(text));
    };
    add("found", problem.found);
    add("allowed", problem.allowed);
    add("nearest", problem.nearest);
    add("file", problem.place.file);
    if (problem.place.line > 0) {
        tree.emplace_back("line", Value(static_cast<std::int64_t>(problem.place.line)));
        tree.emplace_back("column", Value(static_cast<std::int64_t>(problem.place.column)));
    }
    add("pointer", problem.place.pointer);
    return Value(std::move(tree));
}

Value to_tree(const std::vector<Problem>& problems) {
    Value::List list;
    for (const Problem& problem : problems)
        list.push_back(to_tree(problem));
    return Value(std::move(list));
}

}  // namespace steelyard
