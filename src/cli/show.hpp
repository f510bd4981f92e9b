// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Any result as readable text, from its described shape alone.

#include "steelyard/core/described.hpp"
#include "steelyard/registry/analysis.hpp"
#include "terminal.hpp"

#include <string>
#include <vector>

namespace steelyard::cli {

/// The run: what was asked, then the result.
void show_run(const Run& run, Terminal& terminal);

/// A value of a record shape.  Single values stand in rows, lists of records become tables.  On a terminal
/// columns are aligned and lines wrapped; elsewhere they are separated by tabs, one row a line.
void show_record(const std::vector<FieldShape>& fields, const Value& record, Terminal& terminal);

/// A single value, or a list or map of single values, on one line.
std::string inline_text(const Value& value);

}  // namespace steelyard::cli
