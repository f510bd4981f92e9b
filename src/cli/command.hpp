// SPDX-License-Identifier: Apache-2.0
#pragma once
/// What a command of the program is.  Parser, help, completion, man page and reference all read this table;
/// nothing about a command is written twice.

#include "steelyard/core/value.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace steelyard::cli {

class Terminal;
struct Command;

/// How a flag takes its value.
enum class Takes {
    nothing,  ///< `--json`
    a_value,  ///< `--seed 7` or `--seed=7`
    perhaps   ///< `--json FILE`, or `--json` alone, which means standard output
};

struct Flag {
    std::string_view name;  ///< without dashes; words joined by `-`
    Takes takes = Takes::nothing;
    std::string_view value;    ///< what the value is called in help: `N`, `FILE`
    std::string_view meaning;  ///< one phrase
    std::string_view choices;  ///< the values it may have, separated by blanks; empty means free
    bool negatable = false;    ///< `--no-NAME` takes it back
    char letter = 0;           ///< `o`: `-o` is another way to say it; 0: none
};

/// What stands without a flag.
struct Argument {
    std::string_view name;     ///< in capitals: `CASE`
    std::string_view meaning;  ///< one phrase
    enum class Count { one, optional, many, any } count = Count::one;
    enum class Kind { file, analysis, word } kind = Kind::file;
    std::string_view choices;  ///< as in `Flag`
};

struct Sample {
    std::string_view line;     ///< without `steelyard `
    std::string_view meaning;  ///< what it shows
};

/// One call of a command, parsed.
struct Invocation {
    const Command* command = nullptr;
    std::vector<std::string> arguments;
    Named<std::string> flags;  ///< in the order given; the text of a flag without value is empty
    bool json = false;         ///< whether answers and errors are JSON

    [[nodiscard]] bool has(std::string_view flag) const;
    [[nodiscard]] std::optional<std::string> get(std::string_view flag) const;  ///< the last one
    [[nodiscard]] std::vector<std::string> all(std::string_view flag) const;
};

struct Command {
    std::string_view name;
    std::string_view summary;  ///< one line, no full stop
    std::string_view about;    ///< paragraphs
    std::span<const Argument> arguments;
    std::span<const Flag> flags;
    std::span<const Sample> samples;
    /// Returns the exit code: 0, or 1 for a negative finding.  Throws `Error`.
    int (*run)(const Invocation&, Terminal&);
    /// Whether the options of the analysis named first are flags too.
    bool takes_options = false;
};

/// Every command, in the order of the help.
std::span<const Command> commands();

/// Flags that every command has.
std::span<const Flag> common_flags();

/// The command's own flags and the common ones; its own `json` stands in place of the common one.
std::vector<Flag> flags_of(const Command& command);

/// The flags of the analysis's options: `max_points` is `--max-points`; a truth value is `--rational` or
/// `--no-rational`.  The texts live as long as the registry.
std::vector<Flag> option_flags(std::string_view analysis);

/// `max_points` for `max-points`.
std::string option_name(std::string_view flag);

/// The exit code of a negative finding: an orphan, words that are not there.
inline constexpr int kNegativeFinding = 1;
/// The exit code of a defect of the program itself.
inline constexpr int kDefect = 70;

}  // namespace steelyard::cli
