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

/// Rows under headings; numbers to the right on a terminal.
struct Table {
    struct Column {
        std::string heading;
        bool number = false;
        std::string group = {};  ///< stands above the heading
    };
    std::vector<Column> columns;
    std::vector<std::vector<std::string>> rows;
    std::vector<std::vector<std::string>> details;  ///< lines below each row, on a terminal only
};
void show_table(const Table& table, Terminal& terminal);

/// A single value, or a list or map of single values, on one line.
std::string inline_text(const Value& value);

}  // namespace steelyard::cli
