// SPDX-License-Identifier: Apache-2.0
// `steelyard pool` and `steelyard score`: the analyses of judgements and of forecasts, on what the store holds.
#include "steelyard/evidence/pool.hpp"

#include "commands.hpp"
#include "files.hpp"
#include "show.hpp"
#include "steelyard/core/error.hpp"
#include "steelyard/registry/arguments.hpp"
#include "steelyard/store/panel.hpp"
#include "store_access.hpp"
#include "work.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace steelyard::cli {

namespace {

/// The options that stand as flags, and what the store gives.
Value with_flags(std::string_view analysis, const Invocation& call, Value arguments) {
    const auto options = find_analysis(analysis).options();
    Named<std::string> texts;
    for (const auto& [flag, text] : call.flags) {
        if (std::ranges::find(options, option_name(flag), &FieldShape::name) != options.end())
            texts.emplace_back(option_name(flag), text);
    }
    const Value given = arguments_from_texts(options, texts, read_file);
    for (const auto& [name, value] : *given.get<Value::Map>())
        arguments.get<Value::Map>()->emplace_back(name, value);
    return arguments;
}

void print_run(const Run& run, const Invocation& call, Terminal& terminal) {
    if (call.json)
        print_json(terminal, to_tree(run));
    else
        show_run(run, terminal);
}

// ---- pool ---------------------------------------------------------------------------------------

constexpr std::array kCaseArgument{
    Argument{"CASE", "the case", Argument::Count::one, Argument::Kind::file, {}},
};

constexpr Flag option(std::string_view name, std::string_view value, std::string_view meaning,
                      std::string_view choices = {}) {
    return {.name = name, .takes = Takes::a_value, .value = value, .meaning = meaning, .choices = choices};
}

constexpr std::array kPoolFlags{
    option("weighting", "NAME", "how experts' estimates are weighted", "equal performance"),
    option("extremise", "X", "factor by which pooled log odds move away from the prior"),
    option("prior", "P", "the probability they move away from"),
    option("cutoff", "X", "experts less calibrated than this get no weight"),
    option("write", "FILE", "also write the case with the pooled spreads, in canonical form"),
    kSetFlag,
    kStoreFlag,
};

int run_pool(const Invocation& call, Terminal& terminal) {
    const LoadedCase loaded = load_case(call.arguments[0], call);
    const store::Store store = open_store(call, false);
    const auto current = store::current_judgements(store, loaded.subject);
    const Value arguments = with_flags("pool", call, current.arguments);
    const Work work(call, terminal);
    const Run run = steelyard::run("pool", loaded.subject, arguments, work.context(), loaded.overrides);
    if (const auto path = call.get("write")) {
        const auto options = read_options<evidence::PoolOptions>(arguments);
        write_file(*path, write_case(evidence::pool_spreads(loaded.subject, options).subject), terminal);
    }
    if (!call.json) {
        std::string said = current.summary;
        if (current.outdated > 0)
            said += "; " + std::to_string(current.outdated) +
                    " more are about wordings or numbers that the case no longer has";
        terminal.line(said + ".\n");
    }
    print_run(run, call, terminal);
    return 0;
}

constexpr std::array kPoolSamples{
    Sample{"pool CASE", "what readers and experts think together, and what follows for each number"},
    Sample{"pool CASE --write pooled.yaml", "the case with the spreads that follow"},
    Sample{"brief CASE --pooled", "the brief on the case with these spreads"},
};

// ---- score --------------------------------------------------------------------------------------

constexpr std::array kMaybeCase{
    Argument{"CASE",
             "one case; left out, all cases of the store",
             Argument::Count::optional,
             Argument::Kind::file,
             {}},
};

constexpr std::array kScoreFlags{
    option("bins", "N", "equal steps of the calibration picture"),
    kStoreFlag,
};

/// One bar for each step of a forecaster's calibration: where the mark stands is what came true.
void show_calibration(const Value& result, Terminal& terminal) {
    const auto& points = *result.find("calibration")->get<Value::List>();
    if (!terminal.interactive() || points.empty())
        return;
    terminal.line("\nCalibration: o is what was forecast, x what came true (* both), each from 0 to 1.");
    std::string last;
    for (const Value& point : points) {
        const std::string by = inline_text(*point.find("by"));
        if (by != last)
            terminal.line(terminal.ink(Ink::accent, by));
        last = by;
        constexpr std::size_t width = 40;
        std::string bar(width + 1, '.');
        const auto mark = [&](std::string_view name, char sign) {
            const auto at = static_cast<std::size_t>(std::lround(*point.find(name)->number() * width));
            bar[at] = bar[at] == '.' ? sign : '*';
        };
        mark("forecast", 'o');
        mark("observed", 'x');
        terminal.line("  " + bar + "  " + inline_text(*point.find("statements")));
    }
}

int run_score(const Invocation& call, Terminal& terminal) {
    Case subject;
    subject.id = "none";  // every case of the store
    std::string case_id;
    if (!call.arguments.empty()) {
        subject = load_case(call.arguments[0], call).subject;
        case_id = subject.id;
    }
    const store::Store store = open_store(call, false);
    const Value arguments = with_flags("forecast_scores", call, store::score_arguments(store, case_id));
    const Work work(call, terminal);
    const Run run = steelyard::run("forecast_scores", subject, arguments, work.context());
    print_run(run, call, terminal);
    if (!call.json)
        show_calibration(run.result, terminal);
    return 0;
}

constexpr std::array kScoreSamples{
    Sample{"score CASE", "how good the saved forecasts of a case were, for each model, expert and pool"},
    Sample{"score --json", "over all cases of the store"},
};

}  // namespace

const Command kPoolCommand{
    .name = "pool",
    .summary = "pool the votes and estimates on a case, and say what follows for its numbers",
    .about =
        "Of each reader and expert the last round counts, for claims in their present wording. The same as "
        "`steelyard run pool`, with the judgements of the store.",
    .arguments = kCaseArgument,
    .flags = kPoolFlags,
    .samples = kPoolSamples,
    .run = &run_pool,
};

const Command kScoreCommand{
    .name = "score",
    .summary = "score the saved forecasts whose outcome is known",
    .about =
        "Brier and logarithmic scores, Murphy's decomposition and calibration. The same as `steelyard run "
        "forecast_scores`, with the forecasts of the store; `steelyard run score` is another analysis, which "
        "scores a deal.",
    .arguments = kMaybeCase,
    .flags = kScoreFlags,
    .samples = kScoreSamples,
    .run = &run_score,
};

}  // namespace steelyard::cli
