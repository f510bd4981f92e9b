// SPDX-License-Identifier: Apache-2.0
#include "failure.hpp"

#include "command.hpp"
#include "steelyard/core/error_tree.hpp"
#include "steelyard/format/json.hpp"

namespace steelyard::cli {

namespace {

void print_failure(std::string_view kind, Value problems, Terminal& terminal) {
    Value::Map error;
    error.emplace_back("kind", Value(kind));
    error.emplace_back("problems", std::move(problems));
    terminal.complain(to_json(Value(Value::Map{{"error", Value(std::move(error))}})) + '\n');
}

}  // namespace

int report_error(const Error& error, bool json, Terminal& terminal) {
    const ErrorKindRow& row = describe(error.kind());
    if (json) {
        print_failure(row.name, to_tree(error.problems()), terminal);
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
        print_failure("defect", Value(Value::List{Value(Value::Map{{"message", Value(message)}})}), terminal);
    else
        terminal.complain(terminal.error_ink(Ink::bad, "steelyard: ") + message + '\n');
    return kDefect;
}

}  // namespace steelyard::cli
