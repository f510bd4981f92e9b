// SPDX-License-Identifier: Apache-2.0
#pragma once
/// The numbers of a case as a reader moves them, and how two cases differ.

#include "steelyard/core/described.hpp"
#include "steelyard/registry/loaded_case.hpp"

#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace steelyard {

/// What sort of number it is.
enum class NumberKind {
    points,
    value,
    weight,
    position,
    salience,
    capability,
    no_deal,
    bundle,
    obligation,
    power,
    conflict,
    other
};

constexpr auto choices_of(NumberKind) {
    return std::array{
        Choice<NumberKind>{NumberKind::points, "points", "what an option is worth to an actor"},
        Choice<NumberKind>{NumberKind::value, "value", "the same from 0 to 100, before its weight"},
        Choice<NumberKind>{NumberKind::weight, "weight", "how much an issue weighs for an actor"},
        Choice<NumberKind>{NumberKind::position, "position", "where an actor stands on an issue"},
        Choice<NumberKind>{NumberKind::salience, "salience", "how much an actor cares about an issue"},
        Choice<NumberKind>{NumberKind::capability, "capability", "what an actor can bring to bear"},
        Choice<NumberKind>{NumberKind::no_deal, "no_deal", "what an actor has without agreement"},
        Choice<NumberKind>{NumberKind::bundle, "bundle", "points for a combination of options"},
        Choice<NumberKind>{NumberKind::obligation, "obligation", "points lost when an obligation is broken"},
        Choice<NumberKind>{NumberKind::power, "power", "an actor's bargaining weight at a table"},
        Choice<NumberKind>{NumberKind::conflict, "conflict", "points for a move of the conflict"},
        Choice<NumberKind>{NumberKind::other, "other", "any other number"},
    };
}

/// One number of a case.
struct CaseNumber {
    std::string address;
    std::string pointer;
    std::string text;
    double value = 0;
    double low = 0;
    double high = 0;
    std::vector<std::optional<double>> bounds;
    NumberKind kind = NumberKind::other;
    std::optional<std::string> actor;
    std::optional<std::string> issue;
    std::optional<std::string> option;
    std::vector<std::string> because;
    bool assumption = false;
    std::int64_t line = 0;
    std::int64_t column = 0;
    std::string unit;

    static constexpr auto fields() {
        return std::tuple{
            field("address", &CaseNumber::address, "The shortest address that leads to it."),
            field("pointer", &CaseNumber::pointer, "Its JSON Pointer."),
            field("text", &CaseNumber::text, "As typed, or as the call replaces it."),
            field("value", &CaseNumber::value, "The one number for analyses that take one."),
            field("low", &CaseNumber::low, "Lowest value it can take; equal to `value` when it is exact."),
            field("high", &CaseNumber::high, "Highest value it can take."),
            field("bounds", &CaseNumber::bounds, "What a case allows here, low and high; null: no bound."),
            field("kind", &CaseNumber::kind, "What sort of number it is."),
            field("actor", &CaseNumber::actor, "The actor it belongs to, where there is one."),
            field("issue", &CaseNumber::issue, "The issue, where there is one."),
            field("option", &CaseNumber::option, "The option, where there is one."),
            field("because", &CaseNumber::because, "Ids of the claims it rests on."),
            field("assumption", &CaseNumber::assumption, "Whether it is marked as an assumption."),
            field("line", &CaseNumber::line, "Line of the file, from 1; 0 where unknown."),
            field("column", &CaseNumber::column, "Column, from 1; 0 where unknown."),
            field("unit", &CaseNumber::unit, "Its unit; empty where it has none."),
        };
    }
};

/// Every number of the case with its overrides, in file order.
std::vector<CaseNumber> case_numbers(const LoadedCase& loaded);

/// A number that two cases state differently.
struct NumberDifference {
    std::string address;
    std::string pointer;
    std::optional<std::string> a;
    std::optional<std::string> b;

    static constexpr auto fields() {
        return std::tuple{
            field("address", &NumberDifference::address, "The shortest address that leads to it."),
            field("pointer", &NumberDifference::pointer, "Its JSON Pointer."),
            field("a", &NumberDifference::a, "In the first case; null where it has no such number."),
            field("b", &NumberDifference::b, "In the second case."),
        };
    }
};

/// Anything else that they state differently.
struct OtherDifference {
    std::string pointer;
    Value a;
    Value b;

    static constexpr auto fields() {
        return std::tuple{
            field("pointer", &OtherDifference::pointer, "JSON Pointer into the canonical case."),
            field("a", &OtherDifference::a, "In the first case; null where it has nothing there."),
            field("b", &OtherDifference::b, "In the second case."),
        };
    }
};

struct CaseDifference {
    std::vector<NumberDifference> numbers;
    std::vector<OtherDifference> rest;

    static constexpr auto fields() {
        return std::tuple{
            field("numbers", &CaseDifference::numbers,
                  "Numbers that differ, in the order of the first case."),
            field("rest", &CaseDifference::rest, "Whatever else differs."),
        };
    }
};

/// How two cases differ, compared in canonical form.  O(size log size).
CaseDifference difference(const Case& a, const Case& b);

}  // namespace steelyard
