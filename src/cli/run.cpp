// SPDX-License-Identifier: Apache-2.0
// `steelyard run`: any analysis of the registry.
#include "commands.hpp"
#include "evidence_flags.hpp"
#include "files.hpp"
#include "show.hpp"
#include "steelyard/core/error.hpp"
#include "steelyard/format/json.hpp"
#include "steelyard/registry/arguments.hpp"
#include "store_access.hpp"
#include "work.hpp"

#include <algorithm>
#include <array>

namespace steelyard::cli {

namespace {

constexpr std::array kRunArguments{
    Argument{"ANALYSIS",
             "its name (see `steelyard analyses`), or - for a request on standard input",
             Argument::Count::one,
             Argument::Kind::analysis,
             {}},
    Argument{
        "CASE", "case file, or - for standard input", Argument::Count::optional, Argument::Kind::file, {}},
};

/// The case of a request: an inline text, a map, or a path.
LoadedCase load_requested(const Value& subject, const Invocation& call) {
    if (!is_case_name(subject))
        return load_inline_case(subject);
    const auto& path = *subject.get<std::string>();
    if (path == "-")
        throw Error(ErrorKind::usage,
                    "standard input already holds the request; the case cannot stand there");
    return load_case(path, call);
}

void keep(const Run& run, const std::string& case_id, const Invocation& call) {
    store::RunRecord record;
    record.analysis = run.analysis;
    record.version = run.version;
    record.case_id = case_id;
    record.case_hash = run.case_hash;
    record.seed = run.seed;
    record.overrides = to_value(run.overrides);
    record.options = run.options;
    record.result = run.result;
    open_store(call, true).keep_run(record, stamp_of(call));
}

void print(const Run& run, const Invocation& call, Terminal& terminal) {
    if (call.json)
        print_json(terminal, to_tree(run));
    else
        show_run(run, terminal);
}

/// An answer given after Ctrl-C is a partial one, which its result says too.
int interrupted(const Invocation& call, Terminal& terminal) {
    if (!interrupt_token().requested())
        return 0;
    const auto checkpoint = call.get("checkpoint");
    terminal.complain(
        "stopped on request: the answer is a partial one" +
        (checkpoint ? "; the same command goes on from '" + *checkpoint + "'\n" : std::string("\n")));
    return describe(ErrorKind::cancelled).exit_code;
}

int run_request(const Invocation& call, Terminal& terminal) {
    const Request request = read_request(from_json(read_file("-")));
    LoadedCase loaded = load_requested(request.subject, call);
    override_numbers(loaded, request.overrides);
    Work work(call, terminal);
    work.seed(request.seed);
    print(run(request.analysis, loaded.subject, request.options, work.context(), loaded.overrides), call,
          terminal);
    return interrupted(call, terminal);
}

int run_run(const Invocation& call, Terminal& terminal) {
    if (call.arguments[0] == "-") {
        if (call.arguments.size() > 1)
            throw Error(ErrorKind::usage, "a request on standard input names its case itself");
        return run_request(call, terminal);
    }
    const Analysis& analysis = find_analysis(call.arguments[0]);
    if (call.arguments.size() < 2)
        throw Error(ErrorKind::usage, "missing CASE: the case file to run '" + call.arguments[0] + "' on");
    const std::vector<FieldShape> options = analysis.options();
    Named<std::string> texts;
    for (const auto& [flag, text] : call.flags) {
        const std::string name = option_name(flag);
        if (std::ranges::find(options, name, &FieldShape::name) != options.end())
            texts.emplace_back(name, text);
    }
    const Value arguments = arguments_from_texts(options, texts, read_file);
    analysis.complete(arguments);  // a wrong option is told before the case is read
    LoadedCase loaded = load_case(call.arguments[1], call);
    apply_evidence(loaded, call);
    const Work work(call, terminal);
    const Run run =
        steelyard::run(analysis.name, loaded.subject, arguments, work.context(), loaded.overrides);
    if (call.has("keep"))
        keep(run, loaded.subject.id, call);
    print(run, call, terminal);
    return interrupted(call, terminal);
}

constexpr std::array kRunSamples{
    Sample{"run frontier CASE", "the exact Pareto frontier, as a table"},
    Sample{"run frontier CASE --among acceptable --json", "the same among acceptable deals, as JSON"},
    Sample{"run solutions CASE --set no_deal.port=40 --concepts nash,egalitarian",
           "with one number of the case replaced; the run records it"},
    Sample{"run score CASE --deal rent=high,jobs=all", "one deal under the lens"},
    Sample{"run ensemble CASE --targets compromise:issues[0].value --draws 100000000 --checkpoint run.state",
           "a long run; after Ctrl-C or a crash the same command goes on"},
    Sample{"run --json - < request.json",
           R"(a request {"analysis": "frontier", "case": "my.yaml", "options": {}, "seed": 1})"},
};

constexpr Flag kKeepFlag{.name = "keep",
                         .takes = Takes::nothing,
                         .value = {},
                         .meaning = "also keep the run in the store (`steelyard store runs CASE`)",
                         .choices = {}};
constexpr std::array kRunFlags{kSetFlag,     kSeedFlag,       kBudgetFlag,         kMemoryFlag,
                               kPooledFlag,  kDiscreditFlag,  kKeepFlag,           kStoreFlag,
                               kThreadsFlag, kCheckpointFlag, kCheckpointEveryFlag};

}  // namespace

const Command kRunCommand{
    .name = "run",
    .summary = "run one analysis on a case",
    .about =
        "Every option of the analysis is a flag; `steelyard run ANALYSIS --help` lists them. With --json it "
        "prints the analysis, version, case hash, overrides, complete options, seed and result: all it "
        "takes to repeat the run.",
    .arguments = kRunArguments,
    .flags = kRunFlags,
    .samples = kRunSamples,
    .run = &run_run,
    .takes_options = true,
};

}  // namespace steelyard::cli
