// SPDX-License-Identifier: Apache-2.0
// Forecasts of stances, compiled: the flat arrays of `forecast_input` are made once, a draw writes its numbers into
// them, and the models run on them as they do for one case.
#include "steelyard/core/error.hpp"
#include "steelyard/forecast/compromise.hpp"
#include "steelyard/forecast/static_models.hpp"
#include "steelyard/model/tables.hpp"
#include "steelyard/uncertainty/model.hpp"

#include <algorithm>
#include <charconv>

namespace steelyard::uncertainty {

namespace {

/// What one target reads from a forecast.
struct Reading {
    std::size_t target = 0;
    enum class What { value, option, agreement } what = What::value;
    std::size_t issue = 0;
    std::vector<std::uint32_t> texts;  // of the options, interned; the last one: no forecast
};

/// Where a factor goes.
struct Slot {
    std::size_t factor = 0;
    enum class Into { position, salience, capability } into = Into::position;
    std::size_t at = 0;
};

/// A static model with its options, looked up.
struct Method {
    enum class Model { compromise, median, nash_bargaining, procedural } model = Model::compromise;
    forecast::Weighting weights = forecast::Weighting::both;
    forecast::MedianTie tie = forecast::MedianTie::middle;
    forecast::Disagreement no_deal = forecast::Disagreement::impasse;
    forecast::ProceduralRule rule;
};

struct CompiledCall {
    const Model::Call* call = nullptr;
    std::vector<Method> methods;  // of the alternatives
    forecast::ForecastInput input;
    std::vector<Slot> slots;
    std::vector<Reading> readings;
};

/// `issues[issue=age].value`, `issues[0].option`, `agreement`.
std::optional<Reading> read_path(std::string_view path, const forecast::ForecastInput& input) {
    Reading reading;
    if (path == "agreement") {
        reading.what = Reading::What::agreement;
        return reading;
    }
    if (!path.starts_with("issues[")) {
        return std::nullopt;
    }
    const std::size_t close = path.find(']');
    const std::string_view inside = path.substr(7, close == std::string_view::npos ? close : close - 7);
    const std::string_view rest = close == std::string_view::npos ? "" : path.substr(close + 1);
    if (rest != ".value" && rest != ".option") {
        return std::nullopt;
    }
    reading.what = rest == ".value" ? Reading::What::value : Reading::What::option;
    if (inside.starts_with("issue=")) {
        const auto issue = std::ranges::find(input.issues, inside.substr(6));
        reading.issue = static_cast<std::size_t>(issue - input.issues.begin());
    } else {
        const auto [end, error] =
            std::from_chars(inside.data(), inside.data() + inside.size(), reading.issue);
        if (error != std::errc{} || end != inside.data() + inside.size()) {
            return std::nullopt;
        }
    }
    return reading.issue < input.issue_count() ? std::optional(reading) : std::nullopt;
}

bool is_static(std::string_view analysis) {
    return analysis == "compromise" || analysis == "median" || analysis == "nash_bargaining" ||
           analysis == "procedural";
}

/// Nothing when the bargain is over deals.
std::optional<Method> read_method(const Model::Call::Alternative& run, const forecast::ForecastInput& input) {
    Method method;
    if (run.analysis == "compromise") {
        method.weights = read_options<forecast::CompromiseOptions>(run.arguments).weights;
        return method;
    }
    if (run.analysis == "median") {
        const auto options = read_options<forecast::MedianOptions>(run.arguments);
        method.model = Method::Model::median;
        method.weights = options.weights;
        method.tie = options.tie;
        return method;
    }
    if (run.analysis == "procedural") {
        method.model = Method::Model::procedural;
        method.rule = procedural_rule(input, read_options<forecast::ProceduralOptions>(run.arguments));
        return method;
    }
    const auto options = read_options<forecast::NashBargainingOptions>(run.arguments);
    method.model = Method::Model::nash_bargaining;
    method.no_deal = options.disagreement;
    return options.over == forecast::BargainOver::deals ? std::nullopt : std::optional(method);
}

std::string table_of(const Model::Call::Alternative& run) {
    const Value* name = run.arguments.find("table");
    const auto* text = name == nullptr ? nullptr : name->get<std::string>();
    return text == nullptr ? std::string() : *text;
}

/// The slots of the factors that reach the table; the others change nothing there.
std::vector<Slot> find_slots(const Model& model, const Table& table, const forecast::ForecastInput& input) {
    std::vector<Slot> slots;
    for (std::size_t f = 0; f < model.factors().size(); ++f) {
        const std::string& name = model.factors()[f].name;
        for (std::size_t a = 0; a < input.actor_count(); ++a) {
            const std::string& actor = input.actors[a];
            const bool stated = input.capability_from == forecast::CapabilitySource::stated;
            const bool power = input.capability_from == forecast::CapabilitySource::power;
            if ((stated && name == "/actors/" + actor + "/capability") ||
                (power && name == "/tables/" + table.id + "/power/" + actor)) {
                slots.push_back({f, Slot::Into::capability, a});
            }
            const std::string base = "/preferences/" + actor + "/positions/";
            if (!name.starts_with(base)) {
                continue;
            }
            for (std::size_t k = 0; k < input.issue_count(); ++k) {
                if (name == base + input.issues[k] + "/position") {
                    slots.push_back({f, Slot::Into::position, input.at(a, k)});
                } else if (name == base + input.issues[k] + "/salience") {
                    slots.push_back({f, Slot::Into::salience, input.at(a, k)});
                }
            }
        }
    }
    return slots;
}

class CompiledEvaluator : public Evaluator {
public:
    CompiledEvaluator(const Model& model, std::vector<CompiledCall> calls)
        : model_(model), calls_(std::move(calls)) {
        no_ = intern("false");
        yes_ = intern("true");
        for (CompiledCall& call : calls_) {
            for (Reading& reading : call.readings) {
                const Target& target = model.targets()[reading.target];
                const auto add = [&](const std::string& option) {
                    const bool equal = option == target.against;
                    reading.texts.push_back(target.comparison == Comparison::none    ? intern(option)
                                            : target.comparison == Comparison::equal ? (equal ? yes_ : no_)
                                                                                     : (equal ? no_ : yes_));
                };
                for (const forecast::PlacedOption& option : call.input.options[reading.issue]) {
                    add(option.id);
                }
                add("");  // without a forecast
            }
        }
    }

