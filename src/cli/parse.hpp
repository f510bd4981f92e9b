// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "command.hpp"

#include <span>
#include <string>

namespace steelyard::cli {

/// Reads the words after the command's name.  Flags and arguments may stand in any order; after `--` every
/// word is an argument; `-` alone is an argument (standard input).  Throws `Error`: usage (unknown flags with
/// a near match, missing or superfluous words: all of them at once), unknown_name (no such analysis).
Invocation parse(const Command& command, std::span<const std::string> words);

/// The command of that name.  Throws `Error` (usage) with a near match.
const Command& find_command(std::string_view name);

}  // namespace steelyard::cli
