// SPDX-License-Identifier: Apache-2.0
#pragma once
/// What is asked of every draw: one value of one analysis's result, named by a text.
///
///     compromise:issues[issue=age].value                the place a model expects
///     solutions(concepts=nash):solutions[0].deal.rent   an option; a conclusion that may change
///     solutions(concepts=nash):solutions[0].gains.port > 10      whether it is so
///     compromise|median|nash_bargaining:issues[issue=age].value  with the model itself uncertain
///     solutions(concepts=nash|egalitarian):solutions[0].deal.rent
///
/// Before the colon stands the analysis, with options in brackets separated by semicolons; after it the path
/// into its result (see `select`), and perhaps a comparison: =, !=, <, <=, >, >=.  Alternatives with | make the
/// choice a factor with equal chances.

#include "steelyard/core/described.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace steelyard::uncertainty {

enum class Comparison { none, equal, unequal, less, at_most, more, at_least };

struct Target {
    std::string text;                         ///< as written
    std::vector<std::string> analyses;        ///< alternatives
    Named<std::vector<std::string>> options;  ///< alternatives of each
    std::string path;
    Comparison comparison = Comparison::none;
    std::string against;
    double threshold = 0;  ///< `against` as a number, where it is one

    /// The analysis with its options, as written: targets that share it share its runs.
    [[nodiscard]] std::string call() const { return text.substr(0, text.find(':')); }
};

/// Throws `Error` (invalid_option) that says what is missing.
Target parse_target(std::string_view text);

/// What the registry knows of an analysis.
struct AnalysisFacts {
    std::string_view module;
    Shape result;
    /// Arguments from option names and texts, checked.  Throws `Error` (invalid_option).
    std::function<Value(const Named<std::string>&)> arguments;
};

/// Looks an analysis up.  Throws `Error` (unknown_name) with a near match.
using Catalogue = std::function<AnalysisFacts(std::string_view name)>;

/// The shape of what the path leads to in results of this shape.  Throws `Error` (unknown_name) that names the part
/// that leads nowhere and what is there, or says that the end is no single value.
Shape leaf_shape(const Shape& result, std::string_view path);

}  // namespace steelyard::uncertainty
