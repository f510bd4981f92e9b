// SPDX-License-Identifier: Apache-2.0
#include "failure.hpp"

#include "command.hpp"
#include "steelyard/format/json.hpp"

namespace steelyard::cli {

namespace {

void print_failure(std::string_view kind, Value::List problems, Terminal& terminal) {
    Value::Map error;
    error.emplace_back("kind", Value(kind));
    error.emplace_back("problems", Value(std::move(problems)));
    terminal.complain(to_json(Value(Value::Map{{"error", Value(std::move(error))}})) + '\n');
}

}  // namespace

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

int report_error(const Error& error, bool json, Terminal& terminal) {
    const ErrorKindRow& row = describe(error.kind());
    if (json) {
        Value::List problems;
        for (const Problem& problem : error.problems())
            problems.push_back(to_tree(problem));
        print_failure(row.name, std::move(problems), terminal);
        return row.exit_code;
    }
    std::string text;
    for (const Problem& problem : error.problems())
        text += terminal.error_ink(Ink::bad, "steelyard: ") + to_text(problem) + '\n';
    terminal.complain(text);
    return row.exit_code;
}

int report_defect(std::string_view what, bool json, Terminal& terminal) {
    const std::string message = "a defect of Steelyard, please report it: " + std::string(what);
    if (json)
        print_failure("defect", {Value(Value::Map{{"message", Value(message)}})}, terminal);
    else
        terminal.complain(terminal.error_ink(Ink::bad, "steelyard: ") + message + '\n');
    return kDefect;
}

}  // namespace steelyard::cli
