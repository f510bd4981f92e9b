// SPDX-License-Identifier: Apache-2.0
#include "steelyard/core/described.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <system_error>

namespace steelyard::detail {

namespace {

/// Whether it says a finite number, be it one that cannot be kept exactly.
bool says_number(const Value& value) {
    if (const auto number = value.number())
        return std::isfinite(*number);
    const auto* text = value.get<std::string>();
    if (text == nullptr)
        return false;
    double number = 0;
    const char* const end = text->data() + text->size();
    const auto [at, error] = std::from_chars(text->data(), end, number);
    return at == end &&
           (error == std::errc::result_out_of_range || (error == std::errc() && std::isfinite(number)));
}

}  // namespace

std::string brief_text(const Value& value) {
    if (auto text = read_text(value))
        return *text;
    if (const auto* truth = value.get<bool>())
        return *truth ? "true" : "false";
    if (const auto* integer = value.get<std::int64_t>())
        return std::to_string(*integer);
    if (const auto* exact = value.get<Rational>())
        return exact->text();
    if (const auto* real = value.get<double>()) {  // however large: it is the number that was refused
        std::array<char, 32> digits{};
        return {digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), *real).ptr};
    }
    return "a " + std::string(value.type_name());
}

void Reader::complain(const std::string& pointer, const Value& found, std::string message,
                      std::string allowed, std::string nearest) {
    Problem problem;
    problem.place.pointer = pointer;
    problem.message = std::move(message);
    problem.found = brief_text(found);
    problem.allowed = std::move(allowed);
    problem.nearest = std::move(nearest);
    problems.push_back(std::move(problem));
}

void Reader::complain_of_number(const std::string& pointer, const Value& found, const std::string& kind) {
    if (says_number(found) && !read_exact(found))
        complain(pointer, found, "too many digits", kind + " of at most 18 digits");
    else
        complain(pointer, found, "not " + kind, kind);
}

std::optional<std::string> read_text(const Value& value) {
    if (const auto* text = value.get<std::string>())
        return *text;
    return std::nullopt;
}

std::optional<std::int64_t> read_integer(const Value& value) {
    if (const auto* integer = value.get<std::int64_t>())
        return *integer;
    const auto exact = read_exact(value);
    if (exact && exact->denominator() == 1)
        return exact->numerator();
    return std::nullopt;
}

std::optional<Rational> read_exact(const Value& value) {
    if (const auto* exact = value.get<Rational>())
        return *exact;
    // The smallest integer has no negative, so it is no exact number (rational.hpp).
    constexpr std::int64_t least = -std::numeric_limits<std::int64_t>::max();
    if (const auto* integer = value.get<std::int64_t>(); integer != nullptr && *integer >= least)
        return Rational(*integer);
    if (const auto* text = value.get<std::string>())
        return Rational::parse(*text);
    if (const auto* real = value.get<double>();
        real != nullptr && std::isfinite(*real) && std::abs(*real) < 1e18) {
        return Rational::nearest(*real, 17);
    }
    return std::nullopt;
}

std::string bounds_text(const Bounds& bounds) {
    const auto text = [](double bound) { return Rational::nearest(bound).text(); };
    if (bounds.low && bounds.high)
        return "from " + text(*bounds.low) + " to " + text(*bounds.high);
    if (bounds.low)
        return "at least " + text(*bounds.low);
    if (bounds.high)
        return "at most " + text(*bounds.high);
    return "any number";
}

void check_names(const Value& arguments, const std::vector<std::string>& known, Reader& reader) {
    if (arguments.is_null())
        return;
    const auto* map = arguments.get<Value::Map>();
    if (map == nullptr) {
        reader.problems.push_back(
            {{}, "options are names with their values", std::string(arguments.type_name()), "a map", {}});
        return;
    }
    for (const auto& [name, unused] : *map) {
        if (std::ranges::find(known, name) != known.end())
            continue;
        reader.problems.push_back(
            {Place{{}, 0, 0, '/' + name}, "unknown option", name,
             known.empty() ? std::string("this analysis has no options") : join_names(known, 40),
             nearest_name(name, known)});
    }
}

}  // namespace steelyard::detail
