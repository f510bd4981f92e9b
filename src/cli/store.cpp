// SPDX-License-Identifier: Apache-2.0
// `steelyard store`: the store as a whole.
#include "steelyard/store/store.hpp"

#include "commands.hpp"
#include "files.hpp"
#include "show.hpp"
#include "steelyard/core/error.hpp"
#include "store_access.hpp"
#include "work.hpp"

#include <array>

namespace steelyard::cli {

namespace {

constexpr std::array kStoreArguments{
    Argument{"WHAT", "what to do", Argument::Count::one, Argument::Kind::word,
             "path check backup restore export import forecasts audit runs"},
    Argument{"FILE",
             "backup, restore, export, import: the other file; forecasts, runs: the case",
             Argument::Count::optional,
             Argument::Kind::file,
             {}},
};

constexpr std::array kStoreFlags{
    Flag{.name = "with-accounts",
         .takes = Takes::nothing,
         .value = {},
         .meaning = "export: also accounts and tokens, as the hashes that are kept of them",
         .choices = {}},
    kByFlag,
    kStoreFlag,
};

const std::string& other_file(const Invocation& call) {
    if (call.arguments.size() < 2)
        throw Error(ErrorKind::usage, "missing FILE: 'steelyard store " + call.arguments[0] + " FILE'");
    return call.arguments[1];
}

template <class T>
void print_list(std::string_view name, const std::vector<T>& items, const Invocation& call,
                Terminal& terminal) {
    Value::List list;
    for (const T& item : items)
        list.push_back(to_value(item));
    const Value tree(Value::Map{{std::string(name), Value(std::move(list))}});
    if (call.json) {
        print_json(terminal, tree);
        return;
    }
    const std::vector<FieldShape> fields{
        {name, "what the store holds", {}, {}, shape_of<std::vector<T>>(), {}}};
    show_record(fields, tree, terminal);
}

int check(const Invocation& call, Terminal& terminal) {
    const auto result = open_store(call, false).check();
    if (call.json)
        print_json(terminal, to_value(result));
    else
        show_record(fields_of<store::CheckResult>(), to_value(result), terminal);
    return result.sound ? 0 : kNegativeFinding;
}

int done(const Invocation& call, const std::string& text, Terminal& terminal) {
    if (call.json)
        print_json(terminal, Value(Value::Map{{"done", Value(text)}}));
    else
        terminal.line(text);
    return 0;
}

/// Reads exported lines; what is wrong with them is said with the file's name.
void import_lines(const std::string& file, const std::string& store) {
    const std::string lines = read_file(file);
    try {
        store::from_lines(lines, store);
    } catch (const Error& error) {
        if (error.kind() != ErrorKind::usage)
            throw;
        std::vector<Problem> problems = error.problems();
        for (Problem& problem : problems)
            problem.place.file = file;
        throw Error(error.kind(), std::move(problems));
    }
}

/// The case that narrows a list; empty for all.
std::string case_id(const Invocation& call) {
    return call.arguments.size() < 2 ? std::string() : load_case(call.arguments[1], call).subject.id;
}

int run_store(const Invocation& call, Terminal& terminal) {
    const std::string& what = call.arguments[0];
    if (what == "path")
        return done(call, store_path(call), terminal);
    if (what == "check")
        return check(call, terminal);
    if (what == "backup") {
        open_store(call, false).backup(other_file(call));
        return done(call, "Copied to " + other_file(call) + '.', terminal);
    }
    if (what == "restore") {
        store::restore(other_file(call), path_to_write(call), stamp_of(call));
        return done(call, store_path(call) + " holds what " + other_file(call) + " held.", terminal);
    }
    if (what == "export") {
        const std::string path = call.arguments.size() < 2 ? "-" : call.arguments[1];
        write_file(path, open_store(call, false).to_lines(call.has("with-accounts")), terminal);
        return 0;
    }
    if (what == "import") {
        import_lines(other_file(call), path_to_write(call));
        return done(call, "Read into " + store_path(call) + '.', terminal);
    }
    if (what == "audit") {
        print_list("audit", open_store(call, false).audit(), call, terminal);
        return 0;
    }
    if (what == "forecasts") {
        print_list("forecasts", open_store(call, false).forecasts(case_id(call)), call, terminal);
        return 0;
    }
    if (what == "runs") {
        other_file(call);
        print_list("runs", open_store(call, false).runs(case_id(call)), call, terminal);
        return 0;
    }
    throw Error(ErrorKind::usage,
                std::vector{Problem{{},
                                    "'steelyard store' does not know this word",
                                    what,
                                    "path, check, backup, restore, export, import, forecasts, audit, runs",
                                    {}}});
}

constexpr std::array kStoreSamples{
    Sample{"store check", "read every page and every link of the chain; exit code 1 for damage"},
    Sample{"store backup kept.sqlite", "a copy of this moment, while others go on"},
    Sample{"store restore kept.sqlite", "put a backup in the place of the store"},
    Sample{"store export lines.jsonl", "every record as a line of JSON"},
    Sample{"store forecasts CASE", "the forecasts that were saved"},
};

}  // namespace

const Command kStoreCommand{
    .name = "store",
    .summary = "check, copy, export and restore the store of votes and forecasts",
    .about = "One file with votes, estimates, saved forecasts, runs and accounts. Cases stay where they are.",
    .arguments = kStoreArguments,
    .flags = kStoreFlags,
    .samples = kStoreSamples,
    .run = &run_store,
};

}  // namespace steelyard::cli
