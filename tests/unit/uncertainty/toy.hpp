// SPDX-License-Identifier: Apache-2.0
#pragma once
/// A registry of a few small analyses, so that those that draw can be tested with answers known by hand.

#include "steelyard/core/context.hpp"
#include "steelyard/core/error.hpp"
#include "steelyard/forecast/compromise.hpp"
#include "steelyard/forecast/median.hpp"
#include "steelyard/forecast/nash_bargaining.hpp"
#include "steelyard/forecast/procedural.hpp"
#include "steelyard/format/case_file.hpp"
#include "steelyard/model/numbers.hpp"
#include "steelyard/uncertainty/model.hpp"

#include <string>

namespace steelyard::test {

struct ToyOptions {
    double factor = 1;
    static constexpr auto fields() { return std::tuple{field("factor", &ToyOptions::factor, "Times this.")}; }
};

struct ToyItem {
    std::string name;
    double value = 0;
    static constexpr auto fields() {
        return std::tuple{field("name", &ToyItem::name, "Its name."),
                          field("value", &ToyItem::value, "Its value.", "points")};
    }
};

/// Of two no-deal values a and b: their sum, whether it is over 100, and what is larger.
struct ToyResult {
    double sum = 0;
    bool large = false;
    std::string winner;
    std::vector<ToyItem> items;
    Named<double> by_actor;
    static constexpr auto fields() {
        return std::tuple{field("sum", &ToyResult::sum, "factor x a + b.", "points"),
                          field("large", &ToyResult::large, "Over 100."),
                          field("winner", &ToyResult::winner, "The larger one."),
                          field("items", &ToyResult::items, "None when b is below 40."),
                          field("by_actor", &ToyResult::by_actor, "Both.")};
    }
};

inline double best_of(const Case& subject, const std::string& wanted) {
    double value = 0;
    for_each_number(subject, [&](const std::string& pointer, const Number& number) {
        value = pointer == wanted ? number.best().to_double() : value;
    });
    return value;
}

inline ToyResult toy(const Case& subject, const ToyOptions& options, const Context& context) {
    context.check();
    const double a = best_of(subject, "/preferences/a/no_deal");
    const double b = best_of(subject, "/preferences/b/no_deal");
    ToyResult result{
        options.factor * a + b, options.factor * a + b > 100, a > b ? "a" : "b", {}, {{"a", a}, {"b", b}}};
    if (b >= 40) {
        result.items.push_back({"first", 2 * b});
    }
    return result;
}

/// `a` uniform on 40 to 60, `b` a spread of 20 around 45: sum 95, not large, winner a.
inline Case toy_case() {
    return read_case(R"(steelyard: 1
case: toy
title: Two numbers
actors: {a: {}, b: {}}
issues: {x: {options: {no: 0, yes: 100}}}
preferences:
  a: {no_deal: {low: 40, best: 50, high: 60, because: [c1]}, points: {x: {no: 0, yes: 1}}}
  b: {no_deal: {value: 45, spread: 20, because: [c1, c2]}, points: {x: {no: 0, yes: 1}}}
claims:
  c1: {text: Both are so, kind: judgement}
  c2: {text: The second is so, kind: judgement}
)",
                     "toy")
        .value;
}

inline Context toy_context() {
    Context context;
    context.run = [](std::string_view name, const Case& subject, const Value& arguments) {
        if (name == "toy") {
            return to_value(toy(subject, read_options<ToyOptions>(arguments), {}));
        }
        if (name == "compromise") {
            return to_value(
                forecast::compromise(subject, read_options<forecast::CompromiseOptions>(arguments), {}));
        }
        if (name == "median") {
            return to_value(forecast::median(subject, read_options<forecast::MedianOptions>(arguments), {}));
        }
        if (name == "procedural") {
            return to_value(
                forecast::procedural(subject, read_options<forecast::ProceduralOptions>(arguments), {}));
        }
        return to_value(
            forecast::nash_bargaining(subject, read_options<forecast::NashBargainingOptions>(arguments), {}));
    };
    return context;
}

template <class O>
Value complete(const Named<std::string>& texts) {
    Value::Map map;
    for (const auto& [name, text] : texts) {
        map.emplace_back(name, Value(text));
    }
    return to_value(read_options<O>(Value(std::move(map))));
}

inline uncertainty::AnalysisFacts toy_catalogue(std::string_view name) {
    if (name == "toy") {
        return {"toy", shape_of<ToyResult>(), &complete<ToyOptions>};
    }
    if (name == "compromise") {
        return {"forecast", shape_of<forecast::CompromiseResult>(), &complete<forecast::CompromiseOptions>};
    }
    if (name == "median") {
        return {"forecast", shape_of<forecast::MedianResult>(), &complete<forecast::MedianOptions>};
    }
    if (name == "procedural") {
        return {"forecast", shape_of<forecast::ProceduralResult>(), &complete<forecast::ProceduralOptions>};
    }
    if (name == "nash_bargaining") {
        return {"forecast", shape_of<forecast::NashBargainingResult>(),
                &complete<forecast::NashBargainingOptions>};
    }
    throw Error(ErrorKind::unknown_name, "there is no such analysis");
}

}  // namespace steelyard::test
