// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "command.hpp"
#include "steelyard/registry/analysis.hpp"
#include "terminal.hpp"

#include <span>
#include <string>
#include <vector>

namespace steelyard::cli {

/// `steelyard --help`.
std::string program_help(const Terminal& terminal);

/// `steelyard COMMAND --help`; for a command that takes an analysis named first, with its options.
std::string command_help(const Command& command, std::span<const std::string> arguments,
                         const Terminal& terminal);

/// `run ANALYSIS CASE [--flag]...`
std::string usage_line(const Command& command);

/// `--seed N`, `--json [FILE]`, `--[no-]rational`
std::string flag_text(const Flag& flag);

/// The flags, each with its meaning, in two columns.
std::string flag_rows(std::span<const Flag> flags, const Terminal& terminal);

/// `run cite CASE --find 'rival offer'`: the entry's example as words behind `steelyard`.
std::string example_line(const Analysis& analysis);

/// One row for each exit code.
struct ExitCode {
    int code;
    std::string name;
    std::string meaning;
};
std::vector<ExitCode> exit_codes();

}  // namespace steelyard::cli
