// SPDX-License-Identifier: Apache-2.0
#pragma once
/// The one exception family, and the one table that says what each kind of error means at every door.

#include <cstddef>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace steelyard {

/// What went wrong.  A door looks the kind up in `error_kinds()`; it never reads the message.
enum class ErrorKind {
    usage,            ///< the request itself is malformed (unknown command, missing argument)
    invalid_case,     ///< a case, or another tool's file, breaks its format
    invalid_option,   ///< an analysis option is unknown, of the wrong type or out of range
    unknown_name,     ///< an analysis, actor, issue, option, table, source ... that does not exist
    missing_section,  ///< the case lacks what the analysis needs
    unsupported,      ///< understood, but outside what Steelyard can do; says what is missing
    limit,            ///< a stated limit is passed (size, depth, digits)
    input_output,     ///< a file cannot be read or written
    cancelled         ///< the user stopped the work
};

/// One row per kind: what it is called, and what each door answers.
struct ErrorKindRow {
    ErrorKind kind;
    std::string_view name;     ///< as printed in JSON
    int exit_code;             ///< of the command line
    int http_status;           ///< of the server
    std::string_view python;   ///< exception class of the Python module
    std::string_view meaning;  ///< one sentence for the manual
};

/// Every kind, in the order of the enumeration.
std::span<const ErrorKindRow> error_kinds();

/// The row of `kind`.
const ErrorKindRow& describe(ErrorKind kind);

/// Where a problem stands.  `line` and `column` count from 1 (columns in characters); 0 means unknown.
struct Place {
    std::string file;  ///< as the user named it; empty where there is no file
    std::size_t line = 0;
    std::size_t column = 0;
    std::string pointer;  ///< JSON Pointer (RFC 6901) into the case, the options or the result

    friend bool operator==(const Place&, const Place&) = default;
};

/// One thing that is wrong, with what a person needs to mend it.
struct Problem {
    Place place;
    std::string message;  ///< what is wrong, in words
    std::string found;    ///< what stands there (may be empty)
    std::string allowed;  ///< what may stand there (may be empty)
    std::string nearest;  ///< a near match for a misspelt name (may be empty)

    friend bool operator==(const Problem&, const Problem&) = default;
};

/// `file:line:column: message; found 'x'; allowed: y; did you mean 'z'?`
std::string to_text(const Problem& problem);

/// Bad input.  Carries every problem that was found, never only the first.
class Error : public std::runtime_error {
public:
    Error(ErrorKind kind, std::vector<Problem> problems);
    /// One problem that has no place.
    Error(ErrorKind kind, std::string message);

    [[nodiscard]] ErrorKind kind() const { return kind_; }
    [[nodiscard]] const std::vector<Problem>& problems() const { return problems_; }

private:
    ErrorKind kind_;
    std::vector<Problem> problems_;
};

/// The candidate that a misspelt `name` most likely meant, or an empty text when none is near
/// (more than one slip in three letters; swapped neighbours are one slip).  O(sum of candidate lengths x name length).
std::string nearest_name(std::string_view name, std::span<const std::string> candidates);

/// `a, b, c`, cut after `most` names with the number left out: for messages that list what is allowed.
std::string join_names(std::span<const std::string> names, std::size_t most = 12);

}  // namespace steelyard
