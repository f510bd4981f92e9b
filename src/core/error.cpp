// SPDX-License-Identifier: Apache-2.0
#include "steelyard/core/error.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

namespace steelyard {

namespace {

constexpr std::array kKinds{
    ErrorKindRow{ErrorKind::usage, "usage", 2, 400, "UsageError",
                 "The command line or request is malformed."},
    ErrorKindRow{ErrorKind::invalid_case, "invalid_case", 3, 422, "InvalidCaseError",
                 "A case, or another tool's file, breaks its format."},
    ErrorKindRow{ErrorKind::invalid_option, "invalid_option", 4, 422, "InvalidOptionError",
                 "An option of an analysis is unknown, of the wrong type or out of range."},
    ErrorKindRow{ErrorKind::unknown_name, "unknown_name", 5, 404, "UnknownNameError",
                 "A name (analysis, actor, issue, option, table, source) does not exist."},
    ErrorKindRow{ErrorKind::missing_section, "missing_section", 6, 409, "MissingSectionError",
                 "The case lacks a section that the analysis needs."},
    ErrorKindRow{ErrorKind::unsupported, "unsupported", 7, 501, "UnsupportedError",
                 "The input is understood but outside what Steelyard can do."},
    ErrorKindRow{ErrorKind::limit, "limit", 8, 413, "LimitError",
                 "A stated limit of size, depth or digits is passed."},
    ErrorKindRow{ErrorKind::input_output, "input_output", 9, 500, "InputOutputError",
                 "A file cannot be read or written."},
    ErrorKindRow{ErrorKind::cancelled, "cancelled", 130, 499, "CancelledError",
                 "The work was stopped on request."},
};

std::string summary(const std::vector<Problem>& problems) {
    std::string text;
    for (const Problem& problem : problems) {
        if (!text.empty())
            text += '\n';
        text += to_text(problem);
    }
    return text;
}

/// Insertions, deletions, substitutions and swaps of neighbours that turn `a` into `b` (optimal string alignment).
std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> two_above(b.size() + 1);
    std::vector<std::size_t> above(b.size() + 1);
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::swap(two_above, above);
        std::swap(above, row);
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t substitute = above[j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U);
            row[j] = std::min({substitute, above[j] + 1, row[j - 1] + 1});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                row[j] = std::min(row[j], two_above[j - 2] + 1);
            }
        }
    }
    return row.back();
}

}  // namespace

std::span<const ErrorKindRow> error_kinds() {
    return kKinds;
}

const ErrorKindRow& describe(ErrorKind kind) {
    return *std::ranges::find(kKinds, kind, &ErrorKindRow::kind);
}

std::string to_text(const Problem& problem) {
    std::string text;
    const Place& place = problem.place;
    if (!place.file.empty())
        text += place.file;
    if (place.line > 0) {
        if (!text.empty())
            text += ':';
        text += std::to_string(place.line);
        if (place.column > 0)
            text += ':' + std::to_string(place.column);
    }
    if (text.empty() && !place.pointer.empty())
        text += place.pointer;
    if (!text.empty())
        text += ": ";
    text += problem.message;
    if (!problem.found.empty())
        text += "; found '" + problem.found + "'";
    if (!problem.allowed.empty())
        text += "; allowed: " + problem.allowed;
    if (!problem.nearest.empty())
        text += "; did you mean '" + problem.nearest + "'?";
    return text;
}

Error::Error(ErrorKind kind, std::vector<Problem> problems)
    : std::runtime_error(summary(problems)), kind_(kind), problems_(std::move(problems)) {}

Error::Error(ErrorKind kind, std::string message)
    : Error(kind, std::vector{Problem{{}, std::move(message), {}, {}, {}}}) {}

std::string nearest_name(std::string_view name, std::span<const std::string> candidates) {
    const std::string* best = nullptr;
    std::size_t best_distance = 0;
    for (const std::string& candidate : candidates) {
        const std::size_t distance = edit_distance(name, candidate);
        if (distance * 3 > std::max(name.size(), candidate.size()) + 1)
            continue;
        if (best == nullptr || distance < best_distance) {
            best = &candidate;
            best_distance = distance;
        }
    }
    return best == nullptr ? std::string{} : *best;
}

std::string join_names(std::span<const std::string> names, std::size_t most) {
    std::string text;
    for (std::size_t i = 0; i < names.size() && i < most; ++i) {
        if (i > 0)
            text += ", ";
        text += names[i];
    }
    if (names.size() > most)
        text += " and " + std::to_string(names.size() - most) + " more";
    return text;
}

}  // namespace steelyard
