// SPDX-License-Identifier: Apache-2.0
// `steelyard save` and `steelyard resolve`: forecasts that cannot be edited afterwards, and what happened.
#include "commands.hpp"
#include "show.hpp"
#include "steelyard/core/error.hpp"
#include "steelyard/evidence/pool.hpp"
#include "steelyard/store/panel.hpp"
#include "store_access.hpp"
#include "work.hpp"

#include <algorithm>
#include <array>

namespace steelyard::cli {

namespace {

// ---- save ---------------------------------------------------------------------------------------

constexpr std::array kSaveArguments{
    Argument{"CASE", "the case", Argument::Count::one, Argument::Kind::file, {}},
    Argument{"EVENT",
             "what is forecast: a word of your choice, or an issue; left out with --models and --pool, all",
             Argument::Count::optional,
             Argument::Kind::word,
             {}},
};

constexpr std::array kSaveFlags{
    Flag{.name = "chance",
         .takes = Takes::a_value,
         .value = "P",
         .meaning = "the probability that it happens; the outcomes are then yes and no",
         .choices = {}},
    Flag{.name = "chances",
         .takes = Takes::a_value,
         .value = "OUTCOME=P,...",
         .meaning = "the probability of every possible outcome",
         .choices = {}},
    Flag{.name = "models",
         .takes = Takes::a_value,
         .value = "NAMES",
         .meaning =
             "save what these forecasting models say of the issues: names with commas, or all; `forecast` "
             "is all of them together",
         .choices = {}},
    Flag{.name = "pool",
         .takes = Takes::nothing,
         .value = {},
         .meaning = "save the pools of the experts' probabilities of events",
         .choices = {}},
    Flag{.name = "due",
         .takes = Takes::a_value,
         .value = "DATE",
         .meaning = "when the outcome will be known",
         .choices = {}},
    kCommentFlag,
    kByFlag,
    kSetFlag,
    kStoreFlag,
};

std::vector<std::string> split(std::string_view text) {
    std::vector<std::string> parts;
    while (!text.empty()) {
        const std::size_t comma = std::min(text.find(','), text.size());
        parts.emplace_back(text.substr(0, comma));
        text.remove_prefix(std::min(comma + 1, text.size()));
    }
    return parts;
}

Named<double> read_chances(const Invocation& call) {
    if (const auto chance = call.get("chance")) {
        const double yes = number_flag(call, "chance", *chance);
        return {{"yes", yes}, {"no", 1 - yes}};
    }
    Named<double> chances;
    for (const std::string& part : split(call.get("chances").value_or(""))) {
        const std::size_t equals = part.rfind('=');
        if (equals == std::string::npos || equals == 0)
            throw Error(ErrorKind::usage,
                        std::vector{Problem{{}, "flag '--chances' is not valid", part, "OUTCOME=P,...", {}}});
        chances.emplace_back(part.substr(0, equals),
                             number_flag(call, "chances", std::string_view(part).substr(equals + 1)));
    }
    return chances;
}

std::string text_of(const Value& record, std::string_view name) {
    return inline_text(*record.find(name));
}

/// What a run of the analysis `forecast` says of each open issue.
std::vector<store::Forecast> of_run(const Run& run, const std::string& by) {
    std::vector<store::Forecast> made;
    for (const Value& issue : *run.result.find("issues")->get<Value::List>()) {
        store::Forecast forecast;
        forecast.event = text_of(issue, "issue");
        forecast.by = by;
        for (const Value& option : *issue.find("options")->get<Value::List>())
            forecast.chances.emplace_back(text_of(option, "option"), *option.find("likelihood")->number());
        if (forecast.chances.size() > 1)
            made.push_back(std::move(forecast));
    }
    return made;
}

std::vector<store::Forecast> of_models(const Invocation& call, const LoadedCase& loaded, Terminal& terminal) {
    const Work work(call, terminal);
    const auto run = [&](const Value::Map& arguments) {
        return steelyard::run("forecast", loaded.subject, Value(arguments), work.context(), loaded.overrides);
    };
    std::vector<std::string> wanted = split(*call.get("models"));
    if (wanted == std::vector<std::string>{"all"}) {
        wanted = {"forecast"};
        for (const auto& choice : find_analysis("forecast").options()) {
            if (choice.name == "models") {
                for (const auto& [name, unused] : choice.shape.item->choices)
                    wanted.emplace_back(name);
            }
        }
    }
    std::vector<store::Forecast> made;
    for (const std::string& model : wanted) {
        Value::Map arguments;
        if (model != "forecast")
            arguments.emplace_back("models", Value(Value::List{Value(model)}));
        for (store::Forecast& forecast : of_run(run(arguments), "model:" + model))
            made.push_back(std::move(forecast));
    }
    return made;
}

std::vector<store::Forecast> of_pools(const LoadedCase& loaded, const store::Store& store) {
    const auto current = store::current_judgements(store, loaded.subject);
    const Run run = steelyard::run("pool", loaded.subject, current.arguments);
    std::vector<store::Forecast> made;
    for (const Value& pool : *run.result.find("chances")->get<Value::List>()) {
        const std::string about = text_of(pool, "about");
        if (!about.starts_with("event:"))
            continue;
        for (const std::string name : {"linear", "log_odds", "neyman_roughgarden"}) {
            store::Forecast forecast;
            forecast.event = about.substr(6);
            forecast.by = "pool:" + name;
            const double yes = *pool.find(name)->number();
            forecast.chances = {{"yes", yes}, {"no", 1 - yes}};
            made.push_back(std::move(forecast));
        }
    }
    return made;
}

/// What is settled is forecast no more.
void drop_settled(std::vector<store::Forecast>& forecasts, const std::string& case_id,
                  const store::Store& store) {
    const auto outcomes = store.outcomes(case_id);
    std::erase_if(forecasts, [&](const store::Forecast& each) {
        return std::ranges::find(outcomes, each.event, &store::Outcome::event) != outcomes.end();
    });
}

/// Exactly one of the four ways to say what is forecast.
void check_way(const Invocation& call) {
    int ways = 0;
    for (const char* flag : {"chance", "chances", "models", "pool"})
        ways += call.has(flag) ? 1 : 0;
    if (ways != 1)
        throw Error(ErrorKind::usage,
                    "say what is forecast by one of --chance, --chances, --models and --pool");
    if ((call.has("chance") || call.has("chances")) && call.arguments.size() < 2)
        throw Error(ErrorKind::usage, "missing EVENT: what is forecast");
}

int run_save(const Invocation& call, Terminal& terminal) {
    check_way(call);
    const LoadedCase loaded = load_case(call.arguments[0], call);
    const store::Stamp stamp = stamp_of(call);
    store::Store store = open_store(call, true);
    std::vector<store::Forecast> forecasts;
    if (call.has("models")) {
        forecasts = of_models(call, loaded, terminal);
    } else if (call.has("pool")) {
        forecasts = of_pools(loaded, store);
    } else {
        store::Forecast forecast;
        forecast.event = call.arguments[1];
        forecast.by = stamp.by.find(':') == std::string::npos ? "expert:" + stamp.by : stamp.by;
        forecast.chances = read_chances(call);
        forecasts.push_back(std::move(forecast));
    }
    if (call.arguments.size() > 1)
        std::erase_if(forecasts,
                      [&](const store::Forecast& each) { return each.event != call.arguments[1]; });
    if (call.has("models") || call.has("pool"))
        drop_settled(forecasts, loaded.subject.id, store);
    if (forecasts.empty())
        throw Error(ErrorKind::missing_section,
                    "there is nothing to save: no forecast of such an event, or it is settled already");
    const std::string hash = case_hash(loaded.subject);
    for (store::Forecast& forecast : forecasts) {
        forecast.case_id = loaded.subject.id;
        forecast.case_hash = hash;
        forecast.due = call.get("due").value_or("");
        forecast.note = call.get("comment").value_or("");
    }
    const std::string link = store.save(forecasts, stamp);
    if (call.json) {
        Value::List list;
        for (const store::Forecast& forecast : store.forecasts(loaded.subject.id))
            list.push_back(to_value(forecast));
        list.erase(list.begin(), list.end() - static_cast<std::ptrdiff_t>(forecasts.size()));
        print_json(terminal, Value(Value::Map{{"forecasts", Value(std::move(list))}}));
    } else {
        for (const store::Forecast& forecast : forecasts)
            terminal.line(
                wrap(forecast.event + " by " + forecast.by + ": " + inline_text(to_value(forecast.chances)),
                     terminal.width()));
        terminal.line("Saved at " + stamp.at + ", link " + link.substr(0, 12) + "; it cannot be changed.");
    }
    return 0;
}

constexpr std::array kSaveSamples{
    Sample{"save CASE deal-by-june --chance 0.7 --by ann", "an expert's forecast of an event"},
    Sample{"save CASE --models all", "what each forecasting model says of every issue, today"},
    Sample{"save CASE --pool", "the pools of what the experts have estimated"},
};

// ---- resolve ------------------------------------------------------------------------------------

constexpr std::array kResolveArguments{
    Argument{"CASE", "the case", Argument::Count::one, Argument::Kind::file, {}},
    Argument{"EVENT",
             "what is settled; left out, every forecast issue whose outcome the case states",
             Argument::Count::optional,
             Argument::Kind::word,
             {}},
    Argument{"OUTCOME", "what happened", Argument::Count::optional, Argument::Kind::word, {}},
};

constexpr std::array kResolveFlags{
    Flag{.name = "value",
         .takes = Takes::a_value,
         .value = "X",
         .meaning = "the true value of a quantity that experts estimated",
         .choices = {}},
    kCommentFlag,
    kByFlag,
    kStoreFlag,
};

/// The forecast issues that the case itself says how they ended.
std::vector<store::Outcome> stated_outcomes(const Case& subject, const store::Store& store) {
    std::vector<store::Outcome> found;
    const auto forecasts = store.forecasts(subject.id);
    for (const IssueOutcome& outcome : subject.outcome) {
        const Issue& issue = subject[outcome.issue];
        const auto* option = std::get_if<OptionId>(&outcome.result);
        const bool forecast =
            std::ranges::find(forecasts, issue.id, &store::Forecast::event) != forecasts.end();
        if (option == nullptr || !forecast)
            continue;
        store::Outcome made;
        made.event = issue.id;
        made.outcome = subject.option(outcome.issue, *option).id;
        found.push_back(std::move(made));
    }
    if (found.empty())
        throw Error(ErrorKind::missing_section,
                    "the case states no outcome of an issue that was forecast; name EVENT and OUTCOME");
    return found;
}

int run_resolve(const Invocation& call, Terminal& terminal) {
    const LoadedCase loaded = load_case(call.arguments[0], call);
    const store::Stamp stamp = stamp_of(call);
    store::Store store = open_store(call, true);
    std::vector<store::Outcome> outcomes;
    if (call.arguments.size() == 1) {
        outcomes = stated_outcomes(loaded.subject, store);
    } else {
        store::Outcome outcome;
        outcome.event = call.arguments[1];
        outcome.outcome = call.arguments.size() > 2 ? call.arguments[2] : "";
        if (const auto value = call.get("value"))
            outcome.value = number_flag(call, "value", *value);
        outcomes.push_back(std::move(outcome));
    }
    for (store::Outcome& outcome : outcomes) {
        outcome.case_id = loaded.subject.id;
        outcome.note = call.get("comment").value_or("");
        outcome.hash = store.resolve(outcome, stamp);
        if (!call.json)
            terminal.line(outcome.event + ": " +
                          (outcome.value ? inline_text(Value(*outcome.value)) : outcome.outcome) + ", link " +
                          outcome.hash.substr(0, 12));
    }
    if (call.json) {
        Value::List list;
        for (const store::Outcome& outcome : store.outcomes(loaded.subject.id))
            list.push_back(to_value(outcome));
        print_json(terminal, Value(Value::Map{{"outcomes", Value(std::move(list))}}));
    }
    return 0;
}

constexpr std::array kResolveSamples{
    Sample{"resolve CASE deal-by-june yes", "it happened"},
    Sample{"resolve CASE tonnage --value 5.5", "the true value of a seed question"},
    Sample{"resolve CASE", "the outcomes that the case file states"},
};

}  // namespace

const Command kSaveCommand{
    .name = "save",
    .summary = "save a forecast so that it cannot be edited afterwards",
    .about =
        "Saved forecasts and outcomes form a chain of hashes, checked whenever the store is opened. A later "
        "forecast of the same event stands beside the earlier one; the last one before the outcome is "
        "scored.",
    .arguments = kSaveArguments,
    .flags = kSaveFlags,
    .samples = kSaveSamples,
    .run = &run_save,
};

const Command kResolveCommand{
    .name = "resolve",
    .summary = "say what happened, for the forecasts and seed questions of a case",
    .about = "A later outcome of the same event corrects an earlier one; both stay in the chain.",
    .arguments = kResolveArguments,
    .flags = kResolveFlags,
    .samples = kResolveSamples,
    .run = &run_resolve,
};

}  // namespace steelyard::cli
