// SPDX-License-Identifier: Apache-2.0
#pragma once
/// The published negotiation scenarios of the reference data, with what is true of them: for the tests of
/// importers and of the deal-space engine.

#include "steelyard/core/value.hpp"
#include "steelyard/format/exchange.hpp"
#include "steelyard/format/json.hpp"
#include "support/read_file.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace steelyard::test {

/// One scenario under one reading.
struct ForeignScenario {
    std::string name;
    std::string format;
    std::string reading;  ///< `genius` or `raw`
    Value truth;          ///< of that reading
    std::vector<TextFile> files;
    Imported imported;

    [[nodiscard]] const Value& at(std::string_view key) const { return *truth.find(key); }
    [[nodiscard]] double number(std::string_view key) const { return *at(key).number(); }
    [[nodiscard]] std::vector<double> numbers(std::string_view key) const {
        std::vector<double> result;
        for (const Value& item : *at(key).get<Value::List>())
            result.push_back(item.number().value_or(0));  // null: no reservation value
        return result;
    }
    /// Published frontier points, found with doubles: some are one point twice, or dominated, by rounding.
    [[nodiscard]] std::vector<std::vector<double>> frontier() const {
        std::vector<std::vector<double>> points;
        const Value* list = truth.find("pareto");
        for (std::size_t k = 0; list != nullptr && k < list->get<Value::List>()->size(); ++k) {
            points.emplace_back();
            for (const Value& item : *(*list->get<Value::List>())[k].get<Value::List>())
                points.back().push_back(*item.number());
        }
        return points;
    }
    /// The number of frontier points where somebody has counted with exact numbers.
    [[nodiscard]] std::optional<std::size_t> exact_size() const {
        const Value* exact = truth.find("exact");
        const Value* size = exact == nullptr ? nullptr : exact->find("exact_size");
        return size == nullptr ? std::nullopt : std::optional(static_cast<std::size_t>(*size->number()));
    }
    /// The optimum of a solution concept (`nash`, ...), or nullptr.
    [[nodiscard]] const Value* optimum(std::string_view key) const { return truth.find(key); }
};

inline double tolerance(double value) {
    return 1e-9 * std::max(1.0, std::abs(value));
}

/// What is wrong with an exact frontier, in words; empty when it is the published one but for rounding: every
/// point was published, and no published point is better than all of them.
inline std::string compare_frontier(const ForeignScenario& scenario,
                                    const std::vector<std::vector<double>>& found) {
    const auto published = scenario.frontier();
    const auto holds = [](const std::vector<double>& a, const std::vector<double>& b, const auto& compare) {
        return std::ranges::equal(a, b, compare);
    };
    for (const auto& point : found) {
        const bool known = std::ranges::any_of(published, [&](const auto& other) {
            return holds(point, other, [](double a, double b) { return std::abs(a - b) <= tolerance(a); });
        });
        if (!known)
            return "a point that was not published: " + std::to_string(point[0]) + ", ...";
    }
    for (const auto& point : published) {
        const bool reached = std::ranges::any_of(found, [&](const auto& other) {
            return holds(point, other, [](double a, double b) { return a <= b + tolerance(a); });
        });
        if (!reached)
            return "a published point is missing: " + std::to_string(point[0]) + ", ...";
    }
    if (scenario.exact_size() && *scenario.exact_size() != found.size())
        return std::to_string(found.size()) + " points, not " + std::to_string(*scenario.exact_size());
    return {};
}

/// The scenarios in `folder` under every reading that is published of them.
inline std::vector<ForeignScenario> foreign_scenarios(const std::filesystem::path& folder) {
    std::vector<ForeignScenario> scenarios;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (!entry.is_directory())
            continue;
        const Value truth = from_json(read_file(entry.path() / "truth.json"));
        std::vector<TextFile> files;
        const auto add = [&](const Value& name) {
            const std::string& text = *name.get<std::string>();
            files.push_back({text, read_file(entry.path() / text)});
        };
        add(*truth.find("domain"));
        for (const Value& profile : *truth.find("profiles")->get<Value::List>())
            add(profile);
        const std::string ending = std::filesystem::path(files.front().name).extension().string();
        const std::string format = ending == ".xml" ? "genius" : ending == ".json" ? "geniusweb" : "negmas";
        for (const std::string reading : {"genius", "raw"}) {
            const Value& known = *truth.find(reading + "_reading");
            if (known.is_null())
                continue;
            const ExchangeOptions options{reading == "raw" ? Reading::raw : Reading::genius};
            scenarios.push_back({entry.path().filename().string(), format, reading, known, files,
                                 import_case(format, files, options)});
        }
    }
    return scenarios;
}

}  // namespace steelyard::test
