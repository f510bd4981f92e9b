// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace steelyard::cli {

/// Runs one call of the program; `words` are its arguments.  Returns the exit code.
int run_program(const std::vector<std::string>& words);

}  // namespace steelyard::cli
