// SPDX-License-Identifier: Apache-2.0
#pragma once
/// What the importers of stance tables share: rows with their lines, and all bad cells in one error.

#include "steelyard/core/error.hpp"
#include "steelyard/core/rational.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace steelyard::format {

struct TableRow {
    std::size_t line = 0;
    std::vector<std::string> cells;

    /// The cell's text; empty where the row is shorter.
    [[nodiscard]] std::string cell(std::size_t c) const {
        return c < cells.size() ? cells[c] : std::string();
    }
};

/// The rows of a table; see `read_csv`.  Throws `Error` (invalid_case) also for rows that are not UTF-8.
std::vector<TableRow> read_rows(std::string_view text, std::string_view file, char separator = 0);

/// Collects what is wrong with the cells of a table, and throws it all at once.
class TableProblems {
public:
    explicit TableProblems(std::string_view file) : file_(file) {}

    void add(std::size_t line, std::string message, std::string found = {}, std::string allowed = {},
             std::string nearest = {});
    /// The number in a cell within [low, high]; complains and gives nothing otherwise.
    std::optional<Rational> number(std::size_t line, const std::string& cell, const std::string& what,
                                   std::optional<double> low = {}, std::optional<double> high = {});
    /// Throws `Error` (invalid_case) when there is any problem.
    void raise();

private:
    std::string file_;
    std::vector<Problem> problems_;
};

}  // namespace steelyard::format
