// SPDX-License-Identifier: Apache-2.0
// `steelyard backtest` and `steelyard fit`: the cases of folders, for the analyses of the same names.
#include "commands.hpp"
#include "files.hpp"
#include "show.hpp"
#include "steelyard/core/error.hpp"
#include "steelyard/registry/arguments.hpp"
#include "steelyard/report/backtest_page.hpp"
#include "table.hpp"
#include "work.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>

namespace steelyard::cli {

namespace {

constexpr std::array kBacktestArguments{
    Argument{"PATH",
             "case files with outcomes, or folders of them",
             Argument::Count::any,
             Argument::Kind::file,
             {}},
};

constexpr Flag table_flag(std::string_view name, std::string_view meaning) {
    return {.name = name, .takes = Takes::a_value, .value = "FILE", .meaning = meaning, .choices = {}};
}

constexpr Flag kDeuFlag =
    table_flag("deu", "also the proposals of this table of issues of the DEU study (CSV)");
constexpr Flag kEu15Flag = table_flag("eu15", "its table of the Council of fifteen");
constexpr Flag kEu27Flag = table_flag("eu27", "its table of the Council of twenty-seven");

/// The case files that a path stands for, in order of name; folders are searched to the bottom.
std::vector<std::string> case_files(const std::string& path) {
    if (!std::filesystem::is_directory(path)) {
        return {path};
    }
    std::vector<std::string> files;
    std::error_code failure;
    for (std::filesystem::recursive_directory_iterator entry(path, failure), end; !failure && entry != end;
         entry.increment(failure)) {
        const std::string extension = entry->path().extension();
        if (entry->is_regular_file(failure) &&
            (extension == ".yaml" || extension == ".yml" || extension == ".json")) {
            files.push_back(entry->path());
        }
    }
    if (failure) {
        throw Error(ErrorKind::input_output, "cannot read the folder " + path + ": " + failure.message());
    }
    std::ranges::sort(files);
    return files;
}

double number_of(const Value& record, std::string_view path) {
    const Value value = select(record, path);
    return value.number().value_or(0);
}

std::string decimal(double value) {
    const std::string text = fmt::format("{:.1f}", value);
    return text == "-0.0" ? "0.0" : text;
}

std::string percent(double share) {
    return fmt::format("{:.0f} %", 100 * share);
}

/// Where the share that came about would lie were the likelihoods right.
std::string expected_text(const Value& band) {
    const Value* expected = band.find("expected");
    return expected == nullptr || expected->is_null()
               ? std::string()
               : percent(number_of(*expected, "low")) + " to " + percent(number_of(*expected, "high"));
}

std::string interval_text(const Value& score, const std::string& name) {
    return decimal(number_of(score, name + ".low")) + " to " + decimal(number_of(score, name + ".high"));
}

/// The scores as people read them; every scored issue stands in the JSON.
void show_scores(const Run& run, Terminal& terminal) {
    const Value& result = run.result;
    const std::string against = inline_text(select(run.options, "against"));
    terminal.line(
        fmt::format("{} issues of {} cases. Errors in places of 100; intervals hold 95 % of the "
                    "resampled cases.",
                    number_of(result, "issues"), number_of(result, "cases")));
    Table scores;
    for (const std::string& heading :
         {std::string("model"), std::string("error"), std::string("95 %"), "less " + against,
          std::string("95 %"), std::string("RMSE"), std::string("median"), std::string("exact"),
          std::string("right option")}) {
        scores.columns.push_back({heading});
    }
    for (const Value& score : *result.find("scores")->get<Value::List>()) {
        const auto number = [&](std::string_view name) { return decimal(number_of(score, name)); };
        scores.rows.push_back({inline_text(*score.find("model")), number("mean_error"),
                               interval_text(score, "interval"), number("difference"),
                               interval_text(score, "difference_interval"), number("root_mean_square"),
                               number("median_error"), percent(number_of(score, "exact")),
                               percent(number_of(score, "right_option"))});
    }
    if (!scores.rows.empty()) {
        terminal.line();
        show_table(scores, terminal);
    }
    Table bands;
    bands.columns = {{"said of an option"}, {"options"}, {"mean likelihood"}, {"came about"}, {"if right"}};
    for (const Value& band : *result.find("calibration")->get<Value::List>()) {
        const double options = number_of(band, "options");
        const auto share = [&](std::string_view name) {
            return options > 0 ? percent(number_of(band, name)) : std::string();
        };
        bands.rows.push_back({inline_text(*band.find("band")), fmt::format("{}", options),
                              share("likelihood"), share("frequency"), expected_text(band)});
    }
    if (!bands.rows.empty()) {
        terminal.line();
        show_table(bands, terminal);
    }
    if (const Value* score = result.find("log_score"); score != nullptr && !score->is_null()) {
        terminal.line();
        terminal.line(fmt::format("Log score {:.3f}; {:.3f} would be chance.", number_of(result, "log_score"),
                                  number_of(result, "log_score_of_chance")));
    }
    const auto& skipped = *result.find("skipped")->get<Value::List>();
    for (const Value& one : skipped) {
        terminal.line(
            wrap("Not scored: " + inline_text(*one.find("case")) + ": " + inline_text(*one.find("why")),
                 terminal.width(), 2));
    }
}

/// A run on all the cases that the command names.
Run run_on_cases(std::string_view analysis, const Invocation& call, Terminal& terminal) {
    std::vector<std::string> files;
    for (const std::string& path : call.arguments) {
        std::ranges::move(case_files(path), std::back_inserter(files));
    }
    const bool table = call.has("deu");
    if (files.empty() && !table) {
        throw Error(ErrorKind::usage, "missing PATH: case files or folders, or --deu FILE");
    }
    // The first case with an outcome stands for the run; the others come along as documents.
    LoadedCase first;
    Value::Map further;
    for (const std::string& file : files) {
        LoadedCase loaded = load_case(file, call);
        if (loaded.subject.outcome.empty()) {
            continue;
        }
        if (first.subject.outcome.empty()) {
            first = std::move(loaded);
        } else {
            further.emplace_back(file, Value(loaded.file.text));
        }
    }
    if (first.subject.outcome.empty() && !table) {
        throw Error(ErrorKind::missing_section, "none of the cases states an outcome");
    }
    if (first.subject.id.empty()) {
        first.subject.id = "none";
    }
    Named<std::string> texts;
    for (const auto& [flag, text] : call.flags) {
        const auto options = find_analysis(analysis).options();
        if (std::ranges::find(options, option_name(flag), &FieldShape::name) != options.end()) {
            texts.emplace_back(option_name(flag), text);
        }
    }
    Value arguments = arguments_from_texts(find_analysis(analysis).options(), texts, read_file);
    arguments.get<Value::Map>()->emplace_back("cases", Value(std::move(further)));
    const Work work(call, terminal);
    return steelyard::run(analysis, first.subject, arguments, work.context());
}

int run_backtest(const Invocation& call, Terminal& terminal) {
    const Run run = run_on_cases("backtest", call, terminal);
    for (const std::string& path : call.all("html")) {
        const std::string origin =
            "Made by Steelyard " + run.version + ", seed " + std::to_string(run.seed) + ".";
        write_file(path,
                   report::backtest_page(run.result, inline_text(select(run.options, "against")), origin),
                   terminal);
    }
    if (call.json) {
        print_json(terminal, to_tree(run));
    } else if (call.all("html").empty()) {
        show_scores(run, terminal);
    }
    return 0;
}

int run_fit(const Invocation& call, Terminal& terminal) {
    const Run run = run_on_cases("fit", call, terminal);
    if (call.json) {
        print_json(terminal, to_tree(run));
    } else {
        show_run(run, terminal);
    }
    return 0;
}

constexpr Flag value_flag(std::string_view name, std::string_view value, std::string_view meaning) {
    return {.name = name, .takes = Takes::a_value, .value = value, .meaning = meaning, .choices = {}};
}

constexpr std::array kBacktestFlags{
    kDeuFlag,
    kEu15Flag,
    kEu27Flag,
    value_flag("deu-power", "NAME",
               "there: how much a member state counts (equal, votes, banzhaf, shapley_shubik)"),
    value_flag("deu-commission", "N", "there: how much the Commission counts, in mean members"),
    value_flag("deu-parliament", "N", "there: how much the Parliament counts, in mean members"),
    value_flag("deu-uncoded-salience", "NAME",
               "there: a position without salience counts as zero, omit or middle"),
    value_flag("deu-wave", "NAME",
               "there: all proposals, or those of the Council of fifteen or the enlarged one"),
    value_flag("least-actors", "N", "leave out issues with fewer actors"),
    value_flag("least-places", "N", "leave out issues on which actors take fewer different places"),
    value_flag("resamples", "N", "bootstrap resamples"),
    value_flag("html", "FILE", "write it as a page with pictures"),
    value_flag("models", "NAMES", "the models to score; left out, all"),
    value_flag("against", "NAME", "the model that all others are compared with"),
    kSeedFlag,
};
constexpr std::array kFitFlags{kDeuFlag, kEu15Flag, kEu27Flag, kSeedFlag};

constexpr std::array kBacktestSamples{
    Sample{"backtest cases", "every model on every case below cases/ that states an outcome"},
    Sample{"backtest cases --html backtest.html", "the same as a page with pictures"},
    Sample{"backtest --deu issues.csv --eu15 EU15.csv --eu27 EU27.csv --json",
           "on the proposals of the DEU study, as JSON"},
};
constexpr std::array kFitSamples{
    Sample{"fit --deu issues.csv --eu15 EU15.csv --eu27 EU27.csv",
           "the weights of the stacked model, and whether it is better than the compromise"},
};

}  // namespace

const Command kBacktestCommand{
    .name = "backtest",
    .summary = "score the forecasting models on cases whose outcome is known",
    .about =
        "Cases without an outcome are passed over. The same as `steelyard run backtest`, for many cases; "
        "every scored issue stands in the JSON.",
    .arguments = kBacktestArguments,
    .flags = kBacktestFlags,
    .samples = kBacktestSamples,
    .run = &run_backtest,
};

const Command kFitCommand{
    .name = "fit",
    .summary = "fit the stacked model on cases whose outcome is known",
    .about =
        "Cases are split for fitting, tuning and scoring by a hash of their id. The same as `steelyard run "
        "fit`, "
        "for many cases.",
    .arguments = kBacktestArguments,
    .flags = kFitFlags,
    .samples = kFitSamples,
    .run = &run_fit,
};

}  // namespace steelyard::cli
