// SPDX-License-Identifier: Apache-2.0
#pragma once
/// How a failure is told, and the exit code it gives.

#include "steelyard/core/error.hpp"
#include "terminal.hpp"

#include <string_view>

namespace steelyard::cli {

/// Prints the error to standard error, as text or as JSON, and returns its exit code.
int report_error(const Error& error, bool json, Terminal& terminal);

/// The same for a defect of the program itself.
int report_defect(std::string_view what, bool json, Terminal& terminal);

}  // namespace steelyard::cli