    void evaluate(std::span<const double> values, std::span<Outcome> outcomes) override {
        for (CompiledCall& call : calls_) {
            for (const Slot& slot : call.slots) {
                const double x = values[slot.factor];
                switch (slot.into) {
                    case Slot::Into::position:
                        call.input.position[slot.at] = std::clamp(x, 0.0, 100.0);
                        break;
                    case Slot::Into::salience:
                        call.input.salience[slot.at] = std::clamp(x / 100, 0.0, 1.0);
                        break;
                    case Slot::Into::capability:
                        call.input.capability[slot.at] = std::max(0.0, x);
                        break;
                }
            }
            bool agreement = true;
            const auto& forecasts = run(call.methods[call.call->chosen(values)], call.input, agreement);
            for (const Reading& reading : call.readings) {
                outcomes[reading.target] = read(call, reading, forecasts, agreement);
            }
        }
    }

private:
    using Values = forecast::StaticModels::Values;

    const Values& run(const Method& method, const forecast::ForecastInput& input, bool& agreement) {
        switch (method.model) {
            case Method::Model::compromise:
                break;
            case Method::Model::median:
                return models_.median(input, method.weights, method.tie);
            case Method::Model::procedural:
                return models_.procedural(input, method.rule);
            case Method::Model::nash_bargaining: {
                const forecast::ScaleBargain& bargain = models_.nash_bargaining(input, method.no_deal);
                agreement = bargain.agreement;
                return bargain.values;
            }
        }
        return models_.compromise(input, method.weights);
    }

    [[nodiscard]] Outcome read(const CompiledCall& call, const Reading& reading, const Values& forecasts,
                               bool agreement) const {
        const Target& target = model_.targets()[reading.target];
        const std::optional<double>& value = forecasts[reading.issue];
        switch (reading.what) {
            case Reading::What::value:
                return value ? number_outcome(target, *value, no_, yes_) : Outcome{};
            case Reading::What::option:
                break;
            case Reading::What::agreement:
                return {Outcome::Kind::text, agreement ? yes_ : no_, 0};
        }
        const auto& options = call.input.options[reading.issue];
        const std::size_t option = value ? forecast::nearest_option(options, *value) : options.size();
        return {Outcome::Kind::text, reading.texts[option], 0};
    }

    const Model& model_;
    std::vector<CompiledCall> calls_;
    forecast::StaticModels models_;
    std::uint32_t no_ = 0;
    std::uint32_t yes_ = 0;
};

}  // namespace

std::unique_ptr<Evaluator> compiled_evaluator(const Model& model) {
    std::vector<CompiledCall> calls;
    for (const Model::Call& call : model.calls()) {
        CompiledCall compiled;
        compiled.call = &call;
        const bool forecasts = std::ranges::all_of(call.alternatives, [&](const auto& run) {
            return is_static(run.analysis) && table_of(run) == table_of(call.alternatives.front());
        });
        if (!forecasts) {
            return nullptr;
        }
        const Table table = find_table(model.subject(), table_of(call.alternatives.front()));
        compiled.input = forecast::forecast_input(model.subject(), table.id);
        const bool stances = std::ranges::all_of(compiled.input.actors, [&](const std::string& actor) {
            const Preference* preference = preference_of(model.subject(), find_actor(model.subject(), actor));
            return preference != nullptr && std::holds_alternative<Stances>(preference->form);
        });
        if (!stances) {
            return nullptr;
        }
        for (const Model::Call::Alternative& run : call.alternatives) {
            auto method = read_method(run, compiled.input);
            if (!method) {
                return nullptr;
            }
            compiled.methods.push_back(std::move(*method));
        }
        for (const std::size_t target : call.targets) {
            const Target& wanted = model.targets()[target];
            auto reading = read_path(wanted.path, compiled.input);
            const bool truth = reading && reading->what == Reading::What::agreement;
            const bool nash = std::ranges::all_of(compiled.methods, [](const Method& method) {
                return method.model == Method::Model::nash_bargaining;
            });
            const bool simple = wanted.comparison == Comparison::none ||
                                wanted.comparison == Comparison::equal ||
                                wanted.comparison == Comparison::unequal;
            if (!reading || (truth && (!nash || wanted.comparison != Comparison::none)) ||
                (reading->what == Reading::What::option && !simple)) {
                return nullptr;
            }
            reading->target = target;
            compiled.readings.push_back(std::move(*reading));
        }
        compiled.slots = find_slots(model, table, compiled.input);
        calls.push_back(std::move(compiled));
    }
    return std::make_unique<CompiledEvaluator>(model, std::move(calls));
}

}  // namespace steelyard::uncertainty
