// SPDX-License-Identifier: Apache-2.0
// `steelyard cite`: the place of some words, ready to paste into a claim.
#include "commands.hpp"
#include "files.hpp"
#include "show.hpp"
#include "steelyard/core/error.hpp"
#include "work.hpp"

#include <array>

namespace steelyard::cli {

namespace {

constexpr std::array kCiteArguments{
    Argument{"CASE", "the case whose source it is", Argument::Count::one, Argument::Kind::file, {}},
    Argument{"TEXT", "the source's text, UTF-8", Argument::Count::one, Argument::Kind::file, {}},
};
constexpr std::array kCiteFlags{
    Flag{.name = "find",
         .takes = Takes::a_value,
         .value = "WORDS",
         .meaning = "the words, as they stand in the text; any white space matches any other",
         .choices = {}},
    Flag{.name = "source",
         .takes = Takes::a_value,
         .value = "ID",
         .meaning = "the source the text belongs to; left out, the one with its SHA-256",
         .choices = {}},
};

std::string_view text_of(const Value& record, std::string_view name) {
    const Value* value = record.find(name);
    const auto* text = value == nullptr ? nullptr : value->get<std::string>();
    return text == nullptr ? std::string_view{} : *text;
}

void show(const Value& result, const std::string& path, Terminal& terminal) {
    const std::string source(text_of(result, "source"));
    const bool known = *result.find("known")->get<bool>();
    if (source.empty())
        terminal.line(path + " is no source of the case; its record would say");
    else if (!known)
        terminal.line("The record of " + source + " does not name this text; it would say");
    if (!known)
        terminal.line("  sha256: " + std::string(text_of(result, "snapshot")) + '\n');
    const auto& places = *result.find("places")->get<Value::List>();
    if (places.empty())
        terminal.line("The words do not stand in " + path +
                      "; they must match to the letter, capitals and quotation marks included.");
    for (const Value& place : places) {
        terminal.line(terminal.ink(Ink::faint,
                                   wrap('"' + std::string(text_of(place, "exact")) + '"', terminal.width())));
        terminal.line(std::string(text_of(place, "at")));
        if (const std::string claims = inline_text(*place.find("claims")); !claims.empty())
            terminal.line(wrap("These words already carry " + claims + ".", terminal.width()));
    }
}

int run_cite(const Invocation& call, Terminal& terminal) {
    const auto words = call.get("find");
    if (!words)
        throw Error(ErrorKind::usage, "missing --find WORDS: the words to look for");
    const LoadedCase loaded = load_case(call.arguments[0], call);
    const Value arguments(Value::Map{{"text", Value(read_file(call.arguments[1]))},
                                     {"find", Value(*words)},
                                     {"source", Value(call.get("source").value_or(""))}});
    const Work work(call, terminal);
    const Run run = steelyard::run("cite", loaded.subject, arguments, work.context());
    if (call.json)
        print_json(terminal, to_tree(run));
    else
        show(run.result, call.arguments[1], terminal);
    return run.result.find("places")->get<Value::List>()->empty() ? kNegativeFinding : 0;
}

constexpr std::array kCiteSamples{
    Sample{R"(cite CASE article.txt --find "major agreement")", "every place of the words, as an `at:` line"},
};

}  // namespace

const Command kCiteCommand{
    .name = "cite",
    .summary = "find words in a source and print their place, ready to paste into a claim",
    .about = {},
    .arguments = kCiteArguments,
    .flags = kCiteFlags,
    .samples = kCiteSamples,
    .run = &run_cite,
};

}  // namespace steelyard::cli
