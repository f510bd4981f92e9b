// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "terminal.hpp"

#include <string>
#include <vector>

namespace steelyard::cli {

/// Rows under headings.
struct Table {
    struct Column {
        std::string heading;
        std::string group = {};  ///< stands above the headings of neighbours that share it
    };
    std::vector<Column> columns;
    std::vector<std::vector<std::string>> rows;
    std::vector<std::vector<std::string>> details = {};  ///< lines below each row, on a terminal only
};

/// Columns that the table takes when nothing is cut.
std::size_t table_width(const Table& table);

/// On a terminal aligned, numbers to the right, wide texts cut to fit; elsewhere one row a line, separated by
/// tabs, with the whole texts.
void show_table(const Table& table, Terminal& terminal);

/// The text with its tabs and line ends as blanks: one cell of a row.
std::string one_line(std::string text);

}  // namespace steelyard::cli
